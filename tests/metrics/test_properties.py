"""What holds whatever the figures: order, unit, direction and family make no difference."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dashboard.metrics.control.limits import limits_for
from dashboard.metrics.control.rules import find_signals
from dashboard.metrics.control.season import centred_average, seasonally_adjust
from dashboard.metrics.dispersion import (
    dispersion_at,
    dispersion_of,
    dispersion_of_rolling_years,
)
from dashboard.metrics.exceptions import (
    SIGNIFICANT_ALONE,
    exceptions_among,
    gone_quiet,
    newly_raised,
    order_for_meeting,
)
from dashboard.metrics.false_discovery import FALSE_DISCOVERY_RATE
from dashboard.metrics.funnel import funnel, place_in_funnel
from dashboard.metrics.neighbours import nearest_neighbours
from dashboard.metrics.rank_movement import ranks_over_time
from dashboard.metrics.rank_uncertainty import (
    chance_of_moving,
    chance_within,
    interval_of_rank,
    rank_distribution,
)
from dashboard.metrics.ranking import competition_ranks, mean_of_group
from dashboard.metrics.significance import significance_of_counts, significance_of_percents
from dashboard.metrics.status_table import WORDS
from dashboard.metrics.trajectory import annual_levels, path_level_at, stepped_path
from dashboard.metrics.trend import DECREASING, INCREASING, recent_trend_overlapping

count = st.integers(0, 5000)
history = arrays.arrays(float, st.tuples(st.just(3), st.integers(30, 60)), elements=count)
one_p = st.one_of(st.floats(0, 1), st.just(float("nan")))


@st.composite
def meetings(draw: st.DrawFn) -> pd.DataFrame:
    """Rows of a meeting's list."""
    size = draw(st.integers(1, 12))
    each = st.lists
    of = {"min_size": size, "max_size": size}
    return pd.DataFrame(
        {
            "indicator_id": [f"i{place:02}" for place in range(size)],
            "word": draw(each(st.sampled_from(WORDS), **of)),
            "kind": draw(each(st.sampled_from(["stretch", "designated", "plan", None]), **of)),
            "reward_gbp": draw(each(st.sampled_from([np.nan, 1e5, 5e5]), **of)),
            "percent": draw(each(st.one_of(st.floats(-80, 80), st.just(np.nan)), **of)),
            "lower_is_better": draw(each(st.booleans(), **of)),
            "is_unreliable": draw(each(st.booleans(), **of)),
            "p_value": draw(each(one_p, **of)),
        }
    )


@given(meetings(), st.randoms())
def test_a_meetings_order_is_of_all_rows_and_whatever_order_they_came_in(rows, random):
    ordered = order_for_meeting(rows)
    assert sorted(ordered["indicator_id"]) == rows["indicator_id"].tolist()
    assert ordered["tier"].is_monotonic_increasing
    assert ordered.loc[ordered["needs_attention"], "why"].ne("").all()
    assert not ordered.loc[ordered["is_unreliable"], "is_discovery"].any()
    mixed = rows.sample(frac=1, random_state=random.randint(0, 9999))
    pd.testing.assert_frame_equal(order_for_meeting(mixed)[ordered.columns], ordered)


@given(meetings(), meetings())
def test_what_is_quiet_and_what_is_new_are_apart_and_were_listed(now, before):
    now, before = order_for_meeting(now), order_for_meeting(before)
    quiet, raised = set(gone_quiet(now, before)["indicator_id"]), set(newly_raised(now, before))
    then = set(before.loc[before["needs_attention"], "indicator_id"])
    still = set(now.loc[now["needs_attention"], "indicator_id"])
    assert quiet == (then & set(now["indicator_id"])) - still
    assert raised == still - then


@given(st.lists(st.tuples(count, count, one_p, st.booleans()), min_size=1, max_size=30))
def test_an_exception_is_for_the_worse_and_would_be_one_alone_too(rows):
    changes = pd.DataFrame(rows, columns=["current", "previous", "p_value", "lower_is_better"])
    found = exceptions_among(changes)
    assert len(found) == len(changes)
    called = found[found["is_exception"]]
    assert called["worse_by"].gt(0).all()
    assert called["p_adjusted"].le(FALSE_DISCOVERY_RATE).all()
    # The adjusted p-value is never the smaller one, so that none is called that a test would not.
    assert called["p_value"].le(min(FALSE_DISCOVERY_RATE, SIGNIFICANT_ALONE)).all()
    assert found["is_exception"].is_monotonic_decreasing
    stricter = exceptions_among(changes, method="by")
    assert stricter["is_exception"].sum() <= found["is_exception"].sum()


