"""The command `safecity fetch`: the latest release from its publisher, loaded like any file."""

from __future__ import annotations

import difflib
from dataclasses import asdict
from datetime import date
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
from etl.fetch.download import Manners
from etl.fetch.latest import ADD_IT, Obtained, in_words, obtain, shelf_of
from etl.fetch.publishers import Publication, of_source, publications
from etl.fetch.receiving import Report
from etl.fetch.shelf import Release
from etl.problems import InputError
from etl.progress import Progress, Stage, Step
from etl.sources import all_sources

MANNERS = Manners()
_MEGABYTE = 1_000_000


def fetch(
    source: Annotated[
        str | None, typer.Argument(help="A source or publication; or none, to see which there are.")
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
    data = DataDir(data_dir)
    if source is None:
        _list_sources(speaker, publications(data))
        return
    rules = publications_named(data, source)
    day = publication_date(source, published) if published else None
    done = []
    for rule in rules:
        shelf = shelf_of(data, rule)
        loaded: list[dict[str, object]] = []
        with in_words(rule), shelf.locked():
            with speaker.progress() as progress:
                found = obtain(
                    data,
                    rule,
                    older=day is not None,
                    manners=MANNERS,
                    report=bytes_shown(rule, progress),
                )
            if found.load is not None or found.release is None:
                speaker.say(nothing_new(found))
            else:
                speaker.say(arrived(found.release))
                loaded = add_and_tell(
                    speaker,
                    data,
                    shelf.file(found.release),
                    published=day or found.offer.day or _unknown_day(rule.id, found),
                    loaded_by=by or whoami(),
                    accept_partial=accept_partial,
                    report=report,
                )
            shelf.drop_file()
        release = found.release and asdict(found.release)
        done.append(
            {"new": found.load is None, "publication": rule.id, "released": found.offer.day}
            | {"release": release, "loaded": loaded}
        )
    speaker.result(done[0] if len(done) == 1 else done)


def _list_sources(speaker: Speaker, known: dict[str, Publication]) -> None:
    """Say of every source how its latest release is had."""
    listed = []
    for each in all_sources().values():
        if not each.landing_page:
            continue
        rules = of_source(known.values(), each.source_id)
        how = f"safecity fetch {each.source_id}" if rules else f"by hand, then {ADD_IT}"
        speaker.say(f"{each.source_id}: {each.title}\n    {each.landing_page}\n    {how}")
        listed.append(
            {"source": each.source_id, "title": each.title, "landing_page": each.landing_page}
            | {"publications": [rule.id for rule in rules]}
            | {"address": next((rule.address for rule in rules if rule.address), "")}
        )
    speaker.result(listed)


def publications_named(data: DataDir, name: str) -> list[Publication]:
    """Return the publications of a name: of a source, or one itself.

    Raises:
        InputError: There is none, or nobody publishes it.
    """
    known = publications(data)
    if found := of_source(known.values(), name):
        return found
    sources = all_sources()
    if name not in sources:
        near = difflib.get_close_matches(name, [*sources, *known], n=1)
        hint = f"did you mean {near[0]}?" if near else "safecity fetch lists the sources"
        raise InputError.of(name, "there is no source of this name", hint)
    source = sources[name]
    if not source.landing_page:
        raise InputError.of(
            name, "nobody publishes it: it is a partnership's own", f"load yours with {ADD_IT}"
        )
    raise InputError.of(
        name,
        "nobody publishes it in this form: it is made of other files",
        f"make it from {source.landing_page} and then: {ADD_IT}",
    )


def bytes_shown(rule: Publication, progress: Progress) -> Report:
    """Return what turns bytes into a progress bar."""

    def show(arrived: int, expected: int | None) -> None:
        of = f" of {expected / _MEGABYTE:,.0f}" if expected else ""
        share = arrived / expected if expected else 0.0
        name = f"{rule.id}: {arrived / _MEGABYTE:,.0f}{of} MB"
        progress(Step(Stage.FETCHING, name), share)

    progress(Step(Stage.ASKING, rule.id), 0.0)
    return show


def nothing_new(found: Obtained) -> str:
    """Return that what a publisher offers is loaded, as a sentence."""
    loaded = found.load.published if found.load else None
    if found.release is None:
        return f"Nothing new: of {found.offer.day} is offered, and of {loaded} is loaded."
    return f"Nothing new: it is loaded, as published on {loaded}."


def arrived(release: Release) -> str:
    """Return what arrived and from where, as a sentence."""
    counted = "" if release.length is not None else " (the publisher states no length)"
    return f"{release.file_name} from {release.location}{counted}, SHA-256 {release.checksum}."


def _unknown_day(name: str, found: Obtained) -> date:
    """Raise that the publication date is needed: the publisher states none.

    Raises:
        InputError: Always.
    """
    changed = found.changed
    hint = f" (the file was last changed on {changed})" if changed else ""
    raise InputError.of(
        found.release.file_name if found.release else name,
        "it has arrived, but its publication date is not known",
        f"look it up{hint} and say safecity fetch {name} --published {changed or 'YYYY-MM-DD'}; "
        "what has arrived is not downloaded again",
    )
