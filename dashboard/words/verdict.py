"""Why a verdict is as it is, and why a meeting must look at an indicator, in English."""

from __future__ import annotations

import math

from dashboard.metrics.polarity import shortfall
from dashboard.metrics.reasons import Changed, Cost, Worse
from dashboard.metrics.rounding import as_number, in_words_number, round_half_up
from dashboard.metrics.status import VerdictReason
from dashboard.metrics.status_table import (
    AHEAD,
    AT_RISK,
    BREAK,
    CANNOT_SAY,
    CLEARLY_BEHIND,
    CLOSED_MISSED,
    CLOSED_REACHED,
    GOAL_NOT_GIVEN,
    INCOMPLETE,
    MET,
    MISSED,
    NO_LEVEL,
    NO_PATH,
    NO_PROJECTION,
    NOT_MET,
    OFF_TRACK,
    ON_TRACK,
    OUT_OF_REACH,
    REACHED,
    REACHED_EARLY,
    UNRELIABLE,
    WITHIN_CHANCE,
    Combination,
    Held,
    Rule,
    rule_for,
)

TWO_PLACES_BELOW = 10
"""Reasons give figures that are not whole to one place, and those below this, mostly rates, to two.
"""
MOST_PLACES = 2
SYMBOLS = {MET: "✓", ON_TRACK: "●", AT_RISK: "▲", OFF_TRACK: "▼", NOT_MET: "✕", CANNOT_SAY: "–"}
PERCENT = 100
GOAL_MADE_UP = "goal made up for the worked example"
"""The chip on whatever is held against such a goal."""

RULE_WORDS = {
    "unreliable": "a note calls the figures unreliable",
    "goal open": "the plan leaves the goal open",
    "no outturn": "closed, and no figure of its due period is there",
    "incomplete": "a part of the figure is missing",
    "broken": "the way is broken: then and now are not counted alike",
    "no level": "the goal cannot be worked out: its baseline is not known",
    "closed reached": "closed: the outturn was at least as good as the goal",
    "closed missed": "closed: the outturn was worse than the goal",
    "reached": "due, and at least as good as the goal",
    "missed": "due, and worse than the goal",
    "out of reach": "counted past the goal already, and a count does not go back",
    "reached early": "the count that was asked for is reached already",
    "nothing to go by": "neither a path nor a projection",
    "likely without path": "no path, but likely to be met",
    "even without path": "no path, and met or missed with about equal chance",
    "unlikely without path": "no path, and unlikely to be met",
    "on path, likely missed": "on the path, but more likely to be missed than met from here",
    "on path, likely met": "on the path, and more likely to be met than missed",
    "on path": "on the path",
    "behind, unlikely": "behind the path, and unlikely to be met",
    "within tolerance, likely": "behind by no more than the tolerance, and likely to be met",
    "within tolerance": "behind the path by no more than the tolerance",
    "within chance, likely": "behind by no more than chance gives, and likely to be met",
    "within chance": "behind the path by no more than chance gives",
    "behind, likely": "clearly behind, but more likely to be met than missed",
    "behind": "clearly behind the path",
}
"""The rules of `dashboard.metrics.status_table` in words, by their names."""
KINDS = ("stretch target", "designated indicator", "target")
NOT_THE_FIRST = ", beside the indicator's first target"
"""Ends the reason of an exception that another target gives than the one its line is of."""
BY_CHANCE = ", which chance could explain"


def rule_in_words(rule: Rule) -> str:
    """Return the rule that gave a verdict."""
    return RULE_WORDS[rule.name]


def status_text(word: str) -> str:
    """Return symbol and word of a status: "▲ At risk".

    The symbols differ in shape, so that a print in grey or a reader who tells no colours apart
    loses nothing.

    Raises:
        KeyError: It is not a status word.
    """
    return f"{SYMBOLS[word]} {word.capitalize()}"


def verdict_reason_in_words(reason: VerdictReason, missing: str) -> str:
    """Return why a verdict is as it is.

    Args:
        reason: Of a verdict.
        missing: Its reason for a missing figure, in English; "" when it is complete.
    """
    if reason.word == CANNOT_SAY:
        return _why_no_verdict(reason.combination, missing)
    return _figures(reason.combination, reason.held) + _what_changed_it(reason)


def chance_in_words(probability: float | None) -> str:
    """Write a probability: "62%", "less than 1%", "more than 99%"; "not known" without one."""
    known = as_number(probability)
    if known is None:
        return "not known"
    share = PERCENT * known
    if share < 1:
        return "less than 1%"
    if share > PERCENT - 1:
        return "more than 99%"
    return f"{in_words_number(share)}%"


def chance_in_figures(probability: float) -> str:
    """Write a probability where there is room for a figure only: "62%", "<1%", ">99%"."""
    return chance_in_words(probability).replace("less than ", "<").replace("more than ", ">")


def chance_of_goal(probability: float, top: int | None = None) -> str:
    """Write the chance of a target: "a 62% chance of meeting the goal".

    Args:
        probability: 0 to 1.
        top: of a goal that is a place, the last that meets it: "a 62% chance that the true place is
            in the top 3 now", for a place is not projected.
    """
    chance = chance_in_words(probability)
    said = f"a {chance} chance" if chance[0].isdigit() else f"a chance of {chance}"
    if top is not None:
        return f"{said} that the true place is in the top {top} now"
    return f"{said} of meeting the goal"


