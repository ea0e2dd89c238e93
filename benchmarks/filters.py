"""One filter changed at a time: how long the server takes, and whether the page stays put.

A page is opened as a browser opens it, and one of its filters is set to one value after another:
first to values that nobody has asked for yet, then to the same again, whose answers are kept. What
is sent outside the fragment that the filter stands in would make the whole page flash: "outside"
is the most that any change sent. The whole page is in the same run, opened with choices that nobody
had, and with those kept.

Every page has a server of its own, so that no answer was asked for on another page. The times are a
reader's: from sending the change to the message that all is drawn. "Processor" is what the server
worked for one, which others' use of the machine alters least; "of the page" is that of a kept
answer as a share of the whole page with all of its answers kept.
"""

from __future__ import annotations

import asyncio
import math
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks._filtering import Drawn, Filter, Reader, Value, reading
from benchmarks._national import WORKBOOK, add_workbook
from benchmarks._serving import processor_time, served
from dashboard.cli.serve import APP
from etl.build import build
from etl.datadir import DataDir

AREAS = ("E22000120", "E22000001", "E22000010", "E22000200", "E22000345", "W14000019")
MONTHS = ("2009-12", "2009-11", "2009-08", "2009-07", "2009-05", "2009-02")
"""None but the first is the last of a quarter: those the filter of that name asks for."""
QUARTER, MONTH = "quarter", "as_at"
"""A filter that sets a parameter of the start: what it asks for is new from one start only."""
VALUES = 6
"""Values that a filter is set to, of each area or month."""
P50, P95 = 50, 95

Query = dict[str, str]


@dataclass(frozen=True)
class Filters:
    """A page with choices in its address, and the filters to change on it."""

    page: str
    names: tuple[str, ...]
    query: Query = field(default_factory=dict)
    of: str = ""


WHOLE = "the whole page"
ALL = (
    Filters("crime_types", ("look", "type", "basis", "by")),
    Filters("crime_types", ("areas", "types", "basis", "history"), {"look": "compare"}, "compare"),
    Filters("crime_types", ("type",), {"look": "months"}, "months"),
    Filters(
        "crime_types", ("rows", "columns", "cells", "areas", "types"), {"look": "pivot"}, "pivot"
    ),
    Filters("most_similar_group", ("indicator", "basis", "rate_base", "group", "among")),
    Filters("most_similar_group", ("alike",), {"group": "own"}, "own"),
    Filters("targets", ("target", "tab", "change", "part"), {"indicator": "all_crime"}),
    Filters("targets", ("level_of",), {"indicator": "all_crime", "part": "violent_crime"}),
    Filters("indicator", ("indicator", "target", "basis")),
    Filters("quarterly_review", (QUARTER, "list", "part", "meeting")),
)


@dataclass
class Times:
    """What was met of a filter, or of the whole page.

    Attributes:
        first: Milliseconds of answers that nobody had asked for, one a change.
        kept: Of those asked for before.
        worked_first: What the server worked for all the first, in milliseconds.
        worked_kept: And for all the kept.
        outside: The most parts that a change sent outside its fragment.
    """

    first: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    worked_first: float = 0.0
    worked_kept: float = 0.0
    outside: int = 0


Met = dict[str, Times]


def run() -> list[dict[str, object]]:
    """Change the filters on the default, and on a national workbook where it is there."""
    rows = _on("default", lambda _data: None, [{MONTH: month} for month in MONTHS])
    if WORKBOOK.is_file():
        rows += _on("national", add_workbook, [{"area": area} for area in AREAS])
    return rows


def _on(
    figures: str, load: Callable[[DataDir], None], starts: Sequence[Query]
) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        load(data)
        build(data)
        return changed_on(figures, Path(folder), starts)


def changed_on(figures: str, folder: Path, starts: Sequence[Query]) -> list[dict[str, object]]:
    """Change the filters of all pages on a data folder that is built.

    Args:
        figures: What to call it.
        folder: The data folder.
        starts: Addresses to begin from, each with answers of its own; the last warms the server.
    """
    rows = []
    for page in dict.fromkeys(each.page for each in ALL):
        with served([str(APP)], {"SAFECITY_DATA_DIR": str(folder)}) as (port, process):
            met = asyncio.run(_changed(port, process.pid, page, starts))
        rows += [_row(f"{figures}, {page}", name, times, met[WHOLE]) for name, times in met.items()]
    return rows


async def _changed(port: int, process: int, page: str, starts: Sequence[Query]) -> Met:
    met: Met = {WHOLE: Times()}
    of_page = [each for each in ALL if each.page == page]
    async with reading(port, page) as reader:
        await reader.open(starts[-1])
        for filters in of_page:
            for start in starts[:-1]:
                query = start | filters.query
                if filters is of_page[0]:
                    await _note(met[WHOLE], process, reader.open(query), is_first=True)
                else:
                    # Some of its answers were asked for on the page's other addresses, some not.
                    await reader.open(query)
                for name in filters.names:
                    if name == QUARTER and MONTH in start and start is not starts[0]:
                        continue
                    if name in reader.filters and _values(reader.filters[name]):
                        times = met.setdefault(f"{filters.of} {name}".strip(), Times())
                        await _change(times, process, reader, name)
                        await _note(met[WHOLE], process, reader.open(query), is_first=False)
    return met


async def _change(times: Times, process: int, reader: Reader, name: str) -> None:
    """Set a filter to values nobody asked for, then back to where it stood and to all of them."""
    found = reader.filters[name]
    changes = [found.set_to(value) for value in _values(found)]
    for state in changes:
        if name in reader.filters:
            await _note(times, process, reader.change(name, state), is_first=True)
    for state in (found.state, *changes):
        if name in reader.filters:
            await _note(times, process, reader.change(name, state), is_first=False)


def _values(found: Filter) -> list[Value]:
    """Return the values to set a filter to, from all over its options."""
    others = [each for each in found.options if each not in found.standing]
    return others[:: max(math.ceil(len(others) / VALUES), 1)]


async def _note(times: Times, process: int, drawing: Awaitable[Drawn], *, is_first: bool) -> None:
    used = processor_time(process)
    drawn = await drawing
    if drawn.error:
        sys.stderr.write(f"{drawn.error}\n")
    worked = processor_time(process) - used
    if is_first:
        times.first.append(drawn.milliseconds)
        times.worked_first += worked
    else:
        times.kept.append(drawn.milliseconds)
        times.worked_kept += worked
    times.outside = max(times.outside, drawn.outside)


def _row(page: str, name: str, times: Times, whole: Times) -> dict[str, object]:
    kept = _mean(times.worked_kept, times.kept)
    return {
        "page": page,
        "filter": name,
        "first": len(times.first),
        "p50, ms": _percentile(times.first, P50),
        "p95, ms": _percentile(times.first, P95),
        "processor, ms": _mean(times.worked_first, times.first),
        "kept": len(times.kept),
        "p50 ms": _percentile(times.kept, P50),
        "p95 ms": _percentile(times.kept, P95),
        "processor ms": kept,
        "of the page": f"{kept / _mean(whole.worked_kept, whole.kept):.0%}",
        "outside": "" if name == WHOLE else times.outside,
    }


def _percentile(milliseconds: list[float], percent: int) -> float:
    return round(float(np.percentile(milliseconds, percent))) if milliseconds else math.nan


def _mean(worked: float, times: list[float]) -> float:
    return round(worked / len(times)) if times else math.nan
