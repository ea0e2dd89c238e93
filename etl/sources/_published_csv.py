"""A publisher's CSV as text: UTF-8, a heading for every column, every line as long as the header.

What a publisher puts out by machine is held to its layout; what people fill in is read by
`etl.sources._lines`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.problems import InputError, Problem

ROW_NUMBER = "row_number"
#: The largest of these files, 36,000 small areas with their wards, has under 3 million bytes.
MOST_BYTES = 64_000_000
#: Each takes some 150 bytes as it is read; the real files have a fifth of these at most.
MOST_CELLS = 3_000_000
_HEADER_BYTES = 8192
_AGAIN = "download it again from its publisher"


@dataclass(frozen=True, slots=True)
class PublishedCsv:
    """What stands in a file.

    Attributes:
        table: Text of every whole line, and its line number as `row_number`.
        rows_read: Lines that hold anything, the header not counted.
        problems: Lines that are too short or too long.
    """

    table: pd.DataFrame
    rows_read: int
    problems: tuple[Problem, ...]


def headings(path: Path) -> tuple[str, ...]:
    """Return the headings of a file's first line; none where it is no CSV of text."""
    if not path.is_file():
        return ()
    with path.open("rb") as file:
        first = file.read(_HEADER_BYTES).partition(b"\n")[0]
    try:
        row = next(csv.reader([first.decode("utf-8-sig", errors="replace").rstrip("\r")]), [])
    except csv.Error:
        return ()
    return tuple(heading.strip() for heading in row)


def read_published_csv(path: Path) -> PublishedCsv:
    """Read a file whose `headings` a source knows.

    Raises:
        InputError: It is too large, not UTF-8, or no CSV, or a column stands twice.
    """
    if path.stat().st_size > MOST_BYTES:
        rule = f"the file is larger than {MOST_BYTES:,} bytes, which no such file is"
        raise InputError.of(path.name, rule, _AGAIN)
    columns = headings(path)
    doubled = [name for name in columns if name and columns.count(name) > 1]
    if doubled:
        raise InputError.of(path.name, "a column stands twice", _AGAIN, value=doubled[0])
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            next(reader)
            rows = list(_filled(reader, path.name))
    except UnicodeDecodeError:
        raise InputError.of(path.name, "the file is not UTF-8 text", _AGAIN) from None
    except csv.Error as error:
        raise InputError.of(path.name, f"this is not a CSV: {error}", _AGAIN) from None
    problems = tuple(
        Problem(
            path.name, line, "", ",".join(row)[:200],
            f"the line has {len(row)} values, the header {len(columns)}", _AGAIN,
        )
        for line, row in rows
        if len(row) != len(columns)
    )  # fmt: skip
    whole = [
        [line, *(value.strip() for value in row)] for line, row in rows if len(row) == len(columns)
    ]
    table = pd.DataFrame(whole, columns=[ROW_NUMBER, *columns])
    return PublishedCsv(table.astype(dict.fromkeys(columns, "str")), len(rows), problems)


def _filled(reader: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with their line.

    Raises:
        InputError: They have more than `MOST_CELLS`.
    """
    cells = 0
    for row in reader:
        cells += len(row) + 1
        if cells > MOST_CELLS:
            rule = f"the file is too big: it has more than {MOST_CELLS:,} cells and lines"
            raise InputError.of(file, rule, "split it, or add the part that is needed")
        if any(row):
            yield reader.line_num, row  # ty: ignore[missing-attribute]
