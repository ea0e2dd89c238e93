"""A total with a part replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.what_if import replace_part, would_meet, year_with_part_replaced
from dashboard.words.targets import replaced_in_words

counts = st.integers(0, 10**6).map(float)


@given(counts, counts, counts)
def test_the_change_is_that_of_the_part(others, part, replaced):
    found = replace_part(others + part, part, replaced)
    assert found.change == replaced - part
    assert found.result == others + replaced
    assert replace_part(found.result, replaced, part).result == others + part


def test_in_words():
    found = replace_part(27085, 1260, 1123)
    assert replaced_in_words(found, "all crime", "burglary", "returned to 1,123") == (
        "If burglary returned to 1,123, all crime would be 26,948, 137 fewer than it is"
    )
    assert (
        replaced_in_words(replace_part(10, 2, 2), "a", "b", "stayed")
        == "If b stayed, a would be 10, as it is"
    )


def test_the_year_goes_on_as_it_has_but_for_the_part():
    # Others: 90 so far, 100 in the same months last year, then 50: 45 to come. Part: 10, 20, 10.
    found = year_with_part_replaced((90, 10), (100, 20), (50, 10, 30))
    assert found.counted == 100
    assert found.as_things_go == 150
    assert found.with_part_replaced == 175


@given(counts, st.integers(1, 10**6).map(float), counts, counts)
def test_replacing_a_part_by_what_is_expected_changes_nothing(now, before, rest, others):
    expected = rest * now / before
    found = year_with_part_replaced((others, now), (1.0, before), (1.0, rest, expected))
    assert found.with_part_replaced == pytest.approx(found.as_things_go)


def test_nothing_last_year_gives_no_ratio():
    with pytest.raises(ValueError, match=r"^last year counted nothing in these months"):
        year_with_part_replaced((5, 5), (0, 1), (3, 1, 1))


def test_a_part_is_within_its_whole_and_not_negative():
    with pytest.raises(ValueError, match=r"^a part \(11\) cannot be larger than its whole \(10\)$"):
        replace_part(10, 11, 0)
    with pytest.raises(ValueError, match=r"^a count cannot be below zero"):
        replace_part(10, 5, -1)


def test_a_goal_met_or_not_or_none():
    assert would_meet(10, 10, True) is True
    assert would_meet(11, 10, True) is False
    assert would_meet(11, 10, False) is True
    assert would_meet(11, None, True) is None
