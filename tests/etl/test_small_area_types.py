"""Small areas of a real month: what the publisher released of them is shown as it is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.places import places
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

STREET = "police_uk_street/2025-01-hampshire-street.csv"
LOOKUPS = ("lookups/lookup_ltla24_csp24_pfa24.csv", "lookups/lookup_lsoa21_ward24_ltla24.csv")
SOUTHAMPTON = "E22000120"
HAMPSHIRE = "Hampshire Constabulary"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Warehouse:
    data = DataDir(tmp_path_factory.mktemp("streets"))
    for name in (*LOOKUPS, STREET):
        add_file(data, shared_data / name, published=date(2025, 3, 1), loaded_by="a test")
    build(data)
    return Warehouse(data)


@pytest.fixture(scope="module")
def printed(shared_data: Path) -> pd.DataFrame:
    """Records with a small area, as the file has them."""
    columns = ["Reported by", "LSOA code", "Crime type"]
    rows = pd.read_csv(shared_data / STREET, usecols=columns).dropna(subset=["LSOA code"])
    return rows[rows["Reported by"].eq(HAMPSHIRE)]


def small_areas_of(warehouse: Warehouse) -> list[str]:
    view = AreaView.of(warehouse, area=SOUTHAMPTON)
    within = ";".join([SOUTHAMPTON, "E06000045"])
    return view.warehouse.frame("small_areas", within=within, kind="lsoa")["area_code"].tolist()


def test_every_small_area_of_a_city_has_its_counts_by_type(warehouse, printed) -> None:
    codes = small_areas_of(warehouse)
    assert len(codes) > 100
    for indicator, crime_type in (("robbery", "Robbery"), ("drug_offences", "Drugs")):
        shown = warehouse.frame("small_area_figures", areas=codes, indicator=indicator)
        counted = Counter(printed.loc[printed["Crime type"].eq(crime_type), "LSOA code"])
        assert shown["suppression"].eq("").all()
        assert dict(zip(shown["area_code"], shown["value"], strict=True)) == {
            code: counted[code] for code in codes
        }
        assert shown["value"].between(1, 4).any()


def test_types_of_a_small_area_are_seen_beside_their_total(warehouse, printed) -> None:
    code = printed["LSOA code"].value_counts().index[0]
    view = AreaView.of(warehouse, area=code)
    own = printed[printed["LSOA code"].eq(code)]
    known = view.known_series
    assert known["offence_street_all"][0].figures["value"].tolist() == [len(own)]
    assert known["drug_offences"][0].figures["value"].tolist() == [
        own["Crime type"].eq("Drugs").sum()
    ]
    disorder = own["Crime type"].eq("Anti-social behaviour").sum()
    assert known["all_crime"][0].figures["value"].tolist() == [len(own) - disorder]


def test_a_map_of_small_areas_shows_the_type_that_is_chosen(warehouse, printed) -> None:
    codes = tuple(small_areas_of(warehouse))
    answer = places(AreaView.of(warehouse, area=SOUTHAMPTON), "robbery", codes, basis="month")
    robberies = printed[printed["Crime type"].eq("Robbery") & printed["LSOA code"].isin(codes)]
    assert answer.title == "Robbery"
    assert not answer.of_all_types
    assert answer.figures["count"].sum() == len(robberies)


def test_where_no_type_of_the_indicator_is_recorded_the_total_stands_for_it(
    warehouse, printed
) -> None:
    codes = tuple(small_areas_of(warehouse))
    answer = places(AreaView.of(warehouse, area=SOUTHAMPTON), "homicide", codes, basis="month")
    assert answer.of_all_types
    assert answer.figures["count"].sum() == printed["LSOA code"].isin(codes).sum()
