"""The tab Notes and sources: definition, notes, gaps, revisions, files, and every figure."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.revisions import moved_in
from dashboard.pages.indicator.figures import figures_counted, figures_table, files_of
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import file_name
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.links import link_to
from dashboard.ui.parts import ROWS_ON_PAGE, plain, show_source, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.series_choice import series_line
from dashboard.words.gaps import held_lines
from dashboard.words.indicator import definition_lines, notes_lines
from dashboard.words.levels import date_text
from dashboard.words.revisions import moved_table
from dashboard.words.sources import loads_table, source_of_indicators


def notes_and_sources(view: AreaView, indicator: str) -> None:
    """Draw the tab: what is measured on the left, what to know of it on the right; the figures."""
    left, right = st.columns(2, gap="large")
    with left:
        _definition(view, indicator)
    with right:
        _notes(view, indicator)
        _revisions(view, indicator)
    _figures(view, indicator)


def _definition(view: AreaView, indicator: str) -> None:
    st.header("What is measured", anchor=False)
    definition, unit, publisher = definition_lines(view.indicator(indicator))
    st.markdown(plain(f"{definition} {unit}"))
    if line := series_line(view, indicator):
        st.markdown(plain(f"Series: {line}."))
    small_print(publisher)


def _notes(view: AreaView, indicator: str) -> None:
    notes = notes_lines(view.notes_on(indicator), indicator)
    held = held_lines(view.held_periods, indicator)
    st.header("Data notes", anchor=False)
    lines = "\n".join(f"- {plain(line)}" for line in [*notes, *held])
    st.markdown(lines or "No note is about it, and no figure is held as a suspected gap.")
    if held:
        link_to("data_and_methods", "Decide on them", section="gaps")


def _revisions(view: AreaView, indicator: str) -> None:
    st.header("Revisions", anchor=False)
    since, moved = moved_in(view)
    own = moved[moved["indicator"].eq(indicator)]
    when = f" since {date_text(since)}, the last quarterly meeting" if since else ""
    if own.empty:
        st.markdown(f"No published figure of it has moved{when}.")
    else:
        units = view.indicators["unit"].to_dict()
        st.markdown(f"Published figures that moved{when}:")
        show_reading_table(
            moved_table(own, units).drop(columns="Indicator"), caption="Figures that moved"
        )
    link_to("data_and_methods", "Revisions of every figure", section="revisions")


def _figures(view: AreaView, indicator: str) -> None:
    st.header("Every figure", anchor=False)
    series = view.series(indicator)
    if series.empty:
        st.markdown("No figure of this indicator is loaded for this area.")
        link_to("load_figures", "Load figures")
        return
    is_made_up = bool(series["illustrative"].any())
    title = view.indicator(indicator).title
    table, caption = _table(view, indicator), f"Every figure of {title}"
    if len(table) <= ROWS_ON_PAGE:
        show_reading_table(table, caption=caption)
    else:
        show_grid(table, alt=caption)
    small_print(figures_counted(series))
    download(series, name=file_name(view, indicator, "figures"), illustrative=is_made_up)
    show_source(source_of_indicators(view, indicator), illustrative=is_made_up)
    with st.popover("Files that the figures come from", icon=":material/draft:"):
        files = loads_table(files_of(series, view.warehouse.cached_frame("loads")))
        show_reading_table(files, caption="Files that the figures come from")
    link_to("data_and_methods", "Methods, and everything that is loaded")


@cached_per_build
def _table(view: AreaView, indicator: str) -> pd.DataFrame:
    """Put all figures into words once for all readers: there may be hundreds."""
    return figures_table(view.series(indicator), view.indicator(indicator))
