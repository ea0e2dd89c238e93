"""The agenda of a quarter: exceptions, what was carried forward, numbers, and the minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.pages.quarterly_review.agenda import agenda_of
from dashboard.pages.quarterly_review.minutes import minutes_file, minutes_table
from dashboard.store.agenda import CLOSED, OFF, AgendaEntry

Q2, Q3, Q4 = "Q2 2009/10", "Q3 2009/10", "Q4 2009/10"
TITLES = {"ni_15": "Serious violent crime", "all_crime": "All crime", "robbery": "Robbery"}


def written(quarter: str, subject: str, entry_id: int, **fields: object) -> AgendaEntry:
    return replace(AgendaEntry(quarter, subject, "C. Chair", entry_id=entry_id), **fields)


def subjects(quarter: str, exceptions: list[str], *entries: AgendaEntry) -> list[str]:
    return [each.subject for each in agenda_of(quarter, exceptions, entries, TITLES)]


def test_it_is_made_of_the_exceptions_and_of_what_is_added() -> None:
    exceptions = ["ni_15", "all_crime"]
    assert subjects(Q3, exceptions) == exceptions
    added = written(Q3, "robbery", 1), written(Q3, "Budget", 2)
    items = agenda_of(Q3, exceptions, added, TITLES)
    assert [each.title for each in items] == [
        "Serious violent crime", "All crime", "Robbery", "Budget",
    ]  # fmt: skip
    assert [each.is_indicator for each in items] == [True, True, True, False]
    assert [each.number for each in items] == [1, 2, 3, 4]


def test_what_is_taken_off_is_off_for_the_quarter_alone() -> None:
    off = written(Q3, "ni_15", 1, state=OFF)
    assert subjects(Q3, ["ni_15", "all_crime"], off) == ["all_crime"]
    assert subjects(Q4, ["ni_15"], off) == ["ni_15"]
    assert subjects(Q4, [], off) == []
    # What is put on again takes the place of the entry that took it off.
    (item,) = agenda_of(Q4, ["ni_15"], [off], TITLES)
    assert (item.latest.entry_id, item.latest.asked, item.is_carried) == (1, "", False)


def test_what_is_open_is_carried_forward_until_it_is_closed() -> None:
    asked = written(Q2, "robbery", 1, asked="Fund patrols?")
    decided = written(Q3, "robbery", 2, asked="Fund patrols?", taken="Yes.", replaces=1)
    (item,) = agenda_of(Q4, [], [asked, decided], TITLES)
    assert (item.since, item.is_carried, item.stage) == (Q2, True, "decided")
    closed = written(Q4, "robbery", 3, taken="Yes.", state=CLOSED, replaces=2)
    (item,) = agenda_of(Q4, [], [asked, decided, closed], TITLES)
    assert item.stage == "closed"
    assert subjects("Q1 2010/11", [], asked, decided, closed) == []
    # An exception that was closed a quarter before begins anew.
    (again,) = agenda_of("Q1 2010/11", ["robbery"], [asked, decided, closed], TITLES)
    assert (again.latest.taken, again.since, again.latest.entry_id) == ("", "Q1 2010/11", 3)
    # An earlier quarter shows what was known then.
    (then,) = agenda_of(Q2, [], [asked, decided, closed], TITLES)
    assert (then.stage, then.is_carried) == ("to decide", False)


def test_a_number_moves_an_item_and_later_ones_make_room() -> None:
    first = written(Q3, "robbery", 1, place=1)
    second = written(Q3, "all_crime", 2, place=1)
    exceptions = ["ni_15", "all_crime"]
    assert subjects(Q3, exceptions, first) == ["robbery", "ni_15", "all_crime"]
    assert subjects(Q3, exceptions, first, second) == ["all_crime", "robbery", "ni_15"]


def test_the_minutes_have_every_item_and_are_safe_as_a_file() -> None:
    entry = written(
        Q3, "ni_15", 1, asked="<b>Fund?</b>", taken="Yes.", owner="Police", due=date(2010, 3, 31)
    )
    items = agenda_of(Q3, ["ni_15", "all_crime"], [entry], TITLES)
    table = minutes_table(items)
    assert table.iloc[0].to_list() == [
        "1. Serious violent crime", "<b>Fund?</b>", "Yes.", "Police", "31 March 2010", "Decided",
    ]  # fmt: skip
    page = minutes_file("Q3 2009/10: minutes", ["Figures to December 2009."], items).decode()
    assert "&lt;b&gt;Fund?" in page
    assert "<b>Fund" not in page
    assert "2. All crime" in page
