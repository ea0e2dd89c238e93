"""The table of a CSV of the Home Office's open data."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from etl.problems import InputError, Problem
from etl.sources._coded import Coded
from etl.sources._csv import beginning, encoding_of, first_rows
from etl.sources._open_table import (
    Table,
    header_row,
    places_of,
    without_blank_rows,
)

MOST_CSV_BYTES = 600_000_000


def csv_has_headings(path: Path) -> bool:
    """Return whether a text file has the headings of the tables; reads only its beginning."""
    return _header(beginning(path)) is not None


def read_csv_table(path: Path, problems: list[Problem]) -> Table:
    """Read the table of a CSV; see `etl.sources._open_data.read_tables`."""
    if path.stat().st_size > MOST_CSV_BYTES:
        raise InputError.of(
            path.name,
            f"the file has {path.stat().st_size:,} bytes, too many to be read safely",
            "split it by financial year",
        )
    header = _header(beginning(path))
    if header is None:
        raise InputError.of(path.name, "no line has the headings of the table", "download it again")
    row, cells = header
    text = _decoded(path.read_bytes())
    places = places_of(cells, path.name)
    skipped: list[int] = []
    names = _column_names(len(cells))
    chosen = [names[at] for at in places.values()]
    table = _below(path.name, text, row, names, chosen, skipped, problems)
    columns = {
        column: Coded.of(table.column(number).combine_chunks())
        for number, column in enumerate(places)
    }
    every = np.arange(row + 2, row + 2 + table.num_rows + len(skipped), dtype=np.int64)
    lines = np.delete(every, [line - row - 2 for line in skipped])
    headings = {column: str(cells[at]) for column, at in places.items()}
    return without_blank_rows(Table(path.name, headings, columns, lines))


def _below(
    file: str,
    text: str,
    header: int,
    names: list[str],
    chosen: list[str],
    skipped: list[int],
    problems: list[Problem],
) -> pa.Table:
    """Return the chosen columns of the lines below the header, as text.

    Raises:
        InputError: It is no CSV.
    """
    try:
        return pa_csv.read_csv(
            io.BytesIO(text.encode("utf-8")),
            read_options=pa_csv.ReadOptions(
                use_threads=False, skip_rows=header + 1, column_names=names
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=_delimiter(text),
                ignore_empty_lines=False,
                invalid_row_handler=lambda line: _skip(line, file, skipped, problems),
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=chosen,
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise InputError.of(
            file,
            "the file is damaged and cannot be read as a CSV",
            "download or export it again",
            value=str(error).splitlines()[0],
        ) from error


def _column_names(count: int) -> list[str]:
    return [f"column {number}" for number in range(count)]


def _skip(line: pa_csv.InvalidRow, file: str, skipped: list[int], problems: list[Problem]) -> str:
    """Note a line that has more or fewer values than the header; a blank one is no problem."""
    number = line.number
    skipped.append(number)
    if line.text.strip(" ,\t\r\n"):
        problems.append(
            Problem(
                file, number, "", line.text[:60],
                f"the line has {line.actual_columns} values where the header has "
                f"{line.expected_columns}",
                "put quotes round a value that holds a comma, or add what is missing",
            )
        )  # fmt: skip
    return "skip"


def _delimiter(text: str) -> str:
    first = text[: text.find("\n") if "\n" in text else None]
    return max(",;\t", key=first.count)


def _header(start: bytes) -> tuple[int, Sequence[str | None]] | None:
    return header_row(first_rows(start, _delimiter(start.decode(encoding_of(start), "replace"))))


def _decoded(raw: bytes) -> str:
    """Return the text of a CSV: UTF-8 or UTF-16 with a mark, UTF-8, or else Windows-1252."""
    encoding = encoding_of(raw)
    try:
        return raw.decode(encoding, "replace" if encoding == "utf-16" else "strict")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
