"""The parts of a whole with their figures of two windows: by type, by area, by month."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.crime_types import tree_of_types
from dashboard.analysis.levels import counted
from dashboard.analysis.picture import NoFiguresError, Picture, series_of_areas
from dashboard.metrics.periods import Window, month_label
from dashboard.metrics.windows import totals_over, window_total

FORCE, PARTNERSHIP = "force", "partnership"


def parts_by_type(picture: Picture, whole: str, windows: tuple[Window, Window]) -> pd.DataFrame:
    """Return the direct parts of a whole among what has figures of both windows.

    A part without them is named, unless finer parts of it have theirs: those stand for it.
    """
    parts_of: dict[str, list[str]] = {}
    tree, series = tree_of_types(picture), picture.headline(whole)
    for each, of in zip(tree["indicator_id"], tree["part_of"], strict=True):
        parts_of.setdefault(of, []).append(each)
    known: dict[str, list[float | None]] = {}
    missing: dict[str, list[float | None]] = {}

    def look(of: str) -> bool:
        """Take the parts of a whole; no further down than figures are missing."""
        before = len(known)
        for each in parts_of.get(of, []):
            figures = picture.series_like(each, series)
            totals = [_total(figures, window) for window in reversed(windows)]
            if None not in totals:
                known[each] = totals
            elif not look(each) and of == whole:
                missing[each] = totals
        return len(known) > before

    look(whole)
    titles = picture.indicators["title"]
    return pd.DataFrame(
        [(each, titles[each], *totals) for each, totals in (known | missing).items()],
        columns=["part_id", "title", "previous", "current"],
    ).astype({"previous": float, "current": float})


def parts_by_area(picture: Picture, whole: str, windows: tuple[Window, Window]) -> pd.DataFrame:
    """Return the partnerships of a force, whose figures its own is made of."""
    areas = picture.warehouse.frame("areas")
    own = areas[areas["area_code"].eq(picture.area_code)]
    if own.empty or own["area_kind"].iloc[0] != FORCE:
        raise NoFiguresError(f"{picture.area_name} is no police force: it has no areas within it")
    inside = areas[areas["area_kind"].eq(PARTNERSHIP) & areas["force_code"].eq(picture.area_code)]
    figures = counted(series_of_areas(picture, whole, inside["area_code"].tolist()))
    keys, totals = totals_over(figures, ["area_code"], windows)
    now, before = (pd.Series(each, index=keys["area_code"]) for each in totals.T)
    known = inside[inside["area_code"].isin(now.index)]
    return pd.DataFrame(
        {
            "part_id": known["area_code"],
            "title": known["area_name"],
            "previous": known["area_code"].map(before),
            "current": known["area_code"].map(now),
        }
    ).reset_index(drop=True)


def parts_by_month(picture: Picture, whole: str, windows: tuple[Window, Window]) -> pd.DataFrame:
    """Return the months of the window, each on the same month of the window before."""
    figures = picture.series(whole)
    rows = [
        (
            str(now),
            month_label(now),
            _total(figures, Window(before, before)),
            _total(figures, Window(now, now)),
        )
        for now, before in zip(windows[0].months, windows[1].months, strict=True)
    ]
    found = pd.DataFrame(rows, columns=["part_id", "title", "previous", "current"])
    found = found.astype({"previous": float, "current": float})
    return found if found["current"].notna().any() else found.iloc[:0]


def _total(figures: pd.DataFrame, window: Window) -> float | None:
    return window_total(counted(figures), window).value
