"""The top of the page Indicator: the choice, the finding, the verdict and what is measured."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.status import given_status
from dashboard.exhibits.headline import first_comparable
from dashboard.exhibits.indicator import definition_lines
from dashboard.exhibits.one_indicator import headline, verdict
from dashboard.exhibits.sources import source_of_indicators
from dashboard.layout.choices import choose_indicator, indicators_to_choose
from dashboard.layout.indicator_charts import usual_changes
from dashboard.layout.parts import jump_links, plain, small_print
from dashboard.layout.series_choice import series_line
from dashboard.store.cache import cached_per_build
from dashboard.ui.selection import Choice

SECTIONS = {
    "history": "History",
    "change": "Change",
    "targets": "Targets",
    "place": "Place in the group",
    "parts": "What makes up the change",
    "notes": "Notes and revisions",
    "partners": "Partners and actions",
    "figures": "Figures and sources",
}
"""What follows on the page, by the name that the address has for it."""


def choose_one(view: AreaView) -> str:
    """Ask for any indicator of the catalogue, with figures or without."""
    return choose_indicator(_indicators(view))


@cached_per_build
def _indicators(view: AreaView) -> Choice:
    return indicators_to_choose(view.indicators.sort_values("title"), first_indicator(view))


@cached_per_build
def first_indicator(view: AreaView) -> str:
    """Return the indicator that a page begins with: of the plan's first target, else all crime.

    A target without figures has nothing to begin with.
    """
    promised = view.warehouse.cached_frame("targets", plan=view.plan_id)["indicator_id"]
    first = str(next(iter(promised), ALL_CRIME))
    return first if first in view.indicators_with_figures() else ALL_CRIME


def head(view: AreaView, indicator: str) -> None:
    """Draw the finding as the page's title, the verdict, and the definition."""
    about = view.indicator(indicator)
    changes = usual_changes(view, indicator)
    st.title(plain(headline(about, changes, view.area_name)), anchor=False)
    if line := series_line(view, indicator):
        st.markdown(plain(f"{line}."))
    if view.plan_id:
        word, why = verdict(
            given_status(view, view.as_at_text, indicator=indicator), first_comparable(changes)
        )
        st.markdown(f"**{plain(word)}.** {plain(why)}")
    else:
        st.markdown("No plan is loaded for this area, so there is no target and no verdict.")
    definition, unit, _ = definition_lines(about)
    st.markdown(plain(f"{definition} {unit}"))
    small_print(f"{source_of_indicators(view, indicator)}.")
    jump_links(SECTIONS)


def heading(section: str) -> None:
    """Draw the heading of a section, which the list at the top leads to."""
    st.header(SECTIONS[section], anchor=section, divider="gray")
