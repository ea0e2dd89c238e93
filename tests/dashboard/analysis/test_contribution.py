"""What makes up a change, and what if: on the embedded default and on real figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.contribution import contribution
from dashboard.analysis.what_if import same_months_in, what_if
from dashboard.metrics.periods import windows_for
from dashboard.store.warehouse import Warehouse
from dashboard.words.contribution import (
    finding,
    rate_sentence,
    waterfall_chart,
)
from dashboard.words.reasons import reason_in_words
from dashboard.words.targets import what_if_in_words
from etl.datadir import DataDir

LEEDS = "E22000345"


@pytest.fixture(scope="module")
def default(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


@pytest.fixture(scope="module")
def real(real_data: Path) -> Warehouse:
    return Warehouse(DataDir(real_data))


@pytest.mark.parametrize("basis", ["month", "quarter", "ytd", "rolling_year"])
def test_the_types_of_the_default_add_up_on_every_basis(default, basis) -> None:
    answer = contribution(AreaView.of(default, as_at="2009-12"), "all_crime", basis=basis)
    assert answer.parts["change"].sum() == answer.change.number
    assert not answer.parts["is_remainder"].any()
    assert answer.parts["points"].sum() == pytest.approx(answer.change.percent)
    assert answer.parts["points_shown"].sum() == pytest.approx(round(answer.change.percent, 1))


def test_months_add_up_to_the_quarter(default) -> None:
    answer = contribution(
        AreaView.of(default, as_at="2009-12"), "all_crime", basis="quarter", by="month"
    )
    assert sorted(answer.parts["part_id"]) == ["2009-10", "2009-11", "2009-12"]
    assert answer.parts["change"].sum() == answer.change.number


def test_real_parts_are_those_of_the_highest_level_that_has_figures(real) -> None:
    answer = contribution(AreaView.of(real, area=LEEDS), "all_crime", basis="rolling_year")
    assert "theft_offences" in set(answer.parts["part_id"])
    assert "burglary" not in set(answer.parts["part_id"])
    assert answer.parts["change"].sum() == answer.change.number
    theft = contribution(AreaView.of(real, area=LEEDS), "theft_offences", basis="rolling_year")
    assert {"burglary", "shoplifting", "vehicle_offences"} <= set(theft.parts["part_id"])


def test_the_rate_is_split_into_count_and_population(default) -> None:
    answer = contribution(AreaView.of(default, as_at="2009-12"), "all_crime", basis="quarter")
    rate = answer.rate
    assert rate is not None
    assert rate["by_the_count"] + rate["by_the_population"] == pytest.approx(
        rate["current"] - rate["previous"]
    )
    assert rate_sentence(answer) == (
        "Per 1,000 it fell from 32.5 to 28.8: −3.6 because of the count, "
        "−0.1 because the population changed."
    )


def test_the_finding_and_the_chart_say_the_same(default) -> None:
    answer = contribution(AreaView.of(default, as_at="2009-12"), "all_crime")
    said = finding(answer)
    assert said == (
        "All crime fell by 2,783 in April to December 2009: criminal damage and arson (−778) and "
        "theft from a motor vehicle (−712) fell most"
    )
    chart = waterfall_chart(answer, source="Source: test")
    assert chart is not None
    assert chart.caption.title == said
    assert said in chart.alt
    assert "Illustrative" in chart.alt
    assert chart.table["Change"].sum() == -2783


def test_what_has_no_parts_is_refused(default) -> None:
    with pytest.raises(NoFiguresError, match="has no parts by type"):
        contribution(AreaView.of(default, as_at="2009-12"), "robbery")
    with pytest.raises(NoFiguresError, match="is no police force"):
        contribution(AreaView.of(default, as_at="2009-12"), "all_crime", by="area")
    with pytest.raises(ValueError, match="is not a count that adds up"):
        contribution(AreaView.of(default, as_at="2009-12"), "ni_21")
    with pytest.raises(ValueError, match="choose type, area, month"):
        contribution(AreaView.of(default), "all_crime", by="moon")


def test_a_force_is_made_up_of_its_partnerships(real) -> None:
    areas = real.frame("areas")
    forces = areas.loc[areas["area_kind"].eq("force"), "area_code"]
    assert len(forces)
    answer = contribution(
        AreaView.of(real, area=str(forces.iloc[0])), "all_crime", basis="rolling_year", by="area"
    )
    assert answer.parts["change"].sum() == answer.change.number


def test_what_if_a_part_returned_to_an_earlier_level(default) -> None:
    answer = what_if(AreaView.of(default), "all_crime", "dwelling_burglary", level_of="2008/09")
    found = answer.found
    assert found.result == found.whole - found.part + found.replaced_by
    assert what_if_in_words(answer) == (
        "If dwelling burglary returned to its level of 2008/09 (1,123), all crime would be 26,948, "
        "137 fewer than it is (27,085 in the year ending December 2009). The goal of 24,492 would "
        "still not be met; its path now, 27,852, would still be kept."
    )
    assert answer.year is not None
    assert answer.year.with_part_replaced < answer.year.as_things_go


def test_what_if_it_stood_at_a_figure(default) -> None:
    answer = what_if(AreaView.of(default), "all_crime", "other_theft", value=1000)
    assert answer.targets["meets_goal_if"].tolist() == [True]
    assert "The goal of 24,492 would be met" in what_if_in_words(answer)
    assert answer.year is None


def test_a_part_of_the_year_has_the_same_months_of_the_other_year(default) -> None:
    answer = what_if(AreaView.of(default), "all_crime", "robbery", level_of="2006/07", basis="ytd")
    assert answer.reference == "April to December 2006"
    assert answer.targets.empty
    for as_at in ("2009-12", "2010-03", "2010-01"):
        for basis in ("month", "quarter", "ytd", "rolling_year"):
            window = windows_for(basis, as_at)[0]
            same = same_months_in(window, "2006/07")
            assert same.month_count == window.month_count
            assert str(same.first_month) >= "2006-04"
            assert str(same.last_month) <= "2007-03"


def test_what_is_no_part_or_no_scenario_is_refused(default) -> None:
    with pytest.raises(UnknownChoiceError, match="no part of all_crime 'ni_32'"):
        what_if(AreaView.of(default), "all_crime", "ni_32", value=1)
    with pytest.raises(ValueError, match="give either"):
        what_if(AreaView.of(default), "all_crime", "robbery")
    with pytest.raises(NoFiguresError) as refused:
        what_if(AreaView.of(default), "all_crime", "robbery", level_of="1999/00")
    assert reason_in_words(refused.value.why).startswith("no figure for")
