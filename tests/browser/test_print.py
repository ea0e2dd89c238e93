"""On paper and on a projector: what is not for reading is gone, and nothing is cut off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import DESK, new_context, open_page

A4 = {"width": 794, "height": 1123}
"""A4 at 96 pixels an inch."""
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page[^s]")
RIGHT_EDGES = (
    "[...document.querySelectorAll('table')].map((each) => each.getBoundingClientRect().right)"
)
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


def test_the_projector_fits_a_screen(browser: Browser, address: str) -> None:
    with new_context(browser, "light", DESK) as context:
        page = context.new_page()
        open_page(page, f"{address}/quarterly_review?view=projector")
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        chart = page.get_by_test_id("stPlotlyChart")
        assert chart.bounding_box()["y"] + chart.bounding_box()["height"] <= DESK["height"]
        page.get_by_role("button", name="Next").click()
        expect(page).to_have_url(re.compile("slide=2"))
        page.go_back()
        expect(page).not_to_have_url(re.compile("slide=2"))
