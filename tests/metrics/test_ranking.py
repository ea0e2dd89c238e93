from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.rank_movement import movement
from dashboard.metrics.ranking import (
    competition_ranks,
    mean_of_group,
    ordinal,
    place_of,
    quartile_of,
    rank_members,
    rank_values,
)
from dashboard.words.places import place_in_words

CODES = [f"A{number:02d}" for number in range(1, 16)]


def members(counts, people=1000) -> pd.DataFrame:
    frame = pd.DataFrame({"area_code": CODES[: len(counts)], "count": counts})
    return frame.assign(denominator=people)


def values(*numbers) -> pd.DataFrame:
    return pd.DataFrame({"area_code": CODES[: len(numbers)], "value": numbers})


def test_ties_share_a_rank_and_the_next_is_skipped():
    np.testing.assert_array_equal(competition_ranks([7, 5, 5, 9], True), [3, 1, 1, 4])
    np.testing.assert_array_equal(competition_ranks([7, 5, 5, 9], False), [2, 3, 3, 1])
    np.testing.assert_array_equal(competition_ranks([1, 2, 2, 3], True), [1, 2, 2, 4])


def test_equal_rates_of_different_sizes_tie():
    ranked = rank_members(members([1, 3, 2], [3000, 9000, 7000]), lower_is_better=True)
    assert ranked["rank"].tolist() == [1, 2, 2]
    assert ranked["is_tied"].tolist() == [False, True, True]


def test_no_data_no_ranks():
    assert np.isnan(competition_ranks([np.nan, np.nan], True)).all()
    assert len(competition_ranks([], True)) == 0


@pytest.mark.parametrize("lower_is_better", [True, False])
def test_a_negative_count_is_a_correction_and_is_not_ranked(lower_is_better):
    ranked = rank_members(members([-2.0, 0.0, 5.0, 9.0, 7.0]), lower_is_better)
    own = ranked.set_index("area_code")
    assert pd.isna(own.loc["A01", "rank"])
    assert own.loc["A01", "count"] == -2
    assert pd.isna(own.loc["A01", "value"])
    assert own.loc["A02", "rank"] == (1 if lower_is_better else 4)


def test_members_without_data_stay_in_the_group_unranked():
    counts = [float(number) for number in range(1, 16)]
    counts[3] = np.nan
    ranked = rank_members(members(counts), lower_is_better=True)
    assert len(ranked) == 15
    assert ranked["area_code"].iloc[-1] == "A04"
    assert ranked["rank"].isna().sum() == 1
    assert place_in_words(place_of(ranked, "A14")) == "13th of 15 (14 with data)"
    assert place_in_words(place_of(ranked, "A04")) == "not ranked of 15 (14 with data)"


def test_a_place_says_itself():
    ranked = rank_values(values(1.0, 2.0, 2.0), lower_is_better=True)
    assert place_in_words(place_of(ranked, "A01")) == "1st of 3"
    assert place_in_words(place_of(ranked, "A03")) == "joint 2nd of 3"


def test_polarity_turns_the_ranks():
    ranked = rank_values(values(23.0, 30.0, 26.0), lower_is_better=False)
    assert ranked["area_code"].tolist() == ["A02", "A03", "A01"]


def test_a_denominator_of_nobody_is_no_data():
    counts, people = [5, 5, 5, 5, 5], [1000, 1000, 1000, 1000, 0]
    ranked = rank_members(members(counts, people), lower_is_better=True)
    assert ranked["rank"].isna().tolist() == [False] * 4 + [True]


def test_a_rank_is_withheld_under_four_fifths_of_the_group():
    some = rank_values(values(1.0, 2.0, 3.0, np.nan), lower_is_better=True)
    assert some["rank"].isna().all()
    assert place_of(some, "A01").is_withheld
    most = rank_values(values(1.0, 2.0, 3.0, 4.0, np.nan), lower_is_better=True)
    assert most["rank"].notna().sum() == 4
    assert not place_of(most, "A01").is_withheld


def test_each_rate_lies_in_its_interval():
    ranked = rank_members(members([0, 4, 250]), lower_is_better=True)
    assert ((ranked["lower"] <= ranked["value"]) & (ranked["value"] <= ranked["upper"])).all()


def test_the_two_means_differ_when_areas_differ_in_size():
    mean = mean_of_group(members([10, 10, np.nan], [1000, 100, 500]))
    assert mean.unweighted == pytest.approx((10 + 100) / 2)
    assert mean.pooled == pytest.approx(1000 * 20 / 1100)
    assert mean.with_data == 2


def test_a_group_without_data_has_no_mean():
    mean = mean_of_group(members([np.nan]))
    assert (mean.unweighted, mean.pooled, mean.with_data) == (None, None, 0)


def test_those_that_tie_share_the_better_quarter():
    assert [quartile_of(rank, 8) for rank in (1, 2, 3, 5, 8)] == [1, 1, 2, 3, 4]
    assert quartile_of(3, 15) == 1
    assert quartile_of(None, 15) is quartile_of(1, 3) is None


def test_movement_is_places_up_under_one_membership():
    moves = movement(values(1.0, 2.0, 3.0), values(2.5, 2.0, 1.0), lower_is_better=True)
    found = moves.set_index("area_code")["moved"].to_dict()
    assert found == {"A01": -2, "A02": 0, "A03": 2}


def test_nobody_moves_because_another_has_no_figure():
    moves = movement(values(1.0, 2.0, 3.0), values(np.nan, 2.0, 3.0), lower_is_better=True)
    found = moves.set_index("area_code")
    assert found.loc[["A02", "A03"], "moved"].tolist() == [0, 0]
    assert pd.isna(found.loc["A01", "moved"])


def test_another_membership_is_not_compared():
    expected = "^the two periods have different members: A02, A09$"
    now = values(1.0, 2.0).replace({"area_code": {"A02": "A09"}})
    with pytest.raises(ValueError, match=expected):
        movement(values(1.0, 2.0), now, lower_is_better=True)


def test_an_area_stands_once_and_must_be_a_member():
    twice = pd.concat([values(1.0), values(2.0)])
    with pytest.raises(ValueError, match=r"^A01 stands twice in the group$"):
        rank_values(twice, lower_is_better=True)
    with pytest.raises(ValueError, match=r"^E22000120 is not a member of the group$"):
        place_of(rank_values(values(1.0), lower_is_better=True), "E22000120")


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (111, "111th")],
)  # fmt: skip
def test_places_are_written_as_ordinals(number, text):
    assert ordinal(number) == text


@given(st.lists(st.integers(-1000, 1000), unique=True, max_size=20), st.booleans())
def test_without_ties_the_ranks_are_a_permutation(numbers, lower_is_better):
    ranks = competition_ranks(np.array(numbers) / 7, lower_is_better)
    assert sorted(ranks) == list(range(1, len(numbers) + 1))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=20))
def test_a_rank_is_one_more_than_the_number_who_are_better(numbers):
    ranks = competition_ranks(numbers, True)
    assert [int(rank) for rank in ranks] == [1 + sum(o < n for o in numbers) for n in numbers]
