"""Which published database readers are shown.

A build that is published is shown once what readers asked of the one before has been computed from
it too: until then, and for `PATIENCE` seconds at most, they are shown the one before. So nobody
waits for figures that everybody looks at. Whoever publishes from within the app is shown the new
ones at once.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from dashboard.store.cache import Question
from dashboard.store.errors import NothingPublishedError, UnknownChoiceError
from dashboard.store.warehouse import NEWER, Warehouse
from etl import publish
from etl.datadir import DataDir

PATIENCE = 120.0
"""Seconds after which a new build takes over, ready or not."""
ASKED_LATELY = 3600.0
"""What nobody asked for in so many seconds is not computed beforehand."""
REST = 1.0
"""Seconds of rest for each second of such work: readers of the old build come first."""
TURN = 0.0005
"""Seconds that such work keeps Python to itself while a reader waits: a page asks for it often."""
#: Not asked for when work begins: that of a build before, left off, may not be over.
_USUAL_TURN = sys.getswitchinterval()
#: A build that is being read stays open while the next one is taken up.
_OPEN = 2


def data_dir() -> DataDir:
    """Return the data folder that the app was started on."""
    return DataDir(Path(os.environ.get("SAFECITY_DATA_DIR", "data")))


def shown_warehouse() -> Warehouse:
    """Return the database that readers are shown now.

    Raises:
        NothingPublishedError: There is none.
    """
    builds = builds_of(data_dir())
    return builds.of(builds.shown())


def published_database() -> str:
    """Return the name of the database that is published, whether readers are shown it yet or not.

    Raises:
        NothingPublishedError: There is none.
    """
    return builds_of(data_dir()).newest()


def take_up_published() -> None:
    """Show what was published just now, without the usual wait; for those who published it."""
    builds_of(data_dir()).take_up()


class Builds:
    """The builds of a data folder that are open, and which of them is shown."""

    def __init__(self, data: DataDir) -> None:
        """Begin with none open."""
        self._data = data
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Warehouse] = OrderedDict()
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

    def of(self, database: str) -> Warehouse:
        """Return a database by its name, opened if it is not.

        Raises:
            NothingPublishedError: It is neither open nor published.
        """
        with self._lock:
            if database not in self._open:
                self._open[database] = _opened(self._data, database)
                self._let_go_of_old(database)
            self._open.move_to_end(database)
            return self._open[database]

    def _let_go_of_old(self, opened: str) -> None:
        for database in list(self._open)[: -_OPEN or None]:
            # What is shown stays, however many builds were published while one is got ready.
            if database not in (self._shown, opened):
                self._open.pop(database).close()

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
            asked = before.cache.asked_after(time.monotonic() - ASKED_LATELY)
            self._preparing = _Preparation(newest, asked, self.of, self._patience_ends)
        return not self._preparing.is_over()


class _Preparation:
    """The work of getting a build ready, in a thread of its own."""

    def __init__(
        self,
        database: str,
        asked: list[tuple[Question, float]],
        build_of: Callable[[str], Warehouse],
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
        sys.setswitchinterval(TURN)
        try:
            self._compute()
        finally:
            sys.setswitchinterval(_USUAL_TURN)

    def _compute(self) -> None:
        try:
            build = self._build_of(self.database)
        except NothingPublishedError:
            return  # Another was published since; `Builds.shown` begins again with that.
        # What a view has read serves all questions that are asked of it.
        views: dict[object, object] = {}
        for question, asked_at in self._asked:
            began = time.monotonic()
            if began > self._until:
                return
            view = question.view, question.seen
            try:
                if view not in views:
                    views[view] = question.first_of(build)
                build.cache.prepare(question, views[view], asked_at)
            except UnknownChoiceError:
                continue  # The new figures do not have it; its reader will be told.
            except NothingPublishedError:
                return  # Closed meanwhile, for a newer one.
            time.sleep(REST * (time.monotonic() - began))


def _opened(data: DataDir, database: str) -> Warehouse:
    warehouse = Warehouse(data)
    if warehouse.published.database != database:
        # Under this name it would mix two builds.
        warehouse.close()
        raise NothingPublishedError(NEWER)
    return warehouse


@lru_cache
def builds_of(data: DataDir) -> Builds:
    """Return the builds of a data folder, the same for every reader."""
    return Builds(data)
