"""Building the default from nothing, and with a national workbook loaded."""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

ROUNDS = 3
WORKBOOK = (
    Path(__file__).resolve().parents[2]
    / "shared/data/ons_csp/policeforceareatablesyedecember2024.xlsx"
)


def run() -> list[dict[str, object]]:
    """Time builds: the median of three, in seconds."""
    rows = [_timed("the default, from nothing", None)]
    if WORKBOOK.is_file():
        rows.append(_timed("with the ONS workbook of 314 partnerships", WORKBOOK))
    return rows


def _timed(what: str, workbook: Path | None) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        adding = 0.0
        if workbook is not None:
            started = time.perf_counter()
            add_file(data, workbook, published=date(2025, 4, 24), loaded_by="benchmark")
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
