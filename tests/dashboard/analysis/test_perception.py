"""What residents say: the plan's own figures, both kinds of interval, and what is called a change.

Wilson's limits of 23% of 1,142 are those of his formula worked by hand: 20.65 and 25.53.
"""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.perception import perception
from dashboard.analysis.rows import SeriesPoint, columns_of
from dashboard.analysis.survey_waves import FROM_RESULTS, PUBLISHED, WILSON, waves_of
from dashboard.analysis.trend import last_waves
from dashboard.cli.main import app
from dashboard.metrics.intervals import percent_interval
from dashboard.metrics.significance import significance_of_percents
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from etl.datadir import DataDir

HEADER = "area_code,question,period,percentage,base,design_effect,dont_know,national,lower,upper\n"
WAVES = (
    HEADER
    + "E22000120,ni_21,wave 2009,23,1142,,25,26,,\n"
    + "E22000120,ni_21,wave 2011,31,1500,1.5,20,28,28.1,33.9\n"
    + "E22000120,ni_41,wave 2009,45,400,,,,,\n"
    + "E22000120,ni_41,wave 2011,43,800,2,,,,\n"
)


@pytest.fixture
def by_question(default_data):
    with Warehouse(DataDir(default_data)) as warehouse:
        yield {each.indicator: each for each in perception(AreaView.of(warehouse))}


@pytest.fixture(scope="module")
def two_waves(default_data, tmp_path_factory):
    folder = shutil.copytree(default_data, tmp_path_factory.mktemp("waves") / "data")
    file = folder.parent / "survey.csv"
    file.write_text(WAVES, encoding="utf-8")
    for words in (["add", str(file), "--published", "2011-06-01"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert not result.exit_code, result.output
    return folder


@pytest.fixture
def later(two_waves):
    with Warehouse(DataDir(two_waves)) as warehouse:
        answers = perception(AreaView.of(warehouse, area="E22000120", as_at="2011-12"))
        yield {each.indicator: each for each in answers}


def test_the_plans_questions_with_dont_know_england_and_goal(by_question) -> None:
    assert list(by_question)[:3] == ["ni_21", "ni_17", "ni_41"]
    assert "ni_21_dont_know" not in by_question
    ni_21, ni_41 = by_question["ni_21"], by_question["ni_41"]
    wave = ni_21.waves[-1]
    assert (wave.value, wave.interval_from) == (23.0, WILSON)
    assert (wave.lower, wave.upper) == pytest.approx((20.65, 25.53), abs=0.01)
    assert ni_21.of_last_wave(ni_21.dont_know).value == 25
    assert ni_21.of_last_wave(ni_21.national).value == 26
    assert ni_21.of_last_wave(ni_21.national).lower is None
    assert ni_21.target.target == 30
    assert ni_21.power.goal == 30
    assert (ni_41.waves[-1].value, ni_41.of_last_wave(ni_41.national).value) == (45, 29)


def test_what_is_recorded_stands_beside_as_the_catalogue_says(by_question) -> None:
    assert [each.indicator for each in by_question["ni_21"].recorded] == ["all_crime"]
    assert [each.indicator for each in by_question["ni_41"].recorded] == [
        "violence_against_the_person",
        "violence_against_the_person_city_centre_night",
    ]
    assert all(each.basis == "rolling_year" for each in by_question["ni_41"].recorded)


def test_a_question_without_a_survey_has_no_figure_and_no_goal(by_question) -> None:
    ni_17 = by_question["ni_17"]
    assert ni_17.waves == ()
    assert ni_17.target.target is None
    assert ni_17.power is None
    assert as_json(ni_17)["goal"] == "not given"


def test_published_limits_go_before_wilson(later) -> None:
    before, now = later["ni_21"].waves
    assert (before.interval_from, now.interval_from) == (WILSON, PUBLISHED)
    assert (now.lower, now.upper) == (28.1, 33.9)
    assert (now.people, now.design_effect.value) == (1500, 1.5)


def test_a_difference_is_called_only_when_clear_of_both_surveys(later) -> None:
    assert later["ni_21"].difference.is_beyond_chance is True
    assert later["ni_41"].difference.is_beyond_chance is False


@pytest.fixture
def twice_given(two_waves):
    """NI 41 with a design effect in its file, which the results of 2011 give as well."""
    with Warehouse(DataDir(two_waves)) as warehouse:
        view = AreaView.of(warehouse, area="E22000120")
        about = view.indicators.astype({"design_effect_source": object})
        about.loc["ni_41", ["design_effect", "design_effect_source"]] = [1.6, "the report"]
        view.read.__dict__["indicators"] = about
        yield view


def test_a_design_effect_that_is_given_twice_counts_once(twice_given) -> None:
    found = next(
        each for each in perception(twice_given.at("2011-12")) if each.indicator == "ni_41"
    )
    before, now = found.waves
    assert (before.people, before.design_effect) == (400, (1.6, "the report"))
    assert (now.people, now.design_effect) == (800, (2.0, FROM_RESULTS))
    assert (before.if_assumed, now.if_assumed) == (None, None)
    by_hand = [percent_interval(45, 400 / 1.6), percent_interval(43, 800 / 2)]
    for wave, limits in zip(found.waves, by_hand, strict=True):
        assert (wave.lower, wave.upper) == pytest.approx(limits)
    trend = last_waves(found.waves).values
    assert trend["lower"].tolist() == pytest.approx([limits.lower for limits in by_hand])
    difference = significance_of_percents(45, 43, sample_before=250, sample_after=400)
    assert found.difference.difference_95 == pytest.approx(difference.difference_95)
    changed = change(twice_given, "ni_41", as_at="2011-12", basis="rolling_year")
    assert changed.change.significance.p_value == pytest.approx(difference.p_value)


def test_later_waves_do_not_count_yet(two_waves) -> None:
    with Warehouse(DataDir(two_waves)) as warehouse:
        found = perception(AreaView.of(warehouse, area="E22000120", as_at="2010-12"))
    ni_21 = next(each for each in found if each.indicator == "ni_21")
    assert [wave.name for wave in ni_21.waves] == ["2009 survey"]
    assert ni_21.difference is None


def test_half_an_interval_is_none_and_without_people_there_is_none() -> None:
    row = dict.fromkeys(columns_of(SeriesPoint)) | {
        "period_kind": "survey_wave", "period_start": pd.Timestamp("2009-01-01"),
        "value": 40.0, "lower": 35.0,
    }  # fmt: skip
    series = pd.DataFrame([row])
    wave = waves_of(series, pd.Period("2009-12", "M"))[0]
    assert (wave.lower, wave.upper, wave.interval_from) == (None, None, "")
    assert wave.holds(40.0) is None
