"""What a file would change, before anything is published: a build beside the real one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from etl import publish
from etl.build import build, is_current
from etl.datadir import DataDir
from etl.manifest import loads
from etl.problems import Problem
from etl.progress import Progress, Stage, Step
from etl.raw import add_file
from etl.reading import LAST_WRITTEN, CheckedFile, kept_at
from etl.seen_on import Seen, seen_on
from etl.settings import SETTINGS
from etl.unknown import UNKNOWN_COLUMNS, unknown_in
from etl.unplaced import Unplaced, unplaced_in

#: Parts of a data folder that a build reads besides raw/.
_PARTS = (
    "indicators", "plans", "reference", "illustrative", "rulings.csv", "breaks.csv",
    "exceptional_periods.csv", SETTINGS,
)  # fmt: skip
_SERIES = ["indicator_id", "area_code", "source_id", "period_kind"]
_PERIOD = [*_SERIES, "period_start"]
_REVISION = [
    "area_code", "measure_code", "source_id", "period_kind", "period_start", "published", "file_id",
]  # fmt: skip
_GAP = ["area_code", "measure_code", "source_id", "period_kind", "period_start"]
LATEST_COLUMNS = [
    *_SERIES, "area_name", "change", "period_before", "value_before", "period", "value",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds and what it would change.

    Attributes:
        files: What each source that recognises it found.
        unknown: Areas that nobody knows and measures that no indicator is made of, with the
            nearest that is known: `UNKNOWN_COLUMNS`.
        unplaced: What no partnership will show, and why.
        seen_on: Where it would be seen.
        new_periods: How many periods each indicator gains by each source: indicator_id,
            source_id, areas, new_periods.
        revised: Figures that differ from an earlier or later vintage, as mart
            observation_revision.
        latest: Series whose latest value would be another: `LATEST_COLUMNS`; change is "new",
            "new series" where the indicator has another series in the area already,
            "later period", "revised", "held" or "gone".
        held: Figures that would be held as suspected gaps, as mart suspected_gap.
        before: The data folder as it would be published without the file: as it is, or, where
            others' files wait to be built, one beside it; gone when the preview is over.
        after: The data folder with the file, built; gone when the preview is over.
        published_before: Whether there is a published database to compare with.
    """

    files: tuple[CheckedFile, ...]
    unknown: pd.DataFrame
    unplaced: Unplaced
    seen_on: tuple[Seen, ...]
    new_periods: pd.DataFrame
    revised: pd.DataFrame
    latest: pd.DataFrame
    held: pd.DataFrame
    before: DataDir
    after: DataDir
    published_before: bool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything wrong with the file."""
        return tuple(problem for checked in self.files for problem in checked.problems)


@contextmanager
def preview(
    data: DataDir,
    path: Path,
    *,
    published: date,
    progress: Progress = lambda _step, _share: None,
) -> Generator[Preview]:
    """Build beside the real data with a file added, and compare; nothing is left of it.

    Bad rows are left out, as a partial load would leave them out.

    Args:
        data: The data folder, which stays as it is.
        path: The file.
        published: Its publication date.
        progress: Told how far the work is.

    Raises:
        InputError: The file as a whole cannot be used.
    """
    with tempfile.TemporaryDirectory(prefix="safecity-preview-") as folder:
        progress(Step(Stage.READING, path.name), 0.0)
        after = _beside(data, Path(folder, "after"))
        added = add_file(
            after, path, published=published, loaded_by="a preview", accept_partial=True
        )
        files = tuple(checked for _, checked in added)
        now = build(after, progress).path
        current = publish.current(data)
        before = data
        if current and not is_current(data):
            # Others' files wait to be built: what they change is not what this one changes.
            before = _beside(data, Path(folder, "before"))
            build(before, progress)
        then = publish.current(before)
        yield Preview(
            files=files,
            unknown=unknown_in(data, files),
            # Of the folder beside, so that what is read of others' files is kept there, if at all.
            unplaced=unplaced_in(after, files),
            seen_on=tuple(seen_on(after, files)),
            before=before,
            after=after,
            published_before=then is not None,
            **changes_between(before.build / then.database if then else None, now),
        )


def _beside(data: DataDir, folder: Path) -> DataDir:
    """Return a data folder that shows what another holds, with raw/ and build/ of its own.

    Folders of raw/ are its own too, so that nothing is written through them into the other: only
    the files in them are shown, and what is kept of today's reading of them.
    """
    after = DataDir(folder)
    after.raw.mkdir(parents=True)
    for part in _PARTS:
        if (data.root / part).exists():
            _show(data.root / part, folder / part)
    for load in loads(data):
        if load.illustrative or load.with_product:
            continue
        place = after.raw / load.path.parent.name
        kept = kept_at(load.source, load.path)
        shown = [load.path, load.manifest, *([kept] if (kept / LAST_WRITTEN).is_file() else [])]
        for original in shown:
            copy = place / original.relative_to(load.path.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.is_symlink() and not copy.exists():
                _show(original, copy)
    return after


def _show(original: Path, place: Path) -> None:
    """Link to a file or folder; copy it where links are not allowed, as on Windows."""
    try:
        place.symlink_to(original.resolve(), target_is_directory=original.is_dir())
    except OSError:
        copy: Callable[..., object] = shutil.copytree if original.is_dir() else shutil.copyfile
        copy(original, place)


def changes_between(then: Path | None, now: Path) -> dict[str, pd.DataFrame]:
    """Return what differs between two databases, as frames by their name in `Preview`.

    Args:
        then: A database that a build made; None where nothing was published.
        now: A later one.
    """

    def marts(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        after = publish.read_mart(now, name)
        return (after.iloc[:0] if then is None else publish.read_mart(then, name)), after

    before, after = (_real(periods) for periods in marts("indicator_period"))
    areas = publish.read_mart(now, "area")
    return {
        "new_periods": _new_periods(before, after),
        "revised": _rows_added(*marts("observation_revision"), [*_REVISION, "value"]),
        "latest": _latest(before, after, areas),
        "held": _rows_added(*marts("suspected_gap"), _GAP),
    }


def _real(periods: pd.DataFrame) -> pd.DataFrame:
    """Leave out made-up figures, which no file changes."""
    return periods[~periods["illustrative"].astype(bool)]


def _rows_added(before: pd.DataFrame, after: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    marked = after.merge(before[key], on=key, how="left", indicator=True)
    return marked[marked["_merge"].eq("left_only")].drop(columns="_merge").reset_index(drop=True)


def _new_periods(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    known = before.loc[before["value"].notna(), _PERIOD]
    new = _rows_added(known, after.loc[after["value"].notna(), _PERIOD], _PERIOD)
    counted = new.groupby(["indicator_id", "source_id"], sort=True)
    return counted.agg(
        areas=("area_code", "nunique"), new_periods=("period_start", "size")
    ).reset_index()


def _latest(before: pd.DataFrame, after: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    both = _last(before).merge(_last(after), on=_SERIES, how="outer", suffixes=("_before", ""))
    was, now = both["period_start_before"], both["period_start"]
    is_beside = was.groupby([both["indicator_id"], both["area_code"]]).transform("count").gt(0)
    same = was.eq(now) & both["value_before"].eq(both["value"])
    change = (
        pd.Series("revised", index=both.index, dtype="str")
        .mask(was.isna(), "new")
        .mask(was.isna() & is_beside, "new series")
        .mask(now.isna(), "gone")
        .mask(now.gt(was), "later period")
        # Figures are not taken back: an earlier last period is one that is held.
        .mask(now.lt(was), "held")
    )
    changed = both.assign(
        change=change, period_before=was.dt.strftime("%Y-%m"), period=now.dt.strftime("%Y-%m")
    )[~same]
    named = changed.merge(areas[["area_code", "area_name"]], on="area_code", how="left")
    return named[LATEST_COLUMNS].reset_index(drop=True)


def _last(periods: pd.DataFrame) -> pd.DataFrame:
    """Return the last period with a value of each series."""
    there = periods.loc[periods["value"].notna(), [*_PERIOD, "value"]]
    there = there.assign(period_start=pd.to_datetime(there["period_start"]))
    return there.sort_values("period_start").drop_duplicates(_SERIES, keep="last")


__all__ = ["LATEST_COLUMNS", "UNKNOWN_COLUMNS", "Preview", "changes_between", "preview"]
