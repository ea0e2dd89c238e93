"""All targets of a plan: a sentence, a table, the facts of one, and groups by kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dashboard.charts.status import status_text
from dashboard.charts.wording import (
    NO_FIGURE,
    NOT_GIVEN,
    day_text,
    long_month_text,
    month_text,
    number_or_none,
)
from dashboard.charts.wording import number_text as text_of
from dashboard.exhibits.target_words import chance_clause, which_target
from dashboard.exhibits.top_priorities import unnamed_text
from dashboard.exhibits.verdicts import in_words, reason_text
from dashboard.exhibits.words import exact_level_text, level_text, per_text
from dashboard.metrics.periods import parse_month
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.status import (
    CANNOT_SAY,
    NOT_MET,
    OFF_TRACK,
    WORDS,
    chance_in_words,
)

KINDS = {
    "stretch": "Stretch targets, which carry a reward",
    "designated": "Designated indicators of the Local Area Agreement",
    "plan": "Targets of this plan",
    "aim": "Aims of 2009/10",
}
"""Heading of each kind of target, in the order of the page."""
KIND_WORDS = {"stretch": "Stretch", "designated": "Designated", "plan": "Plan", "aim": "Aim"}
NO_NUMBER = "–"


def summary(targets: pd.DataFrame, area_name: str, as_at: str) -> str:
    """Return how the targets stand, in one or two sentences.

    Args:
        targets: The rows of `dashboard.answers.status`.
        area_name: Whose they are.
        as_at: The last month that counts.
    """
    counts = targets["status"].value_counts()
    said = [
        f"{counts[word]} {'is' if counts[word] == 1 else 'are'} {word}"
        for word in WORDS
        if word in counts and word != CANNOT_SAY
    ]
    month = long_month_text(parse_month(as_at))
    made_up = int(targets["is_placeholder"].sum())
    stand = f" ({in_words(made_up)} illustrative, for what the plan does not name)"
    number = f"{len(targets)} targets of {area_name}{stand if made_up else ''}"
    text = f"Of the {number}, as at {month}, {_listed(said)}."
    unsaid = int(counts.get(CANNOT_SAY, 0))
    open_goals = int(targets["goal"].eq("not_given").sum())
    if not said:
        text = f"None of the {number} can be judged as at {month}."
    elif unsaid:
        text += f" On {unsaid} no verdict can be given."
    if open_goals:
        text += f" The plan leaves the goal of {open_goals} open: they are shown as not given."
    unnamed = "" if made_up else unnamed_text(targets)
    return f"{text} {unnamed}." if unnamed else text


def titles(targets: pd.DataFrame) -> dict[str, str]:
    """Return a name for each target by its id, kinds in the order of the page."""
    return {
        str(row["target_id"]): f"{KIND_WORDS[row['kind']]}: {target_title(row)}, "
        f"{goal_as_stated(row)}"
        for row in in_order(targets).to_dict("records")
    }


def others_missed(targets: pd.DataFrame, review: pd.DataFrame) -> str:
    """Return which targets are missed besides those that the review's verdicts are of.

    An indicator's verdict is that of the first target that the plan sets on it; "" where no other
    one is off track or not met.

    Args:
        targets: every target with its verdict (`dashboard.answers.status`).
        review: the rows of the review, with the target each verdict is of.
    """
    missed = targets["status"].isin([OFF_TRACK, NOT_MET])
    others = targets[missed & ~targets["target_id"].isin(review["target_id"].dropna())]
    if others.empty:
        return ""
    names = "; ".join(target_title(row) for row in others.to_dict("records"))
    return f"Off track or missed too, beside an indicator's first target: {names}."


def in_order(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets kind by kind, each in the plan's own order."""
    order = {kind: position for position, kind in enumerate(KINDS)}
    return targets.sort_values(
        "kind", key=lambda kinds: kinds.map(order), kind="stable", ignore_index=True
    )


def target_title(row: dict | pd.Series) -> str:
    """Return what a target is on: "All crime", "All crime, place in the group", "NI 21 …"."""
    title = str(row["title"])
    if row["goal"] == "rank":
        title = f"{title}, place in the group"
    number = str(row["national_indicator"])
    return f"{number} {title}" if number else title


def targets_table(targets: pd.DataFrame) -> pd.DataFrame:
    """Return all targets as texts, one row each, kind by kind."""
    rows = [
        {
            "Target": target_title(row),
            "Status": status_text(row["status"]),
            "Chance": _chance(row),
            "Actual": _actual_level(row),
            "Path now": _level(row, "path_now", missing="no path"),
            "Needed a month": text_of(row["needed_per_month"], missing=NO_NUMBER),
            "Goal as stated": goal_as_stated(row),
            "Due": _month(row["due"]),
            "Baseline": _baseline(row),
            "Kind": KIND_WORDS[row["kind"]],
        }
        for row in in_order(targets).to_dict("records")
    ]
    return pd.DataFrame(rows)


def goal_as_stated(row: dict | pd.Series) -> str:
    """Return the goal in the plan's own few words; an illustrative one says so."""
    stated = str(row["goal_stated"]) or NOT_GIVEN
    if row["goal_is_illustrative"]:
        return f"{stated} (illustrative: {_goal(row)})"
    if row["goal"] == "not_given" and row["goal_stated"]:
        return f"“{stated}”: no figure given"
    return stated


