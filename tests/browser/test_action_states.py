"""States are written in the table of what is chosen on the board, several in one save."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.store.commentary import Progress
from etl.datadir import DataDir
from tests.browser.pages import open_page
from tests.browser.serving import READY, serve, wait_until_drawn

PLAN = "southampton_2010_11"


@pytest.fixture
def own_address(tmp_path: Path) -> Iterator[str]:
    with serve(tmp_path / "data") as address:
        yield address


def choose_state(page: Page, row: int, state: str) -> None:
    """Fill in the state of a row of the table, the first is 1, by keyboard."""
    page.get_by_test_id("data-grid-canvas").focus()
    page.keyboard.press("Control+Home")
    for _ in range(row - 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    field = page.locator("#portal input")
    expect(field).to_be_visible(timeout=READY)
    field.fill(state)
    page.keyboard.press("Enter")
    expect(field).to_have_count(0, timeout=READY)


def test_states_are_written_on_the_board_several_at_once(
    own_address: str, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{own_address}/actions")
    cell = page.get_by_role("button", name=re.compile("^Police, Reduce violent crime: 16 actions"))
    cell.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("priority=2a&agency=Police"), timeout=READY)
    expect(cell).to_have_attribute("aria-pressed", "true", timeout=READY)
    expect(cell).to_be_focused()
    heading = page.get_by_role("heading", name="16 actions: Reduce violent crime, Police")
    expect(heading).to_be_visible(timeout=READY)
    wait_until_drawn(page)

    choose_state(page, 1, "Done")
    expect(page.get_by_role("button", name="Save the state")).to_be_enabled(timeout=READY)
    choose_state(page, 2, "Under way")
    expect(page.get_by_role("button", name="Save 2 states")).to_be_enabled(timeout=READY)
    # What is filled in is not lost by a look at other actions.
    wait_until_drawn(page)
    cell.press("Enter")
    expect(page.get_by_role("heading", name="70 actions", exact=True)).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    page.get_by_role("textbox", name="Your name").fill("Ann")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    page.get_by_role("button", name="Save 2 states").click()
    expect(page.get_by_text("2 states are recorded.")).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    said = Progress(DataDir(tmp_path / "data")).latest(PLAN).set_index("action_id")
    assert said["state"].to_dict() == {"violent_crime_1": "done", "nte_1": "under_way"}
    assert set(said["author"]) == {"Ann"}


def test_the_full_words_of_an_action_are_a_click_away(address: str, page: Page) -> None:
    open_page(page, f"{address}/actions?priority=2a&agency=Police")
    box = page.get_by_test_id("data-grid-canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 200, box["y"] + 52)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Partnership and Police analyst")).to_be_visible(timeout=READY)
    expect(dialog.get_by_text("Nothing is recorded yet.")).to_be_visible()
    wait_until_drawn(page)
