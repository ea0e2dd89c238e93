"""The rows of a CSV: its encoding found, its lines numbered, and what is wrong with it said.

Three kinds of CSV are read by these: what people fill in (`etl.sources._lines`), what a publisher
puts out by machine (`etl.sources._published_csv`), and the beginnings by which every file is known.
Files of millions of lines are read by engines: DuckDB (`_street_query`) and Arrow (`_open_csv`).
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from etl.problems import InputError, Problem

#: The column of a table that holds the line or row of the file that each of its rows begins at.
ROW_NUMBER = "row_number"
#: Each takes some 150 bytes as it is read; the real files have a fifth of these at most.
MOST_CELLS = 3_000_000
#: The most bytes that telling an encoding takes.
SAMPLE_BYTES = 65_536
_SHOWN_CHARACTERS = 200
_SHOWN_BYTES = 30


def encoding_of(start: bytes) -> str:
    """Return the encoding that a file's first bytes tell: UTF-16 by its mark, or else UTF-8."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if start.startswith(marks) else "utf-8-sig"


def beginning(path: Path, size: int = SAMPLE_BYTES) -> bytes:
    """Return the first bytes of a file."""
    with path.open("rb") as file:
        return file.read(size)


def first_rows(start: bytes, separator: str = ",") -> Iterator[list[str]]:
    """Yield the rows of the beginning of a file, as far as it is a CSV; the last may be cut short.

    Wrong bytes are no reason to pass a file over: reading it will say what is wrong.
    """
    text = start.decode(encoding_of(start), "replace")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        return


def numbered_rows(
    path: Path,
    separator: str = ",",
    *,
    strict: bool = False,
    most_lines: int = MOST_CELLS,
    advice: str,
) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV that hold anything, each with the line it begins at.

    Args:
        path: The file.
        separator: What separates its values.
        strict: Whether a quote out of place is refused, and not taken as text.
        most_lines: How many lines it may have.
        advice: What to do about a file that is no CSV.

    Raises:
        InputError: It is no text in a known encoding, no CSV, or too big.
    """
    encoding = encoding_of(beginning(path))
    try:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=separator, strict=strict)
            return list(_filled(reader, path.name, most_lines))
    except UnicodeError as error:
        raise _not_text(path, encoding) from error
    except csv.Error as error:
        raise InputError.of(path.name, f"this is not a CSV: {error}", advice) from error


def _filled(
    reader: Iterator[list[str]], file: str, most_lines: int
) -> Iterator[tuple[int, list[str]]]:
    begins_at, cells = 1, 0
    for count, row in enumerate(reader):
        cells += len(row) + 1
        if count > most_lines:
            raise InputError.of(file, f"the file has more than {most_lines:,} lines", "split it")
        if cells > MOST_CELLS:
            rule = f"the file is too big: it has more than {MOST_CELLS:,} cells and lines"
            raise InputError.of(file, rule, "split it, or add the part that is needed")
        values = [cell.strip() for cell in row]
        if any(values):
            yield begins_at, values
        begins_at = reader.line_num + 1  # ty: ignore[missing-attribute]


def whole_rows(
    file: str,
    rows: Sequence[tuple[int, list[str]]],
    width: int,
    problems: list[Problem],
    advice: str,
) -> list[list[object]]:
    """Return the rows that have a value for every column: the line of each, and its values.

    Args:
        file: The file, as a problem names it.
        rows: Rows with their lines.
        width: How many columns there are; blanks behind the last are left out.
        problems: Takes every row that is shorter, or holds more.
        advice: What to do about such a row.
    """
    whole: list[list[object]] = []
    for line, row in rows:
        extra = any(row[width:])
        if not extra and len(row) >= width:
            whole.append([line, *row[:width]])
            continue
        length = max(n for n, cell in enumerate(row, start=1) if cell) if extra else len(row)
        rule = f"the line has {length} values, the header {width}"
        shown = ",".join(row)[:_SHOWN_CHARACTERS]
        problems.append(Problem(file, line, "", shown, rule, advice))
    return whole


def row_problems(
    file: str, rows: pd.DataFrame, column: str, rule: str, what_to_do: str
) -> list[Problem]:
    """Return one problem for each of some rows, by what stands in a column.

    Args:
        file: The file, as a problem names it.
        rows: The rows that break a rule; with `ROW_NUMBER`.
        column: Their column that breaks it.
        rule: The rule.
        what_to_do: What the user does next.
    """
    return [
        Problem(file, int(line), column, text, rule, what_to_do)
        for line, text in zip(rows[ROW_NUMBER], rows[column], strict=True)
    ]


def _not_text(path: Path, encoding: str) -> InputError:
    """Return the error for a file that is not in the encoding it seems to have."""
    if encoding == "utf-16":
        rule, value, line = "the file is not whole UTF-16 text", "", 0
    else:
        content = path.read_bytes()
        try:
            content.decode(encoding)
            start = 0
        except UnicodeDecodeError as error:
            start = error.start
        line = content.count(b"\n", 0, start) + 1
        value = content[start : start + _SHOWN_BYTES].split(b"\n")[0].decode("cp1252", "replace")
        rule = "the file is not UTF-8 text, but probably in a Windows encoding"
    advice = 'save it as "CSV UTF-8" and add it again'
    return InputError([Problem(path.name, line, "", value.strip(), rule, advice)])
