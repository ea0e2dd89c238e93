"""The command `safecity break`: a person confirms a break in a series, with a reason."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from etl import publish
from etl.breaks import breaks_file, record_break
from etl.catalogue import load_catalogue
from etl.command_options import (
    DEFAULT_DATA_DIR,
    DataDirOption,
    DecidedByOption,
    JsonOption,
    QuietOption,
)
from etl.console import Speaker, whoami
from etl.datadir import DataDir
from etl.decisions import DecisionsFile
from etl.problems import InputError

#: Stands for every area, where what is counted changed in all of them.
ALL = "all"


def break_(
    indicator: Annotated[str, typer.Argument(help="Indicator id.")],
    area: Annotated[str, typer.Option("--area", help='Area code, or "all".')],
    begins: Annotated[str, typer.Option("--from", help="First period of the new series: 2009-04.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it does not compare.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back a break confirmed before.")
    ] = False,
    by: DecidedByOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Confirm a break in a series; from the next build on, new control limits begin there."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    asked = {"indicator": indicator} | ({} if area == ALL else {"area": area})
    check_all_known(data, breaks_file(data), asked)
    decided = record_break(
        data,
        indicator,
        "" if area == ALL else area,
        begins=begins,
        reason=reason,
        decided_by=by or whoami(),
        decision="withdrawn" if withdraw else "confirmed",
    )
    speaker.say(f"Break in {indicator} from {decided.period} {decided.decision}.")
    speaker.say("Next: safecity build")
    speaker.result(asdict(decided))


def check_all_known(data: DataDir, file: DecisionsFile, asked: dict[str, str]) -> None:
    """Refuse an indicator or an area that nobody knows.

    Args:
        data: The data folder.
        file: Of the decisions.
        asked: What is asked for, by "indicator" and "area"; what is for all is not among them.

    Raises:
        InputError: There is none of that name, or no database to look an area up in.
    """
    names = {"indicator": indicator_ids, "area": area_codes}
    for what, given in asked.items():
        known = names[what](data)
        file.check_known(what, given, known, f"there are {len(known)} to choose from")


def indicator_ids(data: DataDir) -> set[str]:
    """Return the indicators of the catalogue, and the offences of the published database."""
    known = set(load_catalogue(data).indicators)
    published = publish.current(data)
    if published is None:
        return known
    return known | set(
        publish.read_mart(data.build / published.database, "indicator")["indicator_id"]
    )


def area_codes(data: DataDir) -> set[str]:
    """Return the areas of the published database.

    Raises:
        InputError: Nothing is published.
    """
    published = publish.current(data)
    if published is None:
        raise InputError.of(data.root.name, "nothing is published yet", "run safecity build")
    return set(publish.read_mart(data.build / published.database, "area")["area_code"])
