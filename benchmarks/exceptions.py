"""How many of the real London boroughs' exceptions survive the control of false discoveries.

The Metropolitan Police's monthly counts are read and built as `safecity add` and `safecity build`
do, into a folder of its own. For each quarter, every crime type of every borough is set against the
same quarter a year before. "Ten percent" is the rule of thumb that no test stands behind.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np

from dashboard.analysis.area_view import NO_PLAN, AreaView
from dashboard.analysis.exceptions import AreasExceptionsAnswer, exceptions_of_areas
from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.exceptions import LARGE_CHANGE_PERCENT, SIGNIFICANT_ALONE
from dashboard.metrics.false_discovery import BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

DOWNLOAD = (
    Path(__file__).resolve().parents[2]
    / "shared/data/met_police_boroughs/MPS_borough_APR2010-FEB2022.csv"
)
METROPOLITAN_POLICE = "E23000001"
QUARTERS = ("2018-12", "2019-03", "2019-06", "2019-09", "2019-12")
"""Last months of five quarters before 2020/21, which no year compares with."""


def run() -> list[dict[str, object]]:
    """Count exceptions by four rules, quarter by quarter."""
    if not DOWNLOAD.is_file():
        return [{"quarter": "needs ../shared, which is not beside this checkout"}]
    with london() as warehouse:
        return [_row(AreaView.of(warehouse, NO_PLAN, as_at=as_at)) for as_at in QUARTERS]


@contextmanager
def london() -> Generator[Warehouse]:
    """Give a database of the London boroughs, built for as long as it is used."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        add_file(data, DOWNLOAD, published=date(2022, 3, 1), loaded_by="benchmark")
        build(data)
        with Warehouse(data) as warehouse:
            yield warehouse


def _row(view: AreaView) -> dict[str, object]:
    started = time.perf_counter()
    answer = exceptions_of_areas(view, force=METROPOLITAN_POLICE)
    seconds = time.perf_counter() - started
    careful = exceptions_of_areas(view, force=METROPOLITAN_POLICE, method=BENJAMINI_YEKUTIELI)
    counts = answer.counts()
    return {
        "quarter": answer.period,
        "changes tested": counts["tests_together"],
        f"worse by {LARGE_CHANGE_PERCENT:.0f}% or more": _large(answer),
        "p under 5%, plain Poisson": _plain_poisson(answer),
        "p under 5%, each alone": counts["for_the_worse_each_tested_alone"],
        f"survive ({BENJAMINI_HOCHBERG.upper()})": len(answer.exceptions),
        f"survive ({BENJAMINI_YEKUTIELI.upper()})": len(careful.exceptions),
        "seconds": round(seconds, 2),
    }


def _large(answer: AreasExceptionsAnswer) -> int:
    changes = answer.changes
    is_worse = changes["worse_by"].gt(0)
    return int((is_worse & changes["percent"].abs().ge(LARGE_CHANGE_PERCENT)).sum())


def _plain_poisson(answer: AreasExceptionsAnswer) -> int:
    changes = answer.changes
    p = exact_conditional_test(changes["previous"], changes["current"])
    return int(np.sum(changes["worse_by"].gt(0) & (p <= SIGNIFICANT_ALONE)))
