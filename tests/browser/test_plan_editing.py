"""From the first target to a changed one, in a real Chromium: every page is on it and agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.words.plan_table import HEADINGS
from etl.datadir import PROJECT_DATA, DataDir
from etl.own_plans import NewTarget, add_target
from etl.plan_history import read_history
from etl.raw import add_file
from tests.browser.conftest import Trouble
from tests.browser.pages import PATHS, PHONE, choose_by_typing, open_page, overflow
from tests.browser.serving import READY, serve, wait_until_drawn

SOUTHAMPTON = "E22000120"
PLAN = "southampton_2010_11_e22000120"
TARGET = "robbery_2010_11"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """Southampton's illustrative figures, loaded as if they were its own: real ones."""
    head, *lines = (PROJECT_DATA / "illustrative/observations.csv").read_text().splitlines()
    file = tmp_path / "own.csv"
    file.write_text("\n".join([head, *(line for line in lines if SOUTHAMPTON in line)]) + "\n")
    data = DataDir(tmp_path / "data")
    add_file(data, file, published=date(2010, 1, 28), loaded_by="a test")
    return data


@pytest.fixture
def data_with_targets(data: DataDir) -> DataDir:
    for indicator in ("robbery", "dwelling_burglary"):
        add_target(
            data,
            NewTarget(
                area_code=SOUTHAMPTON, area_name="Southampton", plan="", indicator=indicator,
                goal="relative_change", goal_number=-10, goal_stated="10% fewer",
                baseline_period="2008/09", due=date(2011, 3, 31), path="straight", owner="Ann",
                written_by="Ann", written_on=date(2010, 1, 28),
            ),
        )  # fmt: skip
    return data


# The servers first, so that pages are closed before they stop: one that outlives them complains.
@pytest.fixture
def address(data: DataDir) -> Iterator[str]:
    with serve(data.root) as address:
        yield address


@pytest.fixture
def address_with_targets(data_with_targets: DataDir) -> Iterator[str]:
    with serve(data_with_targets.root) as address:
        yield address


def go_to(page: Page, title: str) -> None:
    """Go to a page by the list beside it."""
    page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
    path = next(path for path, name in PATHS.items() if name == title)
    expect(page).to_have_url(re.compile(rf"/{path}\?"), timeout=READY)
    wait_until_drawn(page)


