"""Runs every benchmark of this folder, or those named: `python -m benchmarks [NAME …]`.

Each module has `run() -> list[dict]`, one row a measurement.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

from rich.console import Console
from rich.table import Table

import benchmarks


def main(names: list[str]) -> None:
    """Run the benchmarks and print a table of each."""
    known = [
        found.name
        for found in pkgutil.iter_modules(benchmarks.__path__)
        if not found.name.startswith("_")
    ]
    for name in names or known:
        rows = importlib.import_module(f"benchmarks.{name}").run()
        table = Table(*rows[0], title=name, title_justify="left")
        for row in rows:
            table.add_row(*(str(value) for value in row.values()))
        Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
