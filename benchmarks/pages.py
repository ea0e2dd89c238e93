"""The server time of every page: the first view of a build, and the views after it."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks._national import WORKBOOK, add_workbook
from dashboard.store.builds import builds_of
from etl.build import build
from etl.datadir import DataDir

PAGES = (
    "overview",
    "quarterly_review",
    "targets",
    "most_similar_group",
    "crime_types",
    "data_and_methods",
)
WARM_VIEWS = 20
TIMEOUT = 120
PERCENTILES = 100
P95 = 94

Query = dict[str, str]


def run() -> list[dict[str, object]]:
    """Time the pages on the default, and on a national workbook where it is there."""
    rows = _on("default", lambda _data: None, [{}])
    if WORKBOOK.is_file():
        partnerships = [{"area": "E22000120"}, {"area": "E22000001"}, {"area": "E22000010"}]
        rows += _on("national", add_workbook, partnerships)
    return rows


def _on(
    name: str, load: Callable[[DataDir], None], queries: list[Query]
) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        load(data)
        build(data)
        os.environ["SAFECITY_DATA_DIR"] = folder
        return [_page(name, module, queries) for module in PAGES]


def _page(figures: str, module: str, queries: list[Query]) -> dict[str, object]:
    builds_of.cache_clear()
    cold = [_view(module, query) for query in queries]
    warm = [_view(module, query) for _ in range(WARM_VIEWS) for query in queries]
    return {
        "figures": figures,
        "page": module,
        "first view, ms": round(max(cold)),
        "p50, ms": round(statistics.median(warm)),
        "p95, ms": round(statistics.quantiles(warm, n=PERCENTILES)[P95]),
    }


def _view(module: str, query: Query) -> float:
    page = AppTest.from_function(_framed, default_timeout=TIMEOUT, args=(module,))
    for name, value in query.items():
        page.query_params[name] = value
    started = time.perf_counter()
    page.run()
    seconds = time.perf_counter() - started
    if page.exception:
        raise RuntimeError(f"{module}: {page.exception[0].value}")
    return 1000 * seconds


def _framed(module: str) -> None:
    import importlib  # noqa: PLC0415 - Streamlit runs this function as a script of its own

    from dashboard.ui import frame  # noqa: PLC0415

    frame.framed(importlib.import_module(f"dashboard.pages.{module}").page)()
