"""What one must know of an indicator's figures: data notes, suspected gaps, revisions."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.revisions import moved_in
from dashboard.exhibits.gaps import held_lines
from dashboard.exhibits.indicator import notes_lines
from dashboard.exhibits.revisions import moved_table
from dashboard.exhibits.words import date_text
from dashboard.layout.indicator_head import heading
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain
from dashboard.layout.reading_table import show_reading_table


def notes_section(view: AreaView, indicator: str) -> None:
    """Draw the section."""
    heading("notes")
    st.subheader("Data notes", anchor=False)
    _listed(notes_lines(view.notes_on(indicator), indicator), "No note is about it.")
    st.subheader("Suspected gaps", anchor=False)
    held = held_lines(view.held_periods, indicator)
    _listed(held, "No figure is held as a suspected gap.")
    if held:
        link_to("data_and_methods", "Decide on them", section="gaps")
    st.subheader("Revisions", anchor=False)
    _revisions(view, indicator)


def _listed(lines: list[str], otherwise: str) -> None:
    st.markdown("\n".join(f"- {plain(line)}" for line in lines) or otherwise)


def _revisions(view: AreaView, indicator: str) -> None:
    since, moved = moved_in(view)
    own = moved[moved["indicator"].eq(indicator)]
    when = f" since {date_text(since)}, the last quarterly meeting" if since else ""
    if own.empty:
        st.markdown(f"No published figure of it has moved{when}.")
    else:
        units = view.indicators["unit"].to_dict()
        st.markdown(f"Published figures that moved{when}:")
        show_reading_table(
            moved_table(own, units).drop(columns="Indicator"), caption="Figures that moved"
        )
    link_to("data_and_methods", "Revisions of every figure", section="revisions")
