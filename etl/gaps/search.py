"""The search for suspected gaps through all counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.gaps.composition import family_of, miscoded_months
from etl.gaps.expected import Grid, Numbers, Places, expected_in
from etl.gaps.levels import AREA, FORCE, MEASURE, SERIES, Level, Marks, added, level_of, usable
from etl.gaps.loaded import Due, due_in
from etl.gaps.suspicion import is_broad, suspect
from etl.periods import MONTHS_IN

FOUND_COLUMNS = [
    "area_code",
    "measure_code",
    "source_id",
    "period_kind",
    "period_start",
    "value",
    "expected",
    "level",
    "reason",
]
MONTHS_A_YEAR = 12
#: The level of what is held because crime types of the whole force were miscoded.
TYPES = "types"
#: What is found is taken out of what is usual, and the search goes on, so many times at most: long
#: gaps are found from their ends inwards.
PASSES = 3
#: Series whose usual count is smaller are not said to be missing: nobody would notice.
LEAST_MISSED = 1.0

_KEYS = ["force_code", "area_code", "measure_code"]
_BESIDE = {
    SERIES: "while other figures go on as usual",
    AREA: "as most other figures of the area are",
    MEASURE: "as this measure is in the whole force",
    FORCE: "as all figures of the force are",
}


def suspected_gaps(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that their history and the rest of the force make implausible.

    Args:
        counts: One row a figure: area_code; force_code, the areas that are its neighbours ("" for
            none); source_id, which counts them; panel, the series that may be compared (of one
            scheme and kind of area); measure_code; period_kind, month or quarter; period_start, a
            datetime; value; file_id, the file that holds it.

    Returns:
        `FOUND_COLUMNS`, one row for each area, measure, source and period to be held; value is NaN
        where there is no figure, expected what was usual, level the level at which it was found.
    """
    found = [pd.DataFrame(columns=FOUND_COLUMNS)]
    miscoded = miscoded_months(counts)
    for kind in ("month", "quarter"):
        of_kind = counts[counts["period_kind"].eq(kind)]
        for (source, _), panel in of_kind.groupby(["source_id", "panel"], sort=True):
            family = family_of(panel["measure_code"].iloc[0])
            of_panel = miscoded["source_id"].eq(source) & miscoded["family"].eq(family)
            wrong = miscoded[of_panel & (kind == "month")]
            found.append(_search(panel, kind, wrong).assign(source_id=source))
    together = pd.concat(found, ignore_index=True)[FOUND_COLUMNS]
    text = dict.fromkeys(FOUND_COLUMNS, "str")
    return together.astype(
        text | {"period_start": "datetime64[s]", "value": "float64", "expected": "float64"}
    )


def _search(panel: pd.DataFrame, kind: str, miscoded: pd.DataFrame) -> pd.DataFrame:
    """Search one panel, taking what is found out of what is usual and searching again."""
    panel, first_month = _placed(panel, kind)
    wide = _wide(panel)
    keys = wide.index.to_frame(index=False)
    values = wide.to_numpy(dtype="float64")
    due = due_in(panel, keys, values.shape[1])
    a_year = MONTHS_A_YEAR // MONTHS_IN[kind]
    why = _why_miscoded(keys, values, first_month, miscoded)
    taken = why != ""
    level = np.where(taken, TYPES, "").astype(object)
    for _ in range(PASSES):
        new = _one_pass(keys, values, taken, a_year, due)
        fresh = (new != "") & ~taken
        if not fresh.any():
            break
        level[fresh] = new[fresh]
        taken |= fresh
    rows, columns = np.nonzero(taken)
    usual = _usual(Grid(values, a_year, usable(values) & ~taken), rows, columns)
    months = (first_month + columns * MONTHS_IN[kind]).astype("datetime64[M]")
    found = pd.DataFrame(
        {
            **{name: keys[name].to_numpy()[rows] for name in ("area_code", "measure_code")},
            "period_kind": kind,
            "period_start": months.astype("datetime64[s]"),
            "value": values[rows, columns],
            "expected": usual,
            "level": level[rows, columns],
            "reason": why[rows, columns],
        }
    )
    found = found[found["value"].notna() | found["expected"].ge(LEAST_MISSED)]
    return found.assign(reason=[_reason(*each) for each in _reasons_of(found)])


