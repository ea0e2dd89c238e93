"""`safecity refresh`: the newest releases of all that is used, published, and what they changed.

For cron or a timer: either everything is fetched, checked, built and published, or nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import pandas as pd
import typer

from dashboard.cli.check import tell_changes
from dashboard.intake.file_preview import verdicts_between
from dashboard.store.errors import NothingPublishedError
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json as for_scripts
from etl import publish
from etl.build import is_current
from etl.command_options import (
    DEFAULT_DATA_DIR,
    DataDirOption,
    ExitCode,
    JsonOption,
    LoadedByOption,
    QuietOption,
    ReportOption,
)
from etl.console import Speaker, whoami
from etl.datadir import DataDir
from etl.fetch.landing import offered
from etl.fetch.latest import Obtained, in_words, loads_of, newer_than, obtain, shelf_of
from etl.fetch.publishers import Publication, publications
from etl.fetch_command import MANNERS, arrived, bytes_shown, nothing_new, publications_named
from etl.load_files import LoadedFiles, load_files
from etl.manifest import loads
from etl.preview import changes_between
from etl.problems import InputError, Problem
from etl.seen_on import seen_for_scripts, seen_in_words

T = TypeVar("T")


def refresh(
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="A source to leave alone; may be given several times."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be fetched; publish nothing.")
    ] = False,
    by: LoadedByOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    report: ReportOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fetch all that is used, check, build and publish it, and say what changed."""
    del report  # read by reports_problems
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    rules = _used(data, without or [])
    if not rules:
        speaker.say("No file is loaded that a publisher renews.")
        speaker.result({"fetched": [], "published": False})
        raise typer.Exit(ExitCode.NOTHING_TO_SHOW)
    if dry_run:
        _tell_offers(speaker, data, rules)
        return
    with ExitStack() as locks:
        found = _of_each(rules, lambda rule: _obtained(speaker, data, rule, locks))
        new = {
            shelf_of(data, each.rule).file(each.release): _day(each)
            for each in found
            if each.release is not None and each.load is None
        }
        if not new and is_current(data):
            speaker.say("The database is up to date.")
            speaker.result({"fetched": [_told(each) for each in found], "published": False})
            return
        with _still_there(data) as before:
            loaded = _load(speaker, data, new, by or whoami())
            changes = _changes(data, before, loaded)
        for each in found:
            shelf_of(data, each.rule).drop_file()
    publish.sweep(data)
    _tell(speaker, loaded, changes)
    document = {
        "fetched": [_told(each) for each in found],
        "published": True,
        "database": loaded.built.path.name,
        "seen_on": seen_for_scripts(loaded.seen_on),
    }
    speaker.result(for_scripts(document | changes))


def _used(data: DataDir, without: list[str]) -> list[Publication]:
    """Return the publications that are loaded, or come with the product, and are renewed.

    Of a source with several publications it is those whose files are called as a loaded one is;
    all of them where none is called so.
    """
    left_out = {rule.id for name in without for rule in publications_named(data, name)}
    known = [rule for rule in publications(data).values() if rule.repeats]
    used = {rule.id for rule in known if loads_of(data, rule)}
    named = {name for rule in known if rule.id in used for name in rule.sources}
    unnamed = {each.source_id for each in loads(data) if not each.illustrative} - named
    return [
        rule
        for rule in known
        if rule.id not in left_out and (rule.id in used or unnamed & set(rule.sources))
    ]


def _of_each(rules: Iterable[Publication], find: Callable[[Publication], T]) -> list[T]:
    """Return what is found of each publication.

    Raises:
        InputError: Of one it cannot be found; carries the problems of all.
    """
    found: list[T] = []
    problems: list[Problem] = []
    for rule in rules:
        try:
            with in_words(rule):
                found.append(find(rule))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _obtained(speaker: Speaker, data: DataDir, rule: Publication, locks: ExitStack) -> Obtained:
    locks.enter_context(shelf_of(data, rule).locked())
    with speaker.progress() as progress:
        found = obtain(data, rule, older=False, manners=MANNERS, report=bytes_shown(rule, progress))
    is_new = found.release is not None and found.load is None
    speaker.say(f"{rule.id}: {arrived(found.release) if is_new else nothing_new(found)}")
    return found


def _day(found: Obtained) -> date:
    """Return when a release was published: as its page says, or when the file was last changed.

    Raises:
        InputError: Neither is known.
    """
    day = found.offer.day or found.changed
    if day is None:
        raise InputError.of(
            found.rule.id,
            "it has arrived, but neither its page nor the file says when it was published",
            f"look it up and say safecity fetch {found.rule.id} --published YYYY-MM-DD",
        )
    return day


@contextmanager
def _still_there(data: DataDir) -> Generator[Warehouse | None]:
    """Give what is published now, which nobody sweeps while it is open; None for nothing."""
    with ExitStack() as open_now:
        before = None
        with suppress(NothingPublishedError):
            before = open_now.enter_context(Warehouse(data))
        yield before


def _load(speaker: Speaker, data: DataDir, new: dict[Path, date], loaded_by: str) -> LoadedFiles:
    with speaker.progress() as progress:
        return load_files(
            data,
            # A file with bad rows waits for a person, who may take it without them.
            dict.fromkeys(new, False),
            published=new,
            loaded_by=loaded_by,
            progress=progress,
        )


def _changes(
    data: DataDir, before: Warehouse | None, loaded: LoadedFiles
) -> dict[str, pd.DataFrame]:
    """Return what differs from what was published before."""
    then = data.build / before.published.database if before else None
    changes = changes_between(then, loaded.built.path)
    with Warehouse(data) as after:
        changes["verdicts"] = verdicts_between(before or after, after)
    return changes


def _tell(speaker: Speaker, loaded: LoadedFiles, changes: dict[str, pd.DataFrame]) -> None:
    built = loaded.built
    speaker.say(f"Built and published {built.path.name} in {built.published.seconds:.1f} s.")
    tell_changes(speaker, changes)
    if where := seen_in_words(loaded.seen_on):
        speaker.say(f"To be seen on: {where}.")


def _told(found: Obtained) -> dict[str, object]:
    """Return what was found of a publication, for scripts."""
    return {
        "publication": found.rule.id,
        "sources": list(found.rule.sources),
        "new": found.load is None,
        "released": found.offer.day or found.changed,
        "file": found.release.file_name if found.release else None,
        "checksum": found.release.checksum if found.release else None,
        "loaded": found.load.published if found.load else None,
    }


def _tell_offers(speaker: Speaker, data: DataDir, rules: list[Publication]) -> None:
    """Say what would be fetched: what publishers offer beside what is loaded."""
    told = []
    for rule, offer in _of_each(rules, lambda rule: (rule, offered(rule, MANNERS))):
        newest = loads_of(data, rule)[-1:]
        day = newest[0].published if newest else None
        would = newer_than(data, rule, offer) is None
        released = f", released {offer.day}" if offer.day else ""
        loaded = f"loaded is {day}" if day else "none of its files is loaded"
        then = "would be fetched, unless it is here already" if would else "older, left alone"
        speaker.say(
            f"{rule.id}: {offer.file_name}{released} ({loaded}): {then}\n    {offer.place.address}"
        )
        told.append(
            {"publication": rule.id, "sources": list(rule.sources), "file": offer.file_name}
            | {"address": offer.place.address, "released": offer.day, "loaded": day}
            | {"would_fetch": would}
        )
    speaker.result({"dry_run": True, "offered": told})
