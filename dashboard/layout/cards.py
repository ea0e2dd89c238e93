"""Cards of the first screen: stretch targets, designated indicators, goals as small charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers.picture import NoFiguresError
from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.exhibits.headline_goals import goal_sentence, rank_chart, verdict_line
from dashboard.exhibits.sources import source_of
from dashboard.exhibits.stretch import StretchCard
from dashboard.exhibits.trajectory import trajectory_chart
from dashboard.exhibits.verdicts import (
    Tally,
    illustrative_goals,
    missed_of,
    owner_text,
    reason_text,
    status_cell,
)
from dashboard.exhibits.words import named
from dashboard.layout.links import link_to
from dashboard.layout.parts import background, plain, small_print
from dashboard.session import Session

SMALL_CHART = 120
"""Pixels: three small charts fit under the cards on a screen 800 pixels high."""


def stretch(card: StretchCard) -> None:
    """Draw the card of a stretch target."""
    with _card(card.target_id):
        st.markdown(f"**{plain(card.title)}**")
        st.markdown(f"**{card.status}**", help=plain(card.reason))
        st.markdown(plain(card.reward), help=plain(card.reward_note) or None)
        small_print(card.due)
        small_print(card.needed)
        small_print(card.goal)
        link_to("targets", "Its path", indicator=card.indicator_id)


def designated(targets: pd.DataFrame) -> None:
    """Draw the card of the designated indicators: how many are on target, and which are not."""
    missed = missed_of(targets)
    tally = Tally.of_targets(targets).sentence("designated indicator", "designated indicators")
    with _card("designated"):
        st.markdown(f"**{tally}**")
        for row in missed.to_dict("records"):
            st.markdown(
                f"**{status_cell(row['status'])}** {plain(named(row))}",  # ty: ignore[invalid-argument-type]
                help=plain(f"{reason_text(row)}. Owner: {owner_text(row)}"),
            )
        note = illustrative_goals(targets)
        if note:
            small_print(note)
        link_to("quarterly_review", "Every indicator")


def goal(row: dict, session: Session) -> None:
    """Draw the card of one of the plan's goals, with its small chart."""
    indicator = str(row["indicator_id"])
    answer = session.trajectory(indicator, str(row["target_id"]))
    about = session.picture.indicator(indicator)
    with _card(str(row["target_id"])):
        st.markdown(f":small[**{plain(goal_sentence(answer, about))}**]")
        small_print(verdict_line(row))
        source = source_of(about, session.picture.series(indicator), session.frame("loads"))
        if row["goal"] == "rank":
            chart = _rank_chart(row, session, source)
        else:
            chart = trajectory_chart(answer, about, source=source, compact=True)
        if chart is not None:
            small(chart, key=str(row["target_id"]))
        page = "most_similar_group" if row["goal"] == "rank" else "targets"
        link_to(page, "The evidence", indicator=indicator)


def small(chart: Chart, *, key: str) -> None:
    """Show a chart of few words: its title and table are one link away."""
    figure = theme.for_background(chart.figure, background())
    figure.update_xaxes(tickformat="%b %Y")
    st.plotly_chart(
        figure.update_layout(height=SMALL_CHART, margin={"t": 20, "b": 4}),
        theme=None,
        config=theme.CONFIG,
        key=f"small_{key}",
        alt=chart.alt,
    )


def _rank_chart(row: dict, session: Session, source: str) -> Chart | None:
    try:
        return rank_chart(session.ranking(str(row["indicator_id"])), row, source=source)
    except NoFiguresError:
        return None


def lines(title: str, texts: list[str]) -> None:
    """Draw a card of short sentences; "None" without any."""
    with _card(title):
        st.markdown(f"**{plain(title)}**")
        st.markdown("\n".join(f"- {plain(text)}" for text in texts) or "None")


def side_by_side(draw: Sequence[Callable[[], None]]) -> None:
    """Draw cards in columns of the same width; on a phone, one under the other."""
    if not draw:
        return
    for column, card in zip(st.columns(len(draw)), draw, strict=True):
        with column:
            card()


def _card(name: str) -> DeltaGenerator:
    # `frame` sets the lines of what has such a key closer together.
    key = f"card_{name.lower().replace(' ', '_')}"
    return st.container(border=True, height="stretch", gap="xxsmall", key=key)
