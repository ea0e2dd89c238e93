"""Targets drawn: one in full, and the others as small charts, kind by kind."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.ranking import MOST_SIMILAR_GROUP
from dashboard.charts.chart import Chart
from dashboard.charts.wording import number_or_none
from dashboard.exhibits import targets as exhibits
from dashboard.exhibits.rank_target import rank_target_chart
from dashboard.exhibits.trajectory import trajectory_chart
from dashboard.layout.parts import show_small, show_source, show_table
from dashboard.metrics.status import Status
from dashboard.session import Session

COLUMNS = 3
CHARTS_KEPT = 512


def show_kind(session: Session, rows: pd.DataFrame, heading: str) -> None:
    """Show all targets of a kind: small charts, and in words those that have no line."""
    if rows.empty:
        return
    st.subheader(heading, anchor=False)
    has_picture = [exhibits.has_picture(row) for row in rows.to_dict("records")]
    drawn, rest = rows[has_picture], rows[[not each for each in has_picture]]
    for first in range(0, len(drawn), COLUMNS):
        # From the bottom up: the charts of a row stand side by side however long their words.
        cells = st.columns(COLUMNS, vertical_alignment="bottom")
        part = drawn.iloc[first : first + COLUMNS].to_dict("records")
        for cell, row in zip(cells, part, strict=False):
            with cell:
                _small(session, row)
    if len(drawn):
        source = session.source(*drawn["indicator_id"].drop_duplicates())
        show_source(source, illustrative=bool(drawn["illustrative"].any()))
    if len(rest):
        st.markdown("Without a line to draw, and why:")
        show_table(exhibits.without_picture(rest), alt=f"{heading}: those without a path")


def _small(session: Session, row: dict) -> None:
    chart = chart_of(session, str(row["target_id"]), compact=True)
    if chart is not None:
        title, text = exhibits.in_short(row)
        show_small(chart, title=title, text=text, key=str(row["target_id"]))


@st.cache_resource(max_entries=CHARTS_KEPT, show_spinner=False)
def chart_of(session: Session, target: str, *, compact: bool = False) -> Chart | None:
    """Draw one target once for all readers: building a figure takes longer than showing it."""
    row = session.targets().set_index("target_id", drop=False).loc[target]
    indicator = str(row["indicator_id"])
    source = session.source(indicator)
    if row["goal"] == "rank":
        if not exhibits.has_picture(row):
            return None
        ranking = session.ranking(indicator, group=MOST_SIMILAR_GROUP)
        return rank_target_chart(
            ranking, goal=int(row["goal_number"]), due=row["due"], source=source
        )
    return trajectory_chart(
        session.trajectory(indicator, row["target_id"]),
        session.picture.indicator(indicator),
        source=source,
        verdict=Status(
            row["status"], row["reason"], probability=number_or_none(row["probability"])
        ),
        compact=compact,
    )
