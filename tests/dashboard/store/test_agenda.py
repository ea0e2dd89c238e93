"""The agenda is kept whole, and nobody writes over what they have not seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.store.agenda import CLOSED, AgendaEntry, Agendas, is_before
from dashboard.store.partner_records import RecordError

AREA, QUARTER = "E22000120", "Q3 2009/10"
POSTGRES = "SAFECITY_TEST_POSTGRES"
ENTRY = AgendaEntry(QUARTER, "ni_15", "C. Chair", asked="Fund patrols?")


@pytest.fixture
def store(open_records):
    return open_records(Agendas)


def test_what_is_decided_is_a_new_entry_and_the_first_stays(store):
    first = store.write(AREA, ENTRY)
    decided = replace(ENTRY, taken="Yes.", owner="Police", due=date(2010, 3, 31), replaces=first)
    store.write(AREA, replace(decided, state=CLOSED))
    asked, taken = store.of_area(AREA)
    assert (asked.asked, asked.taken, asked.due) == ("Fund patrols?", "", None)
    assert (taken.taken, taken.owner, taken.due) == ("Yes.", "Police", date(2010, 3, 31))
    assert (taken.state, taken.replaces) == (CLOSED, first)
    assert store.of_area("E22000118") == []


def test_of_two_who_change_the_same_item_the_second_is_told(store):
    first = store.write(AREA, ENTRY)
    store.write(AREA, replace(ENTRY, asked="Mine?", replaces=first))
    with pytest.raises(RecordError, match="Somebody has changed this item"):
        store.write(AREA, replace(ENTRY, asked="Yours?", replaces=first))
    with pytest.raises(RecordError, match="Somebody has changed this item"):
        store.write(AREA, ENTRY)
    assert [each.asked for each in store.of_area(AREA)] == ["Fund patrols?", "Mine?"]
    # The quarter after takes the same item up anew.
    store.write(AREA, replace(ENTRY, quarter="Q4 2009/10", replaces=first))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"author": " "}, "Give your name"),
        ({"subject": " "}, "Say what the item is"),
        ({"subject": "x" * 121}, "at most 120"),
        ({"asked": "x" * 2_001}, "at most 2,000"),
        ({"owner": "x" * 121}, "at most 120"),
    ],
)
def test_what_lacks_something_is_not_kept(store, fields, said):
    with pytest.raises(RecordError, match=said):
        store.write(AREA, replace(ENTRY, **fields))
    assert store.of_area(AREA) == []


def test_entries_come_by_quarter(store):
    for quarter in ("Q1 2010/11", "Q4 2009/10", "Q3 2009/10"):
        store.write(AREA, replace(ENTRY, quarter=quarter))
    assert [each.quarter for each in store.of_area(AREA)] == [
        "Q3 2009/10", "Q4 2009/10", "Q1 2010/11",
    ]  # fmt: skip
    assert is_before("Q4 2009/10", "Q1 2010/11")
    assert not is_before("Q3 2009/10", "Q3 2009/10")
