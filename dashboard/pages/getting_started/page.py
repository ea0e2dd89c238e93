"""Getting started: a partnership's own figures and its first target, in three steps."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_area_names
from dashboard.pages.getting_started.files import offer_plan, offer_templates
from dashboard.pages.getting_started.new_target import target_form
from dashboard.pages.getting_started.steps import Steps, steps_done
from dashboard.ui.address import asked_for
from dashboard.ui.chip import chip
from dashboard.ui.choices import choose
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.selection import Choice


def page(view: AreaView) -> None:
    """Draw the page: choose your partnership, load your first file, write your first target."""
    st.title("Your own figures in three steps", anchor=False)
    names = distinct_area_names(view.warehouse.cached_frame("partnerships"))
    default = view.area_code if view.area_code in names else next(iter(names), "")
    partnership = Choice("partnership", names, default)
    is_chosen = bool(asked_for("partnership") or asked_for("area"))
    left, right = st.columns(2)
    with left, st.container(border=True, key="card_partnership", height="stretch"):
        head = st.container()
        code = choose("Your partnership", "partnership", partnership)
        st.markdown(f"Its code, for your files: `{code}`")
    name, done = names.get(code, ""), steps_done(view.warehouse, code, is_chosen=is_chosen)
    with head:
        _head("1. Choose your partnership", "Done" if done.is_chosen else "")
    with right, _step("2. Load your first file", _count(done.files, "file")):
        st.markdown("Publishers' files as they are, or a template that you fill in.")
        with st.container(horizontal=True, vertical_alignment="center"):
            link_to("load_figures", "Load figures")
            with st.popover("Templates", icon=":material/download:"):
                offer_templates()
    with _step("3. Write your first target", _count(done.targets, "target")):
        _targets(done, code)
        target_form(view, code, name)
        offer_plan(code, name)


def _targets(done: Steps, code: str) -> None:
    if done.plan:
        link_to("targets", "See them on Targets", plan=done.plan, area=code, as_at="")


@contextmanager
def _step(title: str, done: str) -> Generator[None]:
    """Draw a step on a card of its own; what is done of it as a chip."""
    with st.container(border=True, key=f"card_{title[:1]}", height="stretch"):
        _head(title, done)
        yield


def _head(title: str, done: str) -> None:
    with st.container(horizontal=True, key=f"head_{title[:1]}", gap="small"):
        st.header(plain(title), anchor=False, width="content")
        st.html(chip(f"✓ {done}", like="on track") if done else chip("to do"), width="content")


def _count(count: int, noun: str) -> str:
    """Return how many there are, for a chip: "2 targets"; "" for none."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else ""
