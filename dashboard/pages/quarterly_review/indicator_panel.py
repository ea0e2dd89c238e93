"""The panel of one indicator: history, targets, notes, actions, definition."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_names
from dashboard.analysis.review import review as review_answer
from dashboard.analysis.status import given_status
from dashboard.pages.quarterly_review.sheet import evidence
from dashboard.store.cache import cached_per_build
from dashboard.ui.choices import choose
from dashboard.ui.commentary import commentary_section
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, show
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.selection import Choice
from dashboard.words.gaps import held_lines
from dashboard.words.indicator import (
    actions_table,
    definition_lines,
    notes_lines,
    targets_table,
)

NONE_CHOSEN = "Choose an indicator"


def choose_one(view: AreaView) -> str:
    """Ask for one of the indicators of the review; "" while none is chosen."""
    return choose("Indicator", "indicator", _reviewed(view))


@cached_per_build
def _reviewed(view: AreaView) -> Choice:
    review = review_answer(view, view.as_at_text).sort_values("title")
    titles = dict(zip(review["indicator_id"], review["title"], strict=True))
    return Choice("indicator", {"": NONE_CHOSEN} | distinct_names(titles))


def indicator_panel(indicator: str, view: AreaView) -> None:
    """Draw what is known of an indicator."""
    with st.container(border=True, key="panel"):
        _evidence(indicator, view)
        _targets(indicator, view)
        _notes_and_actions(indicator, view)
        commentary_section(indicator, view)
        with st.expander("Definition and source"):
            for line in definition_lines(view.indicator(indicator)):
                st.markdown(plain(line))
        link_to("indicator", "Everything about it", indicator=indicator)


def _evidence(indicator: str, view: AreaView) -> None:
    found = evidence(view, indicator)
    if found is None:
        st.subheader(plain(view.indicator(indicator).title), anchor=False)
        st.info("No figures of this indicator are loaded for this area.", icon=":material/info:")
        return
    show(found.chart, key=f"{found.kind}_{indicator}", help_for=found.kind, in_section=True)


def _targets(indicator: str, view: AreaView) -> None:
    targets = given_status(view, view.as_at_text)
    own = targets[targets["indicator_id"].eq(indicator)]
    st.markdown("**Targets**")
    if own.empty:
        st.markdown("The plan sets no target on it." if view.plan_id else "No plan is loaded.")
        return
    show_reading_table(targets_table(own), caption="Targets on this indicator")
    link_to("targets", "Its path", indicator=indicator)


def _notes_and_actions(indicator: str, view: AreaView) -> None:
    notes = notes_lines(view.notes_on(indicator), indicator)
    notes += held_lines(view.held_periods, indicator)
    st.markdown("**Data notes**")
    st.markdown("\n".join(f"- {plain(note)}" for note in notes) or "None.")
    if not view.plan_id:
        return
    st.markdown("**Actions that serve it**")
    actions = actions_table(view.warehouse.cached_frame("actions", plan=view.plan_id), indicator)
    if actions.empty:
        st.markdown("The plan names none.")
    show_reading_table(actions, caption="Actions that serve this indicator")
