"""The sections of the page Data and methods; each draws itself and returns the page's title."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.analysis.agreement import AgreementAnswer
from dashboard.analysis.agreement import agreement as agreement_answer
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.worth_reporting import worth_reporting
from dashboard.pages.data_and_methods import agreement as agreement_words
from dashboard.pages.data_and_methods import loaded, worth
from dashboard.pages.data_and_methods.freshness import (
    HOW_TO_READ,
    freshness_chart,
    freshness_title,
    sources_of,
)
from dashboard.pages.data_and_methods.gaps import gaps_section
from dashboard.pages.data_and_methods.methods import (
    accessibility_section,
    methods_section,
    record_section,
)
from dashboard.pages.data_and_methods.revisions import revisions_section
from dashboard.ui.big_number import BigNumber, show_big_numbers
from dashboard.ui.chart_card import chart_card
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.parts import about, plain, small_print
from dashboard.ui.reading_table import show_parts, show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words.sources import loads_table

WIDTHS = (30, 17, 11, 32, 10)
"""Of the columns of the plan's figures, in percent: a table for each verdict, all alike."""

TERMS = (34, 22, 18, 26)
"""Of the columns of the licences."""


def _freshness(view: AreaView) -> str:
    sources = sources_of(view)
    if len(sources):
        chart_card(
            freshness_chart(view),
            key="freshness",
            file="sources",
            title="What each source covers",
            said=HOW_TO_READ,
        )
    loads = view.warehouse.cached_frame("loads")
    with st.expander(plain(loaded.loads_title(loads))):
        show_reading_table(loads_table(loads), caption="Files that are loaded")
    rejected = view.warehouse.cached_frame("rejected_rows")
    if len(rejected):
        st.header("Rejected rows", anchor=False)
        show_grid(loaded.rejected_table(rejected), alt="Table of rejected rows")
        download(rejected, name="rejected_rows", illustrative=view.is_illustrative)
    return freshness_title(sources, view.area_name)


def _agreement(view: AreaView) -> str:
    answer = agreement_answer(view)
    if answer.stated:
        show_big_numbers([BigNumber(*each) for each in agreement_words.agreement_numbers(answer)])
        small_print(agreement_words.agreement_line(answer))
        _figures(view)
    return agreement_words.agreement_title(answer)


@redrawn_alone
def _figures(view: AreaView) -> None:
    """Draw the plan's figures beside the computed, those of one verdict or all."""
    answer = agreement_answer(view)
    verdict = choose("Verdict", "verdict", _verdicts(answer))
    table = agreement_words.agreement_table(
        answer.figures, view.warehouse.cached_frame("indicators"), verdict
    )
    caption = "Figures that the plan states, and what was computed"
    parts = agreement_words.by_verdict(table) if len(table) else {}
    show_parts(parts, caption=caption, widths=WIDTHS)
    download(answer.figures, name="agreement", illustrative=view.is_illustrative)


def _verdicts(answer: AgreementAnswer) -> Choice:
    """Return the choice of a verdict: at first one that asks for something, where there is any."""
    counts = agreement_words.agreement_counts(answer)
    names = {verdict: f"{verdict.capitalize()} ({count})" for verdict, count in counts.items()}
    asking = (each for each in agreement_words.FIRST_IN_TABLE if counts[each])
    return Choice("verdict", {**names, "": f"All ({answer.stated})"}, next(asking, ""))


def _notes(view: AreaView) -> str:
    notes = view.warehouse.cached_frame("notes", plan=view.plan_id)
    table = loaded.notes_table(notes, view.warehouse.cached_frame("indicators"))
    show_reading_table(table, caption="Data notes")
    return loaded.notes_title(notes)


def _worth(view: AreaView) -> str:
    answer = worth_reporting(view)
    table = worth.worth_table(answer)
    show_reading_table(table, caption="Indicators, and which of them could go")
    download(answer.indicators, name="worth_reporting", illustrative=answer.illustrative)
    about("What a smaller set would lose", worth.worth_lines(answer))
    return worth.worth_title(answer)


def _definitions(view: AreaView) -> str:
    indicators = view.warehouse.cached_frame("indicators")
    table = loaded.definitions_table(indicators)
    show_reading_table(table, caption="Indicators and what they mean")
    download(indicators, name="definitions", illustrative=False)
    return f"{len(indicators)} indicators and what they mean"


def _licences(view: AreaView) -> str:
    table = loaded.licences_table(view.warehouse.cached_frame("loads"))
    show_reading_table(table, caption="Publications and their licences", widths=TERMS)
    small_print(loaded.ACKNOWLEDGED)
    return "Under which terms the figures are used"


DRAW: dict[str, Callable[[AreaView], str]] = {
    "loads": _freshness,
    "agreement": _agreement,
    "gaps": gaps_section,
    "revisions": revisions_section,
    "notes": _notes,
    "worth": _worth,
    "definitions": _definitions,
    "methods": methods_section,
    "record": record_section,
    "licences": _licences,
    "accessibility": accessibility_section,
}
