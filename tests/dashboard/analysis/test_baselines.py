"""Baselines offered for a new target are those that a target then has, and only whole periods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import baseline_window, baselines_in, year_to
from dashboard.analysis.target_trajectory import trajectory_in
from dashboard.metrics.periods import month_of
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir


@pytest.fixture(scope="module")
def view(default_data: Path) -> Iterator[AreaView]:
    with Warehouse(DataDir(default_data)) as warehouse:
        yield AreaView.of(warehouse)


def test_what_is_offered_is_what_a_target_is_measured_from(view: AreaView) -> None:
    compared = 0
    for target in (each for each in view.targets if each.baseline_value is None):
        offered = {each.period: each for each in baselines_in(view, target.indicator_id)}
        if target.baseline_period in offered:
            answer = trajectory_in(view, target, view.latest_month())
            assert offered[target.baseline_period].value == answer.baseline
            compared += 1
    assert compared > 10


@pytest.mark.parametrize(
    ("indicator", "periods"),
    [
        # Figures run from April 2006 to December 2009: that year is not over.
        ("all_crime", ["2008/09", "2007/08", "2006/07"]),
        ("neighbourhood_watches", ["2008/09", "2007/08", "2006/07"]),
        ("ni_21", ["wave 2009"]),
        ("ni_110", ["2008/09", "2007/08", "2006/07"]),
        ("bicycle_theft", []),
    ],
)
def test_only_whole_periods_latest_first(view: AreaView, indicator: str, periods) -> None:
    assert [each.period for each in baselines_in(view, indicator)] == periods


def test_years_that_end_in_other_months_are_offered_as_they_are_published(real_data: Path) -> None:
    with Warehouse(DataDir(real_data)) as warehouse:
        leeds = AreaView.of(warehouse, area="E22000345")
        found = baselines_in(leeds, "robbery")
        latest = leeds.series("robbery").set_index("period_start")["value"].sort_index().iloc[-1]
    assert [each.period for each in found] == [
        "year ending December 2024", "year ending December 2023",
    ]  # fmt: skip
    assert found[0].value == latest


@pytest.mark.parametrize("month", range(1, 13))
def test_a_year_is_read_as_it_is_labelled(month: int) -> None:
    label = year_to(month_of(2024, month)).label()
    window = baseline_window(label)
    assert window is not None
    assert (window.last_month.month, window.month_count, window.label()) == (month, 12, label)


def test_a_seasonal_path_needs_three_years_of_months(view: AreaView) -> None:
    seasonal = {each.period: each.may_be_seasonal for each in baselines_in(view, "robbery")}
    assert seasonal == {"2008/09": True, "2007/08": False, "2006/07": False}
    for rate_or_survey in ("ni_15", "ni_21", "neighbourhood_watches"):
        found = baselines_in(view, rate_or_survey)
        assert not any(each.may_be_seasonal for each in found)
