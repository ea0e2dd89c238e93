"""The default figures, served, and a page of a real browser that looks for trouble."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.serving import serve

# A page that outlives its server asks whether it is back.
HARMLESS = re.compile(r"ERR_CONNECTION_REFUSED .*/_stcore/(health|host-config)")


@dataclass
class Trouble:
    """What should not happen on any page."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        where = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not HARMLESS.search(where):
            self.errors.append(where)

    def _request(self, request: Request) -> None:
        address = urlparse(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "localhost":
            self.outside.append(request.url)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that is served."""
    return tmp_path_factory.mktemp("served") / "data"


@pytest.fixture(scope="session")
def address(served: Path) -> Iterator[str]:
    """Where `safecity serve` serves the default figures, started from another folder."""
    with serve(served) as address:
        yield address


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, trouble: Trouble) -> Iterator[Page]:
    """A page at a desk, in which nothing may go wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    trouble.watch(page)
    yield page
    context.close()
    assert trouble.errors == []
    assert trouble.outside == []
