"""What the headers of a request and its answer say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from etl.fetch.asking import Answer, Place
from etl.fetch.shelf import Release

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]{0,99}")
#: A file name where the address has none that is one on every system.
_NAMELESS = "release"


def resuming(release: Release, arrived: int) -> dict[str, str]:
    """Return the headers that ask for the rest of what was begun, or none when they cannot.

    A part is continued only if the publisher can tell whether the file is still the same
    (RFC 9110, 13.1.5: by a strong ETag, or the date it was last modified).

    Args:
        release: What was begun.
        arrived: How many bytes of it are here.
    """
    strong = "" if release.etag.startswith("W/") else release.etag
    mark = strong or release.last_modified
    whole = release.length is not None and arrived >= release.length
    if not mark or not arrived or whole:
        return {}
    return {"Range": f"bytes={arrived}-", "If-Range": mark}


def unchanged_since(release: Release) -> dict[str, str]:
    """Return the headers that ask for a file only if it is another one than this."""
    headers = {"If-None-Match": release.etag, "If-Modified-Since": release.last_modified}
    return {name: value for name, value in headers.items() if value}


def described(place: Place, answer: Answer) -> Release:
    """Return a file as the headers of an answer that holds it whole describe it."""
    length = answer.headers.get("Content-Length", "")
    chunked = "Transfer-Encoding" in answer.headers
    return Release(
        address=place.address,
        location=urlsplit(answer.location)._replace(query="", fragment="").geturl(),
        file_name=_file_name(answer.location),
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
        length=int(length) if length.isdecimal() and not chunked else None,
    )


def continues(answer: Answer, release: Release, arrived: int) -> Release | None:
    """Return the release that an answer holds the rest of, or None when it is not this one's.

    Args:
        answer: A part of a file.
        release: What was begun.
        arrived: How many bytes of it are here.
    """
    found = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    same = answer.headers.get("ETag", release.etag) == release.etag
    if found is None or int(found[1]) != arrived or not same:
        return None
    length = release.length if found[2] == "*" else int(found[2])
    return replace(release, length=length) if release.length in (None, length) else None


def is_page(answer: Answer) -> bool:
    """Return whether an answer says that it is a web page."""
    return answer.headers.get_content_type() in ("text/html", "application/xhtml+xml")


def seconds_to_wait(answer: Answer) -> float | None:
    """Return how long the publisher asks to wait (RFC 9110, 10.2.3), or None."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((until.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _file_name(address: str) -> str:
    """Return the last part of an address, where it is a file name on every system."""
    name = unquote(urlsplit(address).path.rpartition("/")[2])
    return name if _FILE_NAME.fullmatch(name) else _NAMELESS
