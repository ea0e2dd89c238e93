"""The quarter's meeting in words: what needs a decision, then every indicator by priority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.charts.sparkline import sparkline
from dashboard.charts.wording import NO_FIGURE, number_or_none, number_text, table_text
from dashboard.exhibits.verdicts import (
    NO_TARGET,
    Row,
    against_text,
    capital,
    in_words,
    owner_text,
    reason_text,
    status_cell,
)
from dashboard.exhibits.words import level_text, named
from dashboard.metrics.periods import parse_month, quarter_label, windows_for

NOTE_MARK = "†"
"""Stands beside an indicator that a data note is about."""
NO_PRIORITY = "Under no priority of the plan"
RECORDED = "Recorded figures"
TREND, ACTIONS = "Last three years", "Actions"
"""Columns of what stands beside the figures."""
NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Attention:
    """An indicator that needs the meeting's attention, line by line."""

    indicator_id: str
    title: str
    why: str
    figures: str
    owner: str


def meeting_title(review: pd.DataFrame, as_at: str) -> str:
    """Return the page's first sentence: "Q3 2009/10: five of 52 indicators need attention"."""
    count, of = int(review["needs_attention"].sum()), len(review)
    quarter = quarter_label(parse_month(as_at))
    if not count:
        return f"{quarter}: none of {of} indicators needs attention"
    needs = (
        "indicator needs" if of == 1 else "indicators needs" if count == 1 else "indicators need"
    )
    return f"{quarter}: {in_words(count)} of {of} {needs} attention"


def quarter_sentence(review: pd.DataFrame, as_at: str) -> str:
    """Return what the quarter and the year to date are, and what they are set against."""
    if not has_quarters(review):
        return f"There are no figures by quarter: changes are those of the {usual_period(review)}."
    quarter, before = windows_for("quarter", as_at)
    year, year_before = windows_for("ytd", as_at)
    return (
        f"The quarter is {quarter.label()}, set against {before.label()}; the year to date is "
        f"{year.label()}, set against {year_before.label()}."
    )


def has_quarters(review: pd.DataFrame) -> bool:
    """Return whether any indicator is compared with the same quarter a year before."""
    return bool(review["quarter_change"].notna().any())


def usual_period(review: pd.DataFrame) -> str:
    """Return the period that most indicators' figures are for: "April to December 2009"."""
    known = review.loc[review["current"].notna(), "current_period"]
    return "" if known.empty else str(known.mode().iloc[0])


def exceptions(review: pd.DataFrame) -> list[Attention]:
    """Return what needs a decision, most pressing first, each with its reason in words."""
    return [
        Attention(
            indicator_id=str(row["indicator_id"]),
            title=f"{_head(row)}: {named(row)}",
            why=_why(row),
            figures=_figures(row),
            owner=f"Owner: {owner_text(row)}.",
        )
        for row in review[review["needs_attention"].astype(bool)].to_dict("records")
    ]


@dataclass(frozen=True)
class Beside:
    """What stands beside the figures of a review.

    Attributes:
        levels: Of `dashboard.answers.recent_levels.recent_levels`.
        actions: How many actions of the plan serve each indicator, by id.
    """

    levels: pd.DataFrame
    actions: Mapping[str, int]

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): part for name, part in self.levels.groupby("indicator_id", sort=False)}

    def of(self, row: Row) -> dict[str, object]:
        """Return the cells of one indicator."""
        indicator = str(row["indicator_id"])
        own = self._by_indicator.get(indicator)
        unit = "percent" if row["unit"] == "percent" else "count"
        line = None if own is None else sparkline(own, unit=unit)
        count = self.actions.get(indicator, 0)
        return {TREND: line or "", ACTIONS: str(count) if count else "none"}


def actions_each(actions: pd.DataFrame) -> dict[str, int]:
    """Return how many actions of a plan serve each indicator; `actions` is the query."""
    served = actions["indicators"].str.split(";").explode().str.strip()
    return {str(name): int(count) for name, count in served.value_counts().items() if name}


def notes_by_priority(review: pd.DataFrame, priorities: pd.DataFrame) -> dict[str, list[str]]:
    """Return the data notes under each priority's title, each with the indicator it is about."""
    return {
        title: [f"{named(row)}: {row['notes']}" for row in part.to_dict("records") if row["notes"]]  # ty: ignore[invalid-argument-type]
        for title, part in _parts(review, priorities)
    }


