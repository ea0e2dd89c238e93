"""A target being saved: what runs aside, its progress, and how it ended."""

from __future__ import annotations

import functools
from datetime import date

import streamlit as st

from dashboard.analysis.area_view import view_of
from dashboard.analysis.rows import Indicator
from dashboard.intake.background_work import Work
from dashboard.intake.own_plans import NewTarget, SavedTarget, write_target
from dashboard.pages.getting_started import draft as words
from dashboard.pages.getting_started.draft import Draft
from dashboard.store.builds import data_dir, shown_warehouse, take_up_published
from dashboard.ui.choices import show_plan
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.waiting import Refusal, settled
from dashboard.words.levels import named

WORK, DONE = "target_work", "target_done"
_SAVING = "target_saving"
"""What is being saved, and the state that holds what was read back of it."""
_ROUND = "target_round"
"""Counts what was saved: a form of a new name is an empty one."""

NOT_SAVED = Refusal(
    busy="Not saved: {reason}. Nothing was kept.",
    why="The target was not saved, and nothing has changed. Why:",
    caption="Why it was not saved",
    unwritten="The target was not saved: its file could not be written",
)


def form_round() -> int:
    """Return how many targets were saved in this visit."""
    return st.session_state.get(_ROUND, 0)


def offer_to_save(draft: Draft, about: Indicator, read: str) -> None:
    """Offer to save what was read back.

    Args:
        draft: What it is.
        about: Its indicator.
        read: The key under which what was read back is kept; forgotten once it is saved.
    """
    st.button(
        "Save this target", key="target_save", type="primary", icon=":material/save:",
        on_click=_begin, args=(draft, words.goal_stated(draft, about), named(about), read),
    )  # fmt: skip


def show_outcome() -> None:
    """Wait for a target that is being saved, and say how the last one ended."""
    work = st.session_state.get(WORK)
    if work is not None:
        _settle(work)
    if done := st.session_state.get(DONE):
        written, area, sentence = done
        st.success(plain(sentence), icon=":material/check_circle:")
        months = view_of(shown_warehouse(), written.plan, area).months_with_figures()
        link_to(
            "targets", "See it on Targets", plan=written.plan, area=area, target=written.target,
            as_at=str(months[-1]) if months else "",
        )  # fmt: skip


def _begin(draft: Draft, stated: str, indicator: str, read: str) -> None:
    if WORK in st.session_state or draft.number is None or draft.due is None:
        return
    goal, number = words.goal_of(draft.way, draft.number)
    new = NewTarget(
        area_code=draft.area_code, area_name=draft.area_name, plan=draft.plan,
        indicator=draft.indicator, goal=goal, goal_number=number, goal_stated=stated,
        baseline_period=draft.baseline_period, due=draft.due, path=draft.path, owner=draft.owner,
        written_by=draft.written_by, written_on=date.today(),  # noqa: DTZ011
    )  # fmt: skip
    st.session_state.pop(DONE, None)
    said = words.saved_sentence(indicator, draft.area_name)
    st.session_state[_SAVING] = (draft.area_code, said, read)
    st.session_state[WORK] = Work(functools.partial(write_target, data_dir(), new))


def _settle(work: Work[SavedTarget]) -> None:
    written = settled(work, NOT_SAVED)
    st.session_state.pop(WORK, None)
    if written is not None:
        area, said, read = st.session_state.pop(_SAVING)
        st.session_state.pop(read, None)
        st.session_state[DONE] = (written, area, said)
        st.session_state[_ROUND] = form_round() + 1
        show_plan(written.plan, area)
        take_up_published()
        st.rerun()
