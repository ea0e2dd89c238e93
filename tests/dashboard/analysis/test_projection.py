"""Projections of the embedded default: what is projected, what is refused, and what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks._record import COLUMNS, THIRDS
from benchmarks.projections import document_table, shown_in_document
from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.projected_total import DUE_DATE, YEAR_END, history_in
from dashboard.analysis.projection import projection
from dashboard.analysis.projection_record import projection_record
from dashboard.analysis.target_path import choose_target
from dashboard.analysis.target_trajectory import trajectory_in
from dashboard.cli.main import app
from dashboard.metrics.periods import parse_month
from dashboard.metrics.projection.siblings import CHOSEN
from dashboard.metrics.reasons import Because, because
from dashboard.store.warehouse import Warehouse
from dashboard.words.projection import (
    expected_reward_text,
    projection_sentence,
    projection_table,
)
from dashboard.words.reasons import reason_in_words
from dashboard.words.trajectory import trajectory_chart
from etl.command_options import ExitCode
from etl.datadir import DataDir
from tests.dashboard.given_goals import WithGivenGoals

AS_AT = "2009-12"


@pytest.fixture(scope="module")
def warehouse(default_data: Path):
    with Warehouse(DataDir(default_data)) as opened:
        yield opened


def test_year_end_and_due_date_are_both_projected(warehouse: Warehouse) -> None:
    answer = projection(AreaView.of(warehouse, as_at=AS_AT), "all_crime")
    year, due = answer.totals
    assert (year.end, year.period, year.months_left) == (YEAR_END, "2009/10", 3)
    assert (due.end, due.period, due.months_left, due.counted) == (DUE_DATE, "2010/11", 12, 0)
    assert year.counted < year.low_95 < year.low_80 < year.median < year.high_80 < year.high_95
    assert year.goal is None
    assert year.chance_met is None
    assert 0 < due.chance_met < 1
    assert answer.chance_met == due.chance_met
    assert answer.method == CHOSEN
    assert answer.illustrative


def test_the_later_end_is_the_wider_statement(warehouse: Warehouse) -> None:
    year, due = projection(AreaView.of(warehouse, as_at=AS_AT), "all_crime").totals
    assert due.high_95 - due.low_95 > year.high_95 - year.low_95


def test_fewer_months_left_say_more(warehouse: Warehouse) -> None:
    widths = []
    for month in ("2009-06", "2009-09", "2009-12"):
        year = projection(AreaView.of(warehouse, as_at=month), "criminal_damage").totals[0]
        assert year.period == "2009/10"
        widths.append(year.high_80 - year.low_80)
    assert widths[0] > widths[1] > widths[2]


def test_in_march_the_next_year_is_projected(warehouse: Warehouse) -> None:
    answer = projection(AreaView.of(warehouse, as_at="2009-03"), "all_crime")
    assert [each.period for each in answer.totals] == ["2009/10", "2010/11"]
    assert answer.totals[0].counted == 0


def test_a_reward_is_weighed_by_its_chance_and_labelled(warehouse: Warehouse) -> None:
    asked = {"indicator": "criminal_damage", "target": "criminal_damage_stretch"}
    # No money hangs on a goal that was made up.
    made_up = projection(AreaView.of(warehouse, as_at=AS_AT), **asked)
    assert (made_up.goal_is_given, made_up.reward_gbp) == (False, 550000)
    assert made_up.chance_met is not None
    assert made_up.expected_reward_gbp is None
    assert expected_reward_text(made_up) == ""
    given = AreaView.of(WithGivenGoals(warehouse), "southampton_2010_11", as_at=AS_AT)
    answer = projection(given, **asked)
    assert answer.chance_met == made_up.chance_met
    assert answer.expected_reward_gbp == pytest.approx(550000 * answer.chance_met)
    text = expected_reward_text(answer)
    assert text.startswith("Expected reward: the reward times the chance")
    assert "£550,000" in text


def test_a_rate_is_projected_per_resident(warehouse: Warehouse) -> None:
    answer = projection(AreaView.of(warehouse, as_at=AS_AT), "ni_20")
    assert answer.unit == "rate"
    assert answer.totals[0].median == pytest.approx(9.6, abs=1)
    assert 0 < answer.chance_met < 1


@pytest.mark.parametrize(
    ("indicator", "target", "month", "reason"),
    [
        ("ni_21", "", AS_AT, "a survey has too few waves"),
        ("ni_19", "", AS_AT, "a percentage or a stock"),
        ("ni_39", "", AS_AT, "not counted by month"),
        ("arson", "", AS_AT, "unreliable"),
        ("all_crime", "", "2008-01", "only 22 months of figures; 24 are needed"),
        ("all_crime", "", "2015-01", "the plan is over"),
    ],
)
def test_what_cannot_be_projected_says_why(
    warehouse: Warehouse, indicator: str, target: str, month: str, reason: str
) -> None:
    answer = projection(AreaView.of(warehouse, as_at=month), indicator, target=target)
    assert answer.totals == ()
    assert answer.fan.empty
    assert answer.chance_met is None
    assert reason in reason_in_words(answer.reason)
    assert projection_sentence(answer).startswith("No projection: ")


def test_a_place_in_the_group_gets_no_chance(warehouse: Warehouse) -> None:
    answer = projection(
        AreaView.of(warehouse, as_at=AS_AT), "all_crime", target="all_crime_rank_2010_11"
    )
    assert answer.totals
    assert answer.chance_met is None
    assert answer.chance_reason == because(Because.PLACE_OF_OTHERS)


def test_the_sentence_gives_figure_intervals_and_chance(warehouse: Warehouse) -> None:
    answer = projection(AreaView.of(warehouse, as_at=AS_AT), "all_crime")
    text = projection_sentence(answer)
    assert "Heading for 26," in text
    assert "in 2009/10: four times in five between" in text
    assert f"The chance of meeting the target is {answer.chance_met:.0%}." in text
    assert list(projection_table(answer)["Goal"]) == ["not due", "24,492"]


def test_the_fan_is_drawn_with_the_trajectory(warehouse: Warehouse) -> None:
    view = AreaView.of(warehouse)
    target = choose_target(view, "all_crime")
    path = trajectory_in(view, target, parse_month(AS_AT))
    answer = projection(AreaView.of(warehouse, as_at=AS_AT), "all_crime")
    about = view.indicator("all_crime")
    chart = trajectory_chart(path, about, source="", projection=answer)
    names = [trace.name for trace in chart.figure.data]
    assert names[:3] == ["95% interval", "80% interval", "Projected"]
    assert "Projected: 26," in chart.alt
    assert "95% between" in chart.alt
    assert chart.table["Projected"].notna().sum() == 15
    assert chart.figure.layout.yaxis.range[1] > answer.fan["high_95"].max()
    plain = trajectory_chart(path, about, source="")
    assert "Projected" not in plain.table


def test_unknown_indicators_and_those_without_a_target_are_errors(warehouse: Warehouse) -> None:
    with pytest.raises(UnknownChoiceError):
        projection(AreaView.of(warehouse), "no_such_thing")
    with pytest.raises(NoFiguresError):
        projection(AreaView.of(warehouse), "robbery")


def test_it_is_shown_as_json(default_data: Path) -> None:
    command = ["show", "projection", "--indicator", "all_crime", "--data-dir", str(default_data)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == ExitCode.DONE
    shown = json.loads(result.stdout)
    assert [each["end"] for each in shown["totals"]] == ["year end", "due date"]
    assert len(shown["fan"]) == 15


def test_the_record_has_the_chosen_method_in_both_places(warehouse: Warehouse) -> None:
    record = projection_record(warehouse)
    assert [*COLUMNS, "is_chosen"] == list(record.columns)
    chosen = record[record["is_chosen"] & record["slice"].eq("all")]
    assert {"London boroughs", "New South Wales"} <= set(chosen["data"])
    assert set(record["period"]) == {"ordinary", "2020/21"}
    assert projection_record(warehouse, CHOSEN, "ordinary")["is_chosen"].all()


def test_two_years_off_is_wider_than_a_year_end_in_the_record(warehouse: Warehouse) -> None:
    chosen = projection_record(warehouse, CHOSEN, "ordinary").set_index(["data", "slice"])["spread"]
    for place in ("London boroughs", "New South Wales"):
        spreads = chosen[place]
        assert spreads["13 to 24 months"] > spreads["7 to 12 months"]


def test_real_figures_of_two_years_are_not_projected(real_data: Path) -> None:
    with Warehouse(DataDir(real_data)) as opened:
        view = AreaView.of(opened, area="E22000120")
        history, reason = history_in(view, "all_crime", view.latest_month("all_crime"))
    assert history is None
    assert reason == because(Because.NOT_BY_MONTH)


@pytest.mark.parametrize("place", ["London boroughs", "New South Wales"])
def test_the_record_says_what_the_choice_rests_on(warehouse: Warehouse, place: str) -> None:
    """The bars, over all and by size; those that are missed are as far off as the page says."""
    chosen = (
        projection_record(warehouse, CHOSEN, "ordinary").set_index(["data", "slice"]).loc[place]
    )
    parts = chosen.loc[["all", *THIRDS]]
    assert (parts["mass_95"] - 95).abs().max() < 3
    missed = parts.index[(parts["mass_80"] - 80).abs() > 3]
    in_london = ["all", "middle third", "largest third"]
    assert list(missed) == (in_london if place == "London boroughs" else [])
    assert (parts["mass_80"] - 80).abs().max() < 5
    assert chosen.loc["all", "skill_bare"] >= 25
    assert (chosen["skill_seasonal"] > 0).all()


def test_the_table_of_the_methods_page_is_that_of_the_record(
    warehouse: Warehouse, project_root: Path
) -> None:
    record = projection_record(warehouse)
    table = document_table(shown_in_document(record))
    assert table in (project_root / "docs" / "methods.md").read_text(encoding="utf-8")
