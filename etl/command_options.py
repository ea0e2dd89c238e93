"""What commands have in common: options, each with its one help text, and exit codes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExitCode(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    INPUT = 3
    NOTHING_TO_SHOW = 4


class Engine(StrEnum):
    """What adds up street-level records."""

    DUCKDB = "duckdb"
    SPARK = "spark"


DEFAULT_DATA_DIR = Path("data")

AcceptPartialOption = Annotated[
    bool, typer.Option("--accept-partial", help="Load the good rows of a file with bad ones.")
]
DataDirOption = Annotated[
    Path, typer.Option("--data-dir", help="Folder of the figures.", envvar="SAFECITY_DATA_DIR")
]
DecidedByOption = Annotated[str | None, typer.Option("--by", help="Who decides.")]
EngineOption = Annotated[
    Engine,
    typer.Option(help="What counts street-level records; spark where they outgrow this machine."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document, for scripts.")]
LoadedByOption = Annotated[str | None, typer.Option("--by", help="Who loads it.")]
MoreOption = Annotated[
    bool, typer.Option("--more", help="Say more of a file that is not recognised.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", help="When the publisher released the file: YYYY-MM-DD."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")]
ReportOption = Annotated[
    Path | None, typer.Option("--report", help="Write the problems to this CSV as well.")
]
