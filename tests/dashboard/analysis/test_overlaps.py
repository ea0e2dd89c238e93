"""Two sources of one count are compared over the same months, and never blended."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from dashboard.analysis.area_view import UnknownChoiceError
from dashboard.analysis.overlaps import overlaps
from dashboard.cli.main import app
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

AREA = "E22000120"
#: Of both, the partnership's own months add up to 1,200 in the year and 300 in the quarter.
OFFICIAL = [
    f"{AREA},ons:robbery,year ending 2024-12,1210",
    f"{AREA},ons:robbery,Q1 2024/25,296",
    f"{AREA},ons:robbery,Q2 2024/25,299",
]
OWN = [f"{AREA},local:robbery,2024-{month:02},100" for month in range(1, 13) if month != 8]
LATE = f"{AREA},local:robbery,2024-08,100"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    root = tmp_path_factory.mktemp("overlaps")
    data = DataDir(root)
    for name, day, lines in (
        ("official.csv", "2025-04-24", OFFICIAL), ("own.csv", "2025-01-10", OWN),
        ("late.csv", "2025-02-10", [LATE]),
    ):  # fmt: skip
        path = root / name
        path.write_text("\n".join(["area_code,measure_code,period,value", *lines]) + "\n")
        add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
    build(data)
    return data


def test_months_are_added_up_to_what_the_other_source_gives(data) -> None:
    with Warehouse(data) as warehouse:
        found = overlaps(warehouse, area=AREA)
        columns = ["period", "months", "value_a", "value_b", "periods_a", "periods_b", "difference"]
        assert found[columns].to_numpy().tolist() == [
            ["2024-01", 12, 1210.0, 1200.0, 1, 12, -10.0],
            ["2024-04", 3, 296.0, 300.0, 1, 3, 4.0],
            ["2024-07", 3, 299.0, 300.0, 1, 3, 1.0],
        ]
        assert found["percent"].iloc[0] == pytest.approx(-100 * 10 / 1210)
        series = warehouse.frame("series_of_area", area=AREA)
        series = series[series["indicator_id"].eq("robbery") & ~series["illustrative"]]
        assert set(series.loc[series["period_kind"].eq("month"), "value"]) == {100.0}
        assert set(series.loc[series["period_kind"].eq("quarter"), "value"]) == {296.0, 299.0}


def test_an_incomplete_period_is_not_compared(tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["area_code,measure_code,period,value", *OFFICIAL, *OWN]) + "\n")
    add_file(data, path, published=date(2025, 4, 24), loaded_by="a test")
    build(data)
    with Warehouse(data) as warehouse:
        assert overlaps(warehouse)["period"].tolist() == ["2024-04"]


def test_street_level_crime_stands_beside_the_official_table(tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    path = tmp_path / "both.csv"
    months = [f"{AREA},street:vehicle_crime,2024-{month:02},30" for month in range(1, 13)]
    lines = [f"{AREA},ons:vehicle_offences,year ending 2024-12,350", *months]
    path.write_text("\n".join(["area_code,measure_code,period,value", *lines]) + "\n")
    add_file(data, path, published=date(2025, 4, 24), loaded_by="a test")
    build(data)
    with Warehouse(data) as warehouse:
        found = overlaps(warehouse)
        columns = ["indicator", "months", "value_a", "value_b", "shown"]
        assert found[columns].to_numpy().tolist() == [
            ["vehicle_offences", 12, 350.0, 360.0, "own_figures"]
        ]
        series = warehouse.frame("series_of_area", area=AREA)
        series = series[series["indicator_id"].eq("vehicle_offences")]
        by_kind = series.groupby("period_kind")["value"].agg(["size", "sum"])
        assert by_kind.loc["month"].tolist() == [12, 360.0]
        assert by_kind.loc["rolling_year"].tolist() == [1, 350.0]


def test_unknown_choices_are_named(data) -> None:
    with Warehouse(data) as warehouse:
        assert overlaps(warehouse, indicator="arson").empty
        with pytest.raises(UnknownChoiceError):
            overlaps(warehouse, area="E0")
        with pytest.raises(UnknownChoiceError):
            overlaps(warehouse, indicator="robberies")


def test_they_are_shown_as_json(data) -> None:
    result = CliRunner().invoke(app, ["show", "overlaps", "--data-dir", str(data.root)])
    assert len(json.loads(result.stdout)) == 3
