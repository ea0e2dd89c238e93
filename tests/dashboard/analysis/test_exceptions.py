"""Exceptions of one area and of many: on the embedded default and on the real ONS figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.analysis.area_view import NO_PLAN, AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.change import change
from dashboard.analysis.exceptions import AreasExceptionsAnswer, exceptions, exceptions_of_areas
from dashboard.analysis.review import review
from dashboard.metrics.false_discovery import adjusted_p_values
from dashboard.pages.quarterly_review.exceptions import how_tested, quiet_lines, quiet_title
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.reasons import reason_in_words
from etl.datadir import DataDir
from tests.dashboard.given_goals import WithGivenGoals

LEEDS, SOUTHAMPTON, METROPOLITAN_POLICE = "E22000345", "E22000120", "E23000001"
COMPARATOR = "comparator-01"
"""An area of the worked example: it has illustrative figures only."""


@pytest.fixture(scope="module")
def default(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


@pytest.fixture(scope="module")
def real(real_data: Path) -> Warehouse:
    return Warehouse(DataDir(real_data))


@pytest.fixture(scope="module")
def everywhere(real: Warehouse) -> AreasExceptionsAnswer:
    return exceptions_of_areas(AreaView.of(real))


def test_the_meeting_of_the_default(default) -> None:
    answer = exceptions(AreaView.of(default, as_at="2009-12"))
    earlier = exceptions(AreaView.of(default, as_at=answer.before))
    assert answer.before == "2009-09"
    assert answer.rows["tier"].is_monotonic_increasing
    # 17% more burglaries are no more than such counts usually change by.
    assert "dwelling_burglary" not in set(answer.rows["indicator_id"])
    now, then = set(answer.rows["indicator_id"]), set(earlier.rows["indicator_id"])
    assert set(answer.raised) == now - then
    assert set(answer.quiet["indicator_id"]) == then - now
    assert answer.illustrative


def test_a_reward_at_stake_leads_even_where_it_is_not_the_first_target(default) -> None:
    view = AreaView.of(default)
    usual = review(view, "2009-12").set_index("indicator_id")
    # Its place in the group is further off than the level of its first target.
    own = usual.loc["criminal_damage"]
    assert (own["status"], own["heeded_target"]) == ("on track", "criminal_damage_rank_2010_11")
    assert reason_in_words(own["why"]) == "target off track, beside the indicator's first target"
    assert usual.loc["ni_15", "heeded_target"] == usual.loc["ni_15", "target_id"]
    harder = WithGivenGoals(default, {"criminal_damage_stretch": -60.0})
    rows = review(AreaView.of(harder, "southampton_2010_11"), "2009-12")
    first = rows.iloc[0]
    assert first["indicator_id"] == "criminal_damage"
    assert first["heeded_target"] == "criminal_damage_stretch"
    why = "stretch target carrying £550,000 off track, beside the indicator's first target"
    assert (first["tier"], reason_in_words(first["why"])) == (1, why)
    # The line of the indicator is still that of its first target.
    assert (first["target_id"], first["kind"]) == ("criminal_damage_2010_11", "plan")
    assert first["status"] == usual.loc["criminal_damage", "status"]


def test_a_made_up_goal_puts_nothing_before_a_meeting(default) -> None:
    # Off track on its made-up goal, and no change of it stands out.
    repeat = "ni_32"
    answer = exceptions(AreaView.of(default, as_at="2009-12"))
    assert repeat not in set(answer.rows["indicator_id"])
    given = exceptions(AreaView.of(WithGivenGoals(default), "southampton_2010_11", as_at="2009-12"))
    assert repeat in set(given.rows["indicator_id"])
    assert set(answer.rows["indicator_id"]) < set(given.rows["indicator_id"])


def test_what_has_gone_quiet_says_what_it_was(default) -> None:
    given, plan = WithGivenGoals(default), "southampton_2010_11"
    answer = exceptions(AreaView.of(given, plan, as_at="2009-09"))
    earlier = exceptions(AreaView.of(given, plan, as_at="2009-06")).rows.set_index("indicator_id")[
        "why"
    ]
    assert len(answer.quiet)
    assert quiet_title(answer).endswith("needed attention a quarter ago and do not now")
    for row, line in zip(answer.quiet.to_dict("records"), quiet_lines(answer), strict=True):
        assert row["why_before"] == earlier[row["indicator_id"]]
        assert line.endswith(f"; {reason_in_words(row['why_before'])} in Q1 2009/10")
    shown = as_json(answer)
    assert [row["indicator_id"] for row in shown["gone_quiet"]] == list(
        answer.quiet["indicator_id"]
    )
    assert how_tested(answer).startswith(f"{answer.tests_together} changes on the year before")


def test_every_change_of_a_review_is_one_family(default) -> None:
    answer = exceptions(AreaView.of(default, as_at="2009-12"))
    tested = answer.rows["p_value"].notna()
    assert (answer.rows.loc[tested, "p_adjusted"] >= answer.rows.loc[tested, "p_value"]).all()
    assert answer.tests_together >= 30


def test_the_partnerships_of_england_and_wales_are_one_family(everywhere) -> None:
    changes, counts = everywhere.changes, everywhere.counts()
    assert everywhere.basis == "rolling_year"
    assert everywhere.period == "year ending December 2024"
    assert counts["tests_together"] == len(changes) > 7000
    again = adjusted_p_values(changes["p_value"])
    assert changes["p_adjusted"].to_numpy() == pytest.approx(again)
    survive = counts["for_the_worse_with_false_discovery_controlled"]
    assert 0 < survive < counts["for_the_worse_each_tested_alone"]
    assert (everywhere.exceptions["worse_by"] > 0).all()
    assert everywhere.exceptions["worse_by"].is_monotonic_decreasing
    assert not everywhere.illustrative


def test_many_at_once_give_the_p_of_each_alone(real, everywhere) -> None:
    by_key = everywhere.changes.set_index(["area_code", "indicator_id"])["p_value"]
    for indicator in ("robbery", "shoplifting", "all_crime"):
        alone = change(
            AreaView.of(real, area=LEEDS), indicator, basis="rolling_year"
        ).change.significance
        assert alone is not None
        assert by_key[LEEDS, indicator] == pytest.approx(alone.p_value, rel=1e-9)


def test_a_force_or_areas_named_are_a_smaller_family(real) -> None:
    london = exceptions_of_areas(AreaView.of(real), force=METROPOLITAN_POLICE)
    assert london.changes["area_code"].nunique() == 32
    leeds = exceptions_of_areas(AreaView.of(real), areas=[LEEDS])
    assert set(leeds.changes["area_code"]) == {LEEDS}
    assert {"burglary", "robbery"} < set(leeds.changes["indicator_id"])


def test_under_any_dependence_fewer_survive(real, everywhere) -> None:
    by = exceptions_of_areas(AreaView.of(real), method="by")
    assert len(by.exceptions) < len(everywhere.exceptions)
    both = everywhere.changes.merge(by.changes, on=["area_code", "indicator_id"])
    assert not np.any(both["is_exception_y"] & ~both["is_exception_x"])


def test_illustrative_figures_are_seen_through_the_worked_example_alone(default) -> None:
    answer = exceptions(AreaView.of(default, as_at="2009-12"), areas="all")
    assert answer.basis == "quarter"
    assert answer.illustrative
    with pytest.raises(NoFiguresError, match="no figures that add up"):
        exceptions(AreaView.of(default, NO_PLAN, SOUTHAMPTON), areas="all")
    with pytest.raises(NoFiguresError, match="no figures that add up"):
        exceptions_of_areas(AreaView.of(default, NO_PLAN))


def test_an_area_without_real_figures_is_not_tested_beside_those_that_have_them(real) -> None:
    both = exceptions(AreaView.of(real), areas=f"{LEEDS},{COMPARATOR}")
    assert set(both.changes["area_code"]) == {LEEDS}
    assert both.as_at == "2024-12"
    assert not both.illustrative
    with pytest.raises(NoFiguresError, match="no figures that add up"):
        exceptions(AreaView.of(real, area=LEEDS), areas=COMPARATOR)


def test_what_is_not_there_is_refused(real) -> None:
    with pytest.raises(UnknownChoiceError, match="no area 'E0'"):
        exceptions_of_areas(AreaView.of(real), areas=["E0"])
    with pytest.raises(UnknownChoiceError, match="no force 'E0'"):
        exceptions_of_areas(AreaView.of(real), force="E0")
