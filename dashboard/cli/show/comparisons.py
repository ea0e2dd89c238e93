"""Change and rank."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.change import change as change_answer
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import (
    AreaOption,
    AsAtOption,
    BasisOption,
    EditionOption,
    GroupOption,
    IndicatorOption,
    PlanOption,
    RateBaseOption,
)
from dashboard.store.warehouse import Warehouse


@shown
def change(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    basis: Annotated[
        str, typer.Option(help="month, quarter, ytd, rolling_year or baseline.")
    ] = "ytd",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """How an indicator changed, on any basis."""
    return change_answer(warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis)


@shown
def ranking(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    basis: BasisOption = "",
    group: GroupOption = "",
    edition: EditionOption = "",
    rate_base: RateBaseOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Where an area stands in its group."""
    return ranking_answer(
        warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis, group=group,
        edition=edition, rate_base=rate_base,
    )  # fmt: skip
