"""The command `safecity fetch`: the latest release from its publisher, loaded like any file."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Annotated

import typer

from etl.added import add_and_tell, publication_date
from etl.command_options import (
    DEFAULT_DATA_DIR,
    AcceptPartialOption,
    DataDirOption,
    JsonOption,
    LoadedByOption,
    PublishedOption,
    QuietOption,
    ReportOption,
)
from etl.console import Speaker, whoami
from etl.datadir import DataDir
from etl.fetch.asking import BrokenOffError, Place, RefusedError
from etl.fetch.download import Manners, download
from etl.fetch.shelf import InUseError, Release, Shelf
from etl.manifest import Load, loads
from etl.problems import InputError
from etl.progress import Progress, Stage, Step
from etl.sources import Source, all_sources

MANNERS = Manners()
_MEGABYTE = 1_000_000
_ADD_IT = "safecity add FILE --published YYYY-MM-DD"


def fetch(
    source: Annotated[
        str | None, typer.Argument(help="A source; or none, to see which there are.")
    ] = None,
    published: PublishedOption = None,
    accept_partial: AcceptPartialOption = False,
    by: LoadedByOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    report: ReportOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Download the latest release of a source, check it and keep it for the next build."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    if source is None:
        _list_sources(speaker)
        return
    chosen = _with_address(source)
    day = publication_date(source, published) if published else None
    data = DataDir(data_dir)
    shelf = Shelf(data.fetched / source)
    loaded: list[dict[str, object]] = []
    with _in_words(chosen), shelf.locked():
        with speaker.progress() as progress:
            release = _latest(chosen, data, shelf, progress)
        before = _loaded(data, release)
        if before is not None:
            speaker.say(f"Nothing new: it is loaded, as published on {before.published}.")
        else:
            speaker.say(_arrived(release))
            day = day or _unknown_day(source, release)
            loaded = add_and_tell(
                speaker,
                data,
                shelf.file(release),
                published=day,
                loaded_by=by or whoami(),
                accept_partial=accept_partial,
                report=report,
            )
        shelf.drop_file()
    speaker.result({"new": before is None, "release": asdict(release), "loaded": loaded})


def _list_sources(speaker: Speaker) -> None:
    """Say of every source how its latest release is had."""
    sources = [each for each in all_sources().values() if each.landing_page]
    for each in sources:
        how = f"safecity fetch {each.source_id}" if each.address else f"by hand, then {_ADD_IT}"
        speaker.say(f"{each.source_id}: {each.title}\n    {each.landing_page}\n    {how}")
    speaker.result(
        [
            {"source": each.source_id, "title": each.title, "landing_page": each.landing_page}
            | {"address": each.address}
            for each in sources
        ]
    )


def _with_address(name: str) -> Source:
    """Return a source that can be fetched.

    Raises:
        InputError: There is no such source, or its releases have no address that stays.
    """
    sources = all_sources()
    if name not in sources:
        near = difflib.get_close_matches(name, sources, n=1)
        hint = f"did you mean {near[0]}?" if near else "safecity fetch lists the sources"
        raise InputError.of(name, "there is no source of this name", hint)
    source = sources[name]
    if source.address:
        return source
    if not source.landing_page:
        raise InputError.of(
            name, "nobody publishes it: it is a partnership's own", f"load yours with {_ADD_IT}"
        )
    raise InputError.of(
        name,
        "the publisher gives every release another address, so it cannot be fetched",
        f"download it from {source.landing_page} and then: {_ADD_IT}",
    )


def _latest(source: Source, data: DataDir, shelf: Shelf, progress: Progress) -> Release:
    """Return the latest release: just downloaded, or the one that is here already."""
    before = shelf.whole()
    held = before is not None and (
        shelf.file(before).is_file() or _loaded(data, before) is not None
    )
    release = download(
        Place(source.address, source.address_hosts),
        shelf,
        held=held,
        manners=MANNERS,
        report=_shown(source, progress),
    )
    found = release or before
    if found is None:
        raise RefusedError(f"{source.address} says that nothing changed, and nothing is here")
    return found


def _shown(source: Source, progress: Progress) -> Callable[[int, int | None], None]:
    """Return what turns bytes into a progress bar."""

    def show(arrived: int, expected: int | None) -> None:
        of = f" of {expected / _MEGABYTE:,.0f}" if expected else ""
        share = arrived / expected if expected else 0.0
        name = f"{source.source_id}: {arrived / _MEGABYTE:,.0f}{of} MB"
        progress(Step(Stage.FETCHING, name), share)

    progress(Step(Stage.ASKING, Place(source.address).host), 0.0)
    return show


def _loaded(data: DataDir, release: Release) -> Load | None:
    """Return the load of a release's bytes, or None."""
    return next((load for load in loads(data) if load.checksum == release.checksum), None)


def _arrived(release: Release) -> str:
    counted = "" if release.length is not None else " (the publisher states no length)"
    return f"{release.file_name} from {release.location}{counted}, SHA-256 {release.checksum}."


def _unknown_day(name: str, release: Release) -> date:
    """Raise that the publication date is needed: no publisher states it with the file.

    Raises:
        InputError: Always.
    """
    try:
        changed = f"{parsedate_to_datetime(release.last_modified):%Y-%m-%d}"
    except ValueError:
        changed = ""
    hint = f" (the file was last changed on {changed})" if changed else ""
    raise InputError.of(
        release.file_name,
        "it has arrived, but its publication date is not known",
        f"look it up{hint} and say safecity fetch {name} --published {changed or 'YYYY-MM-DD'}; "
        "what has arrived is not downloaded again",
    )


@contextmanager
def _in_words(source: Source) -> Generator[None]:
    """Turn what went wrong on the way into a problem that says what to do.

    Raises:
        InputError: Instead of what was raised.
    """
    by_hand = f"download it from {source.landing_page} and then: {_ADD_IT}"
    try:
        yield
    except RefusedError as error:
        raise InputError.of(source.source_id, str(error), by_hand) from None
    except BrokenOffError as error:
        again = "try again later: what has arrived is kept and not asked for again; or "
        raise InputError.of(source.source_id, str(error), again + by_hand) from None
    except InUseError:
        raise InputError.of(
            source.source_id, "another safecity fetch of it is under way", "wait until it is done"
        ) from None
