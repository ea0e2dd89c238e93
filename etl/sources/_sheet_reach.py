"""What a workbook would take to read: how far its cells reach, how large its other parts are.

The reader of spreadsheets holds a value for every cell between the first and the last: two cells in
opposite corners of a sheet are 17 thousand million, and it ends the whole process when it cannot
have the memory. It holds every text and style too. Every workbook is asked here first.
"""

from __future__ import annotations

import math
import re
import zipfile
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from etl.problems import InputError

#: Cells that a sheet read at once may span; a published table has some hundred thousand.
MOST_CELLS = 2_500_000
#: Bytes of a part that is held as a whole; those of published workbooks have a megabyte or two.
_MOST_PART_BYTES = dict.fromkeys(
    ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "meta-inf/manifest.xml"),
    16_000_000,
) | {"xl/sharedstrings.xml": 64_000_000}

_STRAY = "delete the stray cells, or copy the table to a new workbook"
#: A cell, with its reference where that is its first attribute.
_REFERENCE = re.compile(rb'<(?:[^<>\s/]*:)?c(?: r="([A-Z]{1,3})([0-9]{1,7})")?[\s/>]')
_CELL = re.compile(r"([A-Z]+)([0-9]+)", re.IGNORECASE)
_MANY = rb'"[1-9][0-9]{3,}"'
_MANY_ROWS = re.compile(rb"<table:table-row\b[^>]*?number-rows-repeated=" + _MANY)
_MANY_COLUMNS = re.compile(
    rb"<table:(?:covered-)?table-cell\b[^>]*?number-columns-repeated=" + _MANY
)
_FILLED = (b"office:value", b"<text:")


def check_parts(path: Path) -> None:
    """Refuse a workbook whose texts, styles or list of sheets are too large to be held.

    Raises:
        InputError: They are.
        zipfile.BadZipFile: The archive is damaged, or lies about a size.
    """
    stat = path.stat()
    if rule := _too_large(path, (stat.st_mtime_ns, stat.st_size)):
        raise InputError.of(path.name, rule, "copy the table to a new workbook")


@lru_cache(maxsize=8)
def _too_large(path: Path, version: tuple[int, int]) -> str:
    """Return what is too large in a workbook, found once though several sources look at it."""
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            most = _MOST_PART_BYTES.get(part.filename.lower(), 0)
            if most and part.file_size > most:
                return f"{part.filename} unpacks to {part.file_size:,} bytes, too many to be read"
            if most:
                # The size that an archive tells may be a lie, which only shows at the part's end.
                with archive.open(part) as content:
                    while content.read(1 << 20):
                        pass
    return ""


def check_reach(place: str, xml: bytes, most_cells: int = MOST_CELLS) -> None:
    """Refuse the XML of a sheet of an .xlsx workbook, or of some rows, that spans too many cells.

    Args:
        place: File and sheet, as a problem names them.
        xml: A whole sheet, or its rows only.
        most_cells: How many it may span.

    Raises:
        InputError: It spans more.
        expat.ExpatError: A whole sheet is no XML.
    """
    if _spans_at_most(xml, most_cells):
        return
    if not xml.lstrip().startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf")):
        xml = b"".join((b"<rows>", xml, b"</rows>"))
    _Reach(place, most_cells).read(xml)


def check_repeats(place: str, xml: bytes) -> None:
    """Refuse rows of an .ods file with values in or after a row or cell repeated 1000 times.

    Raises:
        InputError: They have such a row or cell.
    """
    for pattern, end, what in (
        (_MANY_ROWS, b"</table:table>", "row"),
        (_MANY_COLUMNS, b"</table:table-row>", "cell"),
    ):
        for found in pattern.finditer(xml):
            last = xml.find(end, found.start())
            rest = (found.start(), last if last >= 0 else len(xml))
            if any(xml.find(sign, *rest) >= 0 for sign in _FILLED):
                rule = f"the sheet reaches too far: a {what} is repeated a thousand times or more"
                raise InputError.of(place, rule, _STRAY)


def _spans_at_most(xml: bytes, most_cells: int) -> bool:
    """Return whether the references that cells carry are enough to say so.

    They are for what programs write, and are found without parsing. A reader goes by a cell's own
    reference, whatever row it stands in.
    """
    rows, columns = set(), set()
    for found in _REFERENCE.finditer(xml):
        letters, digits = found.groups()
        if letters is None:
            return False
        rows.add(digits)
        columns.add(letters)
    places = {int(each) for each in rows}, {column_number(each.decode()) for each in columns}
    return bool(rows) and math.prod(max(each) - min(each) + 1 for each in places) <= most_cells


class _Reach:
    """Follows the filled cells while the XML goes by."""

    def __init__(self, place: str, most_cells: int) -> None:
        self._place, self._most_cells = place, most_cells
        self._row = self._column = 0
        self._rows: tuple[int, int] | None = None
        self._columns = (0, 0)

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() else self._row + 1
            self._column = 0
        elif name == "c":
            self._column += 1
            if found := _CELL.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(found[2]), column_number(found[1])
        elif name in ("v", "is", "f"):
            self._reach()

    def _reach(self) -> None:
        row, column = self._row, self._column
        first, last = self._rows or (row, row)
        left, right = self._columns if self._rows else (column, column)
        self._rows = min(first, row), max(last, row)
        self._columns = min(left, column), max(right, column)
        rows = self._rows[1] - self._rows[0] + 1
        if rows * (self._columns[1] - self._columns[0] + 1) > self._most_cells:
            rule = f"the sheet reaches to row {self._rows[1]:,}, column {self._columns[1]:,}"
            raise InputError.of(self._place, rule, _STRAY)


def column_number(letters: str) -> int:
    """Return the place of a column by its letters: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
