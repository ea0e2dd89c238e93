"""The command `safecity rule`: a person's decision on a suspected gap."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import pandas as pd
import typer

from etl import publish
from etl.command_options import (
    DEFAULT_DATA_DIR,
    DataDirOption,
    DecidedByOption,
    JsonOption,
    QuietOption,
)
from etl.console import Speaker, whoami
from etl.datadir import DataDir
from etl.problems import InputError
from etl.rulings import Decision, record_rulings, rulings_file

#: Stands for every measure that is suspected in the area and period.
ALL = "all"


def rule(
    area: Annotated[str, typer.Argument(help="Area code; or a force code, for all its areas.")],
    measure: Annotated[str, typer.Argument(help='Measure, or "all" that are suspected.')],
    period: Annotated[str, typer.Argument(help='Month or quarter: 2014-08, "Q2 2014/15".')],
    decision: Annotated[
        bool | None,
        typer.Option("--real/--gap", help="The figure counts; or it is a gap and stays left out."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    by: DecidedByOption = None,
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Record a decision on a suspected gap; the next build follows it."""
    speaker = Speaker(as_json=as_json, quiet=quiet)
    data = DataDir(data_dir)
    if decision is None:
        raise InputError.of(data.rulings.name, "nothing is decided", "say --real or --gap")
    found, suspected = _figures(data, area, measure, period)
    verdict: Decision = "real" if decision else "gap"
    rulings = record_rulings(
        data, found, period=period, decision=verdict, reason=reason, ruled_by=by or whoami()
    )
    figures = "1 figure" if len(rulings) == 1 else f"{len(rulings)} figures"
    speaker.say(f"{figures} of {area} in {rulings[0].period} ruled {verdict}.")
    if not suspected:
        speaker.say("It was not suspected; the ruling is recorded all the same.")
    speaker.say("Next: safecity build")
    speaker.result([asdict(ruling) for ruling in rulings])


def _figures(
    data: DataDir, area: str, measure: str, period: str
) -> tuple[list[tuple[str, str]], bool]:
    """Return area and measure of each figure that is meant, and whether they were suspected.

    Raises:
        InputError: There is no such area or measure, or "all" are meant and none is suspected.
    """
    published = publish.current(data)
    if published is None:
        raise InputError.of(data.root.name, "nothing is published yet", "run safecity build")
    path = data.build / published.database
    areas = publish.read_mart(path, "area")
    gaps = publish.read_mart(path, "suspected_gap")
    within = set(areas.loc[areas["force_code"].eq(area), "area_code"]) | {area}
    codes = {*areas["area_code"], *areas["force_code"]} - {""}
    rulings_file(data).check_known("area", area, codes, "see safecity show gaps")
    wanted = gaps[gaps["area_code"].isin(within) & _in_period(gaps, period, data)]
    if measure != ALL:
        wanted = wanted[wanted["measure_code"].eq(measure)]
    found = list(zip(wanted["area_code"], wanted["measure_code"], strict=True))
    if found or measure != ALL:
        return found or [(area, _scheme_and_name(measure, data))], bool(found)
    raise InputError.of(
        data.rulings.name,
        f"nothing is suspected of {area} in {period}",
        "see safecity show gaps, or name the measure",
        value=measure,
    )


def _in_period(gaps: pd.DataFrame, period: str, data: DataDir) -> pd.Series:
    try:
        wanted = rulings_file(data).period_of(period)
    except ValueError as error:
        raise InputError.of(
            data.rulings.name, str(error), 'write 2014-08 or "Q2 2014/15"', value=period
        ) from None
    starts = pd.to_datetime(gaps["period_start"])
    return starts.eq(pd.Timestamp(wanted.start)) & gaps["period_kind"].eq(wanted.kind)


def _scheme_and_name(measure: str, data: DataDir) -> str:
    scheme, _, name = measure.partition(":")
    if scheme and name:
        return measure
    raise InputError.of(
        data.rulings.name, "this is not a measure", "write scheme:name, such as street:burglary",
        value=measure,
    )  # fmt: skip
