"""Most Similar Group: where the area stands among those that it is compared with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.groups import groups_of
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.exhibits import peers
from dashboard.exhibits.ranking import headline
from dashboard.layout.parts import jump_links, plain
from dashboard.layout.peer_choices import choose_peers, ranked_indicators
from dashboard.layout.peer_sections import (
    HEADINGS,
    show_course,
    show_funnel,
    show_members,
    show_place,
)
from dashboard.layout.redrawn import redrawn_alone


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
    # The finding is of what is chosen, and stands above the choices.
    title = st.container()
    _say_without_group(view)
    view, chosen = choose_peers(view, indicators)
    try:
        ranking = ranking_answer(view, chosen.indicator, *chosen.options)
    except NoFiguresError as nobody:
        title.title(plain(f"{view.area_name} cannot be ranked so"), anchor=False)
        st.info(plain(f"{str(nobody)[:1].upper()}{str(nobody)[1:]}."), icon=":material/info:")
        return
    title.title(plain(headline(ranking)), anchor=False)
    jump_links(HEADINGS)
    show_place(view, chosen)
    show_course(view, chosen)
    show_funnel(view, chosen)
    show_members(view, chosen)


def _say_without_group(view: AreaView) -> None:
    if groups_of(view).empty:
        st.info(plain(peers.without_group(view.area_name)), icon=":material/groups:")
