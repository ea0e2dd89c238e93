"""Load figures: files checked before anything is published, then loaded while others read on."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.load_figures.form import ask_for_files
from dashboard.pages.load_figures.loading import begin_check, checked, offer_to_load, show_outcome
from dashboard.pages.load_figures.preview import show_file
from dashboard.pages.load_figures.words import page_title
from dashboard.ui.links import link_to
from dashboard.ui.parts import about, plain

ABOUT = (
    "Workbooks, CSVs and zips are taken as their publishers give them, and boundaries for maps as "
    "GeoJSON or TopoJSON. The content says what a file is, not its name.",
    "Each file is compared with what is published now. Others go on reading meanwhile.",
)


def page(view: AreaView) -> None:
    """Draw the page: the files asked for, what they hold and would change, and the load."""
    title, outcome = st.container(), st.container()
    brought = ask_for_files()
    if brought is not None:
        begin_check(brought)
    with outcome:
        show_outcome()
    looked = checked()
    for number, each in enumerate(looked):
        show_file(each, view, number)
    offer_to_load(looked)
    with st.container(horizontal=True, vertical_alignment="center"):
        about("What can be loaded", ABOUT)
        link_to("getting_started", "Templates for your own figures")
    usable = sum(each.can_be_loaded for each in looked)
    problems = sum(len(each.problems) for each in looked)
    title.title(plain(page_title(len(looked), usable, problems)), anchor=False)
