"""The quarter's indicators taken away: what is a number opens as a number."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.review import review
from dashboard.pages.quarterly_review.numbers import meeting_numbers
from dashboard.pages.quarterly_review.scorecard_rows import NOTE_MARK
from dashboard.store.warehouse import Warehouse
from dashboard.ui.downloads import SHEET, csv_maker, parquet_maker, xlsx_maker
from etl.datadir import DataDir

NUMBERS = [
    "Value", "Value a year before", "Change", "Change, percent", "Quarter's change",
    "Quarter's change, percent", "Figure against target", "Path now",
    "Chance of meeting the goal", "Goal",
]  # fmt: skip


@pytest.fixture(scope="module")
def rows(default_data: Path) -> pd.DataFrame:
    return review(AreaView.of(Warehouse(DataDir(default_data))), "2009-12")


@pytest.fixture(scope="module")
def numbers(rows: pd.DataFrame) -> pd.DataFrame:
    return meeting_numbers(rows)


@pytest.fixture(scope="module")
def files(numbers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The same table after each of the three files has been written and read."""
    csv, xlsx, parquet = (
        io.BytesIO(make(numbers, illustrative=False)())
        for make in (csv_maker, xlsx_maker, parquet_maker)
    )
    return {
        "csv": pd.read_csv(csv),
        "xlsx": pd.read_excel(xlsx, sheet_name=SHEET),
        "parquet": pd.read_parquet(parquet),
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_every_figure_is_a_number_in_the_file(kind, files, rows) -> None:
    found = files[kind]
    assert len(found) == len(rows)
    assert [name for name in NUMBERS if not is_numeric_dtype(found[name])] == []
    ours, theirs = found.set_index("Id"), rows.set_index("indicator_id")
    assert ours.loc["all_crime", "Value"] == 20_217
    assert ours.loc["all_crime", "Change"] == 20_217 - 23_000
    assert ours.loc["all_crime", "Change, percent"] == pytest.approx(-12.1, abs=0.05)
    assert ours["Figure against target"].tolist() == pytest.approx(
        theirs["actual"].astype(float).tolist(), nan_ok=True
    )
    known = theirs["current"].notna()
    assert ours["Value"].notna().tolist() == known.tolist()


def test_words_stand_in_columns_of_their_own(numbers) -> None:
    by_id = numbers.set_index("Id")
    assert not numbers["Indicator"].str.contains(NOTE_MARK).any()
    rate, share, place = by_id.loc["ni_15"], by_id.loc["ni_32"], by_id.loc["all_crime"]
    assert (rate["Unit"], rate["Target's unit"]) == ("count", "rate per 1,000 residents")
    assert (share["Unit"], share["Period"]) == ("percent", "October to December 2009")
    assert "better data assessment" in share["Note"]
    assert (place["Status"], place["Due"]) == ("at risk", datetime.date(2011, 3, 31))
    ranked = by_id[by_id["Target's unit"].eq("place")]
    assert ranked["Goal"].eq(3).all()
    assert len(ranked)


def test_a_spreadsheet_takes_due_days_as_days_and_figures_as_figures(numbers) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_maker(numbers, illustrative=True)()))
    head, *rows = list(book[SHEET].iter_rows())
    at = {cell.value: index for index, cell in enumerate(head)}
    for row in rows:
        kinds = {name: row[at[name]].data_type for name in NUMBERS}
        assert set(kinds.values()) == {"n"}
        assert row[at["Due"]].value is None or row[at["Due"]].is_date


def test_without_a_plan_figures_are_there_and_targets_empty(real_data: Path) -> None:
    view = AreaView.of(Warehouse(DataDir(real_data)), area="E22000345")
    found = meeting_numbers(review(view, view.latest_month()))
    assert found["Value"].notna().any()
    assert found["Goal"].isna().all()
    assert set(found["Status"]) == {"no target"}
    assert set(found["Owner"]) == {""}
