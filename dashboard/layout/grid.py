"""A table that scrolls in a frame of its own, whose room is kept before it is there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

HEIGHTS = (*range(72, 400, 35), 400)
"""Pixels that Streamlit gives a grid of one row, of two, and so on, up to the tallest; one without
rows says so in one."""


def show_grid(table: pd.DataFrame, *, alt: str) -> None:
    """Show a table as a grid.

    Streamlit gives a grid 40 pixels until the browser has drawn it: what stands around it then
    moved, and who clicked at that moment hit something else.
    """
    st.dataframe(table, hide_index=True, alt=alt, height=grid_height(len(table)))


def grid_height(rows: int) -> int:
    """Return the pixels that a grid takes by itself."""
    return HEIGHTS[min(max(rows, 1), len(HEIGHTS)) - 1]
