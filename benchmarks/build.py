"""Building the default from nothing, and with a national workbook loaded."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks._national import WORKBOOK, add_workbook
from etl.build import build
from etl.datadir import DataDir
from etl.settings import choose_published

ROUNDS = 3


def run() -> list[dict[str, object]]:
    """Time builds: the median of three, in seconds."""
    rows = [
        _timed("the default without published figures, from nothing", published=False),
        _timed("with the figures that come with the product, from nothing", published=True),
    ]
    if WORKBOOK.is_file():
        what = "with the ONS workbook of 314 partnerships"
        rows.append(_timed(what, published=False, with_workbook=True))
    return rows


def _timed(what: str, *, published: bool, with_workbook: bool = False) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        choose_published(data.root, published)
        adding = 0.0
        if with_workbook:
            started = time.perf_counter()
            add_workbook(data)
            adding = time.perf_counter() - started
        first, *again = (_build_seconds(data) for _ in range(ROUNDS))
    return {
        "build": what,
        "add, s": round(adding, 2),
        "first build, s": round(first, 2),
        "again, s": round(statistics.median(again), 2),
    }


def _build_seconds(data: DataDir) -> float:
    started = time.perf_counter()
    build(data)
    return time.perf_counter() - started
