"""The newest release of a publication, found by its rule on the publisher's page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from etl.fetch.asking import Place, RefusedError
from etl.fetch.download import Manners
from etl.fetch.headers import file_name
from etl.fetch.pages import Link, Page, read_page
from etl.fetch.publishers import RULES, First, Publication
from etl.periods import MONTH_NAMES

_MONTHS = [name[:3].lower() for name in MONTH_NAMES]
_MONTH_AND_YEAR = re.compile(
    rf"({'|'.join([*MONTH_NAMES, 'sept', *_MONTHS])})[ _-]*((?:20)?\d{{2}})(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


class NotFoundOnPageError(RefusedError):
    """A page has nothing that its rule looks for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The newest release that a publisher offers.

    Attributes:
        place: Where its file is.
        file_name: What that is called, as far as its address says.
        day: When it was released, as the page says; None where it does not.
    """

    place: Place
    file_name: str
    day: date | None


def offered(rule: Publication, manners: Manners) -> Offer:
    """Return the newest release of a publication.

    Raises:
        NotFoundOnPageError: The page has no link that the rule looks for.
        RefusedError: The page cannot be had, or leads to an address that is not the publisher's.
        BrokenOffError: The page could not be had now.
    """
    if rule.address:
        return Offer(Place(rule.address, rule.hosts), file_name(rule.address), None)
    landing = Place(rule.landing, rule.hosts)
    page = read_page(landing, rule.kind, manners)
    if rule.hop is not None:
        hop = rule.hop
        to_release = _first(rule, page, hop.link, ("address", hop.address), hop.first)
        page = read_page(_allowed(rule, to_release), "html", manners)
    link = _first(rule, page, rule.link, ("file name", rule.file), rule.first)
    return Offer(_allowed(rule, link), file_name(link.address), _day(rule, page, link))


def period_in(text: str) -> tuple[int, int]:
    """Return the latest year and month that a text or file name names; (0, 0) without any.

    A year alone counts as its beginning: "dec24" is (2024, 12), "2024" is (2024, 0).
    """
    found = [(0, 0), *((int(year), 0) for year in _YEAR.findall(text))]
    for month, year in _MONTH_AND_YEAR.findall(text):
        found.append((2000 + int(year) % 100, _MONTHS.index(month[:3].lower()) + 1))
    return max(found)


def _first(rule: Publication, page: Page, text: str, named: tuple[str, str], first: First) -> Link:
    """Return the link of a page that a rule takes."""
    what, pattern = named
    links = [
        link
        for link in page.links
        if re.search(text, link.text)
        and re.search(pattern, link.address if what == "address" else file_name(link.address))
    ]
    if not links:
        raise NotFoundOnPageError(
            f"the rule [{rule.id}] of {RULES} looked for a link whose text matches {text} and "
            f"whose {what} matches {pattern}, and none of the {len(page.links)} links of "
            f"{page.address} does"
        )
    return links[0] if first == "listed" else max(links, key=_period)


def _period(link: Link) -> tuple[int, int]:
    return max(period_in(link.text), period_in(file_name(link.address)))


def _allowed(rule: Publication, link: Link) -> Place:
    """Return where a link leads, if that is the publisher's."""
    place = Place(link.address, rule.hosts)
    if not Place(rule.landing, rule.hosts).may_lead_to(link.address):
        raise RefusedError(
            f"the page {rule.landing} leads to {link.address}, which is not a known address of "
            f"this publisher (hosts of [{rule.id}] in {RULES})"
        )
    return place


def _day(rule: Publication, page: Page, link: Link) -> date | None:
    """Return when a release was published, as its page says."""
    if link.released:
        return _iso(link.released)
    found: Sequence[tuple[str, str]] = [
        (match[1], form)
        for pattern, form in rule.dates
        if (match := re.search(pattern, page.text)) is not None
    ]
    for text, form in found:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, wherever
        except ValueError:
            continue
    return None


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
