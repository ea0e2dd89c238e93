"""Projections: what a target's indicator is heading for, and how such projections did."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.projection import projection as projection_answer
from dashboard.analysis.projection_record import projection_record as record_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import (
    AreaOption,
    AsAtOption,
    IndicatorOption,
    PlanOption,
    TargetOption,
)
from dashboard.store.warehouse import Warehouse

MethodOption = Annotated[str, typer.Option("--method", help="One method; all if left out.")]
PeriodOption = Annotated[str, typer.Option("--period", help="ordinary or 2020/21; both if not.")]


@shown
def projection(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    target: TargetOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """What the year is heading for, and the chance that the target is met."""
    return projection_answer(warehouse, indicator, area=area, plan=plan, as_at=as_at, target=target)


@shown
def projection_record(
    warehouse: Warehouse, method: MethodOption = "", period: PeriodOption = ""
) -> object:
    """How projections did on real series: intervals held, and error against pro-rata."""
    del warehouse
    return record_answer(method, period)
