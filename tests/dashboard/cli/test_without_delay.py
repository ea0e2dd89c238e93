"""Messages leave at once on a connection taken by a socket made as Streamlit makes its own."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from dashboard.cli.launch.safecity import without_delay


class Taking(asyncio.Protocol):
    """Notes whether a connection waits before it sends."""

    waits: bool | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        taken = transport.get_extra_info("socket")
        Taking.waits = not taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        transport.close()


async def waits_once_taken() -> bool | None:
    """Connect to a server with a socket bound beforehand, and say whether it would wait."""
    with socket.socket() as bound:
        bound.bind(("localhost", 0))
        server = await asyncio.get_running_loop().create_server(Taking, sock=bound)
        reader, writer = await asyncio.open_connection(*bound.getsockname())
        await reader.read()
        writer.close()
        server.close()
        await server.wait_closed()
    return Taking.waits


def test_messages_leave_at_once() -> None:
    without_delay(Taking)
    # In a thread of its own: a browser's tests keep a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, waits_once_taken()).result() is False
