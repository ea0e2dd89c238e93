"""The way of somebody new, in a real Chromium: a first target by keyboard, boundaries for a map."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.datadir import PROJECT_DATA, DataDir
from etl.raw import add_file
from tests.browser.pages import choose_by_typing, open_page, overflow
from tests.browser.serving import READY, SCREENSHOTS, serve, wait_until_drawn

SOUTHAMPTON = "E22000120"
PLAN = "southampton_2010_11_e22000120"
#: Shown as it is typed, whatever it would be in HTML, Markdown or a formula.
OWNER = '<b>Zoë</b> *O\'Brien* $x$ "2"'
RING = [[-1.5, 50.9], [-1.3, 50.9], [-1.3, 51.0], [-1.5, 50.9]]


@pytest.fixture
def own_address(tmp_path: Path) -> Iterator[str]:
    with serve(tmp_path / "data") as address:
        yield address


@pytest.fixture
def address_with_figures(tmp_path: Path) -> Iterator[str]:
    """Figures of one's own, which a target is measured from: the illustrative as if real."""
    head, *lines = (PROJECT_DATA / "illustrative/observations.csv").read_text().splitlines()
    file = tmp_path / "own.csv"
    file.write_text("\n".join([head, *(line for line in lines if SOUTHAMPTON in line)]) + "\n")
    data = DataDir(tmp_path / "data")
    add_file(data, file, published=date(2010, 1, 28), loaded_by="a test")
    with serve(data.root) as address:
        yield address


def keep_picture(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    wait_until_drawn(page)
    page.screenshot(path=SCREENSHOTS / f"{name}_1280.png", animations="disabled", full_page=True)
    assert overflow(page) <= 0


def type_due(page: Page) -> None:
    page.get_by_role("spinbutton", name="day, Due").focus()
    page.keyboard.type("31032011")
    page.keyboard.press("Tab")
    wait_until_drawn(page)


def read_it_back(page: Page) -> None:
    page.get_by_role("button", name="Read it back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save this target")).to_be_visible(timeout=READY)
    wait_until_drawn(page)


# The server first, so that the page is closed before it stops: a page that outlives it complains.
def test_a_first_target_by_keyboard_alone(
    address_with_figures: str, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{address_with_figures}/getting_started?partnership={SOUTHAMPTON}")
    box = choose_by_typing(page, "Indicator", "dwelling", "Dwelling burglary")
    expect(box).to_have_value("Dwelling burglary", timeout=READY)
    wait_until_drawn(page)
    expect(page.get_by_role("combobox", name="Baseline")).to_have_value(
        "2008/09: 1,123", timeout=READY
    )
    page.get_by_role("spinbutton", name="Fall (%)").focus()
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    type_due(page)
    page.get_by_role("textbox", name="Owner (may be left out)").focus()
    page.keyboard.type(OWNER)
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    page.get_by_role("textbox", name="Your name").focus()
    page.keyboard.type("Ann")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    read_it_back(page)
    said = "is to fall by 10%, from 1,123 in 2008/09 to 1,011 in the twelve months to 31 March 2011"
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text(f"owner: {OWNER}.")).to_be_visible()
    assert not (tmp_path / "data" / "plans").exists()
    keep_picture(page, "first_target_read_back")

    page.get_by_role("button", name="Save this target").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is saved and published")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    assert (tmp_path / "data" / "plans" / PLAN / "targets.toml").is_file()
    page.get_by_role("link", name="See it on Targets").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/targets\?.*plan={PLAN}"), timeout=READY)
    expect(page.get_by_role("heading", name=re.compile("^Dwelling burglary: now"))).to_be_visible(
        timeout=READY
    )
    page.get_by_role("radio", name="What the plan says").click()
    expect(page.get_by_role("cell", name=OWNER).first).to_be_visible(timeout=READY)
    wait_until_drawn(page)


def test_boundaries_are_brought_and_the_map_is_there(
    own_address: str, page: Page, tmp_path: Path
) -> None:
    shape = {"type": "Polygon", "coordinates": [RING]}
    area = {"type": "Feature", "properties": {"LAD24CD": "E06000045"}, "geometry": shape}
    file = tmp_path / "mine.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    open_page(page, f"{own_address}/crime_types?look=map")
    expect(page.get_by_text("There are no boundaries to draw a map with.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Bring boundaries").click()
    expect(page.get_by_role("heading", name="Load figures")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("mine.geojson").first).to_be_visible(timeout=READY)
    page.get_by_role("textbox", name="Your name").fill("Ann")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("1 area, of which 1 has figures: Southampton.")).to_be_visible(
        timeout=READY
    )
    wait_until_drawn(page)
    keep_picture(page, "boundaries_checked")
    page.get_by_role("button", name="Load this file").click()
    expect(page.get_by_text("mine.geojson is kept.")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    page.get_by_role("link", name="The map").click()
    expect(page).to_have_url(re.compile(r"look=map.*boundaries=mine\.geojson"), timeout=READY)
    chart = page.locator("[data-testid=stPlotlyChart][aria-label]")
    expect(chart.first).to_be_visible(timeout=READY)
    wait_until_drawn(page)


@pytest.fixture
def address_with_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty installation with the official figures that come with the product."""
    monkeypatch.setenv("SAFECITY_PUBLISHED", "yes")
    with serve(tmp_path / "data") as address:
        yield address


def test_the_first_minute_from_the_strip_to_the_first_target(
    address_with_published: str, page: Page
) -> None:
    open_page(page, address_with_published)
    expect(page.get_by_text("Illustrative figures, not real ones").first).to_be_visible()
    choose_by_typing(page, "Which partnership are you?", "Portsm", "Portsmouth")
    finding = "All crime in Portsmouth fell 4% in the year ending December 2024"
    expect(page.get_by_role("heading", level=1)).to_have_text(finding, timeout=READY)
    expect(page).to_have_title("Overview · Portsmouth to December 2024")
    wait_until_drawn(page)
    expect(page.get_by_text("9th", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(3)
    expect(page.get_by_text("Open Government Licence v3.0").first).to_be_visible()
    keep_picture(page, "first_minute")
    page.get_by_role("link", name="Set the first target").click()
    baseline = page.get_by_role("combobox", name="Baseline")
    expect(baseline).to_have_value("year ending December 2024: 24,668", timeout=READY)
    expect(page.get_by_role("spinbutton", name="year, Due")).to_have_text("2026")
