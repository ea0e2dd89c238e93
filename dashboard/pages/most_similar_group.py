"""Most Similar Group: where the area stands among those that it is compared with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.ranking import BASES, SAME_FORCE, RankingAnswer, groups_of, same_force
from dashboard.exhibits import peers
from dashboard.exhibits.ranking import gap_text, movement_chart, ranking_chart
from dashboard.layout.choices import BASIS_NAMES, choose, choose_group, choose_indicator
from dashboard.layout.parts import download, plain, show, show_table
from dashboard.selection import Choice, group_of
from dashboard.session import Session

FIRST_INDICATOR = "all_crime"


def page(session: Session) -> None:
    """Draw the page."""
    st.title("Most Similar Group", anchor=False)
    indicators = _ranked(session)
    groups = groups_of(session.picture)
    if groups.empty:
        st.info(plain(peers.without_group(session.picture.area_name)), icon=":material/groups:")
    if indicators.empty or (groups.empty and len(same_force(session.picture)) <= 1):
        st.markdown("There is nothing to rank: no figures per resident, or nobody to compare with.")
        return
    _compare(session, indicators, groups)


@st.fragment
def _compare(session: Session, indicators: pd.DataFrame, groups: pd.DataFrame) -> None:
    answer = _choose(session, indicators, groups)
    source = session.source(answer.indicator)
    show(ranking_chart(answer, source=source), key="ranking")
    st.markdown(f"**{plain(gap_text(answer))}** {plain(peers.about_group(answer, len(groups)))}")
    moved = movement_chart(answer, source=source)
    if moved is not None:
        show(moved, key="movement")
    st.subheader("Every member", anchor=False)
    show_table(peers.members_table(answer), alt=f"Members of {answer.group}, best first")
    table = peers.members_for_download(answer)
    download(table, name=f"ranking_{answer.indicator}", illustrative=answer.illustrative)
    st.subheader("What this rests on", anchor=False)
    show_table(peers.rests_on(answer), alt="Group, means and denominators")


def _choose(session: Session, indicators: pd.DataFrame, groups: pd.DataFrame) -> RankingAnswer:
    which, period, group = st.columns(3)
    with which:
        indicator = choose_indicator(indicators, FIRST_INDICATOR)
    with period:
        names = {basis: BASIS_NAMES[basis] for basis in session.bases(indicator)}
        basis = choose("Period", "basis", Choice("period", names, next(iter(names), "")))
    with group:
        chosen, edition = group_of(choose_group(groups)) if len(groups) else (SAME_FORCE, "")
        if groups.empty:
            st.markdown(f"Compared with: **{SAME_FORCE}**, which is not a similar group")
    return session.ranking(indicator, basis or BASES[-1], chosen, edition)


def _ranked(session: Session) -> pd.DataFrame:
    """Return the indicators that are counted per resident and that the area has figures of."""
    indicators = session.picture.indicators
    with_figures = indicators["indicator_id"].isin(session.picture.indicators_with_figures())
    return indicators[with_figures & indicators["denominator"].ne("")]
