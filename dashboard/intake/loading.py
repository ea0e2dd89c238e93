"""Files that readers bring: previewed first, then loaded or refused."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from dashboard.intake import boundary_files
from dashboard.intake.boundary_check import begins_as_boundaries
from dashboard.intake.file_preview import FilePreview, preview_file, problems_of
from dashboard.intake.own_process import in_own_process
from etl.breaks import BreakDecision, SeriesBreak, record_break
from etl.build import build_locked
from etl.build_lock import BuildIsRunningError, build_lock
from etl.datadir import DataDir
from etl.load_files import load_files
from etl.periods import Period, PeriodKind
from etl.plan_workbook import is_plan_workbook
from etl.problems import InputError
from etl.progress import Progress
from etl.rulings import Decision, record_rulings, write_period
from etl.seen_on import seen_in_words

#: Names that mean something in the folder that a loaded file is kept in, or to Windows.
_TAKEN = re.compile(r"(load-|read$|(con|prn|aux|nul|com\d|lpt\d)(\.|$))", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w .()&,+-]")
_LONGEST_NAME = 120


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
class Loaded:
    """What was loaded.

    Attributes:
        files: Names of files of figures.
        plans: Ids of plans.
        boundaries: Files of boundaries.
        seen_on: Where the figures are to be seen, in words; "" for nowhere.
    """

    files: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    boundaries: boundary_files.StoredBoundaries = field(
        default_factory=boundary_files.StoredBoundaries
    )
    seen_on: str = ""


def preview_files(data: DataDir, brought: Brought, progress: Progress) -> list[FilePreview]:
    """Return what is in each file and what it would change by itself; keep nothing."""
    with _in_folder(brought.files) as paths:
        return in_own_process(_preview_all, data, paths, brought.published, progress=progress)


def _preview_all(
    data: DataDir, paths: list[Path], published: date, progress: Progress
) -> list[FilePreview]:
    return [
        preview_file(data, path, published, _part(progress, number, len(paths)))
        for number, path in enumerate(paths)
    ]


def load(
    data: DataDir, brought: Brought, previews: Sequence[FilePreview], progress: Progress
) -> Loaded:
    """Load the files that can be loaded, without their bad rows, and publish them.

    Files of boundaries are kept beside: no figure is in them, so that alone they need no build.

    Raises:
        InputError: Something is wrong; nothing is kept then.
    """
    with _in_folder(brought.files) as paths:
        usable = [pair for pair in zip(paths, previews, strict=True) if pair[1].can_be_loaded]
        shapes = [path for path, each in usable if each.places is not None]
        plans = {path: each.plan.plan_id for path, each in usable if each.plan is not None}
        figures = {
            path: not each.problems.empty
            for path, each in usable
            if path not in shapes and path not in plans
        }
        seen_on = ""
        with boundary_files.stored(data, shapes) as boundaries:
            if figures or plans:
                given = {
                    "published": brought.published,
                    "loaded_by": brought.loaded_by,
                    "plans": [*plans],
                }
                done = in_own_process(load_files, data, figures, **given, progress=progress)
                seen_on = seen_in_words(done.seen_on)
    names = tuple(path.name for path in figures)
    return Loaded(names, tuple(plans.values()), boundaries, seen_on)


def needs_day(file: Upload) -> bool:
    """Return whether a file that was brought has a publication date, as boundaries have not."""
    if begins_as_boundaries(file.getbuffer()):
        return False
    with _in_folder([file]) as paths:
        return not is_plan_workbook(paths[0])


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
        in_own_process(build_locked, data, progress=progress)
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
        in_own_process(build_locked, data, progress=progress)
    return decided


def safe_name(name: str) -> str:
    """Return a name that is only a name, wherever it is written: no folders, no reserved words."""
    last = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1]).strip(". ")
    short = last[-_LONGEST_NAME:].lstrip(". ") or "file"
    return f"file_{short}" if _TAKEN.match(short) else short


@contextmanager
def _in_folder(files: Sequence[Upload]) -> Generator[list[Path]]:
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
    return lambda step, share: progress(step, (number + share) / of)


__all__ = ["BuildIsRunningError", "InputError", "problems_of"]
