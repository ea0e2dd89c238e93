"""The quarter's meeting in words: indicators by priority, and how each changed."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.quarter_changes import same_figures
from dashboard.analysis.rows import records_of
from dashboard.charts.wording import number_text, table_text
from dashboard.metrics.rounding import as_number
from dashboard.words.levels import named
from dashboard.words.on_target import NO_TARGET
from dashboard.words.reviewed import reviewed_in
from dashboard.words.target_words import other_targets

NO_PRIORITY = "Under no priority of the plan"
RECORDED = "Recorded figures"
NOT_COMPARED = "not compared"


def parts_by_priority(
    review: pd.DataFrame, priorities: pd.DataFrame
) -> list[tuple[str, str, pd.DataFrame]]:
    """Return id and title of each priority with the rows under it; those under none come last.

    Args:
        review: Of `dashboard.analysis.review.review`.
        priorities: The query of that name; without rows, all indicators are one part.
    """
    found = [
        (
            priority.priority_id,
            f"{priority.priority_id}. {priority.title}",
            review[review["priority_id"].eq(priority.priority_id)],
        )
        for priority in records_of(priorities)
    ]
    rest = review[~review["priority_id"].isin(priorities["priority_id"])]
    found.append(("", NO_PRIORITY if len(priorities) else RECORDED, rest))
    return [(known, title, part) for known, title, part in found if len(part)]


def change_cell(number: float | None, percent: float | None, unit: str) -> str:
    """Return a change as a table has it: "−12.1%", "+1.3 points", "+15 (small numbers)"."""
    if as_number(number) is None:
        return NOT_COMPARED
    if unit == "percent":
        return f"{number_text(number, 'change', places=1)} points"
    if as_number(percent) is None:
        return f"{number_text(number, 'change')} (small numbers)"
    return table_text(percent, "percent_change")


def with_other_targets(review: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return a review with others and repeats.

    Args:
        review: Of `dashboard.analysis.review.review`.
        targets: Of `dashboard.analysis.status.given_status`.

    Returns:
        others: the verdicts on each indicator's other targets, in words; repeats: the indicator
        with a target whose figures these are too, under another name, or "".
    """
    rows = reviewed_in(review)
    others = [other_targets(row.verdict, targets) if row.verdict else "" for row in rows]
    known = review[review["quarter_percent"].notna()]
    keys = same_figures(known)
    with_target = known["status"].ne(NO_TARGET)
    names = dict(zip(keys[with_target], map(named, reviewed_in(known[with_target])), strict=True))
    repeats = keys[~with_target].map(lambda key: names.get(key, ""))
    return review.assign(
        others=others,
        repeats=repeats.reindex(review.index).astype("object").fillna(""),
    )


def changes_on_last_year(review: pd.DataFrame) -> dict[str, str]:
    """Return each indicator's change with its period: "−12.1% (April to December 2009)"."""
    return {
        row.indicator_id: text if text == NOT_COMPARED else f"{text} ({row.current_period})"
        for row in reviewed_in(review)
        for text in (change_cell(row.change, row.percent, row.unit),)
    }
