"""Verdicts put into words: how many are on target, which are not, and why."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import given_status, target_status
from dashboard.store.warehouse import Warehouse
from dashboard.words.levels import joined
from dashboard.words.on_target import (
    Tally,
    against_text,
    reason_text,
    status_cell,
    top_targets,
)
from etl.datadir import DataDir

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
