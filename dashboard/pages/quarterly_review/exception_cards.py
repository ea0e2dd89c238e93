"""What a meeting must decide: a card each, and the panel of the indicator looked at."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.quarterly_review.attention import Attention
from dashboard.pages.quarterly_review.indicator_panel import choose_one, indicator_panel
from dashboard.pages.quarterly_review.sheet import Decisions, decisions
from dashboard.ui.links import link_to
from dashboard.ui.parts import labelled, plain, small_print
from dashboard.ui.redrawn import redrawn_alone

DECIDE, CLOSER = "decisions", "closer"
HEADINGS = {DECIDE: "What needs a decision", CLOSER: "Look closer at one indicator"}


def headings(view: AreaView) -> dict[str, str]:
    """Return the headings of this part, by their anchors."""
    needed = (DECIDE, CLOSER) if decisions(view).exceptions else (CLOSER,)
    return {anchor: HEADINGS[anchor] for anchor in needed}


@redrawn_alone
def exceptions_and_one_indicator(view: AreaView) -> None:
    """Draw the exceptions, and the indicator chosen; only this part is drawn anew."""
    to_decide = decisions(view)
    found = to_decide.exceptions
    if found:
        st.header(HEADINGS[DECIDE], anchor=DECIDE)
    for each in found:
        _exception(each, view)
    if to_decide.others:
        st.markdown(plain(to_decide.others))
        link_to("targets", "Every target")
    _gone_quiet(to_decide)
    with st.container(key="not_printed_choice"):
        st.header(HEADINGS[CLOSER], anchor=CLOSER)
        chosen = choose_one(view)
    if chosen and chosen not in [each.indicator_id for each in found]:
        indicator_panel(chosen, view)


def _gone_quiet(to_decide: Decisions) -> None:
    """Say what needed attention a quarter ago and does not now, and how changes were tested."""
    if to_decide.quiet:
        st.markdown(f"**{plain(to_decide.quiet_title)}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in to_decide.quiet))
    if to_decide.tested:
        small_print(to_decide.tested)


def _exception(each: Attention, view: AreaView) -> None:
    is_open = st.query_params.get("indicator") == each.indicator_id
    with st.container(border=True, key=f"card_{each.indicator_id}", gap="xxsmall"):
        st.markdown(f"**{plain(each.title)}**")
        labelled(each.lines)
        st.button(
            "Close" if is_open else "Look closer",
            key=f"closer_{each.indicator_id}",
            icon=":material/close:" if is_open else ":material/search:",
            type="tertiary",
            on_click=_look_at,
            args=("" if is_open else each.indicator_id,),
        )
    if is_open:
        indicator_panel(each.indicator_id, view)


def _look_at(indicator_id: str) -> None:
    """Put an indicator into the address; "" takes it out."""
    if indicator_id:
        st.query_params["indicator"] = indicator_id
    else:
        st.query_params.pop("indicator", None)
