"""The section Suspected gaps: what is held, why, and a form for a person's decision."""

from __future__ import annotations

import functools

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.gaps import gaps as gaps_answer
from dashboard.analysis.rows import rows_of
from dashboard.intake.background_work import Work
from dashboard.intake.loading import rule
from dashboard.store.builds import data_dir, take_up_published
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.parts import about
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.selection import Choice
from dashboard.ui.waiting import Refusal, settled
from dashboard.ui.writer import ask_name
from dashboard.words import gaps as words

HERE, ALL = "here", "all"
RULE, RULED = "rule_work", "ruled"
#: Texts that wrap are read more easily; more rows than this are scrolled through.
READ_ROWS = 50
HELD = (
    "A figure is held that is missing, zero or far below what is usual, where neither its own "
    "history nor the rest of the force explains it.",
    "It is shown nowhere and compared with nothing until somebody decides whether it is real.",
)
NOT_FOLLOWED = Refusal(
    busy="Not recorded: {reason}.",
    why=(
        "The figures could not be put together anew, and the pages show what they showed. "
        "Decisions that were recorded are followed once this is mended:"
    ),
    caption="What is wrong",
)


def gaps_section(view: AreaView) -> str:
    """Draw the section; gives the page's title."""
    names = {HERE: view.area_name, ALL: "all areas"}
    where = choose("Figures of", "gaps", Choice("part of the country", names, HERE))
    _outcome()
    gaps = gaps_answer(view.warehouse, "" if where == ALL else view.area_code)
    if len(gaps):
        _table(gaps, view)
    about("What is held, and why", HELD)
    if len(gaps):
        _form(gaps)
    return words.gaps_title(gaps, names[where])


def _table(gaps: pd.DataFrame, view: AreaView) -> None:
    table = words.gaps_table(gaps)
    if len(table) <= READ_ROWS:
        show_reading_table(table, caption="Figures that are held as suspected gaps")
    else:
        show_grid(table, alt="Figures that are held as suspected gaps")
    download(gaps, name="suspected_gaps", illustrative=view.is_illustrative)


def _form(gaps: pd.DataFrame) -> None:
    """Ask for a decision on one figure or several."""
    rows = dict(enumerate(rows_of(gaps, words.Gap)))
    st.header("Record a decision", anchor=False)
    with st.form("rule", clear_on_submit=False):
        chosen = st.multiselect(
            "Figures",
            list(rows),
            format_func=lambda number: words.figure_name(rows[number]),
            key="rule_figures",
            placeholder="Choose one or several",
        )
        decision = st.radio(
            "Decision",
            ["gap", "real"],
            format_func=lambda each: words.RULINGS[each],
            index=None,
            key="rule_decision",
        )
        reason = st.text_input("Reason", key="rule_reason")
        ruled_by = ask_name("loaded_by")
        sent = st.form_submit_button("Record", icon=":material/gavel:")
    if not sent:
        return
    if not (chosen and decision and reason.strip() and ruled_by.strip()):
        st.warning(
            "Choose the figures and a decision, and give a reason and your name.",
            icon=":material/edit:",
        )
        return
    figures = [
        (row.area, row.measure, row.period_kind, pd.Timestamp(row.period).date())
        for row in (rows[number] for number in chosen)
    ]
    st.session_state[RULE] = Work(
        functools.partial(
            _rule, figures=figures, decision=decision, reason=reason, ruled_by=ruled_by.strip()
        )
    )
    _outcome()


def _rule(progress, *, figures, decision, reason, ruled_by) -> int:  # noqa: ANN001
    return rule(
        data_dir(), figures, decision=decision, reason=reason, ruled_by=ruled_by, progress=progress
    )


def _outcome() -> None:
    """Wait for a decision that is being followed, and say how the last one ended."""
    work = st.session_state.get(RULE)
    if work is not None:
        _settle(work)
    count = st.session_state.pop(RULED, 0)
    if count:
        figures = "1 figure" if count == 1 else f"{count:,} figures"
        st.success(
            f"Your decision on {figures} is recorded, and every page follows it.",
            icon=":material/check_circle:",
        )


def _settle(work: Work[int]) -> None:
    count = settled(work, NOT_FOLLOWED)
    st.session_state.pop(RULE, None)
    if count is not None:
        st.session_state[RULED] = count
        take_up_published()
        for key in ("rule_figures", "rule_decision", "rule_reason"):
            st.session_state.pop(key, None)
        st.rerun()
