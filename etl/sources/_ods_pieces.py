"""The sheets of a large .ods file in pieces: all of them are one XML, which is cut between rows."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import fastexcel

from etl.sources._sheet_pieces import PIECE_BYTES, Piece
from etl.sources._sheet_reach import check_repeats

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
#: A file with less is read whole: its cells take less than a quarter of a gigabyte.
WHOLE_BYTES = 100_000_000
_TABLE, _TABLE_END = b"<table:table ", b"</table:table>"
_ROW, _ROW_END = b"<table:table-row", b"</table:table-row>"
_TAIL = b"</table:table></office:spreadsheet></office:body></office:document-content>"
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_ROW_START = re.compile(rb"<table:table-row\b([^>]*)>")
_REPEATED = re.compile(rb'table:number-rows-repeated="([0-9]{1,7})"')


@dataclass(slots=True)
class _Sheet:
    """The sheet that is being read: its place, name and opening tag, and the row that is next."""

    number: int
    name: str
    opening: bytes
    row: int = 1


def content_size(path: Path) -> int:
    """Return how many bytes the XML of an .ods file has; 0 where it is none."""
    with zipfile.ZipFile(path) as archive:
        return archive.getinfo(CONTENT).file_size if CONTENT in archive.namelist() else 0


def check_ods(path: Path) -> None:
    """Refuse an .ods file that is read whole and reaches too far; other files pass.

    Raises:
        InputError: It does.
        zipfile.BadZipFile: The file is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        if CONTENT in archive.namelist():
            check_repeats(path.name, archive.read(CONTENT))


def ods_pieces(path: Path) -> Iterator[tuple[int, str, Piece]]:
    """Yield the place and name of a sheet with some of its rows, in the order of the file.

    Raises:
        InputError: A sheet reaches too far.
        fastexcel.FastExcelError: The sheets are not written as plain rows.
        zipfile.BadZipFile: The file is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        manifest = archive.read(MANIFEST)
        with archive.open(CONTENT) as xml:
            head = b""
            for sheet, rows, before in _rows(xml):
                head = before or head
                content = b"".join((head, sheet.opening, rows, _TAIL))
                check_repeats(f"{path.name}, sheet {sheet.name}", rows)
                cells = fastexcel.read_excel(_small_file(content, manifest)).load_sheet_eager(
                    0, header_row=None, skip_rows=0, dtypes="string"
                )
                yield sheet.number, sheet.name, Piece(sheet.row, cells)
                sheet.row += sum(_times(found[1]) for found in _ROW_START.finditer(rows))


def _rows(xml: IO[bytes]) -> Iterator[tuple[_Sheet, bytes, bytes]]:
    """Yield a sheet, some of its rows as XML, and what stands before the first of all sheets."""
    head, rest, number = b"", b"", 0
    sheet: _Sheet | None = None
    while more := xml.read(PIECE_BYTES):
        rest += more
        while True:
            if sheet is None:
                start, first, end = (rest.find(tag) for tag in (_TABLE, _ROW, _TABLE_END))
                if start < 0 or (first < start and end < start):
                    break
                head = head or rest[:start]
                opening = rest[start : rest.index(b">", start) + 1]
                name = _NAME.search(opening)
                sheet = _Sheet(number, html.unescape(name[1].decode()) if name else "", opening)
                number += 1
                rest = rest[min(each for each in (first, end) if each > start) :]
            end = rest.find(_TABLE_END)
            cut = end if end >= 0 else rest.rfind(_ROW_END) + len(_ROW_END)
            if end < 0 and cut < len(_ROW_END):
                break
            if rows := rest[:cut]:
                yield sheet, rows, head
            rest = rest[cut + len(_TABLE_END) :] if end >= 0 else rest[cut:]
            if end < 0:
                break
            sheet = None


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _small_file(content: bytes, manifest: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(MANIFEST, manifest)
        archive.writestr(CONTENT, content)
    return file.getvalue()
