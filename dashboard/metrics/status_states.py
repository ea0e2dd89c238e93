"""What a verdict hangs on, in words: where a figure stands, how likely the goal, how sure the data.

Each gives the states of `status_table.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.polarity import RELATIVE_SLACK, is_at_least_as_good, shortfall
from dashboard.metrics.status_table import (
    AHEAD,
    BEYOND_CHANCE,
    BREAK,
    CAUTION,
    CLEARLY_BEHIND,
    CLOSED_MISSED,
    CLOSED_REACHED,
    GOAL_NOT_GIVEN,
    HARDLY,
    LIKELY,
    MISSED,
    NO_LEVEL,
    NO_NOTE,
    NO_OUTTURN,
    NO_PATH,
    NO_PROJECTION,
    NOT_KNOWN,
    OUT_OF_REACH,
    RATHER,
    REACHED,
    REACHED_EARLY,
    SLIGHTLY_BEHIND,
    UNLIKELY,
    UNRELIABLE,
    WITHIN_CHANCE,
)

DEFAULT_TOLERANCE = 0.02
"""Our convention: up to 2% of the path value worse than the path is "at risk", not "off track"."""
LIKELY_FROM = 0.66
"""From here "likely" in the scale of the Intergovernmental Panel on Climate Change (Mastrandrea et
al. 2010, table 1); that a target with this chance is on track is our convention."""
UNLIKELY_TO = 0.33
"""Up to here "unlikely" in the same scale."""
EVEN_CHANCE = 0.5
"""From here more likely than not: a target below it is never on track (our convention)."""


def path_states(
    actual: ArrayLike,
    path: ArrayLike,
    goal: ArrayLike,
    lower_is_better: ArrayLike,
    is_due: ArrayLike,
    tolerance: ArrayLike = DEFAULT_TOLERANCE,
    goal_given: ArrayLike = True,
    passed_by: ArrayLike = 0.0,
    is_closed: ArrayLike = False,
) -> NDArray:
    """Return where figures stand, many at once: states of `status_table.PATHS`.

    Behind by at most tolerance * |path| is slightly behind; a tie is ahead. Arguments as
    :func:`~dashboard.metrics.status.status_of`, of any shapes that broadcast; missing ones are NaN.

    Raises:
        ValueError: a negative tolerance.
    """
    if np.any(np.asarray(tolerance) < 0):
        raise ValueError(f"a tolerance cannot be negative, and this is {tolerance}")
    now, asked, target = (np.asarray(each, dtype=float) for each in (actual, path, goal))
    lower, due = np.asarray(lower_is_better, dtype=bool), np.asarray(is_due, dtype=bool)
    passed = np.asarray(passed_by, dtype=float) > 0
    closed = np.asarray(is_closed, dtype=bool)
    reached, ahead = (
        np.where(lower, is_at_least_as_good(now, each, True), is_at_least_as_good(now, each, False))
        for each in (target, asked)
    )
    behind_by = np.where(lower, shortfall(now, asked, True), shortfall(now, asked, False))
    allowed = np.asarray(tolerance) * np.abs(asked)
    is_slight = (behind_by <= allowed + RELATIVE_SLACK * np.abs(asked)) & (
        np.asarray(tolerance) > 0
    )
    conditions = {
        GOAL_NOT_GIVEN: ~np.asarray(goal_given, dtype=bool),
        NO_LEVEL: np.isnan(target),
        NO_OUTTURN: closed & np.isnan(now),
        CLOSED_REACHED: closed & reached,
        CLOSED_MISSED: closed,
        REACHED: due & reached,
        MISSED: due,
        OUT_OF_REACH: passed & lower,
        REACHED_EARLY: passed,
        NO_PATH: np.isnan(asked) | np.isnan(now),
        AHEAD: ahead,
        SLIGHTLY_BEHIND: is_slight,
    }
    shapes = np.broadcast_arrays(*conditions.values())
    return np.select(shapes, list(conditions), default=CLEARLY_BEHIND)[()]


def projection_states(probability: ArrayLike) -> NDArray:
    """Return what probabilities of meeting a target amount to: `status_table.PROJECTIONS`.

    Args:
        probability: 0 to 1, any shape; NaN where nothing can be projected.

    Raises:
        ValueError: a probability that is none.
    """
    chance = np.asarray(probability, dtype=float)
    if np.any((chance < 0) | (chance > 1)):
        raise ValueError(f"a probability is between 0 and 1, not {probability}")
    states = {
        NO_PROJECTION: np.isnan(chance),
        LIKELY: chance >= LIKELY_FROM,
        RATHER: chance >= EVEN_CHANCE,
        UNLIKELY: chance <= UNLIKELY_TO,
    }
    return np.select(list(states.values()), list(states), default=HARDLY)[()]


def gravest_note(effects: Iterable[str]) -> str:
    """Return the effect that a verdict heeds most; context bears on no verdict."""
    found = set(effects)
    return next((each for each in (UNRELIABLE, BREAK, CAUTION) if each in found), NO_NOTE)


def significance_state(is_beyond_chance: bool | None) -> str:
    """Return whether a distance from the path is more than chance; None where it is not known."""
    if is_beyond_chance is None:
        return NOT_KNOWN
    return BEYOND_CHANCE if is_beyond_chance else WITHIN_CHANCE
