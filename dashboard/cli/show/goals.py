"""Targets: the path to each, the verdict on it, and what a survey can show of one."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.outlook import outlook
from dashboard.analysis.status import status_table
from dashboard.analysis.survey_power import survey_power as survey_power_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import (
    AreaOption,
    AsAtOption,
    IndicatorOption,
    PlanOption,
    TargetOption,
)
from dashboard.store.warehouse import Warehouse


@shown
def trajectory(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    target: TargetOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """A target's path with its range of chance, its year, what is needed, and its companions."""
    return outlook(warehouse, indicator, area=area, plan=plan, as_at=as_at, target=target)


@shown
def status(
    warehouse: Warehouse,
    as_at: AsAtOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    every_target: Annotated[
        bool, typer.Option(help="Every target, where an indicator has several.")
    ] = False,
) -> object:
    """The verdict on every indicator that the plan sets a target on."""
    return status_table(warehouse, area=area, plan=plan, as_at=as_at, every_target=every_target)


@shown
def survey_power(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    target: TargetOption = "",
    next_base: Annotated[
        float | None,
        typer.Option(help="People in the next wave; as many as the first if left out."),
    ] = None,
    design_effect: Annotated[
        float | None,
        typer.Option(
            help="Variance of the survey over a simple random sample's; what the indicator gives, "
            "else 1, with an assumed 1.5 beside it, if left out."
        ),
    ] = None,
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Whether a survey's target is within reach of its own error, and what sample would show it."""
    return survey_power_answer(
        warehouse, indicator, area=area, plan=plan, target=target, next_base=next_base,
        design_effect=design_effect,
    )  # fmt: skip
