"""One target in sentences, on the embedded default."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.trajectory import trajectory
from dashboard.pages.targets.outlook import outlook_lines, rank_lines
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir
from tests.dashboard.given_goals import WithGivenGoals

AS_AT, PLAN = "2009-12", "southampton_2010_11"


@pytest.fixture(scope="module")
def warehouse(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


def lines_of(warehouse: Warehouse, indicator: str, target: str) -> dict[str, str]:
    found = trajectory(AreaView.of(warehouse, PLAN, as_at=AS_AT), indicator, target=target)
    projected = projection(AreaView.of(warehouse, PLAN, as_at=AS_AT), indicator, target=target)
    return dict(outlook_lines(found, projected))


def test_the_year_so_far_stands_beside_its_path_and_the_range_of_chance(warehouse) -> None:
    said = lines_of(warehouse, "criminal_damage", "criminal_damage_2010_11")["The year so far"]
    found = trajectory(
        AreaView.of(warehouse, as_at=AS_AT), "criminal_damage", target="criminal_damage_2010_11"
    )
    december = found.year.set_index(found.year["month"].astype(str)).loc[AS_AT]
    assert said.startswith(
        f"April to December 2009: {december['actual_cumulative']:,.0f} counted, where the path has "
        f"{december['cumulative']:,.0f}"
    )
    assert f"{december['lower_95']:,.0f} to {december['upper_95']:,.0f} (95%)" in said


def test_a_rate_has_no_year_of_months(warehouse) -> None:
    assert "The year so far" not in lines_of(warehouse, "ni_15", "ni_15_2010_11")


def test_several_targets_say_which_asks_most(warehouse) -> None:
    given = WithGivenGoals(warehouse)
    plan = lines_of(given, "criminal_damage", "criminal_damage_2010_11")["Other targets on it"]
    stretch = lines_of(given, "criminal_damage", "criminal_damage_stretch")
    assert plan.endswith("of these targets this one asks most.")
    assert "asks most" not in stretch["Other targets on it"]
    assert "misses the plan target" in stretch["Other targets on it"]


def test_a_made_up_goal_is_no_companion_of_one_that_is_given(warehouse) -> None:
    plan = lines_of(warehouse, "criminal_damage", "criminal_damage_2010_11")
    assert "Other targets on it" not in plan
    stretch = lines_of(warehouse, "criminal_damage", "criminal_damage_stretch")
    assert "misses the plan target" in stretch["Other targets on it"]


def test_a_minimum_count_and_the_best_run_on_record_are_said(warehouse) -> None:
    said = lines_of(warehouse, "community_payback_hours", "community_payback_hours_a_year")
    assert said["From here"].startswith("Needed: 833 a month for 12 months; the best 12 months on")


def test_a_place_says_what_it_takes_if_the_others_go_on_and_how_sure_it_is(warehouse) -> None:
    said = dict(rank_lines(ranking(AreaView.of(warehouse, as_at=AS_AT), "all_crime"), 3))
    assert list(said) == ["From here", "If the others go on", "How sure"]
    assert "third place needs 5,600 fewer" in said["If the others go on"]
    assert "The chance of a truly better place than a year before is" in said["How sure"]
    # The gap that a ranking carries is that to the third place.
    assert list(dict(rank_lines(ranking(AreaView.of(warehouse, as_at=AS_AT), "all_crime"), 5))) == [
        "How sure"
    ]
