"""A target's figures as texts: its goal as stated, baseline, latest figure, path and chance."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, number_text
from dashboard.exhibits.target_words import chance_clause
from dashboard.exhibits.words import exact_level_text, level_text
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.rounding import as_number
from dashboard.words.verdict import chance_in_words

NO_NUMBER = "–"
"""Stands in a table where there is no number to give."""


def goal_as_stated(row: dict | pd.Series) -> str:
    """Return the goal in the plan's own few words; an illustrative one says so."""
    stated = str(row["goal_stated"]) or NOT_GIVEN
    if row["goal_is_illustrative"]:
        return f"{stated} (illustrative: {_goal(row)})"
    if row["goal"] == "not_given" and row["goal_stated"]:
        return f"“{stated}”: no figure given"
    return stated


def chance_cell(row: dict | pd.Series) -> str:
    """Return the chance of meeting an open target; a dash where there is none."""
    chance = as_number(row["probability"])
    return chance_in_words(chance) if chance is not None and chance_clause(dict(row)) else NO_NUMBER


def baseline_text(row: dict | pd.Series) -> str:
    """Return the baseline with its period: "27,085 (2008/09)"; or that there is none."""
    period = str(row["baseline_period"])
    if row["goal"] == "rank":
        return f"place in {period} not given"
    level = as_number(row["baseline"])
    if level is None:
        return NOT_GIVEN if period == NOT_GIVEN else f"{period}, {NO_FIGURE}"
    text = exact_level_text(level, str(row["unit"]))
    return text if period == NOT_GIVEN else f"{text} ({period})"


def actual_text(row: dict | pd.Series) -> str:
    """Return the latest figure with its period: "23% (October to December 2009)"."""
    level = actual_level_text(row)
    has_period = row["goal"] != "rank" and as_number(row["actual"]) is not None
    return f"{level} ({row['actual_period']})" if has_period else level


def actual_level_text(row: dict | pd.Series) -> str:
    """Return the latest figure, or the place of a target that is one: "23%", "13th"."""
    number = as_number(row["actual"])
    if row["goal"] == "rank":
        return "no place" if number is None else ordinal(int(number))
    return NO_FIGURE if number is None else _in_table(number, str(row["unit"]))


def level_or(row: dict | pd.Series, column: str, *, missing: str) -> str:
    """Return the level in a column in the target's unit, or what stands where there is none."""
    number = as_number(row[column])
    return missing if number is None else _in_table(number, str(row["unit"]))


def _goal(row: dict | pd.Series) -> str:
    if row["goal"] == "relative_change":
        return number_text(row["goal_number"], "percent_change")
    return exact_level_text(row["goal_number"], str(row["unit"]))


def _in_table(number: float, unit: str) -> str:
    return level_text(number, unit, places=1 if unit == "percent" else None)
