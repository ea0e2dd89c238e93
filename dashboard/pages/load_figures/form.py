"""What is asked of a person who brings files: the files, the day they are of, and a name."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.intake.loading import Brought, needs_day
from dashboard.ui.parts import plain
from dashboard.ui.writer import ask_name

#: Long before any figures of partnerships, which began in 1998.
EARLIEST = date(1990, 1, 1)
#: Counts what was loaded: a form of a new name is an empty one.
_ROUND = "load_round"


def ask_for_files() -> Brought | None:
    """Draw the form; give what was brought when it is sent and nothing is left out."""
    number = st.session_state.get(_ROUND, 0)
    with st.form(f"bring_{number}"):
        files = st.file_uploader(
            "Drop your files here: workbooks, CSVs, zips, boundaries",
            accept_multiple_files=True,
            key=f"files_{number}",
        )
        left, right = st.columns(2)
        # The name first: an open calendar hangs below the day, beside the button and not over it.
        with left:
            loaded_by = ask_name("loaded_by", help="Kept with the files.")
        published = right.date_input(
            "Published on",
            value=None,
            min_value=EARLIEST,
            max_value="today",
            key=f"published_{number}",
            format="DD/MM/YYYY",
            help="The day on which the publisher released them; for your own figures, the day on "
            "which they were counted. Load files of different days one after the other. "
            "Boundaries and the workbook of a plan need none.",
        )
        sent = st.form_submit_button("Check", type="primary", icon=":material/fact_check:")
    if not sent:
        return None
    # Boundaries and plans are of no day, so that any will do.
    if published is None and files and not any(needs_day(each) for each in files):
        published = date.today()  # noqa: DTZ011
    missing = [
        what
        for what, given in (
            ("Choose at least one file.", files),
            ("Give the day on which it was published.", published),
            ("Give your name.", loaded_by.strip()),
        )
        if not given
    ]
    if missing or published is None:
        st.warning(plain(" ".join(missing)), icon=":material/edit:")
        return None
    return Brought(tuple(files), published, loaded_by.strip())


def empty_form() -> None:
    """Have the form drawn empty the next time."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
