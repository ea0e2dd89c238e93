"""A long sheet read in pieces of some thousand rows, so that its length does not cost memory.

The reader of spreadsheets holds every cell of a sheet (of an .ods file, of all its sheets) before
it gives the first. Here the sheet's XML is cut between rows as it is unpacked, and each piece is
read as a small workbook of its own. Where a sheet cannot be cut like that, it is read whole.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

import fastexcel
import pyarrow as pa

from etl.sources._sheet_reach import check_reach
from etl.sources._sheet_rows import ROW_END, alike_rows

#: Some thousand rows of eight or nine cells.
PIECE_BYTES = 2_000_000
#: Enough for the titles and headings of a sheet, and some of its rows.
TOP_BYTES = 200_000
#: A sheet up to so many is read whole, which finds damage further down too; it takes a second.
LONG_BYTES = 8_000_000
#: Cells of a sheet that is read at once; a national year has some two million.
MOST_WHOLE_CELLS = 12_000_000
_DATA_START, _DATA_END = b"<sheetData>", b"</sheetData>"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
#: What a reader of spreadsheets needs beside a sheet.
_BESIDE = (
    "[Content_Types].xml", "_rels/.rels", _WORKBOOK, _RELATIONS, "xl/sharedStrings.xml",
    "xl/styles.xml",
)  # fmt: skip
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: The first cell of a piece that holds anything, with its row.
_FILLED = re.compile(rb'<c\b[^>]*?\br="[A-Z]{1,3}([0-9]+)"[^>/]*>\s*<(?:v|is|f)\b')


class CannotCutError(Exception):
    """The sheet is not written as rows that can be told apart; it has to be read whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a sheet.

    Attributes:
        first_row: Row number of the first of them, from 1.
        cells: Their cells as text, null where blank.
    """

    first_row: int
    cells: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of a workbook: its name, its part, and the other parts that a reader needs."""

    name: str
    place: str
    part: str
    beside: dict[str, bytes]

    @classmethod
    def of(cls, archive: zipfile.ZipFile, path: Path, name: str) -> _Sheet:
        beside = {part: archive.read(part) for part in _BESIDE if part in archive.namelist()}
        place = f"{path.name}, sheet {name.strip()}"
        return cls(name, place, sheet_part(archive, name), beside)


def whole_sheet(path: Path, workbook: fastexcel.ExcelReader, name: str) -> Piece:
    """Return all rows of a sheet as one piece.

    Raises:
        InputError: Its cells reach too far.
        expat.ExpatError: It is no XML.
        zipfile.BadZipFile: The workbook is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        try:
            xml = archive.read(sheet_part(archive, name))
        except (CannotCutError, KeyError):
            xml = b""  # an .ods file
    if xml:
        check_reach(f"{path.name}, sheet {name.strip()}", xml, MOST_WHOLE_CELLS)
    del xml
    return Piece(1, _load(workbook, name, skip_rows=0))


def sheet_pieces(path: Path, name: str) -> Iterator[Piece]:
    """Yield the rows of a long sheet of an .xlsx workbook, piece by piece.

    Args:
        path: The workbook.
        name: The sheet.

    Raises:
        CannotCutError: It has to be read whole: forget the pieces that came before.
        InputError: Its cells reach too far.
        zipfile.BadZipFile: The workbook is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        sheet = _Sheet.of(archive, path, name)
        with archive.open(sheet.part) as xml:
            yield from _pieces(xml, sheet)


def sheet_top(path: Path, name: str) -> Piece | None:
    """Return the first rows of a long sheet of an .xlsx workbook, without reading on.

    Returns:
        Those in the first `TOP_BYTES` of its XML; None where it is not longer than `LONG_BYTES`, or
        has to be read whole.

    Raises:
        InputError: Their cells reach too far.
        zipfile.BadZipFile: The workbook is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(sheet_part(archive, name)).file_size <= LONG_BYTES:
                return None
            sheet = _Sheet.of(archive, path, name)
            with archive.open(sheet.part) as xml:
                head, _, rest = xml.read(TOP_BYTES).partition(_DATA_START)
        rows = rest[: rest.rfind(ROW_END) + len(ROW_END)]
        if not rows.endswith(ROW_END):
            return None
        return _plain_piece(head, rows, sheet)
    except (CannotCutError, KeyError):
        return None


def part_size(path: Path, name: str) -> int:
    """Return how many bytes the XML of an .xlsx workbook's sheet has; 0 where it is not found."""
    with zipfile.ZipFile(path) as archive:
        try:
            return archive.getinfo(sheet_part(archive, name)).file_size
        except (CannotCutError, KeyError):
            return 0


