"""A publisher on this machine: well-behaved, unless told how its next answers go wrong."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answering = Callable[["Handler"], None]


class Publisher:
    """Pages and files at their paths, one file at any other, and what to answer before those."""

    def __init__(self) -> None:
        self.body = random.Random(1).randbytes(200_000)
        self.etag = '"first"'
        self.last_modified = "Wed, 02 Sep 2026 08:30:00 GMT"
        self.kind = "application/zip"
        self.faults: deque[Answering] = deque()
        self.always: Answering | None = None
        self.pages: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.faults_at: dict[str, deque[Answering]] = {}
        self.always_at: dict[str, Answering] = {}
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
        """States another length than it has: of so many bytes, or fewer by so many if negative."""

        def answer(handler: Handler) -> None:
            body = self.body_of(handler)
            stated = length if length > 0 else len(body) + length
            handler.answer(200, body, {"Content-Length": str(stated)})

        return answer

    def whole(self, **headers: str) -> Answering:
        """Knows nothing of ranges or conditions."""
        return lambda handler: handler.answer(
            200, self.body_of(handler), self._marks(handler) | headers
        )

    def hangs_up(self) -> Answering:
        return lambda handler: handler.connection.close()

    def body_of(self, handler: Handler) -> bytes:
        return self.files.get(handler.path, self.body)

    def _marks(self, handler: Handler) -> dict[str, str]:
        is_own = handler.path in self.files
        checksum = hashlib.sha256(self.body_of(handler)).hexdigest()
        return {
            "ETag": f'"{checksum[:16]}"' if is_own else self.etag,
            "Last-Modified": self.last_modified,
            "Content-Type": self.kind,
        }

    def serve(self, handler: Handler, cut: int | None = None) -> None:
        marks, asked, whole = self._marks(handler), handler.headers, self.body_of(handler)
        if asked.get("If-None-Match") == marks["ETag"]:
            handler.answer(304, b"", marks)
            return
        first = 0
        if "Range" in asked and asked.get("If-Range") in (marks["ETag"], self.last_modified):
            first = int(asked["Range"].removeprefix("bytes=").removesuffix("-"))
            marks["Content-Range"] = f"bytes {first}-{len(whole) - 1}/{len(whole)}"
        body = whole[first:]
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
        elif publisher.faults_at.get(self.path):
            publisher.faults_at[self.path].popleft()(self)
        elif self.path in publisher.always_at:
            publisher.always_at[self.path](self)
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
