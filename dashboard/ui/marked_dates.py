"""Dates marked on a series: drawn on its charts, added and retired in one form."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.charts.chart import Chart
from dashboard.charts.marked_dates import days_text, with_marked_dates
from dashboard.store.builds import data_dir
from dashboard.store.marked_dates import LONGEST_REASON, LONGEST_TITLE, MarkedDate, MarkedDates
from dashboard.store.partner_records import RecordError
from dashboard.ui.parts import plain, small_print
from dashboard.ui.writer import ask_name

EARLIEST = date(1990, 1, 1)
WRITER, REFUSED = "marked_by", "mark_refused"


def marked(view: AreaView, indicator: str, chart: Chart) -> Chart:
    """Return a chart of an indicator's time with the dates that people marked on it."""
    try:
        return with_marked_dates(chart, _current(view, indicator))
    except RecordError:
        # The form beside it says that they cannot be reached; the figures are not held back.
        return chart


def mark_form(view: AreaView, indicator: str) -> None:
    """Offer to mark a date on the indicator's series, and to retire one that is marked."""
    with st.popover("Mark a date", icon=":material/flag_2:", key=f"marks_{indicator}"):
        try:
            current = _current(view, indicator)
        except RecordError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return
        # Outside the form: whoever retires a date gives it too.
        ask_name(WRITER)
        for each in current:
            _shown(view, indicator, each)
        _new(view, indicator)
        if refused := st.session_state.get(REFUSED):
            st.error(plain(refused), icon=":material/error:")


def _current(view: AreaView, indicator: str) -> list[MarkedDate]:
    return MarkedDates.of(data_dir()).current(view.area_code, indicator)


def _shown(view: AreaView, indicator: str, each: MarkedDate) -> None:
    with st.container(border=True, gap="xxsmall", key=f"mark_{each.entry_id}"):
        st.markdown(f"**{plain(each.title)}**, {days_text(each)}")
        small_print(f"{each.reason} ({each.author})")
        st.button(
            "Retire", key=f"retire_{each.entry_id}", icon=":material/flag_check:", type="tertiary",
            on_click=_retire, args=(view, indicator, each),
        )  # fmt: skip


def _new(view: AreaView, indicator: str) -> None:
    with st.form(f"mark_{indicator}", border=False):
        first, last = st.columns(2)
        for column, label, part in (
            (first, "First day", "first"),
            (last, "Last day, if later", "last"),
        ):
            column.date_input(
                label, None, EARLIEST, key=f"mark_{part}_{indicator}", format="DD/MM/YYYY"
            )
        st.text_input("What happened", max_chars=LONGEST_TITLE, key=f"mark_title_{indicator}")
        st.text_input("Why it matters", max_chars=LONGEST_REASON, key=f"mark_reason_{indicator}")
        st.form_submit_button(
            "Mark it", icon=":material/flag_2:", on_click=_mark, args=(view, indicator)
        )


def _mark(view: AreaView, indicator: str) -> None:
    """Keep what the form holds; what cannot be kept stays in the form."""
    kept = st.session_state
    kept.pop(REFUSED, None)
    begins, ends = kept[f"mark_first_{indicator}"], kept[f"mark_last_{indicator}"]
    title, reason = kept[f"mark_title_{indicator}"], kept[f"mark_reason_{indicator}"]
    try:
        if begins is None:
            raise RecordError("Give the first day.")
        found = MarkedDate(begins, ends or begins, title, reason, kept[WRITER])
        MarkedDates.of(data_dir()).mark(view.area_code, indicator, found)
    except RecordError as error:
        kept[REFUSED] = str(error)
        return
    for part in ("first", "last"):
        kept[f"mark_{part}_{indicator}"] = None
    for part in ("title", "reason"):
        kept[f"mark_{part}_{indicator}"] = ""


def _retire(view: AreaView, indicator: str, each: MarkedDate) -> None:
    st.session_state.pop(REFUSED, None)
    try:
        author = st.session_state.get(WRITER, "")
        MarkedDates.of(data_dir()).retire(view.area_code, indicator, each, author=author)
    except RecordError as error:
        st.session_state[REFUSED] = str(error)
