"""A name given where something is written down is there on every other form that asks for one."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pages import open_page
from tests.browser.serving import READY, wait_until_drawn


def test_a_name_given_on_one_page_is_on_the_other(page: Page, address: str) -> None:
    open_page(page, f"{address}/indicator?indicator=robbery&tab=partners")
    page.get_by_text("Write", exact=True).first.click()
    # The form folds out: what moves between press and release is not pressed.
    wait_until_drawn(page)
    page.get_by_role("textbox", name="Your name").last.fill("Ann Example")
    wait_until_drawn(page)
    # Nothing is written: what is refused is remembered as well.
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write something first")).to_be_visible(timeout=READY)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Actions and resources").click()
    expect(page.get_by_role("button", name="Save states")).to_be_visible(timeout=READY)
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Ann Example")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Load figures").click()
    expect(page.get_by_role("heading", name="Load figures")).to_be_visible(timeout=READY)
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Ann Example")
