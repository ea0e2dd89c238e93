from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.worth_reporting import WorthAnswer, worth_reporting
from dashboard.cli.main import app
from dashboard.pages.data_and_methods import worth as words
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir


@pytest.fixture(scope="module")
def answer(default_data: Path) -> WorthAnswer:
    with Warehouse(DataDir(default_data)) as warehouse:
        return worth_reporting(AreaView.of(warehouse))


def row(answer: WorthAnswer, indicator: str) -> dict:
    return answer.indicators.set_index("indicator_id").loc[indicator].to_dict()


def test_every_indicator_of_the_plan_is_there_once(answer):
    assert answer.indicators["indicator_id"].is_unique
    assert len(answer.indicators) == 43


def test_more_than_a_quarter_go_and_no_target_with_them(answer):
    assert len(answer.smaller) > len(answer.indicators) / 4
    assert answer.smaller["target_weight"].max() == 0
    assert not answer.smaller["leaves_priority_bare"].any()


def test_one_count_under_two_names_says_the_same(answer):
    assert "ni_111" in row(answer, "first_time_entrants")["same_as"]
    assert "ni_15" in row(answer, "most_serious_violence")["same_as"]
    assert row(answer, "first_time_entrants")["goes"]
    assert not row(answer, "ni_111")["goes"]


def test_all_crime_moves_and_arson_is_poor_data(answer):
    assert row(answer, "all_crime")["moves"]
    assert row(answer, "arson")["quality"] == "poor"
    assert row(answer, "ni_15")["owner"] == "Supt. Matthew Greening"


def test_a_survey_once_a_year_is_not_judged(answer):
    found = row(answer, "ni_21")
    assert found["moves"] is None
    assert found["not_said"]


def test_real_figures_of_one_rolling_year_are_not_judged(real_data):
    with Warehouse(DataDir(real_data)) as warehouse:
        found = worth_reporting(AreaView.of(warehouse, area="E22000050"))
    assert found.indicators["moves"].isna().all()
    assert found.pairs.empty


def test_words_and_table(answer):
    assert "indicators have moved by more than chance" in words.worth_title(answer)
    assert "A set a quarter smaller leaves out 11 of 43." in words.worth_lines(answer)
    table = words.worth_table(answer)
    assert table["Left out, in order"].tolist()[:3] == ["1", "2", "3"]
    assert len(table) == 43


def test_show_prints_it(default_data):
    asked = ["show", "worth-reporting", "--data-dir", str(default_data)]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["fewer"], found["of"], found["targets_lost"]) == (11, 43, 0)
