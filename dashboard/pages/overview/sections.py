"""The Overview's cards, drawn."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import baselines_in
from dashboard.analysis.question import ALL_CRIME
from dashboard.charts.chart import Chart, sentence
from dashboard.charts.wording import number_text
from dashboard.pages.overview.board import Board, MadeUp
from dashboard.pages.overview.moved import Moved
from dashboard.pages.overview.place import PlaceCard
from dashboard.pages.overview.target_cards import TargetCard
from dashboard.ui.big_number import BigNumber, show_big_numbers
from dashboard.ui.chart_card import draw_chart, file_name, offer_behind
from dashboard.ui.chip import chip
from dashboard.ui.links import link_to, words_to
from dashboard.ui.parts import plain, small_print
from dashboard.words.help import Kind

MADE_UP = "made_up_"
"""Before the key of a card whose goal is made up."""
MADE_UP_HEADING = "Goals made up for the worked example"
WIDE = [3, 2]


def first_screen(view: AreaView, board: Board) -> None:
    """Draw what a board asks first: reward, place, goal, and what moved."""
    if board.stretch:
        columns = st.columns([1 for _ in [*board.stretch, board.place]])
        for column, card in zip(columns, board.stretch, strict=False):
            with column:
                target(view, card)
        with columns[-1]:
            _place(view, board.place, fills=True)
    left, right = st.columns(WIDE if board.goal else 2)
    with left:
        if board.goal is not None:
            target(view, board.goal)
        else:
            _moved(view, board.moved, fills=False)
        if board.no_verdict:
            st.markdown(plain(board.no_verdict))
        if board.invites:
            _first_target(view, board.moved)
    with right:
        if board.goal is not None:
            _moved(view, board.moved, fills=bool(board.stretch))
        if not board.stretch:
            _place(view, board.place, fills=False)
        if board.map is not None:
            _map(view, board.map)


def verdicts(view: AreaView, board: Board) -> None:
    """Draw the verdicts quarter by quarter, and what the plan leaves open."""
    if board.tiles is None:
        return
    with _card("verdicts"):
        _head("verdicts", board.tiles.caption.title)
        if board.counted:
            small_print(sentence(board.counted))
        leads = partial(words_to, "targets", "Targets")
        _foot(view, board.tiles, "verdicts", "tiles", board.said, leads)


def made_up(view: AreaView, found: MadeUp) -> None:
    """Draw what is held against goals made up for the worked example, apart from the plan's own."""
    if found.tiles is None and not found.stretch:
        return
    st.header(MADE_UP_HEADING, anchor=False)
    left, right = st.columns(WIDE)
    with left:
        if found.tiles is not None:
            with _card(f"{MADE_UP}verdicts"):
                key = f"{MADE_UP}verdicts"
                leads = partial(words_to, "targets", "Targets", kind="made_up")
                _foot(view, found.tiles, key, "tiles", (), leads)
    with right:
        for card in found.stretch:
            target(view, card, before=MADE_UP)


def behind(board: Board) -> None:
    """Draw the source of all figures."""
    small_print(sentence(board.source))


def target(view: AreaView, card: TargetCard, *, before: str = "") -> None:
    """Draw the card of a target."""
    key = f"{before}{card.target_id}"
    with _card(key, fills=not before):
        _head(key, card.title, kicker=card.kicker, verdict=card.verdict)
        show_big_numbers(card.numbers)
        if card.chart is None:
            small_print("\n".join(card.said[:1]))
        else:
            leads = partial(words_to, "targets", "Target", target=card.target_id)
            _foot(view, card.chart, key, card.help_for, card.said, leads)


def _place(view: AreaView, card: PlaceCard | None, *, fills: bool) -> None:
    if card is None:
        return
    with _card("place", fills=fills):
        _head("place", card.title, kicker=card.kicker, verdict=card.verdict)
        show_big_numbers(card.numbers)
        if card.chart is None:
            st.markdown(plain(sentence(card.said[0])))
            return
        leads = partial(words_to, "most_similar_group", "Ranking", indicator=card.indicator_id)
        _foot(view, card.chart, "place", "rank_target", card.said, leads)


def _moved(view: AreaView, found: Moved | None, *, fills: bool) -> None:
    if found is None:
        return
    with _card("moved", fills=fills):
        _head("moved", found.chart.caption.title)
        small_print(found.period)
        leads = partial(words_to, "quarterly_review", "Review")
        _foot(view, found.chart, "moved", "percent_bars", found.same, leads)


def _map(view: AreaView, chart: Chart) -> None:
    with _card("map"):
        _head("map", chart.caption.title)
        leads = partial(words_to, "crime_types", "Crime types")
        _foot(view, chart, "map", "area_map", (), leads)


def _first_target(view: AreaView, found: Moved | None) -> None:
    """Invite the first target: on what rose by more than chance, or on all crime."""
    rising = found.rising if found else []
    baseline = next(iter(baselines_in(view, ALL_CRIME)), None)
    with _card("first_target"):
        _head("first_target", "What would need a target")
        for indicator, said in rising:
            link_to("getting_started", said, partnership=view.area_code, indicator=indicator)
        if baseline is not None:
            title = view.indicator(ALL_CRIME).title
            show_big_numbers([BigNumber(title, number_text(baseline.value), baseline.period)])
        link_to(
            "getting_started",
            "Set the first target",
            partnership=view.area_code,
            indicator=ALL_CRIME,
        )


def _card(name: str, *, fills: bool = False) -> st.delta_generator.DeltaGenerator:
    """Return a card; one that fills is as high as those beside it."""
    height = "stretch" if fills else "content"
    return st.container(border=True, height=height, gap="xxsmall", key=f"card_{name}")


def _head(name: str, title: str, *, kicker: str = "", verdict: str = "") -> None:
    mark = chip(verdict) if verdict else ""
    if kicker:
        st.html(f'<p class="kicker"><span>{html.escape(kicker)}</span>{mark}</p>')
    with st.container(key=f"head_{name}", horizontal=True, gap="small"):
        st.header(plain(title), anchor=False, width="stretch" if kicker else "content")
        if mark and not kicker:
            st.html(mark, width="content")


def _foot(
    view: AreaView,
    chart: Chart,
    key: str,
    kind: Kind,
    said: Sequence[str],
    leads: Callable[[], None],
) -> None:
    """Draw a chart, what is behind it, and the link to its evidence."""
    draw_chart(chart, key)
    with st.container(horizontal=True, key=f"foot_{key}", vertical_alignment="center"):
        leads()
        offer_behind(
            chart, key=key, file=file_name(view, "overview", key), said=said, help_for=kind
        )
