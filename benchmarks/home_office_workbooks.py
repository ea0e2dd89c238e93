"""A national set of Home Office workbooks: our reader beside `pandas.read_excel`, sheet by sheet.

Two workbooks in the real layout, six years each, every partnership, quarter and offence code:
2 million rows. What analysts do is `read_excel` for each year's sheet and `concat`; it gives the
cells. Ours gives observations: names turned into codes, periods, sums of equal rows, problems.

Each runs in a process of its own, so that its peak of memory is its own; imports are not timed. To
be at least 22 times as fast and to take at most half the memory is what it is held to.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import _home_office_files as files

YEARS = (tuple(range(2009, 2015)), tuple(range(2015, 2021)))
LEAST_TIMES_FASTER = 22
MOST_OF_THE_MEMORY = 0.5

_YEAR_SHEET = re.compile(r"[0-9]{4}[-_][0-9]{2}")
_KIBIBYTES_IN_MEGABYTE = 1024
_PROJECT = Path(__file__).resolve().parents[1]


def run() -> list[dict[str, object]]:
    """Make the set, measure both, and give one row each and one of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        rows = make_workbooks(Path(folder))
        ours = _measured("ours", folder)
        theirs = _measured("pandas", folder)
    if ours["total"] != theirs["total"] or not ours["rows"] == theirs["rows"] == rows:
        raise AssertionError(f"they do not read the same: {ours}, {theirs}")
    return [
        _row("pandas.read_excel and concat", theirs),
        _row("Safe City", ours),
        {
            "what": "Safe City is",
            "rows": rows,
            "seconds": f"{theirs['seconds'] / ours['seconds']:.1f} times faster",
            "processor, s": f"{theirs['processor'] / ours['processor']:.1f} times less",
            "peak, MB": f"{ours['peak'] / theirs['peak']:.2f} of the memory",
            "at least": f"{LEAST_TIMES_FASTER} times, {MOST_OF_THE_MEMORY}",
        },
    ]


def _row(what: str, found: dict[str, float]) -> dict[str, object]:
    return {
        "what": what,
        "rows": int(found["rows"]),
        "seconds": round(found["seconds"], 2),
        "processor, s": round(found["processor"], 2),
        "peak, MB": round(found["peak"]),
        "at least": "",
    }


def make_workbooks(folder: Path) -> int:
    """Write the set and return how many rows of figures it has."""
    places, codes = files.partnerships(), files.offences()
    rows = 0
    for years in YEARS:
        path = folder / f"prc-csp-{years[0]}-{years[-1]}.xlsx"
        sheets = (
            (files.sheet_name(year), files.partnership_rows(year, places, codes)) for year in years
        )
        rows += files.write_xlsx(path, files.PARTNERSHIP_COLUMNS, sheets)
    return rows


def _measured(what: str, folder: str) -> dict[str, float]:
    """Return what one way takes, in a process of its own: seconds, peak in MB, rows and total."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.home_office_workbooks", what, folder],
        capture_output=True, text=True, check=True, cwd=_PROJECT,
    )  # fmt: skip
    return json.loads(done.stdout)


def read_ours(paths: list[Path]) -> tuple[int, float]:
    """Read the workbooks as the product does; returns rows used and the sum of counts."""
    source = importlib.import_module(IMPORTS["ours"]).SOURCE
    readings = [source.read(path) for path in paths if source.recognises(path)]
    rows = sum(reading.rows_used or 0 for reading in readings)
    return rows, float(sum(reading.observations["value"].sum() for reading in readings))


def read_with_pandas(paths: list[Path]) -> tuple[int, float]:
    """Read the workbooks as an analyst does."""
    pd = importlib.import_module(IMPORTS["pandas"])
    frames = []
    for path in paths:
        workbook = pd.ExcelFile(path)
        frames += [
            pd.read_excel(workbook, sheet_name=name)
            for name in workbook.sheet_names
            if _YEAR_SHEET.fullmatch(str(name))
        ]
    together = pd.concat(frames, ignore_index=True)
    return len(together), float(together["Number of Offences"].sum())


#: What each way imports, before its time is taken.
IMPORTS = {"ours": "etl.sources.ho_open_data", "pandas": "pandas"}
WAYS: dict[str, Callable[[list[Path]], tuple[int, float]]] = {
    "ours": read_ours,
    "pandas": read_with_pandas,
}


def main(what: str, folder: str) -> None:
    """Read the workbooks of a folder in one way and print what it took, as JSON."""
    importlib.import_module(IMPORTS[what])

    started, worked = time.perf_counter(), time.process_time()
    rows, total = WAYS[what](sorted(Path(folder).glob("*.xlsx")))
    taken = {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - worked,
        "peak": _peak(),
        "rows": rows,
        "total": total,
    }
    json.dump(taken, sys.stdout)


def _peak() -> float:
    """Return the most memory this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / _KIBIBYTES_IN_MEGABYTE
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIBIBYTES_IN_MEGABYTE


if __name__ == "__main__":
    main(*sys.argv[1:])
