"""A rebuild in which one file of many changed: only that file is read again.

Forty generated files of the own-figures template, each a month of counts of 60 measures in 300
partnerships, are loaded and built: once from the files alone, as after an update of the readers,
and once after one of them was replaced by a corrected edition. Read is what leaves a new reading
beside the file (`etl.reading`): those are counted, not what was asked for.
"""

from __future__ import annotations

import csv
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from etl.build import build
from etl.datadir import PROJECT_DATA, DataDir
from etl.manifest import loads
from etl.raw import add_file
from etl.reading import KEPT, LAST_WRITTEN

FILES = 40
AREAS = 300
MEASURES = 60
ROUNDS = 3
PUBLISHED = date(2025, 1, 31)
#: Of the forty files, the one that is replaced.
_CHANGED = 7


def run() -> list[dict[str, object]]:
    """Time a full build, one after a change, and one after none: the median of three, in seconds.

    Returns:
        One row each: what, files, files_read, seconds and share_of_full.
    """
    with tempfile.TemporaryDirectory(prefix="safecity-rebuild-") as folder:
        data = DataDir(Path(folder, "figures"))
        areas = _areas()
        for number in range(FILES):
            _add(data, _write(Path(folder), number, areas, edition=0))
        rounds = [
            {
                "full build": _timed(data, lambda: _forget(data)),
                "one file of them changed": _timed(
                    data, lambda n=number: _add(data, _write(Path(folder), _CHANGED, areas, n + 1))
                ),
                "no file changed": _timed(data, lambda: None),
            }
            for number in range(ROUNDS)
        ]
    full = statistics.median(each["full build"][1] for each in rounds)
    rows: list[dict[str, object]] = []
    for what in rounds[0]:
        seconds = statistics.median(each[what][1] for each in rounds)
        rows.append(
            {
                "what": what,
                "files": FILES,
                "files_read": max(each[what][0] for each in rounds),
                "seconds": round(seconds, 2),
                "share_of_full": round(seconds / full, 2),
            }
        )
    return rows


def _timed(data: DataDir, change: Callable[[], None]) -> tuple[int, float]:
    """Return how many files were read for a change and the build after it, and the seconds."""
    before = _readings(data)
    started = time.perf_counter()
    change()
    build(data)
    seconds = time.perf_counter() - started
    return len(_readings(data) - before), seconds


def _readings(data: DataDir) -> set[tuple[str, int]]:
    """Return every reading that is kept, with when it was written."""
    return {
        (path.as_posix(), path.stat().st_mtime_ns)
        for path in data.raw.glob(f"*/{KEPT}/*/{LAST_WRITTEN}")
    }


def _forget(data: DataDir) -> None:
    for kept in data.raw.glob(f"*/{KEPT}"):
        shutil.rmtree(kept)


def _add(data: DataDir, path: Path) -> None:
    """Load a file in the place of an older edition of the same name."""
    for older in loads(data):
        if not older.illustrative and older.file_name == path.name:
            shutil.rmtree(older.path.parent)
    add_file(data, path, published=PUBLISHED, loaded_by="benchmark")


def _areas() -> list[str]:
    with (PROJECT_DATA / "reference" / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [row["area_code"] for row in rows if row["area_kind"] == "partnership"][:AREAS]


def _write(folder: Path, number: int, areas: list[str], edition: int) -> Path:
    """Write the file of one month; an edition differs from the one before in its figures."""
    path = folder / f"month_{number:02}.csv"
    month = f"{2021 + number // 12}-{number % 12 + 1:02}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["area_code", "measure_code", "period", "value"])
        for place, area in enumerate(areas):
            for measure in range(MEASURES):
                value = 10 + (place * 7 + measure * 3 + number) % 90 + edition
                writer.writerow([area, f"local:measure_{measure}", month, value])
    return path
