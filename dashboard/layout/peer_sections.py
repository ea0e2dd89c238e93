"""Parts of the Most Similar Group page: place, who is near, course, funnel, what it rests on."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.funnel import AMONG
from dashboard.answers.groups import groups_of
from dashboard.answers.ranking import RankingAnswer
from dashboard.exhibits import peers
from dashboard.exhibits.funnel import funnel_chart
from dashboard.exhibits.places_over_time import editions_table, places_chart
from dashboard.exhibits.ranking import gap_text, movement_chart, ranking_chart
from dashboard.exhibits.standing import certainty_text, going_on_text, near_table
from dashboard.layout.choices import choose
from dashboard.layout.downloads import download
from dashboard.layout.parts import plain, show, show_table
from dashboard.layout.peer_choices import PeerChoice
from dashboard.selection import Choice
from dashboard.session import Session


def show_place(session: Session, answer: RankingAnswer) -> None:
    """Show the ranked bars, the gap to third place, how sure the place is, and who is near."""
    chart = ranking_chart(answer, source=session.source(answer.indicator))
    show(chart, key="ranking", help_for="ranked_bars")
    st.markdown(f"**{plain(gap_text(answer))}** {plain(going_on_text(answer))}")
    st.markdown(plain(certainty_text(answer)))
    st.markdown(plain(peers.about_group(answer, len(groups_of(session.picture)))))
    near = near_table(answer)
    if len(near):
        st.subheader("Who is near", anchor=False)
        show_table(near, alt=f"Members next to {answer.area_name} in order of place")


def show_course(session: Session, answer: RankingAnswer, chosen: PeerChoice) -> None:
    """Show the places over time, or the step of a year, and what changed in the group."""
    source = session.source(answer.indicator)
    course = session.movement(chosen.indicator, *chosen.options)
    places = places_chart(course, source=source)
    drawn = places or movement_chart(answer, source=source)
    if drawn is not None:
        show(drawn, key="movement", help_for="movement" if places is None else "places")
    editions = editions_table(course)
    if len(editions):
        with st.expander("What each edition of the group changed"):
            show_table(editions, alt=f"Editions of {answer.group}")


def show_funnel(session: Session, answer: RankingAnswer, chosen: PeerChoice) -> None:
    """Show the funnel of the group, or of every area of the kind."""
    among = choose("Funnel of", "among", Choice("set of areas", AMONG, "group"))
    funnel = session.funnel(chosen.indicator, *chosen.options, among=among)
    drawn = funnel_chart(funnel, source=session.source(answer.indicator))
    if drawn is not None:
        show(drawn, key="funnel", help_for="funnel")


def show_members(answer: RankingAnswer) -> None:
    """Show every member, and what the comparison rests on."""
    st.subheader("Every member", anchor=False)
    show_table(peers.members_table(answer), alt=f"Members of {answer.group}, best first")
    table = peers.members_for_download(answer)
    download(table, name=f"ranking_{answer.indicator}", illustrative=answer.illustrative)
    st.subheader("What this rests on", anchor=False)
    show_table(peers.rests_on(answer), alt="Group, means and denominators")
