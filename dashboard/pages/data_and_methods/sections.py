"""The sections of the page Data and methods; each draws itself and returns the page's title."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.analysis.agreement import agreement as agreement_answer
from dashboard.analysis.area_view import AreaView
from dashboard.pages.data_and_methods import agreement as agreement_words
from dashboard.pages.data_and_methods.gaps_section import gaps_section
from dashboard.pages.data_and_methods.methods_section import methods_section, record_section
from dashboard.pages.data_and_methods.revisions_section import revisions_section
from dashboard.pages.data_and_methods.worth_section import worth_section
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.parts import plain
from dashboard.ui.reading_table import show_parts, show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words import provenance

WIDTHS = (30, 17, 11, 32, 10)
"""Of the columns of the plan's figures, in percent: a table for each verdict, all alike."""


def _loads(view: AreaView) -> str:
    loads = view.warehouse.cached_frame("loads")
    show_reading_table(provenance.loads_table(loads), caption="Files that are loaded")
    st.header("Rejected rows", anchor=False)
    rejected = view.warehouse.cached_frame("rejected_rows")
    if rejected.empty:
        st.markdown("None.")
    else:
        show_grid(provenance.rejected_table(rejected), alt="Table of rejected rows")
        download(rejected, name="rejected_rows", illustrative=view.is_illustrative)
    return provenance.loads_title(loads)


def _agreement(view: AreaView) -> str:
    answer = agreement_answer(view)
    if answer.stated:
        st.markdown(plain(agreement_words.agreement_sentence(answer)))
        _figures(view)
    return agreement_words.agreement_title(answer)


@redrawn_alone
def _figures(view: AreaView) -> None:
    """Draw the plan's figures beside the computed, those of one verdict or all."""
    answer = agreement_answer(view)
    counts = agreement_words.agreement_counts(answer)
    names = {verdict: f"{verdict.capitalize()} ({count})" for verdict, count in counts.items()}
    every = {"": f"All ({answer.stated})"}
    verdict = choose("Verdict", "verdict", Choice("verdict", every | names))
    table = agreement_words.agreement_table(
        answer.figures, view.warehouse.cached_frame("indicators"), verdict
    )
    caption = "Figures that the plan states, and what was computed"
    if table.empty:
        st.markdown("None.")
    elif verdict:
        show_reading_table(table, caption=caption)
    else:
        parts = agreement_words.by_verdict(table)
        show_parts(parts, caption=caption, widths=WIDTHS)
    download(answer.figures, name="agreement", illustrative=view.is_illustrative)


def _notes(view: AreaView) -> str:
    notes = view.warehouse.cached_frame("notes", plan=view.plan_id)
    table = provenance.notes_table(notes, view.warehouse.cached_frame("indicators"))
    show_reading_table(table, caption="Data notes")
    return provenance.notes_title(notes)


def _definitions(view: AreaView) -> str:
    indicators = view.warehouse.cached_frame("indicators")
    table = provenance.definitions_table(indicators)
    show_reading_table(table, caption="Indicators and what they mean")
    download(indicators, name="definitions", illustrative=False)
    return f"{len(indicators)} indicators and what they mean"


def _licences(view: AreaView) -> str:
    for line in provenance.licence_lines(view.warehouse.cached_frame("loads")):
        st.markdown(f"- {plain(line)}")
    return "Under which terms the figures are used"


DRAW: dict[str, Callable[[AreaView], str]] = {
    "loads": _loads,
    "agreement": _agreement,
    "gaps": gaps_section,
    "revisions": revisions_section,
    "notes": _notes,
    "worth": worth_section,
    "definitions": _definitions,
    "methods": methods_section,
    "record": record_section,
    "licences": _licences,
}
