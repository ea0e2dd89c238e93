"""A change with its test, on the embedded default and on the real partnerships."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.review import review
from dashboard.analysis.trend import OVERLAPPING, trend
from dashboard.cli.main import app
from dashboard.metrics.dispersion import dispersion_at, dispersion_of
from dashboard.metrics.significance import LIKE_SERIES, OWN_HISTORY
from dashboard.metrics.trend import (
    CANNOT_CALCULATE,
    NO_CHANGE,
    POINTS_OVERLAPPING,
    recent_trend_overlapping,
)
from dashboard.metrics.usual_dispersion import usual_dispersion
from dashboard.store.warehouse import Warehouse
from dashboard.words.change import change_in_words, significance_in_words, trend_in_words
from etl.datadir import DataDir

AS_AT = "2009-12"
SOUTHAMPTON = "E22000120"


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


@pytest.fixture(scope="module")
def real(real_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(real_data)), area=SOUTHAMPTON)


@pytest.mark.parametrize("basis", ["month", "quarter", "ytd", "rolling_year", "baseline"])
def test_every_basis_is_said_and_tested(view, basis) -> None:
    found = change(view, "criminal_damage", as_at=AS_AT, basis=basis)
    tested = found.change.significance
    assert tested is not None
    assert tested.dispersion_from == OWN_HISTORY
    assert " fewer crimes than in " in change_in_words(found.change)
    assert change_in_words(found.change).endswith(significance_in_words(tested))
    assert "chance would explain" in significance_in_words(tested)


def test_the_factor_is_that_of_the_months_up_to_as_at(view) -> None:
    series = view.series("criminal_damage").sort_values("period_start")
    months = series[series["period_start"].le(pd.Timestamp("2009-06-30"))]
    found = change(view, "criminal_damage", as_at="2009-06", basis="month")
    mean = (found.change.current + found.change.previous) / 2
    history = dispersion_of(months["numerator"].to_numpy(dtype=float))
    expected = dispersion_at(mean, "criminal_damage", history)
    assert found.change.significance.dispersion == pytest.approx(float(expected))


def test_the_shared_months_of_a_baseline_are_left_out(view) -> None:
    baseline = change(view, "all_crime", as_at=AS_AT, basis="baseline")
    to_date = change(view, "all_crime", as_at=AS_AT, basis="ytd")
    assert baseline.change.number == to_date.change.number
    p_values = [each.change.significance.p_value for each in (baseline, to_date)]
    assert p_values[0] == pytest.approx(p_values[1])
    assert baseline.change.significance.ratio_95 == (None, None)


def test_unreliable_figures_are_not_compared_and_say_so(view) -> None:
    found = change(view, "arson", as_at=AS_AT, basis="ytd")
    assert found.change.current is not None
    assert found.change.number is None
    assert (
        change_in_words(found.change)
        == "not compared: a note calls the figures for 2009/10 unreliable"
    )
    regardless = change(view, "arson", as_at=AS_AT, basis="ytd", regardless_of_notes=True)
    assert regardless.change.number is not None
    before = change(view, "arson", as_at="2009-03", basis="ytd")
    assert before.change.is_comparable


def test_stocks_and_surveys_without_a_sample_are_not_tested(view) -> None:
    for indicator in ("neighbourhood_watches", "ni_19"):
        found = change(view, indicator, as_at=AS_AT, basis="quarter")
        assert found.change.significance.not_tested
        assert "chance" not in change_in_words(found.change)


def test_a_change_has_its_rate(default_data) -> None:
    with Warehouse(DataDir(default_data)) as warehouse:
        found = change(AreaView.of(warehouse, as_at=AS_AT), "all_crime", basis="ytd")
    assert found.rate is not None
    assert found.rate.percent is not None
    # More residents than the year before: the rate fell by a little more than the count.
    assert found.rate.percent < found.change.percent < 0
    assert found.rate.significance.ratio_95[1] < 1


def test_real_partnerships_go_by_what_is_usual(real) -> None:
    """Two years are no history: by that of like series, and by no other area of the workbook."""
    found = change(real, "all_crime", as_at="2024-12", basis="rolling_year")
    tested = found.change.significance
    assert (found.change.current, found.change.previous) == (31505, 33739)
    assert tested.dispersion_from == LIKE_SERIES
    assert tested.dispersion == pytest.approx(float(usual_dispersion(32_622, "all_crime")))
    assert tested.p_value == pytest.approx(0.093, abs=0.001)
    assert significance_in_words(tested) in change_in_words(found.change)
    assert "2,234 fewer crimes than in the year ending December 2023" in change_in_words(
        found.change
    )


def test_the_review_has_the_same_change(view) -> None:
    rows = review(view, AS_AT).set_index("indicator_id")
    for indicator in ("all_crime", "robbery", "arson"):
        found = change(view, indicator, as_at=AS_AT, basis="ytd")
        assert rows.loc[indicator, "change_in_full"] == found.change


def test_a_trend_takes_five_years_or_eight_that_overlap(view, real) -> None:
    found = trend(view.at(AS_AT), "all_crime")
    assert found.method == OVERLAPPING
    assert len(found.values) == POINTS_OVERLAPPING
    assert found.values["period"].iloc[[0, -1]].tolist() == ["2007/08", "year ending December 2009"]
    short = trend(view.at("2008-03"), "all_crime")
    assert (short.word, short.p_value) == (CANNOT_CALCULATE, None)
    assert "five years" in trend_in_words(short)
    assert trend(real, "robbery").word == CANNOT_CALCULATE


def test_a_trend_is_not_looked_for_across_what_notes_forbid(view) -> None:
    found = trend(view.at(AS_AT), "arson")
    assert (found.word, found.p_value) == (CANNOT_CALCULATE, None)
    assert trend_in_words(found).endswith("a note calls the figures for 2009/10 unreliable")
    assert trend(view.at("2009-03"), "arson").word != CANNOT_CALCULATE


def test_years_that_end_each_quarter_have_a_trend_that_heeds_their_overlap(tmp_path: Path) -> None:
    months = np.random.default_rng(11).poisson(60, 48)
    years = np.convolve(months, np.ones(12), "valid")[::3]
    begins = [pd.Period("2005-01", "M") + 3 * place for place in range(len(years))]
    lines = [
        f"{SOUTHAMPTON},local:robbery,year ending {begin + 11},{int(year)}"
        for begin, year in zip(begins, years, strict=True)
    ]
    built = _own_figures(tmp_path, lines)
    with Warehouse(DataDir(built)) as warehouse:
        found = trend(AreaView.of(warehouse, area=SOUTHAMPTON), "robbery")
    assert found.method == OVERLAPPING
    assert found.word == NO_CHANGE
    assert "allowing for the quarters that the years share" in trend_in_words(found)
    # The four years that share nothing are too few; the same eight as if apart would be wrong.
    last = found.values[["value", "lower", "upper"]].to_numpy(dtype=float).T
    assert found.p_value == pytest.approx(float(recent_trend_overlapping(*last).p_value))


def test_a_trend_over_five_years_is_found(tmp_path: Path) -> None:
    lines = [
        f"{SOUTHAMPTON},local:robbery,{month},{100 - index}"
        for index, month in enumerate(pd.period_range("2005-04", "2010-03", freq="M"))
    ]
    with Warehouse(DataDir(_own_figures(tmp_path, lines))) as warehouse:
        found = trend(AreaView.of(warehouse, area=SOUTHAMPTON), "robbery")
    assert found.word == "decreasing and getting better"
    assert found.p_value < 0.002
    assert (
        trend_in_words(found) == "recent trend: decreasing and getting better (2005/06 to 2009/10)"
    )


def _own_figures(folder: Path, lines: list[str]) -> Path:
    """Load and build a partnership's own figures."""
    own = folder / "own.csv"
    own.write_text("area_code,measure_code,period,value\n" + "\n".join(lines) + "\n")
    for words in (["add", str(own), "--published", "2010-05-01"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == 0, result.output
    return folder


def test_show_prints_test_and_trend(default_data) -> None:
    for command in ("change", "trend"):
        words = ["show", command, "--indicator", "robbery", "--as-at", AS_AT]
        result = CliRunner().invoke(app, [*words, "--data-dir", str(default_data)])
        assert result.exit_code == 0, result.output
        printed = json.loads(result.stdout)
        assert printed["sentence"]
    assert len(printed["values"]) == 8
    assert printed["method"] == OVERLAPPING
