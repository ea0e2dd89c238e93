"""The body of an answer, byte by byte: counted against what was stated, and looked at."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import httpcore
import httpx

from etl.fetch.asking import BrokenOffError, RefusedError, no_answer
from etl.fetch.headers import stated_length
from etl.fetch.shelf import Release

#: Told how many bytes have arrived, and how many are expected where that is known.
Report = Callable[[int, int | None], None]

#: Seconds that a publisher has to close a connection whose answer is over, as it was asked to.
_TO_CLOSE = 1.0
_PAGE_STARTS = (b"<!doctype html", b"<html")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def receive(
    answer: httpx.Response,
    part: BinaryIO,
    release: Release,
    already: int,
    max_bytes: int,
    report: Report,
) -> None:
    """Add the body of an answer to a part until all has arrived.

    Args:
        answer: Whose body it is; a whole file, or the rest of one.
        part: Where it goes.
        release: What was stated of it.
        already: How many bytes are there.
        max_bytes: How many there may be.
        report: Told of every block.

    Raises:
        BrokenOffError: Less arrived than was stated.
        RefusedError: More arrived than was stated or may be, or it is a web page. What arrived
            is of no use: the part is emptied.
    """
    host = urlsplit(str(answer.url)).netloc
    arrived = already

    def refuse_if(wrong: str) -> None:
        if wrong:
            part.truncate(0)
            raise RefusedError(f"{host} {wrong}")

    try:
        # Of the stream itself: the library would unpack a body, and close before its end is seen.
        for block in answer.stream:  # ty: ignore[not-iterable] (of a client that does not wait)
            start = b"" if arrived else block
            refuse_if(_wrong(start, arrived + len(block), release, max_bytes))
            _keep(part, block)
            arrived += len(block)
            report(arrived, release.length)
    except httpx.TransportError as error:
        cut_short = isinstance(error, httpx.RemoteProtocolError) and release.length is not None
        if not cut_short:
            raise no_answer(host, error) from None
    if release.length is not None and arrived < release.length:
        raise BrokenOffError(f"{host} stated {release.length:,} bytes and {arrived:,} arrived")
    if stated_length(answer) is not None and _went_on(answer):
        refuse_if(_wrong(b"", arrived + 1, release, max_bytes))


def _went_on(answer: httpx.Response) -> bool:
    """Return whether a body went on after its stated length, up to which the library reads.

    A publisher that states too little would give a file that ends early and looks whole. What came
    with the last of the body the library keeps to itself; nobody else can tell.
    """
    body: Any = answer.stream
    beyond, _ = body._stream._httpcore_stream._stream._connection._h11_state.trailing_data
    with suppress(httpcore.NetworkError, httpcore.TimeoutException):
        beyond = beyond or answer.extensions["network_stream"].read(1, _TO_CLOSE)
    return bool(beyond)


def _keep(part: BinaryIO, block: bytes) -> None:
    try:
        part.write(block)
        part.flush()
    except OSError as error:
        raise RefusedError(f"what arrives cannot be kept: {error.strerror}") from None


def _wrong(start: bytes, arrived: int, release: Release, max_bytes: int) -> str:
    """Return what is wrong with what has arrived, or ""."""
    if start.removeprefix(_BYTE_ORDER_MARK).lstrip()[:32].lower().startswith(_PAGE_STARTS):
        return "sent a web page instead of the file"
    if release.length is not None and arrived > release.length:
        return f"stated {release.length:,} bytes and more than that arrived"
    if arrived > max_bytes:
        return f"sent more than the {max_bytes:,} bytes that a release may have"
    return ""
