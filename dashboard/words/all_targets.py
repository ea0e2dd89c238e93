"""All targets of a plan: a table of them, their names, and which others are missed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.charts.wording import NOT_GIVEN, month_text
from dashboard.charts.wording import number_text as text_of
from dashboard.metrics.status_table import NOT_MET, OFF_TRACK
from dashboard.words.target_facts import (
    NO_NUMBER,
    actual_level_text,
    baseline_text,
    chance_cell,
    goal_as_stated,
    path_text,
)
from dashboard.words.verdict import GOAL_MADE_UP, status_text

MADE_UP_HEADING = "Goals that the plan does not give"
"""What is held against goals made up for the worked example stands under it, apart."""
KIND_WORDS = {"stretch": "Stretch", "designated": "Designated", "plan": "Plan", "aim": "Aim"}
"""Each kind of target in a word, in the order that targets are listed in."""


def titles(targets: pd.DataFrame) -> dict[str, str]:
    """Return a name for each target by its id, kinds in the order of the page."""
    return {
        target.target_id: f"{KIND_WORDS[target.kind]}: {target_title(target)}, "
        f"{goal_as_stated(target)}"
        for target in rows_of(in_order(targets), Verdict)
    }


def others_missed(targets: pd.DataFrame, review: pd.DataFrame) -> str:
    """Return which targets are missed besides those that the review's verdicts are of.

    An indicator's verdict is that of the first target that the plan sets on it; "" where no other
    one is off track or not met.

    Args:
        targets: every target with its verdict (`dashboard.analysis.status`).
        review: the rows of the review, with the target each verdict is of.
    """
    missed = targets["status"].isin([OFF_TRACK, NOT_MET]) & targets["closed"].eq("")
    others = targets[missed & ~targets["target_id"].isin(review["target_id"].dropna())]
    if others.empty:
        return ""
    names = "; ".join(target_title(target) for target in rows_of(others, Verdict))
    return f"Off track or missed too, beside an indicator's first target: {names}."


def in_order(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets kind by kind in the plan's order, those with a made-up goal last."""
    order = {kind: position for position, kind in enumerate(KIND_WORDS)}
    places = targets.assign(place=targets["kind"].map(order))
    by = ["goal_is_illustrative", "place"]
    return places.sort_values(by, kind="stable", ignore_index=True).drop(columns="place")


def target_title(target: Verdict) -> str:
    """Return what a target is on: "All crime", "All crime, place in the group", "NI 21 …"."""
    return f"{named_first(target)}{', place in the group' if target.goal == 'rank' else ''}"


def named_first(target: Verdict) -> str:
    """Return the indicator of a target, its number first: "NI 32 Repeat incidents …"."""
    number = target.national_indicator
    return f"{number} {target.title}" if number else target.title


def targets_table(targets: pd.DataFrame) -> pd.DataFrame:
    """Return all targets as texts, one target each, kind by kind."""
    rows = [
        {
            "Target": target_title(target),
            "Status": status_text(target.status),
            "Chance": chance_cell(target),
            "Actual": actual_level_text(target),
            "Path now": path_text(target),
            "Needed a month": text_of(target.needed_per_month, missing=NO_NUMBER),
            "Goal as stated": goal_as_stated(target),
            "Due": _month(target.due),
            "Baseline": baseline_text(target),
            "Kind": _kind(target),
        }
        for target in rows_of(in_order(targets), Verdict)
    ]
    return pd.DataFrame(rows)


def _kind(target: Verdict) -> str:
    kind = KIND_WORDS[target.kind]
    return f"{kind}: {GOAL_MADE_UP}" if target.goal_is_illustrative else kind


def _month(day: str) -> str:
    return month_text(date.fromisoformat(day)) if day else NOT_GIVEN
