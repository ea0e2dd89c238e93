"""Most Similar Group: where the area stands among those that it is compared with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.picture import NoFiguresError
from dashboard.analysis.ranking import groups_of
from dashboard.analysis.session import Session
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


def page(session: Session) -> None:
    """Draw the page."""
    indicators = ranked_indicators(session)
    if indicators.empty:
        st.title("There is nothing to rank: no figures per resident", anchor=False)
        _say_without_group(session)
        return
    _compare(session, indicators)


@redrawn_alone
def _compare(session: Session, indicators: pd.DataFrame) -> None:
    # The finding is of what is chosen, and stands above the choices.
    title = st.container()
    _say_without_group(session)
    chosen = choose_peers(session, indicators)
    try:
        ranking = session.ranking(chosen.indicator, *chosen.options)
    except NoFiguresError as nobody:
        title.title(plain(f"{session.picture.area_name} cannot be ranked so"), anchor=False)
        st.info(plain(f"{str(nobody)[:1].upper()}{str(nobody)[1:]}."), icon=":material/info:")
        return
    title.title(plain(headline(ranking)), anchor=False)
    jump_links(HEADINGS)
    show_place(session, chosen)
    show_course(session, chosen)
    show_funnel(session, chosen)
    show_members(session, chosen)


def _say_without_group(session: Session) -> None:
    if groups_of(session.picture).empty:
        st.info(plain(peers.without_group(session.picture.area_name)), icon=":material/groups:")
