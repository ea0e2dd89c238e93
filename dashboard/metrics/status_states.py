"""What a verdict hangs on, in words: where a figure stands, how likely the goal, how sure the data.

Each gives a state of `status_table.py`.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.metrics.polarity import RELATIVE_SLACK, is_at_least_as_good, shortfall
from dashboard.metrics.status_reason import Held
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


def path_state(
    held: Held,
    tolerance: float = DEFAULT_TOLERANCE,
    *,
    is_due: bool,
    is_closed: bool = False,
    goal_given: bool = True,
) -> str:
    """Return where a figure stands: a state of `status_table.PATHS`.

    Behind by at most tolerance * |path| is slightly behind; a tie is ahead. Arguments as
    :func:`~dashboard.metrics.status.status_of`.

    Raises:
        ValueError: a negative tolerance.
    """
    if tolerance < 0:
        raise ValueError(f"a tolerance cannot be negative, and this is {tolerance}")
    if not goal_given or held.goal is None:
        return NO_LEVEL if goal_given else GOAL_NOT_GIVEN
    if is_closed or is_due:
        return _at_the_end(held, is_closed)
    if held.passed_by > 0:
        return OUT_OF_REACH if held.lower_is_better else REACHED_EARLY
    if held.now is None or held.path is None:
        return NO_PATH
    return _against_path(held.now, held.path, held.lower_is_better, tolerance)


def _at_the_end(held: Held, is_closed: bool) -> str:
    if held.now is None:
        return NO_OUTTURN if is_closed else MISSED
    assert held.goal is not None  # without one it is no level, whenever that is
    if is_at_least_as_good(held.now, held.goal, held.lower_is_better):
        return CLOSED_REACHED if is_closed else REACHED
    return CLOSED_MISSED if is_closed else MISSED


def _against_path(now: float, path: float, lower_is_better: bool, tolerance: float) -> str:
    if is_at_least_as_good(now, path, lower_is_better):
        return AHEAD
    allowed = tolerance * abs(path) + RELATIVE_SLACK * abs(path)
    is_slight = tolerance > 0 and shortfall(now, path, lower_is_better) <= allowed
    return SLIGHTLY_BEHIND if is_slight else CLEARLY_BEHIND


def projection_state(probability: float | None) -> str:
    """Return what a probability of meeting a target amounts to: `status_table.PROJECTIONS`.

    Args:
        probability: 0 to 1; None where nothing can be projected.

    Raises:
        ValueError: a probability that is none.
    """
    if probability is None:
        return NO_PROJECTION
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability is between 0 and 1, not {probability}")
    if probability >= EVEN_CHANCE:
        return LIKELY if probability >= LIKELY_FROM else RATHER
    return UNLIKELY if probability <= UNLIKELY_TO else HARDLY


def gravest_note(effects: Iterable[str]) -> str:
    """Return the effect that a verdict heeds most; context bears on no verdict."""
    found = set(effects)
    return next((each for each in (UNRELIABLE, BREAK, CAUTION) if each in found), NO_NOTE)


def significance_state(is_beyond_chance: bool | None) -> str:
    """Return whether a distance from the path is more than chance; None where it is not known."""
    if is_beyond_chance is None:
        return NOT_KNOWN
    return BEYOND_CHANCE if is_beyond_chance else WITHIN_CHANCE
