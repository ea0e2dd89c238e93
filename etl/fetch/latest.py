"""The newest release of a publication, brought onto this machine unless it is here already."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

from etl.datadir import DataDir
from etl.fetch.asking import BrokenOffError, RefusedError
from etl.fetch.download import Manners, download
from etl.fetch.landing import Offer, offered
from etl.fetch.publishers import Publication
from etl.fetch.receiving import Report
from etl.fetch.shelf import InUseError, Release, Shelf
from etl.manifest import Load, loads
from etl.problems import InputError
from etl.sources import all_sources

ADD_IT = "safecity add FILE --published YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class Obtained:
    """The newest release of a publication, and whether it is loaded.

    Attributes:
        rule: The publication.
        offer: What the publisher offers.
        release: What is here of it; None where it is older than what is loaded.
        load: The load of these very bytes, or of what is newer; None for a new release.
    """

    rule: Publication
    offer: Offer
    release: Release | None
    load: Load | None

    @property
    def changed(self) -> date | None:
        """Return when the publisher last changed the file, as it says; None where it does not."""
        try:
            return (
                parsedate_to_datetime(self.release.last_modified).date() if self.release else None
            )
        except ValueError:
            return None


def shelf_of(data: DataDir, rule: Publication) -> Shelf:
    """Return where the downloads of a publication wait."""
    return Shelf(data.fetched / rule.id)


def loads_of(data: DataDir, rule: Publication) -> list[Load]:
    """Return the loaded files of a publication, the made-up ones left out, the newest last."""
    return [
        load
        for load in loads(data)
        if load.source_id in rule.sources and not load.illustrative and rule.is_of(load.file_name)
    ]


def newer_than(data: DataDir, rule: Publication, offer: Offer) -> Load | None:
    """Return the loaded file that is newer than what is offered; None where none is."""
    newest = loads_of(data, rule)[-1:]
    is_older = bool(newest) and offer.day is not None and offer.day < newest[0].published
    return newest[0] if is_older else None


def obtain(
    data: DataDir, rule: Publication, *, older: bool, manners: Manners, report: Report
) -> Obtained:
    """Return the newest release of a publication, downloaded if it is not here.

    Args:
        data: The data folder; the shelf of the publication is locked by the caller.
        rule: The publication.
        older: Download even what is older than the files that are loaded.
        manners: How patient it is.
        report: Told how many bytes have arrived.

    Raises:
        RefusedError: It cannot be had.
        BrokenOffError: It could not be had now; what arrived is kept.
    """
    offer = offered(rule, manners)
    newer = None if older else newer_than(data, rule, offer)
    if newer is not None:
        return Obtained(rule, offer, None, newer)
    shelf = shelf_of(data, rule)
    before = shelf.whole()
    held = before is not None and (
        shelf.file(before).is_file() or load_of(data, before) is not None
    )
    release = download(offer.place, shelf, held=held, manners=manners, report=report) or before
    if release is None:
        raise RefusedError(f"{offer.place.address} says that nothing changed, and nothing is here")
    return Obtained(rule, offer, release, load_of(data, release))


def load_of(data: DataDir, release: Release) -> Load | None:
    """Return the load of a release's bytes, or None."""
    return next((load for load in loads(data) if load.checksum == release.checksum), None)


@contextmanager
def in_words(rule: Publication) -> Generator[None]:
    """Turn what went wrong on the way into a problem that says what to do.

    Raises:
        InputError: Instead of what was raised.
    """
    page = all_sources()[rule.sources[0]].landing_page or rule.landing
    by_hand = f"download it from {page} and then: {ADD_IT}"
    try:
        yield
    except RefusedError as error:
        raise InputError.of(rule.id, str(error), by_hand) from None
    except BrokenOffError as error:
        again = "try again later: what has arrived is kept and not asked for again; or "
        raise InputError.of(rule.id, str(error), again + by_hand) from None
    except InUseError:
        raise InputError.of(
            rule.id, "another safecity fetch of it is under way", "wait until it is done"
        ) from None
