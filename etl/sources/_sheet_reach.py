"""How far a sheet's cells reach, before a spreadsheet reader makes a full rectangle of them.

The reader of spreadsheets holds a value for every cell between the first and the last: two cells in
opposite corners of a sheet are 17 thousand million, and it ends the whole process when it cannot
have the memory. Every workbook is asked here first.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from etl.problems import InputError

#: Cells that a sheet read at once may span; a published table has some hundred thousand.
MOST_CELLS = 2_500_000

_STRAY = "delete the stray cells, or copy the table to a new workbook"
_LAST_ROW = re.compile(rb'<row [^>]*?\br="([0-9]{1,9})"')
_WIDE = re.compile(rb'<c [^>]*?\br="[A-Z]{3}')
#: Columns before the first of three letters, AAA.
_COLUMNS_OF_TWO_LETTERS = 702
_TWO_LETTERS = re.compile(rb' r="[A-Z]{2}')
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")
_MANY = rb'"[1-9][0-9]{3,}"'
_MANY_ROWS = re.compile(rb"<table:table-row\b[^>]*?number-rows-repeated=" + _MANY)
_MANY_COLUMNS = re.compile(
    rb"<table:(?:covered-)?table-cell\b[^>]*?number-columns-repeated=" + _MANY
)
_FILLED = (b"office:value", b"<text:")


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
    """Return whether a look at the ends is enough: it is, for what programs write."""
    first, last = _LAST_ROW.search(xml), _LAST_ROW.search(xml, max(xml.rfind(b"<row "), 0))
    if first is None or last is None:
        return False
    # Each row and each cell says where it stands, or they have to be followed one by one.
    if xml.count(b' r="') < xml.count(b"<row") + xml.count(b"<c"):
        return False
    rows = int(last[1]) - int(first[1]) + 1
    if _TWO_LETTERS.search(xml) is None:
        # A long search for the last column is spared where even the furthest would do.
        return rows > 0 and (
            rows * len(_LETTERS) <= most_cells or rows * _columns_of_one_letter(xml) <= most_cells
        )
    return not _WIDE.search(xml) and 0 < rows * _COLUMNS_OF_TWO_LETTERS <= most_cells


def _columns_of_one_letter(xml: bytes) -> int:
    """Return the number of the last column that has a cell, none being past Z."""
    columns = (n for n in range(len(_LETTERS), 0, -1) if b' r="' + _LETTERS[n - 1 : n] in xml)
    return next(columns, len(_LETTERS))


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
                self._row, self._column = int(found[2]), _column_number(found[1])
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


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
