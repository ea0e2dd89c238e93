"""The place at the due date, on the embedded default: chance, width, reasons, where it is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.comparison import compared
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.projected_place import (
    PROJECTED_METHOD,
    chances_of_places,
    projected_place_in,
)
from dashboard.analysis.projected_total import history_in
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import target_status
from dashboard.analysis.trajectory import trajectory
from dashboard.metrics.goals import due_window
from dashboard.metrics.reasons import Because, because
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.places import projected_place_in_words
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_words import chance_clause
from etl.datadir import DataDir

AS_AT, DUE = pd.Period("2009-12", "M"), "2011-03-31"
ALL_CRIME = "all_crime"


@pytest.fixture(scope="module")
def view(default_data: Path):
    with Warehouse(DataDir(default_data)) as warehouse:
        yield AreaView.of(warehouse)


def test_it_is_the_same_from_every_side(view) -> None:
    rows = target_status(view, AS_AT)
    places = rows[rows["goal"].eq("rank")]
    assert len(places) == 3
    for row in rows_of(places, Verdict):
        as_at = AreaView.of(view.warehouse, as_at=str(AS_AT))
        found = trajectory(as_at, row.indicator_id, target=row.target_id)
        found = as_json(found)["rank"]
        assert found["chance_of_it_at_due_date"] == row.probability_at_due
        assert found["at_due_date_in_words"] == projected_place_in_words(row.at_due)
        assert found["method_at_due_date"] == PROJECTED_METHOD
        assert "if every member goes on as it does" in chance_clause(row)
    levels = rows[rows["goal"].ne("rank")]
    assert levels["probability_at_due"].isna().all()
    assert levels["at_due"].eq("").all()


def test_further_ahead_is_wider_and_a_lower_goal_is_likelier(view) -> None:
    chances = [projected_place_in(view, ALL_CRIME, goal, AS_AT, DUE) for goal in (3, 10, 15)]
    assert [each.chance for each in chances] == sorted(each.chance for each in chances)
    assert chances[-1].chance == pytest.approx(1)
    near, far = (projected_place_in(view, ALL_CRIME, 3, AS_AT, due) for due in ("2010-01-31", DUE))
    (near_best, near_worst), (best, worst) = near.places_95, far.places_95
    assert near_worst - near_best < worst - best
    assert best <= far.places_80[0] <= far.places_80[1] <= worst
    assert (far.with_data, far.period) == (15, "2010/11")


def test_a_member_with_too_few_months_leaves_too_few_to_say(view) -> None:
    found = compared(view, ALL_CRIME, as_at=AS_AT, group=MOST_SIMILAR_GROUP)
    own, _ = history_in(view, ALL_CRIME, AS_AT)
    window = due_window(DUE[:7])
    chances, members = chances_of_places(found, own, window)
    assert (chances.sum(), members) == (pytest.approx(1), 15)
    other = next(code for code in found.members["area_code"] if code != view.area_code)
    series = found.series
    early = series["area_code"].eq(other) & series["period_start"].lt(pd.Timestamp("2008-06-01"))
    with pytest.raises(NoFiguresError) as refused:
        chances_of_places(replace(found, series=series[~early]), own, window)
    assert "too few to say: 1 of the 15 members" in reason_in_words(refused.value.why)
    # One that has no figure now takes no part, as it has no place now.
    absent = found.members["area_code"].eq(other)
    members = found.members.assign(count=found.members["count"].mask(absent))
    assert chances_of_places(replace(found, members=members), own, window)[1] == 14


@pytest.mark.parametrize(
    ("as_at", "due", "reason"),
    [
        ("2009-12", "", "the due date is not given"),
        ("2009-12", "2009-12-31", "it is due: what was counted settles it"),
        ("2009-12", "2014-03-31", "it is due more than 36 months from now"),
        ("2008-01", "2009-03-31", "only 22 months of figures; 24 are needed"),
    ],
)
def test_what_cannot_be_said_has_its_reason(view, as_at, due, reason) -> None:
    found = projected_place_in(view, ALL_CRIME, 3, pd.Period(as_at, "M"), due)
    assert (found.chance, reason_in_words(found.reason)) == (None, reason)
    assert projected_place_in_words(found).endswith(reason)
    assert as_json(found)["method_at_due_date"] == ""


def test_what_is_not_counted_by_month_is_not_projected(view) -> None:
    assert projected_place_in(view, "ni_21", 3, AS_AT, DUE).reason == because(Because.SURVEY)
