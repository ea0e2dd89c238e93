"""Most Similar Group: where the area stands among those that it is compared with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.picture import NoFiguresError
from dashboard.answers.ranking import groups_of
from dashboard.exhibits import peers
from dashboard.layout.parts import plain
from dashboard.layout.peer_choices import choose_peers, ranked_indicators
from dashboard.layout.peer_sections import show_course, show_funnel, show_members, show_place
from dashboard.session import Session


def page(session: Session) -> None:
    """Draw the page."""
    st.title("Most Similar Group", anchor=False)
    indicators = ranked_indicators(session)
    if groups_of(session.picture).empty:
        st.info(plain(peers.without_group(session.picture.area_name)), icon=":material/groups:")
    if indicators.empty:
        st.markdown("There is nothing to rank: no figures per resident.")
        return
    _compare(session, indicators)


@st.fragment
def _compare(session: Session, indicators: pd.DataFrame) -> None:
    chosen = choose_peers(session, indicators)
    try:
        session.ranking(chosen.indicator, *chosen.options)
    except NoFiguresError as nobody:
        st.info(plain(f"{str(nobody)[:1].upper()}{str(nobody)[1:]}."), icon=":material/info:")
        return
    show_place(session, chosen)
    show_course(session, chosen)
    show_funnel(session, chosen)
    show_members(session, chosen)
