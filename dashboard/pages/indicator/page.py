"""Indicator: everything about one, its numbers first, then one large chart under tabs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.indicator.compare import compare
from dashboard.pages.indicator.headline import big_numbers, title
from dashboard.pages.indicator.history import history
from dashboard.pages.indicator.notes import notes_and_sources
from dashboard.pages.indicator.partners import partners
from dashboard.pages.indicator.parts import parts
from dashboard.pages.indicator.target import target
from dashboard.pages.indicator.where import where
from dashboard.store.cache import cached_per_build
from dashboard.ui.big_number import show_big_numbers
from dashboard.ui.choices import (
    choose_indicator,
    choose_view,
    first_indicator,
    indicators_to_choose,
)
from dashboard.ui.parts import plain, small_print
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.ui.series_choice import choose_series, series_line
from dashboard.ui.without_targets import plan_without_figures

TABS: dict[str, tuple[str, Callable[[AreaView, str], None]]] = {
    "history": ("History", history),
    "target": ("Target", target),
    "compare": ("Compare", compare),
    "parts": ("Parts", parts),
    "where": ("Where", where),
    "partners": ("Partners", partners),
    "notes": ("Notes", notes_and_sources),
}
"""What can be looked at, by the name that the address has for it."""


def page(view: AreaView) -> None:
    """Draw the page."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    _one(view)


@redrawn_alone
def _one(view: AreaView) -> None:
    """Draw one indicator; another one chosen leaves the links beside the page as they are."""
    said, choice = st.columns([3, 1], vertical_alignment="center")
    with choice:
        indicator = choose_indicator(_indicators(view), has_label=False)
        view = choose_series(view, indicator)
    with said:
        st.title(plain(title(view, indicator)), anchor=False)
    show_big_numbers(big_numbers(view, indicator))
    if "; also " in (line := series_line(view, indicator)):
        small_print(f"{line}.")
    tabs = Choice("view", {known: name for known, (name, _) in TABS.items()}, "history")
    _, draw = TABS[choose_view("Look at", "tab", tabs)]
    draw(view, indicator)


@cached_per_build
def _indicators(view: AreaView) -> Choice:
    return indicators_to_choose(view.indicators.sort_values("title"), first_indicator(view))
