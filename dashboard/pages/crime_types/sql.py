"""Answers to questions in SQL, and the tables, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd


def rows_text(frame: pd.DataFrame, *, is_cut: bool) -> str:
    """Return how many rows there are: "The first 10,000 rows; there are more"."""
    count = f"{len(frame):,} {'row' if len(frame) == 1 else 'rows'}"
    if is_cut:
        return f"The first {count}; there are more. Ask for fewer, or add up in the question."
    return f"{count}." if len(frame) else "No row fits the question."


def table_text_of(meaning: str, grain: Sequence[str]) -> str:
    """Return what a table holds and what one of its rows is."""
    return f"{meaning} One row per {', '.join(grain)}."


def columns_table(columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns of a table with their meaning."""
    return pd.DataFrame({"Column": list(columns), "Meaning": list(columns.values())})
