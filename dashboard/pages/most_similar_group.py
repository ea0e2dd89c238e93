"""Most Similar Group: where the area stands among those that it is compared with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.picture import NoFiguresError
from dashboard.answers.ranking import groups_of
from dashboard.exhibits import peers
from dashboard.layout.parts import plain
from dashboard.layout.peer_choices import choose_peers
from dashboard.layout.peer_sections import show_course, show_funnel, show_members, show_place
from dashboard.session import Session


def page(session: Session) -> None:
    """Draw the page."""
    st.title("Most Similar Group", anchor=False)
    indicators = _ranked(session)
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
        answer = session.ranking(chosen.indicator, *chosen.options)
    except NoFiguresError as nobody:
        st.info(plain(f"{str(nobody)[:1].upper()}{str(nobody)[1:]}."), icon=":material/info:")
        return
    show_place(session, answer)
    show_course(session, answer, chosen)
    show_funnel(session, answer, chosen)
    show_members(answer)


def _ranked(session: Session) -> pd.DataFrame:
    """Return the indicators that are counted per resident and that the area has figures of."""
    indicators = session.picture.indicators
    with_figures = indicators["indicator_id"].isin(session.picture.indicators_with_figures())
    return indicators[with_figures & indicators["denominator"].ne("")]
