"""Partners write on the Quarterly review, and find there what others wrote."""

from __future__ import annotations

import shutil

import pytest

from dashboard.store.commentary import Commentary, Entry, Subject
from etl.datadir import DataDir

ABOUT = Subject("E22000120", "all_crime", "Q3 2009/10")


@pytest.fixture
def data(default_data, tmp_path):
    return shutil.copytree(default_data, tmp_path / "figures")


@pytest.fixture
def store(data):
    return Commentary.of(DataDir(data))


@pytest.fixture
def panel(open_page, data):
    return lambda: open_page(
        "quarterly_review", data, indicator=ABOUT.indicator_id, part="partners"
    )


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception


def field(page, heading="We did"):
    return next(each for each in page.text_area if each.label == heading)


def write(page, body="Patrols on Friday nights.", name="A. Officer", heading="We did"):
    field(page, heading).set_value(body)
    writer(page).set_value(name)
    press(page, "Save")


def writer(page):
    """The name in the form beside the list, the last on the page."""
    return [each for each in page.text_input if each.label == "Your name"][-1]


def texts(page):
    return "\n".join(each.value for each in page.markdown)


def test_what_is_written_is_shown_with_its_author_and_kept(panel, store):
    page = panel()
    assert "What partners say of Q3 2009/10" in texts(page)
    write(page)
    assert "Patrols on Friday nights." in texts(page)
    assert "A. Officer" in texts(page)
    assert list(store.current(ABOUT)["body"]) == ["Patrols on Friday nights."]
    assert field(page).value == ""
    assert "Patrols on Friday nights." in texts(panel())


def test_all_three_headings_are_saved_at_once(panel, store):
    page = panel()
    field(page, "We said").set_value("Fewer robberies.")
    field(page, "We intend to").set_value("Go on.")
    write(page)
    kept = store.current(ABOUT)
    assert list(kept["heading"]) == ["said", "did", "intend"]
    assert list(kept["body"]) == ["Fewer robberies.", "Patrols on Friday nights.", "Go on."]
    assert {field(page, each).value for each in ("We said", "We did", "We intend to")} == {""}


def test_an_entry_without_a_name_stays_in_the_form(panel, store):
    page = panel()
    write(page, name=" ")
    assert "Give your name" in page.error[0].value
    assert field(page).value == "Patrols on Friday nights."
    assert store.history(ABOUT).empty


def test_an_entry_is_amended_and_both_versions_are_found(panel, store):
    store.write(ABOUT, Entry("did", "Patrols on Fridays.", "B. Warden", "council"))
    page = panel()
    press(page, "Amend")
    assert field(page).value == "Patrols on Fridays."
    write(page, "Patrols on Fridays and Saturdays.")
    assert "amended once" in texts(page)
    assert any(each.label.startswith("Earlier versions (2") for each in page.expander)
    assert list(store.current(ABOUT)["body"]) == ["Patrols on Fridays and Saturdays."]


def test_two_who_amend_at_once_both_find_their_text(panel, store):
    store.write(ABOUT, Entry("did", "Patrols.", "B. Warden"))
    mine, yours = panel(), panel()
    press(mine, "Amend")
    press(yours, "Amend")
    write(mine, "Mine.")
    write(yours, "Yours.", "B. Warden")
    assert set(store.current(ABOUT)["body"]) == {"Mine."} | {"Yours."}
    page = panel()
    assert "Mine." in texts(page)
    assert "Yours." in texts(page)
    assert "at the same time" in page.warning[-1].value


def test_a_withdrawn_entry_is_gone_from_the_page_but_not_from_the_history(panel, store):
    store.write(ABOUT, Entry("said", "Wrong.", "B. Warden"))
    page = panel()
    press(page, "Amend")
    writer(page).set_value("B. Warden")
    press(page, "Withdraw")
    assert "Nobody has written anything yet." in texts(page)
    assert len(store.history(ABOUT)) == 2


def test_markup_that_somebody_writes_is_shown_as_text(panel, store):
    store.write(ABOUT, Entry("said", "<b>bold</b> $x$ [a](http://example.org)", "B. Warden"))
    assert "\\<b\\>bold" in texts(panel())
