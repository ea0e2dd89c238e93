"""Figures loaded in a real Chromium, on a server and a data folder of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import READY, SCREENSHOTS, serve, wait_until_drawn

#: A page scrolls inside the window: all of it is seen in one that is high enough.
TALL = 2200
BANNER = "Illustrative figures, not real ones"
GOOD = """area_code,measure_code,period,value
E22000120,local:robbery,2024-01,31
E22000120,local:robbery,2024-02,28
"""
BAD = """area_code,measure_code,period,value
E22000120,local:arson,2024-01,3
E22000120,local:arson,2024-02,many
Southampto,local:arson,2024-03,4
"""


@pytest.fixture
def own_address(tmp_path: Path) -> Iterator[str]:
    with serve(tmp_path / "data") as address:
        yield address


def bring(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text(path.name).first).to_be_visible(timeout=READY)
    page.get_by_role("spinbutton", name="day, Published on").click()
    page.keyboard.type("31012025")
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Your name").fill("Ann")
    page.get_by_role("button", name="Check").click()


def view(page: Page, name: str) -> None:
    """Keep what a reader at a desk and one with a phone see."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": TALL})
        wait_until_drawn(page)
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=READY)
        path = SCREENSHOTS / f"load_figures_{name}_{width}.png"
        page.screenshot(path=path, animations="disabled")
        overflow = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0
    page.set_viewport_size({"width": 1280, "height": 844})


# The server first, so that the page is closed before it stops: a page that outlives it complains.
def test_a_file_is_checked_loaded_and_shown(
    own_address: str, page: Page, browser: Browser, tmp_path: Path
) -> None:
    good, bad = tmp_path / "own.csv", tmp_path / "later.csv"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    reader = browser.new_context().new_page()
    reader.goto(own_address)
    wait_until_drawn(reader)

    page.goto(f"{own_address}/load_figures")
    wait_until_drawn(page)
    expect(page.get_by_text(BANNER)).to_be_visible()
    view(page, "empty")
    bring(page, good)
    expect(page.get_by_role("heading", name="The file can be loaded")).to_be_visible(timeout=READY)
    expect(page.get_by_text("Can be loaded", exact=True)).to_be_visible()
    expect(page.locator(".number").first).to_have_text(re.compile("Read\\s*2"))
    expect(page.get_by_text(BANNER)).to_be_visible()
    view(page, "preview")

    page.get_by_role("button", name="Load this file").click()
    expect(page.get_by_text("own.csv is loaded and published")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    # Who read meanwhile reads on; what was loaded is seen without the worked example.
    expect(reader.get_by_text(BANNER).first).to_be_visible()
    reader.goto(f"{own_address}/overview?area=E22000120&plan=none")
    wait_until_drawn(reader)
    expect(reader.get_by_text(BANNER)).to_have_count(0)
    reader.context.close()

    bring(page, bad)
    expect(page.get_by_role("heading", name="2 problems found")).to_be_visible(timeout=READY)
    expect(page.get_by_text("no area has this code")).to_be_visible()
    load = page.get_by_role("button", name="Load this file")
    expect(load).to_be_disabled()
    view(page, "problems")
    page.get_by_text("Load the good rows without the bad ones").click()
    expect(load).to_be_enabled(timeout=READY)
    load.click()
    expect(page.get_by_text("later.csv is loaded and published")).to_be_visible(timeout=READY)
    view(page, "loaded")
