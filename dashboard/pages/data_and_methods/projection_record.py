"""The record of the projections as people read it."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import records_of
from dashboard.charts.wording import number_text
from dashboard.metrics.rounding import round_half_up
from dashboard.words.levels import capital

ALL = "all"
HOW_TO_READ = (
    "The pages give each projection with an interval of 80%, which should hold what really came "
    "four times in five, and one of 95%, nineteen in twenty. Fewer means that the projections were "
    "too sure, more that they were too wide.",
    "The methods were tried on real figures whose outcome they had not seen.",
    "The gain is in the continuous ranked probability score, against carrying the months so far "
    "straight on to the end.",
    "Projections of one place overlap, so there is less evidence than their number suggests.",
)
ORDINARY, PANDEMIC = "ordinary", "2020/21"
"""Kinds of year, counted apart."""


def record_title(record: pd.DataFrame) -> str:
    """Return the finding, of the year that nobody could foresee too.

    Such as "80% intervals held 81 to 85 outcomes of 100; in 2020/21, 66 to 75".
    """
    said = f"80% intervals held {_held(record)} outcomes of 100"
    then = _held(record, PANDEMIC)
    return f"{said}; in {PANDEMIC}, {then}" if then else said


def record_numbers(record: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return how often the intervals of the method that pages use held, a number a data set.

    Args:
        record: Of `dashboard.analysis.projection_record`.

    Returns:
        What it was tried on, how many of 100 were inside the 80% interval, and inside that of 95%.
    """
    return [
        (
            f"{row.data}{f', {PANDEMIC}' if period == PANDEMIC else ''}",
            f"{_of_100(row.held_80)} of 100",
            f"{_of_100(row.held_95)} in the 95% interval",
        )
        for period in (ORDINARY, PANDEMIC)
        for row in records_of(record_of_pages(record, period))
    ]


def _held(record: pd.DataFrame, period: str = ORDINARY) -> str:
    """Return how many of 100 the 80% intervals held: "81 to 85"; "" of a period without any."""
    held = record_of_pages(record, period)["held_80"].map(round_half_up)
    if held.empty:
        return ""
    low, high = number_text(held.min()), number_text(held.max())
    return low if low == high else f"{low} to {high}"


def record_of_pages(record: pd.DataFrame, period: str = ORDINARY) -> pd.DataFrame:
    """Return the rows of the method that pages use: all its projections of a kind of year."""
    is_whole = record["slice"].eq(ALL) & ~record["data"].str.contains("sample")
    return record[record["is_chosen"] & is_whole & record["period"].eq(period)]


def _of_100(percent: float) -> str:
    return number_text(round_half_up(percent))


USED = " (used on the pages: a share of what all areas count, on a level that moves)"


def slices_to_choose(record: pd.DataFrame) -> dict[str, str]:
    """Return the parts of the record by id: all, by months ahead, by size."""
    names = {str(name): capital(str(name)) for name in record["slice"].unique()}
    return names | {ALL: "All projections"}


def record_table(record: pd.DataFrame, part: str) -> pd.DataFrame:
    """Return one part of the record as texts, the method that pages use first in each place."""
    rows = record[record["slice"].eq(part)].sort_values(
        ["period", "data", "is_chosen"], ascending=[False, True, False], kind="stable"
    )
    return pd.DataFrame(
        {
            "Method": rows["method"].map(capital) + rows["is_chosen"].map({True: USED}).fillna(""),
            "Figures": rows["data"] + rows["period"].map({PANDEMIC: f", {PANDEMIC}"}).fillna(""),
            "Projections": rows["projections"].map(number_text),
            "Held by 80%": rows["held_80"].map(_percent),
            "Held by 95%": rows["held_95"].map(_percent),
            "Better than straight on": rows["skill_bare"].map(_percent),
        }
    )


def by_figures(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return a table of `record_table` in parts, by the figures that the methods were tried on."""
    return {
        str(name): part.drop(columns="Figures")
        for name, part in table.groupby("Figures", sort=False)
    }


def _percent(value: float) -> str:
    return number_text(value, "percent", places=1)
