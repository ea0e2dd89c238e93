"""Targets: a row of the picture is chosen by touch or by key, and its trajectory comes in sight."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import PHONE, open_page, overflow
from tests.browser.serving import READY, wait_until_drawn


def test_on_a_phone_the_picture_comes_first_and_leads_to_the_target_touched(
    page: Page, address: str
) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, f"{address}/targets")
    first = page.locator(".scorecard .lane").first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] < PHONE["height"]
    assert overflow(page) == 0

    page.get_by_role("button", name="NI 115").click()
    expect(page).to_have_url(re.compile("target=ni_115"), timeout=READY)
    wait_until_drawn(page)
    finding = page.get_by_role("heading", name=re.compile("Substance misuse by young people: now"))
    expect(finding).to_be_in_viewport(timeout=READY)
    chart = page.locator("[class*=st-key-chart_target]").get_by_test_id("stPlotlyChart")
    expect(chart).to_be_in_viewport(timeout=READY)


def test_a_target_is_chosen_with_the_keyboard_and_the_slider_redraws_its_fan(
    page: Page, address: str
) -> None:
    open_page(page, f"{address}/targets")
    chosen = page.locator("[aria-current=true] button")
    chosen.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("target=ni_15"), timeout=READY)
    wait_until_drawn(page)
    panel = page.locator(".st-key-chosen_target")
    expect(panel.get_by_role("heading").first).to_contain_text("Serious violent crime rate")
    expect(panel.get_by_role("heading").first).to_be_in_viewport(timeout=READY)

    numbers = panel.locator(".numbers")
    expect(numbers).to_contain_text("Expected")
    panel.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("change="), timeout=READY)
    expect(numbers).to_contain_text("as things go", timeout=READY)
