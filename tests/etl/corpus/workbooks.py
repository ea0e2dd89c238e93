"""Workbooks that people fill in, with what spreadsheet programs put into them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl

from tests.etl.corpus.kind import loaded, refused
from tests.etl.corpus.material import (
    ROWS,
    Cell,
    Material,
    Rows,
    row_xml,
    table_xml,
    with_part,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
HEADER, *LINES = ROWS
ALL: Rows = [[*row] for row in ROWS]


def _saved(m: Material, book: openpyxl.Workbook, name: str = "figures.xlsx") -> Path:
    book.save(m.folder / name)
    return m.folder / name


def _book(rows: Rows = ALL, title: str = "Figures") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.worksheets[0].title = title
    for row in rows:
        book.worksheets[0].append(row)
    return book


def _with_value(value: Cell | datetime, column: int = 3) -> Rows:
    rows: list = [[*row] for row in ROWS]
    rows[2][column] = value
    return rows


@refused("damaged|whole Excel|cut short", real=True)
def truncated_workbook(m: Material) -> Path:
    content = m.workbook(m.csp).read_bytes()
    return m.write("cut.xlsx", content[: len(content) // 2])


@refused("damaged")
def workbook_with_damaged_xml(m: Material) -> Path:
    return with_part(_saved(m, _book()), SHEET, "</row>", "<row>")


@refused("damaged|no source recognises")
def workbook_without_its_sheet(m: Material) -> Path:
    book = _saved(m, _book())
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    return m.write("figures.xlsx", zipped(parts))


@loaded(3)
def sheet_renamed(m: Material) -> Path:
    return _saved(m, _book(title="My numbers"))


@refused("no source recognises")
def wrong_sheet_first(m: Material) -> Path:
    book = _book(title="My numbers")
    book.create_sheet("Cover", 0).append(["Figures of the partnership"])
    return _saved(m, book)


@loaded(3)
def guide_sheet_first(m: Material) -> Path:
    book = _book()
    book.create_sheet("Guide", 0).append(["What to write"])
    return _saved(m, book)


@loaded(3)
def hidden_sheets(m: Material) -> Path:
    book = _book()
    book.create_sheet("Old", 0).append(HEADER)
    book.worksheets[0].sheet_state = "veryHidden"
    return _saved(m, book)


@loaded(3)
def hidden_rows_and_columns(m: Material) -> Path:
    book = _book()
    book.worksheets[0].row_dimensions[3].hidden = True
    book.worksheets[0].column_dimensions["C"].hidden = True
    return _saved(m, book)


@refused("merged", good=1)
def merged_cells(m: Material) -> Path:
    book = _book()
    book.worksheets[0].merge_cells("A2:A3")
    return _saved(m, book)


@refused("formula", good=2)
def formulas(m: Material) -> Path:
    return _saved(m, _book(_with_value("=SUM(D2:D2)")))


@refused("formula", good=2)
def injected_command_as_a_formula(m: Material) -> Path:
    return _saved(m, _book(_with_value("=cmd|' /C calc'!A0")))


@refused("holds an error", good=1)
def error_cells(m: Material) -> Path:
    wrong = '<c r="D{0}" t="e"><v>{1}</v></c></row>'
    rows = table_xml(ROWS[:2])
    for number, error in ((3, "#REF!"), (4, "#DIV/0!")):
        rows += row_xml(number, LINES[number - 2][:3]).replace(
            "</row>", wrong.format(number, error)
        )
    return m.raw_workbook(rows)


@loaded(3)
def date_cells(m: Material) -> Path:
    months = [datetime(2009, 12, 1), datetime(2010, 1, 1), datetime(2010, 2, 1)]  # noqa: DTZ001
    rows: list = [HEADER, *([*row[:2], month, int(row[3])] for row, month in zip(LINES, months))]  # noqa: B905
    return _saved(m, _book(rows))


@loaded(3)
def date_cells_counted_from_1904(m: Material) -> Path:
    months = [datetime(2009, 12, 1), datetime(2010, 1, 1), datetime(2010, 2, 1)]  # noqa: DTZ001
    rows: list = [HEADER, *([*row[:2], month, int(row[3])] for row, month in zip(LINES, months))]  # noqa: B905
    book = _book(rows)
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
    return _saved(m, book)


@refused("not a period", good=2)
def date_cell_within_a_month(m: Material) -> Path:
    return _saved(m, _book(_with_value(datetime(2010, 1, 17), 2)))  # noqa: DTZ001


@refused("not a period", good=2)
def date_as_its_serial_number(m: Material) -> Path:
    return _saved(m, _book(_with_value(40179, 2)))


@refused("percent sign", good=2)
def percent_cell_in_counts(m: Material) -> Path:
    book = _book(_with_value(0.25))
    book.worksheets[0]["D3"].number_format = "0%"
    return _saved(m, book)


@refused("not a number", good=2)
def logical_value(m: Material) -> Path:
    return _saved(m, _book(_with_value(True)))


@loaded(3)
def macros(m: Material) -> Path:
    content = _saved(m, _book())
    with zipfile.ZipFile(content) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return m.write("figures.xlsm", zipped(parts | {"xl/vbaProject.bin": bytes(900)}))


@refused("stands twice")
def duplicated_heading_in_a_workbook(m: Material) -> Path:
    return _saved(m, _book([[*row, row[3]] for row in ROWS]))


@refused("line has", good=3)
def two_tables_on_one_sheet(m: Material) -> Path:
    return _saved(m, _book([*ALL, [], ["Wards", "Loans", "", "", "x"], ["Bargate", 12, "", "", 1]]))


@refused("line has|no such column")
def a_second_table_to_the_right(m: Material) -> Path:
    rows: Rows = [[*row, None, "Ward", "Loans"] for row in ROWS]
    return _saved(m, _book(rows))


@refused("no source recognises")
def workbook_with_a_header_over_two_rows(m: Material) -> Path:
    return _saved(m, _book([["area", "measure", None, None], ["code", "code", "period", "value"],
                            *[[*row] for row in LINES]]))  # fmt: skip


@refused("no source recognises")
def empty_workbook(m: Material) -> Path:
    return _saved(m, openpyxl.Workbook())


@refused("no line below the header|no figure|nothing below")
def workbook_of_a_header_only(m: Material) -> Path:
    return _saved(m, _book(ALL[:1]))


@refused("damaged|no source recognises")
def entity_that_expands_a_billion_times(m: Material) -> Path:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "lol">{levels}]>'
    path = m.raw_workbook(table_xml().replace("31", "&a9;"))
    return with_part(path, SHEET, "<worksheet", f"{doctype}<worksheet")


@loaded(3)
def ten_million_rows_claimed(m: Material) -> Path:
    return m.raw_workbook(table_xml(), before='<dimension ref="A1:XFD10000000"/>')


@refused("stray cells|reaches to")
def two_cells_in_opposite_corners(m: Material) -> Path:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return m.raw_workbook(table_xml() + far)


@refused("stray cells|reaches to", real=True)
def official_sheet_with_a_stray_cell(m: Material) -> Path:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_part(m.workbook(m.csp), SHEET, "</sheetData>", far)


@refused("stray cells|reaches to")
def cell_that_contradicts_its_row(m: Material) -> Path:
    return m.raw_workbook(table_xml() + '<row r="5"><c r="ZZ1048576"><v>1</v></c></row>')


@refused("stray cells|reaches to")
def cell_far_below_those_that_follow_it(m: Material) -> Path:
    far = '<row r="5"><c r="zz1048576"><v>1</v></c></row>'
    return m.raw_workbook(table_xml(ROWS[:2]) + far + row_xml(6, ROWS[2]))
