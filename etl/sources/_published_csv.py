"""A publisher's CSV as text: UTF-8, a heading for every column, every line as long as the header.

What a publisher puts out by machine is held to its layout; what people fill in is read by
`etl.sources._lines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.problems import InputError, Problem
from etl.sources._csv import ROW_NUMBER, beginning, first_rows, numbered_rows, whole_rows

#: The largest of these files, 36,000 small areas with their wards, has under 3 million bytes.
MOST_BYTES = 64_000_000
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
    row = next(first_rows(beginning(path, _HEADER_BYTES)), [])
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
    rows = numbered_rows(path, strict=True, advice=_AGAIN)[1:]
    problems: list[Problem] = []
    whole = whole_rows(path.name, rows, len(columns), problems, _AGAIN)
    table = pd.DataFrame(whole, columns=[ROW_NUMBER, *columns])
    return PublishedCsv(table.astype(dict.fromkeys(columns, "str")), len(rows), tuple(problems))
