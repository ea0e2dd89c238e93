"""Single offences, types of London boroughs and small areas, from the real files to the page."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.review import review
from dashboard.analysis.worth_reporting import worth_reporting
from dashboard.cli.main import app
from dashboard.pages.crime_types.type_tree import adding_up, left_out, rows_to_show
from dashboard.store.warehouse import Warehouse
from dashboard.words.crime_types import DOWN, tree_labels
from etl import publish
from etl.build import build
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.raw import add_file

LONDON = "met_police_boroughs/MPS_borough_APR2010-FEB2022.csv"
HOME_OFFICE = "home_office_pfa/prc-pfa-2017-18.csv"
STREET = "police_uk_street/2025-01-hampshire-street.csv"
LOOKUPS = ("lookups/lookup_ltla24_csp24_pfa24.csv", "lookups/lookup_lsoa21_ward24_ltla24.csv")
CAMDEN, HAMPSHIRE, SOUTHAMPTON = "E22000191", "E23000030", "E22000120"
LSOA = "E01017139"
NEVER_LOOKED_AT = "offence_"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """London's boroughs, the forces by code, and a month of Hampshire's streets."""
    folder = tmp_path_factory.mktemp("offences")
    published = {LONDON: date(2022, 2, 20), HOME_OFFICE: date(2018, 7, 19)}
    for name in (*LOOKUPS, LONDON, HOME_OFFICE, STREET):
        day = published.get(name, date(2025, 3, 1))
        add_file(DataDir(folder), shared_data / name, published=day, loaded_by="a test")
    build(DataDir(folder))
    return folder


@pytest.fixture(scope="module")
def warehouse(data: Path) -> Warehouse:
    return Warehouse(DataDir(data))


def shown(data: Path, *words: str) -> Any:
    result = CliRunner().invoke(app, ["show", *words, "--data-dir", str(data)])
    assert result.exit_code == ExitCode.DONE, result.output
    return json.loads(result.stdout)


def table_with(page: AppTest, column: str) -> pd.DataFrame:
    tables = [each.value for each in (*page.table, *page.dataframe)]
    return next(table for table in tables if column in table.columns)


def of_borough(shared_data: Path, borough: str, month: str) -> dict[tuple[str, str], float]:
    """Return what the file of London prints for a borough and month, by major and minor type."""
    with (shared_data / LONDON).open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["MajorText"], row["MinorText"]): float(row[month])
            for row in csv.DictReader(file)
            if row["LookUp_BoroughName"] == borough
        }


def of_hampshire(shared_data: Path) -> Counter[str]:
    """Return what the Home Office's file prints for the last quarter, by code."""
    counts: Counter[str] = Counter()
    with (shared_data / HOME_OFFICE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            if "Hampshire" in row and row[1] == "4":
                counts[row[6]] += int(row[7].strip().replace("-00", "0"))
    return counts


def test_an_offence_of_a_borough_and_month_is_what_the_file_prints(data, shared_data) -> None:
    printed = of_borough(shared_data, "Camden", "202112")
    words = ("--area", CAMDEN, "--as-at", "2021-12", "--basis", "month")
    found = {row["indicator_id"]: row for row in shown(data, "crime-types", *words)}
    for known, kind in {
        "offence_rape": ("Sexual Offences", "Rape"),
        "offence_10d": ("Possession of Weapons", "Possession of Article with Blade or Point"),
        "offence_robbery_of_personal_property": ("Robbery", "Robbery of Personal Property"),
        "offence_mps_domestic_burglary": ("Burglary", "Domestic Burglary"),
        "offence_802": ("Miscellaneous Crimes Against Society", "Dangerous Driving"),
        "offence_mps_other_theft": ("Theft", "Other Theft"),
    }.items():
        assert found[known]["current"] == printed[kind], kind
    assert found["offence_rape"]["current"] > 0


def test_the_page_shows_the_figure_of_the_file(data, shared_data, open_page) -> None:
    printed = of_borough(shared_data, "Camden", "202112")["Sexual Offences", "Rape"]
    page = open_page(
        "crime_types", data, area=CAMDEN, as_at="2021-12", basis="month", type="offence_rape"
    )
    assert page.title[0].value.startswith("Rape ")
    table = table_with(page, "Type")
    of_rape = table["Type"].str.strip().eq("Rape")
    assert table.loc[of_rape, "Now"].tolist() == [f"{printed:,.0f}"]


@pytest.mark.parametrize("whole", ["robbery", "burglary", "drug_offences", "vehicle_offences"])
def test_types_of_a_borough_add_up_to_their_whole(warehouse, whole) -> None:
    types = crime_types(AreaView.of(warehouse, area=CAMDEN).at("2021-12"), basis="rolling_year")
    parts = types[types["part_of"].eq(whole)]
    own = types.set_index("indicator_id").at[whole, "current"]
    assert len(parts) > 1
    assert parts["current"].sum() == own > 0
    assert adding_up(types, whole).endswith("add up to it.")


def test_codes_of_a_force_are_what_the_file_prints_and_add_up(warehouse, shared_data) -> None:
    printed = of_hampshire(shared_data)
    types = crime_types(AreaView.of(warehouse, area=HAMPSHIRE).at("2018-03"), basis="quarter")
    by_id = types.set_index("indicator_id")
    for code in ("28G", "19C", "5D", "58C", "92E", "9A"):
        known = f"offence_{code.lower()}"
        if not by_id.at[known, "current_instead"]:
            assert by_id.at[known, "current"] == printed[code], code
    assert by_id.at["offence_58c", "current"] > 0
    for whole in ("residential_burglary", "criminal_damage", "offence_possession_of_drugs"):
        assert types.loc[types["part_of"].eq(whole), "current"].sum() == by_id.at[whole, "current"]


def test_parts_that_do_not_add_up_say_so(warehouse) -> None:
    types = crime_types(AreaView.of(warehouse, area=CAMDEN).at("2021-12"), basis="month")
    short = types[types["indicator_id"].ne("offence_mps_domestic_burglary")]
    missing = int(types.set_index("indicator_id").at["offence_mps_domestic_burglary", "current"])
    assert adding_up(short, "burglary") == (
        f"The parts of burglary come to {missing} fewer than all of it: no type under it counts "
        "the rest."
    )
    unknown = types.assign(
        current=types["current"].where(types["indicator_id"].ne("offence_mps_domestic_burglary"))
    )
    assert "no figure of Domestic burglary (London)" in adding_up(unknown, "burglary")


def test_what_the_police_publish_of_offences_is_shown_as_released(data) -> None:
    path = next(DataDir(data).build.glob("*.duckdb"))
    figures = publish.read_mart(path, "indicator_period").query("not illustrative")
    sexual = figures[figures["indicator_id"].isin(["offence_rape", "sexual_offences"])]
    assert sexual["numerator"].between(1, 4).any()
    assert figures["suppression"].eq("").all()


def test_a_table_shows_offences_of_the_whole_that_is_looked_at(warehouse) -> None:
    types = crime_types(AreaView.of(warehouse, area=HAMPSHIRE).at("2018-03"), basis="quarter")
    usual = rows_to_show(types, "all_crime")
    assert usual["catalogued"].all()
    assert f"{len(types) - len(usual)} more types are counted here" in left_out(types, usual)
    burglary = set(rows_to_show(types, "residential_burglary")["indicator_id"])
    assert burglary - set(usual["indicator_id"]) == {
        "offence_28e", "offence_28f", "offence_28g", "offence_28h", "offence_29a",
    }  # fmt: skip
    labels = tree_labels(types)
    path = ["Theft offences", "Burglary", "Residential burglary"]
    assert labels["offence_28g"] == DOWN.join([*path, "Distraction Burglary Residential (28G)"])


def test_every_answer_takes_an_offence(data) -> None:
    words = ("--indicator", "offence_10d", "--area", CAMDEN, "--as-at", "2021-12")
    change = shown(data, "change", *words, "--basis", "rolling_year")
    assert change["current"] - change["previous"] == change["change"]
    assert shown(data, "control", *words)
    parts = shown(
        data, "contribution", "--indicator", "possession_of_weapons_offences", "--area", CAMDEN,
        "--as-at", "2021-12", "--basis", "rolling_year",
    )  # fmt: skip
    assert "offence_10d" in {part["part_id"] for part in parts["parts"]}


def test_a_break_can_be_confirmed_in_the_series_of_an_offence(data) -> None:
    words = ["break", "offence_10d", "--area", CAMDEN, "--from", "2017-04", "--reason", "a test"]
    result = CliRunner().invoke(app, [*words, "--by", "a test", "--data-dir", str(data)])
    assert result.exit_code == ExitCode.DONE, result.output


def test_a_meeting_is_not_asked_about_offences(warehouse) -> None:
    view = AreaView.of(warehouse, area=CAMDEN)
    assert not review(view, "2021-12")["indicator_id"].str.startswith(NEVER_LOOKED_AT).any()
    worth = worth_reporting(view.at("2021-12")).indicators["indicator_id"]
    assert len(worth) > 0
    assert not worth.str.startswith(NEVER_LOOKED_AT).any()


def test_a_small_area_can_be_chosen_within_its_partnership(data, warehouse, open_page) -> None:
    page = open_page("crime_types", data, area=SOUTHAMPTON, small_area=LSOA)
    assert "All of Southampton" in page.selectbox(key="choose_small_area").options
    counts = warehouse.frame("series_of_area", area=LSOA)
    table = table_with(page, "Type")
    now = dict(zip(table["Type"].str.strip(), table["Now"].astype("int64"), strict=True))
    disorder = now["Anti-social behaviour incidents"]
    assert now["All crime"] + disorder == counts["value"].iloc[-1]
    drugs = warehouse.frame("small_area_figures", areas=[LSOA], indicator="drug_offences")
    assert now["Drug offences"] == drugs["value"].iloc[-1]


def test_small_areas_are_compared_side_by_side(data, warehouse, open_page) -> None:
    small = warehouse.frame("small_areas", within="E06000045", kind="lsoa")
    areas = small["area_code"].tolist()[:2]
    page = open_page("crime_types", data, area=SOUTHAMPTON, look="compare", areas=areas)
    assert table_with(page, "Area")["Area"].tolist() == small["area_name"].tolist()[:2]


def test_no_other_page_offers_thousands_of_small_areas(warehouse) -> None:
    assert not warehouse.frame("areas")["area_kind"].eq("lsoa").any()