@given(count, count, st.floats(1, 20))
def test_a_change_and_its_way_back_are_as_surprising(before, after, dispersion):
    there = significance_of_counts(before, after, dispersion=dispersion)
    back = significance_of_counts(after, before, dispersion=dispersion)
    assert there.p_value == pytest.approx(back.p_value)
    assert there.e_test_p_value == pytest.approx(back.e_test_p_value)
    low, high = there.ratio_95
    if before and after:
        assert low <= after / before <= high
        # The test and the interval of the ratio are one: 1 lies outside just when p is under 5%.
        if abs(there.p_value - 0.05) > 1e-6:
            assert there.is_beyond_chance == (low > 1 or high < 1)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(30, 3000), st.floats(1, 3))
def test_those_who_agree_and_those_who_do_not_change_alike(before, after, asked, effect):
    both = {"sample_before": asked, "sample_after": 2 * asked, "design_effect": effect}
    agree = significance_of_percents(before, after, **both)
    others = significance_of_percents(100 - before, 100 - after, **both)
    assert agree.p_value == pytest.approx(others.p_value, abs=1e-6)
    low, high = agree.difference_95
    assert low - 1e-9 <= after - before <= high + 1e-9
    wider = significance_of_percents(before, after, **{**both, "design_effect": 2 * effect})
    assert wider.p_value >= agree.p_value - 1e-9


@given(history)
def test_a_series_is_as_uneven_backwards_and_beside_others(counts):
    for found, back in (
        (dispersion_of(counts), dispersion_of(counts[:, ::-1])),
        (dispersion_of_rolling_years(counts), dispersion_of_rolling_years(counts[:, ::-1])),
    ):
        np.testing.assert_allclose(back.estimate, found.estimate, rtol=1e-6, atol=1e-9)
        assert (dispersion_at(300, "robbery", found) >= 1).all()
    alone = [float(dispersion_of_rolling_years(row).estimate) for row in counts]
    np.testing.assert_allclose(dispersion_of_rolling_years(counts).estimate, alone)


@given(st.lists(st.floats(50, 5000), min_size=8, max_size=8), st.floats(1, 200), st.floats(0.1, 10))
def test_an_overlapping_trend_has_no_unit_and_turns_round_with_time(values, half, unit):
    years = np.array(values)
    found = recent_trend_overlapping(years, years - half, years + half)
    scaled = recent_trend_overlapping(unit * years, unit * (years - half), unit * (years + half))
    back = recent_trend_overlapping(years[::-1], years[::-1] - half, years[::-1] + half)
    assert scaled.chi_square == pytest.approx(found.chi_square, rel=1e-6, abs=1e-9)
    assert back.chi_square == pytest.approx(found.chi_square, rel=1e-6, abs=1e-9)
    swap = {INCREASING: DECREASING, DECREASING: INCREASING}
    assert back.word == swap.get(str(found.word), found.word)


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 400), min_size=3, max_size=9),
    st.lists(st.integers(0, 400), min_size=9, max_size=9),
    st.integers(1, 9),
)
def test_a_better_place_asked_for_is_never_likelier(counts, earlier, goal):
    now, before = (
        rank_distribution([each], 1000.0, 0)[0] for each in (counts, earlier[: len(counts)])
    )
    goal = min(goal, len(counts))
    assert chance_within(now, goal) >= chance_within(now, goal - 1)
    assert chance_within(now, len(counts)) == pytest.approx(1)
    moved = chance_of_moving(before, now)
    assert sum(moved) == pytest.approx(1)
    other_way = chance_of_moving(now, before)
    assert other_way.up == pytest.approx(moved.down, abs=1e-9)
    (low, high), (lower, higher) = (interval_of_rank(now, each) for each in (0.8, 0.998))
    assert 1 <= lower <= low <= high <= higher <= len(counts)


