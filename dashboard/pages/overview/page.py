"""Overview: what an executive board has to know, in two minutes."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.overview import sections
from dashboard.pages.overview.board import board_of
from dashboard.ui.parts import plain
from dashboard.ui.without_targets import plan_without_figures


def page(view: AreaView) -> None:
    """Draw the page: headline, rewards, place, goal, what moved, verdicts quarter by quarter."""
    if not view.as_at_text:
        plan_without_figures(view)
        return
    board = board_of(view)
    st.title(plain(board.headline), anchor=False)
    sections.first_screen(view, board)
    sections.verdicts(view, board)
    sections.behind(board)
    sections.made_up(view, board.made_up)
