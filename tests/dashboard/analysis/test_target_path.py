"""The target a question is about: what is named, and what stands in where it is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.projection import projection
from dashboard.analysis.survey_power import survey_power
from dashboard.analysis.target_path import seen_with_target
from dashboard.analysis.target_trajectory import path_of
from dashboard.analysis.trajectory import trajectory
from dashboard.metrics.periods import parse_month
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir

OF_A_VIEW = {"plan", "area", "as_at"}


@pytest.fixture(scope="module")
def warehouse(default_data: Path):
    with Warehouse(DataDir(default_data)) as opened:
        yield opened


def test_what_is_left_out_is_the_first_target_of_the_first_plan_at_its_last_month(
    warehouse: Warehouse,
) -> None:
    view, target, as_at = seen_with_target(AreaView.of(warehouse), "criminal_damage")
    assert view.plan_id == AreaView.of(warehouse).plan_id
    assert target == view.targets_on("criminal_damage")[0]
    assert as_at == view.latest_month("criminal_damage")


def test_what_is_named_is_taken(warehouse: Warehouse) -> None:
    view = AreaView.of(warehouse, as_at="2009-06")
    _, target, as_at = seen_with_target(view, "criminal_damage", "criminal_damage_stretch")
    assert target.target_id == "criminal_damage_stretch"
    assert as_at == parse_month("2009-06")


def test_an_indicator_without_figures_is_looked_at_in_the_latest_month_of_all(
    warehouse: Warehouse,
) -> None:
    view = AreaView.of(warehouse)
    without = [each for each in view.targets if view.series(each.indicator_id).empty]
    assert without
    _, _, as_at = seen_with_target(AreaView.of(warehouse), without[0].indicator_id)
    assert as_at == view.latest_month()


@pytest.mark.parametrize("month", ["", "2009-06"])
@pytest.mark.parametrize("target", ["", "criminal_damage_stretch"])
def test_every_answer_is_about_the_same_target_and_month(
    warehouse: Warehouse, month: str, target: str
) -> None:
    view = AreaView.of(warehouse, as_at=month)
    _, chosen, as_at = seen_with_target(view, "criminal_damage", target)
    path = path_of(view, "criminal_damage", target)
    whole = trajectory(view, "criminal_damage", target).trajectory
    projected = projection(view, "criminal_damage", target)
    said = {(each.target_id, each.as_at) for each in (path, whole, projected)}
    assert said == {(chosen.target_id, str(as_at))}


def test_a_survey_is_asked_about_in_the_same_way(warehouse: Warehouse) -> None:
    _, target, _ = seen_with_target(AreaView.of(warehouse), "ni_21")
    assert survey_power(AreaView.of(warehouse), "ni_21").target_id == target.target_id


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"indicator": "no_such_thing"}, UnknownChoiceError),
        ({"indicator": "all_crime", "target": "no_such_target"}, UnknownChoiceError),
        ({"indicator": "all_crime", "plan": "no_such_plan"}, UnknownChoiceError),
        ({"indicator": "all_crime", "area": "no_such_area"}, UnknownChoiceError),
        ({"indicator": "robbery"}, NoFiguresError),
        ({"indicator": "all_crime", "as_at": "not a month"}, ValueError),
    ],
)
def test_a_choice_that_is_not_there_is_an_error(
    warehouse: Warehouse, asked: dict[str, str], error: type[Exception]
) -> None:
    of = {each: asked[each] for each in OF_A_VIEW & asked.keys()}
    asked = {each: asked[each] for each in asked.keys() - OF_A_VIEW}
    with pytest.raises(error):
        seen_with_target(AreaView.of(warehouse, **of), **asked)
