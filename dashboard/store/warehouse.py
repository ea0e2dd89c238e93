"""The only reader of the database: named, parameterised queries that return frames."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Hashable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from dashboard.store.cache import Cache, cached_per_build
from dashboard.store.errors import NothingPublishedError
from etl import publish
from etl.datadir import DataDir
from etl.settings import own_partnership

QUERIES = Path(__file__).parent / "queries"
_NAME = re.compile(r"^-- ([a-z_]+): ", re.MULTILINE)
"""What a query begins with in its file."""

NEWER = "New figures were published this moment. Reload the page."
#: A build may be published between reading the pointer and opening its file.
_TRIES = 3


@functools.cache
def named_queries() -> dict[str, str]:
    """Return every query by its name."""
    found: dict[str, str] = {}
    for path in sorted(QUERIES.glob("*.sql")):
        _, *parts = _NAME.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            if name in found:
                raise ValueError(f"{path.name}: there are two queries called {name}")
            found[name] = f"-- {text.strip()}"
    return found


class Warehouse:
    """A published database, open for reading, and the answers computed from it.

    Safe to share between threads. It stays on the build it was opened on: `is_current` says
    whether a newer one was published since.

    Attributes:
        published: The build that it was opened on.
        cache: What was computed from it; see `dashboard.store.cache`.
    """

    def __init__(self, data: DataDir) -> None:
        """Open the database that is published now.

        Args:
            data: The data folder.

        Raises:
            NothingPublishedError: No database was built yet.
        """
        self._data = data
        self._lock = threading.Lock()
        self._is_closed = False
        self.cache = Cache()
        self.published, self._connection = _open(data)

    def __enter__(self) -> Warehouse:
        """Return the warehouse."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self.close()

    def close(self) -> None:
        """Close the database, so that it can be swept; what is being read is read to its end.

        What was computed from it is dropped.
        """
        with self._lock:
            self._is_closed = True
            self._connection.close()
        self.cache.close()

    def is_current(self) -> bool:
        """Return whether no newer database was published since this one was opened."""
        return publish.current(self._data) == self.published

    def own_partnership(self) -> str:
        """Return the code of the partnership that the installation is for; "" for none."""
        return own_partnership(self._data.root)

    def shows_small_counts(self) -> bool:
        """Return whether it holds small counts of its own area, which few may see."""
        return not self.cached_frame("entitled_areas").empty

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Return the result of a named query.

        Args:
            query: A name that a query in `dashboard/store/queries` begins with.
            **parameters: Values of the query's `$name` parameters, all of them.

        Raises:
            KeyError: There is no such query.
            NothingPublishedError: The database was closed, since newer ones were published.
            duckdb.Error: A parameter is missing or too many.
        """
        sql = named_queries()[query]
        with self._lock:
            if self._is_closed:
                raise NothingPublishedError(NEWER)
            return self._connection.execute(sql, parameters or None).df()

    @cached_per_build
    def cached_frame(self, query: str, **parameters: Hashable) -> pd.DataFrame:
        """Return the result of a named query, read once for all readers; see `frame`."""
        return self.frame(query, **parameters)


class WarehouseAsKnown(Warehouse):
    """A warehouse whose figures are those that were known at the end of a day.

    It reads through the one it was made from, which closes the database. All but the figures
    (plans, targets, notes, groups, denominators, gaps held) is as it is now.
    """

    #: Queries of figures, which the day bears on.
    _OF_FIGURES = frozenset({"series_of_area", "series_of_areas"})

    def __init__(self, now: Warehouse, day: date) -> None:
        """Look at a warehouse as at the end of a day."""
        self.cache = Cache()
        self._now = now
        self._day = day
        self.published = now.published

    def close(self) -> None:
        """Drop what was computed; the database is the other's."""
        self.cache.close()

    def is_current(self) -> bool:
        """Return whether no newer database was published since the other was opened."""
        return self._now.is_current()

    def own_partnership(self) -> str:
        """Return the code of the partnership that the installation is for; "" for none."""
        return self._now.own_partnership()

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        """Return the result of a named query; see `Warehouse.frame`."""
        if query not in self._OF_FIGURES:
            return self._now.frame(query, **parameters)
        area = parameters.pop("area", None)
        asked = {"areas": [area], "indicator": "", "source": "", "frequency": ""} | parameters
        return self._now.frame("figures_as_known", known_at=self._day, **asked)


def _open(data: DataDir) -> tuple[publish.Published, duckdb.DuckDBPyConnection]:
    for _ in range(_TRIES):
        published = publish.current(data)
        if published is None:
            raise NothingPublishedError(
                f"No database is built in {data.build}. Run: safecity build --data-dir {data.root}"
            )
        path = data.build / published.database
        try:
            connection = duckdb.connect(path, read_only=True, config={"threads": 1})
        except duckdb.IOException:
            if path.exists():
                raise
            continue
        return published, connection
    raise NothingPublishedError(f"The database in {data.build} changes too fast; try again.")
