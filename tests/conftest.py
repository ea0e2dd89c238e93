"""What every test may ask for: the project's folder, the shared real data beside it, a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from etl.settings import PUBLISHED_ENVIRONMENT
from tools.chromium import LAUNCH_ARGUMENTS, find_chromium

# Tests build many databases and say what is in them: the figures that come with the product are in
# those of tests that ask for them. A run can ask for them in all, to see what depends on it.
os.environ.setdefault(PUBLISHED_ENVIRONMENT, "no")

# How long an example takes says more of the machine than of the code: benchmarks measure time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whatever uses a browser, and leaves it to the end.

    Playwright keeps an event loop running in this thread for as long as the browser is open, and
    `asyncio.run` refuses to work beside it.
    """
    for item in items:
        if _opens_browser(item):
            item.add_marker(pytest.mark.browser)
    items.sort(key=_opens_browser)


@pytest.fixture(scope="session")
def project_root() -> Path:
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_root(project_root: Path) -> Path:
    """The folder `shared` beside the project: source documents, reference values, real data."""
    return _there_or_skip(project_root.parent / "shared")


@pytest.fixture(scope="session")
def shared_data(shared_root: Path) -> Path:
    """The real published files."""
    return _there_or_skip(shared_root / "data")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests; `make test` has seen to it that there is one."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium here: `make test` installs one, or name it in SAFECITY_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=list(LAUNCH_ARGUMENTS), headless=True
        )
        yield chromium
        chromium.close()


def _opens_browser(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "browser" in item.fixturenames


def _there_or_skip(folder: Path) -> Path:
    if not folder.is_dir():
        pytest.skip(f"needs ../{folder.name}, which is not beside this checkout")
    return folder
