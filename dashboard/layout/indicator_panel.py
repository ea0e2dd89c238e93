"""The panel of one indicator: history, targets, notes, actions, definition."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.names import named_apart
from dashboard.analysis.session import Session
from dashboard.exhibits.gaps import held_lines
from dashboard.exhibits.indicator import (
    actions_table,
    definition_lines,
    notes_lines,
    targets_table,
)
from dashboard.layout.choices import choose
from dashboard.layout.commentary import commentary_section
from dashboard.layout.links import link_to
from dashboard.layout.meeting_sheet import evidence
from dashboard.layout.parts import plain, show
from dashboard.layout.reading_table import show_reading_table
from dashboard.store.cache import cached_per_build
from dashboard.ui.selection import Choice

NONE_CHOSEN = "Choose an indicator"


def choose_one(session: Session) -> str:
    """Ask for one of the indicators of the review; "" while none is chosen."""
    return choose("Indicator", "indicator", _reviewed(session))


@cached_per_build
def _reviewed(session: Session) -> Choice:
    review = session.review().sort_values("title")
    titles = dict(zip(review["indicator_id"], review["title"], strict=True))
    return Choice("indicator", {"": NONE_CHOSEN} | named_apart(titles))


def indicator_panel(indicator: str, session: Session) -> None:
    """Draw what is known of an indicator."""
    with st.container(border=True, key="panel"):
        _evidence(indicator, session)
        _targets(indicator, session)
        _notes_and_actions(indicator, session)
        commentary_section(indicator, session)
        with st.expander("Definition and source"):
            for line in definition_lines(session.picture.indicator(indicator)):
                st.markdown(plain(line))
        link_to("indicator", "Everything about it", indicator=indicator)


def _evidence(indicator: str, session: Session) -> None:
    found = evidence(session, indicator)
    if found is None:
        st.subheader(plain(str(session.picture.indicator(indicator)["title"])), anchor=False)
        st.info("No figures of this indicator are loaded for this area.", icon=":material/info:")
        return
    show(found.chart, key=f"{found.kind}_{indicator}", help_for=found.kind, in_section=True)


def _targets(indicator: str, session: Session) -> None:
    targets = session.targets()
    own = targets[targets["indicator_id"].eq(indicator)]
    st.markdown("**Targets**")
    if own.empty:
        st.markdown("The plan sets no target on it." if session.plan else "No plan is loaded.")
        return
    show_reading_table(targets_table(own), caption="Targets on this indicator")
    link_to("targets", "Its path", indicator=indicator)


def _notes_and_actions(indicator: str, session: Session) -> None:
    notes = notes_lines(session.picture.notes_on(indicator), indicator)
    notes += held_lines(session.picture.held_periods, indicator)
    st.markdown("**Data notes**")
    st.markdown("\n".join(f"- {plain(note)}" for note in notes) or "None.")
    if not session.plan:
        return
    st.markdown("**Actions that serve it**")
    actions = actions_table(session.frame("actions", plan=session.plan), indicator)
    if actions.empty:
        st.markdown("The plan names none.")
    show_reading_table(actions, caption="Actions that serve this indicator")
