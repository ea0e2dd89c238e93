"""What Streamlit serves: the script of the pages, and the panel for what goes wrong in it."""

from __future__ import annotations

import asyncio
import functools
import socket
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from dashboard.app import PAGES
from dashboard.ui.fault import show_fault

INDEX = Path(st.__file__).parent / "static" / "index.html"
HEAD = "<head>"

#: Streamlit's page looks for its server under the address of the page first, at two addresses that
#: do not exist, and only then beside it. It takes the place from here instead where it is given.
BESIDE_THE_PAGE = """<script>
      window.__streamlit = { BACKEND_BASE_URL: new URL(".", window.location.href).href }
    </script>"""


def page_routes(paths: Iterable[str]) -> list[Route]:
    """Return a route for each page, which answers with Streamlit's own page and that place.

    Args:
        paths: Of the pages, such as "targets".

    Raises:
        ValueError: Streamlit's page is not what it was, and has no head to write to.
    """
    page = INDEX.read_text(encoding="utf-8")
    if HEAD not in page:
        raise ValueError(f"{INDEX} has no {HEAD}")
    told = page.replace(HEAD, f"{HEAD}\n    {BESIDE_THE_PAGE}", 1)

    def answer(_request: Request) -> HTMLResponse:
        return HTMLResponse(told, headers={"Cache-Control": "no-cache"})

    return [Route(f"/{path}", answer) for path in paths]


def without_delay(protocol: type[asyncio.Protocol] = AutoHTTPProtocol) -> None:
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


without_delay()
app = st.App(
    Path(__file__).with_name("script.py"),
    routes=page_routes(path for _, path, _, _ in PAGES),
    on_script_error=show_fault,
)
