"""Pages show before they say: words before the first chart, what charts fill, and heights."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.look import look_of
from tests.browser.pages import DESK, PHONE, open_page

WORDS_BEFORE, FIRST_CHART, LEAST_SHARE, MOST_HEIGHT = 60, 300, 0.35, 2_400
#: Pages that show figures; the first has no path.
PAGES = (
    "",
    "quarterly_review",
    "indicator",
    "targets",
    "most_similar_group",
    "crime_types",
    "public_perception",
    "actions",
    "data_and_methods",
)
FILLED = ("", "indicator", "targets", "most_similar_group")
MOST_WORDS = {"": 200, "quarterly_review": 500, "indicator": 300, "actions": 500}
LONG_ONCE = ("quarterly_review", "indicator", "actions")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_before_it_says(page: Page, address: str, path: str) -> None:
    page.set_viewport_size(DESK)
    open_page(page, f"{address}/{path}")
    look = look_of(page)
    assert look.first is not None
    assert look.first <= FIRST_CHART
    assert look.before <= WORDS_BEFORE
    assert look.words <= MOST_WORDS.get(path, look.words)
    if path in FILLED:
        assert look.share >= LEAST_SHARE
    if path in LONG_ONCE:
        assert look.height <= MOST_HEIGHT


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_has_a_chart_on_its_first_screen(page: Page, address: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, f"{address}/{path}")
    look = look_of(page)
    assert look.first is not None
    assert look.first < PHONE["height"]
