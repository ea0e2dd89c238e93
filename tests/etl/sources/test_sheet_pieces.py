"""Pieces of a long sheet give what the sheet as a whole gives, whatever stands in its cells."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import fastexcel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources import _sheet_pieces
from etl.sources._sheet_pieces import CannotCutError, Piece, sheet_pieces, whole_sheet
from etl.sources._sheet_rows import alike_rows
from tests.etl.corpus.material import MAIN, Material

#: Cells of every kind; the reference, and the style of a date, come in between.
CELLS = (
    "<c{}><v>12</v></c>",
    "<c{}><v>42005</v></c>",
    '<c{} t="s"><v>1</v></c>',
    '<c{} t="s"><v>2</v></c>',
    '<c{} t="str"><v>a &amp; b</v></c>',
    '<c{} t="inlineStr"><is><t xml:space="preserve"> 7 </t></is></c>',
    '<c{} t="b"><v>1</v></c>',
    '<c{} t="e"><v>#N/A</v></c>',
    "<c{}><f>1+1</f><v>2</v></c>",
    "<c{}/>",
    "",
)
STYLES = f'<styleSheet {MAIN}><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
TEXTS = f"<sst {MAIN}>" + "".join(f"<si><t>{text}</t></si>" for text in "abc") + "</sst>"
#: What begins a row; the number of a row may stand in what else it says.
ROWS = ('<row r="{}">', '<row r="{}" spans="1:4">', '<row r="{}" ht="12.5" customHeight="1">')

CELL = st.tuples(st.sampled_from(CELLS), st.sampled_from(["", "", ' s="1"']))
#: Stretches of rows with the same kinds of cells, and what they begin with.
STRETCH = st.tuples(
    st.lists(CELL, min_size=4, max_size=4), st.sampled_from(ROWS), st.integers(1, 60)
)


def sheet_of(stretches, first: int) -> str:
    rows = []
    for cells, opening, times in stretches:
        for number in range(first, first + times):
            inside = "".join(
                cell.format(f' r="{letter}{number}"{style}')
                for letter, (cell, style) in zip("ABCD", cells, strict=True)
            )
            rows.append(f"{opening.format(number)}{inside}</row>")
        first += times
    return "".join(rows)


def texts(*pieces: Piece) -> dict[tuple[int, int], str]:
    return {
        (piece.first_row + row, at): text
        for piece in pieces
        for at, column in enumerate(piece.cells.columns)
        for row, text in enumerate(column.to_pylist())
        if text is not None
    }


def read_both(rows: str) -> None:
    """Read a workbook in pieces and whole: both are the same, unless it has to be read whole."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        path = Material(Path(folder), None).raw_workbook(rows)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/styles.xml", STYLES)
            archive.writestr("xl/sharedStrings.xml", TEXTS)
        patched.setattr(_sheet_pieces, "PIECE_BYTES", 2_000)
        whole = texts(whole_sheet(path, fastexcel.read_excel(path), "Figures"))
        try:
            pieces = list(sheet_pieces(path, "Figures"))
        except CannotCutError:
            return
        assert texts(*pieces) == whole


@given(st.lists(STRETCH, min_size=1, max_size=4), st.integers(1, 1200))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_pieces_give_the_whole(stretches, first):
    read_both(sheet_of([*stretches, ([(CELLS[0], "")] * 4, ROWS[0], 60)], first))


REGULAR = sheet_of([([(cell, "") for cell in CELLS[:4]], ROWS[1], 300)], first=1001)


def test_rows_that_are_alike_fall_apart():
    alike = alike_rows(REGULAR.encode())
    assert alike is not None
    assert alike.first_row == 1001
    assert alike.different.count(b"<v>") == 4
    assert [len(places) for places in alike.at] == [300] * 4
    read_both(REGULAR)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="B1100"', 'r="C1100"'),
        ('r="B1100"', 'r="B1101"'),
        ('<c r="B1100">', "<c>"),
        ('r="B1100"', 's="1" r="B1100"'),
        ('r="B1100"', 'r="B1100" r="D1"'),
        ('<row r="1100" spans="1:4">', "<row>"),
        ('<row r="1100"', '<row r="1099"'),
        ("<v>12</v></c>", "<v>12</v></c><c><v>3</v></c>"),
        ("<v>12</v></c>", "<v>12</v>"),
        ("<v>12</v>", "<v>12</v><v>13</v>"),
        ("</row>", "</row><!-- -->"),
    ],
)
def test_rows_of_another_form_are_no_alike_rows(old, new):
    assert old in REGULAR
    assert alike_rows(REGULAR.replace(old, new, 1).encode()) is None
