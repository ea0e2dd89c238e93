"""Rows of a sheet that are alike: each different cell once, and which of them stands where.

The millions of cells of a long table say a few thousand different things. Where all rows have the
same columns, each falls apart at its own number, which is in the reference of every cell (row 17 at
`17"`, as in `r="C17"`); what is between is the same in all rows that say the same. The reader of
spreadsheets then needs to see only what is different.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, repeat, zip_longest

import numpy as np

from etl.sources._sheet_reach import column_number

ROW_END = b"</row>"
_ROW_START = b'<row r="'
_FIRST = re.compile(_ROW_START + rb'([1-9][0-9]{0,6})"')
#: Rows taken apart at a time: fewer lists than Python's garbage collector waits for.
_AT_A_TIME = 250
#: What is between two references: of a row and its first cell, of a cell and the next or the end.
_ATTRIBUTES = rb'(?: (?!r=)[\w:]+="[^"<>]*")*'
_NEXT = rb'(?:<c r="([A-Z]{1,3}))?'
_OPENING = re.compile(rb"(" + _ATTRIBUTES + rb">)" + _NEXT)
_CELL = re.compile(
    rb"(" + _ATTRIBUTES + rb"(?:/>|><v>[^<>]*</v></c>|><is><t[^<>]*>[^<>]*</t></is></c>))" + _NEXT
)


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """Rows with the same columns, one after another.

    Attributes:
        first_row: Row number of the first, from 1.
        different: Rows of XML that have, in each column, each of its different cells once.
        at: For each column, the place of each row's cell among the different ones, from 0.
    """

    first_row: int
    different: bytes
    at: list[np.ndarray]


def alike_rows(rows: bytes) -> AlikeRows | None:
    """Return whole rows of a sheet taken apart, or None where they are not alike."""
    first = _FIRST.match(rows)
    lines = rows.split(ROW_END)
    if first is None or lines.pop().strip():
        return None
    number, known, at = int(first[1]), [], []
    for start in range(0, len(lines), _AT_A_TIME):
        some = enumerate(lines[start : start + _AT_A_TIME], number + start)
        try:
            columns = list(zip(*(line.split(b'%d"' % n) for n, line in some), strict=True))
            known = known or [_numbered() for _ in columns]
            at.append([_places(*each) for each in zip(known, columns, strict=True)])
        except ValueError:  # not as many cells in one as in another
            return None
    cells = _cells([list(each) for each in known])
    if not cells:
        return None
    different = b"".join(
        b"<row><c%b</row>" % b"<c".join(row) for row in zip_longest(*cells, fillvalue=b"/>")
    )
    return AlikeRows(
        number, different, [np.concatenate(each) for each in zip(*at, strict=True)][2:]
    )


def _numbered() -> defaultdict[bytes, int]:
    """Return a dictionary that gives what is looked up in it the next number."""
    known: defaultdict[bytes, int] = defaultdict()
    known.default_factory = known.__len__
    return known


def _places(known: defaultdict[bytes, int], column: tuple[bytes, ...]) -> np.ndarray:
    return np.fromiter(map(known.__getitem__, column), np.int32, len(column))


def _cells(parts: list[list[bytes]]) -> list[list[bytes]]:
    """Return the cells of each column without their references; none where they are not in order.

    Args:
        parts: What is before the first reference of a row, after it, and after that of each cell.
    """
    cells, columns = [], []
    for form, column in zip(chain([_OPENING], repeat(_CELL)), parts[1:], strict=False):
        found = [each for each in map(form.fullmatch, column) if each]
        following = {each[2] for each in found}
        if len(found) < len(column) or len(following) > 1:
            return []
        cells.append([each[1] for each in found])
        columns += [column_number(letters.decode()) for letters in following if letters]
    first, width = columns[0] if columns else 0, len(cells) - 1
    is_whole = parts[0] == [_ROW_START] and columns == list(range(first, first + width))
    return cells[1:] if is_whole else []
