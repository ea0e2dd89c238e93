"""Months of the year: each month's count by financial year, and which are usually high or low."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import months_of
from dashboard.analysis.question import IndicatorAnswer
from dashboard.metrics.periods import (
    FIRST_MONTH_OF_FINANCIAL_YEAR,
    MONTHS_A_YEAR,
    financial_year_label,
)
from dashboard.store.cache import cached_per_build

MONTHS = (*calendar.month_name[4:], *calendar.month_name[1:4])
"""Of a financial year, in order."""
USUAL_FROM = 2
"""Complete years from which "usually" can be said."""


@dataclass(frozen=True)
class SeasonAnswer(IndicatorAnswer):
    """The months of an indicator, year by year.

    Attributes:
        cells: year ("2009/10"), month ("April"), period (Period[M]), value (NaN when missing),
            instead ("fewer than 5", "suppressed", or ""), in order; one row a month from the first
            month with a figure to as_at.
        usual: month and ratio (the month's count over that year's monthly mean, averaged over the
            complete years), highest first; empty below `USUAL_FROM` complete years.
        complete_years: Years that have all twelve months.
    """

    cells: pd.DataFrame
    usual: pd.DataFrame
    complete_years: tuple[str, ...]

    def table(self) -> pd.DataFrame:
        """Return the counts: a row a year, a column a month from April."""
        wide = self.cells.pivot_table(index="year", columns="month", values="value", dropna=False)
        years = list(dict.fromkeys(self.cells["year"]))
        return wide.reindex(index=years, columns=list(MONTHS)).rename_axis(columns=None)


@cached_per_build
def season(view: AreaView, indicator: str) -> SeasonAnswer:
    """Return the months of an indicator that is counted monthly.

    Raises:
        UnknownChoiceError: There is no such indicator.
        NoFiguresError: It has no monthly figures.
    """
    about = view.indicator(indicator)
    view, last = view.own_period(indicator)
    own = months_of(view.series(indicator))
    own = own[own.index <= last]
    if own["value"].isna().all():
        raise NoFiguresError(
            f"{about.title} has no monthly figures in {view.area_name}, so its months "
            "cannot be set side by side."
        )
    first = own["value"].first_valid_index()
    span = pd.period_range(first, last, freq="M")
    filled = own[~own.index.duplicated()].reindex(span).rename_axis("period").reset_index()
    cells = filled.assign(
        year=[financial_year_label(month) for month in span],
        month=[MONTHS[(month.month - FIRST_MONTH_OF_FINANCIAL_YEAR) % 12] for month in span],
        instead=filled["instead"].fillna(""),
    )
    usual, years = _usual(cells)
    return SeasonAnswer(cells, usual, years, **view.header(last, indicator))


def _usual(cells: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    known = cells.dropna(subset=["value"])
    means = known.groupby("year", sort=False)["value"].agg(["mean", "size"])
    complete = means[means["size"].eq(MONTHS_A_YEAR) & means["mean"].gt(0)]
    years = tuple(complete.index)
    if len(years) < USUAL_FROM:
        return pd.DataFrame(columns=["month", "ratio"]), years
    inside = known[known["year"].isin(years)]
    ratios = inside["value"] / inside["year"].map(complete["mean"])
    usual = ratios.groupby(inside["month"]).mean().rename("ratio").reset_index()
    return usual.sort_values("ratio", ascending=False, ignore_index=True), years
