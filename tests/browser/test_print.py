"""On paper and on a projector: what is not for reading is gone, and nothing is cut off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.store.commentary import HEADINGS, Commentary, Entry, Subject
from etl.datadir import DataDir
from tests.browser.pages import DESK, new_context, open_page
from tests.browser.serving import wait_until_drawn

A4 = {"width": 794, "height": 1123}
"""A4 at 96 pixels an inch."""
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page[^s]")
RIGHT_EDGES = (
    "[...document.querySelectorAll('table')].map((each) => each.getBoundingClientRect().right)"
)
FULL = 0.85
"""The share of a screen's height that a slide reaches down to, at least."""
CLICKED = ["stSidebar", "stButton", "stDownloadButton", "stSelectbox", "stPageLink"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_review_prints_on_a4(browser: Browser, address: str, scheme: str) -> None:
    with new_context(browser, scheme, A4) as context:
        page = context.new_page()
        open_page(page, f"{address}/quarterly_review")
        page.emulate_media(media="print")
        for part in CLICKED:
            assert not page.get_by_test_id(part).locator("visible=true").count(), part
        assert max(page.evaluate(RIGHT_EDGES)) <= A4["width"]
        priorities = page.locator("[class*='st-key-priority_']").count()
        sheets = len(PAGES_OF_PDF.findall(page.pdf(format="A4")))
        assert sheets > priorities


def test_every_card_of_the_overview_prints_whole(browser: Browser, address: str) -> None:
    with new_context(browser, "light", DESK) as context:
        page = context.new_page()
        open_page(page, f"{address}/")
        cards = page.locator("[class*='st-key-card_']")
        on_screen = [each.locator("h2").all_inner_texts() for each in cards.all()]
        charts = page.get_by_test_id("stPlotlyChart").count()
        page.emulate_media(media="print")
        assert sum(map(len, on_screen)) >= charts - 1
        for card, titles in zip(cards.all(), on_screen, strict=True):
            for title in card.locator("h2").all():
                expect(title).to_be_visible()
            assert card.locator("h2").all_inner_texts() == titles
            (chart,) = card.get_by_test_id("stPlotlyChart").all()
            inner, outer = chart.bounding_box(), card.bounding_box()
            assert inner is not None
            assert outer is not None
            assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]
            assert inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
            number = card.locator(".number .value")
            assert all(each.is_visible() for each in number.all())


SCREENS = ({"width": 1280, "height": 800}, {"width": 1920, "height": 1080})
STICKS_OUT = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const block = document.querySelector("[data-testid=stMainBlockContainer]");
  const inner = [...block.querySelectorAll("*")].map((each) => each.getBoundingClientRect());
  return {
    down: main.scrollHeight - main.clientHeight,
    across: Math.max(...inner.map((each) => each.right)) - window.innerWidth,
    filled: document.querySelector(".st-key-not_printed_turning").getBoundingClientRect().bottom
      / window.innerHeight,
  };
}"""


@pytest.mark.parametrize("screen", SCREENS, ids=["1280", "1920"])
def test_every_slide_fits_and_fills_a_screen(
    browser: Browser, address: str, served: Path, screen: dict[str, int]
) -> None:
    about = Subject("E22000120", "ni_15", "Q3 2009/10")
    texts = [Entry(each, "Word " * 700, "A. Officer") for each in HEADINGS]
    Commentary.of(DataDir(served)).write(about, *texts)
    with new_context(browser, "light", screen) as context:
        page = context.new_page()
        open_page(page, f"{address}/quarterly_review?view=projector")
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        count = int(page.get_by_text(re.compile(r"^1 of \d+$")).inner_text().split()[-1])
        for shown in range(1, count + 1):
            expect(page.get_by_text(f"{shown} of {count}", exact=True)).to_be_visible()
            wait_until_drawn(page)
            sticks_out = page.evaluate(STICKS_OUT)
            assert sticks_out["down"] <= 0, shown
            assert sticks_out["across"] <= 0, shown
            assert sticks_out["filled"] > FULL, shown
            page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_text(f"{count - 1} of {count}", exact=True)).to_be_visible()
        page.go_back()
        expect(page).to_have_url(re.compile(f"slide={count}"))
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement !== null")
