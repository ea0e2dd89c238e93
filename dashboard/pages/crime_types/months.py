"""Months: those of a type, year by year, and which are usually high and low."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.season import SeasonAnswer, season
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.heat_map import heat_map
from dashboard.charts.wording import NO_FIGURE, number_text
from dashboard.metrics.percent import percent_change
from dashboard.pages.crime_types import as_python
from dashboard.pages.crime_types.choices import Chosen, cut_of
from dashboard.pages.crime_types.python import offer_python
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.parts import plain
from dashboard.words.sources import source_of_indicators

SEASON_LINE = "Number a month; percent of the year's average month"


def months(chosen: Chosen, _beside: DeltaGenerator) -> None:
    """Draw the months of the type, year by year."""
    try:
        show_season(chosen)
    except NoFiguresError as nothing:
        st.info(plain(str(nothing)), icon=":material/info:")


def show_season(chosen: Chosen) -> None:
    """Show the months of the type on a card.

    Raises:
        NoFiguresError: It is not counted by month.
    """
    chart = season_of(chosen.monthly, chosen.indicator)
    code = as_python.season_code(cut_of(chosen.view, chosen.basis), chosen.indicator)
    chart_card(
        chart,
        key="months",
        file=file_name(chosen.view, chosen.indicator, "months"),
        subtitle=SEASON_LINE,
        help_for="heat_map",
        beside=lambda: offer_python(code, "months"),
    )


@cached_per_build
def season_of(view: AreaView, indicator: str) -> Chart:
    """Draw the months of a type, year by year; `NoFiguresError` where there are none."""
    return season_chart(season(view, indicator), source=source_of_indicators(view, indicator))


def season_chart(answer: SeasonAnswer, *, source: str) -> Chart:
    """Draw every month, a row a month from April and a column a financial year.

    Args:
        answer: Of `dashboard.analysis.season`.
        source: The line of `dashboard.words.sources`.
    """
    every = answer.cells
    known = every["value"].notna() | every["instead"].ne("")
    years = list(dict.fromkeys(every.loc[known, "year"]))
    cells = every.assign(instead=every["instead"].where(known, NO_FIGURE))
    wide = answer.table().T[years]
    instead = cells.pivot_table(
        index="month", columns="year", values="instead", aggfunc="first", sort=False
    )
    left_out = (
        ". Years without a figure are left out" if len(years) < every["year"].nunique() else ""
    )
    return heat_map(
        wide,
        instead.reindex(index=wide.index, columns=wide.columns).fillna(""),
        caption=Caption(
            title=season_finding(answer),
            subtitle=f"{answer.title}, number a month by financial year, {answer.area_name}. "
            f"Darker is more{left_out}",
            source=source,
            illustrative=answer.illustrative,
        ),
        names=("Month", "Financial year", "Number"),
    )


def season_finding(answer: SeasonAnswer) -> str:
    """Return which months are high and low: "Highest in May (+5%), lowest in July (−9%)"."""
    if answer.usual.empty:
        return "Too few complete years to say which months are high"
    high, low = answer.usual.iloc[0], answer.usual.iloc[-1]
    above, below = (
        number_text(float(percent_change(row["ratio"], 1.0)), "percent_change")
        for row in (high, low)
    )
    return f"Highest in {high['month']} ({above}), lowest in {low['month']} ({below})"
