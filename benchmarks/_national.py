"""The national figures that benchmarks load: the ONS workbook of 314 partnerships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl.datadir import DataDir
from etl.raw import add_file

WORKBOOK = (
    Path(__file__).resolve().parents[2]
    / "shared/data/ons_csp/policeforceareatablesyedecember2024.xlsx"
)


def add_workbook(data: DataDir) -> None:
    """Add the workbook, as it was published, to a data folder."""
    add_file(data, WORKBOOK, published=date(2025, 4, 24), loaded_by="benchmark")
