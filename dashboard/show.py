"""`safecity show`: any metric as JSON, for scripts and for checking."""

from __future__ import annotations

import functools
import json
import math
import sys
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec

import pandas as pd
import typer

from dashboard.answers.agreement import agreement_table
from dashboard.answers.change import change as change_answer
from dashboard.answers.gaps import gap_table
from dashboard.answers.overlaps import overlap_table
from dashboard.answers.picture import NoFiguresError, UnknownChoiceError
from dashboard.answers.ranking import ranking as ranking_answer
from dashboard.answers.revisions import revisions as revisions_answer
from dashboard.answers.status import status_table
from dashboard.answers.trajectory import trajectory as trajectory_answer
from dashboard.warehouse import NothingPublishedError, Warehouse
from etl.cli import DEFAULT_DATA_DIR, DataDirOption, JsonOption, QuietOption
from etl.console import ExitCode
from etl.datadir import DataDir

P = ParamSpec("P")

IndicatorOption = Annotated[str, typer.Option("--indicator", help="Indicator id.")]
AreaOption = Annotated[str, typer.Option("--area", help="Area code; the plan's own if left out.")]
PlanOption = Annotated[str, typer.Option("--plan", help="Plan id; the area's if left out.")]
AsAtOption = Annotated[str, typer.Option("--as-at", help="Last month that counts: 2009-12.")]

app = typer.Typer(help="Print any metric as JSON.", no_args_is_help=True)


def _answers(command: Callable[P, object]) -> Callable[P, None]:
    """Return a command that prints its result as JSON, and an unanswerable question as an error."""

    @functools.wraps(command)
    def printed(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            result = command(*args, **kwargs)
        except (UnknownChoiceError, ValueError) as error:
            _fail(error, ExitCode.USAGE)
        except (NoFiguresError, NothingPublishedError) as error:
            _fail(error, ExitCode.NOTHING_TO_SHOW)
        sys.stdout.write(json.dumps(plain(result), indent=2, default=str) + "\n")

    return app.command()(printed)


def _fail(error: Exception, code: ExitCode) -> None:
    sys.stderr.write(f"{error}\n")
    raise typer.Exit(code) from None


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return frames and numbers as JSON can hold them; a missing number is null."""
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.astype("object").to_dict("records")]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


@_answers
def change(
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    basis: Annotated[
        str, typer.Option(help="month, quarter, ytd, rolling_year or baseline.")
    ] = "ytd",
    area: AreaOption = "",
    plan: PlanOption = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """How an indicator changed, on any basis."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        found = change_answer(warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis)
        return found.to_dict()


@_answers
def ranking(
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    basis: Annotated[str, typer.Option(help="ytd, rolling_year, quarter or month.")] = "",
    group: Annotated[str, typer.Option(help="Peer group; the newest if left out.")] = "",
    edition: Annotated[str, typer.Option(help="Its edition; the newest if left out.")] = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """Where an area stands in its group."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        found = ranking_answer(
            warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis, group=group,
            edition=edition,
        )  # fmt: skip
        return found.to_dict()


@_answers
def trajectory(
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    target: Annotated[str, typer.Option(help="Target id; the principal if left out.")] = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """The path from baseline to goal, and what is needed a month from here."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        found = trajectory_answer(
            warehouse, indicator, area=area, plan=plan, as_at=as_at, target=target
        )
        return found.to_dict()


@_answers
def status(
    as_at: AsAtOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """The verdict on every indicator that the plan sets a target on."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        return status_table(warehouse, area=area, plan=plan, as_at=as_at)


@_answers
def agreement(
    plan: PlanOption = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """Every figure that the plan states, beside the one the data give."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        return agreement_table(warehouse, plan=plan)


@_answers
def gaps(
    area: Annotated[str, typer.Option("--area", help="Area or force code; all if left out.")] = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """Figures that are held as suspected gaps, and what was decided on them."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        return gap_table(warehouse, area=area)


@_answers
def revisions(
    since: Annotated[
        str,
        typer.Option(help="Last day of what was known: 2025-03-31; last meeting if left out."),
    ] = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """Published figures that moved since a day, and verdicts that moved with them."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        return revisions_answer(warehouse, since=since, area=area, plan=plan).to_dict()


@_answers
def overlaps(
    area: Annotated[str, typer.Option("--area", help="Area code; all if left out.")] = "",
    indicator: Annotated[str, typer.Option(help="Indicator id; all if left out.")] = "",
    data_dir: DataDirOption = DEFAULT_DATA_DIR,
    as_json: JsonOption = True,
    quiet: QuietOption = False,
) -> object:
    """Counts of two sources of the same indicator, area and months."""
    del as_json, quiet
    with Warehouse(DataDir(data_dir)) as warehouse:
        return overlap_table(warehouse, area=area, indicator=indicator)
