"""Targets: every target of the plan with baseline, path, projection and what is needed."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.status import target_status
from dashboard.pages.targets.in_full import IN_FULL, one_target
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.first_steps import offer_plan_workbook
from dashboard.ui.parts import jump_links, plain
from dashboard.ui.plan_editor import plan_editor
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.ui.target_charts import show_kind
from dashboard.ui.target_sheet import TargetSheet, sheet_of

NO_FIGURES = (
    "No figures are loaded, so no target can be held against them. The Overview lists what the "
    "plan promises."
)
ALL = "all"
ASKS = {"target", "indicator"}
"""Parameters of the address that ask for one target."""
ASKED_FOR, FIRST_OF_ALL, SMALL_CHARTS = "target_asked_for", "target_first_of_all", "small_charts"
"""Parts that `frame` puts in another order on a phone: names and verdicts come first, without the
small charts, until one target is asked for."""


def page(view: AreaView) -> None:
    """Draw the page: one target in full, all as small charts by kind, and all as a table."""
    if not view.as_at_text:
        st.title("No target can be judged yet", anchor=False)
        st.info(NO_FIGURES)
        plan_editor(view, "targets")
        return
    if target_status(view, view.as_at_text).empty:
        st.title("No targets to judge", anchor=False)
        st.info(f"There is no plan with targets for {view.area_name}.")
        plan_editor(view, "targets")
        return
    sheet = sheet_of(view)
    st.title(plain(sheet.title), anchor=False)
    st.markdown(plain(sheet.summary))
    with st.container(key=ASKED_FOR if ASKS & set(st.query_params) else FIRST_OF_ALL):
        one_target(view)
    _small_charts(view)
    with st.expander(f"Every target as a table: {len(sheet.table)}"):
        show_reading_table(sheet.table, caption="All targets of the plan")
        download(sheet.table, name="targets", illustrative=sheet.illustrative)
        offer_plan_workbook(view.plan_id, "The whole plan as a workbook")
    plan_editor(view, "targets")


@redrawn_alone
def _small_charts(view: AreaView) -> None:
    """Draw the targets of all kinds, or of one; a choice of it redraws them alone."""
    sheet = sheet_of(view)
    kind = _kind(sheet)
    shown = [targets for targets in sheet.kinds if kind in (ALL, targets.kind)]
    jump_links({each.kind: each.heading for each in shown} | {IN_FULL: "One target in full"})
    with st.container(key=SMALL_CHARTS):
        for targets in shown:
            show_kind(view, targets)


def _kind(sheet: TargetSheet) -> str:
    names = {ALL: "All kinds"} | {targets.kind: targets.heading for targets in sheet.kinds}
    return choose("Kind of target", "kind", Choice("kind of target", names, ALL))
