"""Targets: the path to each, and the verdict on it."""

from __future__ import annotations

from dashboard.answers.status import status_table
from dashboard.answers.trajectory import trajectory as trajectory_answer
from dashboard.show._command import shown
from dashboard.show._options import (
    AreaOption,
    AsAtOption,
    IndicatorOption,
    PlanOption,
    TargetOption,
)
from dashboard.warehouse import Warehouse


@shown
def trajectory(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    target: TargetOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """The path from baseline to goal, and what is needed a month from here."""
    return trajectory_answer(
        warehouse, indicator, area=area, plan=plan, as_at=as_at, target=target
    ).to_dict()


@shown
def status(
    warehouse: Warehouse, as_at: AsAtOption = "", area: AreaOption = "", plan: PlanOption = ""
) -> object:
    """The verdict on every indicator that the plan sets a target on."""
    return status_table(warehouse, area=area, plan=plan, as_at=as_at)
