"""How every indicator moved: the levels of the last three years, up to the month chosen."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analysis.levels import levels_by_month, recent_levels
from dashboard.analysis.picture import Picture
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir


@pytest.fixture
def picture(default_data):
    with Warehouse(DataDir(default_data)) as warehouse:
        yield Picture.of(warehouse)


def test_levels_end_at_the_month_chosen_and_are_those_of_the_indicator(picture) -> None:
    found = recent_levels(picture, "2009-06")
    assert found["month"].max() == pd.Period("2009-06", "M")
    own = found[found["indicator_id"].eq("all_crime")]
    known = levels_by_month(picture, "all_crime").set_index("month")["level"]
    assert own.set_index("month")["level"].eq(known.loc[own["month"]]).all()


def test_nothing_before_the_first_figure(picture) -> None:
    assert recent_levels(picture, "2001-01").empty
