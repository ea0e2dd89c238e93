"""Files that readers bring: looked at before anything is published, then loaded, or refused."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Protocol

import pandas as pd

from dashboard.apart import do_apart
from dashboard.check import verdicts_that_change
from etl import publish
from etl.breaks import BreakDecision, SeriesBreak, record_break
from etl.build import Progress, build_locked
from etl.build_lock import BuildIsRunningError, build_lock
from etl.datadir import DataDir
from etl.load_files import load_files
from etl.periods import Period, PeriodKind
from etl.preview import Preview, preview
from etl.problems import InputError, Problem
from etl.reading import CheckedFile
from etl.rulings import Decision, record_rulings, write_period

#: Names that mean something in the folder that a loaded file is kept in, or to Windows.
_TAKEN = re.compile(r"(load-|read$|(con|prn|aux|nul|com\d|lpt\d)(\.|$))", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w .()&,+-]")
_LONGEST_NAME = 120
_PROBLEM_COLUMNS = [field.name for field in fields(Problem)]


class Upload(Protocol):
    """A file as the browser sent it."""

    name: str

    def getbuffer(self) -> memoryview:
        """Return its bytes."""


@dataclass(frozen=True)
class Brought:
    """Files that a person brought, and what was said of them.

    Attributes:
        files: As the browser sent them.
        published: When their publisher released them.
        loaded_by: Who brings them.
    """

    files: tuple[Upload, ...]
    published: date
    loaded_by: str


@dataclass(frozen=True)
class Looked:
    """What is in a file and what it would change; nothing of it is kept.

    Attributes:
        name: The file's name as it will be kept.
        can_be_loaded: Whether it has any use; if not, `problems` says why.
        sources: title, publisher, rows_read, rows_good, rows_rejected, withheld, markers: a row
            for each source that recognises the file.
        problems: The fields of `etl.problems.Problem`.
        unknown, new_periods, revised, held, latest: As in `etl.preview.Preview`.
        verdicts: Of `dashboard.check.verdicts_that_change`.
        database: What was published when it was compared, "" for nothing.
    """

    name: str
    can_be_loaded: bool
    sources: pd.DataFrame
    problems: pd.DataFrame
    unknown: pd.DataFrame
    new_periods: pd.DataFrame
    revised: pd.DataFrame
    held: pd.DataFrame
    latest: pd.DataFrame
    verdicts: pd.DataFrame
    database: str

    @property
    def changes_nothing(self) -> bool:
        """Return whether the dashboard would show what it shows now."""
        changes = (self.new_periods, self.revised, self.held, self.latest, self.verdicts)
        return all(frame.empty for frame in changes)


def look_at(data: DataDir, brought: Brought, progress: Progress) -> list[Looked]:
    """Return what is in each file and what it would change by itself; keep nothing."""
    with _written(brought.files) as paths:
        return do_apart(_look_at_all, data, paths, brought.published, progress=progress)


def _look_at_all(
    data: DataDir, paths: list[Path], published: date, progress: Progress
) -> list[Looked]:
    return [
        _look(data, path, published, _part(progress, number, len(paths)))
        for number, path in enumerate(paths)
    ]


def load(
    data: DataDir, brought: Brought, looked: Sequence[Looked], progress: Progress
) -> tuple[str, ...]:
    """Load the files that can be loaded, without their bad rows, and publish them.

    Returns:
        Their names.

    Raises:
        InputError: Something is wrong; nothing is kept then.
    """
    with _written(brought.files) as paths:
        chosen = {
            path: not each.problems.empty
            for path, each in zip(paths, looked, strict=True)
            if each.can_be_loaded
        }
        do_apart(_load_all, data, chosen, brought.published, brought.loaded_by, progress=progress)
    return tuple(path.name for path in chosen)


def _load_all(
    data: DataDir, chosen: dict[Path, bool], published: date, loaded_by: str, progress: Progress
) -> None:
    load_files(data, chosen, published=published, loaded_by=loaded_by, progress=progress)


def rule(
    data: DataDir,
    figures: Sequence[tuple[str, str, PeriodKind, date]],
    *,
    decision: Decision,
    reason: str,
    ruled_by: str,
    progress: Progress,
) -> int:
    """Record a decision on suspected gaps and publish what follows from it.

    Args:
        data: The data folder.
        figures: Area, measure, kind of period and its first day, of each.
        decision: real or gap.
        reason: Why.
        ruled_by: Who decides.
        progress: Told how far the work is.

    Returns:
        How many figures were ruled on.

    Raises:
        InputError: It cannot be recorded, or the build fails, before which it is recorded.
    """
    with build_lock(data, ruled_by):
        for period in dict.fromkeys((kind, start) for *_, kind, start in figures):
            record_rulings(
                data,
                [(area, measure) for area, measure, *each in figures if tuple(each) == period],
                period=write_period(Period(kind=period[0], start=period[1])),
                decision=decision,
                reason=reason,
                ruled_by=ruled_by,
            )
        # The lock is of the open file: the other process builds while this one holds it.
        do_apart(_build, data, progress=progress)
    return len(figures)


def decide_break(
    data: DataDir,
    indicator: str,
    area: str,
    *,
    begins: str,
    decision: BreakDecision,
    reason: str,
    decided_by: str,
    progress: Progress,
) -> SeriesBreak:
    """Record a decision on a break in a series and publish what follows from it.

    Args:
        data: The data folder.
        indicator: An indicator id.
        area: An area code; "" for all.
        begins: First month of the new series, "2009-04".
        decision: confirmed or withdrawn.
        reason: Why.
        decided_by: Who decides.
        progress: Told how far the work is.

    Raises:
        InputError: It cannot be recorded, or the build fails, before which it is recorded.
    """
    with build_lock(data, decided_by):
        decided = record_break(
            data, indicator, area, begins=begins, reason=reason, decided_by=decided_by,
            decision=decision,
        )  # fmt: skip
        # The lock is of the open file: the other process builds while this one holds it.
        do_apart(_build, data, progress=progress)
    return decided


def _build(data: DataDir, progress: Progress) -> None:
    build_locked(data, progress)


def problems_of(error: InputError) -> pd.DataFrame:
    """Return the problems of an error, a row each."""
    return pd.DataFrame([asdict(each) for each in error.problems], columns=_PROBLEM_COLUMNS)


def safe_name(name: str) -> str:
    """Return a name that is only a name, wherever it is written: no folders, no reserved words."""
    last = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1]).strip(". ")
    kept = last[-_LONGEST_NAME:].lstrip(". ") or "file"
    return f"file_{kept}" if _TAKEN.match(kept) else kept


@contextmanager
def _written(files: Sequence[Upload]) -> Generator[list[Path]]:
    """Write uploads to a folder that is gone afterwards; equal names do not meet."""
    with tempfile.TemporaryDirectory(prefix="safecity-upload-") as folder:
        paths = []
        for number, file in enumerate(files):
            path = Path(folder, str(number), safe_name(file.name))
            path.parent.mkdir()
            path.write_bytes(file.getbuffer())
            paths.append(path)
        yield paths


def _part(progress: Progress, number: int, of: int) -> Progress:
    return lambda message, share: progress(message, (number + share) / of)


def _look(data: DataDir, path: Path, published: date, progress: Progress) -> Looked:
    current = publish.current(data)
    database = current.database if current else ""
    try:
        with preview(data, path, published=published, progress=progress) as found:
            return _looked(path.name, found, database)
    except InputError as error:
        none = pd.DataFrame()
        return Looked(
            path.name, False, none, problems_of(error), none, none, none, none, none, none,
            database,
        )  # fmt: skip


def _looked(name: str, found: Preview, database: str) -> Looked:
    return Looked(
        name=name,
        can_be_loaded=any(len(checked.good) or _describes(checked) for checked in found.files),
        sources=pd.DataFrame([_source(checked) for checked in found.files]),
        problems=problems_of(InputError(found.problems)),
        unknown=found.unknown,
        new_periods=found.new_periods,
        revised=found.revised,
        held=found.held,
        latest=found.latest,
        verdicts=verdicts_that_change(found),
        database=database,
    )


def _describes(checked: CheckedFile) -> bool:
    """Return whether a file without figures has what figures are understood by."""
    reading = checked.reading
    return any(len(each) for each in (reading.areas, reading.links, reading.peers))


def _source(checked: CheckedFile) -> dict[str, object]:
    withheld = checked.reading.withheld
    return {
        "title": checked.source.title,
        "publisher": checked.source.publisher,
        "rows_read": checked.reading.rows_read,
        "rows_good": len(checked.good),
        "rows_rejected": checked.rows_rejected,
        "withheld": sum(withheld.values()),
        "markers": ", ".join(f"{marker} {count:,}" for marker, count in withheld.items()),
    }


__all__ = [
    "BreakDecision", "Brought", "BuildIsRunningError", "InputError", "Looked", "decide_break",
    "load", "look_at", "problems_of", "rule", "safe_name",
]  # fmt: skip