def _pieces(xml: IO[bytes], sheet: _Sheet) -> Iterator[Piece]:
    """Yield pieces of the XML, all as wide as the first."""
    # What goes into each piece anew is not to be most of it.
    size = max(PIECE_BYTES, sum(len(part) for part in sheet.beside.values()))
    head, found, rest = xml.read(size).partition(_DATA_START)
    if not found:
        raise CannotCutError
    columns = 0
    for rows in _cut(xml, rest, size):
        piece = _alike_piece(head, rows, sheet) or _plain_piece(head, rows, sheet)
        if piece is None:
            continue
        columns = columns or piece.cells.num_columns
        if piece.cells.num_columns != columns:
            raise CannotCutError
        yield piece


def _cut(xml: IO[bytes], rest: bytes, size: int) -> Iterator[bytes]:
    """Yield whole rows, about `size` bytes at a time; `rest` is what was read of them already."""
    while more := xml.read(size):
        rest += more
        end = rest.rfind(ROW_END) + len(ROW_END)
        if end < len(ROW_END):
            raise CannotCutError
        yield rest[:end]
        rest = rest[end:]
    end = rest.rfind(_DATA_END)
    if end < 0:
        raise CannotCutError
    yield rest[:end]


def _alike_piece(head: bytes, rows: bytes, sheet: _Sheet) -> Piece | None:
    """Return rows of which only the cells that differ were read; None where they are not alike."""
    alike = alike_rows(rows)
    if alike is None:
        return None
    different = _read(head, alike.different, sheet, skip_rows=0)
    most = max(int(places.max()) for places in alike.at) + 1
    if different.shape != (most, len(alike.at)):
        return None  # a row or column at the edge is blank
    columns = [
        pa.DictionaryArray.from_arrays(places, texts)
        for places, texts in zip(alike.at, different.columns, strict=True)
    ]
    return Piece(alike.first_row, pa.record_batch(columns, names=different.schema.names))


def _plain_piece(head: bytes, rows: bytes, sheet: _Sheet) -> Piece | None:
    """Return rows as a workbook of that sheet alone gives them; None where no cell is filled."""
    check_reach(sheet.place, rows)
    first = _FILLED.search(rows)
    if first is None:
        if b"<v" in rows or b"<is" in rows:
            raise CannotCutError
        return None
    return Piece(int(first[1]), _read(head, rows, sheet, skip_rows=None))


def _read(head: bytes, rows: bytes, sheet: _Sheet, skip_rows: int | None) -> pa.RecordBatch:
    """Return rows as a workbook that has only them in its sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in sheet.beside.items():
            archive.writestr(part, content)
        xml = b"".join((head, _DATA_START, rows, _DATA_END, b"</worksheet>"))
        archive.writestr(sheet.part, xml)
    return _load(fastexcel.read_excel(file.getvalue()), sheet.name, skip_rows)


def _load(workbook: fastexcel.ExcelReader, name: str, skip_rows: int | None) -> pa.RecordBatch:
    # skip_rows=0 keeps blank rows at the top, so that row numbers are the sheet's own
    return workbook.load_sheet_eager(name, header_row=None, skip_rows=skip_rows, dtypes="string")


def sheet_part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the part of an .xlsx workbook that holds a sheet.

    Raises:
        CannotCutError: There is none.
    """
    try:
        relations = ET.fromstring(archive.read(_RELATIONS))
        sheets = ET.fromstring(archive.read(_WORKBOOK))
    except (KeyError, ET.ParseError):
        raise CannotCutError from None
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for each in sheets.iter():
        if each.tag.endswith("}sheet") and each.get("name") == name:
            target = targets.get(each.get(_RELATION_ID), "")
            return posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")
    raise CannotCutError
