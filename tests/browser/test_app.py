"""The app in a real Chromium: opens, navigates, changes, and is the same at a colleague's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PATHS, PHONE, open_page
from tests.browser.serving import READY, wait_until_drawn

CHART = "[data-testid=stPlotlyChart][aria-label]"


def chart_titles(page: Page) -> list[str]:
    """What each chart says to those who do not see it."""
    charts = page.locator(CHART)
    expect(charts.first).to_be_visible(timeout=READY)
    return charts.evaluate_all("(all) => all.map((each) => each.getAttribute('aria-label'))")


def test_a_link_opens_on_a_server_that_nobody_has_used_yet(page: Page, address) -> None:
    """Stands first, so that the server is fresh: the first address decides what Streamlit sees."""
    open_page(page, f"{address}/targets?target=criminal_damage_stretch")
    expect(page.locator("h1").first).to_contain_text("of 34 targets can be judged")
    finding = page.get_by_role("heading", name="Criminal damage: now 5,275, path 5,495, goal 5,145")
    expect(finding).to_be_visible()


def test_the_navigation_leads_to_every_page(page: Page, address) -> None:
    open_page(page, address)
    for path, title in PATHS.items():
        links = page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True)
        links.first.click()
        expect(page).to_have_url(re.compile(rf"{address}/{path}(\?|$)"), timeout=READY)
        wait_until_drawn(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_another_indicator_draws_another_chart_and_stands_in_the_address(
    page: Page, address
) -> None:
    open_page(page, f"{address}/most_similar_group")
    before = chart_titles(page)
    choose(page, "Indicator", "Criminal damage")
    expect(page).to_have_url(re.compile("indicator=criminal_damage"), timeout=READY)
    wait_until_drawn(page)
    after = chart_titles(page)
    assert before != after
    assert any("criminal damage" in title.lower() for title in after)


def test_a_link_shows_a_colleague_the_same(page: Page, browser: Browser, address) -> None:
    open_page(page, f"{address}/most_similar_group")
    choose(page, "Indicator", "Criminal damage")
    expect(page).to_have_url(re.compile("indicator=criminal_damage"), timeout=READY)
    wait_until_drawn(page)
    colleague = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    open_page(colleague, page.url)
    assert chart_titles(colleague) == chart_titles(page)
    assert colleague.locator("h1").first.inner_text() == page.locator("h1").first.inner_text()
    colleague.context.close()


def test_back_goes_back_to_what_was_shown(page: Page, address) -> None:
    open_page(page, f"{address}/most_similar_group")
    before = chart_titles(page)
    choose(page, "Indicator", "Criminal damage")
    expect(page).to_have_url(re.compile("indicator=criminal_damage"), timeout=READY)
    wait_until_drawn(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile("indicator=criminal_damage"), timeout=READY)
    expect(page.locator(CHART).first).to_have_attribute("aria-label", before[0], timeout=READY)


def test_the_month_chosen_goes_along_to_the_next_page(page: Page, address) -> None:
    open_page(page, address)
    choose(page, "Figures up to", "September 2009")
    expect(page).to_have_url(re.compile("as_at="), timeout=READY)
    wait_until_drawn(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Targets", exact=True).click()
    expect(page).to_have_url(re.compile(r"/targets\?"), timeout=READY)
    assert parse_qs(urlparse(page.url).query)["as_at"] == ["2009-09"]


def test_an_address_that_asks_for_what_is_not_there_says_so(page: Page, address) -> None:
    open_page(page, f"{address}/?area=E22000999")
    expect(page.get_by_text("The address asks for the area")).to_be_visible()
    expect(page).not_to_have_url(re.compile("E22000999"))


STEPS_TO_DECISION = 20
"""Most steps of the Tab key from an indicator's chart to the decision on it."""


def test_the_review_is_walked_through_by_keyboard(page: Page, address) -> None:
    open_page(page, f"{address}/quarterly_review")
    rows = page.locator(".scorecard-frame:visible button")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("indicator=violence_against_the_person"), timeout=READY)
    wait_until_drawn(page)
    expect(page.get_by_role("heading", name="Violence against the person")).to_be_visible()
    # The row keeps the focus; from there to its panel, and on to the decision.
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="About this chart")).to_be_focused()
    asked = page.get_by_role("textbox", name="Decision asked")
    for _ in range(STEPS_TO_DECISION):
        page.keyboard.press("Tab")
        if asked.evaluate("(field) => field === document.activeElement"):
            break
    expect(asked).to_be_focused()
    page.keyboard.type("Fund patrols?")
    expect(asked).to_have_value("Fund patrols?")


def test_a_phone_has_a_way_back_to_the_list_of_a_long_page(page: Page, address) -> None:
    open_page(page, f"{address}/data_and_methods?section=record")
    up = page.get_by_role("link", name="Up to the list")
    expect(up).to_be_hidden()
    page.set_viewport_size(PHONE)
    list_of_page = page.get_by_test_id("stMarkdown").filter(has_text="On this page:").first
    listed = list_of_page.get_by_role("link").last
    name = listed.inner_text()
    listed.click()
    expect(listed).not_to_be_in_viewport()
    expect(page.get_by_role("heading", name=name)).to_be_in_viewport()
    up.click()
    expect(listed).to_be_in_viewport()


def test_every_heading_that_a_page_lists_is_there(page: Page, address) -> None:
    open_page(page, f"{address}/data_and_methods?section=record")
    listed = page.get_by_test_id("stMarkdown").filter(has_text="On this page:").first
    anchors = listed.get_by_role("link").evaluate_all("(all) => all.map((each) => each.hash)")
    assert len(anchors) > 1
    for anchor in anchors:
        expect(page.locator(f"[id='{anchor[1:]}']")).to_have_count(1)


def test_a_chart_tells_its_finding_to_those_who_do_not_see_it(page: Page, address) -> None:
    open_page(page, f"{address}/most_similar_group")
    described = page.locator("[data-testid=stPlotlyChart][aria-label]")
    expect(described.first).to_have_attribute("aria-label", re.compile("13th of 15"), timeout=READY)


def test_the_number_on_the_page_is_the_one_that_show_prints(page: Page, address, served) -> None:
    words = ["show", "ranking", "--indicator", "all_crime", "--data-dir", str(served)]
    command = [sys.executable, "-c", "from dashboard.cli.main import main; main()", *words]
    shown = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    open_page(page, f"{address}/most_similar_group")
    fewer = f"{shown['fewer_to_reach_third']:,}"
    expect(page.get_by_text(fewer).first).to_be_visible(timeout=READY)
    expect(page.get_by_text(f"{shown['rank']}th of {shown['of']}").first).to_be_visible()
