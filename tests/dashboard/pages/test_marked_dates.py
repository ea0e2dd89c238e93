"""A date marked on an indicator stands on its charts of time until somebody retires it."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

INDICATOR, TARGET = "all_crime", "all_crime_2010_11"


@pytest.fixture
def data(default_data, tmp_path):
    return shutil.copytree(default_data, tmp_path / "figures")


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception


def fill(page, **texts):
    for label, text in texts.items():
        next(each for each in page.text_input if each.label == label).set_value(text)


def alts(page):
    return [each.proto.alt for each in page.get("plotly_chart")]


def test_a_marked_range_is_on_history_and_target_until_it_is_retired(open_page, data):
    page = open_page("indicator", data, indicator=INDICATOR, tab="history")
    page.date_input[0].set_value(date(2009, 6, 1))
    page.date_input[1].set_value(date(2009, 8, 31))
    fill(page, **{"What happened": "ASB summer operation", "Why it matters": "More patrols"})
    press(page, "Mark it")
    assert "Give your name" in page.error[-1].value
    fill(page, **{"Your name": "Ann"})
    press(page, "Mark it")
    said = "Marked: ASB summer operation, 1 June 2009 to 31 August 2009."
    assert any(said in alt for alt in alts(page))

    target = open_page("indicator", data, indicator=INDICATOR, tab="target")
    assert any(said in alt for alt in alts(target))
    other = open_page("indicator", data, indicator="robbery", tab="history")
    assert not any("Marked:" in alt for alt in alts(other))

    page = open_page("indicator", data, indicator=INDICATOR, tab="history")
    fill(page, **{"Your name": "Bob"})
    press(page, "Retire")
    assert not any("Marked:" in alt for alt in alts(page))
