"""What a meeting must decide: a card each, and the panel of the indicator looked at."""

from __future__ import annotations

import streamlit as st

from dashboard.exhibits.exceptions import how_tested, quiet_lines, quiet_title
from dashboard.exhibits.meeting import Attention, exceptions
from dashboard.exhibits.targets import others_missed
from dashboard.layout.indicator_panel import choose_one, indicator_panel
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, small_print
from dashboard.session import Session


@st.fragment
def exceptions_and_one_indicator(session: Session) -> None:
    """Draw the exceptions, and the indicator chosen; only this part is drawn anew."""
    found = exceptions(session.review())
    if found:
        st.subheader("What needs a decision", anchor=False)
    for each in found:
        _exception(each, session)
    others = others_missed(session.targets(), session.review())
    if others:
        st.markdown(plain(others))
        link_to("targets", "Every target")
    _gone_quiet(session)
    with st.container(key="not_printed_choice"):
        st.subheader("Look closer at one indicator", anchor=False)
        chosen = choose_one(session)
    if chosen and chosen not in [each.indicator_id for each in found]:
        indicator_panel(chosen, session)


def _gone_quiet(session: Session) -> None:
    """Say what needed attention a quarter ago and does not now, and how changes were tested."""
    answer = session.exceptions()
    lines = quiet_lines(answer)
    if lines:
        st.markdown(f"**{plain(quiet_title(answer))}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    tested = how_tested(answer)
    if tested:
        small_print(tested)


def _exception(each: Attention, session: Session) -> None:
    is_open = st.query_params.get("indicator") == each.indicator_id
    with st.container(border=True, key=f"card_{each.indicator_id}", gap="xxsmall"):
        st.markdown(f"**{plain(each.title)}**")
        st.markdown(plain(f"{each.why} {each.figures} {each.owner}"))
        st.button(
            "Close" if is_open else "Look closer",
            key=f"closer_{each.indicator_id}",
            icon=":material/close:" if is_open else ":material/search:",
            type="tertiary",
            on_click=_look_at,
            args=("" if is_open else each.indicator_id,),
        )
    if is_open:
        indicator_panel(each.indicator_id, session)


def _look_at(indicator_id: str) -> None:
    """Put an indicator into the address; "" takes it out."""
    if indicator_id:
        st.query_params["indicator"] = indicator_id
    else:
        st.query_params.pop("indicator", None)
