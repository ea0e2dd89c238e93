"""How every indicator moved: the levels of the last three years, up to the month chosen."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import levels_by_month, recent_levels
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir


@pytest.fixture
def view(default_data):
    with Warehouse(DataDir(default_data)) as warehouse:
        yield AreaView.of(warehouse)


def test_levels_end_at_the_month_chosen_and_are_those_of_the_indicator(view) -> None:
    found = recent_levels(view, "2009-06")
    assert found["month"].max() == pd.Period("2009-06", "M")
    own = found[found["indicator_id"].eq("all_crime")]
    known = levels_by_month(view, "all_crime").set_index("month")["level"]
    assert own.set_index("month")["level"].eq(known.loc[own["month"]]).all()


def test_nothing_before_the_first_figure(view) -> None:
    assert recent_levels(view, "2001-01").empty
