from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.rounding import as_number, in_words_number, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [(12.5, 0, 13), (-12.5, 0, -13), (13.5, 0, 14), (12.4999, 0, 12), (0.285 * 100, 0, 29),
     (15499, -3, 15000), (15500, -3, 16000), (2.675, 2, 2.68), (-0.4, 0, 0)],
)  # fmt: skip
def test_halves_go_away_from_zero(value, decimals, rounded):
    assert round_half_up(value, decimals) == rounded


def test_minus_zero_is_zero():
    assert math.copysign(1, round_half_up(-0.4)) == 1


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_only_finite_numbers_round(value):
    with pytest.raises(ValueError, match=f"^only a finite number can be rounded, not {value}$"):
        round_half_up(value)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(3114, 0, "3,114"), (12.0, 1, "12"), (12.25, 1, "12.3"), (100, 0, "100"), (0, 0, "0"),
     (15499, -3, "15,000")],
)  # fmt: skip
def test_numbers_have_separators_and_no_empty_places(value, decimals, text):
    assert in_words_number(value, decimals) == text


def test_the_missing_is_none():
    assert as_number(None) is as_number(math.nan) is None
    assert as_number(3) == 3.0


@given(st.floats(-1e6, 1e6), st.integers(-3, 4))
def test_rounding_moves_by_at_most_half_a_step(value, decimals):
    assert abs(round_half_up(value, decimals) - value) <= 0.5 * 10.0**-decimals + 1e-6
