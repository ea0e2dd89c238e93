"""Databases that the pages are tested on, each built once, and a way to open a page on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl.build import build
from etl.command_options import ExitCode
from etl.datadir import DataDir

TIMEOUT = 60
CSP_WORKBOOK = Path("ons_csp") / "policeforceareatablesyedecember2024.xlsx"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def default_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded default, built."""
    folder = tmp_path_factory.mktemp("default")
    build(DataDir(folder))
    return folder


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """The ONS workbook of 314 partnerships, loaded and built."""
    folder = tmp_path_factory.mktemp("real")
    for words in (["add", str(shared_data / CSP_WORKBOOK), "--published", "2025-04-24"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == ExitCode.DONE, result.output
    return folder


def framed_page(module: str) -> None:
    """Draw one page within the frame, as the app does."""
    import importlib  # noqa: PLC0415 - Streamlit runs this function as a script of its own

    from dashboard.layout import frame  # noqa: PLC0415

    frame.framed(importlib.import_module(f"dashboard.pages.{module}").page)()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Give a function that opens a page: `open_page("targets", folder, target="all_crime")`."""

    def opened(module: str, data: Path, **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("SAFECITY_DATA_DIR", str(data))
        page = AppTest.from_function(framed_page, default_timeout=TIMEOUT, args=(module,))
        for name, value in query.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return opened
