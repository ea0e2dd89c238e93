"""Which series stands for an indicator: a rule decides over all that come after it."""

from __future__ import annotations

from itertools import permutations

import pytest

from dashboard.metrics.headline import (
    FEW_PEERS,
    NO_YEAR_BEFORE,
    NOT_CURRENT,
    Candidate,
    in_headline_order,
    why_not_headline,
)

#: Of each series: alternative, frequency, last month, whether there is a year before, peers' share.
Facts = tuple[int, str, int, bool, float | None]


def candidate(name: str, facts: Facts) -> Candidate:
    return Candidate(name, *facts)


@pytest.mark.parametrize(
    ("headline", "other", "why"),
    [
        # Current, though it is the last alternative, with no year before and few peers.
        ((9, "year", 113, False, 0.1), (0, "month", 100, True, 1.0), NOT_CURRENT),
        # Twelve months behind the latest is current; thirteen is not.
        ((0, "rolling_year", 88, True, 1.0), (1, "month", 100, True, 1.0), ""),
        ((1, "month", 100, True, 1.0), (0, "rolling_year", 87, True, 1.0), NOT_CURRENT),
        # ONS years to December 2024 and six street months to June 2025.
        ((1, "rolling_year", 659, True, 1.0), (3, "month", 665, False, 2 / 11), NO_YEAR_BEFORE),
        # A year before, though it is a later alternative and few peers have it.
        ((9, "year", 100, True, 0.1), (0, "month", 100, False, 1.0), NO_YEAR_BEFORE),
        # 80% of the group are enough, fewer are not, and an area without a group needs none.
        ((0, "month", 100, True, 0.8), (1, "month", 100, True, 1.0), ""),
        ((1, "month", 100, True, 0.8), (0, "month", 100, True, 0.79), FEW_PEERS),
        ((0, "month", 100, True, None), (1, "month", 100, True, 1.0), ""),
        # The order of the alternatives, though it is the coarser.
        ((0, "year", 100, True, None), (1, "month", 100, True, None), ""),
        # The finer frequency of one alternative.
        ((0, "month", 100, True, None), (0, "quarter", 100, True, None), ""),
        ((0, "rolling_year", 100, True, None), (0, "year", 100, True, None), ""),
    ],
)
def test_the_first_rule_that_differs_decides(headline: Facts, other: Facts, why: str) -> None:
    # The names are the other way round, so that it is not they that decide.
    both = [candidate("b", headline), candidate("a", other)]
    for order in permutations(both):
        assert [each.series for each in in_headline_order(order)] == ["b", "a"]
        assert why_not_headline(order, "a") == why
        assert why_not_headline(order, "b") == ""


def test_what_speaks_against_both_is_no_reason() -> None:
    first, second = (0, "month", 100, False, None), (1, "month", 100, False, None)
    assert why_not_headline([candidate("a", first), candidate("b", second)], "b") == ""


def test_without_a_series_there_is_no_headline() -> None:
    assert in_headline_order([]) == []
