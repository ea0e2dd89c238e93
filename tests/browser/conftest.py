"""The real app, served as a user serves it, and a page of a real browser that looks for trouble."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60

# A subpage asks for its own health before the app's: Streamlit does so, and it is harmless.
HARMLESS = re.compile(r"/_stcore/(health|host-config)")


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


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


def wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    """Ask until the app answers; each question waits a second at most."""
    for _ in range(START_SECONDS * 10):
        assert process.poll() is None, "the app stopped"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            # Nothing listens yet: a refused connection comes back at once.
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
    pytest.fail("the app did not start")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that is served."""
    return tmp_path_factory.mktemp("served") / "data"


@pytest.fixture(scope="session")
def address(served: Path) -> Iterator[str]:
    """Where `safecity serve` serves the default figures, started from another folder."""
    folder = served.parent
    port = free_port()
    command = [sys.executable, "-c", "from dashboard.cli import main; main()"]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "serve", "--data-dir", str(served), "--port", str(port)],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        wait_until_healthy(f"http://localhost:{port}", process)
        yield f"http://localhost:{port}"
        process.terminate()
        process.wait(timeout=START_SECONDS)


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
