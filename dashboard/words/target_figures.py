"""A target's figures as texts: its goal as stated, baseline, latest figure, path and chance."""

from __future__ import annotations

from dashboard.analysis.rows import Verdict
from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, number_text
from dashboard.metrics.ranking import ordinal
from dashboard.words.levels import exact_level_text, level_text
from dashboard.words.target_words import chance_clause
from dashboard.words.verdict import chance_in_words

NO_NUMBER = "–"
"""Stands in a table where there is no number to give."""


def goal_as_stated(target: Verdict) -> str:
    """Return the goal in the plan's own few words; one that is made up says so."""
    stated = target.goal_stated or NOT_GIVEN
    if target.goal_is_illustrative:
        return f"{stated} (made up: {_goal(target)})"
    if target.goal == "not_given" and target.goal_stated:
        return f"“{stated}”: no figure given"
    return stated


def chance_cell(target: Verdict) -> str:
    """Return the chance of meeting an open target; a dash where there is none."""
    chance = target.probability
    return chance_in_words(chance) if chance is not None and chance_clause(target) else NO_NUMBER


def baseline_text(target: Verdict) -> str:
    """Return the baseline with its period: "27,085 (2008/09)"; or that there is none."""
    period = target.baseline_period
    if target.goal == "rank":
        return f"place in {period} not given"
    level = target.baseline
    if level is None:
        return NOT_GIVEN if period == NOT_GIVEN else f"{period}, {NO_FIGURE}"
    text = exact_level_text(level, target.unit)
    return text if period == NOT_GIVEN else f"{text} ({period})"


def actual_text(target: Verdict) -> str:
    """Return the latest figure with its period: "23% (October to December 2009)"."""
    level = actual_level_text(target)
    has_period = target.goal != "rank" and target.actual is not None
    return f"{level} ({target.actual_period})" if has_period else level


def actual_level_text(target: Verdict) -> str:
    """Return the latest figure, or the place of a target that is one: "23%", "13th"."""
    number = target.actual
    if target.goal == "rank":
        return "no place" if number is None else ordinal(int(number))
    return NO_FIGURE if number is None else _in_table(number, target.unit)


def path_text(target: Verdict) -> str:
    """Return where the path stands now, in the target's unit; or that there is none."""
    return "no path" if target.path_now is None else _in_table(target.path_now, target.unit)


def _goal(target: Verdict) -> str:
    if target.goal == "relative_change":
        return number_text(target.goal_number, "percent_change")
    return exact_level_text(target.goal_number, target.unit)


def _in_table(number: float, unit: str) -> str:
    return level_text(number, unit, places=1 if unit == "percent" else None)
