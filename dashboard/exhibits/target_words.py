"""What one target of several is called, what it asks for, and what its chance adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.charts.status import status_text
from dashboard.exhibits.words import day_month_text, per_text
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.rounding import as_number
from dashboard.metrics.status import AT_RISK, CANNOT_SAY, OFF_TRACK, ON_TRACK
from dashboard.metrics.status_states import EVEN_CHANCE, LIKELY_FROM
from dashboard.metrics.status_table import AHEAD
from dashboard.words.verdict import chance_in_words, chance_of_goal

Row = Mapping[Any, Any]

RANK = "rank"
OPEN_WORDS = (ON_TRACK, AT_RISK, OFF_TRACK)
"""Verdicts of a target that is not due yet: it still has a chance."""
EITHER_WAY, IN_DOUBT = "could go either way", "in doubt"
"""Said, in a sentence and in few words, of a target on its path whose chance is not yet likely:
between even and `LIKELY_FROM`."""
NAMES = {
    "stretch": "stretch target",
    "designated": "designated target",
    "plan": "plan's target",
    "aim": "aim",
}


def which_target(row: Row) -> str:
    """Return which of an indicator's targets is meant: "stretch target to July 2010".

    Args:
        row: kind, goal and due (an ISO day or "") of a target.
    """
    name = NAMES.get(str(row["kind"]), str(row["kind"]))
    place = " for its place in the group" if row["goal"] == RANK else ""
    if not row["due"]:
        return f"{name}{place}, no date given"
    return f"{name}{place}{',' if place else ''} to {day_month_text(str(row['due']))}"


def closed_text(row: Row) -> str:
    """Return when the plan of a target was over: "Closed March 2011"; "" while it is open."""
    month = row.get("closed")
    return f"Closed {month_label(parse_month(str(month)))}" if month else ""


def plan_closed_text(targets: pd.DataFrame) -> str:
    """Return when a plan was over: "The plan closed in March 2011"; "" while a target is open."""
    if targets.empty or targets["closed"].eq("").any():
        return ""
    return f"The plan closed in {month_label(parse_month(targets['closed'].max()))}"


def limit_text(level: str, unit: str, *, lower_is_better: bool) -> str:
    """Return a level as a limit: "27,852 or fewer", "22% or less", "10,000 or more"."""
    if not lower_is_better:
        return f"{level} or more"
    return f"{level} or {'fewer' if unit == 'count' else 'less'}"


def per_of(row: Row | pd.Series) -> str:
    """Return what a rate is per, to stand after it: " per 1,000 residents"; "" for others."""
    is_known = row.get("unit") == "rate" and as_number(row.get("rate_per")) is not None
    return f" {per_text(pd.Series(row))}" if is_known else ""


def is_open_either_way(row: Row) -> bool:
    """Return whether a target is on its path today and yet not likely to be met."""
    chance = as_number(row.get("probability"))
    is_level = row["goal"] != RANK
    return (
        chance is not None
        and is_level
        and row["status"] == ON_TRACK
        and EVEN_CHANCE <= chance < LIKELY_FROM
    )


def chance_clause(row: Row) -> str:
    """Return the chance of an open target with what it does to the verdict; "" without one.

    Such as "; a 73% chance of meeting the goal", "; it is today, but it could go either way: a 51%
    chance of meeting the goal", "; it is today, but has only a 9% chance of meeting the goal". It
    stands after what the path asks for.
    """
    chance = as_number(row.get("probability"))
    if chance is None or row["status"] not in OPEN_WORDS:
        return ""
    said = chance_of_goal(chance, int(row["goal_number"]) if row["goal"] == RANK else None)
    later = as_number(row.get("probability_at_due"))
    if later is not None:
        said += f"; when due, if every member goes on as it does, {chance_in_words(later)}"
    has_path = row["goal"] != RANK and as_number(row.get("path_now")) is not None
    if not has_path or row.get("path_state") != AHEAD or chance >= LIKELY_FROM:
        return f"; {EITHER_WAY}: {said}" if is_open_either_way(row) else f"; {said}"
    if chance < EVEN_CHANCE:
        return f"; it is today, but has only {said}"
    return f"; it is today, but it {EITHER_WAY}: {said}"


def status_and_chance(row: Row) -> str:
    """Return symbol, word and chance: "● On track: 51% chance, in doubt"."""
    word, chance = status_text(str(row["status"])), as_number(row.get("probability"))
    # A verdict that is settled, or cannot be given, has no chance beside it.
    if chance is None or not chance_clause(row):
        return word
    said = f"{word}: {chance_in_words(chance)} chance"
    return f"{said}, {IN_DOUBT}" if is_open_either_way(row) else said


def other_targets(row: Row, targets: pd.DataFrame) -> str:
    """Return the verdicts on the other targets of an indicator; "" where none has one.

    Such as "Another target on it: stretch target to July 2010, ● On track: 51% chance, in doubt".

    Args:
        row: The target that is spoken of, with its indicator.
        targets: Rows of `dashboard.analysis.status.target_status`.
    """
    others = targets[
        targets["indicator_id"].eq(row["indicator_id"])
        & targets["target_id"].ne(row["target_id"])
        & targets["status"].ne(CANNOT_SAY)
    ]
    if others.empty:
        return ""
    records = others.to_dict("records")
    said = [f"{which_target(each)}, {status_and_chance(each)}" for each in records]
    return f"{'Another target' if len(said) == 1 else 'Other targets'} on it: {'; '.join(said)}"
