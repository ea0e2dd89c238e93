"""Crime types: what makes up a change, the story of a type, where it is, and own tables."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.crime_types.changed import changed
from dashboard.pages.crime_types.choices import choose_figures, choose_type
from dashboard.pages.crime_types.headline import title
from dashboard.pages.crime_types.months import months
from dashboard.pages.crime_types.own_table import own_table
from dashboard.pages.crime_types.side_by_side import side_by_side
from dashboard.pages.crime_types.sql import sql
from dashboard.pages.crime_types.story import story
from dashboard.pages.crime_types.where import where
from dashboard.ui.choices import choose_view
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice

SQL = "sql"
OF_ONE_TYPE = {
    "changed": ("What changed", changed),
    "story": ("Story", story),
    "map": ("Where", where),
    "months": ("Months", months),
}
OF_MANY = {
    "compare": ("Side by side", side_by_side),
    "pivot": ("Your own table", own_table),
    SQL: ("SQL", sql),
}
"""What can be looked at, by the name that the address has for it."""
NAMES = {known: name for known, (name, _) in (OF_ONE_TYPE | OF_MANY).items()}


def page(view: AreaView) -> None:
    """Draw the page: the part looked at, and nothing of the others."""
    if not view.as_at_text:
        st.title(plain(f"No figures are loaded for {view.area_name}"), anchor=False)
        st.info("Load figures of recorded crime to see its types here.")
        return
    _look(view)


@redrawn_alone
def _look(view: AreaView) -> None:
    """Draw title, choices and the part looked at; the choices stand where the part needs them."""
    head, choice = st.columns([5, 3], vertical_alignment="center")
    with st.container(horizontal=True, vertical_alignment="center", key="looks"):
        look = choose_view("Look at", "look", Choice("part", NAMES, "changed"))
        beside = st.container(horizontal=True, width="stretch", key="choices_of_look")
        of_choice = view if look == SQL else choose_figures(view)
    if look in OF_MANY:
        _, draw = OF_MANY[look]
        draw(of_choice, head)
        return
    with choice:
        chosen = choose_type(of_choice, view)
    head.title(plain(title(chosen)), anchor=False)
    _, draw_one = OF_ONE_TYPE[look]
    draw_one(chosen, beside)
