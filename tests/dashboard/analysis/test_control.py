"""Control charts of the embedded default and of real figures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.control import ControlAnswer, control
from dashboard.analysis.rows import Indicator
from dashboard.cli.main import app
from dashboard.metrics.control.grid import Grid, grid_of
from dashboard.metrics.control.limits import limits_for
from dashboard.metrics.control.rules import ControlRules
from dashboard.metrics.periods import parse_month
from dashboard.store.warehouse import Warehouse
from dashboard.words.control import chart_rules_in_words
from dashboard.words.reasons import reason_in_words
from etl.datadir import DataDir
from tests.dashboard.rows import indicator as an_indicator


@pytest.fixture(scope="module")
def warehouse(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


@pytest.fixture(scope="module")
def view(warehouse: Warehouse) -> AreaView:
    return AreaView.of(warehouse)


def grid_in(series: pd.DataFrame, about: Indicator, as_at: pd.Period) -> Grid | None:
    """The points of an indicator's series."""
    return grid_of(series, as_at, unit=about.unit, rate_per=about.rate_per, adds_up=about.adds_up)


def test_limits_of_a_count_are_those_of_its_months(view) -> None:
    found = control(view, "robbery")
    assert (found.chart, found.every, found.as_at) == ("xmr", "month", "2009-12")
    own = limits_for("xmr", found.points["figure"].to_numpy(), floor=0.0)
    assert found.points["upper"].to_numpy() == pytest.approx(own.upper[0])
    assert found.points["plotted"].equals(found.points["figure"])
    assert found.latest == "common cause"
    assert found.rules == ControlRules()
    assert chart_rules_in_words(found.rules, found.chart).startswith("Rules: ")
    assert found.illustrative


def test_a_seasonal_series_has_both_figures(view) -> None:
    found = control(view, "all_crime")
    assert found.is_seasonal
    assert found.adjustment == "ratio to a centred moving average"
    assert not np.allclose(found.points["figure"], found.points["plotted"])
    assert found.points["figure"].iloc[-1] == 2136
    # A target of 24,492 a year, by March 2011, is 2,041 a month.
    assert found.target == pytest.approx(24_492 / 12, abs=0.1)
    assert found.target_due == "2011-03-31"
    assert found.assurance == "consistently failing the target"


def test_a_rate_is_charted_over_its_residents(view) -> None:
    found = control(view, "ni_15")
    assert (found.chart, found.unit) == ("u_prime", "rate")
    series = view.series("ni_15")
    rates = 1000 * series["numerator"] / series["denominator"]
    assert found.points["figure"].to_numpy() == pytest.approx(rates.to_numpy())


def test_nothing_after_as_at_is_looked_at(view) -> None:
    found = control(view.at("2008-03"), "robbery")
    assert found.points["period"].iloc[-1] == "March 2008"
    assert len(found.points) == 24


@pytest.mark.parametrize(("as_at", "chart"), [("2007-02", ""), ("2007-03", "xmr")])
def test_twelve_months_make_a_chart(view, as_at, chart) -> None:
    found = control(view.at(as_at), "robbery")
    assert found.chart == chart
    assert (found.latest == "too few to say") == (chart == "")
    why = reason_in_words(found.choice.why)
    assert why.startswith("too few to say: 11 figures") == (chart == "")


def test_the_rules_are_the_readers(view) -> None:
    strict = control(view, "theft_from_motor_vehicle", rules=ControlRules(shift_points=4))
    assert strict.rules is not None
    assert strict.rules.shift_points == 4


def test_every_indicator_has_an_answer_that_json_can_hold(view) -> None:
    for indicator in view.indicators_with_figures():
        found = control(view, indicator)
        assert isinstance(found, ControlAnswer)
        assert bool(found.chart) == bool(len(found.points)), indicator
        assert found.choice.why
        known = found.points.dropna(subset=["centre"])
        assert (known["lower"] <= known["upper"]).all()
        assert found.assurance == "" or found.target is not None


