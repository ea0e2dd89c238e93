"""All targets of a plan as sentence, table and facts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.review import review
from dashboard.analysis.status import target_status
from dashboard.store.warehouse import Warehouse
from dashboard.words.all_targets import others_missed, targets_table, titles
from dashboard.words.target_facts import target_facts
from etl.datadir import DataDir
from tests.dashboard.rows import verdict_in


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


@pytest.fixture(scope="module")
def targets(view: AreaView) -> pd.DataFrame:
    return target_status(view, "2009-12")


def test_every_target_has_a_name_of_its_own(targets) -> None:
    names = titles(targets)
    assert list(names) != list(targets["target_id"])
    assert set(names) == set(targets["target_id"])
    assert names["all_crime_2010_11"] == "Plan: All crime, at least 18%"


def test_what_the_plan_leaves_open_is_said_to_be(targets) -> None:
    table = targets_table(targets)
    stated = table.loc[table["Target"].str.startswith("NI 17"), "Goal as stated"].iloc[0]
    assert stated == "“from x% to y%”: no figure given"
    rank = table[table["Target"].eq("All crime, place in the group")].iloc[0]
    assert (rank["Actual"], rank["Baseline"]) == ("13th", "place in 2008/09 not given")
    assert not table["Goal as stated"].str.contains("nan").any()


def test_an_illustrative_goal_says_so(targets) -> None:
    table = targets_table(targets)
    own = targets.loc[targets["goal_is_illustrative"], "target_id"]
    said = table["Goal as stated"].str.contains("made up")
    assert said.sum() == len(own)
    assert table["Kind"].str.contains("goal made up for the worked example").sum() == len(own)


def test_the_facts_name_reward_owner_and_contradictions(view, targets) -> None:
    target = verdict_in(targets, "assaults_hospital_ed_stretch")
    facts = target_facts(target, view.indicator(target.indicator_id))
    known = facts.set_index("What")["Figure or words"]
    assert known["Reward"].startswith("£550,000 (stated: £550k")
    assert known["Owner"] == "not given"
    assert known["Status"].startswith("● On track. ")
    first = verdict_in(targets, "all_crime_2010_11")
    plan = target_facts(first, view.indicator("all_crime")).set_index("What")
    assert "Reward" not in plan.index


def test_targets_missed_besides_the_first_of_their_indicator_are_named(view, targets) -> None:
    rows = review(view, "2009-12")
    assert others_missed(targets, rows) == (
        "Off track or missed too, beside an indicator's first target: "
        "All crime, place in the group; Criminal damage, place in the group."
    )
    assert others_missed(targets.iloc[:1], rows) == ""
