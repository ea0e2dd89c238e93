"""One request to a publisher: who asks, where a redirect may lead, what comes back."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

import httpx

USER_AGENT = f"SafeCity/{version('safecity')} (Community Safety Partnership dashboard)"
MAX_REDIRECTS = 5
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

    def refuse_elsewhere(self, request: httpx.Request) -> None:
        """Raise, before it is sent, that a request is not safe or leads to another server."""
        if not self.is_safe:
            raise RefusedError(f"{self.address} is not https")
        if not self.may_lead_to(str(request.url)):
            shown = request.url.copy_with(query=None, fragment=None)
            raise RefusedError(
                f"{self.host} leads to {shown}, which is not a known address of this publisher"
            )


@contextmanager
def ask(place: Place, headers: dict[str, str], timeout: float) -> Generator[httpx.Response]:
    """Ask once, following redirects, and give the answer whatever its status, its body unread.

    Args:
        place: Where.
        headers: What is sent besides who asks.
        timeout: Seconds of silence after which it is given up.

    Raises:
        RefusedError: The address or a redirect is not safe, or the publisher cannot be verified.
        BrokenOffError: There was no answer.
    """
    everything = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    with httpx.Client(
        headers=everything | headers,
        # As this system trusts, not as the library does.
        verify=place.context or ssl.create_default_context(),
        timeout=timeout,
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        event_hooks={"request": [place.refuse_elsewhere]},
    ) as client:
        try:
            answer = client.send(client.build_request("GET", place.address), stream=True)
        except httpx.TooManyRedirects:
            raise RefusedError(f"{place.host} leads from address to address without end") from None
        except httpx.InvalidURL:
            raise RefusedError(f"{place.address} is no valid address") from None
        except httpx.TransportError as error:
            raise no_answer(error.request.url.netloc.decode(), error) from None
        yield answer


def no_answer(host: str, error: BaseException) -> RefusedError | BrokenOffError:
    """Return what it means that a request failed before its answer, or an answer before its end."""
    reasons = [error]
    while (cause := reasons[-1].__cause__ or reasons[-1].__context__) is not None:
        reasons.append(cause)
    for reason in reasons:
        if isinstance(reason, httpx.InvalidURL):
            return RefusedError(f"{host} leads to no valid address")
        if isinstance(reason, ssl.SSLCertVerificationError):
            return RefusedError(f"{host} could not prove who it is: {reason.verify_message}")
        no_way = isinstance(reason, OSError) and reason.errno in _NO_WAY_THERE
        if no_way or isinstance(reason, socket.gaierror):
            return RefusedError(
                f"{host} cannot be found from here: this computer is offline, or a firewall or "
                "proxy stands between"
            )
    if isinstance(error, httpx.TimeoutException):
        return BrokenOffError(f"{host} fell silent")
    return BrokenOffError(f"the connection to {host} failed: {error or type(error).__name__}")
