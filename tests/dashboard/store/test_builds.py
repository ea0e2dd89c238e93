"""A new build takes over when what readers asked of the one before is ready, or after a while."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable

import pytest

from dashboard.store import builds
from dashboard.store.builds import builds_of, shown_warehouse, take_up_published
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import NothingPublishedError, Warehouse
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


def name_of(warehouse: Warehouse) -> str:
    return warehouse.published.database


def name_shown() -> str:
    return name_of(shown_warehouse())


def answered_late(first: Warehouse, waits: threading.Event) -> Callable[[Warehouse], str]:
    """Return a question that no build but the first answers before the event."""

    @cached_per_build
    def slow(warehouse: Warehouse) -> str:
        if name_of(warehouse) != name_of(first):
            waits.wait(SECONDS)
        return name_of(warehouse)

    return slow


def test_readers_see_the_build_before_until_their_answers_are_ready(data, monkeypatch) -> None:
    monkeypatch.setattr(builds, "REST", 0.0)
    go_on, prepared = threading.Event(), threading.Event()
    first = shown_warehouse()

    @cached_per_build
    def slow(warehouse: Warehouse) -> str:
        if name_of(warehouse) != name_of(first):
            assert go_on.wait(SECONDS)
            prepared.set()
        return name_of(warehouse)

    assert slow(first) == name_of(first)
    second = published_anew(data)
    assert second != name_of(first)
    assert name_shown() == name_of(first)
    go_on.set()
    assert prepared.wait(SECONDS)
    _until_shown(second)
    assert slow(shown_warehouse()) == second


def test_whoever_publishes_from_within_sees_the_new_figures_at_once(data) -> None:
    first = shown_warehouse()
    waits = threading.Event()

    slow = answered_late(first, waits)
    slow(first)
    second = published_anew(data)
    assert name_shown() == name_of(first)
    take_up_published()
    assert name_shown() == second
    waits.set()


def test_patience_ends(data, monkeypatch) -> None:
    monkeypatch.setattr(builds, "PATIENCE", 0.0)
    first = shown_warehouse()
    waits = threading.Event()
    answered_late(first, waits)(first)
    second = published_anew(data)
    assert name_shown() == second
    waits.set()


def test_a_build_that_is_neither_open_nor_published_is_not_mixed_with_another(data) -> None:
    with pytest.raises(NothingPublishedError, match="published this moment"):
        builds_of(data).of("safecity-of-a-moment-ago.duckdb")


def test_a_build_nobody_read_is_not_waited_for(data) -> None:
    builds_of(data).shown()
    second = published_anew(data)
    assert name_shown() == second


def _until_shown(database: str) -> None:
    for thread in threading.enumerate():
        if thread.name == "new-build":
            thread.join(SECONDS)
    assert name_shown() == database


def test_what_is_shown_stays_open_while_several_are_published(data, monkeypatch) -> None:
    monkeypatch.setattr(builds, "REST", 0.0)
    waits = threading.Event()
    first = shown_warehouse()

    slow = answered_late(first, waits)
    slow(first)
    for _ in range(3):
        last = published_anew(data)
        assert name_shown() == name_of(first)
        assert len(first.frame("plans"))
    waits.set()
    _until_shown(last)


def test_a_build_of_long_ago_is_closed_and_lets_its_answers_go(data) -> None:
    first = shown_warehouse()
    answered_late(first, threading.Event())(first)
    for _ in range(2):
        published_anew(data)
        take_up_published()
        shown_warehouse()
    assert first.cache.asked_after(0) == []
    with pytest.raises(NothingPublishedError, match="published this moment"):
        first.frame("plans")
