"""Which counts of a level are implausible as they stand."""

from __future__ import annotations

import numpy as np

from etl.gaps.expected import Expected, Grid, Places, expected_in
from etl.gaps.levels import AREA, BUSY, FORCE, MEASURE, SERIES, Level, Marks, added, middle

#: A gap lies this many standard deviations below what was to be expected, on the root scale.
DEVIATIONS = 6.0
#: Less than this is never missed: where 12 are expected a true zero comes once in 160,000 months
#: (Poisson), where 9 are once in 8,000, and of real months there are some 100,000 a year.
LEAST_EXPECTED = 12.0
#: Where nothing can be set beside a series (one area only, one force only) a real fall looks like
#: a gap in part, so that only as good as nothing is suspect.
ALONE_SHARE = 0.1
#: The greatest share of what was to be expected that is suspect. One series seldom keeps less than
#: a quarter of its level in a fall that happened; all of an area or force is steadier, and half is
#: more than any month loses; a measure that a whole force loses may be a change of counting rules.
SHARES = {SERIES: 0.25, AREA: 0.5, MEASURE: ALONE_SHARE, FORCE: 0.5}
#: An area is judged as a whole by at least so many series of `BUSY` / 2 and more, ...
BREADTH_SERIES = 3
#: ... and it is gone only when this share of them is down: one that is gone does not hold the rest.
BREADTH_SHARE = 2 / 3
#: Values that must be there to say what is usual.
REFERENCES = 3
#: A force that reported twice is there: to miss it needs no more history.
FORCE_REFERENCES = 2


def suspect(level: Level) -> Marks:
    """Return which cells of a level are suspect."""
    grid = level.grid
    marks = np.zeros(grid.values.shape, dtype="bool")
    candidates = (low(grid) | _missing(level)) & level.judged[:, None]
    rows, columns = np.nonzero(candidates)
    if not len(rows):
        return marks
    # A force does not change its size in a few years; an area or measure may have ended.
    ever = grid.values.shape[1]
    within = np.where(level.lasting[rows], ever, grid.a_year)
    usual = expected_in(grid, rows, columns, level.group_totals(), within)
    marks[rows, columns] = _implausible(level, usual, rows, columns)
    return marks & ~_ends(level)


def low(grid: Grid) -> Marks:
    """Return cells of at most half of some usable value within half a year: a first sieve."""
    highest = np.zeros(grid.values.shape)
    known = np.where(grid.usable, grid.values, 0)
    steps = [*range(1, grid.a_year // 2 + 1), grid.a_year, 2 * grid.a_year]
    for step in (each for each in steps if each < highest.shape[1]):
        highest[:, step:] = np.maximum(highest[:, step:], known[:, :-step])
        highest[:, :-step] = np.maximum(highest[:, :-step], known[:, step:])
    # A NaN is no number and so not low.
    return grid.values <= max(SHARES.values()) * highest


def is_broad(series: Level, area: Level) -> Marks:
    """Return where most of an area's larger series are down or missing, not one alone."""
    down = low(series.grid) | np.isnan(series.grid.values)
    large = np.broadcast_to((middle(series.grid) >= BUSY / 2)[:, None], down.shape)
    sizes = added(large.astype("float64"), area.parent)
    downs = added((down & large).astype("float64"), area.parent)
    return (sizes >= BREADTH_SERIES) & (downs >= BREADTH_SHARE * sizes)


def _implausible(level: Level, usual: Expected, rows: Places, columns: Places) -> Marks:
    value = level.grid.values[rows, columns]
    is_missing = np.isnan(value)
    # A negative is a correction of earlier periods that the publisher made, not a hole.
    is_correction = value < 0
    value = np.clip(np.nan_to_num(value), 0, None)
    # What the rest does is real: the series is held against as much of its own level.
    expected = usual.level * np.fmin(np.nan_to_num(usual.rest, nan=1.0), 1.0)
    greatest = np.where(np.isnan(usual.rest), ALONE_SHARE, SHARES[level.name]) * expected
    # Corrections can make what is usual negative; too little is expected then to miss anything.
    is_deep = np.sqrt(np.clip(expected, 0, None)) - np.sqrt(value) >= DEVIATIONS * usual.spread
    is_deep &= expected >= LEAST_EXPECTED
    needed = np.full(len(value), REFERENCES)
    if level.name == FORCE:
        needed[is_missing] = FORCE_REFERENCES
        is_deep |= is_missing
    # What stays as low afterwards is a new level, and no gap.
    stays_low = ~is_missing & (usual.after <= SHARES[level.name] * usual.level)
    is_gap = (usual.references >= needed) & is_deep & (value <= greatest)
    return is_gap & ~stays_low & ~is_correction


def _missing(level: Level) -> Marks:
    """Return where a figure that is due is missing: the rest has one, or its own are around it."""
    there = ~np.isnan(level.grid.values)
    before = np.cumsum(there, axis=1) > 0
    after = np.cumsum(there[:, ::-1], axis=1)[:, ::-1] > 0
    missed = np.where(level.has_rest[:, None], level.rest_here, after)
    return ~there & before & missed & level.due


def _ends(level: Level) -> Marks:
    """Return runs of over a year: a series that ended, or began later, or was not loaded."""
    known = level.grid.usable
    counted = (level.rest_here | ~level.has_rest[:, None]) & ~known
    run = np.cumsum(known, axis=1)
    number = run + np.arange(len(run))[:, None] * (run.shape[1] + 1)
    length = np.bincount(number.ravel(), weights=counted.ravel())[number]
    ended = length > level.grid.a_year
    if level.name == FORCE:
        # A force does not end while the others go on.
        ended &= ~(level.rest_here & np.isnan(level.grid.values))
    return ended | (run == 0)
