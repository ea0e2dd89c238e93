"""A target put into words and drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Verdict
from dashboard.analysis.status import target_status
from dashboard.analysis.target_path import choose_target
from dashboard.analysis.target_trajectory import TrajectoryAnswer, trajectory_in
from dashboard.metrics.periods import parse_month
from dashboard.store.warehouse import Warehouse
from dashboard.words.sources import source_of
from dashboard.words.trajectory import (
    baseline_text,
    finding,
    goal_text,
    months_of,
    seasonal_chart,
    trajectory_chart,
)
from etl.datadir import DataDir
from tests.dashboard.rows import verdict_in

AS_AT = "2009-12"


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


def answer_of(view: AreaView, indicator: str, target: str = "", **changes) -> TrajectoryAnswer:
    chosen = choose_target(view, indicator, target)
    found = trajectory_in(view, chosen, parse_month(AS_AT))
    return replace(found, **changes)


def verdict_of(view: AreaView, target: str) -> Verdict:
    return replace(verdict_in(target_status(view, AS_AT), target), probability=None, path_state="")


@pytest.mark.parametrize(
    ("indicator", "target", "sentence"),
    [
        (
            "all_crime", "all_crime_2010_11",
            "All crime, plan's target to March 2011: at risk at 27,085 in the year ending December "
            "2009; to be on its path it must be 27,852 or fewer",
        ),
        (
            "ni_15", "ni_15_2010_11",
            "Serious violent crime rate (NI 15), designated target to March 2011: off track at "
            "1.25 per 1,000 residents in the year ending December 2009; to be on its path it must "
            "be 1.23 or less",
        ),
        (
            "ni_41", "ni_41_2010_11",
            "Perceptions of drunk or rowdy behaviour as a problem (NI 41), plan's target to March "
            "2011: no verdict (no survey since the baseline)",
        ),
        (
            "community_payback_hours", "community_payback_hours_a_year",
            "Community Payback hours, plan's target to March 2011: on track at 19,540 in the year "
            "ending December 2009; the goal is 10,000 or more",
        ),
    ],
)  # fmt: skip
def test_the_finding_says_where_a_target_stands(view, indicator, target, sentence) -> None:
    answer = answer_of(view, indicator, target)
    about = view.indicator(indicator)
    verdict = verdict_of(view, target)
    assert finding(answer, about, verdict) == sentence
    known = finding(answer, about, replace(verdict, probability=0.137))
    ends = "; a 14% chance of meeting the goal"
    assert known == (sentence if "no verdict" in sentence else f"{sentence}{ends}")


@pytest.mark.parametrize(
    ("indicator", "target", "goal", "baseline"),
    [
        ("all_crime", "", "18% lower than in 2008/09, to 24,492", "29,868 in 2008/09"),
        ("ni_21", "ni_21_2010_11", "30%", "23% in the survey of 2009"),
        ("ni_17", "ni_17_2010_11", "not given", "2008/09, no figure for April 2008 to March 2009"),
        ("all_crime", "all_crime_rank_2010_11", "top 3", "29,868 in 2008/09"),
        (
            "ni_115", "", "10.4%, goal made up for the worked example", "12.5% in 2007/08",
        ),
    ],
)  # fmt: skip
def test_goal_and_baseline_in_words(view, indicator, target, goal, baseline) -> None:
    answer = answer_of(view, indicator, target)
    assert goal_text(answer) == goal
    if indicator != "ni_17":
        assert baseline_text(answer) == baseline
    else:
        assert baseline_text(answer).startswith("2008/09, no figure")


def test_nothing_later_than_the_month_it_is_as_at_is_drawn(view) -> None:
    answer = trajectory_in(view, choose_target(view, "all_crime"), parse_month("2009-09"))
    months = months_of(answer)
    drawn = months.dropna(subset=["actual"])["month"]
    assert drawn.max() == pd.Timestamp("2009-09-01")
    assert months["path"].iloc[-1] == pytest.approx(answer.target)


def test_the_chart_says_its_source_and_that_it_is_illustrative(view) -> None:
    answer = answer_of(view, "criminal_damage")
    about, series = view.indicator("criminal_damage"), view.series("criminal_damage")
    source = source_of(about, series, view.warehouse.frame("loads"))
    chart = trajectory_chart(answer, about, source=source)
    assert chart is not None
    assert chart.caption.illustrative
    assert chart.caption.source == (
        "Source: illustrative figures made to agree with the plan, published 31 January 2010"
    )
    small = trajectory_chart(answer, about, source=source, compact=True)
    assert small is not None
    assert small.figure.layout.height < chart.figure.layout.height
    assert len(small.figure.layout.annotations) < len(chart.figure.layout.annotations)


def test_without_path_or_figure_there_is_nothing_to_draw(view) -> None:
    answer = answer_of(view, "ni_17")
    assert trajectory_chart(answer, view.indicator("ni_17"), source="") is None


def test_a_seasonal_path_shows_its_months(view) -> None:
    target = replace(choose_target(view, "all_crime"), path="seasonal")
    answer = trajectory_in(view, target, parse_month(AS_AT))
    chart = seasonal_chart(answer, view.series("all_crime"), source="Source: test")
    assert chart is not None
    assert chart.table["Month"].tolist()[:2] == ["Apr 2009", "May 2009"]
    assert chart.table["Actual"].notna().sum() == 9
    assert chart.caption.title.startswith("All crime: ")
    assert chart.caption.title.endswith(
        "of 9 months of 2009/10 so far were over their share of the path"
    )
    straight = answer_of(view, "all_crime")
    assert seasonal_chart(straight, view.series("all_crime"), source="") is None
