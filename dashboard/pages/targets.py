"""Targets: every promise of the plan with baseline, path, actual and what is needed from here."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.ranking import MOST_SIMILAR_GROUP
from dashboard.exhibits import targets as exhibits
from dashboard.exhibits.rank_target import needed_for_rank
from dashboard.exhibits.trajectory import seasonal_chart
from dashboard.layout.choices import choose
from dashboard.layout.downloads import download
from dashboard.layout.parts import plain, show, show_table
from dashboard.layout.target_charts import chart_of, show_kind
from dashboard.selection import Choice, named_apart
from dashboard.session import Session

NO_FIGURES = (
    "No figures are loaded, so no target can be held against them. The Overview lists what the "
    "plan promises."
)
WIDTHS = {
    "Target": st.column_config.TextColumn(width=295),
    "Goal as stated": st.column_config.TextColumn(width=185),
}


def page(session: Session) -> None:
    """Draw the page."""
    st.title("Targets", anchor=False)
    if not session.as_at:
        st.info(NO_FIGURES)
        return
    targets = session.targets()
    if targets.empty:
        st.info(f"There is no plan with targets for {session.picture.area_name}.")
        return
    st.markdown(plain(exhibits.summary(targets, session.picture.area_name, session.as_at)))
    _all(targets)
    _one(session, targets)
    for kind, heading in exhibits.KINDS.items():
        show_kind(session, targets[targets["kind"].eq(kind)], heading)


def _all(targets: pd.DataFrame) -> None:
    table = exhibits.targets_table(targets)
    st.subheader("All targets", anchor=False)
    st.dataframe(
        table, hide_index=True, alt="Table of all targets of the plan", column_config=WIDTHS
    )
    is_illustrative = bool(targets["illustrative"].any() or targets["goal_is_illustrative"].any())
    download(table, name="targets", illustrative=is_illustrative)


@st.fragment
def _one(session: Session, targets: pd.DataFrame) -> None:
    names = named_apart(exhibits.titles(targets))
    # A link from another page may name the indicator only: its principal target is meant.
    asked = targets[targets["indicator_id"].eq(st.query_params.get("indicator", ""))]
    first = str((targets if asked.empty else asked)["target_id"].iloc[0])
    chosen = choose("One target in full", "target", Choice("target", names, first))
    row = targets.set_index("target_id", drop=False).loc[chosen]
    chart = chart_of(session, chosen)
    if chart is not None:
        show(chart, key="target")
    if chart is not None and row["goal"] == "rank":
        ranking = session.ranking(row["indicator_id"], group=MOST_SIMILAR_GROUP)
        st.markdown(plain(needed_for_rank(ranking, int(row["goal_number"]))))
    trajectory = session.trajectory(row["indicator_id"], chosen)
    series = session.picture.series(row["indicator_id"])
    months = seasonal_chart(trajectory, series, source=session.source(row["indicator_id"]))
    if months is not None:
        show(months, key="target_months")
    facts = exhibits.facts(row, session.picture.indicator(row["indicator_id"]))
    show_table(facts, alt="What the plan says of this target")