@given(st.lists(st.tuples(count, st.integers(1, 100_000)), min_size=1, max_size=15))
def test_a_groups_means_lie_among_its_members(members):
    frame = pd.DataFrame(members, columns=["count", "denominator"]).assign(area_code="x")
    rates = 1000 * frame["count"] / frame["denominator"]
    mean = mean_of_group(frame)
    for each in (mean.unweighted, mean.pooled):
        assert rates.min() * (1 - 1e-9) <= each <= rates.max() * (1 + 1e-9)


@given(
    arrays.arrays(float, (4, 3), elements=st.sampled_from([1.0, 2.0, 3.0, np.nan])), st.booleans()
)
def test_places_over_time_are_those_of_each_period(values, lower_is_better):
    figures = pd.DataFrame(
        {
            "area_code": np.tile(list("abcd"), 3),
            "period": np.repeat(["x", "y", "z"], 4),
            "value": values.T.ravel(),
        }
    )
    ranked = ranks_over_time(figures, lower_is_better)["rank"].to_numpy(
        dtype=float, na_value=np.nan
    )
    alone = np.concatenate([competition_ranks(each, lower_is_better) for each in values.T])
    np.testing.assert_array_equal(ranked, alone)


@given(st.lists(st.tuples(count, st.integers(100, 100_000)), min_size=3, max_size=30), st.randoms())
def test_a_funnel_does_not_mind_the_order_of_areas(areas, random):
    order = list(range(len(areas)))
    random.shuffle(order)
    counts, people = np.array(areas, dtype=float).T
    plot, again = funnel(counts, people), funnel(counts[order], people[order])
    assert again.between == pytest.approx(plot.between, nan_ok=True, rel=1e-6, abs=1e-12)
    if plot.widening == again.widening and np.isfinite(plot.target):
        there = place_in_funnel(counts, people, plot)
        assert (
            there[order].tolist() == place_in_funnel(counts[order], people[order], again).tolist()
        )


@given(st.integers(2, 8), st.randoms())
def test_nearness_is_mutual(size, random):
    codes = [f"a{place}" for place in range(size)]
    measures = pd.DataFrame(
        {name: [random.uniform(1, 100) for _ in codes] for name in ("size", "rate")}, index=codes
    )
    far = {
        code: nearest_neighbours(measures, code, size).set_index("area_code")["distance"]
        for code in codes
    }
    for one in codes:
        for other in codes:
            assert far[one][other] == pytest.approx(far[other][one])


@given(arrays.arrays(float, (2, 48), elements=st.integers(20, 400)), st.floats(0.5, 50))
def test_a_season_is_a_matter_of_proportion(values, factor):
    places = np.arange(48) % 12
    plain = seasonally_adjust(values, places)
    scaled = seasonally_adjust(factor * values, places, smallest_mean=0)
    usual = seasonally_adjust(values, places, smallest_mean=0)
    np.testing.assert_allclose(scaled.factors, usual.factors, rtol=1e-9)
    np.testing.assert_allclose(plain.adjusted * plain.factors, values)
    average = centred_average(values, 12)
    known = average[np.isfinite(average)]
    assert ((known >= values.min() - 1e-9) & (known <= values.max() + 1e-9)).all()


@given(arrays.arrays(float, (2, 30), elements=st.integers(0, 60)))
def test_signals_turn_round_with_the_figures(values):
    up, down = (find_signals(limits_for("xmr", each, floor=-np.inf)) for each in (values, -values))
    np.testing.assert_array_equal(up.direction, -down.direction)


@given(st.dictionaries(st.integers(2000, 2020), st.floats(0, 1e6), min_size=1, max_size=6))
def test_steps_are_what_they_say_in_every_year_and_nothing_else(steps):
    levels = {f"{year}/{(year + 1) % 100:02}": level for year, level in steps.items()}
    path = stepped_path(levels)
    assert len(path) == 12 * len(levels)
    assert annual_levels(path) == levels
    for year, level in steps.items():
        assert path_level_at(path, pd.Period(f"{year}-04", "M")) == level
        assert path_level_at(path, pd.Period(f"{year + 1}-03", "M")) == level
