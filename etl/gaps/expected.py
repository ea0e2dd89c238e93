"""What a series of counts would have shown in a period: its history, and the rest of its force."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

#: Values on each side that say what is usual here: three give a median that one oddity cannot move.
NEIGHBOURS = 3
#: Years on each side whose same month or quarter is looked at.
YEARS = 2
#: A median absolute deviation, scaled to a standard deviation of the normal distribution
#: (Rousseeuw and Croux 1993, J. Am. Stat. Assoc. 88: 1273).
MAD_TO_SD = 1.4826
#: Standard deviation of the square root of a Poisson count (Bartlett 1936): the least there can be.
POISSON_SD_OF_ROOT = 0.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts of many series over the same periods.

    Attributes:
        values: One row a series, one column a period; NaN where there is no figure.
        a_year: How many columns make a year: 12 or 4.
        usable: Which values may say what is usual.
    """

    values: Numbers
    a_year: int
    usable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Expected:
    """What was to be expected in some cells of a grid.

    Attributes:
        level: The count, NaN where the history is too short to say.
        after: The median of the nearest values after, NaN where there are not `NEIGHBOURS`.
        references: How many of the nearest values it rests on.
        rest: What the rest of the group shows here, as a share of what it usually shows; NaN
            where there is no rest.
        spread: Standard deviation of the series on the square-root scale.
    """

    level: Numbers
    after: Numbers
    references: Places
    rest: Numbers
    spread: Numbers


def expected_in(
    grid: Grid, rows: Places, columns: Places, group_totals: Numbers, within: int | Places
) -> Expected:
    """Return what was to be expected in cells, without looking at the cells themselves.

    The level is the lowest of three medians of the square roots: of the nearest values before and
    after, of the same month in the years around, and of the whole series. The lowest one, so that
    neither a season, a trend nor the end of a few high months looks like a gap.

    Args:
        grid: The series.
        rows: Row of each cell.
        columns: Column of each cell.
        group_totals: For each row of the grid, the totals of the group that it belongs to.
        within: How many periods away a value may lie and still say what is usual, of each cell
            or of all.
    """
    near = nearest(grid, rows, columns, within)
    season = _same_season(grid, rows, columns)
    # What is usual of the rest is read from the very periods that the series is judged by.
    places = np.concatenate([near, season], axis=1)
    roots = np.sqrt(np.clip(grid.values, 0, None))
    near_level = row_median(_at(roots, rows, near))
    season_level = row_median(_at(roots, rows, season))
    whole_level = row_median(np.where(grid.usable, roots, np.nan))[rows]
    level = np.fmin(np.fmin(near_level, season_level), whole_level) ** 2
    after = near[:, NEIGHBOURS:]
    after_level = row_median(_at(roots, rows, after)) ** 2
    rest = group_totals - np.nan_to_num(grid.values)
    usual_rest = row_median(_at(rest, rows, places))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(usual_rest > 0, rest[rows, columns] / usual_rest, np.nan)
    return Expected(
        level=np.where((places >= 0).any(axis=1), level, np.nan),
        after=np.where((after >= 0).all(axis=1), after_level, np.nan),
        references=(near >= 0).sum(axis=1),
        rest=share,
        spread=_spread(grid)[rows],
    )


def _spread(grid: Grid) -> Numbers:
    """Return each series' standard deviation from one period to the next, on the root scale."""
    roots = np.where(grid.usable, np.sqrt(np.clip(grid.values, 0, None)), np.nan)
    # Each row's numbers at its left end, so that a step goes from one figure to the next there is.
    order = np.argsort(np.isnan(roots), axis=1, kind="stable")
    steps = np.abs(np.diff(np.take_along_axis(roots, order, axis=1), axis=1))
    return np.fmax(MAD_TO_SD * row_median(steps) / np.sqrt(2), POISSON_SD_OF_ROOT)


def nearest(grid: Grid, rows: Places, columns: Places, within: int | Places) -> Places:
    """Return columns of the nearest usable values before and after each cell; -1 where none."""
    usable = grid.usable
    order = np.argsort(~usable, axis=1, kind="stable")
    before = np.cumsum(usable, axis=1) - usable
    total = usable.sum(axis=1)[rows]
    here = before[rows, columns]
    after = here + usable[rows, columns]
    ranks = [here - step for step in range(1, NEIGHBOURS + 1)]
    ranks += [after + step for step in range(NEIGHBOURS)]
    rank = np.stack(ranks, axis=1)
    there = (rank >= 0) & (rank < total[:, None])
    found = order[rows[:, None], np.where(there, rank, 0)]
    there &= np.abs(found - columns[:, None]) <= np.reshape(within, (-1, 1))
    return np.where(there, found, -1)


def _same_season(grid: Grid, rows: Places, columns: Places) -> Places:
    """Return columns of the same month or quarter in the years around; -1 where none."""
    years = [year for year in range(-YEARS, YEARS + 1) if year]
    found = columns[:, None] + grid.a_year * np.array(years)
    inside = (found >= 0) & (found < grid.values.shape[1])
    safe = np.where(inside, found, 0)
    return np.where(inside & grid.usable[rows[:, None], safe], found, -1)


def _at(values: Numbers, rows: Places, columns: Places) -> Numbers:
    return np.where(columns >= 0, values[rows[:, None], np.maximum(columns, 0)], np.nan)


def row_median(values: Numbers) -> Numbers:
    """Return the median of each row without its NaN; NaN where there is nothing else."""
    if not values.size:
        return np.full(len(values), np.nan)
    ordered = np.sort(values, axis=1)
    count = (~np.isnan(ordered)).sum(axis=1)
    low, high = np.maximum((count - 1) // 2, 0), np.maximum(count // 2, 0)
    high = np.minimum(high, values.shape[1] - 1)
    line = np.arange(len(values))
    return (ordered[line, low] + ordered[line, high]) / 2
