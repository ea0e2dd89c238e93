"""The table that a template's lines make: its columns known, its lines whole, its rows numbered."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._csv import ROW_NUMBER, whole_rows

MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a template.

    Attributes:
        sheet: Name of the sheet that holds them.
        required: Those that every file has.
        optional: Those that may be left out.
    """

    sheet: str
    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return every column, the required ones first."""
        return (*self.required, *self.optional)


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands in a file.

    Attributes:
        file: The file, and the sheet of a workbook, as a problem names it.
        table: One row a line that is not blank: its columns as text, and `row_number`.
        rows_read: How many lines hold anything.
        decimal_commas_likely: Whether semicolons separate the values.
    """

    file: str
    table: pd.DataFrame
    rows_read: int
    decimal_commas_likely: bool = False


def table_of(
    file: str, rows: list[tuple[int, list[str]]], columns: Columns, problems: list[Problem]
) -> tuple[pd.DataFrame, int]:
    """Return the lines below the header as text by column, and how many there are in all."""
    if not rows:
        raise InputError.of(file, "the file holds no header", f"use {', '.join(columns.all)}")
    header_line, headings = rows[0]
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > MOST_COLUMNS:
        rule = f"the header has {len(headings):,} columns"
        raise InputError.of(file, rule, f"use {', '.join(columns.all)}")
    names = [measure_name(heading) for heading in headings]
    _check_columns(file, header_line, headings, names, columns)
    advice = "put a separator for every column, and quotes around a value that holds one"
    whole = whole_rows(file, rows[1:], len(names), problems, advice)
    table = pd.DataFrame(whole, columns=[ROW_NUMBER, *names])
    return table.astype(dict.fromkeys(names, "str") | {ROW_NUMBER: "int64"}), len(rows) - 1


def _check_columns(
    file: str, line: int, headings: list[str], names: list[str], columns: Columns
) -> None:
    advice = f"use {', '.join(columns.all)}"
    unknown = [
        heading for heading, name in zip(headings, names, strict=True) if name not in columns.all
    ]
    doubled = [name for name in columns.all if names.count(name) > 1]
    missing = [name for name in columns.required if name not in names]
    problems = [
        Problem(file, line, ", ".join(found), "", rule, what_to_do)
        for found, rule, what_to_do in (
            (unknown, "the template has no such column", advice),
            (doubled, "this column stands twice", "keep one"),
            (missing, "this column is missing", advice),
        )
        if found
    ]
    if problems:
        raise InputError(problems)
