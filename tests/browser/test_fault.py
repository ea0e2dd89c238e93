"""What a reader sees where the app itself fails, in the whole page or in a part of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import ROOT, START_SECONDS, free_port, wait_until_healthy

SERVED = """from pathlib import Path
import streamlit as st
from dashboard.ui.fault import show_fault
app = st.App(Path(__file__).with_name("failing.py"), on_script_error=show_fault)
"""
FAILING = """import streamlit as st
st.title("Written before the fault")
@st.fragment
def part():
    if st.button("Fail here"):
        raise KeyError("of the part")
part()
if "whole" in st.query_params:
    raise KeyError("of the page")
st.markdown("Written after it")
"""


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A page that fails when it is asked to, served with the app's own panel; and its log."""
    folder = tmp_path_factory.mktemp("failing")
    (folder / "served.py").write_text(SERVED)
    (folder / "failing.py").write_text(FAILING)
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "served.py")]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(f"http://localhost:{port}", process)
            yield f"http://localhost:{port}", log
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


@pytest.mark.parametrize("part", [False, True], ids=["page", "part"])
def test_a_fault_is_said_in_the_apps_own_words_and_logged(
    browser: Browser, failing: tuple[str, Path], part: bool
) -> None:
    address, log = failing
    page = browser.new_page()
    page.goto(address if part else f"{address}/?whole=1")
    if part:
        page.get_by_role("button", name="Fail here").click()
    panel = page.locator("[class*=st-key-fault_]")
    expect(panel).to_contain_text("there is a fault in the app")
    expect(panel.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Written after it")).to_have_count(1 if part else 0)
    shown = panel.locator("code").inner_text()
    assert shown.endswith(": KeyError")
    number = shown.removeprefix("Fault ").removesuffix(": KeyError")
    written = log.read_text()
    assert f"Fault {number} (KeyError) at {address}" in written
    assert f"'of the {'part' if part else 'page'}'" in written
    if part:
        panel.get_by_role("button", name="Try again").click()
        expect(panel).to_have_count(0)
    page.close()
