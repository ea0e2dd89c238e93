"""Questions in SQL of the published figures: what can be asked, examples, and the answer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa

from etl import publish
from etl.data_model import Header, headers
from etl.datadir import DataDir

EXAMPLES = Path(__file__).parent / "queries" / "examples"
_COMMENT = "-- "
MOST_ROWS = 10_000
MOST_SECONDS = 10
MOST_MEGABYTES = 1_000
LONGEST_QUERY = 20_000
#: At once, for all readers together, so that the pages keep their memory and their processor.
_AT_ONCE = threading.BoundedSemaphore(2)
_SANDBOX = Path(__file__).with_name("sql_process.py")
#: What a process needs to start on any system, and nothing that is secret.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TZ", "LANG", "LC_ALL")


class QueryError(Exception):
    """The question cannot be answered; the message says why, and what to do."""


@dataclass(frozen=True)
class Rows:
    """The answer to a question.

    Attributes:
        frame: Its rows, at most `MOST_ROWS`.
        is_cut: Whether there were more.
    """

    frame: pd.DataFrame
    is_cut: bool


@cache
def tables() -> tuple[Header, ...]:
    """Return the published tables, by name, as the headers of their SQL describe them."""
    return tuple(headers("marts"))


@cache
def examples() -> dict[str, str]:
    """Return questions to start from, by what they ask."""
    found = {}
    for path in sorted(EXAMPLES.glob("*.sql")):
        title, _, query = path.read_text(encoding="utf-8").partition("\n")
        found[title.removeprefix(_COMMENT)] = query.strip()
    return found


def ask(data: DataDir, query: str) -> Rows:
    """Return the answer of the published database to a SELECT.

    It runs in a process of its own, which can reach no file but the database and no network, and
    ends after `MOST_SECONDS` or at `MOST_MEGABYTES`.

    Args:
        data: The data folder.
        query: One SELECT in DuckDB's SQL.

    Raises:
        QueryError: It is no such question, it fails, or it takes too long or too much.
    """
    published = publish.current(data)
    if published is None:
        raise QueryError("No database is built yet. Run: safecity build")
    if not query.strip():
        raise QueryError("Write a question first.")
    if len(query) > LONGEST_QUERY:
        raise QueryError(f"A question is at most {LONGEST_QUERY:,} characters long.")
    if not _AT_ONCE.acquire(timeout=MOST_SECONDS):
        raise QueryError("Others are asking just now. Try again in a moment.")
    try:
        output = _run(str(data.build / published.database), query)
    finally:
        _AT_ONCE.release()
    # A column that repeats a name is legal in SQL, and would be lost in a frame.
    table = pa.ipc.open_stream(output).read_all()
    table = table.rename_columns(_distinct(table.column_names))
    try:
        frame = table.slice(0, MOST_ROWS).to_pandas()
    except (pa.ArrowException, ValueError, OverflowError):
        # An infinite date, or a column of several types.
        raise QueryError("A value of the answer cannot be shown: cast it to varchar.") from None
    return Rows(frame, table.num_rows > MOST_ROWS)


def _run(database: str, query: str) -> bytes:
    command = [sys.executable, "-I", str(_SANDBOX), database, str(MOST_ROWS), str(MOST_MEGABYTES)]
    try:
        done = subprocess.run(
            command,
            input=query.encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            cwd=_SANDBOX.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"It took longer than {MOST_SECONDS} seconds and was stopped. Ask for fewer areas, "
            "periods or indicators."
        ) from None
    if done.returncode == 0:
        return done.stdout
    raise QueryError(_reason(done.stderr.decode(errors="replace")))


def _reason(said: str) -> str:
    if not said or "Out of Memory" in said or "MemoryError" in said or "bad_alloc" in said:
        return (
            f"It needed more than {MOST_MEGABYTES:,} MB and was stopped. Ask for fewer areas, "
            "periods or indicators."
        )
    return said.removeprefix("Traceback").strip()


def _distinct(names: list[str]) -> list[str]:
    before = pd.Series(range(len(names))).groupby(names).cumcount()
    return [f"{name}_{at + 1}" if at else name for name, at in zip(names, before, strict=True)]
