"""What is known of one target, as label and text."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Indicator, Verdict
from dashboard.charts.wording import NOT_GIVEN, number_text
from dashboard.words.levels import date_text, lowered, per_text
from dashboard.words.on_target import reason_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_figures import (
    NO_NUMBER,
    actual_text,
    baseline_text,
    chance_cell,
    goal_as_stated,
    path_text,
)
from dashboard.words.target_words import closed_text
from dashboard.words.targets import needed_in_words
from dashboard.words.verdict import status_text


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
