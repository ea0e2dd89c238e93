"""The commands that take figures in and publish them: add, check, build, status."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from etl import build as builder
from etl import publish
from etl.added import add_and_tell, publication_date
from etl.breaks import read_breaks
from etl.catalogue import load_catalogue
from etl.command_options import (
    DEFAULT_DATA_DIR,
    AcceptPartialOption,
    DataDirOption,
    Engine,
    EngineOption,
    ExitCode,
    JsonOption,
    LoadedByOption,
    MoreOption,
    PublishedOption,
    QuietOption,
    ReportOption,
)
from etl.console import Speaker, whoami
from etl.datadir import DataDir
from etl.exceptional import read_exceptional_periods
from etl.loaded_files import read_files
from etl.manifest import Load, loads
from etl.plan_folder import add_plan, plan_counts, plan_in_words
from etl.plan_workbook import is_plan_workbook
from etl.problems import InputError, Problem
from etl.rulings import read_rulings
from etl.settings import choose_published
from etl.spark import count_to_file

P = ParamSpec("P")
R = TypeVar("R")


def reports_problems(command: Callable[P, R]) -> Callable[P, R]:
    """Return a command that tells input errors in full and exits with `ExitCode.INPUT`."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except InputError as error:
            options: dict[str, Any] = dict(kwargs)
            speaker = Speaker(as_json=options.get("as_json", False), quiet=False)
            speaker.problems(error.problems, options.get("report"), more=options.get("more", False))
            raise typer.Exit(ExitCode.INPUT) from None

    return told


def add(
    file: Annotated[
        str, typer.Argument(help="The file to load; for --engine spark a folder or its address.")
    ],
    published: PublishedOption = None,
    engine: EngineOption = Engine.DUCKDB,
    accept_partial: AcceptPartialOption = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a plan that is there; it is put aside.")
    ] = False,
    by: LoadedByOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    report: ReportOption = None,
    more: MoreOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check a file, or the workbook of a plan, and keep it for the next build."""
    del more  # read by reports_problems
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    path = Path(file)
    if engine is Engine.DUCKDB and is_plan_workbook(path):
        done = add_plan(data, path, added_by=by or whoami(), replace=replace)
        speaker.say(plan_in_words(done.plan))
        if done.replaced is not None:
            speaker.say(f"What was there is put aside in {done.replaced}.")
        speaker.say("Next: safecity build")
        speaker.result({"plan": done.plan.id, "replaced": done.replaced} | plan_counts(done.plan))
        return
    day = publication_date(path.name, published)
    with TemporaryDirectory(prefix="safecity-") as folder:
        if engine is Engine.SPARK:
            speaker.say(f"Counting {file} on Spark.")
            path = count_to_file(file, Path(folder))
        added = add_and_tell(
            speaker,
            data,
            path,
            published=day,
            loaded_by=by or whoami(),
            accept_partial=accept_partial,
            report=report,
        )
    speaker.result(added)


def check(
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    report: ReportOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Say what is wrong with plans, indicators, rulings and all that is loaded.

    It is a command of the dashboard, which says what a file would change there.
    """
    del report  # read by reports_problems
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    loaded = loads(data)
    problems: list[Problem] = []
    catalogue = _tried(lambda: load_catalogue(data), problems)
    with speaker.progress() as progress:
        _tried(lambda: read_files(data, loaded, progress), problems)
    rulings = _tried(lambda: read_rulings(data), problems)
    breaks = _tried(lambda: read_breaks(data), problems)
    apart = _tried(lambda: read_exceptional_periods(data), problems)
    if problems or catalogue is None or rulings is None or breaks is None or apart is None:
        raise InputError(problems)
    counts = {
        "indicators": len(catalogue.indicators),
        "plans": len(catalogue.plans),
        "files": len(loaded),
        "rulings": len(rulings),
    }
    speaker.say(", ".join(f"{n} {name}" for name, n in counts.items()) + ": nothing wrong.")
    speaker.result(counts)


def _tried(read: Callable[[], R], problems: list[Problem]) -> R | None:
    """Return what is read, or None; what is wrong is added to the problems."""
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None


def build(
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing when nothing changed.")
    ] = False,
    published: Annotated[
        bool | None,
        typer.Option(
            "--with-published/--without-published",
            help="Use or leave out the official figures that come with the product, from now on.",
        ),
    ] = None,
    report: ReportOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Build the database from everything loaded and publish it."""
    del report  # read by reports_problems
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    if published is not None:
        choose_published(data.root, published)
    if if_needed and builder.is_current(data):
        speaker.say("The database is up to date.")
        speaker.result({"built": False})
        return
    with speaker.progress() as progress:
        built = builder.build(data, progress)
    speaker.say(f"Built and published {built.path.name} in {built.published.seconds:.1f} s.")
    speaker.result(
        {"built": True, "seconds": built.published.seconds, "rows": built.rows}
        | {"database": built.path.name}
    )


def status(
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Say what is loaded and whether the published database is up to date."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    published = publish.current(data)
    every = loads(data)
    loaded = [each for each in every if not each.with_product]
    given = [each for each in every if each.with_product]
    up_to_date = builder.is_current(data)
    speaker.table(
        "Loaded files",
        ["published", "file", "source", "loaded", "by"],
        [
            [str(each.published), each.file_name, each.source.title, each.loaded_at, each.loaded_by]
            for each in loaded
        ],
    )
    if given:
        speaker.table(
            "Official figures that come with the product",
            ["published", "publication", "publisher", "licence"],
            [list(each) for each in dict.fromkeys(map(_publication, given))],
        )
    if published is None:
        speaker.say("Nothing is published yet. Next: safecity build")
    else:
        state = "up to date" if up_to_date else "out of date. Next: safecity build"
        speaker.say(f"{published.database}, built {published.built_at}: {state}")
    speaker.result(
        {
            "published": published.database if published else None,
            "built_at": published.built_at if published else None,
            "up_to_date": up_to_date,
            "loads": [_told(each) for each in loaded],
            "with_product": [_told(each) | {"title": each.title} for each in given],
        }
    )


def _publication(load: Load) -> tuple[str, ...]:
    """Return what a publication is called, once for all sources that read it."""
    return str(load.published), load.title, load.source.publisher, load.source.licence


def _told(load: Load) -> dict[str, object]:
    """Return a load for scripts."""
    return {
        "file_id": load.file_id,
        "file": load.file_name,
        "source": load.source_id,
        "published": load.published,
        "illustrative": load.illustrative,
    }
