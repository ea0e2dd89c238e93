"""What the headers of a request and its answer say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from etl.fetch.asking import Place
from etl.fetch.shelf import OF_THE_SHELF, Release

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


def described(place: Place, answer: httpx.Response) -> Release:
    """Return a file as the headers of an answer that holds it whole describe it."""
    location = str(answer.url)
    return Release(
        address=place.address,
        location=urlsplit(location)._replace(query="", fragment="").geturl(),
        file_name=_given_name(answer) or file_name(location),
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
        length=stated_length(answer),
    )


def stated_length(answer: httpx.Response) -> int | None:
    """Return how many bytes an answer's body is said to have; None where that is not said."""
    length = answer.headers.get("Content-Length", "")
    chunked = "Transfer-Encoding" in answer.headers
    return int(length) if length.isdecimal() and not chunked else None


def continues(answer: httpx.Response, release: Release, arrived: int) -> Release | None:
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


def is_page(answer: httpx.Response) -> bool:
    """Return whether an answer says that it is a web page."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml")


def seconds_to_wait(answer: httpx.Response) -> float | None:
    """Return how long the publisher asks to wait (RFC 9110, 10.2.3), or None."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((until.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def file_name(address: str) -> str:
    """Return the file name in an address: of its path, or where a page hands out files of a query.

    `…/file?uri=/crime/tables.xlsx` is tables.xlsx.
    """
    parts = urlsplit(address)
    of_query = [value for _, value in parse_qsl(parts.query) if "." in value.rpartition("/")[2]]
    named = "." in parts.path.rpartition("/")[2] or not of_query
    return _on_every_system(unquote(parts.path) if named else of_query[-1])


def _given_name(answer: httpx.Response) -> str:
    """Return the name that the publisher gives the file apart from its address, or ""."""
    header = Message()
    header["Content-Disposition"] = answer.headers.get("Content-Disposition", "")
    given = header.get_filename("")
    return _on_every_system(given) if given else ""


def _on_every_system(path: str) -> str:
    """Return the last part of a path, where it is a file name on every system and nobody's here."""
    name = path.rpartition("/")[2]
    is_free = name.lower() not in OF_THE_SHELF
    return name if is_free and _FILE_NAME.fullmatch(name) else _NAMELESS
