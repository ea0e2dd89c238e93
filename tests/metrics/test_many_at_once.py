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
from dashboard.metrics.control.rare import gaps_between, gaps_of_many
from dashboard.metrics.gap import fewer_needed_to_reach, gaps_to_rank, others_going_on
from dashboard.metrics.goals import (
    GOALS,
    goal_level,
    goal_levels,
    needed_each_month,
    needed_from_here,
    needed_per_month,
    needed_table,
)
from dashboard.metrics.history import (
    change_over_years,
    changes_over_years,
    falls_in_a_row,
    falls_running,
    ratio_to_largest_fall,
    ratios_to_largest_fall,
    totals_by_year,
    totals_of_years,
)
from dashboard.metrics.neighbours import nearest_neighbours, neighbours_of_all
from dashboard.metrics.path_levels import shares_of_months, spread_over_months, straight_levels
from dashboard.metrics.percent import percent_change
from dashboard.metrics.rank_movement import movement as rank_movement
from dashboard.metrics.rank_movement import ranks_over_time
from dashboard.metrics.ranking import mean_of_group, means_of_groups, quartile_of, quartiles_of
from dashboard.metrics.ratio_intervals import p_of_difference, percent_difference_interval
from dashboard.metrics.rolling import rolling_levels
from dashboard.metrics.significance import significance_of_percents
from dashboard.metrics.trajectory import (
    MonthShares,
    month_shares,
    path_level_at,
    seasonal_path,
    straight_path,
)
from dashboard.metrics.what_if import (
    replace_part,
    replace_parts,
    year_with_part_replaced,
    years_with_part_replaced,
)
from dashboard.metrics.worth import movement, movements

THOUSAND = 1000
LOOKED_AT = 12
"""Of a thousand series those that are worked out alone too, where one alone takes a while."""
MONTHS = pd.period_range("2006-04", periods=36, freq="M")

few = settings(max_examples=8, deadline=None)
figure = st.one_of(st.just(math.nan), st.just(0.0), st.integers(0, 400).map(float))
known = st.integers(0, 400).map(float)


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
@given(tables(4), st.booleans())
def test_what_is_needed_a_month(table, lower):
    goal, counted, mean, left = table.T
    left = np.nan_to_num(left) % 13
    found = needed_each_month(goal, counted, left, lower, mean)
    for place in range(THOUSAND):
        if math.isnan(goal[place] - counted[place]):
            assert math.isnan(found.per_month[place])
            continue
        alone = needed_per_month(goal[place], counted[place], int(left[place]), lower, mean[place])
        same([part[place] for part in found],
             [alone.per_month, alone.change_from_mean, alone.beyond])  # fmt: skip


@few
@given(tables(30), tables(2))
def test_what_is_needed_from_here_of_many_series(values, goals):
    frame = as_frame(values)
    asked = pd.DataFrame(
        {
            "area_code": frame["area_code"].unique(),
            "goal": goals[:, 0] * 12,
            "due": np.where(goals[:, 1] > 100, "2009-03", "2011-03"),
            "lower_is_better": True,
        }
    )
    found = needed_table(frame, ["area_code"], asked, "2008-09")
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        row = found.iloc[place]
        own = frame[frame["area_code"].eq(row["area_code"])]
        goal = None if math.isnan(row["goal"]) else row["goal"]
        alone = needed_from_here(own, goal, row["due"], "2008-09")
        same(
            row[["per_month", "months_left", "counted", "mean_last_year", "change_from_mean"]],
            [alone.per_month, alone.months_left, alone.counted, alone.mean_last_year,
             alone.change_from_mean],
        )  # fmt: skip


@few
@given(tables(2), st.integers(0, 2**32 - 1))
def test_levels_of_goals(table, seed):
    goals = np.random.default_rng(seed).choice(GOALS, size=THOUSAND)
    alone = [goal_level(goal, *row) for goal, row in zip(goals, table.tolist(), strict=True)]
    same(goal_levels(goals, *table.T), alone)


@few
@given(tables(3, of=known))
def test_a_part_replaced(table):
    others, part, instead = table.T
    found = replace_parts(others + part, part, instead)
    alone = [replace_part(a + b, b, c) for a, b, c in zip(others, part, instead, strict=True)]
    same(found.result, [each.result for each in alone])
    same(found.change, [each.change for each in alone])
    same(found.percent, [each.percent for each in alone])


@few
@given(tables(7, of=known))
def test_a_year_with_a_part_replaced(table):
    counted, before, rest = table[:, :2], table[:, 2:4], table[:, 4:]
    found = years_with_part_replaced(counted, before, rest)
    for place in range(THOUSAND):
        row = [tuple(each[place].tolist()) for each in (counted, before, rest)]
        if math.isnan(found.as_things_go[place]):
            with pytest.raises(ValueError, match="no ratio"):
                year_with_part_replaced(*row)
            continue
        alone = year_with_part_replaced(*row)
        same([part[place] for part in found],
             [alone.counted, alone.as_things_go, alone.with_part_replaced])  # fmt: skip


