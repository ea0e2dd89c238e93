"""A plan without figures, in words: what it reports, what it leaves open, why nothing is said."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Indicator, Target, rows_of
from dashboard.charts.wording import NOT_GIVEN
from dashboard.metrics.periods import month_label, parse_month
from dashboard.words.levels import date_text, in_words, named
from dashboard.words.on_target import owner_text
from dashboard.words.target_words import plan_closed_text

KINDS_OF_STATEMENT = {"objective": "Objectives", "cross_cutting_area": "Cross-cutting areas"}
NO_PLAN = "No plan is loaded for this area, so there are no targets to hold its figures against."


def plan_headline(plan: pd.Series, listed: pd.DataFrame) -> str:
    """Return the first sentence on a plan that has no figures."""
    count = len(listed)
    reports = f"reports {in_words(count)} {'indicator' if count == 1 else 'indicators'}"
    return f"{plan['partnership_name']}, {plan['period']}: {reports}; no figures are loaded"


def reported_table(
    listed: pd.DataFrame, targets: pd.DataFrame, indicators: pd.DataFrame
) -> pd.DataFrame:
    """Return what a plan reports with the goal of each, in the plan's order, as texts.

    Args:
        listed: The query `plan_indicators`.
        targets: The query `targets`.
        indicators: The query of that name.
    """
    about = {each.indicator_id: each for each in rows_of(indicators, Indicator)}
    first = {each.indicator_id: each for each in reversed(rows_of(targets, Target))}
    return pd.DataFrame(
        [
            {
                "Indicator": named(about[indicator]),
                "Goal": target.goal_stated or NOT_GIVEN if target else NOT_GIVEN,
                "Due": date_text(target.due if target else None),
                "Owner": owner_text(target) if target else NOT_GIVEN,
                "Paragraph": target.paragraph if target else "",
            }
            for indicator in listed["indicator_id"]
            for target in (first.get(indicator),)
        ]
    )


def statements_by_kind(statements: pd.DataFrame) -> dict[str, list[str]]:
    """Return what a plan says besides its indicators, under a heading each.

    Args:
        statements: The query of that name.
    """
    return {
        KINDS_OF_STATEMENT.get(str(kind), str(kind)): part["statement"].tolist()
        for kind, part in statements.groupby("kind", sort=False)
    }


def why_no_verdict(targets: pd.DataFrame, as_at: str) -> str:
    """Return why no target of a plan has a verdict; "" where there is no target.

    Such as "No verdict can be given on the plan's 34 targets: the last was due on 31 March 2011,
    and no figures for the time until then are loaded that could be held against them. The latest
    here are of December 2024. The plan gives no figure for the goal of 19 of them."
    """
    if targets.empty:
        return ""
    due = targets.loc[targets["due"].ne(""), "due"]
    count = len(targets)
    if due.empty or pd.Timestamp(due.max()) >= parse_month(as_at).start_time:
        return f"No verdict can be given on any of the plan's {count} targets yet."
    open_goals = int(targets["goal"].eq("not_given").sum())
    closed = plan_closed_text(targets)
    text = (f"{closed}. " if closed else "") + (
        f"No verdict can be given on the plan's {count} targets: the last was due on "
        f"{date_text(due.max())}, and no figures for the time until then are loaded that could be "
        f"held against them. The latest here are of {month_label(parse_month(as_at))}."
    )
    if not open_goals:
        return text
    return f"{text} The plan gives no figure for the goal of {open_goals} of them."
