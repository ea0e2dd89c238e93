"""Questions in SQL: the box, its answer, and the tables that can be asked of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView
from dashboard.pages.crime_types.as_python import sql_code
from dashboard.pages.crime_types.python import offer_python
from dashboard.store.builds import data_dir
from dashboard.store.sql_questions import (
    MOST_ROWS,
    MOST_SECONDS,
    Header,
    QueryError,
    Rows,
    ask,
    examples,
    tables,
)
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.parts import plain, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.selection import Choice

QUESTION, SEEN, ANSWER, EXAMPLE = "sql_question", "sql_seen", "sql_answer", "sql_example"
PARAMETER = "sql"
LONGEST_IN_ADDRESS = 4_000
"""Characters of a question that an address keeps; browsers and servers cut longer ones."""
FIRST_TABLE = "indicator_period"
COLUMN_WIDTHS = (40, 60)
"""Of a column's name and its meaning, in percent."""


def sql(view: AreaView, head: DeltaGenerator) -> None:
    """Draw the box with the data model beside it. Nothing is asked before Run is pressed.

    Args:
        view: The area of the page; a question may be of any.
        head: Where the title stands.
    """
    head.title("Ask the figures a question in SQL", anchor=False)
    question, model = st.columns([3, 2], gap="large")
    with question:
        _question(view)
    with model:
        _model()


def _question(view: AreaView) -> None:
    _take_from_address()
    st.selectbox(
        "Start from an example",
        list(examples()),
        index=None,
        placeholder="Choose a question",
        key=EXAMPLE,
        on_change=_use_example,
    )
    with st.form("sql_form", border=False):
        text = st.text_area("Question in SQL", key=QUESTION, height=220)
        is_asked = st.form_submit_button("Run", type="primary", icon=":material/play_arrow:")
    small_print(
        f"One SELECT in DuckDB's SQL. It reads the published figures and nothing else, for at most "
        f"{MOST_SECONDS} seconds, and shows {MOST_ROWS:,} rows at most."
    )
    if is_asked:
        _ask(text)
    _answer(view, text)


def _ask(text: str) -> None:
    if len(text) <= LONGEST_IN_ADDRESS:
        st.query_params[PARAMETER] = st.session_state[SEEN] = text
    else:
        small_print("This question is too long for the address: a link does not hold it.")
    try:
        with st.spinner("Asking…"):
            st.session_state[ANSWER] = (text, ask(data_dir(), text))
    except QueryError as reason:
        st.session_state[ANSWER] = (text, str(reason))


def _answer(view: AreaView, text: str) -> None:
    asked, answer = st.session_state.get(ANSWER, ("", None))
    if answer is None or asked != text:
        return
    if not isinstance(answer, Rows):
        st.error(plain(answer), icon=":material/error:")
        return
    st.markdown(plain(rows_text(answer.frame, is_cut=answer.is_cut)))
    show_grid(answer.frame, alt="Answer to the question in SQL")
    # A question may take in any area: one made-up figure in the database could be in the answer.
    may_hold_made_up = not view.warehouse.cached_frame("illustrative_areas").empty
    download(answer.frame, name="sql_answer", illustrative=may_hold_made_up)
    offer_python(sql_code(asked), "sql")


def _model() -> None:
    known = {each.name: each for each in tables()}
    names = {name: name for name in known}
    st.header("Tables that you can ask", anchor=False)
    name = choose("Table", "table", Choice("table", names, FIRST_TABLE))
    _table(known[name])


def _table(table: Header) -> None:
    st.markdown(plain(table_text_of(table.meaning, table.grain)))
    show_reading_table(
        columns_table(table.columns), caption=f"Columns of {table.name}", widths=COLUMN_WIDTHS
    )


def _take_from_address() -> None:
    """Put the address's question into the box, once, and again when the address changes."""
    asked = st.query_params.get(PARAMETER, "")
    if QUESTION not in st.session_state or st.session_state.get(SEEN) != asked:
        st.session_state[QUESTION] = asked
        st.session_state[SEEN] = asked


def _use_example() -> None:
    chosen = st.session_state[EXAMPLE]
    if chosen:
        st.session_state[QUESTION] = examples()[chosen]


def rows_text(frame: pd.DataFrame, *, is_cut: bool) -> str:
    """Return how many rows there are: "The first 10,000 rows; there are more"."""
    count = f"{len(frame):,} {'row' if len(frame) == 1 else 'rows'}"
    if is_cut:
        return f"The first {count}; there are more. Ask for fewer, or add up in the question."
    return f"{count}." if len(frame) else "No row fits the question."


def table_text_of(meaning: str, grain: Sequence[str]) -> str:
    """Return what a table holds and what one of its rows is."""
    return f"{meaning} One row per {', '.join(grain)}."


def columns_table(columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns of a table with their meaning."""
    return pd.DataFrame({"Column": list(columns), "Meaning": list(columns.values())})
