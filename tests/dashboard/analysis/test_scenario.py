"""What a target's year would come to if the months from here went otherwise."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.scenario import scenario, whole_years
from dashboard.analysis.status import target_status
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from etl.datadir import DataDir

AS_AT = "2009-12"


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)), as_at=AS_AT)


def test_as_things_go_it_is_the_verdicts_own_chance(view) -> None:
    found = scenario(view, "all_crime", "all_crime_2010_11")
    row = target_status(view, AS_AT).set_index("target_id").loc["all_crime_2010_11"]
    assert found.otherwise.chance_met == pytest.approx(row["probability"])
    assert found.total.median == found.total_as_things_go.median
    assert found.window.label() == "January 2010 to March 2011"


def test_the_months_to_come_are_held_against_the_same_months(view) -> None:
    found = scenario(view, "all_crime", "all_crime_2010_11", percent=0)
    series = view.series("all_crime").set_index("period_start")["numerator"]
    months = pd.to_datetime(pd.Series(series.to_numpy(), index=pd.to_datetime(series.index)).index)
    year = series[(months >= "2009-01-01") & (months <= "2009-12-31")]
    assert found.before == year.sum() + year.iloc[:3].sum()


def test_fewer_crimes_raise_the_chance(view) -> None:
    chances = [
        scenario(view, "all_crime", "all_crime_2010_11", percent=percent).otherwise.chance_met
        for percent in (10, 0, -10, -20)
    ]
    assert chances == sorted(chances)


def test_a_part_moves_the_whole_by_its_own_difference(view) -> None:
    found = scenario(
        view, "all_crime", "all_crime_2010_11", part="dwelling_burglary", level_of="2008/09"
    )
    assert found.part_otherwise is not None
    assert found.part_as_things_go is not None
    # The goal's year begins three months from now: twelve of the fifteen months are in it.
    moved = found.total.mean - found.total_as_things_go.mean
    assert moved == pytest.approx(found.part_otherwise - found.part_as_things_go, rel=0.25)
    assert as_json(found)["level_of"] == "2008/09"


def test_what_is_not_there_is_refused(view) -> None:
    with pytest.raises(UnknownChoiceError):
        scenario(view, "all_crime", "all_crime_2010_11", part="ni_21", level_of="2008/09")
    with pytest.raises(NoFiguresError, match="every month of 1999/00"):
        scenario(view, "all_crime", "all_crime_2010_11", part="robbery", level_of="1999/00")
    with pytest.raises(NoFiguresError, match="not projected"):
        scenario(view, "ni_21")


def test_whole_years_are_the_latest_first(view) -> None:
    assert whole_years(view, "all_crime") == ["2008/09", "2007/08", "2006/07"]
