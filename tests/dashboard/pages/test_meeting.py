"""The meeting on the Quarterly review: agenda, decisions, minutes, and who is to be chased."""

from __future__ import annotations

import json
import shutil

import pytest

from dashboard.store.agenda import AgendaEntry, Agendas
from dashboard.store.commentary import Commentary, Entry, Subject
from etl.datadir import DataDir
from tests.dashboard.conftest import html_of

AREA = "E22000120"


@pytest.fixture
def data(default_data, tmp_path):
    return shutil.copytree(default_data, tmp_path / "figures")


@pytest.fixture
def store(data):
    return Agendas.of(DataDir(data))


def rows(page):
    """The agenda, a text an item."""
    parts = [each.proto for each in page.get("bidi_component")]
    found = next(each for each in parts if each.id.endswith("-agenda"))
    return str(json.loads(found.json)["markup"]).split("<tr ")[1:]


def field(page, kind, label):
    return next(each for each in page.get(kind) if each.label == label)


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception


def decide(page, name="C. Chair"):
    field(page, "text_area", "Decision asked").set_value("Fund patrols?")
    field(page, "text_area", "Decision taken").set_value("Yes, from May.")
    writer(page).set_value(name)
    press(page, "Save")


def writer(page):
    """The name in the form beside the list, the last on the page."""
    return [each for each in page.text_input if each.label == "Your name"][-1]


def test_a_decision_is_kept_and_stands_in_agenda_and_minutes(open_page, data, store) -> None:
    page = open_page("quarterly_review", data, indicator="all_crime")
    assert len(rows(page)) == 5
    decide(page)
    (kept,) = store.of_area(AREA)
    assert (kept.subject, kept.taken, kept.author) == ("all_crime", "Yes, from May.", "C. Chair")
    assert "Decided" in rows(page)[2]
    assert "Fund patrols?" in rows(page)[2]
    page = open_page("quarterly_review", data, meeting="minutes")
    assert 'data-label="Decision taken">Yes, from May.' in html_of(page)
    # On paper they stand too, whatever the screen shows.
    page = open_page("quarterly_review", data)
    assert 'data-label="Decision taken">Yes, from May.' in html_of(page)


def test_without_a_name_nothing_is_kept_and_the_text_stays(open_page, data, store) -> None:
    page = open_page("quarterly_review", data, indicator="all_crime")
    decide(page, name=" ")
    assert store.of_area(AREA) == []
    assert "Give your name" in page.error[0].value
    assert field(page, "text_area", "Decision asked").value == "Fund patrols?"


def test_what_is_open_is_carried_forward_and_a_number_moves_it(open_page, data, store) -> None:
    store.write(AREA, AgendaEntry("Q2 2009/10", "robbery", "C. Chair", asked="Why?"))
    page = open_page("quarterly_review", data, indicator="robbery")
    assert "Carried forward from Q2 2009/10" in rows(page)[5]
    field(page, "number_input", "Number").set_value(1)
    decide(page)
    assert "1. Robbery" in rows(page)[0]
    assert len(store.of_area(AREA)) == 2


def test_any_indicator_and_any_words_are_added_and_taken_off(open_page, data, store) -> None:
    page = open_page("quarterly_review", data, indicator="robbery")
    writer(page).set_value("C. Chair")
    press(page, "Put on the agenda")
    assert "Robbery" in rows(page)[5]
    press(page, "Take off the agenda")
    assert len(rows(page)) == 5
    store.write(AREA, AgendaEntry("Q3 2009/10", "Budget 2010/11", "C. Chair"))
    page = open_page("quarterly_review", data, item="Budget 2010/11")
    assert "Budget 2010/11" in [each.value for each in page.header]
    decide(page)
    assert "Decided" in rows(page)[5]


def test_of_two_with_the_same_form_the_second_is_told(open_page, data, store) -> None:
    mine, yours = (open_page("quarterly_review", data, indicator="all_crime") for _ in range(2))
    decide(mine)
    decide(yours, name="B. Warden")
    assert "Somebody has changed this item" in yours.error[0].value
    assert [each.author for each in store.of_area(AREA)] == ["C. Chair"]


def test_who_owes_commentary_figures_and_states_is_listed(open_page, data) -> None:
    found = html_of(open_page("quarterly_review", data, meeting="chase"))
    assert "Supt. Matthew Greening, Police" in found
    assert "Serious violent crime rate (NI 15)" in found
    assert "Actions without a state" in found
    about = Subject(AREA, "ni_15", "Q3 2009/10")
    Commentary.of(DataDir(data)).write(about, Entry("said", "Fewer.", "A. Officer"))
    page = open_page("quarterly_review", data, meeting="chase", list="attention")
    (table,) = [
        each.proto.body for each in page.get("html") if "Who is to be chased" in each.proto.body
    ]
    assert "Serious violent crime rate (NI 15)" not in table
