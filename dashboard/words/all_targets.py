"""All targets of a plan: a sentence, a table, and the names and groups they stand under."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.charts.wording import NOT_GIVEN, month_text
from dashboard.charts.wording import number_text as text_of
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.status_table import CANNOT_SAY, NOT_MET, OFF_TRACK
from dashboard.words.on_target import reason_text
from dashboard.words.target_facts import (
    NO_NUMBER,
    actual_level_text,
    actual_text,
    baseline_text,
    chance_cell,
    goal_as_stated,
    path_text,
)
from dashboard.words.target_words import which_target
from dashboard.words.top_priorities import unnamed_text
from dashboard.words.verdict import GOAL_MADE_UP, status_text

KINDS = {
    "stretch": "Stretch targets, which carry a reward",
    "designated": "Designated indicators of the Local Area Agreement",
    "plan": "Targets of this plan",
    "aim": "Aims of 2009/10",
}
"""Heading of each kind of target, in the order of the page."""
MADE_UP, MADE_UP_HEADING = "made_up", "Goals that the plan does not give"
"""What is held against goals made up for the worked example: a part of its own, after the kinds."""
KIND_WORDS = {"stretch": "Stretch", "designated": "Designated", "plan": "Plan", "aim": "Aim"}


def summary(targets: pd.DataFrame, as_at: str) -> str:
    """Return what a count of the verdicts rests on: when, and what it leaves out.

    Args:
        targets: The rows of `dashboard.analysis.status`.
        as_at: The last month that counts.
    """
    unsaid, of = int(targets["status"].eq(CANNOT_SAY).sum()), len(targets)
    open_goals = int(targets["goal"].eq("not_given").sum())
    said = [f"As at {month_label(parse_month(as_at))}."]
    if 0 < unsaid < of:
        said.append(f"On {unsaid} no verdict can be given.")
    if open_goals:
        said.append(f"The plan leaves the goal of {open_goals} open.")
    unnamed = unnamed_text(targets)
    return " ".join([*said, f"{unnamed}." if unnamed else ""]).strip()


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
    order = {kind: position for position, kind in enumerate(KINDS)}
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


def without_chart(rows: pd.DataFrame, changes: Mapping[str, str]) -> pd.DataFrame:
    """Return the targets that no line can be drawn for, with the reason in words.

    Args:
        rows: Of `dashboard.analysis.status`.
        changes: How each indicator changed on the year before, by its id: what can be said where
            the goal cannot be worked out.
    """
    return pd.DataFrame(
        [
            {
                "Target": target_title(target),
                "Goal as stated": goal_as_stated(target),
                "Actual": actual_text(target),
                "On the year before": changes.get(target.indicator_id, ""),
                "Status": f"{status_text(target.status)}. {reason_text(target)}",
            }
            for target in rows_of(rows, Verdict)
        ]
    )


def has_chart(target: Verdict) -> bool:
    """Return whether a target has a path to draw, or a place to hold against a place."""
    if target.goal == "rank":
        return target.actual is not None
    return target.goal != "not_given" and target.path_now is not None


def in_short(target: Verdict) -> tuple[str, str]:
    """Return name and verdict of a target for a small chart: status first, figures after.

    The name says which of the targets on an indicator it is.
    """
    verdict = f"{status_text(target.status)}. {reason_text(target)}."
    # Which target it is says already that one is of a place in the group.
    return f"{named_first(target)}, {which_target(target)}", verdict


def _kind(target: Verdict) -> str:
    kind = KIND_WORDS[target.kind]
    return f"{kind}: {GOAL_MADE_UP}" if target.goal_is_illustrative else kind


def _month(day: str) -> str:
    return month_text(date.fromisoformat(day)) if day else NOT_GIVEN
