"""What a sheet's XML tells that its values do not: formulas, errors, merged and percent cells.

Only for the sheets that people fill in, which are small; published workbooks are read by
`etl.sources._workbook` alone.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from etl.problems import InputError
from etl.sources._sheet_reach import MOST_CELLS

#: A year's monthly figures of one partnership take less than a megabyte.
MOST_SHEET_BYTES = 64_000_000

_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Number formats built into every workbook that show a percentage (ECMA-376, part 1, 18.8.30).
_BUILT_IN_PERCENT = {"9", "10"}
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TOO_BIG = "this is a template for one partnership's figures: put them in a sheet of their own"

Position = tuple[int, int]


@dataclass(slots=True)
class SheetMarks:
    """Where a sheet holds more than a value; positions are (row, column), counted from 1.

    Attributes:
        formulas: Cells with a formula.
        errors: Error cells by what they show, such as "#REF!".
        percents: Cells formatted as a percentage, which hold a hundredth of what they show.
        merged: First cell of each merged range by its reference, such as "A2:A4".
        first_row: First row with a value.
        last_row: Last row with a value.
        first_column: First column with a value.
        last_column: Last column with a value.
    """

    formulas: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    percents: set[Position] = field(default_factory=set)
    merged: dict[str, Position] = field(default_factory=dict)
    first_row: int = 0
    last_row: int = 0
    first_column: int = 0
    last_column: int = 0


def sheet_marks(path: Path, sheet: str) -> SheetMarks:
    """Return what the XML of one sheet tells.

    Args:
        path: A workbook, as `etl.sources._workbook.is_workbook` says.
        sheet: Name of the sheet, as the workbook writes it.

    Raises:
        InputError: The sheet is too big for one that a person fills in, or not XML.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            if archive.getinfo(part).file_size > MOST_SHEET_BYTES:
                raise InputError.of(path.name, f"the sheet {sheet} is too big", _TOO_BIG)
            marks = _Reader(_percent_styles(archive)).read(archive.open(part))
    except (KeyError, ET.ParseError, expat.ExpatError, zipfile.BadZipFile, OSError) as error:
        raise InputError.of(
            path.name,
            f"the sheet {sheet} is damaged and cannot be read",
            "open it in a spreadsheet program and save it as .xlsx",
            value=str(error),
        ) from error
    rows = marks.last_row - marks.first_row + 1
    if rows * (marks.last_column - marks.first_column + 1) > MOST_CELLS:
        raise InputError.of(
            path.name,
            f"the sheet {sheet} reaches to row {marks.last_row:,}, column {marks.last_column:,}",
            f"delete the stray cells, or copy the figures to a new workbook; {_TOO_BIG}",
        )
    return marks


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet.

    Raises:
        KeyError: There is none.
    """
    targets = {
        each.get("Id"): each.get("Target", "") for each in ET.fromstring(archive.read(_RELATIONS))
    }
    for each in ET.fromstring(archive.read(_WORKBOOK)).iter():
        if _local(each.tag) == "sheet" and each.get("name") == sheet:
            target = targets[each.get(_RELATION_ID)]
            return posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")
    raise KeyError(sheet)


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles that show a percentage."""
    if _STYLES not in archive.namelist():
        return set()
    percent, found = set(_BUILT_IN_PERCENT), set()
    root = ET.fromstring(archive.read(_STYLES))
    for each in root.iter():
        if _local(each.tag) == "numFmt" and "%" in each.get("formatCode", ""):
            percent.add(each.get("numFmtId", ""))
    for each in root:
        if _local(each.tag) == "cellXfs":
            found |= {str(n) for n, style in enumerate(each) if style.get("numFmtId") in percent}
    return found


class _Reader:
    """Collects the marks while the XML goes by."""

    def __init__(self, percent_styles: set[str]) -> None:
        self._percent_styles = percent_styles
        self._marks = SheetMarks()
        self._at: Position = (0, 0)
        self._is_error = False
        self._text: list[str] | None = None

    def read(self, xml: IO[bytes]) -> SheetMarks:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.ParseFile(xml)
        return self._marks

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            given = attributes.get("r", "")
            self._at = (int(given) if given.isdecimal() else self._at[0] + 1, 0)
        elif name == "c":
            self._cell(attributes)
        elif name == "f":
            self._marks.formulas.add(self._at)
        elif name in ("v", "is"):
            self._reach()
            self._text = [] if self._is_error else None
        elif name == "mergeCell":
            for first in _positions(attributes.get("ref", "")):
                self._marks.merged.setdefault(attributes["ref"], first)

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = next(_positions(attributes.get("r", "")), (self._at[0], self._at[1] + 1))
        self._at = (row, column)
        self._is_error = attributes.get("t") == "e"
        if attributes.get("s") in self._percent_styles:
            self._marks.percents.add(self._at)

    def _reach(self) -> None:
        """Count the cell into the rectangle that is read: it holds a value, not only a style."""
        (row, column), marks = self._at, self._marks
        marks.first_row = min(row, marks.first_row or row)
        marks.last_row = max(row, marks.last_row)
        marks.first_column = min(column, marks.first_column or column)
        marks.last_column = max(column, marks.last_column)

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        if _local(tag) == "v" and self._text is not None:
            self._marks.errors[self._at] = "".join(self._text)
            self._text = None


def _positions(reference: str) -> Iterator[Position]:
    """Yield the row and column of each cell that a reference names, such as "B3" or "B3:C9"."""
    for letters, digits in _CELL.findall(reference):
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        yield int(digits), column


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]
