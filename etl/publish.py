"""The switch: a build gets a file name of its own, and a pointer says which is current."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pandas as pd

from etl.datadir import DataDir

POINTER = "current.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The database that readers open.

    Attributes:
        database: Name of the file in `build/`.
        fingerprint: What it was built from.
        built_at: When, as ISO 8601 text.
        seconds: How long the build took.
    """

    database: str
    fingerprint: str
    built_at: str
    seconds: float


def current(data: DataDir) -> Published | None:
    """Return what is published, or None when nothing is or its file is gone."""
    pointer = data.build / POINTER
    if not pointer.is_file():
        return None
    published = Published(**json.loads(pointer.read_text(encoding="utf-8")))
    return published if (data.build / published.database).is_file() else None


def read_mart(path: Path, name: str) -> pd.DataFrame:
    """Return a table of a database.

    Args:
        path: A database that a build made.
        name: One of its marts; never a value from outside.
    """
    with duckdb.connect(path, read_only=True, config={"threads": 1}) as connection:
        return connection.execute(f'select * from "{name}"').df()


def switch(data: DataDir, published: Published) -> None:
    """Make a finished database the current one, in one step that readers never see half of."""
    pointer = data.build / POINTER
    waiting = pointer.with_suffix(f".{os.getpid()}.tmp")
    waiting.write_text(json.dumps(asdict(published), indent=2) + "\n", encoding="utf-8")
    waiting.replace(pointer)


def sweep(data: DataDir) -> list[Path]:
    """Delete databases that are neither current nor open in any reader, and return them."""
    published = current(data)
    swept = []
    for path in sorted(data.build.glob("safecity-*.duckdb")):
        if published and path.name == published.database:
            continue
        if _in_use(path):
            continue
        path.unlink()
        swept.append(path)
    return swept


def _in_use(path: Path) -> bool:
    """Return whether somebody has the file open: DuckDB then refuses a writer."""
    try:
        duckdb.connect(path).close()
    except duckdb.Error:
        return True
    return False
