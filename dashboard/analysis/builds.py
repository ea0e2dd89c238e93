"""Which published database readers are shown, and what is worked out from it.

A build that is published takes over once what readers asked of the one before has been worked out
from it too: until then, and for `PATIENCE` seconds at most, they are shown the one before. So
nobody waits for figures that everybody looks at. Whoever publishes from within the app is shown the
new ones at once.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from dashboard.analysis.comparison import Comparison, compared
from dashboard.analysis.picture import Picture, UnknownChoiceError
from dashboard.store.kept import Kept
from dashboard.store.warehouse import NothingPublishedError, Warehouse
from etl import publish
from etl.datadir import DataDir

PATIENCE = 120.0
"""Seconds after which a new build takes over, ready or not."""
ASKED_LATELY = 3600.0
"""What nobody asked for in so many seconds is not worked out beforehand."""
REST = 1.0
"""Seconds of rest for each second of such work: readers of the old build come first."""
#: A build that is being read stays open while the next one is taken up.
_OPEN = 2
_PICTURES = 64
_ANSWERS = 4096


def data_dir() -> DataDir:
    """Return the data folder that the app was started on."""
    return DataDir(Path(os.environ.get("SAFECITY_DATA_DIR", "data")))


class Question(Protocol):
    """What was asked of a build, so that it can be asked of another."""

    def __hash__(self) -> int:
        """Two that are equal have one answer."""
        ...

    def work_out(self, database: str) -> object:
        """Answer it from a database."""
        ...


class Build:
    """A published database, the pictures read from it, and the answers.

    They are kept and let go together, and the database closes when the last reader lets go: a
    picture that outlived its database could not be asked anything more.
    """

    def __init__(self, data: DataDir, database: str) -> None:
        """Open a database.

        Raises:
            NothingPublishedError: It is not the one that is published any more.
        """
        self.warehouse = Warehouse(data)
        if self.warehouse.published.database != database:
            # Kept under this name it would mix two builds.
            self.warehouse.close()
            raise NothingPublishedError("New figures were published this moment. Reload the page.")
        self.answers: Kept[Question] = Kept(_ANSWERS)
        self.picture = lru_cache(_PICTURES)(partial(Picture.of, self.warehouse))
        self.comparison = lru_cache(_PICTURES)(partial(_compared, self.picture))

    def answer(self, question: Question) -> object:
        """Return the answer to a question, worked out at most once."""
        database = self.warehouse.published.database
        return self.answers.get(question, lambda: question.work_out(database))


class Builds:
    """The builds of a data folder that are open, and which of them is shown."""

    def __init__(self, data: DataDir) -> None:
        """Begin with none open."""
        self._data = data
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Build] = OrderedDict()
        self._shown = ""
        self._preparing: _Preparation | None = None
        self._patience_ends = 0.0

    def shown(self) -> str:
        """Return the name of the database to read.

        Raises:
            NothingPublishedError: There is none.
        """
        newest = self.newest()
        with self._lock:
            if newest != self._shown and not self._is_to_wait_for(newest):
                self._leave_off()
                self._shown = newest
            return self._shown

    def newest(self) -> str:
        """Return the name of the database that is published, shown yet or not.

        Raises:
            NothingPublishedError: There is none.
        """
        published = publish.current(self._data)
        if published is None:
            raise NothingPublishedError("No database is built yet. Run: safecity build")
        return published.database

    def take_up(self) -> None:
        """Show what is published from now on, however long its first pages take."""
        with self._lock:
            self._leave_off()
            self._shown = ""

    def of(self, database: str) -> Build:
        """Return a build, opened if it is not.

        Raises:
            NothingPublishedError: It is neither open nor published.
        """
        with self._lock:
            if database not in self._open:
                self._open[database] = Build(self._data, database)
                self._let_go_of_old(database)
            self._open.move_to_end(database)
            return self._open[database]

    def _let_go_of_old(self, opened: str) -> None:
        for database in list(self._open)[: -_OPEN or None]:
            # What is shown stays, however many builds were published while one is got ready.
            if database not in (self._shown, opened):
                del self._open[database]

    def _leave_off(self) -> None:
        if self._preparing is not None:
            self._preparing.leave_off()
            self._preparing = None

    def _is_to_wait_for(self, newest: str) -> bool:
        before = self._open.get(self._shown)
        if before is None:
            return False
        if self._preparing is None:
            # Once for all that are published meanwhile: else readers might never see a new one.
            self._patience_ends = time.monotonic() + PATIENCE
        if self._preparing is None or self._preparing.database != newest:
            self._leave_off()
            asked = before.answers.asked_since(time.monotonic() - ASKED_LATELY)
            self._preparing = _Preparation(newest, asked, self.of, self._patience_ends)
        return not self._preparing.is_over()


class _Preparation:
    """The work of getting a build ready, in a thread of its own."""

    def __init__(
        self,
        database: str,
        asked: list[tuple[Question, float]],
        build_of: Callable[[str], Build],
        until: float,
    ) -> None:
        self.database = database
        self._asked = asked
        self._build_of = build_of
        self._until = until
        self._thread = threading.Thread(target=self._prepare, name="new-build", daemon=True)
        self._thread.start()

    def leave_off(self) -> None:
        """Do no more of it: the build is shown already, or another has been published."""
        self._until = 0.0

    def is_over(self) -> bool:
        """Return whether nothing is left to do, or no time."""
        return not self._thread.is_alive() or time.monotonic() > self._until

    def _prepare(self) -> None:
        try:
            build = self._build_of(self.database)
        except NothingPublishedError:
            return  # Another was published since; `Builds.shown` begins again with that.
        for question, asked_at in self._asked:
            began = time.monotonic()
            if began > self._until:
                return
            try:
                build.answers.prepare(question, partial(question.work_out, self.database), asked_at)
            except UnknownChoiceError:
                continue  # The new figures do not have it; its reader will be told.
            except NothingPublishedError:
                return  # Let go of meanwhile, for a newer one.
            time.sleep(REST * (time.monotonic() - began))


def _compared(
    picture_of: Callable[[str, str], Picture],
    key: tuple[str, str, str],
    indicator: str,
    options: tuple[str, str, str, str],
) -> Comparison:
    (plan, area, as_at), (basis, group, edition, rate_base) = key, options
    return compared(
        picture_of(plan, area), indicator, as_at=as_at, basis=basis, group=group, edition=edition,
        rate_base=rate_base,
    )  # fmt: skip


@lru_cache
def builds_of(data: DataDir) -> Builds:
    """Return the builds of a data folder, the same for every reader."""
    return Builds(data)
