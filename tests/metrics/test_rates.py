from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.rates import rate_per

PUBLISHED = pd.read_csv(Path(__file__).parent / "reference" / "rates.csv")
PRINTED_TO = 100
"""ONS prints the denominators rounded to the nearest hundred and divides by the unrounded ones."""


def test_rates_are_those_ons_published_within_the_rounding_of_the_denominator():
    count, people, per = (PUBLISHED[name] for name in ("count", "denominator", "per"))
    low = rate_per(count, people + PRINTED_TO / 2, per.iloc[0])
    high = rate_per(count, people - PRINTED_TO / 2, per.iloc[0])
    assert ((low <= PUBLISHED["published"]) & (PUBLISHED["published"] <= high)).all()


def test_no_events_is_a_rate_of_zero():
    assert rate_per(0, 1000) == 0


def test_a_correction_gives_a_negative_rate():
    assert rate_per(-2, 1000) == -2


@pytest.mark.parametrize("people", [0, -5, math.nan])
def test_nobody_to_divide_by_gives_no_rate(people):
    assert math.isnan(rate_per(3, people))


def test_a_missing_count_gives_no_rate():
    np.testing.assert_array_equal(rate_per([math.nan, 2], 1000), [math.nan, 2])


def test_a_rate_is_per_something():
    with pytest.raises(ValueError, match=r"^a rate is per a number above zero, not 0$"):
        rate_per(1, 1, 0)


@given(st.integers(0, 10**6), st.integers(1, 10**8))
def test_twice_the_people_halve_the_rate(count, people):
    assert rate_per(count, 2 * people) == pytest.approx(rate_per(count, people) / 2)
