"""What is known of one target, as label and text: goal as stated, baseline, path and chance."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Indicator, Verdict
from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, number_text
from dashboard.metrics.ranking import ordinal
from dashboard.words.levels import date_text, exact_level_text, level_text, lowered, per_text
from dashboard.words.on_target import reason_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_words import chance_clause, closed_text
from dashboard.words.targets import needed_in_words
from dashboard.words.verdict import chance_in_words, status_text

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


def target_facts(target: Verdict, about: Indicator) -> pd.DataFrame:
    """Return what is known of one target, as label and text.

    Args:
        target: Of `dashboard.analysis.status`.
        about: Its indicator.
    """
    unit = f" {per_text(about)}" if about.unit == "rate" else ""
    known = {
        "Status": f"{status_text(target.status)}. {reason_text(target)}",
        "Chance of meeting it": _chance_in_full(target),
        "Goal as stated": goal_as_stated(target),
        "Baseline": f"{baseline_text(target)}{unit}",
        "Path now": path_text(target),
        "Actual": actual_text(target),
        "Needed from here": _needed(target),
        "Due": _due(target),
        "Reward": _reward(target),
        "Owner": target.owner or NOT_GIVEN,
        "Lead agency": target.lead_agency or NOT_GIVEN,
        "Priority": target.priority or NOT_GIVEN,
        "Where the plan says it": target.paragraph or NOT_GIVEN,
        "Note": target.note or "none",
    }
    if target.kind != "stretch":
        del known["Reward"]
    return pd.DataFrame({"What": list(known), "Figure or words": list(known.values())})


def _chance_in_full(target: Verdict) -> str:
    """Return the chance with its method, or why there is none."""
    chance = chance_cell(target)
    if chance == NO_NUMBER:
        if target.closed:
            return f"none: {lowered(closed_text(target))}"
        why = reason_in_words(target.probability_reason)
        return f"{NOT_GIVEN}: {why}" if why else chance
    return f"{chance}: {target.probability_method}"


def _needed(target: Verdict) -> str:
    """Return what is needed a month in words, or why no number can be given."""
    if target.needed_per_month is not None:
        return needed_in_words(target.needed)
    if target.closed:
        return f"nothing: {lowered(closed_text(target))}"
    if target.goal == "not_given":
        return "goal not given"
    if target.goal == "rank":
        return "a place, not a number"
    if target.target is None:
        return "the baseline has no figure"
    return needed_in_words(target.needed) or "not counted by month"


def _due(target: Verdict) -> str:
    stated = target.due_stated
    return f"{date_text(target.due)} (stated: {stated})" if stated else date_text(target.due)


def _reward(target: Verdict) -> str:
    reward = target.reward_gbp
    amount = NOT_GIVEN if reward is None else f"£{number_text(reward)}"
    stated = target.reward_stated
    return f"{amount} (stated: {stated})" if stated else amount
