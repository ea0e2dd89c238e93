"""Why a meeting must look at an indicator, in English."""

from __future__ import annotations

import math

from dashboard.metrics.reasons import Changed, Cost, Worse
from dashboard.metrics.rounding import in_words_number

KINDS = ("stretch target", "designated indicator", "target")
NOT_THE_FIRST = ", beside the indicator's first target"
"""Ends the reason of an exception that another target gives than the one its line is of."""
BY_CHANCE = ", which chance could explain"


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
