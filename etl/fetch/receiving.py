"""The body of an answer, byte by byte: counted against what was stated, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.client import HTTPException, HTTPResponse
from typing import BinaryIO
from urllib.parse import urlsplit

from etl.fetch.asking import Answer, BrokenOffError, RefusedError, no_answer
from etl.fetch.shelf import Release

#: Told how many bytes have arrived, and how many are expected where that is known.
Report = Callable[[int, int | None], None]

_BLOCK = 1 << 18
_PAGE_STARTS = (b"<!doctype html", b"<html")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def receive(
    answer: Answer,
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
    host = urlsplit(answer.location).netloc
    arrived = already
    try:
        for block in _blocks(answer, host):
            start = b"" if arrived else block
            wrong = _wrong(start, arrived + len(block), release, max_bytes)
            if wrong:
                part.truncate(0)
                raise RefusedError(f"{host} {wrong}")
            _keep(part, block)
            arrived += len(block)
            report(arrived, release.length)
    except BrokenOffError:
        if arrived != release.length:
            raise
    if release.length is not None and arrived < release.length:
        raise BrokenOffError(f"{host} stated {release.length:,} bytes and {arrived:,} arrived")


def _blocks(answer: Answer, host: str) -> Iterator[bytes]:
    """Yield a body as it comes, until the server closes the connection.

    Python stops reading at the stated length; a server that states too little would go unnoticed.
    Since the connection was asked to be closed after the answer, all that comes is read.

    Raises:
        BrokenOffError: The connection failed, or the server fell silent without closing it.
    """
    body = answer.body
    if not isinstance(body, HTTPResponse):
        raise RefusedError(f"{host} sent no file")
    if not body.chunked:
        body.length = None
    try:
        while block := body.read1(_BLOCK):
            yield block
    except (OSError, HTTPException) as error:
        raise no_answer(host, error) from None


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
