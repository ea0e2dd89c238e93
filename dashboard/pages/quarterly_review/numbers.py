"""The quarter's indicators as numbers, to take away: one row each, a column for every figure."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.analysis.rows import Verdict
from dashboard.words.levels import per_text, readable, text_or_nothing
from dashboard.words.on_target import owner_text
from dashboard.words.reviewed import Reviewed, reviewed_in

COUNT, PLACE = "count", "place"
_NUMBERS = {
    "Value": "current",
    "Value a year before": "previous",
    "Change": "change",
    "Change, percent": "percent",
    "Quarter's change": "quarter_change",
    "Quarter's change, percent": "quarter_percent",
    "Figure against target": "actual",
    "Path now": "path_now",
    "Chance of meeting the goal": "probability",
}
"""Columns of numbers, and those of the review that they are."""


def meeting_numbers(review: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each indicator of a review, figures as numbers and words as plain texts.

    Percentages are 12.1 for 12.1%, a chance is 0.3 for 30%, and a missing figure is an empty cell.

    Args:
        review: Of `dashboard.analysis.review.review`.
    """
    rows = reviewed_in(review)
    verdicts = [row.verdict for row in rows]
    numbers = {name: pd.to_numeric(review[column]) for name, column in _NUMBERS.items()}
    return pd.DataFrame(
        {
            "Indicator": review["title"],
            "National indicator": review["national_indicator"],
            "Id": review["indicator_id"],
            "Priority": review["priority_title"],
            "Period": review["current_period"],
            # Of a rate, the count behind it is compared: the rate itself stands beside the target.
            "Unit": review["unit"].replace("rate", COUNT),
            **{name: numbers.pop(name) for name in list(numbers)[:6]},
            "Status": review["status"],
            "Target's unit": [_unit_of_target(each) if each else "" for each in verdicts],
            "Figure's period": [each.actual_period if each else "" for each in verdicts],
            **numbers,
            "Goal": review["goal_number"].where(review["goal"].eq("rank"), review["target"]),
            "Due": [_day(each.due) if each else None for each in verdicts],
            "Owner": [owner_text(each) if each else "" for each in verdicts],
            "Note": [_note(row) for row in rows],
        }
    ).reset_index(drop=True)


def _unit_of_target(target: Verdict) -> str:
    if target.goal == "rank":
        return PLACE
    return f"rate {per_text(target)}" if target.unit == "rate" else target.unit


def _day(due: str) -> date | None:
    return date.fromisoformat(due) if due else None


def _note(reviewed: Reviewed) -> str:
    """Return why the verdict is as it is, and what is known of the figures."""
    parts = [text_or_nothing(reviewed.verdict.reason) if reviewed.verdict else "", reviewed.notes]
    return readable(". ".join(part.rstrip(".") for part in parts if part))