def _why_no_verdict(combination: Combination, missing: str) -> str:
    """Return why nothing can be said of a target: the first of the reasons that applies."""
    path, _, _, notes, coverage = combination
    reasons = (
        ("a note says that the figures are unreliable", notes == UNRELIABLE),
        ("the goal is not given", path == GOAL_NOT_GIVEN),
        (missing or "no figure", coverage == INCOMPLETE),
        ("a break in the series: then and now are not counted alike", notes == BREAK),
        ("the goal cannot be worked out: its baseline is not known", path == NO_LEVEL),
    )
    no_path = "there is no path to compare it with"
    return next((reason for reason, applies in reasons if applies), no_path)


def _figures(combination: Combination, held: Held) -> str:
    """Return the figure and what it is held against; "" where either is not known."""
    now, path, goal = held.now, held.path, held.goal
    state = combination[0]
    if now is None or goal is None:
        return ""
    if state in (REACHED, MISSED, CLOSED_REACHED, CLOSED_MISSED):
        settled = _both(now, goal, "goal")
        return f"{settled}, now due" if state in (REACHED, MISSED) else f"an outturn of {settled}"
    if state in (OUT_OF_REACH, REACHED_EARLY):
        return f"{_number(held.passed_by)} past the goal of {_number(goal)} already"
    if state == NO_PATH or path is None:
        return _both(now, goal, "goal")
    text = _both(now, path, "goal" if held.is_rank else "path")
    if state == AHEAD:
        return text
    gap = float(shortfall(now, path, held.lower_is_better))
    return f"{text}, worse by {in_words_number(gap, _places(now, path))}"


def _what_changed_it(reason: VerdictReason) -> str:
    """Say what gave another word than the path alone gives: the projection, or chance."""
    path, projection, significance, notes, coverage = reason.combination
    parts = []
    by_path = rule_for((path, NO_PROJECTION, significance, notes, coverage)).word
    if reason.word != by_path and reason.probability is not None and projection != NO_PROJECTION:
        parts.append(f"; {chance_of_goal(reason.probability, reason.held.top)}")
    if path == CLEARLY_BEHIND and significance == WITHIN_CHANCE and reason.word != OFF_TRACK:
        parts.append("; no more than chance alone gives")
    return "".join(parts)


def _both(now: float, other: float, what: str) -> str:
    places = _places(now, other)
    return f"{in_words_number(now, places)} against a {what} of {in_words_number(other, places)}"


def _places(now: float, other: float) -> int:
    """Return the places that a figure and what it is held against are both written with.

    A whole figure needs none, as on the pages, unless rounding would hide that the two differ.
    """
    fewest = 0 if now == round(now) else 1 if abs(now) >= TWO_PLACES_BELOW else MOST_PLACES
    if now == other:
        return fewest
    tell_apart = (
        places
        for places in range(fewest, MOST_PLACES)
        if round_half_up(now, places) != round_half_up(other, places)
    )
    return next(tell_apart, MOST_PLACES)


def _number(value: float) -> str:
    """Write a figure so that small rates still show what tells them apart."""
    return in_words_number(value, 1 if abs(value) >= TWO_PLACES_BELOW else 2)


def cost_in_words(cost: Cost) -> str:
    """Return which target calls for a decision: "stretch target carrying £1,000 off track"."""
    carrying = f" carrying £{in_words_number(cost.reward)}" if cost.reward > 0 else ""
    beside = "" if cost.is_first else NOT_THE_FIRST
    return f"{KINDS[cost.kind]}{carrying} {cost.verdict}{beside}"


def worse_in_words(worse: Worse) -> str:
    """Return how much worse something is: "17% worse than a year before"."""
    than = "a year before" if worse.survey is None else f"in the survey of {worse.survey}"
    size = _size_in_words(worse.percent, worse.number, worse.unit)
    return f"{size} worse than {than}{BY_CHANCE if worse.by_chance else ''}"


def changed_in_words(changed: Changed) -> str:
    """Return a change: "312 (17%) worse than a year before, more than chance explains"."""
    if changed.worse_by == 0:
        return "the same as a year before"
    number = in_words_number(abs(changed.worse_by))
    percent = abs(changed.percent)
    share = "" if math.isnan(percent) else f" ({_size_in_words(percent, changed.worse_by)})"
    word = "worse" if changed.worse_by > 0 else "better"
    end = BY_CHANCE if changed.by_chance else ", more than chance explains"
    return f"{number}{share} {word} than a year before{end}"


def _size_in_words(percent: float, number: float, unit: str = "") -> str:
    """Return the size of a change: "17%", "1.5 percentage points", or else the number."""
    if unit == "percent":
        points = in_words_number(abs(number), 1)
        return f"{points} percentage {'point' if points == '1' else 'points'}"
    if math.isnan(percent):
        return in_words_number(abs(number))
    return f"{in_words_number(percent) if percent >= 1 else 'less than 1'}%"
