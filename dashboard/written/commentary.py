"""What partners wrote of an indicator in a quarter, kept with its author, time and history.

Nothing is ever changed or deleted: an amendment is an entry of its own that names the one it takes
the place of. Two people who amend one entry at the same moment leave two amendments standing, both
shown, until somebody makes one of them.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from etl.datadir import DataDir

#: A database that several machines share, such as "postgresql+psycopg://user@host/safecity".
URL_SETTING = "SAFECITY_COMMENTARY_URL"
HEADINGS = {"said": "We said", "did": "We did", "intend": "We intend to"}
LONGEST_BODY = 4_000
LONGEST_NAME = 120
#: How long a writer waits for another that holds the file, in seconds.
_PATIENCE = 15

_METADATA = sa.MetaData()
_ENTRY = sa.Table(
    "commentary_entry",
    _METADATA,
    sa.Column("entry_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("area_code", sa.String(40), nullable=False),
    sa.Column("indicator_id", sa.String(80), nullable=False),
    sa.Column("quarter", sa.String(20), nullable=False),
    sa.Column("heading", sa.String(10), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("author", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("agency", sa.String(LONGEST_NAME), nullable=False),
    sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("replaces", sa.ForeignKey("commentary_entry.entry_id"), nullable=True),
    sa.Index("commentary_of_quarter", "area_code", "quarter", "indicator_id"),
)


class CommentaryError(Exception):
    """What was written cannot be kept, or not be read; the message says what to do."""


@dataclass(frozen=True)
class Subject:
    """What an entry is about.

    Attributes:
        area_code: The area.
        indicator_id: The indicator.
        quarter: The quarter reviewed, as the page names it: "Q3 2009/10".
    """

    area_code: str
    indicator_id: str
    quarter: str


@dataclass(frozen=True)
class Entry:
    """What somebody writes.

    Attributes:
        heading: A key of `HEADINGS`.
        body: The text; "" withdraws the entry that it replaces.
        author: Who writes.
        agency: For whom, such as "police".
        replaces: Ids of the entries shown that this one takes the place of, if any.
    """

    heading: str
    body: str
    author: str
    agency: str = ""
    replaces: int | None = None


class Commentary:
    """The store of entries. Safe to share between threads and between processes."""

    def __init__(self, data: DataDir, url: str = "") -> None:
        """Open the store, and make its table when there is none.

        Args:
            data: The data folder, which holds the file when no address is given.
            url: An SQLAlchemy address; "" for SAFECITY_COMMENTARY_URL or, without it, the file
                commentary.sqlite of the data folder.

        Raises:
            CommentaryError: It cannot be opened.
        """
        self._engine = _engine(data, url or os.environ.get(URL_SETTING, ""))
        try:
            with self._engine.begin() as connection:
                connection.execute(CreateTable(_ENTRY, if_not_exists=True))
                for index in _ENTRY.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))
        except SQLAlchemyError as error:
            raise _unreachable(error) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def write(self, about: Subject, entry: Entry) -> int:
        """Keep an entry.

        Args:
            about: What it is about.
            entry: What is written.

        Returns:
            Its id.

        Raises:
            CommentaryError: The entry lacks something, or it could not be kept.
        """
        _check(entry)
        row = {
            "area_code": about.area_code,
            "indicator_id": about.indicator_id,
            "quarter": about.quarter,
            "heading": entry.heading,
            "body": entry.body.strip(),
            "author": entry.author.strip(),
            "agency": entry.agency.strip(),
            "written_at": datetime.now(UTC),
            "replaces": entry.replaces,
        }
        try:
            with self._engine.begin() as connection:
                found = connection.execute(sa.insert(_ENTRY).values(row))
                return int(found.inserted_primary_key[0])  # ty: ignore[not-subscriptable]
        except SQLAlchemyError as error:
            raise _unreachable(error) from error

    def standing(self, about: Subject) -> pd.DataFrame:
        """Return the entries that nothing replaces, in the order they were first written.

        Args:
            about: What they are about.

        Returns:
            entry_id, heading, body, author, agency, written_at (UTC), replaces, amended (how
            often), rivals (how many others stand that amend the same first entry); withdrawn
            ones are left out.
        """
        entries = self.history(about)
        replaced = entries["replaces"].dropna()
        before = dict(zip(entries.loc[replaced.index, "entry_id"], replaced, strict=True))
        is_standing = ~entries["entry_id"].isin(replaced) & entries["body"].ne("")
        standing = entries[is_standing].copy()
        chains = [_chain(entry, before) for entry in standing["entry_id"]]
        standing["amended"] = [len(chain) - 1 for chain in chains]
        standing["first"] = [chain[-1] for chain in chains]
        standing["rivals"] = standing.groupby("first")["first"].transform("size") - 1
        return (
            standing.sort_values(["first", "entry_id"])
            .drop(columns="first")
            .reset_index(drop=True)
        )

    def history(self, about: Subject) -> pd.DataFrame:
        """Return every entry ever written about it, the first one first.

        Returns:
            entry_id, heading, body ("" for a withdrawal), author, agency, written_at, replaces.
        """
        columns = [_ENTRY.c[name] for name in _READ]
        query = (
            sa.select(*columns)
            .where(
                _ENTRY.c.area_code == about.area_code,
                _ENTRY.c.indicator_id == about.indicator_id,
                _ENTRY.c.quarter == about.quarter,
            )
            .order_by(_ENTRY.c.entry_id)
        )
        return self._read(query)

    def of_quarter(self, area_code: str, quarter: str) -> pd.DataFrame:
        """Return how many entries stand in a quarter, for each indicator that has any.

        Returns:
            indicator_id, entries.
        """
        later = _ENTRY.alias()
        query = (
            sa.select(_ENTRY.c.indicator_id, sa.func.count().label("entries"))
            .where(
                _ENTRY.c.area_code == area_code,
                _ENTRY.c.quarter == quarter,
                _ENTRY.c.body != "",
                ~sa.exists().where(later.c.replaces == _ENTRY.c.entry_id),
            )
            .group_by(_ENTRY.c.indicator_id)
        )
        return self._read(query)

    def _read(self, query: sa.Select) -> pd.DataFrame:
        try:
            with self._engine.connect() as connection:
                found = connection.execute(query)
                frame = pd.DataFrame(found.mappings().all(), columns=list(found.keys()))
        except SQLAlchemyError as error:
            raise _unreachable(error) from error
        if "written_at" in frame:  # SQLite keeps no zone, PostgreSQL gives its own
            frame["written_at"] = pd.to_datetime(frame["written_at"], utc=True)
        return frame


_READ = ["entry_id", "heading", "body", "author", "agency", "written_at", "replaces"]


def commentary_of(data: DataDir) -> Commentary:
    """Return the store of a data folder, opened once for each folder and address."""
    return _opened(data.root.resolve().as_posix(), os.environ.get(URL_SETTING, ""))


@functools.lru_cache(maxsize=8)
def _opened(root: str, url: str) -> Commentary:
    return Commentary(DataDir(Path(root)), url)


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
        raise CommentaryError(
            f"The address in {URL_SETTING} cannot be used: {error}. PostgreSQL needs its driver: "
            "pip install safecity[postgres]"
        ) from error
    sa.event.listen(engine, "connect", _write_ahead)
    return engine


def _write_ahead(connection: DBAPIConnection, _record: object) -> None:
    """Let readers read while one writes, and keep what was committed through a power cut."""
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma synchronous=full")
    cursor.execute("pragma foreign_keys=on")
    cursor.close()


def _chain(entry: int, before: Mapping[int, float]) -> list[int]:
    """Return an entry, the one it replaces, the one that replaced, and so on to the first."""
    chain = [entry]
    while chain[-1] in before:
        chain.append(int(before[chain[-1]]))
    return chain


def _check(entry: Entry) -> None:
    wrong = (
        (entry.heading not in HEADINGS, "Choose a heading."),
        (not entry.author.strip(), "Give your name: it is kept with what you write."),
        (not entry.body.strip() and entry.replaces is None, "Write something first."),
        (
            len(entry.body) > LONGEST_BODY,
            f"That is longer than {LONGEST_BODY:,} characters: shorten it, or write two entries.",
        ),
        (
            max(len(entry.author), len(entry.agency)) > LONGEST_NAME,
            f"A name is at most {LONGEST_NAME} characters.",
        ),
    )
    for is_wrong, what_to_do in wrong:
        if is_wrong:
            raise CommentaryError(what_to_do)


def _unreachable(error: SQLAlchemyError) -> CommentaryError:
    return CommentaryError(
        "What partners write cannot be reached just now; keep a copy of your text and try again. "
        f"({error.__class__.__name__}: {str(error).splitlines()[0]})"
    )
