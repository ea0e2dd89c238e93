"""Load figures: files checked before anything is published, then loaded while others read on."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.load_figures.form import ask_for_files
from dashboard.pages.load_figures.loading import begin_check, checked, offer_to_load, show_outcome
from dashboard.pages.load_figures.preview import show_file
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.words.loading import page_title


def page(view: AreaView) -> None:
    """Draw the page: the files asked for, what they hold and would change, and the load."""
    title = st.container()
    st.markdown(
        "Files are checked first. Nothing is kept until you say that they are to be loaded, and "
        "others can go on reading meanwhile. Each file is compared with what is published now."
    )
    st.markdown(
        "Workbooks, CSVs and zips are taken as their publishers give them, and boundaries for maps "
        "as GeoJSON or TopoJSON. For figures of your own there are templates."
    )
    link_to("getting_started", "Templates, step by step")
    outcome = st.container()
    brought = ask_for_files()
    if brought is not None:
        begin_check(brought)
    with outcome:
        show_outcome()
    looked = checked()
    for number, each in enumerate(looked):
        show_file(each, view, number)
    offer_to_load(looked)
    usable = sum(each.can_be_loaded for each in looked)
    problems = sum(len(each.problems) for each in looked)
    title.title(plain(page_title(len(looked), usable, problems)), anchor=False)
