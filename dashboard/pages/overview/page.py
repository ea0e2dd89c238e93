"""Overview: what an executive board has to know, in two minutes."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.overview import cards
from dashboard.pages.overview.board import board_of
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.without_targets import area_figures, plan_without_figures


def page(view: AreaView) -> None:
    """Draw the page: headline, stretch targets, designated indicators, goals, what changed."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    board = board_of(view)
    st.title(plain(board.headline), anchor=False)
    if board.changes is None:
        st.markdown(plain(" ".join(board.said)))
        area_figures(view)
    cards.top_targets(board.top)
    cards.side_by_side([lambda card=card: cards.goal(card) for card in board.goals])
    if board.changes is not None:
        st.header(board.changes.heading, anchor=False)
        cards.quarter_changes(board.changes)
        link_to("quarterly_review", "The whole quarter")
        cards.made_up(board.made_up)
        cards.beside(board)
