"""A release from a publisher's address to this machine, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from etl.fetch.asking import BrokenOffError, Place, RefusedError, ask
from etl.fetch.headers import (
    continues,
    described,
    is_page,
    resuming,
    seconds_to_wait,
    unchanged_since,
)
from etl.fetch.receiving import Report, receive
from etl.fetch.shelf import Release, Shelf
from etl.manifest import checksum_of

#: More than twice the largest release there is: 36 months of every force were 1.7 GB in 2026.
MAX_BYTES = 4 * 1024**3
#: A download that got on by this much since it last broke off has earned all its attempts again.
PROGRESS = 1 << 20
#: The file is kept twice for a moment: as it arrived, and in raw/.
_COPIES = 2
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient and how modest a download is.

    Attributes:
        attempts: How often in a row it is tried without getting on.
        first_wait: Seconds before the second attempt; doubled before each one more.
        longest_wait: Seconds that are waited at most, whoever asks for it.
        timeout: Seconds of silence after which a connection is given up.
        max_bytes: Larger files are refused.
    """

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0
    timeout: float = 30.0
    max_bytes: int = MAX_BYTES


def download(
    place: Place, shelf: Shelf, *, held: bool, manners: Manners, report: Report
) -> Release | None:
    """Bring the latest release onto the shelf.

    One request at a time. What arrived before a connection broke is kept and asked for no more,
    unless the file has changed since.

    Args:
        place: Where it is published.
        shelf: Where it is kept.
        held: Whether the release that arrived last is still on this machine.
        manners: How patient it is.
        report: Told how many bytes have arrived, and of how many.

    Returns:
        The release; None when the one held is still the latest.

    Raises:
        RefusedError: It cannot be had, or is not what the publisher says it is.
        BrokenOffError: It could not be had now; what arrived is kept.
    """

    def arrived() -> int:
        begun = shelf.begun()
        return begun[1] if begun else 0

    attempts = patiently(manners, arrived)
    return attempts(_attempt, place, shelf, held=held, manners=manners, report=report)


def patiently(manners: Manners, arrived: Callable[[], int] = lambda: 0) -> Retrying:
    """Return what calls a function again as long as a publisher breaks off and patience lasts.

    Args:
        manners: How long it lasts.
        arrived: Says how many bytes are here, so that getting on is seen.
    """
    failures, reached = 0, 0

    def wait(state: RetryCallState) -> float:
        nonlocal failures, reached
        error, here = state.outcome and state.outcome.exception(), arrived()
        failures = 1 if here >= reached + PROGRESS else failures + 1
        reached = max(reached, here)
        asked = error.wait if isinstance(error, BrokenOffError) else None
        return asked or min(manners.first_wait * 2 ** (failures - 1), manners.longest_wait)

    def is_over(state: RetryCallState) -> bool:
        return failures >= manners.attempts or state.upcoming_sleep > manners.longest_wait

    again = retry_if_exception_type(BrokenOffError)
    return Retrying(retry=again, wait=wait, stop=is_over, reraise=True)


def _attempt(
    place: Place, shelf: Shelf, *, held: bool, manners: Manners, report: Report
) -> Release | None:
    """Ask once, and take what comes; see `download`."""
    begun = shelf.begun()
    before = shelf.whole() if held else None
    headers = resuming(*begun) if begun and begun[0].address == place.address else {}
    if not headers and before is not None and before.address == place.address:
        headers = unchanged_since(before)
    with ask(place, headers, manners.timeout) as answer:
        if answer.status_code == HTTPStatus.NOT_MODIFIED and "Range" not in headers and headers:
            shelf.drop_part()
            return None
        release, already = _placed(place, shelf, answer, begun if "Range" in headers else None)
        _fits(place, shelf, release, manners)
        with shelf.part.open("ab") as part:
            receive(answer, part, release, already, manners.max_bytes, report)
    return _complete(shelf, release)


def _placed(
    place: Place, shelf: Shelf, answer: httpx.Response, begun: tuple[Release, int] | None
) -> tuple[Release, int]:
    """Return what is coming and how much of it is here, the part being ready to be added to."""
    if answer.status_code == HTTPStatus.PARTIAL_CONTENT and begun is not None:
        continued = continues(answer, *begun)
        if continued is not None:
            return continued, begun[1]
    if answer.status_code in (
        HTTPStatus.PARTIAL_CONTENT,
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    ):
        shelf.drop_part()
        raise BrokenOffError(f"{place.host} cannot continue what was begun")
    refuse(place, answer)
    if is_page(answer):
        raise RefusedError(f"{place.host} sent a web page instead of the file")
    release = described(place, answer)
    shelf.begin(release)
    return release, 0


def refuse(place: Place, answer: httpx.Response) -> None:
    """Raise what stands against using an answer, whole and as it is."""
    status = answer.status_code
    answered = f"{place.host} answered {status} ({answer.reason_phrase})"
    if status in _TRY_AGAIN:
        wait = seconds_to_wait(answer)
        asked = f" and asks to wait {wait:,.0f} seconds" if wait else ""
        raise BrokenOffError(f"{answered}{asked}", wait)
    if status in _GONE:
        raise RefusedError(f"{answered}: the file is no longer at {answer.url}")
    if status != HTTPStatus.OK:
        raise RefusedError(answered)
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise RefusedError(f"{place.host} sent the file packed in a way that was not asked for")


def _fits(place: Place, shelf: Shelf, release: Release, manners: Manners) -> None:
    """Refuse a file that is larger than a release ever is, or than the disk has room for."""
    if release.length is None:
        return
    free = shutil.disk_usage(shelf.folder).free
    if release.length > manners.max_bytes:
        shelf.drop_part()
        raise RefusedError(
            f"{place.host} states {release.length:,} bytes, more than the "
            f"{manners.max_bytes:,} that a release may have"
        )
    if release.length * _COPIES > free:
        raise RefusedError(
            f"the file has {release.length:,} bytes and needs twice that while it is loaded; "
            f"the disk has {free:,} left"
        )


def _complete(shelf: Shelf, release: Release) -> Release:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    done = replace(release, checksum=checksum_of(shelf.part), fetched_at=now)
    shelf.complete(done)
    return done
