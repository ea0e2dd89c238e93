from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.gap import fewer_needed_to_reach
from dashboard.metrics.ranking import place_of, rank_members
from dashboard.metrics.reasons import Because

CODES = ["own", "b", "c", "d", "e"]


def members(*counts: float, people=1000) -> pd.DataFrame:
    frame = pd.DataFrame({"area_code": CODES[: len(counts)], "count": counts})
    return frame.assign(denominator=people)


def test_third_place_may_be_shared():
    gap = fewer_needed_to_reach(members(50, 10, 20, 30, 40), "own")
    assert (gap.events, gap.rate_to_reach) == (20, 30.0)


def test_part_of_an_event_counts_as_a_whole_one():
    group = members(50, 10, 20, 31, people=[1000, 3000, 3000, 3000])
    assert fewer_needed_to_reach(group, "own").events == 50 - 10


def test_a_rank_already_held_needs_nothing():
    gap = fewer_needed_to_reach(members(15, 10, 20, 30), "own")
    assert gap.events == 0


def test_a_group_too_small_to_fall_below_the_rank_needs_nothing():
    gap = fewer_needed_to_reach(members(50, 10, np.nan, 20), "own")
    assert (gap.events, gap.rate_to_reach) == (0, None)


def test_higher_is_better_needs_more():
    gap = fewer_needed_to_reach(members(5, 10, 20, 30), "own", rank=1, lower_is_better=False)
    assert gap.events == 25


def test_an_area_without_data_has_no_gap():
    gap = fewer_needed_to_reach(members(np.nan, 10, 20, 30), "own")
    assert (gap.events, gap.reason.names) == (None, (Because.NO_FIGURE_OF_AREA,))


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match=r"^x is not a member of the group$"):
        fewer_needed_to_reach(members(1, 2), "x")
    with pytest.raises(ValueError, match=r"^a rank is 1 or more, not 0$"):
        fewer_needed_to_reach(members(1, 2), "own", rank=0)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(50, 90)), min_size=4, max_size=5),
    st.integers(1, 3),
)
def test_it_is_the_smallest_number_that_gives_the_rank(group, rank):
    frame = members(*(count for count, _ in group), people=[people for _, people in group])
    needed = fewer_needed_to_reach(frame, "own", rank).events

    def rank_with(fewer: int) -> int:
        changed = frame.assign(count=frame["count"] - fewer * (frame["area_code"] == "own"))
        return place_of(rank_members(changed, lower_is_better=True), "own").rank

    assert rank_with(needed) <= rank
    assert needed == 0 or rank_with(needed - 1) > rank
