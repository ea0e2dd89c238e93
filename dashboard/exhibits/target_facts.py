"""What is known of one target, as label and text."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.status import status_text
from dashboard.charts.wording import NOT_GIVEN, number_text
from dashboard.exhibits.target_figures import (
    NO_NUMBER,
    actual_text,
    baseline_text,
    chance_cell,
    goal_as_stated,
    level_or,
)
from dashboard.exhibits.target_words import closed_text
from dashboard.exhibits.verdicts import reason_text
from dashboard.exhibits.words import date_text, lowered, per_text
from dashboard.metrics.rounding import as_number
from dashboard.words.targets import needed_in_words


def target_facts(row: pd.Series, about: pd.Series) -> pd.DataFrame:
    """Return what is known of one target, as label and text.

    Args:
        row: Of `dashboard.analysis.status`.
        about: Its indicator.
    """
    unit = f" {per_text(about)}" if about["unit"] == "rate" else ""
    known = {
        "Status": f"{status_text(row['status'])}. {reason_text(row)}",  # ty: ignore[invalid-argument-type]
        "Chance of meeting it": _chance_in_full(row),
        "Goal as stated": goal_as_stated(row),
        "Baseline": f"{baseline_text(row)}{unit}",
        "Path now": level_or(row, "path_now", missing="no path"),
        "Actual": actual_text(row),
        "Needed from here": _needed(row),
        "Due": _due(row),
        "Reward": _reward(row),
        "Owner": row["owner"] or NOT_GIVEN,
        "Lead agency": row["lead_agency"] or NOT_GIVEN,
        "Priority": row["priority"] or NOT_GIVEN,
        "Where the plan says it": row["paragraph"] or NOT_GIVEN,
        "Note": row["note"] or "none",
    }
    if row["kind"] != "stretch":
        del known["Reward"]
    return pd.DataFrame({"What": list(known), "Figure or words": list(known.values())})


def _chance_in_full(row: pd.Series) -> str:
    """Return the chance with its method, or why there is none."""
    chance = chance_cell(row)
    if chance == NO_NUMBER:
        if row["closed"]:
            return f"none: {lowered(closed_text(row))}"  # ty: ignore[invalid-argument-type]
        return f"{NOT_GIVEN}: {row['probability_reason']}" if row["probability_reason"] else chance
    return f"{chance}: {row['probability_method']}"


def _needed(row: pd.Series) -> str:
    """Return what is needed a month in words, or why no number can be given."""
    if as_number(row["needed_per_month"]) is not None:
        return needed_in_words(row["needed"])
    if row["closed"]:
        return f"nothing: {lowered(closed_text(row))}"  # ty: ignore[invalid-argument-type]
    if row["goal"] == "not_given":
        return "goal not given"
    if row["goal"] == "rank":
        return "a place, not a number"
    if as_number(row["target"]) is None:
        return "the baseline has no figure"
    return needed_in_words(row["needed"]) or "not counted by month"


def _due(row: pd.Series) -> str:
    stated = str(row["due_stated"])
    return f"{date_text(row['due'])} (stated: {stated})" if stated else date_text(row["due"])


def _reward(row: pd.Series) -> str:
    reward = as_number(row["reward_gbp"])
    amount = NOT_GIVEN if reward is None else f"£{number_text(reward)}"
    stated = str(row["reward_stated"])
    return f"{amount} (stated: {stated})" if stated else amount
