"""The section Revisions: which figures moved since a day, and the verdicts that moved with them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.revisions import RevisionsAnswer
from dashboard.analysis.revisions import revisions as revisions_answer
from dashboard.pages.data_and_methods import loaded
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.parts import plain, show_notices
from dashboard.words import revisions as words

SINCE = "since"
EARLIEST = date(1990, 1, 1)


def revisions_section(view: AreaView) -> str:
    """Draw the section; gives the page's title."""
    answer = revisions_answer(view, _asked())
    _choose(answer.since)
    if len(answer.moved):
        units = (
            view.warehouse.cached_frame("indicators").set_index("indicator_id")["unit"].to_dict()
        )
        show_grid(words.moved_table(answer.moved, units), alt="Table of the figures that moved")
        download(answer.moved, name="moved", illustrative=view.is_illustrative)
    _verdicts(answer)
    st.markdown(plain(words.new_periods_line(answer)))
    _every_area(view)
    return words.revisions_title(answer)


def _every_area(view: AreaView) -> None:
    """Draw what moved anywhere, folded in."""
    revisions = view.warehouse.cached_frame("revisions")
    if revisions.empty:
        return
    with st.expander(f"Every area, from one publication to the next: {len(revisions):,} figures"):
        show_grid(
            loaded.revisions_table(revisions),
            alt="Table of every area's figures, from one publication to the next",
        )
        download(revisions, name="revisions", illustrative=view.is_illustrative)


def _verdicts(answer: RevisionsAnswer) -> None:
    if lines := words.verdict_lines(answer):
        st.header("Verdicts that changed because of it", anchor=False)
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _asked() -> str:
    """Return the day in the address; "" for none or what is no day."""
    asked = st.query_params.get(SINCE, "")
    try:
        return date.fromisoformat(asked).isoformat() if asked else ""
    except ValueError:
        show_notices([f"The address asks for the day “{asked[:20]}”, which is no day."])
        return ""


def _choose(since: str) -> None:
    """Ask for the day; the address keeps it."""
    st.session_state["choose_since"] = date.fromisoformat(since)
    st.date_input(
        "Since the end of",
        key="choose_since",
        min_value=EARLIEST,
        max_value="today",
        format="DD/MM/YYYY",
        on_change=_write,
        help="At first the last day before the quarter of the latest publication: what the last "
        "quarterly meeting knew.",
    )


def _write() -> None:
    chosen = st.session_state["choose_since"]
    if chosen:
        st.query_params[SINCE] = chosen.isoformat()
