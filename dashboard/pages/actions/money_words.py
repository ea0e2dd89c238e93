"""What the page says of the plan's money: what is asked, what is found, and what is left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.actions import (
    NO_PRIORITY,
    POUNDS,
    leads_of,
    money_by,
    money_by_funder,
    priorities_of,
)
from dashboard.analysis.rows import rows_of
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.money_bars import money_bars
from dashboard.charts.wording import NOT_GIVEN, pounds_text
from dashboard.metrics.action_plan import payers_in
from dashboard.pages.actions.words import LEADS, WITHOUT_PRIORITY
from dashboard.words.actions import Action
from dashboard.words.levels import capital

BY = {"priority": "Money by priority", "agency": "By lead agency", "funder": "By who pays"}
FOUND = {
    "covered_gbp": "Found",
    "left_open_gbp": "Left open by the plan",
    "missing_gbp": "Not found",
}
PAID = {"own_gbp": "A sum of its own", "shared_gbp": "Shared with others, not split"}
SHARED = "An action that agencies share is counted for each of them."
HOW = (
    "Asked is what the plan gives as estimated new costs. Found is what those who pay give; where "
    "they are named without sums it is the whole, if the plan calls the action funded.",
    "What the plan leaves open, such as TBA or a deficit of £x, is not given: nothing is made up.",
    "Each bar is one sum, so that shares of large and small sums can be compared.",
)


@dataclass(frozen=True)
class MoneyShown:
    """A chart of money and what is said with it.

    Attributes:
        chart: None where the plan gives no sum.
        line: What to take from it; "" for nothing.
        said: What else is known, a sentence each.
    """

    chart: Chart | None
    line: str
    said: list[str]


def money_shown(
    actions: pd.DataFrame, by: str, titles: Mapping[str, str], source: str
) -> MoneyShown:
    """Return what is asked held against what is found.

    Args:
        actions: Of `dashboard.analysis.actions`.
        by: A key of `BY`.
        titles: Of priorities, by id.
        source: Of the plan.
    """
    rows, parts = (_funders(actions), PAID) if by == "funder" else (
        _asked(actions, by, titles), FOUND
    )  # fmt: skip
    chart = None
    if rows[list(parts)].to_numpy().any():
        title = "Who pays, as far as the plan says" if by == "funder" else money_title(actions)
        caption = Caption(title, "Pounds, by the plan's own words", source)
        chart = money_bars(rows, parts=parts, caption=caption)
    said = [*([SHARED] if by == "agency" else []), *HOW, *sums_checked(actions)]
    return MoneyShown(chart, " ".join(contradictions(actions)), said)


def money_title(actions: pd.DataFrame) -> str:
    """Return the finding: "£2,927,500 of the £2,997,500 asked is found"."""
    sums = actions[POUNDS].sum()
    gap = sums["left_open_gbp"] + sums["missing_gbp"]
    asked = sums["asked_gbp"]
    return f"{pounds_text(asked - gap)} of the {pounds_text(asked)} asked is found"


def _asked(actions: pd.DataFrame, by: str, titles: Mapping[str, str]) -> pd.DataFrame:
    is_lead = by == "agency"
    names = leads_of(actions) if is_lead else priorities_of(actions)
    known = LEADS if is_lead else {NO_PRIORITY: WITHOUT_PRIORITY, **titles}
    rows = money_by(actions, names)
    said = [
        f"{pounds_text(covered)} of {pounds_text(asked)}" if asked else NOT_GIVEN
        for covered, asked in zip(rows["covered_gbp"], rows["asked_gbp"], strict=True)
    ]
    return rows.assign(name=[known.get(each, each) for each in rows["name"]], said=said)


def _funders(actions: pd.DataFrame) -> pd.DataFrame:
    rows = money_by_funder(actions)
    said = [
        " and ".join(
            text
            for text, pounds in (
                (pounds_text(own), own),
                (f"{pounds_text(shared)} shared", shared),
            )
            if pounds
        )
        or NOT_GIVEN
        for own, shared in zip(rows["own_gbp"], rows["shared_gbp"], strict=True)
    ]
    return rows.assign(name=rows["name"].map(capital), said=said)


def sums_checked(actions: pd.DataFrame) -> list[str]:
    """Return how the sums of those who pay compare with the costs, a sentence an action."""
    checked = (_checked(each) for each in rows_of(actions, Action))
    return [sentence for sentence in checked if sentence]


def contradictions(actions: pd.DataFrame) -> list[str]:
    """Return the sums that are more than the costs, a sentence each: both are kept."""
    return sums_checked(actions[actions["over_gbp"].gt(0)])


def _checked(action: Action) -> str:
    """Return how the sums of an action compare with its costs; "" where those who pay have none.

    "Youth 13: £40,000 + £15,000 + £25,000 is £80,000, the plan says £65,000; both are kept."
    """
    payers = payers_in(action.funding_source)
    sums = [pounds_text(each.pounds) for each in payers if each.pounds is not None]
    if not sums:
        return ""
    asked, found = pounds_text(action.asked_gbp), pounds_text(action.found_gbp)
    total = f" is {found}" if len(sums) > 1 else ""
    if action.over_gbp:
        verdict = f"the plan says {asked}; both are kept"
    elif found == asked:
        verdict = "as the plan says"
    else:
        verdict = f"the costs are {asked}"
    others = ", ".join(each.name for each in payers if each.pounds is None)
    left_open = f"; no sum is given for {others}" if others else ""
    return f"{action.section} {action.number}: {' + '.join(sums)}{total}, {verdict}{left_open}."