@few
@given(tables(5, 4), st.booleans())
def test_whether_the_years_differ(table, counts):
    found = movements(table, counts=counts)
    alone = [movement(each, counts=counts) for each in table]
    for name in ("f", "p_value", "share", "years"):
        same(getattr(found, name), [getattr(each, name) for each in alone])


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
@given(tables(9))
def test_the_gaps_between_rare_events(table):
    found = gaps_of_many(np.where(table > 200, 1, table * 0))
    for place, row in enumerate(np.where(table > 200, 1, table * 0)):
        lengths, ends, run = [], [], None
        for at, count in enumerate(row):
            if math.isnan(count):
                run = None
            elif count:
                lengths, ends = (lengths, ends) if run is None else ([*lengths, run], [*ends, at])
                run = 0
            elif run is not None:
                run += 1
        kept = np.isfinite(found.lengths[place])
        assert found.lengths[place][kept].tolist() == lengths
        assert found.ends[place][kept].tolist() == ends
        assert found.open_lengths[place] == (run or 0)
        assert gaps_between(row).lengths.tolist() == lengths


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
def test_means_quarters_and_places_of_many_groups(table):
    count, people, before = (table[..., each] for each in range(3))
    means = means_of_groups(count, people)
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
        alone = mean_of_group(members)
        same([part[place] for part in means], [alone.unweighted, alone.pooled, alone.with_data])
        pair = (each[each["group"].eq(place)] for each in (then, now))
        one = rank_movement(*pair, lower_is_better=True)
        many = moved[moved["group"].eq(place)].drop(columns="group").reset_index(drop=True)
        pd.testing.assert_frame_equal(many, one)
        one = ranks_over_time(both[both["group"].eq(place)], lower_is_better=True)
        pd.testing.assert_frame_equal(over_time[over_time["group"].eq(place)], one)
        on = others_going_on(members.assign(count_before=before[place]), "A")
        assert on["count"].iloc[0] == pytest.approx(count[place, 0], nan_ok=True)
    ranks = over_time["rank"].to_numpy(dtype=float, na_value=np.nan)[: 6 * LOOKED_AT]
    size = over_time["with_data"].to_numpy()[: 6 * LOOKED_AT]
    same(quartiles_of(ranks, size),
         [quartile_of(None if math.isnan(rank) else int(rank), int(of))
          for rank, of in zip(ranks, size, strict=True)])  # fmt: skip


@few
@given(tables(5), st.integers(1, 6))
def test_several_years(values, years):
    percent = percent_change(values[:, 1:], values[:, :-1])
    percent = np.column_stack([np.full(THOUSAND, np.nan), percent])
    falls, ratios = falls_running(values), ratios_to_largest_fall(percent)
    over = changes_over_years(values, years)
    for place in range(0, THOUSAND, THOUSAND // (10 * LOOKED_AT)):
        totals = pd.DataFrame({"value": values[place], "percent": percent[place]})
        ratio = ratio_to_largest_fall(totals)
        same([falls[place], over[place], *(part[place] for part in ratios)],
             [falls_in_a_row(totals), change_over_years(totals, years), ratio.change,
              ratio.largest_earlier_fall, ratio.ratio])  # fmt: skip


@few
@given(tables(36))
def test_totals_of_years_and_rolling_levels(values):
    frame = as_frame(values)
    years = totals_of_years(frame, ["area_code"], "2009-03", "ytd", 3)
    levels = rolling_levels(frame, by=["area_code"])
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        own = frame[frame["area_code"].eq(years.keys["area_code"].iloc[place])]
        alone = totals_by_year(own, "2009-03", "ytd")
        same(years.values[place, 3 - len(alone) :], alone["value"].tolist())
        assert years.labels[3 - len(alone) :] == alone["label"].tolist()
        own_levels = levels[levels["area_code"].eq(f"A{place:04}")].drop(columns="area_code")
        pd.testing.assert_frame_equal(own_levels.reset_index(drop=True), rolling_levels(own))


@few
@given(tables(2), tables(3, of=st.integers(0, 60).map(float)))
def test_straight_paths(levels, months):
    start, ahead, at = months.T
    first = MONTHS[0].ordinal + start
    last, month = first + 1 + ahead, first - 5 + at
    found = straight_levels(levels[:, 0], first, levels[:, 1], last, month)
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        ends = [pd.Period(ordinal=int(each[place]), freq="M") for each in (first, last, month)]
        path = straight_path(levels[place, 0], ends[0], levels[place, 1], ends[1])
        if not np.isnan(levels[place]).any():
            same([found[place]], [path_level_at(path, ends[2])])


@few
@given(tables(36))
def test_the_season_of_paths(values):
    shares = shares_of_months(values)
    spread = spread_over_months(values[:, 0], shares)
    frame = as_frame(values)
    for place in range(0, THOUSAND, THOUSAND // LOOKED_AT):
        own = frame[frame["area_code"].eq(f"A{place:04}")]
        alone = month_shares(own, "2009-04")
        same(shares[place], list(alone.shares) or [None] * 12)
        if alone.shares and not math.isnan(values[place, 0]):
            path = seasonal_path(values[place, 0], MonthShares(alone.shares), "2009/10")
            same(spread[place], path["level"].tolist())
            same(np.cumsum(spread[place]), path["cumulative"].tolist())


@few
@given(tables(2, of=st.integers(0, 100).map(float)), st.integers(30, 3000))
def test_surveys_held_against_each_other(table, asked):
    before, after = table.T
    interval = percent_difference_interval(before, asked, after, asked)
    found = p_of_difference(after - before, interval)
    alone = [
        significance_of_percents(a, b, sample_before=asked, sample_after=asked).p_value
        for a, b in table[:: THOUSAND // LOOKED_AT].tolist()
    ]
    np.testing.assert_allclose(found[:: THOUSAND // LOOKED_AT], alone, rtol=1e-9, atol=1e-15)


@few
@given(tables(2, of=known), st.integers(1, 20))
def test_the_neighbours_of_every_area(values, others):
    codes = [f"A{place:04}" for place in range(200)]
    measures = pd.DataFrame(values[:200], index=codes, columns=["residents", "robbery"])
    found = neighbours_of_all(measures, others)
    for code in codes[:: len(codes) // LOOKED_AT]:
        own = found[found["of_area_code"].eq(code)].drop(columns="of_area_code")
        alone = nearest_neighbours(measures, code, others)[own.columns]
        pd.testing.assert_frame_equal(own.reset_index(drop=True), alone)
