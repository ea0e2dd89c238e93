"""The Overview's first screen at a desk, and one click from each of its parts to the evidence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import DESK, open_page
from tests.browser.serving import READY, wait_until_drawn

#: The cards that an executive board has to see without scrolling, by their keys.
FIRST_SCREEN = ("assaults_hospital_ed_stretch", "criminal_damage_stretch", "place")
#: Those of which the verdict and most of the chart are on it.
BEGUN = ("all_crime_2010_11", "moved")


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_first_screen_holds_what_the_board_asks(page: Page, address: str) -> None:
    open_page(page, address)
    for name in FIRST_SCREEN:
        card = page.locator(f".st-key-card_{name}")
        assert bottom(card) <= DESK["height"]
        expect(card.locator(".chip")).to_be_visible()
        expect(card.locator(".number").first).to_be_visible()
    for name in BEGUN:
        card = page.locator(f".st-key-card_{name}")
        chart = card.get_by_test_id("stPlotlyChart").bounding_box()
        assert chart is not None
        assert chart["y"] + chart["height"] * 0.6 <= DESK["height"]


@pytest.mark.parametrize(
    ("card", "link", "path", "title"),
    [
        ("assaults_hospital_ed_stretch", "Target", "targets", "34 targets can be judged"),
        ("all_crime_2010_11", "Target", "targets", "34 targets can be judged"),
        ("verdicts", "Targets", "targets", "34 targets can be judged"),
        ("place", "Ranking", "most_similar_group", "Most Similar Group"),
        ("moved", "Review", "quarterly_review", "need attention"),
    ],
)
def test_one_click_leads_to_the_evidence(
    page: Page, address: str, card: str, link: str, path: str, title: str
) -> None:
    open_page(page, address)
    page.locator(f".st-key-card_{card}").get_by_role("link", name=link).click()
    expect(page).to_have_url(re.compile(rf"/{path}"), timeout=READY)
    wait_until_drawn(page)
    expect(page.locator("h1").first).to_contain_text(title)


def test_what_is_behind_a_chart_is_one_click_away(page: Page, address: str) -> None:
    open_page(page, address)
    card = page.locator(".st-key-card_verdicts")
    card.get_by_role("button", name="About").click()
    behind = page.get_by_test_id("stPopoverBody")
    expect(behind.get_by_role("table")).to_contain_text("Q3 2009/10")
    expect(behind.get_by_role("button", name="PNG")).to_be_visible()
    with page.expect_download() as taken:
        behind.get_by_role("button", name="SVG").click()
    assert taken.value.suggested_filename.endswith(".svg")
