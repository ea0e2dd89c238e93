"""Targets: all of the plan on one picture, and the one that is chosen large."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.status import target_status, verdict_on
from dashboard.pages.targets.all_targets import show_all
from dashboard.pages.targets.chosen import PANEL, chosen_target
from dashboard.pages.targets.in_full import in_full
from dashboard.pages.targets.sheet import sheet_of
from dashboard.ui.chip import chip
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.first_steps import offer_plan_workbook
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.plan_editor import plan_editor
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words.verdict import GOAL_MADE_UP

CHOICES_OF_ONE = ("change", "part", "level_of", "tab", "indicator")
"""Parameters of the address that say nothing of another target."""


def page(view: AreaView) -> None:
    """Draw the page."""
    if not view.as_at_text:
        st.title("No target can be judged: no figures are loaded", anchor=False)
        link_to("overview", "What the plan promises")
    elif target_status(view, view.as_at_text).empty:
        st.title(plain(f"No plan with targets for {view.area_name}"), anchor=False)
        link_to("getting_started", "Set the first target", partnership=view.area_code)
        link_to("overview", f"What rose and fell in {view.area_name}")
    else:
        st.title(plain(sheet_of(view).title), anchor=False)
        _targets(view)
        _tables(view)
    plan_editor(view, "targets")


@redrawn_alone
def _targets(view: AreaView) -> None:
    """Draw the picture and the target that is chosen; a choice redraws them alone."""
    sheet = sheet_of(view)
    # A link from another page may name the indicator only: its principal target is meant.
    first = sheet.by_indicator.get(st.query_params.get("indicator", ""), sheet.first)
    targets = Choice("target", sheet.names, first)
    show_all(sheet, targets, CHOICES_OF_ONE)
    with st.container(key=PANEL):
        target = verdict_on(view, choose("Target", "target", targets, CHOICES_OF_ONE))
        if target.goal_is_illustrative:
            st.html(chip(GOAL_MADE_UP))
        chosen_target(view, target)
        in_full(view, target)


def _tables(view: AreaView) -> None:
    sheet = sheet_of(view)
    with st.expander(f"Every target as a table: {len(sheet.table)}"):
        show_reading_table(sheet.table, caption="All targets of the plan")
        download(sheet.table, name="targets", illustrative=sheet.illustrative)
        offer_plan_workbook(view.plan_id, "The whole plan as a workbook")
