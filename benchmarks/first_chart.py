"""From an address to the first chart in a browser: a build's first view, and later ones.

In Chromium, 1280 by 800, on national figures where the workbook is there. Cold: server and browser
have just been started. Warm: the same address in a new tab of the same browser, the median of five.
A page without a chart is measured to its first table. Public perception is left out: no national
file has a survey.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks._national import WORKBOOK, add_workbook
from benchmarks._serving import served
from dashboard.cli.serve import APP
from etl.build import build
from etl.datadir import DataDir
from tools.chromium import find_chromium

PAGES = (
    "",
    "quarterly_review?indicator=all_crime",
    "indicator",
    "targets",
    "most_similar_group",
    "crime_types",
    "actions",
    "data_and_methods",
)
#: What a reader came for: the lines and bars of a chart, or a table.
SEEN = (
    "[data-testid=stPlotlyChart] .main-svg, [data-testid=stTable], "
    "[data-testid=stDataFrame], .reading"
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 60_000
WARM_VIEWS = 5
DESK = {"width": 1280, "height": 800}


def run() -> list[dict[str, object]]:
    """Return the times of every page, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = DataDir(Path(folder))
        if WORKBOOK.is_file():
            add_workbook(data)
        build(data)
        program = find_chromium()
        rows = []
        for page in PAGES:
            browser = playwright.chromium.launch(
                executable_path=str(program) if program else None, args=FLAGS
            )
            rows.append(_page(browser, str(data.root), page))
            browser.close()
        return rows


def _page(browser: Browser, folder: str, page: str) -> dict[str, object]:
    with served([str(APP)], {"SAFECITY_DATA_DIR": folder}) as (port, _):
        address = f"http://localhost:{port}/{page}"
        context = browser.new_context(viewport=DESK)
        cold = _seen_after(context, address)
        warm = [_seen_after(context, address) for _ in range(WARM_VIEWS)]
    return {
        "page": page.partition("?")[0] or "overview",
        "cold, ms": round(cold),
        "warm, ms": round(statistics.median(warm)),
    }


def _seen_after(context: BrowserContext, address: str) -> float:
    tab = context.new_page()
    started = time.perf_counter()
    tab.goto(address, wait_until="commit")
    tab.locator(SEEN).filter(visible=True).first.wait_for(timeout=PATIENCE)
    milliseconds = 1000 * (time.perf_counter() - started)
    tab.close()
    return milliseconds
