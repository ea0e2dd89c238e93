"""Dates marked on a series are kept, refused when incomplete, and retired without being erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.store.marked_dates import MarkedDate, MarkedDates
from dashboard.store.partner_records import RecordError

AREA, INDICATOR = "E22000120", "all_crime"
OPERATION = MarkedDate(
    date(2009, 6, 1), date(2009, 8, 31), "ASB summer operation", "More patrols", "Ann"
)


@pytest.fixture
def store(open_records):
    return open_records(MarkedDates)


def test_a_mark_belongs_to_its_series_and_the_earliest_comes_first(store):
    store.mark(AREA, INDICATOR, OPERATION)
    fair = replace(OPERATION, begins=date(2009, 5, 4), ends=date(2009, 5, 4), title="Fair")
    store.mark(AREA, INDICATOR, fair)
    store.mark(AREA, "robbery", replace(OPERATION, title="Another series"))
    assert [each.title for each in store.current(AREA, INDICATOR)] == [
        "Fair",
        "ASB summer operation",
    ]
    assert store.current("E22000118", INDICATOR) == []


def test_what_is_retired_is_shown_no_more_and_kept(store):
    store.mark(AREA, INDICATOR, OPERATION)
    (standing,) = store.current(AREA, INDICATOR)
    store.retire(AREA, INDICATOR, standing, author="Bob")
    assert store.current(AREA, INDICATOR) == []
    every = store.all_of(area_code=AREA, indicator_id=INDICATOR)
    assert list(every["author"]) == ["Ann", "Bob"]
    assert list(every["title"]) == ["ASB summer operation", "ASB summer operation"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "Give a name"),
        ({"reason": ""}, "Give a reason"),
        ({"author": " "}, "Give your name"),
        ({"ends": date(2009, 5, 31)}, "The last day is before the first"),
        ({"title": "x" * 41}, "at most 40 characters"),
    ],
)
def test_what_lacks_something_is_refused(store, change, said):
    with pytest.raises(RecordError, match=said):
        store.mark(AREA, INDICATOR, replace(OPERATION, **change))
    assert store.current(AREA, INDICATOR) == []
