"""The tab Where: a map of the figure with the partnership and its neighbours in sight."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.links import link_to
from dashboard.ui.without_targets import map_around


def where(view: AreaView, indicator: str) -> None:
    """Draw the tab."""
    drawn = map_around(view, indicator)
    if drawn is None:
        st.info("There are no boundaries to draw a map with.", icon=":material/map:")
        link_to("load_figures", "Bring boundaries")
        return
    chart_card(
        drawn,
        key=f"where_{indicator}",
        file=file_name(view, indicator, "map"),
        help_for="area_map",
    )
    link_to("crime_types", "Smaller areas, and other types", look="map", type=indicator)
