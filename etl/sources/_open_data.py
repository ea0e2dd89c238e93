"""The tables of a Home Office open-data file: sheets of a workbook (.xlsx, .ods), or one CSV.

A table is known by its headings, wherever they stand in the first rows, in any order and among
others. Sheets without them (cover, notes, contents) are passed over.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.parsers import expat

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._coded import Coded
from etl.sources._ods_pieces import WHOLE_BYTES, check_ods, content_size, ods_pieces
from etl.sources._sheet_pieces import (
    PIECE_BYTES,
    CannotCutError,
    Piece,
    part_size,
    sheet_pieces,
    whole_sheet,
)

#: Headings of each column, as names; the tables have had several over the years.
HEADINGS = {
    "year": {"financial_year"},
    "quarter": {"financial_quarter"},
    "force": {"force_name", "police_force", "police_force_name", "force"},
    "partnership": {
        "csp_name", "csp", "community_safety_partnership", "community_safety_partnership_name",
    },
    "description": {"offence_description"},
    "group": {"offence_group"},
    "subgroup": {"offence_subgroup", "offence_sub_group"},
    "code": {"offence_code"},
    "count": {"number_of_offences", "offence_count", "recorded_offences"},
}  # fmt: skip
REQUIRED = ("year", "quarter", "force", "code", "count")

#: A sheet is read in pieces, so that its length costs time and not memory; one that cannot be cut
#: into pieces is read whole up to this size.
MOST_WHOLE_BYTES = 300_000_000
MOST_FILE_BYTES = 8_000_000_000
MOST_CSV_BYTES = 600_000_000
_HEADER_WITHIN_ROWS = 60
_SNIFFED_BYTES = 4_000_000
_CSV_SAMPLE = 65_536
_WORKBOOK_PARTS = ("xl/workbook.xml", "content.xml")
#: What every such workbook writes out, as words between its XML.
_TELLING = ("financial quarter", "offence code")
_COUNTS = tuple(name.replace("_", " ") for name in HEADINGS["count"])
#: What reading a damaged, truncated or protected zip, its XML or its cells raises.
_DAMAGED = (
    fastexcel.FastExcelError, pa.ArrowInvalid, zipfile.BadZipFile, zlib.error, OSError, EOFError,
    NotImplementedError, RuntimeError, KeyError, ValueError, expat.ExpatError,
)  # fmt: skip
_SHOWN_CHARACTERS = 200
_AGAIN = "download it again, or open it in a spreadsheet program and save it as .xlsx"


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        file: File and sheet, as a problem names them.
        headings: Heading of each column of `HEADINGS` that it has.
        columns: Those columns, rows that are blank throughout left out.
        lines: For each row, its number in the sheet or file, from 1.
    """

    file: str
    headings: dict[str, str]
    columns: dict[str, Coded]
    lines: np.ndarray


def is_open_data(path: Path) -> bool:
    """Return whether a file has the headings of the open-data tables; reads only its beginning."""
    if not path.is_file():
        return False
    if zipfile.is_zipfile(path):
        return _workbook_has_headings(path)
    with path.open("rb") as file:
        return _header_row(_csv_rows(_decoded(file.read(_CSV_SAMPLE)))) is not None


def read_tables(path: Path, problems: list[Problem]) -> Iterator[Table]:
    """Yield the tables of a file, each before the next is read.

    Args:
        path: A file that `is_open_data`.
        problems: Collects lines that cannot be read.

    Raises:
        InputError: The file is damaged, too large, or a heading stands twice.
    """
    if zipfile.is_zipfile(path):
        yield from _sheets(path)
    else:
        yield _csv(path, problems)


def _workbook_has_headings(path: Path) -> bool:
    found = ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if not any(part in names for part in _WORKBOOK_PARTS):
                return False
            texts = ["xl/sharedStrings.xml", "content.xml"]
            for name in [*texts, *(n for n in names if n.startswith("xl/worksheets/"))]:
                if name in names:
                    with archive.open(name) as part:
                        found += part.read(_SNIFFED_BYTES).decode("utf-8", "ignore").casefold()
                if _tells(found):
                    return True
    except _DAMAGED:
        return False
    return False


def _tells(text: str) -> bool:
    return all(words in text for words in _TELLING) and any(words in text for words in _COUNTS)


def _sheets(path: Path) -> Iterator[Table]:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MOST_FILE_BYTES:
            rule = f"the workbook unpacks to {size:,} bytes, too many to be read safely"
            raise InputError.of(path.name, rule, "save each year as a file of its own")
        if content_size(path) > WHOLE_BYTES:
            for (_, name), pieces in groupby(ods_pieces(path), key=lambda found: found[:2]):
                rows = (piece for _, _, piece in pieces)
                if table := _table(_place(path, name), rows):
                    yield table
            return
        check_ods(path)
        workbook = fastexcel.read_excel(path)
        for name in workbook.sheet_names:
            if table := _sheet(path, workbook, name):
                yield table
    except _DAMAGED as error:
        shown = " ".join(str(error).split())[:_SHOWN_CHARACTERS]
        raise InputError.of(
            path.name, "the workbook is damaged and cannot be read", _AGAIN, value=shown
        ) from error


