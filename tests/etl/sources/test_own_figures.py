"""A partnership's own figures, as people really fill in a template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.problems import InputError, Problem
from etl.sources import own_figures, recognise
from etl.sources._lines import MOST_CSV_BYTES

HEADER = ["area_code", "measure_code", "period", "value"]
AREA = "E22000120"
Save = Callable[..., Path]


@pytest.fixture
def csv_of(tmp_path: Path) -> Save:
    def save(*lines: str, header: str = ",".join(HEADER), encoding: str = "utf-8") -> Path:
        path = tmp_path / "own.csv"
        path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
        return path

    return save


@pytest.fixture
def book_of(tmp_path: Path) -> Save:
    """Saves rows below the header as a workbook; formats by (row, column) counted from 0."""

    def save(*rows: list, sheet: str = "Sheet1", formats: dict | None = None, **options) -> Path:
        path = tmp_path / "own.xlsx"
        with xlsxwriter.Workbook(str(path), options) as book:
            page = book.add_worksheet(sheet)
            for r, row in enumerate([HEADER, *rows]):
                for c, value in enumerate(row):
                    form = (formats or {}).get((r, c))
                    page.write(r, c, value, book.add_format({"num_format": form}) if form else None)
        return path

    return save


def values(path: Path) -> dict[str, float]:
    reading = own_figures.read(path)
    assert reading.problems == ()
    months = reading.observations["period_start"].dt.strftime("%Y-%m")
    return dict(zip(months, reading.observations["value"], strict=True))


def problems(path: Path) -> tuple[Problem, ...]:
    try:
        return own_figures.read(path).problems
    except InputError as error:
        return error.problems


def line(period: str = "2009-12", value: str = "5", measure: str = "local:asb") -> str:
    return f"{AREA},{measure},{period},{value}"


def test_the_illustrative_set_reads_whole(project_root: Path):
    reading = own_figures.read(project_root / "data" / "illustrative" / "observations.csv")
    assert reading.problems == ()
    assert reading.rows_read == len(reading.observations) > 9_000


@pytest.mark.parametrize("value", ["1234", "1,234", "1234.0", "+1234", "1,234.00"])
def test_a_number_with_or_without_thousands_separators(csv_of, value):
    assert values(csv_of(line(value=f'"{value}"'))) == {"2009-12": 1234}


@pytest.mark.parametrize(
    ("value", "rule", "what_to_do"),
    [
        ("12,5", "decimal comma", "12.5"),
        ("1.234,5", "decimal comma", "1234.5"),
        ("1234,567", "decimal comma", "1234.567"),
        ("12%", "percent sign", "write 12"),
        ("1.2E+05", "shortened", "format the column"),
        ("1.234.567", "points separate its thousands", "digits"),
        ("12,34,567", "not a number", "digits"),
        ("five", "not a number", "digits"),
        ("1_000", "not a number", "digits"),
        ("nan", "not a number", "digits"),
        ("inf", "not a number", "digits"),
        ("0x10", "not a number", "digits"),
        ("٣", "not a number", "digits"),
        ("9" * 400, "too large", "digits"),
        ("=1+1", "not a number", "digits"),
    ],
)
def test_what_is_not_a_number(csv_of, value, rule, what_to_do):
    (found,) = problems(csv_of(line(value=f'"{value}"')))
    assert (found.line, found.column, found.value) == (2, "value", value)
    assert rule in found.rule
    assert what_to_do in found.what_to_do


def test_semicolons_and_tabs_separate_values_as_well(csv_of):
    for separator in ";\t":
        path = csv_of(line().replace(",", separator), header=separator.join(HEADER))
        assert values(path) == {"2009-12": 5}


@pytest.mark.parametrize("value", ["1,234", "1.234"])
def test_among_semicolons_a_thousand_may_be_a_decimal(csv_of, value):
    (found,) = problems(csv_of(f"{AREA};local:asb;2009-12;{value}", header=";".join(HEADER)))
    assert found.rule == "among semicolons this can be read as 1234 or as 1.234"


@pytest.mark.parametrize("value", ["12.5", "1234", "1,234.5", "1.2345"])
def test_among_semicolons_the_rest_is_read(csv_of, value):
    path = csv_of(f"{AREA};local:asb;2009-12;{value}", header=";".join(HEADER))
    assert values(path) == {"2009-12": float(value.replace(",", ""))}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_text_with_a_mark_of_its_encoding_is_read(csv_of, encoding):
    path = csv_of(line(measure="local:asb"), encoding=encoding)
    assert [source.source_id for source in recognise(path)] == ["own_figures"]
    assert values(path) == {"2009-12": 5}


def test_a_windows_encoding_is_refused_with_the_line(csv_of):
    (found,) = problems(csv_of(line(), line(measure="local:café"), encoding="cp1252"))
    assert (found.line, found.value) == (3, "é,2009-12,5")
    assert "not UTF-8" in found.rule


def test_half_a_utf_16_file_is_refused(csv_of):
    path = csv_of(line(), encoding="utf-16")
    path.write_bytes(path.read_bytes()[:-1])
    (found,) = problems(path)
    assert "not whole UTF-16" in found.rule


def test_headings_may_differ_in_case_and_blanks(csv_of):
    header = "Area code,MEASURE_CODE, Period ,Value,,"
    assert values(csv_of(line() + ",,", header=header)) == {"2009-12": 5}


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("area_code,measure_code,period,value,value", "stands twice"),
        ("area_code,measure_code,period,value,Value", "stands twice"),
        ("area_code,measure_code,period,value,colour", "no such column"),
        ("area_code,measure_code,period,value,,status", "no such column"),
    ],
)
def test_headings_that_are_refused(csv_of, header, rule):
    assert rule in problems(csv_of(line(), header=header))[0].rule


def test_lines_are_numbered_as_an_editor_numbers_them(csv_of):
    path = csv_of("", line("2009-13"), ",,,", f'{AREA},"local:a\nb",2009-12,5', line("Smarch"))
    assert [(each.line, each.column) for each in problems(path)] == [
        (3, "period"),
        (5, "measure_code"),
        (7, "period"),
    ]


def test_a_blank_value_is_withheld_and_never_zero(csv_of):
    reading = own_figures.read(csv_of(line("2009-11", ""), line(value="[x]"), line("2010-03")))
    assert reading.problems == ()
    assert reading.observations["value"].tolist() == [5.0]
    assert (reading.rows_read, reading.withheld) == (3, {"[x]": 1, "blank": 1})


def test_october_is_read_beside_a_november(csv_of):
    assert values(csv_of(line("2009-10"), line("2009-11"))) == {"2009-10": 5, "2009-11": 5}


@pytest.mark.parametrize(
    "others", [[], [line("2009-08")], [line("2009-11", measure="local:arson")], [line("Nov-09")]]
)
def test_october_alone_is_refused_with_both_readings(csv_of, others):
    (found,) = problems(csv_of(line("2009-10"), *others))
    assert (found.line, found.column, found.value) == (2, "period", "2009-10")
    assert found.rule == "this can be read as October 2009 or as financial year 2009/10"
    assert found.what_to_do == (
        'write "October 2009" or "financial year 2009/10", whichever is meant'
    )
    for written in ("October 2009", "financial year 2009/10"):
        assert problems(csv_of(line(written))) == ()


def test_the_figure_lies_between_its_limits(csv_of):
    header = ",".join([*HEADER, "lower", "upper"])
    found = problems(csv_of(line() + ",6,7", line("2009-11") + ",4,6", header=header))
    assert [(each.line, each.column, each.value) for each in found] == [(2, "lower", "6")]


def test_a_big_file_is_refused_before_it_is_read(csv_of):
    path = csv_of(line())
    with path.open("ab") as file:
        file.truncate(MOST_CSV_BYTES + 1)
    (found,) = problems(path)
    assert "too big" in found.rule


class TestWorkbook:
    def test_texts_and_numbers(self, book_of):
        rows = [[AREA, "local:asb", "Dec-09", 5], [AREA, "local:asb", "2009-11", "1,234"]]
        path = book_of(*rows)
        assert [source.source_id for source in recognise(path)] == ["own_figures"]
        assert values(path) == {"2009-12": 5, "2009-11": 1234}

    @pytest.mark.parametrize("date_1904", [False, True])
    def test_a_date_cell_in_both_date_systems(self, book_of, date_1904):
        row = [AREA, "local:asb", dt.date(2009, 12, 1), 5]
        path = book_of(row, formats={(1, 2): "mmm-yy"}, date_1904=date_1904)
        assert values(path) == {"2009-12": 5}

    def test_a_date_within_a_month_is_refused(self, book_of):
        row = [AREA, "local:asb", dt.date(2009, 12, 31), 5]
        (found,) = problems(book_of(row, formats={(1, 2): "mmm-yy"}))
        assert (found.line, found.column) == (2, "period")

    def test_the_sheet_named_figures_goes_before_the_first(self, tmp_path):
        path = tmp_path / "own.xlsx"
        book = openpyxl.Workbook()
        book.active.append(["Read me first"])
        sheet = book.create_sheet(" FIGURES")
        sheet.append([])
        sheet.append(HEADER)
        sheet.append([AREA, "local:asb", "2009-12", 5])
        sheet.append([AREA, "local:asb", "2009-13", 5])
        book.save(path)
        assert own_figures.recognises(path)
        (found,) = problems(path)
        assert (found.file, found.line) == ("own.xlsx, sheet FIGURES", 4)

    def test_formulas_and_errors_are_problems(self, tmp_path):
        path = tmp_path / "own.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Figures")
            sheet.write_row(0, 1, HEADER)
            for row in (1, 2, 3):
                sheet.write_row(row, 1, [AREA, "local:asb", f"2009-0{row}", 1])
            sheet.write_formula(1, 4, "=1+1", None, 2)
            sheet.write_formula(2, 4, "=#REF!", None, "#REF!")
            sheet.write_formula(9, 7, "=SUM(E2:E3)", None, 3)  # beside the table
        found = problems(path)
        assert [(each.line, each.column, each.value) for each in found] == [
            (2, "value", "2"),
            (3, "value", "#REF!"),
            (10, "", ",,,,,,3"),
        ]
        assert "formula" in found[0].rule
        assert "error" in found[1].rule

    def test_a_formula_without_result_is_not_a_blank(self, tmp_path):
        path = tmp_path / "own.xlsx"
        book = openpyxl.Workbook()
        book.active.append(HEADER)
        book.active.append([AREA, "local:asb", "2009-12", "=1+1"])
        book.save(path)
        (found,) = problems(path)
        assert (found.line, found.column) == (2, "value")

    def test_merged_cells_are_problems(self, tmp_path):
        path = tmp_path / "own.xlsx"
        book = openpyxl.Workbook()
        book.active.append(HEADER)
        book.active.append([AREA, "local:asb", "2009-12", 5])
        book.active.append([AREA, "local:asb", "2009-11", None])
        book.active.merge_cells("D2:D3")
        book.save(path)
        (found,) = problems(path)
        assert (found.line, found.column, found.value) == (2, "value", "D2:D3")

    def test_a_percentage_cell_is_read_as_it_is_shown(self, book_of):
        row = [AREA, "local:ni_30", "2009-12", 0.25]
        for shown in ("0%", "0.0%"):
            (found,) = problems(book_of(row, formats={(1, 3): shown}))
            assert (found.value, found.what_to_do) == ("25%", "write 25")

    def test_two_cells_in_opposite_corners_are_refused_and_not_read(self, tmp_path):
        path = tmp_path / "own.xlsx"
        book = openpyxl.Workbook()
        book.active.append(HEADER)
        book.active["XFD1048576"] = 5
        book.save(path)
        (found,) = problems(path)
        assert "row 1,048,576, column 16,384" in found.rule
        assert not own_figures.recognises(path)

    def test_a_styled_empty_column_does_not_shift_the_others(self, tmp_path):
        path = tmp_path / "own.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Figures")
            bold = book.add_format({"bold": True})
            sheet.write_row(0, 2, HEADER)
            sheet.write_row(1, 2, [AREA, "local:asb", "2009-12"])
            sheet.write_formula(1, 5, "=1+1", None, 2)
            for row in range(9):
                sheet.write_blank(row, 0, None, bold)
        (found,) = problems(path)
        assert (found.line, found.column, found.value) == (2, "value", "2")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.binary(max_size=300), header=st.sampled_from([",", ";", "\t"]))
def test_any_bytes_below_the_header_end_in_figures_or_problems(tmp_path_factory, body, header):
    path = tmp_path_factory.mktemp("fuzz") / "own.csv"
    path.write_bytes(header.join(HEADER).encode() + b"\n" + body)
    try:
        reading = own_figures.read(path)
    except InputError:
        return
    spoiled = {problem.line for problem in reading.problems}
    kept = len(reading.observations) + sum(reading.withheld.values())
    # Lines with one wrong code are one problem, which says how many they are.
    are_one = any(" lines: " in problem.rule for problem in reading.problems)
    assert kept + len(spoiled) == reading.rows_read or are_one


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([AREA, "example", "", "=1+1"]),
            st.sampled_from(["local:asb", "asb", "local:é"]),
            st.sampled_from(["2009-12", "2009-10", "2009-11", "Q3 2009", "", "wave 2009"]),
            st.sampled_from(["1", "1,000", "", "..", "x", "-5"]),
        ),
        max_size=8,
    )
)
def test_every_line_is_a_figure_withheld_or_a_problem(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("lines") / "own.csv"
    pd.DataFrame(rows, columns=HEADER).to_csv(path, index=False)
    reading = own_figures.read(path)
    spoiled = {problem.line for problem in reading.problems}
    # A code that is none is one problem with all of its lines.
    of_codes = {line for line, row in enumerate(rows, start=2) if row[1] != "local:asb"}
    named = {problem.value for problem in reading.problems if problem.column == "measure_code"}
    assert named == {row[1] for row in rows} - {"local:asb"}
    spoiled |= of_codes
    kept = len(reading.observations) + sum(reading.withheld.values())
    assert kept + len(spoiled) == reading.rows_read
    assert not spoiled & set(reading.observations["row_number"])
