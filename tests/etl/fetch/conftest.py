"""A publisher on this machine: well-behaved, unless told how its next answers go wrong."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from etl.fetch.asking import Place
from etl.fetch.download import Manners, download
from etl.fetch.shelf import Release, Shelf

Answering = Callable[["Handler"], None]


class Publisher:
    """Pages at their paths, one file at any other, and what to answer before either is served."""

    def __init__(self) -> None:
        self.body = random.Random(1).randbytes(200_000)
        self.etag = '"first"'
        self.last_modified = "Wed, 02 Sep 2026 08:30:00 GMT"
        self.kind = "application/zip"
        self.faults: deque[Answering] = deque()
        self.always: Answering | None = None
        self.pages: dict[str, bytes] = {}
        self.asked: list[Message] = []
        self.paths: list[str] = []
        self.times: list[float] = []
        self.base = ""
        self.handler = type("ThisHandler", (Handler,), {"publisher": self})

    @property
    def address(self) -> str:
        return f"{self.base}/latest.zip"

    def revise(self) -> None:
        """Publish another file at the same address."""
        self.body = random.Random(2).randbytes(150_000)
        self.etag = '"second"'
        self.last_modified = "Thu, 01 Oct 2026 08:30:00 GMT"

    # What can go wrong.

    def status(self, status: int, **headers: str) -> Answering:
        return lambda handler: handler.answer(status, b"sorry", headers)

    def drops(self, after: int) -> Answering:
        """States the whole length, and hangs up early."""
        return lambda handler: self.serve(handler, cut=after)

    def states(self, length: int) -> Answering:
        return lambda handler: handler.answer(200, self.body, {"Content-Length": str(length)})

    def whole(self, **headers: str) -> Answering:
        """Knows nothing of ranges or conditions."""
        return lambda handler: handler.answer(200, self.body, self._marks() | headers)

    def hangs_up(self) -> Answering:
        return lambda handler: handler.connection.close()

    def _marks(self) -> dict[str, str]:
        return {
            "ETag": self.etag,
            "Last-Modified": self.last_modified,
            "Content-Type": self.kind,
        }

    def serve(self, handler: Handler, cut: int | None = None) -> None:
        marks, asked = self._marks(), handler.headers
        if asked.get("If-None-Match") == self.etag:
            handler.answer(304, b"", marks)
            return
        first = 0
        if "Range" in asked and asked.get("If-Range") in (self.etag, self.last_modified):
            first = int(asked["Range"].removeprefix("bytes=").removesuffix("-"))
            last = len(self.body) - 1
            marks["Content-Range"] = f"bytes {first}-{last}/{len(self.body)}"
        body = self.body[first:]
        marks["Content-Length"] = str(len(body))
        handler.answer(206 if first else 200, body[:cut], marks)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def do_GET(self) -> None:
        publisher = self.publisher
        publisher.asked.append(self.headers)
        publisher.paths.append(self.path)
        publisher.times.append(time.monotonic())
        self.close_connection = True
        if publisher.faults:
            publisher.faults.popleft()(self)
        elif self.path in publisher.pages:
            page = publisher.pages[self.path]
            self.answer(200, page, {"Content-Type": "text/html; charset=utf-8"})
        elif publisher.always:
            publisher.always(self)
        else:
            publisher.serve(self)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        stated = {} if status == 304 else {"Content-Length": str(len(body))}
        for name, value in (stated | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def serving() -> Iterator[Publisher]:
    publisher = Publisher()
    server = ThreadingHTTPServer(("127.0.0.1", 0), publisher.handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    publisher.base = f"http://127.0.0.1:{server.server_port}"
    yield publisher
    server.shutdown()
    thread.join()
    server.server_close()


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
