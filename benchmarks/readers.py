"""Fifty readers at once on national figures, while new ones are published; and an afternoon's page.

SAFECITY_BENCH_MINUTES says how long they read: 2 unless told, 10 for the figures of a release. The
afternoon's page is what an analyst would write: the workbook read with pandas whenever the page is
drawn. It has one reader, since it could not serve fifty.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from benchmarks._readers import Visit, Visits, read
from benchmarks.build import WORKBOOK
from dashboard.serve import APP, PROJECT
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

READERS, THOUGHT = 50, 5.0
MINUTES = "SAFECITY_BENCH_MINUTES"
AFTERNOON = Path(__file__).with_name("_afternoon_page.py")
AREAS = ("E22000120", "E22000001", "E22000010", "E22000200", "E22000345", "W22000001")
PAGES = ("", "quarterly_review", "targets", "most_similar_group", "crime_types")
INDICATORS = ("all_crime", "robbery", "dwelling_burglary", "criminal_damage")
#: When new figures are published, as shares of the time.
PUBLISHED_AT = (1 / 3, 2 / 3)
PERCENTILES, P95 = 100, 94
START_SECONDS = 60
HALF = 2


def run() -> list[dict[str, object]]:
    """Let readers read, and return what they met: server times, errors, memory."""
    if not WORKBOOK.is_file():
        return [{"readers": f"needs {WORKBOOK.name} in ../shared/data/ons_csp"}]
    seconds = 60 * float(os.environ.get(MINUTES, "2"))
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        add_file(data, WORKBOOK, published=date(2025, 4, 24), loaded_by="benchmark")
        build(data)
        visits = [
            Visit(page, {"area": area, "indicator": indicator})
            for page in PAGES
            for area in AREAS
            for indicator in INDICATORS
        ]
        with _served([str(APP)], {"SAFECITY_DATA_DIR": folder}) as (port, process):
            ours = asyncio.run(_while_publishing(port, process.pid, visits, data, seconds))
    with _served([str(AFTERNOON)], {"WORKBOOK": str(WORKBOOK)}) as (port, process):
        theirs = asyncio.run(
            read(f"ws://localhost:{port}", [Visit("")], readers=1, seconds=20, thought=0.1)
        )
    rows = [ours, {"readers": "1, afternoon's page", **_times(theirs)}]
    for row in rows:
        row["times ours, p50"] = round(float(str(row["p50, ms"])) / float(str(ours["p50, ms"])), 1)
    return rows


async def _while_publishing(
    port: int, process: int, visits: list[Visit], data: DataDir, seconds: float
) -> dict[str, object]:
    address = f"ws://localhost:{port}"
    # Every page once, so that the first views of a build are not counted as the usual.
    await read(address, visits, readers=8, seconds=min(20, seconds), thought=0.1)
    memory: list[float] = []
    publishing = [asyncio.create_task(_publish(data, seconds * share)) for share in PUBLISHED_AT]
    watching = asyncio.create_task(_watch(process, memory))
    met = await read(address, visits, readers=READERS, seconds=seconds, thought=THOUGHT)
    watching.cancel()
    await asyncio.gather(*publishing)
    half = len(memory) // HALF
    return {
        "readers": f"{READERS} for {seconds / 60:g} min, two builds published",
        **_times(met),
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
    await asyncio.sleep(after)
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "build", "--quiet"]
    process = await asyncio.create_subprocess_exec(*command, "--data-dir", str(data.root))
    if await process.wait():
        raise RuntimeError("the build failed")


async def _watch(process: int, memory: list[float]) -> None:
    """Note the resident memory of a process every second, in megabytes."""
    pages = Path(f"/proc/{process}/statm")
    while pages.exists():
        memory.append(int(pages.read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20)
        await asyncio.sleep(1)
    memory.append(float("nan"))


@contextmanager
def _served(
    script: list[str], environment: dict[str, str]
) -> Generator[tuple[int, subprocess.Popen]]:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", *script, "--server.port", str(port)]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError("the server did not start")
