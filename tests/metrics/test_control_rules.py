"""The rules of control charts, at the length where they begin to speak; the words they lead to."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.metrics.control.limits import Limits
from dashboard.metrics.control.rules import ControlRules, find_signals
from dashboard.metrics.control.variation import (
    COMMON_CAUSE,
    CONCERN,
    CONSISTENTLY_FAILING,
    CONSISTENTLY_PASSING,
    HIT_AND_MISS,
    IMPROVEMENT,
    NEITHER_HIGH,
    NEITHER_LOW,
    TOO_FEW,
    assurance_of,
    variation_of,
)
from dashboard.metrics.reasons import BrokenRules
from dashboard.words.control import ICONS, chart_rules_in_words, rules_in_words


def signals(values, *, rules=None, segments=None):
    """Signals of values in sigmas on a chart with centre 0 and limits at -3 and 3."""
    value = np.atleast_2d(np.asarray(values, dtype=float))
    one = np.ones(value.shape)
    return find_signals(Limits(value, 0 * one, one, -3 * one, 3 * one), segments, rules)


def test_a_point_on_a_limit_is_within_it() -> None:
    assert signals([3.0, -3.0, 3.01, -3.01]).outside[0].tolist() == [0, 0, 1, -1]


@pytest.mark.parametrize(("length", "settings", "marked"), [(6, 7, 0), (7, 7, 7), (6, 6, 6)])
def test_a_shift_is_so_many_on_one_side(length, settings, marked) -> None:
    values = [-0.5, *([0.5, 0.6] * 5)[:length], -0.5]
    found = signals(values, rules=ControlRules(shift_points=settings))
    assert found.shift[0].sum() == marked


def test_a_point_on_the_centre_ends_a_run() -> None:
    values = [0.5, 0.4] * 3 + [0.0] + [0.5, 0.4] * 3
    assert not signals(values).shift.any()


@pytest.mark.parametrize(("length", "settings", "marked"), [(6, 7, 0), (7, 7, 7), (6, 6, 6)])
def test_a_trend_is_so_many_points_rising(length, settings, marked) -> None:
    values = [1.0, *np.linspace(-1, 0.9, length), -1.0]
    found = signals(values, rules=ControlRules(trend_points=settings, shift_points=20))
    assert np.count_nonzero(found.trend) == marked
    assert set(found.trend[0].tolist()) <= {0, 1}


def test_equal_neighbours_end_a_trend() -> None:
    assert not signals(
        [0.1, 0.2, 0.3, 0.4, 0.4, 0.5, 0.6, 0.7], rules=ControlRules(7, 7)
    ).trend.any()


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([2.1, 0.5, 2.1], [1, 0, 1]),
        ([2.1, 2.2, 0.1], [1, 1, 0]),
        ([2.1, -0.5, 2.1], [0, 0, 0]),  # not all on one side
        ([2.1, 0.5, 0.5, 2.1], [0, 0, 0, 0]),
        ([2.1, 0.5, 3.1], [0, 0, 0]),  # the one outside is marked by its own rule
        ([-2.1, -0.5, -2.1], [-1, 0, -1]),
        ([2.0, 0.5, 2.1], [0, 0, 0]),  # on the line is not over it
    ],
)
def test_two_of_three_near_a_limit(values, marked) -> None:
    assert signals(values).near[0].tolist() == marked


def test_missing_points_and_breaks_end_runs() -> None:
    values = [0.5, 0.6] * 4
    assert signals(values).shift.all()
    gap = [*values[:4], np.nan, *values[:4]]
    assert not signals(gap).direction.any()
    assert not signals(values, segments=[0] * 4 + [1] * 4).direction.any()


def test_a_rise_below_the_centre_is_low_only_where_a_rule_about_level_says_so() -> None:
    values = np.linspace(-2.5, -0.1, 8)
    found = signals(values, rules=ControlRules(shift_points=20))
    assert found.direction[0, -1] == 1
    assert signals(values).direction[0, -1] == -1


def test_the_rules_turn_round_with_the_figures() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(0.3, 1.5, (50, 40))
    assert np.array_equal(signals(values).direction, -signals(-values).direction)


def test_common_cause_is_seldom_marked_at_the_latest_point() -> None:
    rng = np.random.default_rng(4)
    latest = signals(rng.normal(size=(4000, 60))).direction[:, -1]
    assert np.mean(latest != 0) < 0.03


def test_settings_are_printed_and_checked() -> None:
    rules = ControlRules(shift_points=8, trend_points=6)
    assert chart_rules_in_words(rules, "xmr") == (
        "Rules: a point outside the limits; 8 in a row on one side of the centre line; 2 of 3 in "
        "a row in the outer third of the limits; 6 in a row rising or falling"
    )
    assert chart_rules_in_words(rules, "g") == (
        "Rules: a stretch over the limit; 8 in a row on one side of the centre line"
    )
    assert chart_rules_in_words(None, "") == ""
    for wrong in ({"shift_points": 1}, {"near_points": 4}, {"near_points": 0}):
        with pytest.raises(ValueError, match="at least"):
            ControlRules(**wrong)


def test_rules_of_a_point_are_named() -> None:
    found = signals([4.0, *[0.5] * 6])
    assert (found.outside[0].tolist(), found.shift[0].tolist()) == ([1, *[0] * 6], [1] * 7)
    broken = BrokenRules((("outside", 1), ("shift", 1)))
    assert rules_in_words(broken) == "above the upper limit; part of a run above the centre line"
    assert (rules_in_words(BrokenRules()), bool(broken), bool(BrokenRules())) == ("", True, False)


def test_which_way_is_better_turns_the_word_round() -> None:
    ways = [-1, 0, 1]
    assert variation_of(ways, True).tolist() == [IMPROVEMENT, COMMON_CAUSE, CONCERN]
    assert variation_of(ways, False).tolist() == [CONCERN, COMMON_CAUSE, IMPROVEMENT]
    assert variation_of(ways, None).tolist() == [NEITHER_LOW, COMMON_CAUSE, NEITHER_HIGH]
    every = {COMMON_CAUSE, IMPROVEMENT, CONCERN, NEITHER_HIGH, NEITHER_LOW, TOO_FEW}
    assert every <= set(ICONS)


@pytest.mark.parametrize(
    ("target", "lower_is_better", "word"),
    [
        (31, True, CONSISTENTLY_PASSING),
        (30, True, HIT_AND_MISS),
        (10, True, HIT_AND_MISS),
        (9, True, CONSISTENTLY_FAILING),
        (31, False, CONSISTENTLY_FAILING),
        (9, False, CONSISTENTLY_PASSING),
        (20, None, ""),
        (np.nan, True, ""),
    ],
)
def test_assurance(target, lower_is_better, word) -> None:
    assert assurance_of(10, 30, target, lower_is_better)[()] == word
