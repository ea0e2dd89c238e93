"""Where what readers write is kept: a file beside the figures, or a database many machines share.

Nothing in it is ever changed or deleted: every table is only added to.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Self, TypeVar

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from etl.datadir import DataDir

T = TypeVar("T", bound="Records")

#: A database that several machines share, such as "postgresql+psycopg://user@host/safecity".
URL_SETTING = "SAFECITY_COMMENTARY_URL"
LONGEST_NAME = 120
#: How long a writer waits for another that holds the file, in seconds.
_PATIENCE = 15


class RecordError(Exception):
    """What was written cannot be kept, or not be read; the message says what to do."""


class Records:
    """One table of what readers write. Safe to share between threads and between processes.

    Attributes:
        table: Has the columns entry_id (which counts up) and written_at.
    """

    table: ClassVar[sa.Table]

    def __init__(self, data: DataDir, url: str = "") -> None:
        """Open the records, and make their table when there is none.

        Args:
            data: The data folder, which holds the file when no address is given.
            url: An SQLAlchemy address; "" for SAFECITY_COMMENTARY_URL or, without it, the file
                commentary.sqlite of the data folder.

        Raises:
            RecordError: They cannot be opened.
        """
        self._engine = _engine(data, url or os.environ.get(URL_SETTING, ""))
        with _reached(self._engine) as connection:
            connection.execute(CreateTable(self.table, if_not_exists=True))
            for index in self.table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))

    @classmethod
    def of(cls, data: DataDir) -> Self:
        """Return the records of a data folder, opened once for each folder and address.

        Raises:
            RecordError: They cannot be opened.
        """
        return _opened(cls, data.root.resolve().as_posix(), os.environ.get(URL_SETTING, ""))

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def add(self, **row: object) -> int:
        """Keep a row, with the time; spaces around its texts are dropped.

        Returns:
            Its id.

        Raises:
            RecordError: It could not be kept.
        """
        return self.add_all([row])[0]

    def add_all(self, rows: Iterable[Mapping[str, object]]) -> list[int]:
        """Keep rows, all or none; see `add`."""
        at = {"written_at": datetime.now(UTC)}
        with _reached(self._engine) as connection:
            found = [
                connection.execute(sa.insert(self.table).values(_stripped(row) | at))
                for row in rows
            ]
            return [int(each.inserted_primary_key[0]) for each in found]  # ty: ignore[not-subscriptable]

    def all_of(self, **about: str) -> pd.DataFrame:
        """Return all rows about something, the first written first.

        Args:
            **about: What columns hold.

        Returns:
            The other columns of the table; times in UTC.

        Raises:
            RecordError: They could not be read.
        """
        columns = [each for each in self.table.columns if each.name not in about]
        query = sa.select(*columns).filter_by(**about).order_by(self.table.c.entry_id)
        with _reached(self._engine) as connection:
            found = connection.execute(query)
            frame = pd.DataFrame(found.mappings().all(), columns=list(found.keys()))
        # SQLite keeps no zone, PostgreSQL gives its own.
        return frame.assign(written_at=pd.to_datetime(frame["written_at"], utc=True))


def _stripped(row: Mapping[str, object]) -> dict[str, object]:
    return {name: each.strip() if isinstance(each, str) else each for name, each in row.items()}


@functools.lru_cache(maxsize=16)
def _opened(kind: type[T], root: str, url: str) -> T:
    del url  # another address is another store, and the records read the setting themselves
    return kind(DataDir(Path(root)))


@contextmanager
def _reached(engine: sa.Engine) -> Generator[sa.Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise RecordError(
            "What partners write cannot be reached just now; keep a copy of your text and try "
            f"again. ({error.__class__.__name__}: {str(error).splitlines()[0]})"
        ) from error


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
