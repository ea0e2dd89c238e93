"""The panel of one indicator: its chart, who owns it, and what is to be known and done."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.analysis.actions import actions_in
from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.ranking import ranking
from dashboard.analysis.status import given_status
from dashboard.metrics.ranking import ordinal
from dashboard.pages.quarterly_review.agenda import Item
from dashboard.pages.quarterly_review.meeting import decision
from dashboard.pages.quarterly_review.sheet import evidence, meeting_sheet
from dashboard.store.cache import cached_per_build
from dashboard.ui.action_state import recorded, state_names
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose_view
from dashboard.ui.commentary import commentary_section
from dashboard.ui.indicator_charts import place_of
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, plot, show_source
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.selection import Choice
from dashboard.words.actions import serving, short_lines
from dashboard.words.gaps import held_lines
from dashboard.words.indicator import definition_lines, notes_lines, targets_table

PANEL = "panel"
"""The key of the panel's container."""


def panel(view: AreaView, indicator: str, items: list[Item]) -> None:
    """Draw what is known of an indicator.

    Args:
        view: The answers.
        indicator: Of the review.
        items: The quarter's agenda.
    """
    said = meeting_sheet(view).said[indicator]
    with st.container(key=PANEL, gap="small"):
        found = evidence(view, indicator)
        if found is None:
            st.header(plain(said.title), anchor=False)
            st.info(
                "No figures of this indicator are loaded for this area.", icon=":material/info:"
            )
        else:
            chart_card(
                found.chart,
                key=f"review_{indicator}",
                file=file_name(view, indicator, "review"),
                title=said.title,
                subtitle=found.measure,
                verdict=said.verdict,
                line=said.figures,
                said=[each for each in (said.why, said.quarter) if each],
                help_for=found.kind,
            )
        if view.plan_id:
            st.markdown(f"**Owner:** {plain(said.owner)}")
        _parts(view, indicator, items)


def own_item(view: AreaView, subject: str, items: list[Item]) -> None:
    """Draw an item of the agenda that is about no indicator."""
    with st.container(key=PANEL, border=True, gap="small"):
        st.header(plain(subject), anchor=False)
        decision(view, subject, items)


def _parts(view: AreaView, indicator: str, items: list[Item]) -> None:
    draw: dict[str, Callable[[AreaView, str], None]] = {
        "decision": lambda view, indicator: decision(view, indicator, items),
        "partners": commentary_section,
        "actions": _actions,
        "targets": _targets,
        "notes": _notes,
        "place": _place,
    }
    names = _names(view, indicator)
    part = choose_view("Of this indicator", "part", Choice("part", names, next(iter(names))))
    draw[part](view, indicator)


@cached_per_build
def _names(view: AreaView, indicator: str) -> dict[str, str]:
    """Return what can be looked at, each with how much there is."""
    of_plan = {
        "actions": len(serving(actions_in(view), indicator)),
        "targets": len(_targets_on(view, indicator)),
    }
    counts = (of_plan if view.plan_id else {}) | {"notes": len(_notes_on(view, indicator))}
    names = {"decision": "Decision", "partners": "Partners"} | {
        known: f"{known.capitalize()} {count}" for known, count in counts.items()
    }
    try:
        place = ranking(view, indicator).place
    except NoFiguresError:
        return names
    is_ranked = not place.is_withheld and place.rank is not None
    return names | {"place": f"Place {ordinal(place.rank)} of {place.of}" if is_ranked else "Place"}


def _actions(view: AreaView, indicator: str) -> None:
    lines = short_lines(serving(actions_in(view, recorded(view)), indicator), state_names())
    st.markdown("\n".join(f"- {plain(line)}" for line in lines) or "The plan names none.")
    if lines:
        link_to("actions", "The whole plan, and how far it is")


def _targets_on(view: AreaView, indicator: str) -> pd.DataFrame:
    targets = given_status(view, view.as_at_text)
    return targets[targets["indicator_id"].eq(indicator)]


def _targets(view: AreaView, indicator: str) -> None:
    own = _targets_on(view, indicator)
    if own.empty:
        st.markdown("The plan sets no target on it." if view.plan_id else "No plan is loaded.")
        return
    show_reading_table(targets_table(own), caption="Targets on this indicator")
    link_to("targets", "Its path", indicator=indicator)


def _notes_on(view: AreaView, indicator: str) -> list[str]:
    notes = notes_lines(view.notes_on(indicator), indicator)
    return [*notes, *held_lines(view.held_periods, indicator)]


def _notes(view: AreaView, indicator: str) -> None:
    lines = [*_notes_on(view, indicator), *definition_lines(view.indicator(indicator))]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    link_to("indicator", "Everything about it", indicator=indicator)


def _place(view: AreaView, indicator: str) -> None:
    drawn = place_of(view, indicator)
    if isinstance(drawn, str):
        st.markdown(plain(drawn))
        return
    st.markdown(plain(f"{drawn.caption.title}."))
    plot(drawn, key=f"place_{indicator}")
    show_source(drawn.caption.source, illustrative=drawn.caption.illustrative)
    link_to("most_similar_group", "The whole group", indicator=indicator)
