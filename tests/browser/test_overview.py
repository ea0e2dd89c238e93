"""The Overview's first screen at a desk, and one click from each of its parts to the evidence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import DESK, open_page
from tests.browser.serving import READY, wait_until_drawn

#: What an executive board has to see without scrolling, each said somewhere on the page.
FIRST_SCREEN = (
    re.compile(r"^One of the eight designated goals is given in the plan"),
    re.compile(r"Off track Serious violent crime rate"),
    re.compile(r"All crime: 18% lower than in 2008/09"),
    re.compile(r"from 23% to 30%"),
    re.compile(r"top 3 of its Most Similar Group"),
    re.compile(r"verdicts changed since the quarter before"),
)
STRETCH = (
    re.compile(r"Cannot say: goal not given"),
    re.compile(r"^(Reward as stated: £550k|One reward with)"),
    re.compile("days left"),
)


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_first_screen_holds_what_the_board_asks(page: Page, address: str) -> None:
    open_page(page, address)
    main = page.get_by_test_id("stMain")
    for text in FIRST_SCREEN:
        assert bottom(main.locator("p:visible, h2").filter(has_text=text).first) <= DESK["height"]
    for text in STRETCH:
        said = main.locator("p:visible").filter(has_text=text)
        assert said.count() == 2
        assert bottom(said.last) <= DESK["height"]
    changed = main.locator("[class*=st-key-card_verdicts]").bounding_box()
    assert changed is not None
    assert changed["y"] < DESK["height"]
    charts = main.get_by_test_id("stPlotlyChart")
    assert charts.count() == 3
    assert all(bottom(chart) <= DESK["height"] for chart in charts.all())


@pytest.mark.parametrize(
    ("words", "path", "title"),
    [
        ("Serious violent crime rate (NI 15)", "indicator", "Serious violent crime rate"),
        ("Dwelling burglary rose 24%", "indicator", "Dwelling burglary"),
        ("Local Area Agreement targets on track:", "indicator", "Local Area Agreement targets"),
        ("All crime: 18% lower than in 2008/09", "targets", "targets of Southampton"),
        ("One of the eight designated goals", "targets", "targets of Southampton"),
        ("All crime: top 3 of its Most Similar Group", "most_similar_group", "Most Similar Group"),
    ],
)
def test_one_click_leads_to_the_evidence(
    page: Page, address: str, words: str, path: str, title: str
) -> None:
    open_page(page, address)
    page.get_by_test_id("stMain").get_by_role("link", name=words).first.click()
    expect(page).to_have_url(re.compile(rf"/{path}\?"), timeout=READY)
    wait_until_drawn(page)
    expect(page.locator("h1").first).to_contain_text(title)
