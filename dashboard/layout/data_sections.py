"""The sections of the page Data and methods; each draws itself and returns the page's title."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.exhibits import provenance
from dashboard.layout.choices import choose
from dashboard.layout.downloads import download
from dashboard.layout.gaps_section import gaps_section
from dashboard.layout.methods_section import methods_section, record_section
from dashboard.layout.parts import plain
from dashboard.layout.reading_table import show_reading_table
from dashboard.layout.revisions_section import revisions_section
from dashboard.layout.worth_section import worth_section
from dashboard.selection import Choice
from dashboard.session import Session


def _loads(session: Session) -> str:
    loads = session.frame("loads")
    show_reading_table(provenance.loads_table(loads), caption="Files that are loaded")
    st.header("Rejected rows", anchor=False)
    rejected = session.frame("rejected_rows")
    if rejected.empty:
        st.markdown("None.")
    else:
        st.dataframe(provenance.rejected_table(rejected), hide_index=True)
        download(rejected, name="rejected_rows", illustrative=session.picture.is_illustrative)
    return provenance.loads_title(loads)


def _agreement(session: Session) -> str:
    if not session.plan:
        return provenance.agreement_title(session.agreement().iloc[:0])
    agreement = session.agreement()
    st.markdown(plain(provenance.agreement_sentence(agreement)))
    _figures(session)
    return provenance.agreement_title(agreement)


@st.fragment
def _figures(session: Session) -> None:
    """Draw the plan's figures beside the computed, those of one verdict or all."""
    agreement = session.agreement()
    counts = provenance.agreement_counts(agreement)
    names = {verdict: f"{verdict.capitalize()} ({count})" for verdict, count in counts.items()}
    every = {"": f"All ({len(agreement)})"}
    verdict = choose("Verdict", "verdict", Choice("verdict", every | names))
    table = provenance.agreement_table(agreement, session.frame("indicators"), verdict)
    if table.empty:
        st.markdown("None.")
    show_reading_table(table, caption="Figures that the plan states, and what the data give")
    download(agreement, name="agreement", illustrative=session.picture.is_illustrative)


def _notes(session: Session) -> str:
    notes = session.frame("notes", plan=session.plan)
    table = provenance.notes_table(notes, session.frame("indicators"))
    show_reading_table(table, caption="Data notes")
    return provenance.notes_title(notes)


def _definitions(session: Session) -> str:
    indicators = session.frame("indicators")
    table = provenance.definitions_table(indicators)
    show_reading_table(table, caption="Indicators and what they mean")
    download(indicators, name="definitions", illustrative=False)
    return f"{len(indicators)} indicators and what they mean"


def _licences(session: Session) -> str:
    for line in provenance.licence_lines(session.frame("loads")):
        st.markdown(f"- {plain(line)}")
    return "Under which terms the figures are used"


DRAW: dict[str, Callable[[Session], str]] = {
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
