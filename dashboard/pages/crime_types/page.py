"""Crime types: slice by type, area, period and basis; what is behind a change; ask anything."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.question import ALL_CRIME
from dashboard.pages.crime_types.pivot_section import pivot_section
from dashboard.pages.crime_types.sections import changed_section, compare_section, months_section
from dashboard.pages.crime_types.sheets import title_of
from dashboard.pages.crime_types.sql_section import sql_section
from dashboard.ui.choices import choose_view
from dashboard.ui.crime_type_choices import choose_small_area
from dashboard.ui.map_section import map_section
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.ui.series_choice import choose_series

MAP, SQL = "map", "sql"
SECTIONS = {
    "changed": ("What changed", changed_section),
    "compare": ("Side by side", compare_section),
    "months": ("Months", months_section),
    MAP: ("Map", map_section),
    "pivot": ("Your own table", pivot_section),
    SQL: ("SQL", sql_section),
}
NAMES = {known: name for known, (name, _) in SECTIONS.items()}


def page(view: AreaView) -> None:
    """Draw the page: the part looked at, and nothing of the others."""
    st.title(plain(title_of(view)), anchor=False)
    if not view.as_at_text:
        st.info("Load figures of recorded crime to see its types here.")
        return
    _look(view)


@redrawn_alone
def _look(view: AreaView) -> None:
    look = choose_view("Look at", "look", Choice("part", NAMES, "changed"))
    _, draw = SECTIONS[look]
    if look == SQL:
        draw(view)
        return
    chosen = view if look == MAP else choose_small_area(view)
    counted = chosen.indicators_with_figures()
    draw(choose_series(chosen, *sorted(counted, key=lambda each: each != ALL_CRIME)))
