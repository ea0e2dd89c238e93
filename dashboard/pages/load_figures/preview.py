"""What is in a file that is to be loaded and what it would change, drawn."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import rows_of
from dashboard.intake.loading import FilePreview
from dashboard.metrics.status_table import AT_RISK, OFF_TRACK, ON_TRACK
from dashboard.pages.load_figures import words
from dashboard.ui.big_number import BigNumber, show_big_numbers
from dashboard.ui.chip import chip
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, show_table, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.loading import problems_table

#: More rows are in the file to download.
ROWS_SHOWN = 1000
#: So many are cards on a phone; more are scrolled through.
ROWS_READ = 50


def show_file(preview: FilePreview, view: AreaView, number: int) -> None:
    """Draw one file: what it is, what is wrong with it, what it would change."""
    with st.container(border=True, key=f"card_file_{number}"):
        _head(preview, number)
        sources = rows_of(preview.sources, words.Source) if len(preview.sources) else []
        for source in sources:
            show_big_numbers([BigNumber(*each) for each in words.source_numbers(source)])
            small_print(words.source_line(source))
        _problems(preview, number)
        if not preview.can_be_loaded:
            return
        if preview.places is not None:
            _places(preview.places)
            return
        if preview.plan is not None:
            for line in words.plan_lines(preview.plan):
                st.markdown(plain(line))
            return
        _unknown(preview)
        if preview.unplaced:
            st.warning(plain(preview.unplaced), icon=":material/location_off:")
        if preview.seen_on:
            st.markdown(plain(f"To be seen on: {preview.seen_on}."))
        if preview.changes_nothing:
            st.markdown("It would change nothing on the dashboard.")
        _changes(preview, view, number)


def _head(preview: FilePreview, number: int) -> None:
    """Name the file, and say as chips whether it can be loaded and how much is wrong with it."""
    with st.container(horizontal=True, key=f"head_file_{number}", gap="small"):
        st.header(plain(preview.name), anchor=False, width="content")
        can = preview.can_be_loaded
        said = chip(words.CAN, like=ON_TRACK) if can else chip(words.CANNOT, like=OFF_TRACK)
        if len(preview.problems):
            said += f" {chip(words.problems_title(preview.problems), like=AT_RISK if can else '')}"
        st.html(said, width="content")


def _problems(preview: FilePreview, number: int) -> None:
    if preview.problems.empty:
        return
    if (answer := preview.not_recognised) is not None:
        for line in answer.lines():
            st.markdown(plain(line))
        with st.expander("More"):
            for line in answer.more.splitlines():
                st.markdown(plain(line))
        return
    table = problems_table(preview.problems.head(ROWS_SHOWN))
    if len(table) <= ROWS_READ:
        show_reading_table(table, caption=f"What is wrong with {preview.name}")
    else:
        _some(table, len(preview.problems), "Problems")
    download(preview.problems, name=f"problems_{number + 1}", illustrative=False)


def _places(places: pd.DataFrame) -> None:
    small_print(words.BOUNDARIES)
    st.markdown(plain(words.places_sentence(places)))
    with st.expander(f"Areas: {len(places):,}"):
        _some(words.places_table(places.head(ROWS_SHOWN)), len(places), "Areas of the boundaries")


def _unknown(preview: FilePreview) -> None:
    if not preview.unknown.empty:
        st.markdown("**On no page**")
        st.markdown(
            "Nothing here has these codes yet. Their figures are loaded and kept with the rest."
        )
        show_table(words.unknown_table(preview.unknown), alt="Areas and measures that nobody knows")


def _changes(preview: FilePreview, view: AreaView, number: int) -> None:
    indicators = view.warehouse.cached_frame("indicators").set_index("indicator_id")
    titles, units = (indicators[column].to_dict() for column in ("title", "unit"))
    areas = view.warehouse.cached_frame("areas").set_index("area_code")["area_name"].to_dict()
    if lines := words.verdicts_lines(preview.verdicts):
        with st.expander(f"Verdicts: {len(lines)}"):
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    for title, frame, table in (
        ("Latest values", preview.latest, lambda rows: words.latest_table(rows, titles, units)),
        ("New periods", preview.new_periods, lambda rows: words.new_periods_table(rows, titles)),
        ("Revised figures", preview.revised, lambda rows: words.revised_table(rows, areas)),
        ("Held as suspected gaps", preview.held, lambda rows: words.held_table(rows, areas)),
    ):
        if len(frame):
            with st.expander(f"{title}: {len(frame):,}"):
                _some(table(frame.head(ROWS_SHOWN)), len(frame), title)
                name = title.lower().replace(" ", "_")
                download(frame, name=f"{name}_{number + 1}", illustrative=False)


def _some(table: pd.DataFrame, count: int, title: str) -> None:
    show_table(table, alt=title)
    if len(table) < count:
        st.markdown(f"The first {len(table):,} of {count:,}; the download has all.")