def open_table(page: Page, label: str) -> Locator:
    page.get_by_text(label, exact=True).click()
    grid = page.get_by_test_id("stDataFrame").last
    expect(grid.get_by_test_id("data-grid-canvas")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    return grid


def choose_cell(page: Page, grid: Locator, row: int, heading: str) -> None:
    """Go to a cell by keyboard; rows from 1. The first column is the row's number."""
    columns = next(each for each in HEADINGS.values() if heading in each.values())
    grid.get_by_test_id("data-grid-canvas").focus()
    page.keyboard.press("Control+Home")
    for key, times in (
        ("ArrowRight", 1 + [*columns.values()].index(heading)),
        ("ArrowDown", row - 1),
    ):
        for _ in range(times):
            page.keyboard.press(key)


def type_into(page: Page, grid: Locator, row: int, heading: str, text: str) -> None:
    choose_cell(page, grid, row, heading)
    page.keyboard.press("Enter")
    field = page.locator("#portal").locator("textarea, input").last
    expect(field).to_be_enabled(timeout=READY)
    field.fill(text)
    page.keyboard.press("Enter")
    wait_until_drawn(page)


def save(page: Page, name: str) -> None:
    # A table hands over its edits a moment after they are made; there is nothing to save before.
    button = page.get_by_role("button", name="Save changes")
    expect(button).to_be_enabled(timeout=READY)
    field = page.get_by_role("textbox", name="Your name").last
    field.fill(name)
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    if name:
        expect(field).to_have_value(name)
    button.click()


def write_first_target(page: Page) -> None:
    box = choose_by_typing(page, "Indicator", "robbery", "Robbery")
    expect(box).to_have_value("Robbery", timeout=READY)
    wait_until_drawn(page)
    page.get_by_role("spinbutton", name="Fall (%)").fill("10")
    page.get_by_role("spinbutton", name="day, Due").focus()
    page.keyboard.type("31032011")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    page.get_by_role("textbox", name="Your name").fill("Ann")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Save this target").click()
    expect(page.get_by_text("is saved and published")).to_be_visible(timeout=READY)
    wait_until_drawn(page)


def every_page_is_on_the_target(page: Page, verdict: str) -> None:
    """Go through the pages: each is on the plan, and those that look at one thing, on the target.

    Args:
        page: On any page.
        verdict: Of the target, in words.
    """
    plan = page.get_by_test_id("stSidebar").get_by_role("combobox", name="Plan")
    for title in ("Quarterly review", "Crime types", "Public perception", "Actions and resources"):
        go_to(page, title)
        expect(plan).to_have_value(re.compile(PLAN), timeout=READY)
    for title in ("Indicator", "Most Similar Group"):
        go_to(page, title)
        expect(plan).to_have_value(re.compile(PLAN), timeout=READY)
        indicator = page.get_by_role("combobox", name="Indicator", exact=True)
        expect(indicator).to_have_value("Robbery", timeout=READY)
    go_to(page, "Indicator")
    expect(page.get_by_text(verdict).first).to_be_visible(timeout=READY)
    go_to(page, "Overview")
    expect(page.get_by_text("Robbery").first).to_be_visible()
    expect(page.get_by_text(verdict).first).to_be_visible()
    go_to(page, "Targets")
    card = page.locator(f".st-key-card_target_{TARGET}")
    expect(card.get_by_role("heading")).to_contain_text("Robbery", timeout=READY)
    expect(card.locator(".chip").first).to_contain_text(verdict)


def test_after_the_first_target_and_each_change_of_it_every_page_agrees(
    address: str, data: DataDir, page: Page
) -> None:
    open_page(page, f"{address}/getting_started?partnership={SOUTHAMPTON}")
    write_first_target(page)
    every_page_is_on_the_target(page, "At risk")
    page.get_by_test_id("stSidebar").get_by_role("combobox", name="Plan").click()
    first = page.get_by_role("option").first
    expect(first).to_contain_text(PLAN)
    page.keyboard.press("Escape")

    grid = open_table(page, "Edit targets")
    type_into(page, grid, 1, "Goal", "-40")
    type_into(page, grid, 1, "Owner", "Zoë O'Brien")
    save(page, "Ben")
    expect(page.get_by_text("Saved and published: one target changed.")).to_be_visible(
        timeout=READY
    )
    wait_until_drawn(page)
    history = page.locator("table", has_text="Who changed targets, and when")
    expect(history.get_by_role("row", name=re.compile("Ben.*Robbery.*Goal.*-10.*-40"))
           ).to_be_visible()  # fmt: skip
    kept = read_history(data.root / "plans" / PLAN)
    assert {(each.changed_by, each.column) for each in kept} >= {
        ("Ben", "goal_number"), ("Ben", "owner"), ("Ben", "goal_stated"),
    }  # fmt: skip
    every_page_is_on_the_target(page, "Off track")
    page.get_by_text("What the plan says", exact=True).click()
    expect(page.get_by_role("cell", name="Zoë O'Brien").first).to_be_visible(timeout=READY)
    wait_until_drawn(page)


def test_what_is_wrong_is_said_before_anything_is_kept_and_a_row_taken_out_asks_once(
    address_with_targets: str, data: DataDir, page: Page
) -> None:
    file = data.root / "plans" / PLAN / "targets.toml"
    before = file.read_bytes()
    open_page(page, f"{address_with_targets}/targets?plan={PLAN}&area={SOUTHAMPTON}")
    grid = open_table(page, "Edit targets")
    type_into(page, grid, 1, "Baseline", "last year")
    save(page, "")
    wrong = page.locator("table", has_text="What is wrong")
    expect(wrong.get_by_role("row", name=re.compile("1.*Baseline.*last year.*write 2024.25"))
           ).to_be_visible(timeout=READY)  # fmt: skip
    expect(wrong.get_by_role("row", name=re.compile("Your name.*blank"))).to_be_visible()
    wait_until_drawn(page)
    assert file.read_bytes() == before
    type_into(page, grid, 1, "Baseline", "2008/09")

    # The box before a row chooses it whole.
    box = grid.get_by_test_id("data-grid-canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 52)
    page.keyboard.press("Delete")
    wait_until_drawn(page)
    save(page, "Ben")
    expect(page.get_by_text("Take out one target? Robbery.")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    assert file.read_bytes() == before
    page.get_by_role("button", name="Take out and save").click()
    expect(page.get_by_text("Saved and published: one target changed.")).to_be_visible(
        timeout=READY
    )
    wait_until_drawn(page)
    assert b"robbery" not in file.read_bytes()


def test_the_second_of_two_is_told_what_changed_and_nothing_is_lost(
    address_with_targets: str, page: Page, browser: Browser, trouble: Trouble
) -> None:
    address = f"{address_with_targets}/targets?plan={PLAN}&area={SOUTHAMPTON}"
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    other = context.new_page()
    trouble.watch(other)
    for each, owner in ((page, "Cy"), (other, "Di")):
        open_page(each, address)
        type_into(each, open_table(each, "Edit targets"), 1, "Owner", owner)
    save(other, "Ben")
    expect(other.get_by_text("Saved and published")).to_be_visible(timeout=READY)
    wait_until_drawn(other)
    context.close()
    save(page, "Ann")
    told = page.locator("table", has_text="What others changed meanwhile")
    expect(told.get_by_role("row", name=re.compile("1.*Owner.*Di.*Cy.*Ben changed this"))
           ).to_be_visible(timeout=READY)  # fmt: skip
    wait_until_drawn(page)
    page.get_by_role("button", name="Save mine over theirs").click()
    expect(page.get_by_text("Saved and published")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    rows = page.locator("table", has_text="Who changed targets").get_by_role("row")
    expect(rows.nth(1)).to_contain_text(re.compile("Ann.*Owner.*Di.*Cy"))
    expect(rows.nth(2)).to_contain_text(re.compile("Ben.*Owner.*Ann.*Di"))


def test_actions_are_begun_in_the_table_on_a_phone(
    address_with_targets: str, data: DataDir, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, f"{address_with_targets}/actions?plan={PLAN}&area={SOUTHAMPTON}")
    grid = open_table(page, "Edit actions")
    assert overflow(page) <= 0
    box = grid.get_by_test_id("data-grid-canvas").bounding_box()
    assert box is not None
    # The blank row at the end is a new one once it is clicked.
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    wait_until_drawn(page)
    type_into(page, grid, 1, "Action", "Visit every burgled home")
    type_into(page, grid, 1, "Section", "Burglary")
    save(page, "Ann")
    expect(page.get_by_text("Saved and published: one action changed.")).to_be_visible(
        timeout=READY
    )
    wait_until_drawn(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 action")
    assert "Visit every burgled home" in (data.root / "plans" / PLAN / "actions.csv").read_text()


def test_a_plan_that_comes_with_the_product_says_how_to_take_a_copy(
    address_with_targets: str, page: Page
) -> None:
    open_page(page, f"{address_with_targets}/targets?plan=southampton_2010_11")
    page.get_by_text("Edit targets", exact=True).click()
    expect(page.get_by_text("safecity template plan --of southampton_2010_11")).to_be_visible(
        timeout=READY
    )
    wait_until_drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="The plan as a workbook").click()
    assert download.value.suggested_filename == "southampton_2010_11.xlsx"
