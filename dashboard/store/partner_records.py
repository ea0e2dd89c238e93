"""Where what readers write is kept: a file beside the figures, or a database many machines share.

Nothing in it is ever changed or deleted: every table is only added to.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from etl.datadir import DataDir

T = TypeVar("T")

#: A database that several machines share, such as "postgresql+psycopg://user@host/safecity".
URL_SETTING = "SAFECITY_COMMENTARY_URL"
LONGEST_NAME = 120
#: How long a writer waits for another that holds the file, in seconds.
_PATIENCE = 15


class RecordError(Exception):
    """What was written cannot be kept, or not be read; the message says what to do."""


class Store:
    """One table of what readers write. Safe to share between threads and between processes."""

    def __init__(self, table: sa.Table, data: DataDir, url: str = "") -> None:
        """Open the store, and make its table when there is none.

        Args:
            table: The table.
            data: The data folder, which holds the file when no address is given.
            url: An SQLAlchemy address; "" for SAFECITY_COMMENTARY_URL or, without it, the file
                commentary.sqlite of the data folder.

        Raises:
            RecordError: It cannot be opened.
        """
        self._table = table
        self._engine = _engine(data, url or os.environ.get(URL_SETTING, ""))
        try:
            with self._engine.begin() as connection:
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))
        except SQLAlchemyError as error:
            raise _unreachable(error) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def add(self, row: dict[str, object]) -> int:
        """Keep a row.

        Returns:
            Its id.

        Raises:
            RecordError: It could not be kept.
        """
        try:
            with self._engine.begin() as connection:
                found = connection.execute(sa.insert(self._table).values(row))
                return int(found.inserted_primary_key[0])  # ty: ignore[not-subscriptable]
        except SQLAlchemyError as error:
            raise _unreachable(error) from error

    def read(self, query: sa.Select) -> pd.DataFrame:
        """Return what a query finds; times in UTC.

        Raises:
            RecordError: It could not be read.
        """
        try:
            with self._engine.connect() as connection:
                found = connection.execute(query)
                frame = pd.DataFrame(found.mappings().all(), columns=list(found.keys()))
        except SQLAlchemyError as error:
            raise _unreachable(error) from error
        if "written_at" in frame:  # SQLite keeps no zone, PostgreSQL gives its own
            frame["written_at"] = pd.to_datetime(frame["written_at"], utc=True)
        return frame


def opened(kind: Callable[[DataDir], T], data: DataDir) -> T:
    """Return a store of a data folder, opened once for each folder and address.

    Args:
        kind: What opens it: a class that takes the data folder.
        data: The data folder.

    Raises:
        RecordError: It cannot be opened.
    """
    return _opened(kind, data.root.resolve().as_posix(), os.environ.get(URL_SETTING, ""))


@functools.lru_cache(maxsize=16)
def _opened(kind: Callable[[DataDir], T], root: str, url: str) -> T:
    del url  # another address is another store, and the store reads the setting itself
    return kind(DataDir(Path(root)))


def check_names(*names: str) -> None:
    """Refuse an author without a name, and names too long to keep.

    Args:
        *names: The author first.

    Raises:
        RecordError: Says what to do.
    """
    if not names[0].strip():
        raise RecordError("Give your name: it is kept with what you write.")
    if max(len(name) for name in names) > LONGEST_NAME:
        raise RecordError(f"A name is at most {LONGEST_NAME} characters.")


def _engine(data: DataDir, url: str) -> sa.Engine:
    try:
        if url:
            return sa.create_engine(url, pool_pre_ping=True)
        data.root.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(data.commentary)),
            connect_args={"timeout": _PATIENCE},
        )
    except (SQLAlchemyError, ImportError) as error:
        raise RecordError(
            f"The address in {URL_SETTING} cannot be used: {error}. PostgreSQL needs its driver: "
            "pip install safecity[postgres]"
        ) from error
    event.listen(engine, "connect", _write_ahead)
    return engine


def _write_ahead(connection: DBAPIConnection, _record: object) -> None:
    """Let readers read while one writes, and keep what was committed through a power cut."""
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma synchronous=full")
    cursor.execute("pragma foreign_keys=on")
    cursor.close()


def _unreachable(error: SQLAlchemyError) -> RecordError:
    return RecordError(
        "What partners write cannot be reached just now; keep a copy of your text and try again. "
        f"({error.__class__.__name__}: {str(error).splitlines()[0]})"
    )
