"""A table taken away opens in the program it is for, with whole numbers and no formula in it."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from dashboard.ui.downloads import (
    ILLUSTRATIVE,
    SHEET,
    csv_maker,
    parquet_maker,
    xlsx_maker,
)

TABLE = pd.DataFrame(
    {
        "Area": ["Adur", "=cmd|' /C calc'!A0"],
        "Rate": [64.123456789, None],
        "Crimes": [12, 3],
        "Month": pd.PeriodIndex(["2009-11", "2009-12"], freq="M"),
        "Published": pd.to_datetime(["2025-04-24", "2025-04-25"], utc=True),
        "Serves": [["robbery", "ni_15"], []],
    }
)
MAKERS = [csv_maker, xlsx_maker, parquet_maker]


def workbook(table, *, illustrative=False):
    return openpyxl.load_workbook(io.BytesIO(xlsx_maker(table, illustrative=illustrative)()))


def parquet(table, *, illustrative=False):
    return pd.read_parquet(io.BytesIO(parquet_maker(table, illustrative=illustrative)()))


def test_a_download_has_full_precision_and_says_when_it_is_illustrative() -> None:
    table = pd.DataFrame({"Area": ["Adur"], "Rate": [64.123456], "Crimes": [12.0]})
    real = csv_maker(table, illustrative=False)().decode("utf-8-sig")
    assert real.splitlines() == ["Area,Rate,Crimes", "Adur,64.123456,12"]
    made_up = csv_maker(table, illustrative=True)().decode("utf-8-sig")
    assert made_up.splitlines()[1].endswith(f'"{ILLUSTRATIVE}"')


def test_a_workbook_has_full_numbers_and_runs_nothing() -> None:
    rows = list(workbook(TABLE)[SHEET].iter_rows())
    assert [cell.value for cell in rows[0]] == list(TABLE.columns)
    assert rows[1][1].value == 64.123456789
    assert rows[2][0].value == "=cmd|' /C calc'!A0"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}


def test_the_heading_of_a_column_is_no_formula_either() -> None:
    formula = "=cmd|' /C calc'!A0"
    named = pd.DataFrame({formula: ["Adur"], "-5": [1]})
    assert csv_maker(named, illustrative=False)().decode("utf-8-sig").splitlines()[0] == (
        f"'{formula},-5"
    )
    assert [cell.data_type for cell in workbook(named)[SHEET][1]] == ["s", "s"]


def test_a_parquet_file_has_the_numbers_types_and_texts() -> None:
    found = parquet(TABLE)
    assert found["Crimes"].dtype == "int64"
    assert found["Rate"].isna().tolist() == [False, True]
    assert found["Month"].tolist() == ["2009-11", "2009-12"]
    assert found["Serves"].tolist() == ["robbery; ni_15", ""]


@pytest.mark.parametrize("read", [workbook, parquet], ids=["workbook", "parquet"])
def test_made_up_figures_say_so_in_every_row(read) -> None:
    found = read(TABLE, illustrative=True)
    if not isinstance(found, pd.DataFrame):
        rows = list(found[SHEET].values)
        found = pd.DataFrame(rows[1:], columns=rows[0])
    assert (found["Figures"] == ILLUSTRATIVE).all()


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("table", [TABLE, TABLE.iloc[:0]], ids=["rows", "no rows"])
def test_making_a_file_leaves_the_table_as_it_is(maker, table) -> None:
    before = table.copy()
    assert maker(table, illustrative=True)()
    pd.testing.assert_frame_equal(table, before)
