"""The quarter's indicators as numbers, to take away: one row each, a column for every figure."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.exhibits.verdicts import NO_TARGET, Row, owner_text
from dashboard.exhibits.words import per_text, readable, text_or_nothing

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
    rows = review.to_dict("records")
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
            "Status": [text_or_nothing(row["status"]) for row in rows],
            "Target's unit": [_unit_of_target(row) for row in rows],
            "Figure's period": [text_or_nothing(row["actual_period"]) for row in rows],
            **numbers,
            "Goal": pd.to_numeric(pd.Series([_goal(row) for row in rows], index=review.index)),
            "Due": pd.Series([_day(row["due"]) for row in rows], index=review.index),
            "Owner": ["" if row["status"] == NO_TARGET else owner_text(row) for row in rows],
            "Note": [_note(row) for row in rows],
        }
    ).reset_index(drop=True)


def _unit_of_target(row: Row) -> str:
    if row["status"] == NO_TARGET:
        return ""
    if row["goal"] == "rank":
        return PLACE
    return f"rate {per_text(row)}" if row["unit"] == "rate" else str(row["unit"])  # ty: ignore[invalid-argument-type]


def _day(due: object) -> date | None:
    return date.fromisoformat(str(due)) if due and not pd.isna(due) else None


def _goal(row: Row) -> object:
    return row["goal_number"] if row["goal"] == "rank" else row["target"]


def _note(row: Row) -> str:
    """Return why the verdict is as it is, and what is known of the figures."""
    parts = [text_or_nothing(row["reason"]), text_or_nothing(row["notes"])]
    return readable(". ".join(part.rstrip(".") for part in parts if part))
