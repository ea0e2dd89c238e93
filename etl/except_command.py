"""The command `safecity except`: a person says which months a projection learns nothing from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from etl.break_command import ALL, check_all_known
from etl.command_options import (
    DEFAULT_DATA_DIR,
    DataDirOption,
    DecidedByOption,
    JsonOption,
    QuietOption,
)
from etl.console import Speaker, whoami
from etl.datadir import DataDir
from etl.exceptional import exceptional_file, record_exceptional_period


def except_(
    begins: Annotated[str, typer.Option("--from", help="First month, quarter or year: 2020-03.")],
    ends: Annotated[str, typer.Option("--to", help="The last one: 2021-06.")],
    reason: Annotated[str, typer.Option("--reason", help="Why they are exceptional.")] = "",
    indicator: Annotated[str, typer.Option("--indicator", help='Indicator id, or "all".')] = ALL,
    area: Annotated[str, typer.Option("--area", help='Area code, or "all".')] = ALL,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back a period, the product's own too.")
    ] = False,
    by: DecidedByOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Name an exceptional period; from the next build on, projections learn nothing from it."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    given = {"indicator": indicator, "area": area}
    asked = {what: name for what, name in given.items() if name != ALL}
    check_all_known(data, exceptional_file(data), asked)
    decided = record_exceptional_period(
        data,
        begins=begins,
        ends=ends,
        reason=reason,
        decided_by=by or whoami(),
        indicator_id="" if indicator == ALL else indicator,
        area_code="" if area == ALL else area,
        decision="withdrawn" if withdraw else "confirmed",
    )
    said = f"Exceptional period {decided.period} to {decided.last_month} {decided.decision}."
    speaker.say(said)
    speaker.say("Next: safecity build")
    speaker.result(asdict(decided))
