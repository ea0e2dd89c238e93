"""The guided start: an invitation while nothing of one's own is loaded, and files to begin with."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.exhibits.first_steps import INVITATION, TEMPLATES, is_first_use, write_words
from dashboard.intake.own_plans import plan_files, plan_folder, template_file
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain

__all__ = ["invite", "offer_plan", "offer_templates"]

DISMISSED = "start"
"""The parameter of the address that keeps the invitation away, while it says `NO`."""
NO = "no"


def invite(view: AreaView) -> None:
    """Invite to the guided start, until it is dismissed or there is something of one's own."""
    if DISMISSED in st.session_state or st.query_params.get(DISMISSED) == NO:
        st.session_state[DISMISSED] = NO
        return
    made_up = set(view.warehouse.cached_frame("illustrative_areas")["area_code"])
    if not is_first_use(
        view.warehouse.cached_frame("loads"), view.warehouse.cached_frame("plans"), made_up
    ):
        return
    with st.container(border=True, key="first_use", gap="xxsmall"):
        st.markdown(plain(INVITATION))
        link_to("getting_started", "Getting started")
        st.button("Not now", key="first_use_dismiss", type="tertiary", on_click=_dismiss)


def offer_templates() -> None:
    """Offer the empty templates as downloads."""
    with st.container(horizontal=True, key="templates"):
        for kind, ending, label in TEMPLATES:
            st.download_button(
                label,
                data=template_file(kind, ending),
                file_name=f"{kind}_template.{ending}",
                key=f"template_{kind}_{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def offer_plan(area_code: str, area_name: str) -> None:
    """Show and offer the files of a plan with one target, folded in: the form is the usual way."""
    with st.expander("The same as text files, for those who write TOML"):
        st.markdown(plain(write_words(plan_folder(area_name))))
        _plan_files(area_code, area_name)


def _plan_files(area_code: str, area_name: str) -> None:
    for name, text in plan_files(area_code, area_name).items():
        st.markdown(f"**{name}**")
        st.code(text, language="toml", wrap_lines=True)
        st.download_button(
            f"Download {name}",
            data=text,
            file_name=name,
            key=f"download_{name}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )


def _dismiss() -> None:
    st.session_state[DISMISSED] = NO
    st.query_params[DISMISSED] = NO
