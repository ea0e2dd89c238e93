"""Parts of a page that a choice in them redraws alone."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.store.warehouse import NothingPublishedError
from dashboard.ui.parts import plain

Given = ParamSpec("Given")
Draw = Callable[Concatenate[AreaView, Given], None]


def redrawn_alone(draw: Draw[Given]) -> Draw[Given]:
    """Let a part of a page be a fragment, and say in it what `frame.framed` says of a page.

    A part that is drawn alone is out of the frame's reach. Where it cannot be drawn for want of
    figures it says so; where the build that its page was drawn from is closed, since newer ones
    were published, the whole page is drawn from the newest.

    Args:
        draw: Draws the part; who asks comes first.
    """

    @st.fragment
    @functools.wraps(draw)
    def drawn(view: AreaView, *given: Given.args, **named: Given.kwargs) -> None:
        try:
            draw(view, *given, **named)
        except NoFiguresError as nothing:
            st.info(plain(str(nothing)), icon=":material/info:")
        except NothingPublishedError:
            st.rerun()

    return drawn
