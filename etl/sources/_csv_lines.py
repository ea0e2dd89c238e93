"""The lines of a CSV that people fill in: its encoding and separator found, its rows numbered."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._template_table import Columns, Lines, table_of

#: Far more than one partnership fills in, and read in well under a gigabyte.
MOST_CSV_BYTES = 16_000_000
MOST_LINES = 200_000
_SEPARATORS = ",;\t"
_SAMPLE_CHARACTERS = 65_536
_SHOWN_BYTES = 30


def csv_has_columns(path: Path, columns: Columns) -> bool:
    """Return whether the first line that holds anything names all required columns."""
    return _separator(_sample(path), columns) is not None


def read_csv_lines(path: Path, columns: Columns, problems: list[Problem]) -> Lines:
    """Read the lines of a CSV; see `etl.sources._lines.read_lines`."""
    if path.stat().st_size > MOST_CSV_BYTES:
        raise InputError.of(
            path.name,
            f"the file is too big: more than {MOST_CSV_BYTES // 1_000_000} million bytes",
            "this template is for the figures of one partnership: split the file",
        )
    separator = _separator(_sample(path), columns) or ","
    lines = table_of(path.name, _csv_rows(path, separator), columns, problems)
    return Lines(path.name, *lines, decimal_commas_likely=separator == ";")


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
