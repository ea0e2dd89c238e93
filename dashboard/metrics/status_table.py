"""The states that a verdict hangs on, and its rules as data: the word of every combination."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dashboard.metrics.polarity import RELATIVE_SLACK, is_at_least_as_good, shortfall
from dashboard.metrics.reasons import Reason
from dashboard.metrics.rounding import as_number

MET, ON_TRACK, AT_RISK = "met", "on track", "at risk"
OFF_TRACK, NOT_MET, CANNOT_SAY = "off track", "not met", "cannot say"
WORDS = (MET, ON_TRACK, AT_RISK, OFF_TRACK, NOT_MET, CANNOT_SAY)

GOAL_NOT_GIVEN, NO_LEVEL, NO_PATH = "goal not given", "no level", "no path"
REACHED, MISSED = "due, goal reached", "due, goal missed"
CLOSED_REACHED, CLOSED_MISSED = "closed, goal reached", "closed, goal missed"
NO_OUTTURN = "closed, no outturn"
CLOSED_PATHS = (CLOSED_REACHED, CLOSED_MISSED, NO_OUTTURN)
"""The plan is over (`goals.closing_month`): its target is history."""
OUT_OF_REACH, REACHED_EARLY = "out of reach", "reached early"
AHEAD, SLIGHTLY_BEHIND, CLEARLY_BEHIND = "ahead", "slightly behind", "clearly behind"
PATHS = (
    GOAL_NOT_GIVEN, NO_LEVEL, NO_PATH, *CLOSED_PATHS, REACHED, MISSED, OUT_OF_REACH, REACHED_EARLY,
    AHEAD, SLIGHTLY_BEHIND, CLEARLY_BEHIND,
)  # fmt: skip
"""Where the figure stands; "ahead" is as good as the path or better, "slightly" within the
tolerance. Once due only reached and missed are left, and once closed those and no outturn."""
GOOD_PATHS = (CLOSED_REACHED, REACHED, REACHED_EARLY, AHEAD)
"""On target by the path alone."""

NO_PROJECTION, LIKELY, UNLIKELY = "none", "likely", "unlikely"
RATHER, HARDLY = "more likely than not", "less likely than not"
PROJECTIONS = (NO_PROJECTION, LIKELY, RATHER, HARDLY, UNLIKELY)
"""How probable it is that the target will be met; see `projection_state`."""

NOT_KNOWN, WITHIN_CHANCE, BEYOND_CHANCE = "not known", "within chance", "beyond chance"
SIGNIFICANCES = (NOT_KNOWN, WITHIN_CHANCE, BEYOND_CHANCE)
"""Whether the distance from the path is more than chance alone gives."""

NO_NOTE, CAUTION, BREAK, UNRELIABLE = "none", "caution", "break", "unreliable"
NOTES = (NO_NOTE, CAUTION, BREAK, UNRELIABLE)
"""The gravest data note that bears on the figure; a break counts when it lies on the way."""

COMPLETE, INCOMPLETE = "complete", "incomplete"
COVERAGES = (COMPLETE, INCOMPLETE)
"""Whether every month (or the wave) of the figure is there."""

STATES = (PATHS, PROJECTIONS, SIGNIFICANCES, NOTES, COVERAGES)
"""The five things a verdict hangs on, each with all that it can be."""
PARTS = ("path", "projection", "significance", "notes", "coverage")

Combination = tuple[str, str, str, str, str]

DEFAULT_TOLERANCE = 0.02
"""Our convention: up to 2% of the path value worse than the path is "at risk", not "off track"."""
LIKELY_FROM = 0.66
"""From here "likely" in the scale of the Intergovernmental Panel on Climate Change (Mastrandrea et
al. 2010, table 1); that a target with this chance is on track is our convention."""
UNLIKELY_TO = 0.33
"""Up to here "unlikely" in the same scale."""
EVEN_CHANCE = 0.5
"""From here more likely than not: a target below it is never on track (our convention)."""


@dataclass(frozen=True)
class Held:
    """A figure and what it is held against; None for what is not known."""

    now: float | None
    path: float | None
    goal: float | None
    lower_is_better: bool
    is_rank: bool
    passed_by: float

    @property
    def top(self) -> int | None:
        """The last place that meets a goal that is one."""
        return int(self.goal) if self.is_rank and self.goal is not None else None


def held_against(
    actual: float | None,
    path_value: float | None,
    goal: float | None,
    lower_is_better: bool,
    is_rank: bool,
    passed_by: float,
) -> Held:
    """Take what is known; a rank is held against the goal itself, and better when lower."""
    target = as_number(goal)
    path = target if is_rank else as_number(path_value)
    return Held(as_number(actual), path, target, is_rank or lower_is_better, is_rank, passed_by)


@dataclass(frozen=True)
class Rule(Reason):
    """What some combinations give; an empty part means that it does not matter.

    Attributes:
        word: one of ``WORDS``.
        name: which it is; `dashboard.words.verdict` has its words.
        path, projection, significance, notes, coverage: the states it is for.
    """

    word: str
    name: str
    path: tuple[str, ...] = ()
    projection: tuple[str, ...] = ()
    significance: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()

    def applies(self, combination: Combination) -> bool:
        """Return whether the rule is for a combination, in the order of ``PARTS``."""
        wanted = (getattr(self, part) for part in PARTS)
        return all(not states or state in states
                   for states, state in zip(wanted, combination, strict=True))  # fmt: skip


NEARLY = (SLIGHTLY_BEHIND,)
BEHIND = (CLEARLY_BEHIND,)
WITHIN = (WITHIN_CHANCE,)

RULES = (
    Rule(CANNOT_SAY, "unreliable", notes=(UNRELIABLE,)),
    Rule(CANNOT_SAY, "goal open", path=(GOAL_NOT_GIVEN,)),
    Rule(CANNOT_SAY, "no outturn", path=(NO_OUTTURN,)),
    Rule(CANNOT_SAY, "incomplete", coverage=(INCOMPLETE,)),
    Rule(CANNOT_SAY, "broken", notes=(BREAK,)),
    Rule(CANNOT_SAY, "no level", path=(NO_LEVEL,)),
    Rule(MET, "closed reached", path=(CLOSED_REACHED,)),
    Rule(NOT_MET, "closed missed", path=(CLOSED_MISSED,)),
    Rule(MET, "reached", path=(REACHED,)),
    Rule(NOT_MET, "missed", path=(MISSED,)),
    Rule(OFF_TRACK, "out of reach", path=(OUT_OF_REACH,)),
    Rule(ON_TRACK, "reached early", path=(REACHED_EARLY,)),
    Rule(CANNOT_SAY, "nothing to go by", (NO_PATH,), (NO_PROJECTION,)),
    Rule(ON_TRACK, "likely without path", (NO_PATH,), (LIKELY,)),
    Rule(AT_RISK, "even without path", (NO_PATH,), (RATHER, HARDLY)),
    Rule(OFF_TRACK, "unlikely without path", (NO_PATH,), (UNLIKELY,)),
    Rule(AT_RISK, "on path, likely missed", (AHEAD,), (HARDLY, UNLIKELY)),
    Rule(ON_TRACK, "on path, likely met", (AHEAD,), (LIKELY, RATHER)),
    Rule(ON_TRACK, "on path", (AHEAD,), (NO_PROJECTION,)),
    Rule(OFF_TRACK, "behind, unlikely", (*NEARLY, *BEHIND), (UNLIKELY,)),
    Rule(ON_TRACK, "within tolerance, likely", NEARLY, (LIKELY,)),
    Rule(AT_RISK, "within tolerance", NEARLY),
    Rule(ON_TRACK, "within chance, likely", BEHIND, (LIKELY,), WITHIN),
    Rule(AT_RISK, "within chance", BEHIND, (), WITHIN),
    Rule(AT_RISK, "behind, likely", BEHIND, (LIKELY, RATHER)),
    Rule(OFF_TRACK, "behind", BEHIND, (NO_PROJECTION, HARDLY)),
)  # fmt: skip
"""The first that applies gives the verdict."""


@cache
def rule_for(combination: Combination) -> Rule:
    """Return the rule that gives the verdict of a combination.

    Args:
        combination: one state of each of ``STATES``, in their order.

    Raises:
        ValueError: a state that is none.
    """
    for part, known, state in zip(PARTS, STATES, combination, strict=True):
        if state not in known:
            raise ValueError(f"'{state}' is no state of {part}; choose one of {', '.join(known)}")
    return next(rule for rule in RULES if rule.applies(combination))


def path_state(
    held: Held,
    tolerance: float = DEFAULT_TOLERANCE,
    *,
    is_due: bool,
    is_closed: bool = False,
    goal_given: bool = True,
) -> str:
    """Return where a figure stands: a state of `PATHS`.

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
    """Return what a probability of meeting a target amounts to: `PROJECTIONS`.

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
