"""Cards of the first screen: stretch targets, designated indicators, goals as small charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts import theme
from dashboard.exhibits.board import Board, DesignatedCard, GoalCard, Since
from dashboard.exhibits.stretch import StretchCard
from dashboard.layout.links import link_to
from dashboard.layout.parts import background, plain, small_print


def top_targets(board: Board) -> None:
    """Draw the targets that carry a reward, and the designated indicators beside them."""
    draw: list[Callable[[], None]] = [lambda card=card: stretch(card) for card in board.stretch]
    listed = board.designated
    if listed is not None:
        draw.append(lambda: designated(listed))
    side_by_side(draw)


def stretch(card: StretchCard) -> None:
    """Draw the card of a stretch target."""
    with _card(card.target_id):
        st.markdown(f"**{plain(card.title)}**")
        st.markdown(f"**{plain(card.status)}**", help=plain(card.reason))
        st.markdown(plain(card.reward), help=plain(card.reward_note) or None)
        for line in (card.expected, card.due, card.needed, card.goal):
            if line:
                small_print(line)
        link_to("targets", "Its path", target=card.target_id)


def designated(card: DesignatedCard) -> None:
    """Draw the card of the designated indicators: how many are on target, and which are not."""
    with _card("designated"):
        st.markdown(f"**{plain(card.tally)}**")
        for _, status, name, reason in card.missed:
            st.markdown(f"**{plain(status)}** {plain(name)}", help=plain(reason))
        if card.note:
            small_print(card.note)
        link_to("targets", "Each of them", kind="designated")


def goal(card: GoalCard) -> None:
    """Draw the card of one of the plan's goals, with its small chart."""
    with _card(card.target_id):
        st.markdown(f":small[**{plain(card.goal)}**]")
        small_print(card.verdict)
        if card.chart is not None:
            st.plotly_chart(
                card.chart.kept(background()),
                theme=None,
                config=theme.CONFIG,
                key=f"small_{card.target_id}",
                alt=card.chart.alt,
            )
        shown = {"indicator": card.indicator_id}
        if card.page == "targets":
            shown = {"target": card.target_id}
        link_to(card.page, "The evidence", **shown)


def since(changes: Since) -> None:
    """Draw what changed since the quarter before."""
    side_by_side(
        [
            lambda: lines("Verdicts", changes.verdicts),
            lambda: lines("Largest changes for the worse", changes.worse),
            lambda: lines("Largest changes for the better", changes.better),
        ]
    )
    small_print(changes.source)


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
