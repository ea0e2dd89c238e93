"""The tab What makes it up: the types, or the months, that make up a change."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.comparison import bases_with_figures
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import BASIS_NAMES, choose
from dashboard.ui.indicator_charts import parts_of
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words.contribution import rate_sentence


@redrawn_alone
def parts(view: AreaView, indicator: str) -> None:
    """Draw the contribution of types, or of months, to the change on the basis chosen."""
    about = view.indicator(indicator)
    if not about.is_count:
        st.markdown(plain(f"{about.title} is not a count that adds up, so it has no parts."))
        return
    bases = bases_with_figures(view, indicator, view.as_at_text)
    if not bases:
        st.markdown("There is no figure to break down.")
        return
    names = {basis: BASIS_NAMES[basis] for basis in bases}
    basis = choose("Compare", "basis", Choice("comparison", names, bases[0]))
    drawn = parts_of(view, indicator, basis)
    if isinstance(drawn, str):
        st.markdown(plain(drawn))
        return
    chart_card(
        drawn.chart,
        key=f"parts_{indicator}",
        file=file_name(view, indicator, "parts"),
        help_for="waterfall",
        line=rate_sentence(drawn.answer),
    )
    if drawn.is_by_type:
        link_to("crime_types", "Every type", type=indicator, basis=basis)