def _sheet(path: Path, workbook: fastexcel.ExcelReader, name: str) -> Table | None:
    size = part_size(path, name)
    if size > PIECE_BYTES:
        try:
            return _table(_place(path, name), sheet_pieces(path, name))
        except CannotCutError:
            if size > MOST_WHOLE_BYTES:
                rule = f"the sheet has {size:,} bytes, too many to be read safely"
                raise InputError.of(_place(path, name), rule, _AGAIN) from None
    return _table(_place(path, name), iter([whole_sheet(path, workbook, name)]))


def _place(path: Path, sheet: str) -> str:
    return f"{path.name}, sheet {sheet.strip()}"


def _table(file: str, pieces: Iterator[Piece]) -> Table | None:
    """Return the table of a sheet, or None where its first rows have no headings."""
    first = next(pieces, None)
    if first is None:
        return None
    top = first.cells.slice(0, _HEADER_WITHIN_ROWS).to_pydict().values()
    header = _header_row(zip(*top, strict=True))
    if header is None:
        return None
    row, cells = header
    places = _places(cells, file)
    headings = {column: str(cells[at]) for column, at in places.items()}
    parts = [_coded(Piece(first.first_row + row + 1, first.cells.slice(row + 1)), places)]
    del first
    parts += [_coded(piece, places) for piece in pieces]
    columns = {name: Coded.joined([part[name] for part, _ in parts]) for name in places}
    return _without_blank_rows(
        Table(file, headings, columns, np.concatenate([lines for _, lines in parts]))
    )


def _coded(piece: Piece, places: Mapping[str, int]) -> tuple[dict[str, Coded], np.ndarray]:
    """Return the columns of a piece, and the row number of each of its rows."""
    lines = np.arange(piece.first_row, piece.first_row + piece.cells.num_rows, dtype=np.int64)
    return {name: Coded.of(piece.cells.column(at)) for name, at in places.items()}, lines


def _without_blank_rows(table: Table) -> Table:
    filled = np.zeros(len(table.lines), dtype=bool)
    for column in table.columns.values():
        if "" not in column.texts:
            return table
        filled |= column.spread(column.each(bool))
    columns = {name: column.rows(filled) for name, column in table.columns.items()}
    return Table(table.file, table.headings, columns, table.lines[filled])


def _header_row(rows: Iterator[Sequence[str | None]]) -> tuple[int, Sequence[str | None]] | None:
    """Return the first row that names every required column, with its place from 0."""
    for number, cells in zip(range(_HEADER_WITHIN_ROWS), rows, strict=False):
        names = {measure_name(cell or "") for cell in cells}
        if all(names & HEADINGS[column] for column in REQUIRED):
            return number, cells
    return None


def _places(cells: Sequence[str | None], file: str) -> dict[str, int]:
    """Return where each column stands.

    Raises:
        InputError: Two headings name the same column.
    """
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = measure_name(cell or "")
        for column, headings in HEADINGS.items():
            if name in headings:
                if column in places:
                    raise InputError.of(
                        file,
                        "two columns have headings of the same meaning",
                        "leave only one of them",
                        value=f"{cells[places[column]]}, {cell}",
                    )
                places[column] = at
    return places


def _csv(path: Path, problems: list[Problem]) -> Table:
    if path.stat().st_size > MOST_CSV_BYTES:
        raise InputError.of(
            path.name,
            f"the file has {path.stat().st_size:,} bytes, too many to be read safely",
            "split it by financial year",
        )
    raw = path.read_bytes()
    text = _decoded(raw)
    header = _header_row(_csv_rows(text[:_CSV_SAMPLE]))
    if header is None:
        raise InputError.of(path.name, "no line has the headings of the table", "download it again")
    row, cells = header
    places = _places(cells, path.name)
    skipped: list[int] = []
    try:
        table = pa_csv.read_csv(
            io.BytesIO(text.encode("utf-8")),
            read_options=pa_csv.ReadOptions(
                use_threads=False, skip_rows=row + 1, column_names=_column_names(len(cells))
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=_delimiter(text),
                ignore_empty_lines=False,
                invalid_row_handler=lambda line: _skip(line, path.name, skipped, problems),
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(_column_names(len(cells)), pa.string()),
                include_columns=[_column_names(len(cells))[at] for at in places.values()],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise InputError.of(
            path.name,
            "the file is damaged and cannot be read as a CSV",
            "download or export it again",
            value=str(error).splitlines()[0],
        ) from error
    columns = {
        column: Coded.of(table.column(number).combine_chunks())
        for number, column in enumerate(places)
    }
    every = np.arange(row + 2, row + 2 + table.num_rows + len(skipped), dtype=np.int64)
    lines = np.delete(every, [line - row - 2 for line in skipped])
    headings = {column: str(cells[at]) for column, at in places.items()}
    return _without_blank_rows(Table(path.name, headings, columns, lines))


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


def _csv_rows(text: str) -> Iterator[list[str]]:
    lines = text.splitlines()[:_HEADER_WITHIN_ROWS]
    try:
        yield from csv.reader(lines, delimiter=_delimiter(text))
    except csv.Error:
        return


def _decoded(raw: bytes) -> str:
    """Return the text of a CSV: UTF-8 or UTF-16 with a mark, UTF-8, or else Windows-1252."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:  # a sample that ends within a letter
            return raw[: error.start].decode("utf-8-sig")
        return raw.decode("cp1252", "replace")
