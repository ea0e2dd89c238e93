"""A control chart put into words and drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.control import ControlAnswer, control
from dashboard.charts import theme
from dashboard.charts.control import NOT_FROM_ZERO
from dashboard.metrics.control.drawn import DRIFT, STEP, TREND
from dashboard.store.warehouse import Warehouse
from dashboard.words.control_chart import (
    assurance_sentence,
    break_lines,
    control_chart,
    control_title,
    finding,
    proposal_line,
)
from etl.datadir import DataDir


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


def drawn(view: AreaView, indicator: str, **changes):
    answer: ControlAnswer = replace(control(view, indicator), **changes)
    chart = control_chart(answer, view.indicator(indicator), source="Source: test")
    assert chart is not None
    return answer, chart


def test_common_cause_is_said_to_be_that(view) -> None:
    _, chart = drawn(view, "robbery")
    assert chart.caption.title == (
        "Robbery: December 2009 lies within the usual ups and downs (26, limits 15 to 53)"
    )
    assert "No point is marked" in chart.alt
    assert chart.caption.subtitle.startswith(
        "Count a month, Southampton. No point is marked. Rules: a point"
    )
    assert "7 in a row on one side" in chart.caption.subtitle
    assert chart.caption.illustrative


def test_special_causes_differ_in_shape_and_in_colour(view) -> None:
    answer, chart = drawn(view, "all_crime", proposal="")
    assert chart.caption.title.startswith(
        "All crime: better than the usual ups and downs; December 2009 is"
    )
    points = next(trace for trace in chart.figure.data if trace.name == "Figures")
    looks = {
        word: {(points.marker.symbol[i], points.marker.color[i]) for i in np.flatnonzero(of_word)}
        for word in answer.points["variation"].unique()
        if (of_word := answer.points["variation"].eq(word).to_numpy()).any()
    }
    assert looks["special cause: improvement"] == {("diamond", theme.TURQUOISE)}
    assert looks["special cause: concern"] == {("triangle-up", theme.ORANGE)}
    assert looks["common cause"] == {("circle", theme.OWN)}
    said = "A diamond is better than the usual ups and downs and a triangle is worse"
    assert said in chart.caption.subtitle


def test_both_figures_of_a_seasonal_series_are_drawn_and_in_the_table(view) -> None:
    _, chart = drawn(view, "all_crime", proposal="")
    table = chart.readable_table()
    assert table.columns.tolist() == [
        "Period", "Count a month", "Without its season", "Centre line", "Lower limit",
        "Upper limit", "Variation", "Why",
    ]  # fmt: skip
    assert table["Count a month"].iloc[-1] == "2,136"
    assert any(trace.name == "As counted" for trace in chart.figure.data)
    assert "without its season" in chart.caption.title
    assert NOT_FROM_ZERO in chart.alt


def test_the_terms_of_the_field_stand_in_the_help_only(view) -> None:
    _, chart = drawn(view, "all_crime", proposal="")
    assert "XmR chart, on figures seasonally adjusted by ratio to a centred" in chart.method
    assert "special cause" in chart.method
    for term in ("XmR", "special cause", "common cause", "centred moving average", "adjusted"):
        assert term not in " ".join([chart.caption.title, chart.caption.subtitle, chart.alt])
    words = set(chart.readable_table()["Variation"])
    assert words == {
        "better than the usual ups and downs", "worse than the usual ups and downs",
        "within the usual ups and downs",
    }  # fmt: skip


def test_limits_and_target_are_labelled(view) -> None:
    _, chart = drawn(view, "all_crime", proposal="")
    said = " ".join(note.text for note in chart.figure.layout.annotations)
    for label in ("Upper limit<br>", "Centre<br>2,564", "Lower limit<br>", "Target<br>2,041"):
        assert label in said
    heights = sorted(note.y for note in chart.figure.layout.annotations if "<br>" in note.text)
    assert heights == sorted(heights)


@pytest.mark.parametrize(
    ("indicator", "proposal", "title"),
    [
        ("criminal_damage", TREND, "Falling by about 5 a month"),
        ("all_crime", DRIFT, "Falling by about 16 a month"),
        (
            "theft_from_motor_vehicle",
            STEP,
            "A new level from December 2008, 156 after 243",
        ),
    ],
)
def test_where_limits_would_mark_most_a_line_is_proposed_instead(
    view, indicator, proposal, title
) -> None:
    answer, chart = drawn(view, indicator)
    assert answer.proposal == proposal
    assert control_title(answer, view.indicator(indicator)) == title
    assert "would mark most months" in proposal_line(answer)
    names = [trace.name for trace in chart.figure.data]
    assert "centre" not in names
    assert {"Levels", "Trend"} & set(names)
    points = next(trace for trace in chart.figure.data if trace.name == "Figures")
    assert set(points.marker.symbol) == {"circle"}


def test_limits_around_the_trend_hold_what_one_level_does_not(view) -> None:
    answer = control(view, "criminal_damage", trend=True)
    assert answer.points["variation"].str.startswith("special").mean() < 0.2
    assert control_title(answer, view.indicator("criminal_damage")) == (
        "December 2009: within the usual ups and downs of a falling trend"
    )
    assert proposal_line(answer) == ""


def test_the_target_is_put_in_words(view) -> None:
    answer, _ = drawn(view, "all_crime")
    assert assurance_sentence(answer) == (
        "As it is, it would not meet the target in any month (2,041 a month, due 31 March 2011)"
    )
    assert assurance_sentence(replace(answer, assurance="")) == ""


def test_breaks_are_told(view) -> None:
    answer, _ = drawn(view, "theft_from_motor_vehicle")
    (line,) = break_lines(answer)
    assert line.startswith("The level seems to change in December 2008, from ")
    assert "in at most 1 of 1,000 tries" in line
    assert line.endswith("It is not applied until a person confirms it with a reason")
    confirmed = pd.DataFrame([{"month": "2008-12", "statement": "locks", "decided_by": "Ann"}])
    lines = break_lines(replace(answer, breaks=confirmed))
    assert lines[0] == "New limits from December 2008: locks (confirmed by Ann)"


def test_without_a_chart_the_reason_is_the_finding(view) -> None:
    answer = control(view, "ni_21")
    about = view.indicator("ni_21")
    assert control_chart(answer, about, source="") is None
    assert finding(answer, about).endswith("too few to say: 1 figure, and a control chart needs 12")


def test_after_a_break_without_enough_figures_nothing_is_said_of_the_latest(view) -> None:
    answer, _ = drawn(view, "robbery")
    points = answer.points.copy()
    points.loc[points.index[-3:], ["centre", "lower", "upper"]] = np.nan
    points.loc[points.index[-3:], "stretch"] = 1
    points.loc[points.index[-3:], "variation"] = "too few to say"
    cautions = ("3 figures since the break: new limits need 12",)
    _, chart = drawn(view, "robbery", points=points, latest="too few to say", cautions=cautions)
    assert chart.caption.title == f"Robbery: too few to say ({cautions[0]})"
    assert chart.readable_table()["Centre line"].iloc[-1] == "too few figures"
