"""Connections that send what they have at once, instead of waiting for the last to be received."""

from __future__ import annotations

import asyncio
import functools
import socket

from uvicorn.protocols.http.auto import AutoHTTPProtocol


def send_at_once(protocol: type[asyncio.Protocol] = AutoHTTPProtocol) -> None:
    """Switch Nagle's algorithm off for every connection that the server is to take.

    A page is sent in many small messages. With it each change of a filter waits some 40 ms for the
    browser's acknowledgement of the one before. Python switches it off by itself, but not for the
    socket that Streamlit makes beforehand, which does not name its protocol.

    Args:
        protocol: What takes connections; of uvicorn, and of web sockets until they are.
    """
    before = protocol.connection_made

    @functools.wraps(before)
    def connection_made(self: asyncio.Protocol, transport: asyncio.BaseTransport) -> None:
        taken = transport.get_extra_info("socket")
        if taken is not None and taken.family in (socket.AF_INET, socket.AF_INET6):
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        before(self, transport)

    protocol.connection_made = connection_made  # ty: ignore[invalid-assignment]
