"""Fifty readers at once on national figures, while new ones are published; and an afternoon's page.

SAFECITY_BENCH_MINUTES says how long they read: 2 unless told, 10 for the figures of a release. The
afternoon's page is what an analyst would write: the workbook read with pandas whenever the page is
drawn. It has one reader, since it could not serve fifty; so the ratio is of one reader to one.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks._national import WORKBOOK, add_workbook
from benchmarks._readers import Visit, Visits, read
from benchmarks._serving import processor_time, served
from dashboard.cli.serve import APP
from etl.build import build
from etl.datadir import DataDir

READERS, THOUGHT = 50, 5.0
MINUTES = "SAFECITY_BENCH_MINUTES"
AFTERNOON = Path(__file__).with_name("_afternoon_page.py")
AREAS = ("E22000120", "E22000001", "E22000010", "E22000200", "E22000345", "W14000019")
PAGES = ("", "quarterly_review", "targets", "most_similar_group", "crime_types")
INDICATORS = ("all_crime", "robbery", "dwelling_burglary", "criminal_damage")
#: What is loaded anew: a month of one of the partnership's own counts.
NEW_FIGURES = (
    "area_code,measure_code,period,value\nE22000120,local:assaults_hospital_ed,{month},9\n"
)
ALONE = 20
#: When new figures are published, as shares of the time.
PUBLISHED_AT = (1 / 3, 2 / 3)
PERCENTILES, P95 = 100, 94
HALF = 2


def run() -> list[dict[str, object]]:
    """Let readers read, and return what they met: server times, errors, memory."""
    if not WORKBOOK.is_file():
        return [{"readers": f"needs {WORKBOOK.name} in ../shared/data/ons_csp"}]
    seconds = 60 * float(os.environ.get(MINUTES, "2"))
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        add_workbook(data)
        build(data)
        visits = [
            Visit(page, {"area": area, "indicator": indicator})
            for page in PAGES
            for area in AREAS
            for indicator in INDICATORS
        ]
        with served([str(APP)], {"SAFECITY_DATA_DIR": folder}) as (port, process):
            many = asyncio.run(_while_publishing(port, process.pid, visits, data, seconds))
            one = _alone(port, process.pid, visits)
    with served([str(AFTERNOON)], {"WORKBOOK": str(WORKBOOK)}) as (port, process):
        afternoon = _alone(port, process.pid, [Visit("")])
    ratio = round(float(str(afternoon["p50, ms"])) / float(str(one["p50, ms"])), 1)
    nothing = dict.fromkeys(many, "")
    return [
        many,
        nothing | {"readers": "1", **one},
        nothing | {"readers": f"1, afternoon's page, {ratio} times ours", **afternoon},
    ]


def _alone(port: int, process: int, visits: list[Visit]) -> dict[str, object]:
    """Let one reader read for a while; its views, times and the server's processor time."""
    used = processor_time(process)
    reading = read(f"ws://localhost:{port}", visits, readers=1, seconds=ALONE, thought=0.1)
    found = asyncio.run(reading)
    spent = processor_time(process) - used
    return {**_times(found), "processor a view, ms": round(spent / len(found.milliseconds), 1)}


async def _while_publishing(
    port: int, process: int, visits: list[Visit], data: DataDir, seconds: float
) -> dict[str, object]:
    address = f"ws://localhost:{port}"
    # Every page once, so that the first views of a build are not counted as the usual.
    await read(address, visits, readers=8, seconds=min(20, seconds), thought=0.1)
    memory: list[float] = []
    publishing = [asyncio.create_task(_publish(data, seconds * share)) for share in PUBLISHED_AT]
    watching = asyncio.create_task(_watch(process, memory))
    used = processor_time(process)
    met = await read(address, visits, readers=READERS, seconds=seconds, thought=THOUGHT)
    watching.cancel()
    await asyncio.gather(*publishing)
    half = len(memory) // HALF
    return {
        "readers": f"{READERS} for {seconds / 60:g} min, two builds published",
        **_times(met),
        "processor a view, ms": round((processor_time(process) - used) / len(met.milliseconds), 1),
        "memory at half, MB": round(memory[half]),
        "at the end, MB": round(memory[-1]),
    }


def _times(met: Visits) -> dict[str, object]:
    for error in dict.fromkeys(met.errors):
        sys.stderr.write(f"{error}\n")
    return {
        "views": len(met.milliseconds),
        "errors": len(met.errors),
        "p50, ms": round(statistics.median(met.milliseconds)),
        "p95, ms": round(statistics.quantiles(met.milliseconds, n=PERCENTILES)[P95]),
    }


async def _publish(data: DataDir, after: float) -> None:
    """Load a new figure and publish it, as an analyst does while others read."""
    await asyncio.sleep(after)
    figures = data.root / f"ambulance_{after:.0f}.csv"
    figures.write_text(NEW_FIGURES.format(month=f"2024-{1 + round(after) % 12:02}"))
    command = [sys.executable, "-c", "from dashboard.cli.main import main; main()"]
    for words in (["add", str(figures), "--published", "2026-01-01"], ["build"]):
        process = await asyncio.create_subprocess_exec(
            *command, *words, "--quiet", "--data-dir", str(data.root)
        )
        if await process.wait():
            raise RuntimeError(f"{words[0]} failed")


async def _watch(process: int, memory: list[float]) -> None:
    """Note the resident memory of a process every second, in megabytes."""
    pages = Path(f"/proc/{process}/statm")
    while pages.exists():
        memory.append(int(pages.read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20)
        await asyncio.sleep(1)
    memory.append(float("nan"))