def _why_miscoded(
    keys: pd.DataFrame, values: Numbers, first_month: int, miscoded: pd.DataFrame
) -> NDArray:
    """Return why cells of a force-month with miscoded types are held, "" for all others.

    An area that has no figure at all then is not held for its types.
    """
    why = np.full(values.shape, "", dtype=object)
    area = keys.groupby("area_code", sort=False).ngroup().to_numpy().astype("intp")
    is_counted = ~np.isnan(added(values, area))[area]
    for force, start, reason in zip(
        miscoded["force_code"], miscoded["period_start"], miscoded["reason"], strict=True
    ):
        column = int(np.datetime64(start, "M").astype("int64")) - first_month
        if 0 <= column < values.shape[1]:
            why[keys["force_code"].eq(force).to_numpy() & is_counted[:, column], column] = reason
    return why


def _placed(panel: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, int]:
    """Return the figures with their place, the column of their period, and the first month."""
    month = panel["period_start"].to_numpy().astype("datetime64[M]").astype("int64")
    return panel.assign(place=(month - month.min()) // MONTHS_IN[kind]), int(month.min())


def _wide(panel: pd.DataFrame) -> pd.DataFrame:
    """Return one row a series and one column a period without a gap."""
    values = panel.set_index([*_KEYS, "place"])["value"].unstack("place")
    return values.reindex(columns=range(int(panel["place"].max()) + 1))


def _one_pass(keys: pd.DataFrame, values: Numbers, taken: Marks, a_year: int, due: Due) -> NDArray:
    """Return the level at which each cell is suspect, the highest; "" where it is not."""
    found = np.full(values.shape, "", dtype=object)
    series = level_of(SERIES, keys, values, taken, a_year, due)
    found[suspect(series)] = SERIES
    for name in (MEASURE, AREA, FORCE):
        level = level_of(name, keys, values, taken, a_year, due)
        marks = suspect(level)
        if name == AREA and marks.any():
            marks &= is_broad(series, level)
        if marks.any():
            found[marks[level.parent] & _belongs(values, level)] = name
    return found


def _belongs(values: Numbers, level: Level) -> Marks:
    """Return where a series has a figure, or had one when its level last had, give or take a year.

    An area that was abolished is not missed with its force.
    """
    last = _last_column(~np.isnan(values))
    # A cell's own figure counts for the series; for its level, what was there before it.
    before = np.roll(_last_column(~np.isnan(level.grid.values)), 1, axis=1)
    before[:, 0] = -1
    return (last >= 0) & (before[level.parent] - last <= level.grid.a_year)


def _last_column(there: Marks) -> Places:
    """Return for each cell the last column up to it that is there; -1 before the first."""
    return np.maximum.accumulate(np.where(there, np.arange(there.shape[1]), -1), axis=1)


def _usual(grid: Grid, rows: Places, columns: Places) -> Numbers:
    """Return what is usual around cells: of the year before and after, or else of all there is."""
    none = np.zeros_like(grid.values)
    near = expected_in(grid, rows, columns, none, grid.a_year).level
    ever = expected_in(grid, rows, columns, none, grid.values.shape[1]).level
    return np.where(np.isnan(near), ever, near)


def _reasons_of(found: pd.DataFrame) -> zip[tuple[str, float, float, str]]:
    return zip(found["reason"], found["value"], found["expected"], found["level"], strict=True)


def _reason(known: str, value: float, expected: float, level: str) -> str:
    """Return in words why a figure is held, where that is not known yet."""
    if known:
        return known
    figure = "no figure" if np.isnan(value) else f"{value:,.0f}"
    usual = "" if np.isnan(expected) else f" where about {expected:,.0f} is usual"
    return f"{figure}{usual}, {_BESIDE[level]}"
