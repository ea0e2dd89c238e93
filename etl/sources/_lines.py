"""The lines of a file that people fill in, CSV or workbook, as text with the sheet's row numbers.

A CSV is UTF-8, or UTF-16 with its mark as Excel's "Unicode Text" is; commas, semicolons or tabs
separate its values. Of a workbook one sheet is read: the one with the template's name, or the
first. Headings may differ in case and blanks ("Area code").
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._numbers import MARKER, NumberError, parse_number
from etl.sources._sheet_xml import SheetMarks, sheet_marks
from etl.sources._workbook import ERROR_CELL, is_workbook, read_sheet, sheet_names

#: Far more than one partnership fills in, and read in well under a gigabyte.
MOST_CSV_BYTES = 16_000_000
MOST_LINES = 200_000
MOST_COLUMNS = 100

ROW_NUMBER = "row_number"
_SEPARATORS = ",;\t"
_SAMPLE_CHARACTERS = 65_536
_HEADER_WITHIN_ROWS = 10
_SHOWN_BYTES = 30
_SHOWN_CHARACTERS = 200


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


def has_columns(path: Path, columns: Columns) -> bool:
    """Return whether the first line that holds anything names all required columns."""
    if not path.is_file():
        return False
    if is_workbook(path):
        names = sheet_names(path)
        return bool(names) and _sheet_has_columns(path, _chosen_sheet(names, columns), columns)
    return _separator(_sample(path), columns) is not None


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
        return _read_workbook(path, columns, problems)
    return _read_csv(path, columns, problems)


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
    parsed: dict[str, float] = {}
    wrong: dict[str, NumberError] = {}
    for text in lines.table[column].unique():
        if text == "" or MARKER.fullmatch(text):
            continue
        try:
            parsed[text] = parse_number(
                text.removesuffix("%").rstrip() if percent else text,
                decimal_commas_likely=lines.decimal_commas_likely,
            )
        except NumberError as error:
            wrong[text] = error
    problems.extend(
        Problem(lines.file, line, column, text, wrong[text].rule, wrong[text].what_to_do)
        for line, text in zip(lines.table[ROW_NUMBER], lines.table[column], strict=True)
        if text in wrong
    )
    return lines.table[column].map(parsed).astype("float64")


def _sample(path: Path) -> str:
    # Wrong bytes are no reason to pass the file over: reading it will say what is wrong.
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        return file.read(_SAMPLE_CHARACTERS)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(len(codecs.BOM_UTF16_LE))
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _separator(sample: str, columns: Columns) -> str | None:
    for separator in _SEPARATORS:
        try:
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
            header = next((row for row in rows if any(cell.strip() for cell in row)), [])
        except csv.Error:
            continue
        if set(columns.required) <= {measure_name(name) for name in header}:
            return separator
    return None


def _read_csv(path: Path, columns: Columns, problems: list[Problem]) -> Lines:
    if path.stat().st_size > MOST_CSV_BYTES:
        raise InputError.of(
            path.name,
            f"the file is too big: more than {MOST_CSV_BYTES // 1_000_000} million bytes",
            "this template is for the figures of one partnership: split the file",
        )
    separator = _separator(_sample(path), columns) or ","
    lines = _table(path.name, _csv_rows(path, separator), columns, problems)
    return Lines(path.name, *lines, decimal_commas_likely=separator == ";")


def _csv_rows(path: Path, separator: str = ",") -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV that hold anything, each with the line it begins at.

    Raises:
        InputError: It is no text in a known encoding, no CSV, or has more than `MOST_LINES`.
    """
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            return list(_numbered(csv.reader(file, delimiter=separator), path.name))
    except UnicodeError as error:
        raise _not_text(path) from error
    except csv.Error as error:
        raise InputError.of(
            path.name, f"this is not a CSV: {error}", "export it again as CSV"
        ) from error


def _numbered(rows: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything with the line they begin at."""
    begins_at = 1
    for count, row in enumerate(rows):
        if count > MOST_LINES:
            raise InputError.of(file, f"the file has more than {MOST_LINES:,} lines", "split it")
        if any(cell.strip() for cell in row):
            yield begins_at, [cell.strip() for cell in row]
        begins_at = rows.line_num + 1  # ty: ignore[missing-attribute]


def _not_text(path: Path) -> InputError:
    """Return the error for a file that is not in the encoding it seems to have."""
    if _encoding(path) == "utf-16":
        rule, value, line = "the file is not whole UTF-16 text", "", 0
    else:
        content = path.read_bytes()
        try:
            content.decode("utf-8-sig")
            start = 0
        except UnicodeDecodeError as error:
            start = error.start
        line = content.count(b"\n", 0, start) + 1
        value = content[start : start + _SHOWN_BYTES].split(b"\n")[0].decode("cp1252", "replace")
        rule = "the file is not UTF-8 text, but probably in a Windows encoding"
    advice = 'save it as "CSV UTF-8" and add it again'
    return InputError([Problem(path.name, line, "", value.strip(), rule, advice)])


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


def _read_workbook(path: Path, columns: Columns, problems: list[Problem]) -> Lines:
    name = _chosen_sheet(sheet_names(path), columns)
    sheet = read_sheet(path, name)
    marks = sheet_marks(path, name)
    cells = _with_percents(sheet.cells, marks)
    rows = [
        (line, [str(cell) for cell in row])
        for line, row in zip(cells.index.tolist(), cells.to_numpy().tolist(), strict=True)
        if any(row)
    ]
    table, rows_read = _table(sheet.file, rows, columns, problems)
    header_row, header = rows[0]
    first = marks.first_column
    headings = {first + n: heading for n, heading in enumerate(header) if heading}
    found = list(_cell_problems(sheet.file, marks, header_row, headings, cells))
    problems.extend(found)
    return Lines(sheet.file, table[~table[ROW_NUMBER].isin({p.line for p in found})], rows_read)


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
        shown = marks.errors.get((row, column), "")
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


def _table(
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
    whole = []
    for line, row in rows[1:]:
        extra = any(row[len(names) :])
        if extra or len(row) < len(names):
            length = max(n for n, cell in enumerate(row, start=1) if cell) if extra else len(row)
            rule = f"the line has {length} values, the header {len(names)}"
            advice = "put a separator for every column, and quotes around a value that holds one"
            shown = ",".join(row)[:_SHOWN_CHARACTERS]
            problems.append(Problem(file, line, "", shown, rule, advice))
        else:
            whole.append([line, *row[: len(names)]])
    table = pd.DataFrame(whole, columns=[ROW_NUMBER, *names])
    return table.astype(dict.fromkeys(names, "str") | {ROW_NUMBER: "int64"}), len(rows) - 1


def _check_columns(
    file: str, line: int, headings: list[str], names: list[str], columns: Columns
) -> None:
    advice = f"use {', '.join(columns.all)}"
    problems = [
        Problem(file, line, heading, "", "the template has no such column", advice)
        for heading, name in zip(headings, names, strict=True)
        if name not in columns.all
    ]
    problems += [
        Problem(file, line, name, "", "this column stands twice", "keep one")
        for name in columns.all
        if names.count(name) > 1
    ]
    problems += [
        Problem(file, line, name, "", "this column is missing", advice)
        for name in columns.required
        if name not in names
    ]
    if problems:
        raise InputError(problems)
