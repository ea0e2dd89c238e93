"""The lines of a file that people fill in, CSV or workbook, as text with the sheet's row numbers.

A CSV is UTF-8, or UTF-16 with its mark as Excel's "Unicode Text" is; commas, semicolons or tabs
separate its values. Of a workbook one sheet is read: the one with the template's name, or the
first. Headings may differ in case and blanks ("Area code").
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._csv import ROW_NUMBER, beginning, first_rows, numbered_rows
from etl.sources._numbers import parse_each, parse_number
from etl.sources._template_table import Columns, Lines, table_of
from etl.sources._workbook import is_workbook
from etl.sources._workbook_lines import read_workbook_lines, workbook_has_columns

#: Far more than one partnership fills in, and read in well under a gigabyte.
MOST_CSV_BYTES = 16_000_000
MOST_LINES = 200_000


def has_columns(path: Path, columns: Columns) -> bool:
    """Return whether the first line that holds anything names all required columns."""
    if not path.is_file():
        return False
    if is_workbook(path):
        return workbook_has_columns(path, columns)
    return _separator(path, columns) is not None


def read_lines(path: Path, columns: Columns, problems: list[Problem]) -> Lines:
    """Read the lines of a file that `has_columns`.

    Args:
        path: The file.
        columns: Its columns.
        problems: Takes what is wrong with single lines and cells.

    Raises:
        InputError: A column is unknown, missing or doubled, or the file cannot be read.
    """
    if is_workbook(path):
        return read_workbook_lines(path, columns, problems)
    return _read_csv(path, columns, problems)


def _read_csv(path: Path, columns: Columns, problems: list[Problem]) -> Lines:
    if path.stat().st_size > MOST_CSV_BYTES:
        raise InputError.of(
            path.name,
            f"the file is too big: more than {MOST_CSV_BYTES // 1_000_000} million bytes",
            "this template is for the figures of one partnership: split the file",
        )
    separator = _separator(path, columns) or ","
    rows = numbered_rows(path, separator, most_lines=MOST_LINES, advice="export it again as CSV")
    lines = table_of(path.name, rows, columns, problems)
    return Lines(path.name, *lines, decimal_commas_likely=separator == ";")


def _separator(path: Path, columns: Columns) -> str | None:
    """Return what separates the values of a CSV; None where no separator gives the columns."""
    start = beginning(path)
    for separator in ",;\t":
        rows = first_rows(start, separator)
        header = next((row for row in rows if any(cell.strip() for cell in row)), [])
        if set(columns.required) <= {measure_name(name) for name in header}:
            return separator
    return None


def numbers(
    lines: Lines, column: str, problems: list[Problem], *, percent: bool = False
) -> pd.Series:
    """Return a column as numbers; NaN where a cell is blank, holds a marker or is a problem.

    Args:
        lines: The lines.
        column: One of their columns.
        problems: Takes every cell that is none of these.
        percent: Whether the column holds percentages, so that "25%" is 25.
    """

    def parse(text: str) -> float:
        digits = text.removesuffix("%").rstrip() if percent else text
        return parse_number(digits, decimal_commas_likely=lines.decimal_commas_likely)

    parsed, wrong = parse_each(lines.table[column].unique(), parse)
    refused = lines.table[lines.table[column].isin(wrong)]
    problems.extend(
        Problem(lines.file, line, column, text, wrong[text].rule, wrong[text].what_to_do)
        for line, text in zip(refused[ROW_NUMBER], refused[column], strict=True)
    )
    return lines.table[column].map(parsed).astype("float64")
