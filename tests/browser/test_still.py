"""What is drawn late has its room kept: nothing below it moves under somebody's finger."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.serving import READY, wait_until_drawn

#: Heights that the grid of figures has had, from the first frame it is there.
HEIGHTS = """
window.heights = [];
const look = () => {
  const all = [...document.querySelectorAll("h2")];
  const heading = all.find((h) => h.innerText === "Every figure");
  const after = heading?.closest("[data-testid=stElementContainer]")?.nextElementSibling;
  const height = after?.offsetHeight;
  if (after && height !== window.heights.at(-1)) window.heights.push(height);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def test_a_grid_takes_its_room_before_it_is_drawn(page: Page, address: str) -> None:
    page.add_init_script(HEIGHTS)
    page.goto(f"{address}/indicator?indicator=robbery&tab=notes")
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible(timeout=READY)
    wait_until_drawn(page)
    assert page.evaluate("window.heights") == [400]
