"""A new build takes over when what readers asked of the one before is ready, or after a while."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable

import pytest

from dashboard.analysis import builds
from dashboard.analysis.asking import kept
from dashboard.analysis.builds import builds_of
from dashboard.analysis.session import Session, current_database, take_up_published
from dashboard.store.warehouse import NothingPublishedError
from etl.build import build
from etl.datadir import DataDir

SECONDS = 60


@pytest.fixture
def data(default_data, tmp_path, monkeypatch) -> DataDir:
    folder = shutil.copytree(default_data, tmp_path / "data")
    monkeypatch.setenv("SAFECITY_DATA_DIR", str(folder))
    builds_of.cache_clear()
    return DataDir(folder)


def published_anew(data: DataDir) -> str:
    """Publish another build, and return the name of its database."""
    return build(data).path.name


def answered_late(first: str, waits: threading.Event) -> Callable[[Session], str]:
    """Return a question that no build but the first answers before the event."""

    @kept
    def slow(session: Session) -> str:
        if session.database != first:
            waits.wait(SECONDS)
        return session.database

    return slow


def test_readers_see_the_build_before_until_their_answers_are_ready(data, monkeypatch) -> None:
    monkeypatch.setattr(builds, "REST", 0.0)
    go_on, prepared = threading.Event(), threading.Event()
    first = current_database()

    @kept
    def slow(session: Session) -> str:
        if session.database != first:
            assert go_on.wait(SECONDS)
            prepared.set()
        return session.database

    assert slow(Session(first)) == first
    second = published_anew(data)
    assert second != first
    assert current_database() == first
    go_on.set()
    assert prepared.wait(SECONDS)
    _until_shown(second)
    assert slow(Session(second)) == second


def test_whoever_publishes_from_within_sees_the_new_figures_at_once(data) -> None:
    first = current_database()
    waits = threading.Event()

    slow = answered_late(first, waits)
    slow(Session(first))
    second = published_anew(data)
    assert current_database() == first
    take_up_published()
    assert current_database() == second
    waits.set()


def test_patience_ends(data, monkeypatch) -> None:
    monkeypatch.setattr(builds, "PATIENCE", 0.0)
    first = current_database()
    Session(first).frame("plans")
    second = published_anew(data)
    assert current_database() == second


def test_a_build_that_is_neither_open_nor_published_is_not_mixed_with_another(data) -> None:
    with pytest.raises(NothingPublishedError, match="published this moment"):
        builds_of(data).of("safecity-of-a-moment-ago.duckdb")


def test_a_build_nobody_read_is_not_waited_for(data) -> None:
    current_database()
    second = published_anew(data)
    assert current_database() == second


def _until_shown(database: str) -> None:
    for thread in threading.enumerate():
        if thread.name == "new-build":
            thread.join(SECONDS)
    assert current_database() == database


def test_what_is_shown_stays_open_while_several_are_published(data, monkeypatch) -> None:
    monkeypatch.setattr(builds, "REST", 0.0)
    waits = threading.Event()
    first = current_database()

    slow = answered_late(first, waits)
    slow(Session(first))
    for _ in range(3):
        last = published_anew(data)
        assert current_database() == first
        assert len(Session(first).frame("plans"))
    waits.set()
    _until_shown(last)
