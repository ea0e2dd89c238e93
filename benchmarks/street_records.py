"""Street-level records to counts: the reader against the bare grouping query, and pandas.

Generated records in the layout of data.police.uk, one file a force and month, are read by

- `bare`: one DuckDB query that groups them, with the types declared, and nothing else;
- `reader`: `etl.sources.police_uk_street.read`, which also says whose they are, where they lie,
  which are wrong, and gives observations;
- `zip`: the same, out of the downloaded archive;
- `pandas`: `read_csv` in chunks, each grouped and the groups added up;
- `spark`: `safecity add --engine spark` up to the observations, on this machine, where it is asked
  for and installed (`make environment-spark`).

Each runs in a process of its own, in turn, and tells seconds, processor seconds and peak memory;
those of Spark are of its Java process too.

    python -m benchmarks.street_records                         1, 3 and 10 million records
    python -m benchmarks.street_records 50000000                another number: 10 GB of disk
    python -m benchmarks.street_records 30000000 --with spark   with one more way
    python -m benchmarks.street_records 50000000 --without pandas --repeats 1 --folder FOLDER
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks._street_files import RECORDS_A_MONTH, generate
from etl.sources import police_uk_street
from etl.spark import count_to_file

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000_000, 3_000_000, 10_000_000)
#: Times each is run; the least disturbed run counts.
REPEATS = 3
ZIPPED_UP_TO = 3_000_000
#: Share of the bare query's speed that is asked for, from so many records on; peak memory in MB.
LEAST_SHARE_OF_BARE = {1_000_000: 0.75, 10_000_000: 0.90}
MOST_MEMORY = 1500

COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
KEYS = ("Month", "LSOA code", "Crime type")


def group_bare(path: Path) -> int:
    """Group with one DuckDB query and fetch the groups; returns how many."""
    keys = ", ".join(f'"{key}"' for key in KEYS)
    given = {
        "paths": [str(file) for file in sorted(path.rglob("*.csv"))],
        "columns": dict.fromkeys(COLUMNS, "VARCHAR"),
    }
    with duckdb.connect() as connection:
        query = (
            f"select {keys}, count(*) as records from read_csv($paths, columns = $columns, "
            "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"') "
            f"group by {keys}"
        )
        return connection.sql(query, params=given).to_arrow_table().num_rows


def group_with_reader(path: Path) -> int:
    """Read the folder or archive as `safecity add` does; returns how many observations."""
    return len(police_uk_street.read(path).observations)


def group_with_pandas(path: Path) -> int:
    """Group with pandas, half a million records at a time; returns how many groups."""
    groups = None
    for file in sorted(path.rglob("*.csv")):
        for chunk in pd.read_csv(file, usecols=list(KEYS), chunksize=RECORDS_A_MONTH):
            counted = chunk.groupby(list(KEYS), dropna=False).size()
            groups = counted if groups is None else pd.concat([groups, counted])
    assert groups is not None
    return len(groups.groupby(level=list(range(len(KEYS))), dropna=False).sum())


def group_with_spark(path: Path) -> int:
    """Count on Spark and read the counts; returns how many observations."""
    with tempfile.TemporaryDirectory(prefix="safecity-street-") as folder:
        return group_with_reader(count_to_file(str(path), Path(folder)))


WAYS: dict[str, Callable[[Path], int]] = {
    "bare": group_bare,
    "reader": group_with_reader,
    "zip": group_with_reader,
    "pandas": group_with_pandas,
    "spark": group_with_spark,
}
#: Ways that are not taken unless they are asked for.
EXTRA = ("spark",)


def measure(way: str, path: Path) -> dict[str, float]:
    """Run one way in a process of its own.

    Returns:
        seconds, cpu (processor seconds), memory (peak, MB) and groups.
    """
    command = [sys.executable, "-m", "benchmarks.street_records", "--one", way, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure_here(way: str, path: Path) -> None:
    before = time.process_time()
    started = time.perf_counter()
    groups = WAYS[way](path)
    seconds, cpu = time.perf_counter() - started, time.process_time() - before
    # Spark's process lives as long as this one.
    others = [Path("/proc", each) for each in _CHILDREN.read_text().split()] if _IS_LINUX else []
    found = {
        "seconds": seconds,
        "cpu": cpu + sum(_processor_seconds(each) for each in others),
        "memory": _peak_megabytes() + sum(_peak_megabytes(each) for each in others),
        "groups": groups,
    }
    print(json.dumps(found))


_THIS = Path("/proc/self")
_CHILDREN = _THIS / "task" / str(os.getpid()) / "children"
_IS_LINUX = _CHILDREN.is_file()


def _peak_megabytes(process: Path = _THIS) -> float:
    """Return the peak of a process alone; `getrusage` on Linux keeps that of its parent."""
    status = process / "status"
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    # Only Linux counts in kilobytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _processor_seconds(process: Path) -> float:
    """Return what a process has had of the processor, from its fields 14 and 15 (proc(5))."""
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(
    sizes: tuple[int, ...] = SIZES,
    *,
    ways: Collection[str] = tuple(way for way in WAYS if way not in EXTRA),
    repeats: int = REPEATS,
    folder: Path | None = None,
) -> list[dict[str, object]]:
    """Measure ways at every size.

    Args:
        sizes: Numbers of records.
        ways: Those of `WAYS` that are measured; `bare` always.
        repeats: How often `bare` and `reader` are run, in turn; the others once.
        folder: Where records are generated, 200 bytes each; None for the temporary folder.

    Returns:
        One row a size and way: records, way, seconds, cpu, memory_mb, groups, and
        `share_of_bare_speed` (seconds) and `share_of_bare_cpu`, both above 1 where it is faster
        than the bare query.
    """
    rows: list[dict[str, object]] = []
    for records in sizes:
        with tempfile.TemporaryDirectory(prefix="safecity-street-", dir=folder) as temporary:
            rows += _run_size(Path(temporary), records, {"bare", *ways}, repeats)
    return rows


def _run_size(
    folder: Path, records: int, ways: Collection[str], repeats: int
) -> list[dict[str, object]]:
    files = folder / "files"
    files.mkdir()
    generate(files, records)
    paths = {way: files for way in WAYS if way in ways and way != "zip"}
    if "zip" in ways and records <= ZIPPED_UP_TO:
        paths["zip"] = _zipped(files, folder / "archive.zip")
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in paths}
    for repeat in range(repeats):
        for way, path in paths.items():
            if repeat == 0 or way in ("bare", "reader"):
                runs[way].append(measure(way, path))
    best = {
        way: {name: min(each[name] for each in found) for name in ("seconds", "cpu")}
        | {"memory": max(each["memory"] for each in found), "groups": found[0]["groups"]}
        for way, found in runs.items()
    }
    return [
        {
            "records": records,
            "way": way,
            "seconds": round(found["seconds"], 2),
            "cpu": round(found["cpu"], 2),
            "memory_mb": round(found["memory"]),
            "groups": int(found["groups"]),
            "share_of_bare_speed": round(best["bare"]["seconds"] / found["seconds"], 2),
            "share_of_bare_cpu": round(best["bare"]["cpu"] / found["cpu"], 2),
        }
        for way, found in best.items()
    ]


def _zipped(files: Path, archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for file in sorted(files.rglob("*.csv")):
            packed.write(file, file.relative_to(files))
    return archive


def _least_share(records: int) -> float:
    asked = [share for size, share in LEAST_SHARE_OF_BARE.items() if size <= records]
    return max(asked, default=0.0)


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.street_records")
    parser.add_argument("sizes", type=int, nargs="*", help="numbers of records")
    parser.add_argument("--with", dest="with_", action="append", choices=EXTRA, default=[])
    parser.add_argument("--without", action="append", choices=("zip", "pandas"), default=[])
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--folder", type=Path, help="where records are generated, 200 bytes each")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Print the table, and whether the reader is as fast and small as asked."""
    if arguments[:1] == ["--one"]:
        _measure_here(arguments[1], Path(arguments[2]))
        return 0
    asked = _arguments(arguments)
    ways = [way for way in WAYS if way not in (*EXTRA, *asked.without)] + asked.with_
    sizes = tuple(asked.sizes) or SIZES
    rows = run(sizes, ways=ways, repeats=asked.repeats, folder=asked.folder)
    print(pd.DataFrame(rows).to_string(index=False))
    reader = [row for row in rows if row["way"] == "reader"]
    kept = all(
        float(str(row["share_of_bare_speed"])) >= _least_share(int(str(row["records"])))
        and int(str(row["memory_mb"])) <= MOST_MEMORY
        for row in reader
    )
    print(
        f"The reader {'keeps' if kept else 'does not keep'} to the shares of the bare query's "
        f"speed that are asked for ({LEAST_SHARE_OF_BARE}) and to at most {MOST_MEMORY:,} MB."
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
