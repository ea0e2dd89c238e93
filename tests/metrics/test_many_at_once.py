"""A thousand series in one call give what each gives by itself."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.metrics.best_run import best_run, best_runs
from dashboard.metrics.gap import fewer_needed_to_reach, gaps_to_rank, others_going_on
from dashboard.metrics.rank_movement import movement as rank_movement
from dashboard.metrics.rank_movement import ranks_over_time
from dashboard.metrics.rolling import rolling_levels

THOUSAND = 1000
LOOKED_AT = 12
"""Of a thousand series those that are worked out alone too, where one alone takes a while."""
MONTHS = pd.period_range("2006-04", periods=36, freq="M")

few = settings(max_examples=8, deadline=None)
figure = st.one_of(st.just(math.nan), st.just(0.0), st.integers(0, 400).map(float))


def tables(*shape: int, of: st.SearchStrategy[float] = figure) -> st.SearchStrategy[np.ndarray]:
    """A thousand series of figures drawn from a handful, so that ties and gaps are common."""

    def filled(pool: list[float], seed: int) -> np.ndarray:
        return np.random.default_rng(seed).choice(pool, size=(THOUSAND, *shape))

    pools = st.lists(of, min_size=2, max_size=12)
    return st.builds(filled, pools, st.integers(0, 2**32 - 1))


def same(found: object, alone: list[object]) -> None:
    """Hold many against one at a time, where None is NaN."""
    expected = np.array([np.nan if each is None else each for each in alone], dtype=float)
    np.testing.assert_allclose(np.asarray(found, dtype=float), expected, rtol=1e-12, atol=1e-12)


def as_frame(values: np.ndarray) -> pd.DataFrame:
    """The months of many series as rows, told apart by area_code."""
    codes = [f"A{place:04}" for place in range(len(values))]
    wide = pd.DataFrame(values, index=codes, columns=MONTHS[: values.shape[1]].to_timestamp())
    long = wide.stack(future_stack=True).rename_axis(["area_code", "period_start"])
    return long.rename("value").reset_index().assign(period_kind="month")


@few
@given(tables(24), st.integers(1, 24), st.booleans())
def test_the_best_run(table, months, lower):
    found = best_runs(table, months, lower)
    frame = as_frame(table)
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        own = frame[frame["area_code"].eq(f"A{place:04}")]
        alone = best_run(own, months, MONTHS[23], lower)
        same([found.mean[place], found.runs[place]], [alone.mean, alone.runs])
        if alone.window is not None:
            assert MONTHS[found.begins[place]] == alone.window.first_month


@few
@given(tables(6, 2), st.integers(1, 6), st.booleans())
def test_the_gap_to_a_rank(table, rank, lower):
    count, people = table[..., 0], table[..., 1] * 7
    own = np.arange(THOUSAND) % 6
    found = gaps_to_rank(count, people, own, rank, lower)
    codes = list("ABCDEF")
    for place in range(THOUSAND):
        expected = gap_in_fractions(count[place], people[place], own[place], rank, lower)
        same([found.events[place]], [expected])
        if place % (THOUSAND // LOOKED_AT) == 0:
            members = pd.DataFrame(
                {"area_code": codes, "count": count[place], "denominator": people[place]}
            )
            alone = fewer_needed_to_reach(members, codes[own[place]], rank, lower)
            same([found.events[place], found.rate_to_reach[place]],
                 [alone.events, alone.rate_to_reach if alone.events is not None
                  else found.rate_to_reach[place]])  # fmt: skip


def gap_in_fractions(count, people, own, rank, lower) -> float:
    rates = [
        Fraction(a) / Fraction(b) if not math.isnan(a) and b > 0 else None
        for a, b in zip(count.tolist(), people.tolist(), strict=True)
    ]
    if rates[own] is None:
        return math.nan
    others = [each for at, each in enumerate(rates) if at != own and each is not None]
    others.sort(reverse=not lower)
    if len(others) < rank:
        return 0
    level = others[rank - 1] * Fraction(people[own])
    gap = Fraction(count[own]) - level
    return max(0, math.ceil(gap if lower else -gap))


@few
@given(tables(6, 3))
def test_places_of_many_groups(table):
    count, people, before = (table[..., each] for each in range(3))
    codes = list("ABCDEF")
    groups = pd.DataFrame({"group": np.repeat(np.arange(THOUSAND), 6), "area_code": codes * 1000})
    now, then = (groups.assign(value=each.ravel()) for each in (count, before))
    moved = rank_movement(then, now, lower_is_better=True, by=["group"])
    both = pd.concat([then.assign(period="then"), now.assign(period="now")], ignore_index=True)
    over_time = ranks_over_time(both, lower_is_better=True, by=["group"])
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        members = pd.DataFrame(
            {"area_code": codes, "count": count[place], "denominator": people[place]}
        )
        pair = (each[each["group"].eq(place)] for each in (then, now))
        one = rank_movement(*pair, lower_is_better=True)
        many = moved[moved["group"].eq(place)].drop(columns="group").reset_index(drop=True)
        pd.testing.assert_frame_equal(many, one)
        one = ranks_over_time(both[both["group"].eq(place)], lower_is_better=True)
        pd.testing.assert_frame_equal(over_time[over_time["group"].eq(place)], one)
        on = others_going_on(members.assign(count_before=before[place]), "A")
        assert on["count"].iloc[0] == pytest.approx(count[place, 0], nan_ok=True)


@few
@given(tables(36))
def test_rolling_levels(values):
    frame = as_frame(values)
    levels = rolling_levels(frame, by=["area_code"])
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        code = f"A{place:04}"
        own_levels = levels[levels["area_code"].eq(code)].drop(columns="area_code")
        own = rolling_levels(frame[frame["area_code"].eq(code)])
        pd.testing.assert_frame_equal(own_levels.reset_index(drop=True), own)
