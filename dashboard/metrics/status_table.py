"""The rules of the verdict as data: every combination of what is known, and the word it gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dashboard.metrics.reasons import Reason

MET, ON_TRACK, AT_RISK = "met", "on track", "at risk"
OFF_TRACK, NOT_MET, CANNOT_SAY = "off track", "not met", "cannot say"
WORDS = (MET, ON_TRACK, AT_RISK, OFF_TRACK, NOT_MET, CANNOT_SAY)

GOAL_NOT_GIVEN, NO_LEVEL, NO_PATH = "goal not given", "no level", "no path"
REACHED, MISSED = "due, goal reached", "due, goal missed"
CLOSED_REACHED, CLOSED_MISSED = "closed, goal reached", "closed, goal missed"
NO_OUTTURN = "closed, no outturn"
CLOSED_PATHS = (CLOSED_REACHED, CLOSED_MISSED, NO_OUTTURN)
"""The plan is over (`plan_end.closing_month`): its target is history."""
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
"""How probable it is that the target will be met; see `status_states.projection_state`."""

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
    Rule(OFF_TRACK, "out of reach",
         path=(OUT_OF_REACH,)),
    Rule(ON_TRACK, "reached early", path=(REACHED_EARLY,)),
    Rule(CANNOT_SAY, "nothing to go by", (NO_PATH,), (NO_PROJECTION,)),
    Rule(ON_TRACK, "likely without path", (NO_PATH,), (LIKELY,)),
    Rule(AT_RISK, "even without path", (NO_PATH,),
         (RATHER, HARDLY)),
    Rule(OFF_TRACK, "unlikely without path", (NO_PATH,), (UNLIKELY,)),
    Rule(AT_RISK, "on path, likely missed", (AHEAD,),
         (HARDLY, UNLIKELY)),
    Rule(ON_TRACK, "on path, likely met", (AHEAD,),
         (LIKELY, RATHER)),
    Rule(ON_TRACK, "on path", (AHEAD,), (NO_PROJECTION,)),
    Rule(OFF_TRACK, "behind, unlikely", (*NEARLY, *BEHIND), (UNLIKELY,)),
    Rule(ON_TRACK, "within tolerance, likely", NEARLY, (LIKELY,)),
    Rule(AT_RISK, "within tolerance", NEARLY),
    Rule(ON_TRACK, "within chance, likely", BEHIND, (LIKELY,),
         WITHIN),
    Rule(AT_RISK, "within chance", BEHIND, (), WITHIN),
    Rule(AT_RISK, "behind, likely", BEHIND,
         (LIKELY, RATHER)),
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
