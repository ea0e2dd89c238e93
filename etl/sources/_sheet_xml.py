"""What a sheet's XML tells that its values do not: formulas, errors, merged and percent cells.

Only for the sheets that people fill in, which are small; published workbooks are read by
`etl.sources._workbook` alone.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from etl.problems import InputError
from etl.sources._sheet_pieces import CannotCutError, sheet_part

_STYLES = "xl/styles.xml"
#: Number formats built into every workbook that show a percentage (ECMA-376, part 1, 18.8.30).
_BUILT_IN_PERCENT = {"9", "10"}
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Position = tuple[int, int]


@dataclass(slots=True)
class SheetMarks:
    """Where a sheet holds more than a value; positions are (row, column), counted from 1.

    Attributes:
        formulas: Cells with a formula.
        errors: Error cells by what they show, such as "#REF!".
        percents: Cells formatted as a percentage, which hold a hundredth of what they show.
        merged: First cell of each merged range by its reference, such as "A2:A4".
        first_column: First column with a value.
    """

    formulas: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    percents: set[Position] = field(default_factory=set)
    merged: dict[str, Position] = field(default_factory=dict)
    first_column: int = 0


def sheet_marks(path: Path, sheet: str) -> SheetMarks:
    """Return what the XML of one sheet tells.

    Args:
        path: A workbook.
        sheet: Name of a sheet that `etl.sources._workbook.read_sheet` has read: one that is small.

    Raises:
        InputError: Its XML is damaged.
    """
    marks = SheetMarks()
    try:
        with zipfile.ZipFile(path) as archive:
            percents = _percent_styles(archive)
            with archive.open(sheet_part(archive, sheet)) as xml:
                _Reader(marks, percents).read(xml)
    except (
        CannotCutError,
        KeyError,
        ET.ParseError,
        expat.ExpatError,
        zipfile.BadZipFile,
        OSError,
    ) as error:
        raise InputError.of(
            path.name,
            f"the sheet {sheet} is damaged and cannot be read",
            "open it in a spreadsheet program and save it as .xlsx",
            value=str(error),
        ) from error
    return marks


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

    def __init__(self, marks: SheetMarks, percent_styles: set[str]) -> None:
        self._marks, self._percent_styles = marks, percent_styles
        self._at: Position = (0, 0)
        self._is_error = False
        self._parser = expat.ParserCreate()

    def read(self, xml: IO[bytes]) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.ParseFile(xml)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            given = attributes.get("r", "")
            self._at = (int(given) if given.isdecimal() else self._at[0] + 1, 0)
        elif name == "c":
            self._cell(attributes)
        elif name == "f":
            self._marks.formulas.add(self._at)
        elif name in ("v", "is"):
            column, first = self._at[1], self._marks.first_column
            self._marks.first_column = min(column, first or column)
            if self._is_error:
                self._parser.CharacterDataHandler = self._error
        elif name == "mergeCell":
            for first in _positions(attributes.get("ref", "")):
                self._marks.merged.setdefault(attributes["ref"], first)

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = self._at
        self._at = next(_positions(attributes.get("r", "")), (row, column + 1))
        self._is_error = attributes.get("t") == "e"
        self._parser.CharacterDataHandler = None
        if attributes.get("s") in self._percent_styles:
            self._marks.percents.add(self._at)

    def _error(self, text: str) -> None:
        self._marks.errors[self._at] = self._marks.errors.get(self._at, "") + text


def _positions(reference: str) -> Iterator[Position]:
    """Yield the row and column of each cell that a reference names, such as "B3" or "B3:C9"."""
    for letters, digits in _CELL.findall(reference):
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        yield int(digits), column


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]
