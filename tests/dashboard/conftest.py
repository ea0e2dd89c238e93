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
LOOKUPS = ("lookup_ltla24_csp24_pfa24.csv", "lookup_lsoa21_ward24_ltla24.csv")

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
    _load(folder, {shared_data / CSP_WORKBOOK: "2025-04-24"})
    return folder


@pytest.fixture(scope="session")
def mixed_data(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """The same workbook, and six months of Hampshire's streets with the lookups they need."""
    folder = tmp_path_factory.mktemp("mixed")
    streets = sorted((shared_data / "police_uk_street").glob("2025-*.csv"))
    _load(
        folder,
        {shared_data / CSP_WORKBOOK: "2025-04-24"}
        | {shared_data / "lookups" / name: "2024-12-01" for name in LOOKUPS}
        | dict.fromkeys(streets, "2025-08-01"),
    )
    return folder


def _load(folder: Path, published: dict[Path, str]) -> None:
    """Load files as of the day that each was published, and build."""
    adding = [["add", str(file), "--published", day] for file, day in published.items()]
    for words in (*adding, ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == ExitCode.DONE, result.output


def framed_page(module: str) -> None:
    """Draw one page within the frame, as the app does."""
    # Streamlit runs this function as a script of its own.
    from dashboard.app import PAGES  # noqa: PLC0415
    from dashboard.ui import frame  # noqa: PLC0415

    draw = next(draw for _, path, _, draw in PAGES if path == module)
    frame.framed(draw, module)()


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


def html_of(page: AppTest) -> str:
    """All that a page shows as HTML: the line of place and date, big numbers, tables to be read."""
    return "\n".join(each.proto.body for each in page.get("html"))


def numbers_of(page: AppTest) -> str:
    """The big numbers of a page that has some, as they are written."""
    found = (each.proto.body for each in page.get("html"))
    return next(body for body in found if 'class="numbers"' in body)
