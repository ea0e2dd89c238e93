"""Limits of control charts against published figures, by properties, and at their boundaries."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dashboard.metrics.control.limits import (
    dispersion_ratio,
    limits_for,
    moving_ranges,
    segments_from,
)
from dashboard.metrics.control.rules import find_signals

# Montgomery, Introduction to Statistical Quality Control, 6th edition (2009).
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16,
          19, 17, 15]  # fmt: skip
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9,
        12, 7, 13, 9, 6]  # fmt: skip
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
CLOTH_SIZES = [10.0, 8.0, 13.0, 10.0, 9.5, 10.0, 12.0, 10.5, 12.0, 12.5]
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306,
         301, 304]  # fmt: skip
DOTS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

series = arrays.arrays(float, st.integers(12, 40), elements=st.integers(0, 500).map(float))


def ends(chart, events, sizes=None, **options):
    found = limits_for(chart, events, sizes, **options)
    return found.centre[0, 0], found.lower[0, 0], found.upper[0, 0]


@pytest.mark.parametrize(
    ("chart", "events", "sizes", "options", "published", "within"),
    [
        # NHSRplotthedots, vignette on deviations
        ("xmr", DOTS, None, {}, (None, -0.716, 4.604), 0.0005),
        ("xmr", DOTS, None, {"screen": False}, (None, -3.063, 6.952), 0.001),
        # table 6.6: cost of processing loans; the book rounds the mean range
        ("xmr", LOANS, None, {"screen": False}, (300.5, 279.78, 321.22), 0.01),
        # example 7.3: printed circuit boards; the book rounds the centre to 19.85
        ("c", BOARDS, None, {}, (19.85, 6.48, 33.22), 0.01),
        # example 7.1: orange juice cans
        ("p", CANS, [50] * 30, {}, (0.2313, 0.0524, 0.4102), 0.0001),
    ],
)
def test_published_limits(chart, events, sizes, options, published, within) -> None:
    for found, stated in zip(ends(chart, events, sizes, **options), published, strict=True):
        if stated is not None:
            assert found == pytest.approx(stated, abs=within)


def test_published_limits_of_a_u_chart_follow_the_sizes() -> None:
    found = limits_for("u", CLOTH, CLOTH_SIZES, fewest=10)
    assert found.centre[0, 0] == pytest.approx(1.42, abs=0.005)
    # example 7.5, dyed cloth; the book rounds the centre to 1.42
    upper = [2.55, 2.68, 2.41, 2.55, 2.58, 2.55, 2.45, 2.52, 2.45, 2.43]
    lower = [0.29, 0.16, 0.43, 0.29, 0.26, 0.29, 0.39, 0.32, 0.39, 0.41]
    assert found.upper[0] == pytest.approx(upper, abs=0.011)
    assert found.lower[0] == pytest.approx(lower, abs=0.011)


def test_every_row_of_the_shared_reference(shared_root) -> None:
    rows = pd.read_csv(shared_root / "reference" / "control_charts.csv")
    for row in rows.to_dict("records"):
        values = [float(each) for each in row["values"].split(";")]
        found = ends("xmr", values, screen=row["chart"] == "xmr_screened")
        assert found[1:] == pytest.approx((row["lower"], row["upper"]), abs=0.001)


def test_with_equal_sizes_laneys_chart_is_the_xmr_chart_of_the_rates() -> None:
    # Laney 2002; the factor is 3 / 1.128 there and 2.66 here.
    rates = limits_for("u_prime", BOARDS, [100.0] * 26, per=1000)
    same = limits_for("xmr", np.array(BOARDS) * 10.0, screen=False)
    assert rates.centre == pytest.approx(same.centre)
    assert rates.sigma == pytest.approx(same.sigma * (3 / 1.128) / 2.66)


def test_the_ratio_is_one_for_poisson_counts_and_more_for_lumpy_ones() -> None:
    rng = np.random.default_rng(1)
    people = np.full((200, 60), 50.0)
    assert np.mean(dispersion_ratio(rng.poisson(people))) == pytest.approx(1, abs=0.02)
    lumpy = rng.poisson(people * rng.gamma(4.0, 1 / 4.0, people.shape))
    assert np.mean(dispersion_ratio(lumpy)) > 3
    shared = limits_for("u_prime", rng.poisson(people), people)
    plain = limits_for("u", rng.poisson(people), people)
    assert np.mean(shared.sigma) == pytest.approx(np.mean(plain.sigma), rel=0.03)


@given(series, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_xmr_limits_move_and_scale_with_the_figures(values, factor, shift) -> None:
    first = limits_for("xmr", values, screen=False)
    second = limits_for("xmr", values * factor + shift, screen=False)
    for column in ("centre", "lower", "upper"):
        moved = getattr(first, column) * factor + shift
        assert getattr(second, column) == pytest.approx(moved, rel=1e-9, abs=1e-6)


@given(series)
def test_limits_hold_their_centre_and_keep_to_their_floor(values) -> None:
    for chart in ("xmr", "c"):
        found = limits_for(chart, values, floor=0.0)
        assert (found.lower <= found.centre + 1e-9).all()
        assert (found.centre <= found.upper + 1e-9).all()
        assert (found.lower >= 0).all()


@given(series, st.integers(1, 10_000))
def test_doubling_the_residents_halves_the_rate(values, people) -> None:
    once = limits_for("u", values, np.full(len(values), float(people)))
    twice = limits_for("u", values, np.full(len(values), 2.0 * people))
    assert twice.centre == pytest.approx(once.centre / 2)


def test_a_constant_series_has_its_limits_at_its_value() -> None:
    for chart in ("xmr", "u_prime"):
        found = limits_for(chart, [0.1] * 20, [3.0] * 20)
        assert found.lower == pytest.approx(found.upper)
        assert not find_signals(found).direction.any()


def test_zeros_throughout_have_limits_of_zero_and_no_signal() -> None:
    for chart in ("xmr", "c", "u", "u_prime", "p_prime"):
        found = limits_for(chart, [0.0] * 24, [50.0] * 24, floor=0.0)
        assert not found.upper.any(), chart
        assert not find_signals(found).direction.any(), chart


@pytest.mark.parametrize(("points", "has_limits"), [(11, False), (12, True)])
def test_twelve_points_are_needed(points, has_limits) -> None:
    values = np.full(24, np.nan)
    values[:points] = np.arange(points) % 3
    assert np.isfinite(limits_for("xmr", values).centre).all() == has_limits


def test_a_series_without_a_figure_is_too_few_to_say() -> None:
    assert np.isnan(limits_for("xmr", np.full((1, 24), np.nan)).centre).all()


def test_a_missing_period_gives_no_moving_range_on_either_side() -> None:
    ranges = moving_ranges([1.0, np.nan, 5.0, 6.0])
    assert np.isnan(ranges[0, :2]).all()
    assert ranges[0, 2] == 1


def test_a_zero_denominator_is_a_missing_point() -> None:
    found = limits_for("u", [5.0] * 13, [10.0] * 12 + [0.0])
    assert np.isnan(found.value[0, -1])
    assert found.centre[0, 0] == pytest.approx(0.5)


def test_a_break_begins_new_limits_and_no_range_crosses_it() -> None:
    values = np.r_[np.tile([10.0, 12.0], 6), np.tile([50.0, 52.0], 6)]
    found = limits_for("xmr", values, segments=segments_from([12], 24))
    assert found.centre[0, [0, 23]].tolist() == [11, 51]
    assert found.sigma[0] == pytest.approx([2.66 * 2 / 3] * 24)
    short = limits_for("xmr", values, segments=segments_from([13], 24))
    assert np.isfinite(short.centre[0, :13]).all()
    assert np.isnan(short.centre[0, 13:]).all()


@pytest.mark.parametrize(
    ("chart", "sizes", "message"),
    [("z", None, "not a control chart"), ("u", None, "needs the size"), ("u", [1.0], "sizes")],
)
def test_what_cannot_be_charted_is_refused(chart, sizes, message) -> None:
    with pytest.raises(ValueError, match=message):
        limits_for(chart, [1.0] * 12, sizes)


def test_many_series_give_what_each_gives_alone_and_take_no_time() -> None:
    rng = np.random.default_rng(2)
    many = rng.poisson(40, (1000, 60)).astype(float)
    many[rng.random(many.shape) < 0.05] = np.nan
    started = time.perf_counter()
    together = limits_for("xmr", many)
    signals = find_signals(together)
    assert time.perf_counter() - started < 2  # measured: 0.02 s
    for row in (0, 500, 999):
        alone = limits_for("xmr", many[row])
        assert np.array_equal(alone.upper[0], together.upper[row])
        assert np.array_equal(find_signals(alone).direction[0], signals.direction[row])
