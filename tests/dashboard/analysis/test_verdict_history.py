"""Verdict and chance by quarter: each is what the status was as at the quarter's end."""

from __future__ import annotations

import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import given_status, target_status
from dashboard.analysis.verdict_history import VerdictHistory, verdict_history
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir

AS_AT = "2009-12"
ENDS = {"Q4 2008/09": "2009-03", "Q1 2009/10": "2009-06", "Q2 2009/10": "2009-09"}


@pytest.fixture(scope="module")
def view(default_data) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)), as_at=AS_AT)


@pytest.fixture(scope="module")
def history(view) -> VerdictHistory:
    return verdict_history(view)


def test_every_quarter_is_what_the_status_was_then(view, history) -> None:
    assert history.periods == (*ENDS, "Q3 2009/10")
    for at, month in enumerate([*ENDS.values(), AS_AT]):
        then = {each.target_id: each for each in rows_of(given_status(view, month), Verdict)}
        for each in history.targets:
            found, known = each.verdicts[at], then[each.now.target_id]
            assert found is None or (found.status, found.probability) == (
                known.status, known.probability,
            )  # fmt: skip


def test_a_target_has_no_verdict_before_its_baseline_is_over(history) -> None:
    (all_crime,) = [each for each in history.targets if each.now.target_id == "all_crime_2010_11"]
    assert all_crime.now.baseline_period == "2008/09"
    assert [each is None for each in all_crime.verdicts] == [True, False, False, False]


def test_made_up_goals_and_given_ones_are_never_in_one_history(view, history) -> None:
    apart = verdict_history(view, is_made_up=True)
    assert all(each.now.goal_is_given for each in history.targets)
    assert all(each.now.goal_is_illustrative for each in apart.targets)
    rows = target_status(view, AS_AT)
    assert len(apart.targets) == int(rows["goal_is_illustrative"].sum())


def test_what_changed_is_told_from_the_quarter_before(history) -> None:
    changed = {each.now.target_id for each in history.changed}
    assert changed == {"ni_15_2010_11", "laa_targets"}


def test_a_month_within_a_quarter_is_named_by_itself(view) -> None:
    periods = verdict_history(view.at("2009-11")).periods
    assert periods[-1] == "November 2009"
