"""The real app, served as a user serves it, and how to tell that a page is drawn."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
START_SECONDS = 60
READY = 120_000

#: True once the page has kept its height for eight frames: what is drawn late moves what is below,
#: and a click that is under way then hits something else.
AT_REST = """() => new Promise((rested) => {
  const main = document.querySelector("[data-testid=stMain]");
  let [height, frames] = [main.scrollHeight, 0];
  const look = () => {
    frames = main.scrollHeight === height ? frames + 1 : 0;
    height = main.scrollHeight;
    frames < 8 ? requestAnimationFrame(look) : rested(true);
  };
  requestAnimationFrame(look);
})"""


@contextmanager
def serve(data: Path) -> Generator[str]:
    """Serve a data folder with `safecity serve`, started from another folder; give its address."""
    port = free_port()
    command = [sys.executable, "-c", "from dashboard.cli.main import main; main()"]
    with (data.parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "serve", "--data-dir", str(data), "--port", str(port)],
            cwd=data.parent,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(f"http://localhost:{port}", process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


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


def wait_until_drawn(page: Page) -> None:
    """Wait until nothing runs, nothing is a placeholder, and nothing moves any more."""
    expect(page.locator("h1").first).to_be_visible(timeout=READY)
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=READY
    )
    for unfinished in ("[data-stale=true]", "[data-testid=stSkeleton]"):
        expect(page.locator(unfinished)).to_have_count(0, timeout=READY)
    page.wait_for_function(AT_REST, timeout=READY)
