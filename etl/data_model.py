"""Writes `docs/data-model.md` from the headers of the SQL files: `python -m etl.data_model`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from etl.transform import SQL_FOLDER

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "data-model.md"

_GRAIN = "grain: "
_COLUMN = re.compile(r"([a-z_]+): (.+)")


@dataclass(frozen=True, slots=True)
class Header:
    """What the first comment of a SQL file says.

    Attributes:
        name: The table.
        stage: "staging" or "marts".
        meaning: What one finds in it.
        grain: Columns of which every row has its own combination.
        columns: Meaning of every column, in order.
    """

    name: str
    stage: str
    meaning: str
    grain: tuple[str, ...]
    columns: dict[str, str]


def read_header(path: Path) -> Header:
    """Return the header of a SQL file.

    Raises:
        ValueError: It states no grain.
    """
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    at = next((i for i, line in enumerate(lines) if line.startswith(_GRAIN)), None)
    if at is None:
        raise ValueError(f"{path.name} states no grain in its first comment")
    columns: dict[str, str] = {}
    for line in lines[at + 1 :]:
        if found := _COLUMN.fullmatch(line):
            columns[found[1]] = found[2]
        elif columns:
            columns[list(columns)[-1]] += f" {line}"
    return Header(
        name=path.stem,
        stage=path.parent.name,
        meaning=" ".join(lines[:at]),
        grain=tuple(lines[at].removeprefix(_GRAIN).split(", ")),
        columns=columns,
    )


def headers(stage: str) -> list[Header]:
    """Return the headers of a stage, by name of the table."""
    return [read_header(path) for path in sorted((SQL_FOLDER / stage).glob("*.sql"))]


def render() -> str:
    """Return the document."""
    parts = [
        "# Data model",
        "",
        "Made from the headers of the SQL files by `python -m etl.data_model`; a test fails when "
        "it lags behind. The marts are the tables of the published database; staging tables "
        "exist only while it is built.",
    ]
    for stage, title in (("marts", "Marts"), ("staging", "Staging")):
        parts += ["", f"## {title}"]
        for header in headers(stage):
            parts += ["", f"### {header.name}", "", header.meaning, ""]
            parts += [f"One row per: {', '.join(f'`{name}`' for name in header.grain)}.", ""]
            parts += ["| column | meaning |", "|---|---|"]
            parts += [f"| `{name}` | {meaning} |" for name, meaning in header.columns.items()]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(render(), encoding="utf-8")
