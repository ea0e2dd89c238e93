"""Most Similar Group: where the area stands among those that it is compared with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.groups import groups_of
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.pages.most_similar_group.choices import choose_peers, ranked_indicators
from dashboard.pages.most_similar_group.headline import big_numbers, title
from dashboard.pages.most_similar_group.sections import (
    show_course,
    show_funnel,
    show_members,
    show_near,
    show_place,
    show_rests,
)
from dashboard.ui.big_number import show_big_numbers
from dashboard.ui.choices import choose_view
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words import peers

TABS = {
    "near": ("Who is near", show_near),
    "funnel": ("Funnel", show_funnel),
    "members": ("Every member", show_members),
    "rests": ("What this rests on", show_rests),
}
"""What can be looked at under the two charts, by the name that the address has for it."""


def page(view: AreaView) -> None:
    """Draw the page."""
    indicators = ranked_indicators(view)
    if indicators.empty:
        st.title("There is nothing to rank: no figures per resident", anchor=False)
        _say_without_group(view)
        return
    _compare(view, indicators)


@redrawn_alone
def _compare(view: AreaView, indicators: pd.DataFrame) -> None:
    finding, choices = st.columns([4, 3], vertical_alignment="center")
    with choices, st.container(horizontal=True, wrap=False):
        view, chosen = choose_peers(view, indicators)
    try:
        ranking = ranking_answer(view, chosen.indicator, *chosen.options)
    except NoFiguresError as nobody:
        finding.title(plain(f"{view.area_name} cannot be ranked so"), anchor=False)
        st.info(plain(f"{str(nobody)[:1].upper()}{str(nobody)[1:]}."), icon=":material/info:")
        return
    finding.title(plain(title(ranking)), anchor=False)
    show_big_numbers(big_numbers(ranking))
    _say_without_group(view)
    place, course = st.columns(2)
    with place:
        show_place(view, chosen)
    with course:
        show_course(view, chosen)
    tabs = Choice("view", {known: name for known, (name, _) in TABS.items()}, "near")
    _, draw = TABS[choose_view("Look at", "tab", tabs)]
    draw(view, chosen)


def _say_without_group(view: AreaView) -> None:
    if groups_of(view).empty:
        st.info(
            plain(peers.without_group(view.area_name, has_plan=bool(view.plan_id))),
            icon=":material/groups:",
        )
