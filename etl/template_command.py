"""The command `safecity template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from etl.catalogue import load_catalogue
from etl.command_options import DEFAULT_DATA_DIR, DataDirOption, JsonOption, QuietOption
from etl.console import Speaker
from etl.datadir import DataDir
from etl.plan_workbook import write_plan_workbook
from etl.problems import InputError
from etl.templates import FILE_FORMATS, KINDS, FileFormat, write_template

PLAN = "plan"


def template(
    path: Annotated[
        Path,
        typer.Argument(
            help="The file to write; nothing is overwritten. figures, survey or plan alone "
            "writes figures.xlsx, survey.xlsx or plan.xlsx."
        ),
    ],
    kind: Annotated[
        Literal["figures", "survey", "plan"],
        typer.Option("--kind", help="Counts and other figures, survey results, or a whole plan."),
    ] = "figures",
    of: Annotated[
        str | None, typer.Option("--of", help="With a plan: write this one, by its id.")
    ] = None,
    file_format: Annotated[
        FileFormat | None, typer.Option("--format", help="Default: as the file's name ends.")
    ] = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write an empty template for your own figures, survey results or plan."""
    named = next((each for each in (*KINDS, PLAN) if path.name == each), None)
    if named is not None:
        kind, path = named, path.with_suffix(".xlsx")
    ending = path.suffix.lower().removeprefix(".")
    chosen = file_format or next((each for each in FILE_FORMATS if each == ending), "csv")
    if kind == PLAN or of is not None:
        kind, chosen = PLAN, "xlsx"
        _write_plan(DataDir(data_dir), path, of)
    else:
        write_template(path, kind, chosen)
    speaker = Speaker(as_json=as_json, quiet=quiet)
    if of is not None:
        speaker.say(f"Wrote the plan {of} to {path}. Change it, then: safecity check {path}")
    else:
        rows = "rows" if kind == PLAN else "row"
        speaker.say(
            f"Wrote {path}. Fill it in, delete its example {rows}, then: safecity check {path}"
        )
    speaker.result({"path": path, "kind": kind, "format": chosen})


def _write_plan(data: DataDir, path: Path, of: str | None) -> None:
    """Write the workbook of a plan, or the empty one.

    Raises:
        InputError: There is no plan of that id, or the file cannot be written.
    """
    catalogue = load_catalogue(data)
    if path.suffix.lower() != ".xlsx":
        raise InputError.of(path.name, "a plan is a workbook", "let the name end with .xlsx")
    if of is not None and of not in catalogue.plans:
        known = ", ".join(catalogue.plans)
        raise InputError.of(of, "there is no plan of this id", f"choose one of {known}")
    write_plan_workbook(path, catalogue, catalogue.plans[of] if of else None)
