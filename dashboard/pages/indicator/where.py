"""The tab Where: a map of the figure with the partnership and its neighbours in sight."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.links import link_to
from dashboard.ui.map_section import NO_BOUNDARIES
from dashboard.ui.without_targets import map_around


def where(view: AreaView, indicator: str) -> None:
    """Draw the tab."""
    drawn = map_around(view, indicator)
    if drawn is None:
        st.info(NO_BOUNDARIES, icon=":material/map:")
        link_to("load_figures", "Load figures")
        return
    chart_card(
        drawn,
        key=f"where_{indicator}",
        file=file_name(view, indicator, "map"),
        help_for="area_map",
    )
    link_to("crime_types", "Smaller areas, and other types", within=indicator)
