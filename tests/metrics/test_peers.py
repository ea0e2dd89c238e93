"""Funnel, distances, dispersion, neighbours, who is near, and ranks over time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom, poisson

from dashboard.metrics.funnel import (
    WIDENINGS,
    Funnel,
    funnel,
    limits_at,
    place_in_funnel,
    winsorised,
)
from dashboard.metrics.gap import fewer_needed_to_reach, others_going_on
from dashboard.metrics.group_distance import from_pooled_mean, from_unweighted_mean, nearby
from dashboard.metrics.neighbours import nearest_neighbours
from dashboard.metrics.rank_movement import ranks_over_time
from dashboard.metrics.ranking import quartile_of, rank_members


class TestFunnel:
    def test_poisson_limits_are_those_of_the_definition(self) -> None:
        # Spiegelhalter 2005, A.1.1: r - alpha, alpha = (P(X <= r) - p) / P(X = r).
        plot = funnel([10, 10], [1000, 1000])
        lower, upper = limits_at(plot, 1000, 0.95)
        for p, limit in ((0.025, lower), (0.975, upper)):
            r = poisson.ppf(p, 10)
            alpha = (poisson.cdf(r, 10) - p) / poisson.pmf(r, 10)
            assert limit == pytest.approx(r - alpha)
        assert 3 <= lower <= 4
        assert 16 <= upper <= 17

    def test_no_widening_where_chance_alone_sets_areas_apart(self) -> None:
        people = np.linspace(5e4, 3e5, 200)
        counts = np.random.default_rng(4).poisson(people * 0.01)
        plot = funnel(counts, people)
        assert (plot.widening, plot.is_overdispersed, plot.between) == ("none", False, 0.0)
        outside = np.isin(place_in_funnel(counts, people, plot), ["inside"], invert=True)
        assert outside.mean() == pytest.approx(0.05, abs=0.03)

    @pytest.mark.parametrize("spread", [0.1, 0.2, 0.3])
    def test_the_spread_between_areas_is_found_again(self, spread) -> None:
        draw = np.random.default_rng(11)
        people = draw.uniform(5e4, 3e5, 2000)
        counts = draw.poisson(people * 0.01 * (1 + draw.normal(0, spread, 2000)))
        plot = funnel(counts, people, share=0.0)
        assert plot.widening == "additive"
        assert 2 * plot.between == pytest.approx(spread, rel=0.08)
        inside = place_in_funnel(counts, people, plot) == "inside"
        assert inside.mean() == pytest.approx(0.95, abs=0.02)

    def test_additive_by_hand(self) -> None:
        counts, people = np.array([1600.0, 400.0, 900.0]), np.array([1e5, 1e5, 1e5])
        plot = funnel(counts, people, share=0.0)
        expected = 2900 / 3
        z = 2 * (np.sqrt(counts) - np.sqrt(expected))
        assert plot.dispersion == pytest.approx((z**2).mean())
        # Equal weights w = 4E: room = 3w - w = 2w.
        assert plot.between**2 == pytest.approx(((z**2).sum() - 2) / (8 * expected))

    @pytest.mark.parametrize("widening", WIDENINGS)
    def test_limits_narrow_with_size_and_hold_the_target(self, widening) -> None:
        draw = np.random.default_rng(5)
        people = draw.uniform(1e4, 3e5, 60)
        plot = funnel(draw.poisson(people * draw.uniform(0.005, 0.02, 60)), people, widening)
        sizes = np.geomspace(1e3, 1e6, 30)
        inner, outer = limits_at(plot, sizes, 0.95), limits_at(plot, sizes, 0.998)
        for lower, upper in (inner, outer):
            assert ((lower <= plot.target) & (upper >= plot.target)).all()
            assert (np.diff(upper) <= 1e-9).all()
        assert (outer[0] <= inner[0]).all()
        assert (outer[1] >= inner[1]).all()

    @pytest.mark.parametrize(("events", "of"), [(1, 100), (5, 100)])
    def test_a_few_events_are_inside_just_when_their_exact_interval_holds_the_target(
        self, events, of, shared_root
    ) -> None:
        """The published exact intervals are the targets at which an area passes a limit."""
        published = pd.read_csv(shared_root / "reference" / "intervals.csv")
        row = published[published["method"].eq("exact_poisson_rate_per_100")]
        row = row[row["x"].eq(events) & row["n"].eq(of)].iloc[0]
        for edge, word in ((row["lower"], "high"), (row["upper"], "low")):
            outward = -1e-5 if word == "high" else 1e-5
            for level, place in ((edge + outward, word), (edge - outward, "inside")):
                plot = funnel([events], [of], "none", 100, about=level)
                assert place_in_funnel([events], [of], plot)[0] == place

    def test_no_event_is_never_too_many_and_one_only_where_it_is_exactly_rare(self) -> None:
        for expected in (0.001, 0.02, 0.0254, 0.03, 0.5):
            plot = funnel([0, 1], [1000, 1000], "none", about=expected)
            assert list(place_in_funnel([0], [1000], plot)) == ["inside"]
            is_rare = 1 - np.exp(-expected) < 0.025
            assert (place_in_funnel([1], [1000], plot)[0] != "inside") == is_rare

    def test_from_ten_events_on_limits_are_interpolated_as_published(self) -> None:
        """Spiegelhalter 2005, A.1.1: r less (F(r) - p) / (F(r) - F(r - 1))."""
        plot = funnel([50], [1000], "none", about=50)
        for limit, p in zip(limits_at(plot, 1000, 0.95), (0.025, 0.975), strict=True):
            r = int(poisson.ppf(p, 50))
            part = (poisson.cdf(r, 50) - p) / poisson.pmf(r, 50)
            assert limit == pytest.approx(r - part)

    def test_limits_of_a_proportion_are_those_of_wilson_the_other_way_round(
        self, shared_root
    ) -> None:
        """At a published Wilson limit as target, the normal limit (A.1.1) is the share itself."""
        published = pd.read_csv(shared_root / "reference" / "intervals.csv")
        for row in published[published["method"].eq("wilson_proportion")].itertuples():
            for level, side in ((row.lower, 1), (row.upper, 0)):
                plot = Funnel(level, 1.0, 9, 1.0, True, "multiplicative", 0.0, is_proportion=True)
                limit = limits_at(plot, row.n, row.confidence)[side]
                assert limit == pytest.approx(row.x / row.n, abs=2e-5)

    @pytest.mark.parametrize(("yes", "asked"), [(1, 100), (6, 40), (0, 30), (93, 100)])
    def test_few_yes_are_inside_just_when_clopper_and_pearson_hold_the_target(
        self, yes, asked
    ) -> None:
        lower = beta.ppf(0.025, yes, asked - yes + 1) if yes else 0.0
        upper = beta.ppf(0.975, yes + 1, asked - yes)
        for level in np.linspace(0.002, 0.6, 150):
            plot = funnel([yes], [asked], "none", 1.0, about=level, is_proportion=True)
            if (binom.ppf([0.025, 0.975], asked, level) >= 10).any():
                continue
            is_inside = place_in_funnel([yes], [asked], plot)[0] == "inside"
            assert is_inside == (lower < level < upper)

    def test_the_spread_between_proportions_is_found_again(self) -> None:
        draw = np.random.default_rng(12)
        asked = draw.integers(300, 3000, 3000)
        true = np.sin(np.arcsin(np.sqrt(0.3)) + draw.normal(0, 0.08, 3000)) ** 2
        yes = draw.binomial(asked, true)
        plot = funnel(yes, asked, share=0.0, per=100, is_proportion=True)
        assert plot.widening == "additive"
        assert plot.between == pytest.approx(0.08, rel=0.08)
        assert (place_in_funnel(yes, asked, plot) == "inside").mean() == pytest.approx(
            0.95, abs=0.02
        )
        lower, upper = limits_at(plot, np.array([1, 5, 1e6]), 0.998)
        assert ((lower >= 0) & (upper <= 100)).all()

    def test_a_given_target_is_what_the_limits_are_about(self) -> None:
        counts, people = [1000, 1010, 990, 1005], [1e5] * 4
        plot = funnel(counts, people, about=8)
        assert (plot.target, plot.is_given) == (8, True)
        assert set(place_in_funnel(counts, people, plot)) != {"inside"}
        assert set(place_in_funnel(counts, people, funnel(counts, people))) == {"inside"}
        # How much areas differ among themselves is the same about any target.
        assert plot.dispersion == funnel(counts, people).dispersion
        for level, is_proportion in ((0, False), (-1, False), (1000, True)):
            with pytest.raises(ValueError, match="a funnel cannot be about"):
                funnel(counts, people, about=level, is_proportion=is_proportion)
        with pytest.raises(ValueError, match="no more events"):
            funnel([5], [4], is_proportion=True)

    def test_no_data_and_no_events(self) -> None:
        nothing = funnel([np.nan, np.nan], [1000, 0])
        assert nothing.areas == 0
        assert list(place_in_funnel([np.nan], [1000], nothing)) == [""]
        assert np.isnan(funnel([0, 0], [10, 10]).target)

    def test_an_unknown_widening_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="'both' is not one of"):
            funnel([1, 2], [1, 1], "both")  # ty: ignore[invalid-argument-type]


class TestDistance:
    def test_by_hand_with_two_members(self) -> None:
        # Rates 30 and 10 per 1,000: half of the difference, and half of its error.
        found = from_unweighted_mean([30, 10], 1000, 0)
        error = np.sqrt(30.5 + 10.5) / 2
        assert found.mean == pytest.approx(20)
        assert found.difference == pytest.approx(10)
        assert found.upper - found.difference == pytest.approx(1.959964 * error, rel=1e-6)
        np.testing.assert_allclose(from_pooled_mean([30, 10], 1000, 0), found)

    @settings(max_examples=50)
    @given(st.lists(st.integers(0, 5000), min_size=2, max_size=9), st.randoms())
    def test_distances_of_all_members_cancel(self, counts, random) -> None:
        people = np.array([random.randint(500, 5000) for _ in counts])
        every = np.arange(len(counts))
        rows = np.tile(counts, (len(counts), 1))
        plain = from_unweighted_mean(rows, people, every).difference
        pooled = from_pooled_mean(rows, people, every).difference
        assert plain.sum() == pytest.approx(0, abs=1e-6)
        assert (pooled * people).sum() == pytest.approx(0, abs=1e-3)

    def test_an_area_as_the_others_is_not_apart(self) -> None:
        found = from_pooled_mean([50, 50, 50], 1000, 0)
        assert found.difference == pytest.approx(0)
        assert found.p == pytest.approx(1)

    def test_dispersion_widens_and_missing_is_left_out(self) -> None:
        narrow = from_unweighted_mean([30, 10, np.nan], 1000, 0)
        wide = from_unweighted_mean([30, 10, np.nan], 1000, 0, 4.0)
        assert wide.difference == narrow.difference == pytest.approx(10)
        assert wide.upper - wide.lower == pytest.approx(2 * (narrow.upper - narrow.lower))
        assert np.isnan(from_unweighted_mean([np.nan, 10], 1000, 0).difference)
        assert np.isnan(from_pooled_mean([5, np.nan], 1000, 0).p)


class TestWinsorising:
    def test_what_winsorising_leaves_of_a_normal(self) -> None:
        scores = np.random.default_rng(9).normal(size=1_000_000)
        # 0.8 - 2 q f(q) + 0.2 q^2, q the upper tenth of a standard normal and f its density.
        assert (winsorised(scores) ** 2).mean() == pytest.approx(0.6787, abs=0.003)


class TestNeighbours:
    measures = pd.DataFrame(
        {"size": [100.0, 200, 50, 1000, 110], "rate": [5.0, 5, 5, 5, 9]}, index=list("abcde")
    )

    def test_nearest_first_without_those_that_lack_a_measure(self) -> None:
        measures = self.measures.assign(rate=[5, 5, np.nan, 5, 9])
        found = nearest_neighbours(measures, "a", others=2)
        assert found["area_code"].tolist() == ["a", "b", "e"] or found["area_code"].iloc[0] == "a"
        assert "c" not in set(nearest_neighbours(measures, "a", 9)["area_code"])
        assert found["closeness_rank"].tolist() == [0, 1, 2]
        assert found["distance"].iloc[0] == 0

    def test_by_ratio_half_and_double_are_as_far(self) -> None:
        found = nearest_neighbours(self.measures[["size"]], "a", 4, ["size"]).set_index("area_code")
        assert found.loc["b", "distance"] == pytest.approx(found.loc["c", "distance"])
        assert found["size"].loc["d"] == 1000

    def test_unit_and_offset_of_a_measure_make_no_difference(self) -> None:
        scaled = self.measures.assign(rate=self.measures["rate"] * 1000 - 7)
        pd.testing.assert_series_equal(
            nearest_neighbours(scaled, "b", 4)["distance"],
            nearest_neighbours(self.measures, "b", 4)["distance"],
        )

    def test_what_cannot_be_found_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="lacks a figure of rate"):
            nearest_neighbours(self.measures.assign(rate=[np.nan, 1, 2, 3, 4]), "a")
        with pytest.raises(ValueError, match="every measure"):
            nearest_neighbours(self.measures, "z")
        with pytest.raises(ValueError, match="at least one measure"):
            nearest_neighbours(self.measures[[]], "a")


def group(counts, people=1000.0) -> pd.DataFrame:
    codes = [f"A{n}" for n in range(len(counts))]
    return pd.DataFrame({"area_code": codes, "area_name": codes, "count": counts}).assign(
        denominator=people
    )


class TestNear:
    def test_events_between_bring_both_level(self) -> None:
        ranked = rank_members(group([50, 10, 20, 31, np.nan]), lower_is_better=True)
        near = nearby(ranked, "A3").set_index("area_code")
        assert near.loc["A2", "events_between"] == 11
        assert near.loc["A0", "events_between"] == -19
        assert near["chance_better"].is_monotonic_decreasing
        assert "A4" not in near.index
        assert nearby(ranked, "A4").empty

    def test_higher_is_better_turns_the_chance_round(self) -> None:
        ranked = rank_members(group([50, 10]), lower_is_better=False)
        near = nearby(ranked, "A1", lower_is_better=False)
        assert near["chance_better"].iloc[0] > 0.99

    def test_a_stranger_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="not a member"):
            nearby(rank_members(group([1]), lower_is_better=True), "B")


class TestGapGoingOn:
    def test_the_others_move_as_they_did_and_the_area_stays(self) -> None:
        members = group([50.0, 10, 20, 30]).assign(count_before=[60.0, 20, 40, 15])
        on = others_going_on(members, "A0")
        assert on["count"].tolist() == [50, 5, 10, 60]
        assert fewer_needed_to_reach(members, "A0").events == 20
        assert fewer_needed_to_reach(on, "A0").events == 0

    def test_without_a_count_before_a_member_stays(self) -> None:
        members = group([50.0, 10, np.nan]).assign(count_before=[60.0, 0, 5])
        assert others_going_on(members, "A0")["count"].fillna(-1).tolist() == [50, 10, -1]


class TestRanksOverTime:
    def test_ranks_are_those_of_each_period_alone(self) -> None:
        figures = pd.DataFrame(
            {
                "area_code": list("abcabc"),
                "period": ["x"] * 3 + ["y"] * 3,
                "value": [1.0, 2, 2, 3, np.nan, 1],
            }
        )
        ranked = ranks_over_time(figures, lower_is_better=True)
        assert ranked["rank"].fillna(0).tolist() == [1, 2, 2, 2, 0, 1]
        assert ranked["is_tied"].tolist() == [False, True, True, False, False, False]
        assert ranked["with_data"].tolist() == [3, 3, 3, 2, 2, 2]

    def test_two_memberships_are_refused(self) -> None:
        figures = pd.DataFrame(
            {"area_code": list("abac"), "period": list("xxyy"), "value": [1.0, 2, 1, 2]}
        )
        with pytest.raises(ValueError, match="different members"):
            ranks_over_time(figures, lower_is_better=True)


@pytest.mark.parametrize(("n", "sizes"), [(15, [4, 4, 4, 3]), (4, [1] * 4), (10, [3, 2, 3, 2])])
def test_quartiles_share_a_group_out(n, sizes) -> None:
    found = [quartile_of(rank, n) for rank in range(1, n + 1)]
    assert [found.count(quarter) for quarter in (1, 2, 3, 4)] == sizes
    assert found == sorted(found, key=lambda quarter: quarter or 0)


def test_no_quartile_without_a_rank_or_in_a_group_of_three() -> None:
    assert quartile_of(None, 15) is None
    assert quartile_of(1, 3) is None
