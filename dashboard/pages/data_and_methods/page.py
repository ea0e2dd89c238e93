"""Data and methods: how fresh the figures are, whether they agree, what everything means."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.data_and_methods.sections import DRAW
from dashboard.ui.choices import choose_view
from dashboard.ui.parts import plain
from dashboard.ui.selection import Choice

SECTIONS = {
    "loads": "Freshness",
    "agreement": "Agreement",
    "gaps": "Gaps",
    "revisions": "Revisions",
    "notes": "Notes",
    "worth": "Worth reporting",
    "definitions": "Definitions",
    "methods": "Methods",
    "record": "Projections",
    "licences": "Licences",
    "accessibility": "Accessibility",
}
"""What each is called; on one line at 1280 pixels."""


def page(view: AreaView) -> None:
    """Draw the page: one section at a time, each with its own address."""
    title = st.container()
    with st.container(key="sections"):
        section = choose_view("Section", "section", Choice("section", SECTIONS, "loads"))
    found = DRAW[section](view)
    title.title(plain(found), anchor=False)
