"""Targets on a phone: names and verdicts first, and the one touched drawn large at the top."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import PHONE, open_page
from tests.browser.serving import READY, wait_until_drawn


def test_the_list_comes_first_and_leads_to_the_one_touched(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, f"{address}/targets")
    large = page.locator("[class*=st-key-chart_target]")
    small = page.locator(".st-key-small_charts")
    first, chart = small.get_by_role("link").first.bounding_box(), large.first.bounding_box()
    assert first is not None
    assert chart is not None
    assert first["y"] < PHONE["height"]
    assert chart["y"] > first["y"]
    expect(small.get_by_test_id("stPlotlyChart").filter(visible=True)).to_have_count(0)

    small.get_by_role("link", name="NI 115").click()
    expect(page).to_have_url(re.compile("target=ni_115"), timeout=READY)
    wait_until_drawn(page)
    finding = page.get_by_role("heading", name=re.compile(r"Substance misuse.*on track")).first
    expect(finding).to_be_in_viewport(timeout=READY)
    box = large.first.bounding_box()
    listed = small.bounding_box()
    assert box is not None
    assert listed is not None
    assert box["y"] < listed["y"]
