"""One request to a publisher: who asks, where a redirect may lead, what comes back."""

from __future__ import annotations

import errno
import socket
import ssl
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from importlib.metadata import version
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

USER_AGENT = f"SafeCity/{version('safecity')} (Community Safety Partnership dashboard)"
MAX_REDIRECTS = 5
_REDIRECTS = (
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
)
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_NO_WAY_THERE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


class RefusedError(Exception):
    """Asking again would give the same; the text says what is wrong."""


class BrokenOffError(Exception):
    """Asking again may help; the text says what happened.

    Attributes:
        wait: Seconds that the publisher asks to wait, or None where it does not say.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        """Keep the reason and the wait."""
        super().__init__(reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and which others its publisher may hand a download on to.

    Attributes:
        address: https; on this machine also http.
        hosts: Hosts, with their port where it is not the usual one, that a redirect may lead to
            over https, besides the address's own.
        context: How certificates are verified; None for the usual way.
    """

    address: str
    hosts: tuple[str, ...] = ()
    context: ssl.SSLContext | None = None

    @property
    def host(self) -> str:
        """Return the host as a reader knows it."""
        return urlsplit(self.address).netloc

    @property
    def is_safe(self) -> bool:
        """Return whether nobody on the way can alter what comes."""
        parts = urlsplit(self.address)
        on_this_machine = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
        return parts.scheme == "https" or on_this_machine

    def may_lead_to(self, target: str) -> bool:
        """Return whether a redirect may be followed: the same server, or https to a known host."""
        origin, there = urlsplit(self.address), urlsplit(target)
        if (there.scheme, there.netloc) == (origin.scheme, origin.netloc):
            return True
        return there.scheme == "https" and there.netloc.lower() in {origin.netloc, *self.hosts}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher answered; its body is not read yet.

    Attributes:
        status: The HTTP status.
        headers: Its headers.
        location: The address that answered, after redirects.
        body: What remains to be read; to be closed by whoever has it.
    """

    status: int
    headers: Message
    location: str
    body: HTTPResponse | HTTPError


def ask(place: Place, headers: dict[str, str], timeout: float) -> Answer:
    """Ask once, following redirects, and return the answer whatever its status.

    Args:
        place: Where.
        headers: What is sent besides who asks.
        timeout: Seconds of silence after which it is given up.

    Raises:
        RefusedError: The address or a redirect is not safe, or the publisher cannot be verified.
        BrokenOffError: There was no answer.
    """
    if not place.is_safe:
        raise RefusedError(f"{place.address} is not https")
    location = place.address
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask_once(place, location, headers, timeout)
        if answer.status not in _REDIRECTS:
            return answer
        answer.body.close()
        location = _next(place, location, answer.headers.get("Location", ""))
    raise RefusedError(f"{place.host} leads from address to address without end")


def no_answer(host: str, error: Exception) -> RefusedError | BrokenOffError:
    """Return what it means that a request failed before its answer, or an answer before its end."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return RefusedError(f"{host} could not prove who it is: {reason.verify_message}")
    no_way = isinstance(reason, OSError) and reason.errno in _NO_WAY_THERE
    if no_way or isinstance(reason, socket.gaierror):
        return RefusedError(
            f"{host} cannot be found from here: this computer is offline, or a firewall or proxy "
            "stands between"
        )
    if isinstance(reason, TimeoutError):
        return BrokenOffError(f"{host} fell silent")
    return BrokenOffError(f"the connection to {host} failed: {reason or type(reason).__name__}")


def _opener(place: Place) -> OpenerDirector:
    """Return what opens http and https, by the proxy of this machine if it has one.

    It follows no redirect: `ask` knows where they may lead.
    """
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(context=place.context),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _ask_once(place: Place, location: str, headers: dict[str, str], timeout: float) -> Answer:
    everything = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
    try:
        body = _opener(place).open(Request(location, headers=everything), timeout=timeout)
    except HTTPError as error:
        return Answer(error.code, error.headers, location, error)
    except (OSError, HTTPException) as error:
        raise no_answer(urlsplit(location).netloc, error) from None
    return Answer(body.status, body.headers, location, body)


def _next(place: Place, location: str, target: str) -> str:
    """Return where a redirect leads, if it may."""
    try:
        there = urljoin(location, target)
        known = place.may_lead_to(there)
        shown = urlsplit(there)._replace(query="", fragment="").geturl()
    except ValueError:
        raise RefusedError(f"{place.host} leads to no valid address") from None
    if not known:
        raise RefusedError(
            f"{place.host} leads to {shown}, which is not a known address of this publisher"
        )
    return there
