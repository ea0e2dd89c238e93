"""City of London: its publisher gives counts and no rates, and so do we, in its words."""

from __future__ import annotations

import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.ranking import ranking
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir

CITY, CAMDEN = "E22000180", "E22000191"
SAID = "Rates per 1,000 population are not presented for City of London"


@pytest.fixture(scope="module")
def warehouse(real_data) -> Warehouse:
    return Warehouse(DataDir(real_data))


def test_it_has_its_counts_and_no_rate(warehouse) -> None:
    types = crime_types(AreaView.of(warehouse, area=CITY), basis="rolling_year")
    assert types.set_index("indicator_id").loc["all_crime", "current"] == 9270
    assert types["rate"].isna().all()
    others = crime_types(AreaView.of(warehouse, area=CAMDEN), basis="rolling_year")
    assert others["rate"].notna().any()
    for area in (CITY, "E23000034"):
        rows = warehouse.frame("series_of_area", area=area)
        assert rows["denominator"].isna().all()


def test_nor_is_it_ranked_by_one(warehouse) -> None:
    view = AreaView.of(warehouse, area=CAMDEN)
    found = ranking(view, "all_crime", group="own:population")
    ranked = found.members.set_index("area_code")
    assert CITY not in ranked.index or ranked.loc[[CITY], "rank"].isna().all()


@pytest.mark.parametrize(("area", "is_said"), [(CITY, True), (CAMDEN, False)])
def test_pages_say_so_in_the_publishers_words(real_data, open_page, area, is_said) -> None:
    page = open_page("crime_types", real_data, area=area)
    assert any(SAID in each.value for each in page.info) == is_said
