"""Publishers on this machine, and downloads from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.fetch.asking import Place
from etl.fetch.download import Manners, download
from etl.fetch.shelf import Release, Shelf
from tests.etl.fetch.local_publisher import Publisher, serving


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the machine is not asked for what is on it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with serving() as publisher:
        yield publisher


@pytest.fixture
def other_publisher() -> Iterator[Publisher]:
    with serving() as publisher:
        yield publisher


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "fetched" / "a_source")


class Fetching:
    """Downloads in a hurry; keeps what was reported."""

    def __init__(self, publisher: Publisher, shelf: Shelf) -> None:
        self.place = Place(publisher.address)
        self.shelf = shelf
        self.manners = Manners(attempts=4, first_wait=0.01, longest_wait=5, timeout=5)
        self.reported: list[tuple[int, int | None]] = []

    def __call__(self) -> Release | None:
        whole = self.shelf.whole()
        return download(
            self.place,
            self.shelf,
            held=whole is not None and self.shelf.file(whole).is_file(),
            manners=self.manners,
            report=lambda arrived, expected: self.reported.append((arrived, expected)),
        )


@pytest.fixture
def fetching(publisher: Publisher, shelf: Shelf) -> Fetching:
    return Fetching(publisher, shelf)
