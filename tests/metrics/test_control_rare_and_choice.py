"""Charts of rare events against published figures, and which chart a series is given."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.metrics.control.chart import gap_charts
from dashboard.metrics.control.choose import choose_chart
from dashboard.metrics.control.rare import g_limits, gaps_between, nelson_transform, t_limits

# Montgomery 2009, example 7.6: hours between failures of a valve, and their 0.2777th powers.
HOURS = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214,
         2831, 96]  # fmt: skip
POWERS = [4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705, 1.46958, 3.96768, 5.39007, 1.78151,
          9.09619, 5.89774, 3.38833, 4.51095, 5.91690, 5.59189, 7.16124, 7.18601, 9.09083,
          3.55203]  # fmt: skip


def test_published_powers_of_times() -> None:
    # 1 / 3.6 is 0.27778; the book writes 0.2777.
    assert nelson_transform(HOURS) == pytest.approx(POWERS, rel=0.001)
    assert np.isnan(nelson_transform([-1.0])[0])


def test_times_between_events_have_limits_on_their_own_scale() -> None:
    found = t_limits(HOURS)
    assert (found.lower[0, 0], found.value[0, 0]) == (0, pytest.approx(286))
    assert found.centre[0, 0] == pytest.approx(np.mean(POWERS) ** 3.6, rel=0.003)
    assert found.upper[0, 0] > max(HOURS)


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


def test_a_gap_over_the_limit_is_an_improvement_where_events_are_bad() -> None:
    gaps = [2.0, 3, 1, 2, 4, 2, 3, 1, 0, 2, 3, 2, 30]
    charts = gap_charts(gaps)
    assert charts.signals.direction[0, -1] == 1
    assert charts.latest_variation(lower_is_better=False).tolist() == ["special cause: improvement"]


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
    assert (chart == "") == choice.why.startswith("too few to say")


def test_what_is_too_few_is_counted() -> None:
    assert choose_chart("count", monthly(9, 11)).why == (
        "too few to say: 11 figures, and a control chart needs 12"
    )
    assert choose_chart("count", [1.0] + [0.0] * 23).why == (
        "too few to say: 1 month with an event, and a chart of the time between them needs 13"
    )
    with pytest.raises(ValueError, match="not a unit"):
        choose_chart("pounds", monthly(9))
