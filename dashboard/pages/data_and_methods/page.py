"""Data and methods: what is loaded, whether it agrees with the plan, what everything means."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.data_and_methods.sections import DRAW
from dashboard.ui.parts import plain, show_notices
from dashboard.ui.selection import Choice

DEFAULT = "loads"
SECTIONS = {
    "loads": "What is loaded",
    "agreement": "Agreement with the plan",
    "gaps": "Suspected gaps",
    "revisions": "Revisions",
    "notes": "Data notes",
    "worth": "Worth reporting",
    "definitions": "Definitions",
    "methods": "Methods",
    "record": "Record of projections",
    "licences": "Licences",
}


def page(view: AreaView) -> None:
    """Draw the page: one section at a time, each with its own address."""
    title = st.container()
    found = DRAW[_choose_section()](view)
    title.title(plain(found), anchor=False)


def _choose_section() -> str:
    """Ask for a section; the address keeps it."""
    asked, notice = Choice("section", SECTIONS, DEFAULT).read(
        st.query_params.get("section", DEFAULT)
    )
    show_notices([notice] if notice else [])
    st.session_state["shown_section"] = asked
    chosen = st.segmented_control(
        "Section",
        list(SECTIONS),
        format_func=lambda section: SECTIONS[section],
        key="shown_section",
        on_change=_go_to,
        label_visibility="collapsed",
    )
    return chosen or asked


def _go_to() -> None:
    st.query_params["section"] = st.session_state["shown_section"] or DEFAULT
