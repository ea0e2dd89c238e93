"""The lines of a workbook that people fill in: of one sheet, formulas and merged cells refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._csv import ROW_NUMBER
from etl.sources._sheet_xml import SheetMarks, sheet_marks
from etl.sources._template_table import Columns, Lines, table_of
from etl.sources._workbook import ERROR_CELL, read_sheet, sheet_names

_HEADER_WITHIN_ROWS = 10


def workbook_has_columns(path: Path, columns: Columns) -> bool:
    """Return whether the first line of the chosen sheet that holds anything names all required."""
    names = sheet_names(path)
    return bool(names) and _sheet_has_columns(path, _chosen_sheet(names, columns), columns)


def read_workbook_lines(path: Path, columns: Columns, problems: list[Problem]) -> Lines:
    """Read the lines of a workbook's sheet; see `etl.sources._lines.read_lines`."""
    name = _chosen_sheet(sheet_names(path), columns)
    sheet = read_sheet(path, name)
    marks = sheet_marks(path, name)
    cells = _with_percents(sheet.cells, marks)
    rows = [
        (line, [str(cell) for cell in row])
        for line, row in zip(cells.index.tolist(), cells.to_numpy().tolist(), strict=True)
        if any(row)
    ]
    table, rows_read = table_of(sheet.file, rows, columns, problems)
    header_row, header = rows[0]
    first = marks.first_column
    headings = {first + n: heading for n, heading in enumerate(header) if heading}
    found = list(_cell_problems(sheet.file, marks, header_row, headings, cells))
    problems.extend(found)
    return Lines(sheet.file, table[~table[ROW_NUMBER].isin({p.line for p in found})], rows_read)


def _chosen_sheet(names: list[str], columns: Columns) -> str:
    wanted = columns.sheet.casefold()
    return next((name for name in names if name.strip().casefold() == wanted), names[0])


def _sheet_has_columns(path: Path, sheet: str, columns: Columns) -> bool:
    try:
        cells = read_sheet(path, sheet, first_rows=_HEADER_WITHIN_ROWS).cells
    except InputError:
        return False
    rows = cells[cells.ne("").any(axis=1)]
    header = rows.iloc[0] if len(rows) else []
    return set(columns.required) <= {measure_name(name) for name in header}


def _with_percents(cells: pd.DataFrame, marks: SheetMarks) -> pd.DataFrame:
    """Return the cells with each percentage as it is shown: 0.25 as 25%."""
    cells = cells.copy()
    for row, column in marks.percents:
        position = column - marks.first_column
        if row in cells.index and 0 <= position < cells.shape[1]:
            text = str(cells.at[row, position])
            try:
                cells.at[row, position] = f"{float(text) * 100:.12g}%" if text else ""
            except ValueError:
                continue
    return cells


def _cell_problems(
    file: str, marks: SheetMarks, header_row: int, headings: dict[int, str], cells: pd.DataFrame
) -> Iterator[Problem]:
    """Yield the cells below the header that hold a formula or an error, and merged ones."""
    for row, column in sorted(marks.formulas | marks.errors.keys()):
        if row <= header_row or column not in headings:
            continue
        shown = marks.errors.get((row, column), "").strip()
        if shown:
            rule, advice = "the cell holds an error", "mend the formula, or clear the cell"
        else:
            shown = str(cells.at[row, column - marks.first_column]) if row in cells.index else ""
            rule = "the cell holds a formula, whose result may not be up to date"
            advice = "copy the cells and paste them as values"
        yield Problem(file, row, headings[column], shown.replace(ERROR_CELL, ""), rule, advice)
    for reference, (row, column) in marks.merged.items():
        if row > header_row and column in headings:
            rule = "these cells are merged, so that only the first holds the value"
            yield Problem(
                file, row, headings[column], reference, rule, "unmerge them and fill each cell"
            )
