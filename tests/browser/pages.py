"""The app's pages, as `dashboard.app` lists them, and how tests open and question one."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from dashboard import app
from dashboard.pages.data_and_methods import page as data_and_methods
from tests.browser.serving import READY, wait_until_drawn

#: The first page has no path of its own.
PATHS = {("" if path == "overview" else path): title for title, path, _, _ in app.PAGES}
SECTIONS = [f"data_and_methods?section={section}" for section in data_and_methods.SECTIONS]

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

#: How far what a page shows sticks out sideways; the page scrolls within its main part.
OVERFLOW = """() => {
  const parts = [document.documentElement, document.querySelector("[data-testid=stMain]")];
  return Math.max(...parts.map((part) => part.scrollWidth - part.clientWidth));
}"""


def open_page(page: Page, address: str) -> None:
    """Open an address and wait until nothing is being drawn any more."""
    page.goto(address)
    wait_until_drawn(page)


def choose_by_typing(page: Page, label: str, typed: str, option: str) -> Locator:
    """Choose from a list as those do who use no mouse, and give the box it is chosen in.

    Enter takes the option that the keyboard is on, and that is none until the list is sifted: an
    option that is only in sight is not chosen, and the list closes without a choice.
    """
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.type(typed)
    found = page.get_by_role("option", name=option, exact=True)
    expect(found.and_(page.locator("[data-focused=true]"))).to_be_visible(timeout=READY)
    page.keyboard.press("Enter")
    return box


def new_context(browser: Browser, scheme: str, size: dict[str, int]) -> BrowserContext:
    """Give a browser of its own, with nothing in it, that likes light or dark."""
    return browser.new_context(viewport=size, color_scheme=scheme)


def overflow(page: Page) -> int:
    """How many pixels stick out sideways."""
    return int(page.evaluate(OVERFLOW))


def choices(page: Page) -> dict[str, str]:
    """What is chosen, by the name of the choice."""
    found = page.get_by_role("combobox").all()
    pressed = page.locator("[aria-pressed=true][aria-label]").all()
    return {
        **{str(each.get_attribute("aria-label")): each.input_value() for each in found},
        **{str(each.get_attribute("aria-label")): "pressed" for each in pressed},
    }
