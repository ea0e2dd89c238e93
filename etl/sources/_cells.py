"""The cells of an official table as figures."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from etl.problems import Problem
from etl.sources._csv import ROW_NUMBER
from etl.sources._numbers import NumberError, parse_each, parse_number


def figures(
    file: str, cells: pd.DataFrame, problems: list[Problem], *, whole: bool = True
) -> pd.Series:
    """Return the figures of cells as numbers; NaN where blank, a marker or a problem.

    Args:
        file: Name of the file, for the problems.
        cells: One row a figure: `text`, `heading` and `row_number`.
        problems: Takes every cell that is none of these.
        whole: Whether a figure is a count of people, which is whole and not below zero.
    """

    def parse(text: str) -> float:
        number = parse_number(text)
        if whole and (number < 0 or number % 1):
            raise NumberError("this is not a count", "download the file again")
        return number

    parsed, wrong = parse_each(cells["text"].unique(), parse)
    spoiled = cells[cells["text"].isin(wrong)]
    problems.extend(
        Problem(file, line, heading, text, wrong[text].rule, wrong[text].what_to_do)
        for line, heading, text in zip(
            spoiled[ROW_NUMBER], spoiled["heading"], spoiled["text"], strict=True
        )
    )
    return cells["text"].map(parsed).astype("float64")


def melted(table: pd.DataFrame, columns: Collection[str]) -> pd.DataFrame:
    """Return one row a cell of some columns: the other columns, `heading` and `text`."""
    kept = [name for name in table.columns if name not in columns]
    return table.melt(id_vars=kept, value_vars=list(columns), var_name="heading", value_name="text")
