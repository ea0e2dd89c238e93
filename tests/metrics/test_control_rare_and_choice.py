"""Charts of rare events against published figures, and which chart a series is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.control.choose import choose_chart
from dashboard.metrics.control.rare import g_limits, gaps_between
from dashboard.metrics.control.rules import gap_signals
from dashboard.metrics.control.variation import IMPROVEMENT, variation_of
from dashboard.words.reasons import reason_in_words


def test_limits_of_gaps_are_those_of_a_geometric_count() -> None:
    # Benneyan 2001: mean + 3 sqrt(mean (mean + 1)); a mean of 8 gives 8 + 3 sqrt(72).
    found = g_limits([8.0] * 12)
    assert found.upper[0, 0] == pytest.approx(8 + 3 * np.sqrt(72))
    assert found.centre[0, 0] == pytest.approx(0.693 * 8, abs=0.01)
    assert found.lower[0, 0] == 0
    assert np.isnan(g_limits([8.0] * 11).upper).all()


def test_half_of_geometric_gaps_lie_on_each_side_and_few_outside() -> None:
    gaps = np.random.default_rng(1).geometric(0.05, 20_000) - 1.0
    found = g_limits(gaps)
    assert np.mean(gaps > found.centre) == pytest.approx(0.5, abs=0.03)
    assert np.mean(gaps > found.upper) < 0.025


def test_gaps_are_counted_from_event_to_event() -> None:
    found = gaps_between([0, 0, 1, 0, 0, 2, 1, 0, 0, 0])
    assert found.lengths.tolist() == [2, 0]
    assert found.ends.tolist() == [5, 6]
    assert found.open_length == 3
    assert gaps_between([1, 0, np.nan, 0, 1, 0, 1]).lengths.tolist() == [1]
    nothing = gaps_between([0] * 20)
    assert (len(nothing.lengths), nothing.open_length) == (0, 0)


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, np.nan]), max_size=30))
def test_a_gap_is_left_out_where_a_period_of_it_is_missing(counts) -> None:
    lengths, ends, run = [], [], None
    for at, count in enumerate(counts):
        if np.isnan(count):
            run = None
        elif count:
            lengths, ends = (lengths, ends) if run is None else ([*lengths, run], [*ends, at])
            run = 0
        elif run is not None:
            run += 1
    found = gaps_between(counts)
    assert (found.lengths.tolist(), found.ends.tolist()) == (lengths, ends)
    assert found.open_length == (run or 0)


def test_a_gap_over_the_limit_is_an_improvement_where_events_are_bad() -> None:
    gaps = [2.0, 3, 1, 2, 4, 2, 3, 1, 0, 2, 3, 2, 30]
    direction = gap_signals(g_limits(gaps)).direction[0, -1]
    assert direction == 1
    assert variation_of(direction, lower_is_better=False) == IMPROVEMENT


def monthly(mean, months=60, seed=1):
    return np.random.default_rng(seed).poisson(mean, months).astype(float)


@pytest.mark.parametrize(
    ("unit", "counts", "sizes", "chart"),
    [
        ("count", monthly(50), None, "xmr"),
        ("count", monthly(5), None, "c"),
        ("count", monthly(5) * 2, None, "xmr"),  # pairs: lumpier than chance
        ("count", monthly(0.5), None, "g"),
        ("count", monthly(0.1), None, ""),
        ("count", np.zeros(60), None, ""),
        ("count", monthly(50, 11), None, ""),
        ("count", monthly(50, 12), None, "xmr"),
        ("count", np.r_[monthly(50), -3.0], None, "xmr"),  # police take offences back
        ("rate", monthly(50), np.full(60, 1000.0), "u_prime"),
        ("rate", monthly(50), None, "xmr"),
        ("percent", monthly(50), None, "xmr"),
        ("percent", monthly(50), np.full(60, 300.0), "p_prime"),
        ("percent", np.zeros(60), None, "xmr"),
    ],
)
def test_the_chart_that_suits(unit, counts, sizes, chart) -> None:
    choice = choose_chart(unit, counts, sizes)
    assert choice.chart == chart
    assert choice.why
    assert (chart == "") == reason_in_words(choice.why).startswith("too few to say")


def test_what_is_too_few_is_counted() -> None:
    assert reason_in_words(choose_chart("count", monthly(9, 11)).why) == (
        "too few to say: 11 figures, and a control chart needs 12"
    )
    assert reason_in_words(choose_chart("count", [1.0] + [0.0] * 23).why) == (
        "too few to say: 1 month with an event, and a chart of the time between them needs 13"
    )
    with pytest.raises(ValueError, match="not a unit"):
        choose_chart("pounds", monthly(9))
