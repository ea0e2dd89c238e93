"""The quarter's meeting in words: what needs a decision, then every indicator by priority."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

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


def by_priority(review: pd.DataFrame, priorities: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return each priority's title with the table of its indicators, in the plan's order.

    Args:
        review: Of `dashboard.answers.review.review`.
        priorities: The query of that name; without rows, all indicators stand in one table.

    Returns:
        Tables of texts; the first column names the indicator, the second has its status. What
        is under no priority comes last.
    """
    found = []
    for priority in priorities.to_dict("records"):
        part = review[review["priority_id"].eq(priority["priority_id"])]
        found.append((f"{priority['priority_id']}. {priority['title']}", part))
    rest = review[~review["priority_id"].isin(priorities["priority_id"])]
    found.append((NO_PRIORITY if len(priorities) else RECORDED, rest))
    period = usual_period(review)
    tables = [(title, meeting_table(part, period)) for title, part in found if len(part)]
    left_out = _columns_left_out(review)
    return [(title, table.drop(columns=left_out)) for title, table in tables]


def meeting_table(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return indicators as a table of texts, one row each.

    Args:
        rows: Of `dashboard.answers.review.review`.
        period: That most figures are for; it heads their column.
    """
    return pd.DataFrame([_table_row(row, period) for row in rows.to_dict("records")])


def _columns_left_out(review: pd.DataFrame) -> list[str]:
    """Return the columns that say nothing: no quarters, or no plan."""
    without_plan = ["Status", "Against target", "Owner"]
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