def facts(row: pd.Series, about: pd.Series) -> pd.DataFrame:
    """Return what is known of one target, as label and text.

    Args:
        row: Of `dashboard.answers.status`.
        about: Its indicator.
    """
    unit = f" {per_text(about)}" if about["unit"] == "rate" else ""
    known = {
        "Status": f"{status_text(row['status'])}. {reason_text(row)}",  # ty: ignore[invalid-argument-type]
        "Chance of meeting it": _chance_in_full(row),
        "Goal as stated": goal_as_stated(row),
        "Baseline": f"{_baseline(row)}{unit}",
        "Path now": _level(row, "path_now", missing="no path"),
        "Actual": _actual(row),
        "Needed from here": _needed_in_words(row),
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


def without_picture(rows: pd.DataFrame, changes: Mapping[str, str]) -> pd.DataFrame:
    """Return the targets that no line can be drawn for, with the reason in words.

    Args:
        rows: Of `dashboard.answers.status`.
        changes: How each indicator changed on the year before, by its id: what can be said where
            the goal cannot be worked out.
    """
    return pd.DataFrame(
        [
            {
                "Target": target_title(row),
                "Goal as stated": goal_as_stated(row),
                "Actual": _actual(row),
                "On the year before": changes.get(str(row["indicator_id"]), ""),
                "Status": f"{status_text(row['status'])}. {reason_text(row)}",
            }
            for row in rows.to_dict("records")
        ]
    )


def has_picture(row: dict | pd.Series) -> bool:
    """Return whether a target has a path to draw, or a place to hold against a place."""
    if row["goal"] == "rank":
        return number_or_none(row["actual"]) is not None
    return row["goal"] != "not_given" and number_or_none(row["path_now"]) is not None


def in_short(row: dict | pd.Series) -> tuple[str, str]:
    """Return name and verdict of a target for a small chart: status first, figures after.

    The name says which of the targets on an indicator it is.
    """
    illustrative = ". Illustrative goal" if row["goal_is_illustrative"] else ""
    verdict = f"{status_text(row['status'])}. {reason_text(row)}{illustrative}."  # ty: ignore[invalid-argument-type]
    return f"{target_title(row)}, {which_target(dict(row))}", verdict


def _chance(row: dict | pd.Series) -> str:
    """Return the chance of meeting an open target; a dash where there is none."""
    chance = number_or_none(row["probability"])
    return chance_in_words(chance) if chance is not None and chance_clause(dict(row)) else NO_NUMBER


def _chance_in_full(row: pd.Series) -> str:
    """Return the chance with its method, or why there is none."""
    chance = _chance(row)
    if chance == NO_NUMBER:
        return f"{NOT_GIVEN}: {row['probability_reason']}" if row["probability_reason"] else chance
    return f"{chance}: {row['probability_method']}"


def _listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _goal(row: dict | pd.Series) -> str:
    if row["goal"] == "relative_change":
        return text_of(row["goal_number"], "percent_change")
    return exact_level_text(row["goal_number"], str(row["unit"]))


def _baseline(row: dict | pd.Series) -> str:
    period = str(row["baseline_period"])
    if row["goal"] == "rank":
        return f"place in {period} not given"
    level = number_or_none(row["baseline"])
    if level is None:
        return NOT_GIVEN if period == NOT_GIVEN else f"{period}, {NO_FIGURE}"
    text = exact_level_text(level, str(row["unit"]))
    return text if period == NOT_GIVEN else f"{text} ({period})"


def _actual(row: dict | pd.Series) -> str:
    has_period = row["goal"] != "rank" and number_or_none(row["actual"]) is not None
    return f"{_actual_level(row)} ({row['actual_period']})" if has_period else _actual_level(row)


def _actual_level(row: dict | pd.Series) -> str:
    number = number_or_none(row["actual"])
    if row["goal"] == "rank":
        return "no place" if number is None else ordinal(int(number))
    return NO_FIGURE if number is None else _in_table(number, str(row["unit"]))


def _level(row: dict | pd.Series, column: str, *, missing: str) -> str:
    number = number_or_none(row[column])
    return missing if number is None else _in_table(number, str(row["unit"]))


def _in_table(number: float, unit: str) -> str:
    return level_text(number, unit, places=1 if unit == "percent" else None)


def _needed(row: dict | pd.Series) -> str:
    number = number_or_none(row["needed_per_month"])
    if number is not None:
        return text_of(number)
    if row["goal"] == "not_given":
        return "goal not given"
    if row["goal"] == "rank":
        return "a place, not a number"
    if number_or_none(row["target"]) is None:
        return "the baseline has no figure"
    return str(row["needed"]) or "not counted by month"


def _needed_in_words(row: pd.Series) -> str:
    has_number = number_or_none(row["needed_per_month"]) is not None
    return str(row["needed"]) if has_number else _needed(row)


def _day(day: str) -> str:
    return day_text(date.fromisoformat(day)) if day else NOT_GIVEN


def _month(day: str) -> str:
    return month_text(date.fromisoformat(day)) if day else NOT_GIVEN


def _due(row: pd.Series) -> str:
    stated = str(row["due_stated"])
    return f"{_day(row['due'])} (stated: {stated})" if stated else _day(row["due"])


def _reward(row: pd.Series) -> str:
    reward = number_or_none(row["reward_gbp"])
    amount = NOT_GIVEN if reward is None else f"£{text_of(reward)}"
    stated = str(row["reward_stated"])
    return f"{amount} (stated: {stated})" if stated else amount
