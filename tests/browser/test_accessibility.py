"""What axe finds on every page, light and dark: nothing serious or critical, headings in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pages import DESK, PATHS, SECTIONS, new_context, open_page

GRAVE = ("serious", "critical")
#: Only moderate by axe's measure, but how those who do not see a page find their way on it.
HEADINGS = ("page-has-heading-one", "empty-heading", "heading-order")
OPENED = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = new_context(browser, request.param, DESK)
    yield context.new_page()
    context.close()


def findings(page: Page) -> list[str]:
    """What axe finds that no page may have: rule, place, and what it says."""
    # What is folded away is read too, once it is unfolded.
    page.evaluate(OPENED)
    return [
        f"{found['id']} ({found['impact']}) at {node['target']}: {node['failureSummary']}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in GRAVE or found["id"] in HEADINGS
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("path", [*PATHS, *SECTIONS[1:]])
def test_axe_finds_nothing_grave(reader: Page, address: str, path: str) -> None:
    open_page(reader, f"{address}/{path}")
    assert findings(reader) == []


def test_axe_would_find_it(reader: Page, address: str) -> None:
    open_page(reader, f"{address}/load_figures")
    reader.evaluate("() => document.querySelector('h1').insertAdjacentHTML('afterend', '<img>')")
    assert any(found.startswith("image-alt") for found in findings(reader))
