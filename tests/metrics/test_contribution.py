"""Parts that add up: in number exactly, in points as shown, and in rates."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.metrics.contribution import (
    contributions,
    nearest_wholes,
    rate_effects,
    rounded_to_add_up,
)
from dashboard.metrics.rounding import round_half_up

counts = st.integers(0, 10**7)
several = st.lists(st.tuples(counts, counts), min_size=1, max_size=30)


def frame(rows, **columns) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["previous", "current"], dtype=float)
    return found.assign(part=[f"part {n}" for n in range(len(found))], **columns)


@given(several, counts, counts)
def test_numbers_add_up_exactly_whatever_the_parts_leave_out(parts, rest_before, rest_now):
    before = sum(b for b, _ in parts) + rest_before
    now = sum(n for _, n in parts) + rest_now
    whole = pd.DataFrame({"previous": [float(before)], "current": [float(now)]})
    found = contributions(frame(parts), whole)
    assert found["previous"].sum() == before
    assert found["current"].sum() == now
    assert found["change"].sum() == now - before
    assert found["is_remainder"].any() == bool(rest_before or rest_now)
    if before:
        exact = [Fraction(100 * int(each), before) for each in found["change"]]
        assert sum(exact) == Fraction(100 * (now - before), before)
        assert found["points"].to_numpy() == pytest.approx([float(each) for each in exact])
        shown = rounded_to_add_up(found["points"])
        total = round_half_up(float(sum(exact)), 1)
        assert round(float(np.sum(shown)), 6) == pytest.approx(total, abs=0.1 + 1e-9)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=40), st.integers(0, 2))
def test_shown_points_add_up_to_the_shown_whole_and_move_less_than_a_step(tenths, places):
    values = np.array(tenths) / 137
    shown = rounded_to_add_up(values, places)
    step = 10.0**-places
    assert np.all(np.abs(shown - values) < step * (1 + 1e-6))
    assert float(shown.sum()) == pytest.approx(round_half_up(float(values.sum()), places))


def test_missing_points_stay_missing_and_add_nothing():
    shown = rounded_to_add_up([1.04, np.nan, 1.04, 1.04])
    assert np.isnan(shown[1])
    assert np.nansum(shown) == pytest.approx(3.1)
    assert rounded_to_add_up([]).size == 0


def test_the_largest_fall_comes_first_and_the_remainder_last():
    whole = pd.DataFrame({"previous": [1000.0], "current": [880.0]})
    found = contributions(frame([(100, 130), (500, 400), (300, 260)]), whole)
    assert found["part"].tolist() == ["part 1", "part 2", "part 0", "remainder"]
    assert found["change"].tolist() == [-100, -40, 30, -10]
    assert found["points"].tolist() == [-10, -4, 3, -1]
    assert found["share"].round(1).tolist() == [83.3, 33.3, -25.0, 8.3]


def test_a_part_without_a_figure_goes_into_the_remainder_and_keeps_its_row():
    whole = pd.DataFrame({"previous": [100.0], "current": [80.0]})
    found = contributions(frame([(60, 50), (40, None)]), whole).set_index("part")
    assert np.isnan(found.at["part 1", "change"])
    assert found.at["remainder", "change"] == -10


def test_nothing_before_gives_no_points_and_no_change_no_share():
    grown = contributions(frame([(0, 5)]), pd.DataFrame({"previous": [0.0], "current": [5.0]}))
    assert grown["change"].tolist() == [5]
    assert grown["points"].isna().all()
    same = contributions(
        frame([(3, 5), (5, 3)]), pd.DataFrame({"previous": [8.0], "current": [8.0]})
    )
    assert same["share"].isna().all()
    assert same["points"].sum() == 0


def test_a_whole_without_a_figure_has_no_points_and_no_remainder():
    whole = pd.DataFrame({"previous": [np.nan], "current": [8.0]})
    found = contributions(frame([(3, 5)]), whole)
    assert found["change"].tolist() == [2]
    assert found["points"].isna().all()
    assert not found["is_remainder"].any()


def test_many_wholes_in_one_call_are_each_as_alone():
    random = np.random.default_rng(4)
    parts = pd.concat(
        [
            frame(random.integers(0, 900, (6, 2)), area_code=area, indicator_id="x")
            for area in ("B", "A")
        ]
    )
    sums = parts.groupby(["area_code", "indicator_id"], as_index=False)[["previous", "current"]]
    wholes = sums.sum().assign(current=lambda each: each["current"] + 5)
    together = contributions(parts, wholes, by=["area_code", "indicator_id"])
    for area in ("A", "B"):
        own = together[together["area_code"].eq(area)]
        alone = contributions(
            parts[parts["area_code"].eq(area)], wholes[wholes["area_code"].eq(area)]
        )
        pd.testing.assert_frame_equal(
            own[alone.columns].reset_index(drop=True), alone.reset_index(drop=True)
        )


def test_two_of_one_name_are_refused():
    whole = pd.DataFrame({"previous": [1.0], "current": [1.0]})
    with pytest.raises(ValueError, match=r"^two parts of one name in a whole$"):
        contributions(frame([(1, 1), (0, 0)]).assign(part="a"), whole)
    with pytest.raises(ValueError, match=r"^two rows for one whole$"):
        contributions(frame([(1, 1)]), pd.concat([whole, whole]))


@given(
    arrays(float, (4, 20), elements=st.integers(0, 10**6).map(float)),
    st.integers(1, 10**7),
    st.integers(1, 10**7),
)
def test_count_and_population_effects_add_up_to_the_change_of_the_rate(numbers, before, now):
    c0, c1 = numbers[0], numbers[1]
    effects = rate_effects(c0, c1, before, now)
    change = 1000 * (c1 / now - c0 / before)
    assert effects.count + effects.population == pytest.approx(change, rel=1e-9, abs=1e-6)
    swapped = rate_effects(c1, c0, now, before)
    assert swapped.count == pytest.approx(-effects.count)
    if before == now:
        assert np.all(effects.population == 0)
    # The effects of parts add up to those of their whole.
    total = rate_effects(c0.sum(), c1.sum(), before, now)
    assert effects.count.sum() == pytest.approx(float(total.count), rel=1e-9, abs=1e-6)


def test_rate_effects_of_equal_counts_are_all_of_the_population():
    effects = rate_effects(100, 100, 1000, 1250)
    assert effects.count == 0
    assert effects.population == pytest.approx(-20)
    assert np.isnan(rate_effects(1, 1, 0, 1000).count)
    with pytest.raises(ValueError, match=r"^a rate is per a number above zero, not 0$"):
        rate_effects(1, 1, 1, 1, per=0)


def test_a_part_of_something_without_figures_belongs_to_the_next_larger_whole():
    part_of = {"dwelling": "burglary", "burglary": "theft", "theft": "all", "all": "", "x": ""}
    assert nearest_wholes(part_of, {"dwelling", "all", "x"}) == {
        "dwelling": "all", "all": "", "x": "",
    }  # fmt: skip
    assert nearest_wholes(part_of, {"dwelling", "burglary", "all"})["dwelling"] == "burglary"
    assert nearest_wholes({"a": "b", "b": "a"}, {"a"}) == {"a": ""}
