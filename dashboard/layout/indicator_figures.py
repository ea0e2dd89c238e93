"""Where the figures of an indicator come from, all of them as a table, and as files."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.exhibits.figures import figures_counted, figures_table, files_of
from dashboard.exhibits.indicator import definition_lines
from dashboard.exhibits.provenance import loads_table
from dashboard.exhibits.sources import source_of_indicators
from dashboard.layout.downloads import download
from dashboard.layout.grid import show_grid
from dashboard.layout.indicator_head import heading
from dashboard.layout.links import link_to
from dashboard.layout.parts import ROWS_ON_PAGE, show_source, small_print
from dashboard.layout.reading_table import show_reading_table
from dashboard.store.cache import cached_per_build


def figures_section(view: AreaView, indicator: str) -> None:
    """Draw the section."""
    heading("figures")
    series = view.series(indicator)
    if series.empty:
        st.markdown("No figure of this indicator is loaded for this area.")
        link_to("load_figures", "Load figures")
        return
    is_made_up = bool(series["illustrative"].any())
    st.markdown(figures_counted(series))
    files = loads_table(files_of(series, view.warehouse.cached_frame("loads")))
    show_reading_table(files, caption="Files that the figures come from")
    show_source(source_of_indicators(view, indicator), illustrative=is_made_up)
    st.subheader("Every figure", anchor=False)
    _every(view, indicator)
    download(series, name=f"figures_{indicator}", illustrative=is_made_up)
    small_print(definition_lines(view.indicator(indicator))[-1])
    link_to("data_and_methods", "Methods, and everything that is loaded")


def _every(view: AreaView, indicator: str) -> None:
    title = view.indicator(indicator).title
    table, caption = _table(view, indicator), f"Every figure of {title}"
    if len(table) <= ROWS_ON_PAGE:
        show_reading_table(table, caption=caption)
    else:
        show_grid(table, alt=caption)


@cached_per_build
def _table(view: AreaView, indicator: str) -> pd.DataFrame:
    """Put all figures into words once for all readers: there may be hundreds."""
    return figures_table(view.series(indicator), view.indicator(indicator))
