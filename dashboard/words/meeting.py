"""The quarter's meeting in words: what needs a decision, then every indicator by priority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.analysis.quarter_changes import same_figures
from dashboard.analysis.rows import records_of
from dashboard.charts.sparkline import sparkline
from dashboard.charts.wording import NO_FIGURE, number_text, table_text
from dashboard.metrics.rounding import as_number
from dashboard.words.levels import capital, named
from dashboard.words.meeting_title import has_quarters, usual_period
from dashboard.words.on_target import NO_TARGET, against_text, owner_text, status_cell
from dashboard.words.reviewed import Reviewed, reviewed_in
from dashboard.words.target_words import other_targets, which_target

NOTE_MARK = "†"
"""Stands beside an indicator that a data note is about."""
NO_PRIORITY = "Under no priority of the plan"
RECORDED = "Recorded figures"
TREND, ACTIONS = "Last three years", "Actions"
"""Columns of what stands beside the figures."""
NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Beside:
    """What stands beside the figures of a review.

    Attributes:
        levels: Of `dashboard.analysis.levels.recent_levels`.
        actions: How many actions of the plan serve each indicator, by id.
    """

    levels: pd.DataFrame
    actions: Mapping[str, int]

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): part for name, part in self.levels.groupby("indicator_id", sort=False)}

    def of(self, reviewed: Reviewed) -> dict[str, object]:
        """Return the cells of one indicator."""
        own = self._by_indicator.get(reviewed.indicator_id)
        unit = "percent" if reviewed.unit == "percent" else "count"
        line = None if own is None else sparkline(own, unit=unit)
        count = self.actions.get(reviewed.indicator_id, 0)
        return {TREND: line or "", ACTIONS: str(count) if count else "none"}


def actions_each(actions: pd.DataFrame) -> dict[str, int]:
    """Return how many actions of a plan serve each indicator; `actions` is the query."""
    served = actions["indicators"].str.split(";").explode().str.strip()
    return {str(name): int(count) for name, count in served.value_counts().items() if name}


def notes_by_priority(review: pd.DataFrame, priorities: pd.DataFrame) -> dict[str, list[str]]:
    """Return the data notes under each priority's title, each with the indicator it is about."""
    return {
        title: [f"{named(row)}: {row.notes}" for row in reviewed_in(part) if row.notes]
        for title, part in _parts(review, priorities)
    }


def by_priority(
    review: pd.DataFrame, priorities: pd.DataFrame, beside: Beside | None = None
) -> list[tuple[str, pd.DataFrame]]:
    """Return each priority's title with the table of its indicators, in the plan's order.

    Args:
        review: Of `dashboard.analysis.review.review`.
        priorities: The query of that name; without rows, all indicators stand in one table.
        beside: What is shown beside the figures; None for the figures only.

    Returns:
        Tables of texts; the first column names the indicator, the second has its status. What
        is under no priority comes last.
    """
    period = usual_period(review)
    left_out = _columns_left_out(review)
    return [
        (title, meeting_table(part, period, beside).drop(columns=left_out, errors="ignore"))
        for title, part in _parts(review, priorities)
    ]


def _parts(review: pd.DataFrame, priorities: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows under each priority's title; what is under none comes last."""
    found = []
    for priority in records_of(priorities):
        part = review[review["priority_id"].eq(priority.priority_id)]
        found.append((f"{priority.priority_id}. {priority.title}", part))
    rest = review[~review["priority_id"].isin(priorities["priority_id"])]
    found.append((NO_PRIORITY if len(priorities) else RECORDED, rest))
    return [(title, part) for title, part in found if len(part)]


def on_projector(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of `by_priority` with the columns that are read from the back of a room."""
    return table.drop(columns=["Against target", "Owner", ACTIONS], errors="ignore")


def meeting_table(rows: pd.DataFrame, period: str, beside: Beside | None = None) -> pd.DataFrame:
    """Return indicators as a table of texts, one row each.

    Args:
        rows: Of `dashboard.analysis.review.review`.
        period: That most figures are for; it heads their column.
        beside: What is shown beside the figures, in columns of its own.
    """
    return pd.DataFrame(
        [_table_row(row, period) | (beside.of(row) if beside else {}) for row in reviewed_in(rows)]
    )


def _columns_left_out(review: pd.DataFrame) -> list[str]:
    """Return the columns that say nothing: no quarters, or no plan."""
    without_plan = ["Status", "Against target", "Owner", ACTIONS]
    return [
        *([] if has_quarters(review) else ["Quarter on last year"]),
        *(without_plan if review["status"].eq(NO_TARGET).all() else []),
    ]


def _table_row(reviewed: Reviewed, period: str) -> dict[str, str]:
    mark = f" {NOTE_MARK}" if reviewed.notes else ""
    return {
        "Indicator": f"{named(reviewed)}{_repeated(reviewed)}{mark}",
        "Status": status_cell(reviewed.status),
        capital(period) or "Latest": _latest(reviewed, period),
        "On last year": change_cell(reviewed.change, reviewed.percent, reviewed.unit),
        "Quarter on last year": change_cell(
            reviewed.quarter_change, reviewed.quarter_percent, reviewed.unit
        ),
        "Against target": _against(reviewed),
        "Owner": owner_text(reviewed.verdict) if reviewed.verdict else "",
    }


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


def _repeated(reviewed: Reviewed) -> str:
    return f" (the same figures as {reviewed.repeats})" if reviewed.repeats else ""


def _against(reviewed: Reviewed) -> str:
    """Return the figures of the verdict's target, named where the indicator has others."""
    text = against_text(reviewed.verdict)
    if reviewed.verdict is None or not reviewed.others:
        return text
    return f"{capital(which_target(reviewed.verdict))}: {text}. {reviewed.others}"


def changes_on_last_year(review: pd.DataFrame) -> dict[str, str]:
    """Return each indicator's change with its period: "−12.1% (April to December 2009)"."""
    return {
        row.indicator_id: text if text == NOT_COMPARED else f"{text} ({row.current_period})"
        for row in reviewed_in(review)
        for text in (change_cell(row.change, row.percent, row.unit),)
    }


def _latest(reviewed: Reviewed, period: str) -> str:
    """Return the figure, with its period where that is another than most have."""
    if reviewed.current is None:
        return NO_FIGURE
    text = table_text(reviewed.current, "percent" if reviewed.unit == "percent" else "count")
    return text if reviewed.current_period == period else f"{text} ({reviewed.current_period})"
