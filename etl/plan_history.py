"""What people changed in a plan: a file beside it that is only ever added to."""

from __future__ import annotations

import csv
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from etl.problems import InputError

HISTORY = "history.csv"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One cell of a plan that somebody changed; all of it text.

    Attributes:
        changed_at: When, as ISO 8601 text.
        changed_by: Who.
        part: targets or actions.
        row: The id of the target or action.
        column: Its field.
        before: What stood there; "" for nothing, as in a row that is new.
        after: What stands there since; "" for nothing, as in a row that went.
    """

    changed_at: str
    changed_by: str
    part: str
    row: str
    column: str
    before: str
    after: str


_COLUMNS = [field.name for field in fields(PlanChange)]


def cell_changes(
    changed_by: str, part: str, row: str, before: Mapping[str, str], after: Mapping[str, str]
) -> list[PlanChange]:
    """Return a line for each cell of a row that is to change; {} for a row that is not there."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    texts = {name: (before.get(name, ""), after.get(name, "")) for name in {**before, **after}}
    return [
        PlanChange(now, changed_by, part, row, name, *pair)
        for name, pair in texts.items()
        if pair[0] != pair[1]
    ]


def read_history(folder: Path) -> list[PlanChange]:
    """Return what was changed in the plan of a folder, the first change first.

    Raises:
        InputError: Somebody edited the file's first line, or it is no text.
    """
    path = folder / HISTORY
    if not path.is_file():
        return []
    place = f"{folder.name}/{HISTORY}"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != _COLUMNS:
                rule = f"the first line is not {','.join(_COLUMNS)}"
                raise InputError.of(place, rule, "put it back: the app only adds to the file")
            return [PlanChange(*(row[name] or "" for name in _COLUMNS)) for row in reader]
    except UnicodeDecodeError as error:
        raise InputError.of(place, "the file is not UTF-8", "save it as UTF-8") from error


@contextmanager
def recorded(folder: Path, changes: Sequence[PlanChange]) -> Generator[None]:
    """Add changes to the history of a plan; they go again if what is done inside fails.

    For who holds the build lock: nobody else adds to the file meanwhile.
    """
    path = folder / HISTORY
    length = path.stat().st_size if path.is_file() else 0
    try:
        with path.open("a", encoding="utf-8", errors="replace", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
            if not length:
                writer.writeheader()
            writer.writerows(asdict(change) for change in changes)
        yield
    except BaseException:
        if length:
            with path.open("r+b") as file:
                file.truncate(length)
        else:
            path.unlink(missing_ok=True)
        raise
