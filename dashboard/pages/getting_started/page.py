"""Getting started: a partnership's own figures and its first target, in three steps."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_area_names
from dashboard.pages.getting_started.new_target import target_form
from dashboard.ui.choices import choose
from dashboard.ui.first_steps import offer_plan, offer_templates
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.selection import Choice
from dashboard.words.first_steps import CHOOSE, LOAD, TITLE, WRITE


def page(view: AreaView) -> None:
    """Draw the page: choose your partnership, load your first file, write your first target."""
    st.title(TITLE, anchor=False)
    st.header("1. Choose your partnership", anchor=False)
    st.markdown(plain(CHOOSE))
    code, name = _partnership(view)
    st.markdown(f"**{plain(name)}** has the code `{code}`.")
    st.header("2. Load your first file", anchor=False)
    st.markdown(plain(LOAD))
    offer_templates()
    link_to("load_figures", "Load figures")
    st.header("3. Write your first target", anchor=False)
    st.markdown(plain(WRITE))
    target_form(view, code, name)
    offer_plan(code, name)
    link_to("data_and_methods", "What each indicator is, and how figures are worked out")


def _partnership(view: AreaView) -> tuple[str, str]:
    """Ask for a partnership, of all there are; gives its code and its name."""
    frame = view.warehouse.cached_frame("partnerships")
    names = distinct_area_names(frame)
    default = view.area_code if view.area_code in names else next(iter(names), "")
    code = choose("Your partnership", "partnership", Choice("partnership", names, default))
    return code, names.get(code, "")
