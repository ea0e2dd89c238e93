"""A table that scrolls in a frame of its own, whose room is kept before it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

HEIGHTS = (*range(72, 400, 35), 400)
"""Pixels that Streamlit gives a grid of one row, of two, and so on, up to the tallest; one without
rows says so in one."""
_NUMBER = r"[+−-]?£?\d[\d,]*(\.\d+)?%?"
_FIGURE = re.compile(rf"[<>]?{_NUMBER}( to {_NUMBER})?|\d+(st|nd|rd|th)")


def show_grid(table: pd.DataFrame, *, alt: str) -> None:
    """Show a table as a grid.

    Streamlit gives a grid 40 pixels until the browser has drawn it: what stands around it then
    moved, and who clicked at that moment hit something else.
    """
    right = st.column_config.Column(alignment="right")
    columns = dict.fromkeys(figure_columns(table), right)
    height = grid_height(len(table))
    st.dataframe(table, hide_index=True, alt=alt, height=height, column_config=columns)


def figure_columns(table: pd.DataFrame) -> list[str]:
    """Return the columns of texts that are figures, which stand on the right."""
    return [name for name in table if _is_of_figures(table[name])]


def _is_of_figures(column: pd.Series) -> bool:
    if isinstance(column, pd.DataFrame) or pd.api.types.is_numeric_dtype(column):
        return False
    cells = [cell for cell in column if isinstance(cell, str) and cell]
    figures = [cell for cell in cells if _FIGURE.fullmatch(cell)]
    # Words stand for those that are missing.
    return len(figures) > len(cells) - len(figures)


def edit_grid(
    table: pd.DataFrame, columns: Mapping[str, Any], *, key: str, alt: str
) -> Mapping[str, Any]:
    """Show a table to change, with a blank row for a new one at its end; its room is kept too.

    Args:
        table: Its index is shown as the first column.
        columns: How each column is shown, in Streamlit's terms.
        key: A name that no other table has; under another one it begins anew.
        alt: What it is, for those who do not see it.

    Returns:
        What was changed: edited_rows, added_rows and deleted_rows, as Streamlit keeps them.
    """
    st.data_editor(
        table, num_rows="dynamic", column_config=dict(columns), key=key, alt=alt, placeholder="",
        hide_index=False,
        height=grid_height(len(table) + 1),
    )  # fmt: skip
    return st.session_state[key]


def fill_grid(
    table: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    key: str,
    alt: str,
    empty: str,
    on_change: Callable[..., None],
    args: tuple[object, ...],
) -> None:
    """Show a table whose rows stay, and whose cells are filled in where their column is not fixed.

    Args:
        table: A row a thing.
        columns: How each column is shown, in Streamlit's terms; those that it does not name are
            left out.
        key: A name that no other table has: what is filled in stays with it.
        alt: What it is, for those who do not see it.
        empty: What a cell says that nobody filled in.
        on_change: Told that cells were filled in.
        args: What it is told.
    """
    st.data_editor(
        table, column_config=dict(columns), column_order=list(columns), key=key, alt=alt,
        hide_index=True, height=grid_height(len(table)), on_change=on_change, args=args,
        placeholder=empty,
    )  # fmt: skip


def grid_height(rows: int) -> int:
    """Return the pixels that a grid takes by itself."""
    return HEIGHTS[min(max(rows, 1), len(HEIGHTS)) - 1]
