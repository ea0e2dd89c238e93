"""The page that a browser loads first, told where its server is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
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