def by_priority(
    review: pd.DataFrame, priorities: pd.DataFrame, beside: Beside | None = None
) -> list[tuple[str, pd.DataFrame]]:
    """Return each priority's title with the table of its indicators, in the plan's order.

    Args:
        review: Of `dashboard.answers.review.review`.
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
    for priority in priorities.to_dict("records"):
        part = review[review["priority_id"].eq(priority["priority_id"])]
        found.append((f"{priority['priority_id']}. {priority['title']}", part))
    rest = review[~review["priority_id"].isin(priorities["priority_id"])]
    found.append((NO_PRIORITY if len(priorities) else RECORDED, rest))
    return [(title, part) for title, part in found if len(part)]


def on_projector(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of `by_priority` with the columns that are read from the back of a room."""
    return table.drop(columns=["Against target", "Owner", ACTIONS], errors="ignore")


def meeting_table(rows: pd.DataFrame, period: str, beside: Beside | None = None) -> pd.DataFrame:
    """Return indicators as a table of texts, one row each.

    Args:
        rows: Of `dashboard.answers.review.review`.
        period: That most figures are for; it heads their column.
        beside: What is shown beside the figures, in columns of its own.
    """
    records = rows.to_dict("records")
    more = [beside.of(row) if beside else {} for row in records]
    return pd.DataFrame(
        [_table_row(row, period) | cells for row, cells in zip(records, more, strict=True)]
    )


def _columns_left_out(review: pd.DataFrame) -> list[str]:
    """Return the columns that say nothing: no quarters, or no plan."""
    without_plan = ["Status", "Against target", "Owner", ACTIONS]
    return [
        *([] if has_quarters(review) else ["Quarter on last year"]),
        *(without_plan if review["status"].eq(NO_TARGET).all() else []),
    ]


def _table_row(row: Row, period: str) -> dict[str, str]:
    mark = f" {NOTE_MARK}" if row["notes"] else ""
    return {
        "Indicator": f"{named(row)}{mark}",  # ty: ignore[invalid-argument-type]
        "Status": status_cell(row["status"]),
        capital(period) or "Latest": _latest(row, period),
        "On last year": change_cell(row["change"], row["percent"], row["unit"]),
        "Quarter on last year": change_cell(
            row["quarter_change"], row["quarter_percent"], row["unit"]
        ),
        "Against target": against_text(row),
        "Owner": "" if row["status"] == NO_TARGET else owner_text(row),
    }


def change_cell(number: float | None, percent: float | None, unit: str) -> str:
    """Return a change as a table has it: "−12.1%", "+1.3 points", "+15 (small numbers)"."""
    if number_or_none(number) is None:
        return NOT_COMPARED
    if unit == "percent":
        return f"{number_text(number, 'change', places=1)} points"
    if number_or_none(percent) is None:
        return f"{number_text(number, 'change')} (small numbers)"
    return table_text(percent, "percent_change")


def _why(row: Row) -> str:
    """Return the reason in words: the target's, or that the change stands out."""
    if row["status"] != NO_TARGET:
        return f"{capital(str(row['why']))}."
    if not row.get("is_discovery"):
        return "The plan sets no target on it."
    tests = row["tests_together"]
    return f"It stands out of {tests} changes tested together. The plan sets no target on it."


def _head(row: Row) -> str:
    if row["status"] == NO_TARGET:
        return capital(str(row["why"]))
    return status_cell(row["status"])


def _latest(row: Row, period: str) -> str:
    """Return the figure, with its period where that is another than most have."""
    value = number_or_none(row["current"])
    if value is None:
        return NO_FIGURE
    text = table_text(value, "percent" if row["unit"] == "percent" else "count")
    own = str(row["current_period"])
    return text if own == period else f"{text} ({own})"


def _figures(row: Row) -> str:
    value = number_or_none(row["current"])
    if value is None:
        return f"{capital(str(row['sentence']))}."
    level = level_text(value, "percent" if row["unit"] == "percent" else "count")
    text = f"{capital(str(row['current_period']))}: {level}, {row['sentence']}."
    if row["status"] == NO_TARGET:
        return text
    return f"{reason_text(row)}. {text}"