def test_a_series_with_suppressed_figures_is_not_charted(view, monkeypatch) -> None:
    series = view.series("robbery").copy()
    series.loc[series.index[3], ["numerator", "value"]] = np.nan
    series.loc[series.index[3], "status"] = "suppressed"
    hidden = replace(view.headline("robbery"), figures=series)
    monkeypatch.setitem(view.known_series, "robbery", [hidden])
    view = view.at("2009-12")
    found = control(view, "robbery")
    assert found.chart == ""
    assert reason_in_words(found.choice.why).startswith("1 figure is too small to show")
    assert found.points.empty


def test_overlapping_years_are_not_neighbours() -> None:
    starts = pd.date_range("2010-01-01", periods=9, freq="QS")
    series = pd.DataFrame(
        {
            "period_start": starts, "period_kind": "rolling_year", "coverage": 1.0,
            "status": "final",
            "numerator": np.arange(9.0), "denominator": np.nan, "sample_size": np.nan,
        }
    )  # fmt: skip
    about = an_indicator()
    grid = grid_in(series, about, parse_month("2013-12"))
    assert grid is not None
    assert grid.events.tolist() == [0, 4, 8]
    assert grid.names[-1] == "year ending December 2012"
    assert grid_in(series, about, parse_month("2009-12")) is None


@pytest.mark.parametrize(("starts_again", "periods"), [("2015-02", 14 + 8 + 12), ("2015-03", 8)])
def test_a_chart_begins_after_a_hole_of_more_than_a_year(starts_again, periods) -> None:
    months = [
        *pd.period_range("2012-12", periods=14, freq="M"),
        *pd.period_range(starts_again, periods=8, freq="M"),
    ]
    series = pd.DataFrame(
        {
            "period_start": [each.to_timestamp() for each in months], "period_kind": "month",
            "coverage": 1.0, "status": "final", "numerator": np.arange(22.0),
            "denominator": np.nan, "sample_size": np.nan,
        }
    )  # fmt: skip
    about = an_indicator()
    grid = grid_in(series, about, parse_month("2016-12"))
    assert grid is not None
    assert len(grid.events) == periods
    # As at a month before the hole the chart is of what came before it.
    earlier = grid_in(series, about, parse_month("2014-12"))
    assert earlier is not None
    assert earlier.events.tolist() == list(range(14))


def test_a_missing_month_is_a_gap_not_a_neighbour() -> None:
    series = pd.DataFrame(
        {
            "period_start": pd.to_datetime(["2010-01-01", "2010-03-01"]), "period_kind": "month",
            "coverage": 1.0, "status": "final", "numerator": [1.0, 2.0], "denominator": np.nan,
            "sample_size": np.nan,
        }
    )  # fmt: skip
    about = an_indicator()
    grid = grid_in(series, about, parse_month("2010-03"))
    assert grid is not None
    assert np.isnan(grid.events[1])


def test_two_years_of_real_figures_are_too_few(real_data) -> None:
    with Warehouse(DataDir(real_data)) as warehouse:
        found = control(AreaView.of(warehouse, area="E22000120"), "all_crime")
    why = reason_in_words(found.choice.why)
    assert why == "too few to say: 2 figures, and a control chart needs 12"
    assert not found.illustrative


def test_what_there_is_not_is_named(view, warehouse) -> None:
    with pytest.raises(UnknownChoiceError, match="did you mean robbery"):
        control(AreaView.of(warehouse), "robery")
    with pytest.raises(NoFiguresError):
        control(view.at("2009-12"), "homicide")


def test_the_command_prints_it(default_data) -> None:
    words = ["show", "control", "--indicator", "robbery", "--data-dir", str(default_data)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["variation"] == "common cause"
    assert found["chart"] == "XmR chart"
    assert found["points"][-1]["month"] == "2009-12"
    assert found["suggested_breaks"] == []
