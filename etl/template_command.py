"""The command `safecity template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.command_options import JsonOption, QuietOption
from etl.console import Speaker
from etl.templates import FILE_FORMATS, FileFormat, Kind, write_template


def template(
    path: Annotated[Path, typer.Argument(help="The file to write; nothing is overwritten.")],
    kind: Annotated[
        Kind, typer.Option("--kind", help="Counts and other figures, or survey results.")
    ] = "figures",
    file_format: Annotated[
        FileFormat | None, typer.Option("--format", help="Default: as the file's name ends.")
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write an empty template for your own figures or survey results."""
    ending = path.suffix.lower().removeprefix(".")
    chosen = file_format or next((each for each in FILE_FORMATS if each == ending), "csv")
    write_template(path, kind, chosen)
    speaker = Speaker(as_json=as_json, quiet=quiet)
    speaker.say(f"Wrote {path}. Fill it in, delete its example row, then: safecity check {path}")
    speaker.result({"path": path, "kind": kind, "format": chosen})
