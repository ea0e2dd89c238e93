"""What stands on a publisher's page: its links and its text, whatever form it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
from selectolax.lexbor import LexborHTMLParser

from etl.fetch.asking import BrokenOffError, Place, RefusedError, ask, no_answer
from etl.fetch.download import Manners, patiently, refuse

#: A page of links has some 100 kB; the catalogue of an Open Data portal some 20 MB.
MAX_PAGE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page.

    Attributes:
        text: What a reader reads, blanks made single.
        address: Where it leads.
        released: What stands beside it of when it was released; "" where the page says that once.
    """

    text: str
    address: str
    released: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read.

    Attributes:
        address: Where it was in the end, after redirects.
        links: Its links, in their order.
        text: What a reader reads, blanks made single, and after it the page as it is written.
    """

    address: str
    links: tuple[Link, ...]
    text: str


def read_page(place: Place, kind: str, manners: Manners) -> Page:
    """Return the page at an address.

    Args:
        place: Where it is.
        kind: "html" or "dcat".
        manners: How patient it is asked for.

    Raises:
        RefusedError: It cannot be had, or is not of its kind.
        BrokenOffError: It could not be had now.
    """
    address, body = patiently(manners)(_body, place, manners)
    if kind == "html":
        return _html(address, body.decode("utf-8", errors="replace"))
    try:
        return Page(address, tuple(_of_catalogue(address, json.loads(body))), "")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError(f"{place.host} sent no catalogue of data sets (DCAT)") from None


def _body(place: Place, manners: Manners) -> tuple[str, bytes]:
    body = bytearray()
    with ask(place, {}, manners.timeout) as answer:
        refuse(place, answer)
        try:
            for block in answer.iter_raw():
                body += block
                if len(body) > min(MAX_PAGE_BYTES, manners.max_bytes):
                    raise RefusedError(f"{place.host} sent a page without end")
        except httpx.TransportError as error:
            raise no_answer(place.host, error) from None
    if not body:
        raise BrokenOffError(f"{place.host} sent an empty page")
    return str(answer.url), bytes(body)


def _html(address: str, written: str) -> Page:
    tree = LexborHTMLParser(written)
    base = tree.css_first("base[href]")
    origin = urljoin(address, base.attributes["href"] or "") if base is not None else address
    links = []
    for node in tree.css("a[href]"):
        try:
            links.append(Link(_single(node.text()), urljoin(origin, node.attributes["href"] or "")))
        except ValueError:
            continue  # no valid address, which leads nowhere
    tree.strip_tags(["script", "style"])
    body = tree.body
    shown = _single(body.text(separator=" ")) if body is not None else ""
    return Page(address, tuple(links), f"{shown}\n{written}")


def _of_catalogue(address: str, catalogue: dict[str, list[dict]]) -> Iterator[Link]:
    """Yield the files of a catalogue's data sets (https://www.w3.org/TR/vocab-dcat-2/)."""
    for entry in catalogue["dataset"]:
        for form in entry.get("distribution", ()):
            where = form.get("downloadURL") or form.get("accessURL")
            if where:
                text = _single(f"{entry['title']} {form.get('format', '')}")
                released = str(entry.get("modified") or entry.get("issued") or "")
                yield Link(text, urljoin(address, where), released)


def _single(text: str) -> str:
    return " ".join(text.split())
