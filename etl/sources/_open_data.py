"""The tables of a Home Office open-data file: sheets of a workbook (.xlsx, .ods), or one CSV.

A table is known by its headings, wherever they stand in the first rows, in any order and among
others. Sheets without them (cover, notes, contents) are passed over.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from xml.parsers import expat

import fastexcel
import numpy as np
import pyarrow as pa

from etl.problems import InputError, Problem
from etl.sources._coded import Coded
from etl.sources._ods_pieces import WHOLE_BYTES, check_ods, content_size, ods_pieces
from etl.sources._open_csv import csv_has_headings, read_csv_table
from etl.sources._open_table import (
    HEADER_WITHIN_ROWS,
    HEADINGS,
    Table,
    header_row,
    places_of,
    without_blank_rows,
)
from etl.sources._sheet_pieces import (
    PIECE_BYTES,
    CannotCutError,
    Piece,
    part_size,
    sheet_pieces,
    whole_sheet,
)
from etl.sources._sheet_reach import check_parts

#: A sheet is read in pieces, so that its length costs time and not memory; one that cannot be cut
#: into pieces is read whole up to this size.
MOST_WHOLE_BYTES = 300_000_000
MOST_FILE_BYTES = 8_000_000_000
_SNIFFED_BYTES = 4_000_000
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


def is_open_data(path: Path) -> bool:
    """Return whether a file has the headings of the open-data tables; reads only its beginning."""
    if not path.is_file():
        return False
    if zipfile.is_zipfile(path):
        return _workbook_has_headings(path)
    return csv_has_headings(path)


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
        yield read_csv_table(path, problems)


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
        check_parts(path)
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
    top = first.cells.slice(0, HEADER_WITHIN_ROWS).to_pydict().values()
    header = header_row(zip(*top, strict=True))
    if header is None:
        return None
    row, cells = header
    places = places_of(cells, file)
    headings = {column: str(cells[at]) for column, at in places.items()}
    parts = [_coded(Piece(first.first_row + row + 1, first.cells.slice(row + 1)), places)]
    del first
    parts += [_coded(piece, places) for piece in pieces]
    columns = {name: Coded.joined([part[name] for part, _ in parts]) for name in places}
    return without_blank_rows(
        Table(file, headings, columns, np.concatenate([lines for _, lines in parts]))
    )


def _coded(piece: Piece, places: Mapping[str, int]) -> tuple[dict[str, Coded], np.ndarray]:
    """Return the columns of a piece, and the row number of each of its rows."""
    lines = np.arange(piece.first_row, piece.first_row + piece.cells.num_rows, dtype=np.int64)
    return {name: Coded.of(piece.cells.column(at)) for name, at in places.items()}, lines
