"""The four levels at which counts are judged, and the rest of the group beside each series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.gaps.expected import Grid, Numbers, Places, row_median
from etl.gaps.loaded import Due

Marks = NDArray[np.bool_]

SERIES, AREA, MEASURE, FORCE = "series", "area", "measure", "force"

#: A series of this size at its median does not fall to zero by chance (a Poisson count of 10 does
#: once in 22,000 months): its zeros are not taken for what is usual.
BUSY = 10.0
#: The rest is there when at least this share of it is.
REST_PRESENT = 0.5

#: What makes one row of a level, and what the rows have in common whose others are its rest.
_ROWS = {
    SERIES: ["force_code", "area_code", "measure_code"],
    AREA: ["force_code", "area_code"],
    MEASURE: ["force_code", "measure_code"],
    FORCE: ["force_code"],
}
_GROUPS = {
    SERIES: ["force_code", "measure_code"],
    AREA: ["force_code"],
    MEASURE: ["measure_code"],
    FORCE: [],
}


@dataclass(frozen=True, slots=True)
class Level:
    """The series of one level over the same periods.

    Attributes:
        name: SERIES, AREA (all of an area), MEASURE (one measure in a force) or FORCE (all of it).
        grid: Their counts.
        parent: For each series, the row of this level that it adds to.
        group: For each row, the number of the group whose other rows are its rest.
        judged: Which rows are judged: areas in no force have no force to judge.
        lasting: Which rows do not end: forces whose own figures they are. Areas may be reorganised.
        rest_here: Where the rest of a row's group has figures.
        has_rest: Which rows have a rest at all.
        due: Where a row should have a figure: what nobody loaded is not missing.
    """

    name: str
    grid: Grid
    parent: Places
    group: Places
    judged: Marks
    lasting: Marks
    rest_here: Marks
    has_rest: Marks
    due: Marks

    def group_totals(self) -> Numbers:
        """Return for each row the totals of its group."""
        return np.nan_to_num(added(self.grid.values, self.group))[self.group]


def level_of(
    name: str, keys: pd.DataFrame, values: Numbers, taken: Marks, a_year: int, due: Due
) -> Level:
    """Return the series added up to a level.

    Args:
        name: SERIES, AREA, MEASURE or FORCE.
        keys: force_code, area_code, measure_code of each series.
        values: The series, one row each.
        taken: Cells found to be gaps before: shown, but not usual.
        a_year: How many columns make a year.
        due: Where figures of the series' areas and forces are due.
    """
    parent = keys.groupby(_ROWS[name], sort=False).ngroup().to_numpy().astype("intp")
    is_first = ~pd.Series(parent).duplicated().to_numpy()
    rows = keys.loc[is_first]
    by = _GROUPS[name]
    group = rows.groupby(by, sort=False).ngroup().to_numpy() if by else np.zeros(len(rows))
    totals = values if name == SERIES else added(values, parent)
    spoiled = taken if name == SERIES else added(taken.astype("float64"), parent) > 0
    grid = Grid(totals, a_year, usable(totals) & ~spoiled)
    in_force = rows["force_code"].ne("").to_numpy()
    judged = in_force if name in (MEASURE, FORCE) else np.ones(len(rows), dtype="bool")
    group = group.astype("intp")
    is_force = name == FORCE and rows["force_code"].eq(rows["area_code"]).to_numpy()
    lasting = np.broadcast_to(is_force, len(rows))
    is_due = (due.of_area if name in (SERIES, AREA) else due.of_force)[is_first]
    return Level(name, grid, parent, group, judged, lasting, *_rest(grid, group), is_due)


def added(values: Numbers, parent: Places) -> Numbers:
    """Return the sums of the rows of each parent; NaN where none has a figure."""
    order = np.argsort(parent, kind="stable")
    starts = np.unique(parent[order], return_index=True)[1]
    there = ~np.isnan(values)
    sums = np.add.reduceat(np.where(there, values, 0.0)[order], starts, axis=0)
    some = np.logical_or.reduceat(there[order], starts, axis=0)
    return np.where(some, sums, np.nan)


def usable(values: Numbers) -> Marks:
    """Return which values may say what is usual: figures, but no zeros of a busy series."""
    busy = row_median(values) >= BUSY
    return ~np.isnan(values) & ~((values <= 0) & busy[:, None])


def middle(grid: Grid) -> Numbers:
    """Return the median of each series' usable values, 0 where it has none."""
    return np.nan_to_num(row_median(np.where(grid.usable, grid.values, np.nan)))


def _rest(grid: Grid, group: Places) -> tuple[Marks, Marks]:
    """Return where the rest of each row's group is there, and which rows have a rest.

    Each is weighed by what is usual of it, since that a hamlet counted nothing says little; and
    the large ones are counted too: where districts became one authority, its weight is as theirs.
    """
    weight = middle(grid)
    there = ~np.isnan(grid.values)
    large = (weight >= BUSY).astype("float64")
    by_weight, size = _present(there, weight, group)
    by_number, number = _present(there, large, group)
    here = (by_weight >= REST_PRESENT * size[:, None]) & (size > 0)[:, None]
    return here & (by_number >= REST_PRESENT * number[:, None]), size > 0


def _present(there: Marks, weight: Numbers, group: Places) -> tuple[Numbers, Numbers]:
    """Return how much of the rest of each row's group is there in each cell, and in all."""
    weights = np.where(there, weight[:, None], 0.0)
    present = added(weights, group)[group] - weights
    return present, np.bincount(group, weights=weight)[group] - weight
