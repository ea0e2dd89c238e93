"""The sheets of an ONS workbook, or the one table that somebody saved of it as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pandas as pd

from etl.problems import InputError
from etl.sources._csv import beginning, first_rows, numbered_rows
from etl.sources._ons_titles import LAYOUT_HINT, TOP_ROWS
from etl.sources._workbook import Sheet, is_workbook, read_sheets


def tops_of(path: Path) -> list[Sheet]:
    """Return the first rows of every sheet, or of a CSV; none of a file that is neither."""
    if is_workbook(path):
        try:
            return read_sheets(path, first_rows=TOP_ROWS)
        except InputError:
            return []
    if not path.is_file():
        return []
    rows = islice(first_rows(beginning(path)), TOP_ROWS)
    return [_sheet(path.name, enumerate(rows, start=1))]


def sheets_of(path: Path) -> list[Sheet]:
    """Return every sheet of a workbook, or the one table of a CSV, by its lines.

    Raises:
        InputError: The file is no whole workbook and no CSV.
    """
    start = beginning(path) if path.is_file() else b""
    if is_workbook(path) or start.startswith(b"PK") or b"\0" in start:
        return read_sheets(path)
    return [_sheet(path.name, numbered_rows(path, advice=LAYOUT_HINT))]


def _sheet(file: str, rows: Iterable[tuple[int, list[str]]]) -> Sheet:
    """Return the lines of a CSV as a sheet; lines that are shorter end in blanks."""
    numbered = dict(rows)
    width = max((len(row) for row in numbered.values()), default=0)
    cells = pd.DataFrame(
        [
            [" ".join(cell.split()) for cell in row] + [""] * (width - len(row))
            for row in numbered.values()
        ],
        index=pd.Index(list(numbered), dtype="int64"),
        columns=range(width),
        dtype="str",
    )
    return Sheet(file, cells)
