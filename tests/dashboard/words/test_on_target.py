"""Verdicts put into words: how many are on target, which are not, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import given_status, target_status
from dashboard.analysis.target_path import choose_target
from dashboard.analysis.target_trajectory import TrajectoryAnswer, trajectory_in
from dashboard.metrics.periods import parse_month
from dashboard.pages.overview.goals import first_of_each_goal, goal_sentence
from dashboard.pages.overview.stretch import due_text, made_up_stretch_card, stretch_card
from dashboard.store.warehouse import Warehouse
from dashboard.words.headline import change_sentence, headline
from dashboard.words.levels import joined
from dashboard.words.on_target import (
    Tally,
    against_text,
    not_on_target_sentence,
    reason_text,
    status_cell,
    top_targets,
)
from dashboard.words.top_priorities import goals_given
from etl.datadir import DataDir
from tests.dashboard.rows import verdict, verdict_in

AS_AT = "2009-12"


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


@pytest.fixture(scope="module")
def targets(view: AreaView) -> pd.DataFrame:
    return target_status(view, AS_AT)


@pytest.fixture(scope="module")
def by_id(targets: pd.DataFrame) -> dict[str, Verdict]:
    return {each.target_id: each for each in rows_of(targets, Verdict)}


@pytest.fixture(scope="module")
def given(view: AreaView) -> pd.DataFrame:
    return given_status(view, AS_AT)


def test_the_headline_counts_the_goals_that_the_plan_gives(view, given) -> None:
    changes = [change(view, "all_crime", as_at=AS_AT, basis="ytd")]
    chance = given.set_index("target_id").loc["all_crime_2010_11", "probability"]
    assert headline(given, changes) == (
        "One of the 14 top-priority goals is given in the plan, and it is off track; all crime "
        "fell 12% in April to December 2009, but its target of −18% by March 2011 is at risk "
        f"({chance:.0%} chance)"
    )


def test_the_headline_counts_what_is_on_target_where_every_goal_is_given(view, given) -> None:
    top = given["kind"].isin(["stretch", "designated"]) & given["goal"].ne("not_given")
    others = ~given["kind"].isin(["stretch", "designated"])
    without_count = given["indicator_id"].ne("laa_targets_on_track")
    said = headline(given[(top | others) & without_count], [])
    assert said == "The top-priority target is not on target"


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([], "None of the five designated goals is given in the plan"),
        (["on track"], "One of the five designated goals is given in the plan, and it is on track"),
        (
            ["cannot say"],
            "One of the five designated goals is given in the plan, and no verdict can be given on "
            "it",
        ),
        (
            ["met", "off track", "cannot say"],
            "Three of the five designated goals are given in the plan, and one of them is on "
            "target",
        ),
        (
            ["at risk", "off track"],
            "Two of the five designated goals are given in the plan, and none of them are on "
            "target",
        ),
    ],
)
def test_goals_given_are_counted_with_how_they_stand(statuses, said) -> None:
    rows = [verdict(goal="value", status=each) for each in statuses]
    rows.append(verdict(goal="not_given", status="cannot say"))
    assert goals_given(pd.DataFrame(rows), 5, "designated") == said


def test_what_is_not_on_target_is_named_worst_first(targets, given) -> None:
    assert not_on_target_sentence(targets) == (
        "Not on target: Serious violent crime rate (NI 15) and "
        "Repeat incidents of domestic violence (NI 32)"
    )
    # The goal for repeat incidents is made up: the plan alone gives no verdict on it.
    assert not_on_target_sentence(given) == "Not on target: Serious violent crime rate (NI 15)"


def test_the_change_is_said_in_full(view) -> None:
    answer = change(view, "all_crime", as_at=AS_AT, basis="ytd")
    now, fewer = answer.change.current, -answer.change.number
    assert change_sentence([answer]) == (
        f"All crime: {now:,.0f} in April to December 2009, {fewer:,.0f} fewer crimes than in "
        "April to December 2008, a fall of 12%; larger than chance would explain"
    )


def test_a_change_that_cannot_be_compared_gives_way_to_one_that_can(view) -> None:
    early = change(view, "all_crime", as_at="2006-06", basis="ytd")
    later = change(view, "all_crime", as_at=AS_AT, basis="rolling_year")
    assert change_sentence([early, later]).startswith("All crime: 27,085 in the year ending")
    assert change_sentence([early]).startswith("All crime: not compared: no figure for")
    assert change_sentence([]) == ""


def test_without_a_plan_the_headline_is_of_the_area(view, targets) -> None:
    changes = [change(view, "all_crime", as_at=AS_AT, basis="ytd")]
    assert headline(targets.iloc[:0], changes) == (
        "All crime in Southampton fell 12% in April to December 2009"
    )


CLOSED = "The plan closed in March 2011"


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(12, 14, 0), "12 of the 14 targets are on target"),
        (Tally(1, 3, 1), "1 of the 3 targets is on target, and on one no verdict can be given"),
        (Tally(0, 2, 0), "None of the 2 targets are on target"),
        (Tally(2, 2, 0), "All 2 targets are on target"),
        (Tally(1, 1, 0), "The target is on target"),
        (Tally(0, 1, 0), "The target is not on target"),
        (
            Tally(3, 5, 2, CLOSED),
            f"{CLOSED}: 3 of the 5 targets were met, and on two no verdict can be given",
        ),
        (Tally(0, 1, 0, CLOSED), f"{CLOSED}: the target was not met"),
        (Tally(0, 5, 5, CLOSED), f"{CLOSED}: no verdict can be given on any of the 5 targets"),
        (Tally(0, 10, 10), "No verdict can be given on any of the 10 targets"),
        (Tally(0, 1, 1), "No verdict can be given on the target"),
    ],
)
def test_a_tally_in_words(tally, said) -> None:
    assert tally.sentence("target", "targets") == said


def test_a_reason_gives_figures_with_their_unit(by_id) -> None:
    ni_32 = by_id["ni_32_2010_11"]
    assert reason_text(ni_32) == (
        "23% in October to December 2009; to be on its path it must be 22% or less"
    )
    assert against_text(ni_32) == "23%; on path at 22% or less"
    assert reason_text(by_id["ni_15_2010_11"]).startswith("1.25 per 1,000 residents in the year")
    rank = by_id["all_crime_rank_2010_11"]
    assert reason_text(rank) == (
        "13th in the group; the goal is the top 3; a chance of less than 1% that the true place is "
        "in the top 3 now; when due, if every member goes on as it does, less than 1%"
    )
    ni_17 = by_id["ni_17_2010_11"]
    assert reason_text(ni_17) == against_text(ni_17) == "The goal is not given"
    aim = by_id["all_crime_2009_10"]
    assert reason_text(aim) == "The plan does not say which year its change counts from"


def test_without_a_target_there_is_no_verdict() -> None:
    assert status_cell("no target") == "No target"
    assert against_text(None) == ""


def test_status_never_stands_without_its_word() -> None:
    assert status_cell("off track") == "▼ Off track"


def test_where_no_target_is_a_top_priority_those_with_a_goal_count(targets) -> None:
    plan = targets[targets["kind"].eq("plan")]
    assert "not_given" not in set(top_targets(plan)["goal"])
    assert len(top_targets(plan)) < len(plan)


def test_names_are_joined_as_in_a_sentence() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_the_plan_puts_three_goals_first(view, targets) -> None:
    first = first_of_each_goal(targets)
    said = [
        goal_sentence(_trajectory(view, each), view.indicator(each.indicator_id))
        for each in rows_of(first, Verdict)
    ]
    assert said[0].startswith("All crime: 18% lower than in 2008/09, to 24,492")
    assert said[1].endswith("(NI 21): from 23% to 30%")
    assert said[2] == "All crime: top 3 of its Most Similar Group"


def test_a_stretch_card_of_a_goal_that_is_given_has_its_expected_reward(view, by_id) -> None:
    made_up = by_id["assaults_hospital_ed_stretch"]
    row = replace(made_up, goal_is_given=True)
    answer = replace(_trajectory(view, row), goal_is_illustrative=False)
    card = stretch_card(row, answer, AS_AT)
    assert card.status == f"● On track: {row.probability:.0%} chance"
    expected = round(row.reward_gbp * row.probability, -3)
    assert card.expected == f"Expected, reward times chance: £{expected:,.0f}"
    assert card.due == "Due 31 July 2010: 212 days left"
    assert card.goal.startswith("Goal: 14% lower than in 2006/07")
    assert answer.needed is not None
    assert card.needed == (
        f"Needed: at most {answer.needed.per_month:.0f} a month "
        f"(now {answer.needed.mean_last_year:.0f})"
    )


def test_a_stretch_card_of_a_goal_left_open_says_what_the_plan_states(view, given) -> None:
    row = verdict_in(given, "assaults_hospital_ed_stretch")
    card = stretch_card(row, _trajectory(view, row), AS_AT)
    assert card.status == "– Cannot say: goal not given"
    assert card.reward == "Reward as stated: £550k; up to £550k; circa £500"
    assert "in three ways: £550k" in card.reward_note
    assert (card.expected, card.needed, card.goal, card.chip) == ("", "", "", "")
    other = verdict_in(given, "criminal_damage_stretch")
    assert other.reward_shared_with == row.target_id
    shared = stretch_card(other, _trajectory(view, other), AS_AT, shared=row.title)
    assert shared.reward.startswith("One reward with assaults presenting")


def test_a_made_up_goal_stands_on_a_marked_card_without_money(view, by_id) -> None:
    row = by_id["assaults_hospital_ed_stretch"]
    card = made_up_stretch_card(row, _trajectory(view, row))
    assert card.chip == "goal made up for the worked example"
    assert card.status == f"● On track: {row.probability:.0%} chance"
    assert card.goal.startswith("Goal: 14% lower than in 2006/07")
    assert (card.reward, card.expected) == ("", "")


def test_time_left_is_counted_from_the_month_looked_at() -> None:
    assert due_text("2010-07-31", "2010-06") == "Due 31 July 2010: 31 days left"
    assert due_text("2010-07-31", "2010-07") == "Was due 31 July 2010"
    assert due_text("", "2010-07") == "Due date not given"


def _trajectory(view: AreaView, row: Verdict) -> TrajectoryAnswer:
    target = choose_target(view, row.indicator_id, row.target_id)
    return trajectory_in(view, target, parse_month(AS_AT))
