"""Cards of the first screen: stretch targets, designated indicators, goals as small charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts.chart import sentence
from dashboard.pages.overview.card_words import (
    Board,
    DesignatedCard,
    GoalCard,
    QuarterChanges,
    TopCards,
)
from dashboard.pages.overview.stretch import StretchCard
from dashboard.ui.links import words_to
from dashboard.ui.parts import help_text, plain, plot, show_chip, small_print
from dashboard.words.all_targets import MADE_UP_HEADING
from dashboard.words.quarter_changes import Line

MADE_UP = "_made_up"
"""After the key of a card whose goals are made up."""


def top_targets(top: TopCards) -> None:
    """Draw the targets that carry a reward, and the designated indicators beside them."""
    draw: list[Callable[[], None]] = [lambda card=card: stretch(card) for card in top.stretch]
    listed = top.designated
    if listed is not None:
        draw.append(lambda: designated(listed))
    side_by_side(draw)


def stretch(card: StretchCard) -> None:
    """Draw the card of a stretch target."""
    with _card(f"{card.target_id}{MADE_UP if card.chip else ''}"):
        words_to("targets", f"**{plain(card.title)}**", target=card.target_id)
        show_chip(card.chip)
        st.markdown(f"**{plain(card.status)}**", help=plain(card.reason))
        if card.reward:
            st.markdown(plain(card.reward), help=plain(card.reward_note) or None)
        lines = (card.expected, card.due, card.needed, card.goal)
        small_print("\n".join(filter(None, lines)))


def designated(card: DesignatedCard) -> None:
    """Draw the card of the designated indicators: how many are on target, and which are not."""
    with _card(f"designated{MADE_UP if card.chip else ''}"):
        kind = "made_up" if card.chip else "designated"
        words_to("targets", f"**{plain(card.tally)}**", kind=kind)
        show_chip(card.chip)
        for indicator, status, name, reason in card.missed:
            said = f"**{plain(status)}** {plain(name)}"
            words_to("indicator", said, hover=plain(reason), indicator=indicator)
        if card.in_doubt:
            small_print(card.in_doubt)


def goal(card: GoalCard) -> None:
    """Draw the card of one of the plan's goals, with its small chart."""
    with _card(card.target_id):
        shown = {"indicator": card.indicator_id}
        if card.page == "targets":
            shown = {"target": card.target_id}
        how_to_read = "" if card.chart is None else help_text(card.help_for)
        words_to(card.page, f":small[**{plain(card.goal)}**]", how_to_read, **shown)
        small_print(card.verdict)
        if card.chart is not None:
            plot(card.chart, key=f"small_{card.target_id}")


def quarter_changes(changes: QuarterChanges) -> None:
    """Draw which verdicts changed since the quarter before, and what did most on a year before."""
    of_a_year = f"{changes.period} on a year before"
    without = "None" if changes.is_compared else "No change can be worked out"
    side_by_side(
        [
            lambda: lines("Verdicts, on the quarter before", changes.verdicts),
            lambda: lines(f"Most for the worse, {of_a_year}", changes.worse, without),
            lambda: lines(f"Most for the better, {of_a_year}", changes.better, without),
        ]
    )
    small_print(changes.source)


def beside(board: Board) -> None:
    """Draw what a reader of the cards has to know too, and the first screen has no room for."""
    st.header("About these targets", anchor=False)
    cards = board.top.stretch
    notes = [*board.said, *(f"{card.title}. {card.others}" for card in cards if card.others)]
    st.markdown("\n".join(f"- {plain(sentence(note))}" for note in notes if note))


def lines(title: str, found: list[Line], without: str = "None") -> None:
    """Draw a card of sentences, each a link to its evidence; `without` where there are none."""
    with _card(title):
        st.markdown(f":small[**{plain(title)}**]")
        if not found:
            st.markdown(without)
        for line in found:
            target = {"target": line.target_id} if line.target_id else {}
            words_to(
                "indicator", f":small[{plain(line.text)}]", indicator=line.indicator_id, **target
            )


def side_by_side(draw: Sequence[Callable[[], None]]) -> None:
    """Draw cards in columns of the same width; on a phone, one under the other."""
    if not draw:
        return
    for column, card in zip(st.columns(len(draw)), draw, strict=True):
        with column:
            card()


def made_up(top: TopCards) -> None:
    """Draw what is held against goals made up for the worked example, apart from the plan's own."""
    if not top.stretch and top.designated is None:
        return
    st.header(MADE_UP_HEADING, anchor=False)
    top_targets(top)


def _card(name: str) -> DeltaGenerator:
    # `frame` sets the lines of what has such a key closer together.
    key = f"card_{name.lower().replace(' ', '_')}"
    return st.container(border=True, height="stretch", gap="xxsmall", key=key)
