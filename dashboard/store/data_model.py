"""What a reader can ask of in SQL: the published tables with their meaning, and examples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.data_model import headers

EXAMPLES = Path(__file__).parent / "queries" / "examples"
_COMMENT = "-- "


@dataclass(frozen=True)
class Table:
    """A table of the published database.

    Attributes:
        name: As a question names it.
        meaning: What one finds in it.
        grain: Columns of which every row has its own combination.
        columns: Meaning by column, in order.
    """

    name: str
    meaning: str
    grain: tuple[str, ...]
    columns: dict[str, str]


@cache
def tables() -> tuple[Table, ...]:
    """Return the published tables, by name, as the headers of their SQL describe them."""
    return tuple(
        Table(each.name, each.meaning, each.grain, each.columns) for each in headers("marts")
    )


@cache
def examples() -> dict[str, str]:
    """Return questions to start from, by what they ask."""
    found = {}
    for path in sorted(EXAMPLES.glob("*.sql")):
        title, _, query = path.read_text(encoding="utf-8").partition("\n")
        found[title.removeprefix(_COMMENT)] = query.strip()
    return found
