"""Files being checked and loaded: what runs aside, its progress, and how it ended.

Four things are kept in the session, so that a click elsewhere loses nothing: what was brought,
the check, the load, and the last word on it.
"""

from __future__ import annotations

import functools

import streamlit as st

from dashboard.intake.background_work import Work
from dashboard.intake.boundary_files import take_out
from dashboard.intake.loading import (
    Brought,
    FilePreview,
    Loaded,
    load,
    preview_files,
)
from dashboard.pages.load_figures import words
from dashboard.pages.load_figures.form import empty_form
from dashboard.store.builds import data_dir, published_database, take_up_published
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.waiting import Refusal, finished, settled

BROUGHT, CHECK, LOAD, DONE = "load_brought", "load_check", "load_work", "load_done"
ACCEPT = "load_accept_partial"
NOT_LOADED = Refusal(
    busy="Not loaded: {reason}. Nothing was kept.",
    why="Nothing was loaded, and nothing has changed. Why:",
    caption="Why nothing was loaded",
    unwritten="Nothing was loaded: the figures could not be written",
)


def begin_check(brought: Brought) -> None:
    """Begin to preview files; an earlier preview is forgotten."""
    forget()
    st.session_state[BROUGHT] = brought
    st.session_state[CHECK] = Work(functools.partial(preview_files, data_dir(), brought))


def checked() -> list[FilePreview]:
    """Return what the files hold, once that is known; [] before any were brought."""
    work = st.session_state.get(CHECK)
    if work is None:
        return []
    try:
        return finished(work)
    except OSError as error:
        forget()
        st.error(plain(f"The files could not be read: {error}."), icon=":material/error:")
        return []


def forget() -> None:
    """Forget what was brought, and what came of it."""
    for key in (BROUGHT, CHECK, LOAD, DONE, ACCEPT):
        st.session_state.pop(key, None)


def show_outcome() -> None:
    """Wait for a load that was begun, and say how the last one ended."""
    work = st.session_state.get(LOAD)
    if work is not None:
        _settle(work)
    done = st.session_state.get(DONE)
    if done is not None:
        _show_loaded(done)


def _show_loaded(done: Loaded) -> None:
    if done.files:
        sentence = words.loaded_sentence(done.files, done.seen_on)
        st.success(plain(sentence), icon=":material/check_circle:")
    for plan in done.plans:
        st.success(plain(words.plan_loaded_sentence(plan)), icon=":material/check_circle:")
        link_to("targets", "Its targets", plan=plan, area="", as_at="")
    shapes = done.boundaries
    if shapes.names:
        st.success(plain(words.stored_sentence(shapes.names)), icon=":material/check_circle:")
        link_to("crime_types", "The map", look="map", boundaries=shapes.names[0])
    if shapes.new:
        st.button(
            "Take the boundaries out again",
            key="boundaries_out",
            icon=":material/undo:",
            on_click=_take_out,
            args=(done,),
        )
    if done == Loaded():
        st.info("The boundaries are taken out again.", icon=":material/undo:")


def _take_out(done: Loaded) -> None:
    take_out(data_dir(), done.boundaries.new)
    st.session_state[DONE] = Loaded(done.files, done.plans)


def offer_to_load(previews: list[FilePreview]) -> None:
    """Offer to load what can be loaded; bad rows are left out only if that is ticked."""
    usable = [each for each in previews if each.can_be_loaded]
    if not usable:
        return
    if any(each.database != published_database() for each in usable):
        st.warning(
            "Other figures were published since these files were checked. Press Check again to "
            "see what they would change now.",
            icon=":material/update:",
        )
        return
    accepted = True
    if any(len(each.problems) for each in usable):
        accepted = st.checkbox("Load the good rows without the bad ones", key=ACCEPT)
    st.button(
        words.load_label(len(usable), len(previews)),
        type="primary",
        icon=":material/upload:",
        disabled=not accepted,
        on_click=_begin_load,
        args=(previews,),
    )


def _begin_load(previews: list[FilePreview]) -> None:
    if LOAD in st.session_state:
        return
    brought = st.session_state[BROUGHT]
    st.session_state[LOAD] = Work(functools.partial(load, data_dir(), brought, previews))


def _settle(work: Work[Loaded]) -> None:
    loaded = settled(work, NOT_LOADED)
    st.session_state.pop(LOAD, None)
    if loaded is not None:
        forget()
        empty_form()
        take_up_published()
        st.session_state[DONE] = loaded
        st.rerun()
