"""Places over time, the funnel, and neighbours of our own choosing."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from dashboard.analysis.funnel import funnel_answer
from dashboard.analysis.movement import movement_over_time
from dashboard.analysis.neighbours import neighbours as neighbours_answer
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
from dashboard.metrics.funnel import Widening
from dashboard.metrics.neighbours import GROUP_SIZE
from dashboard.store.warehouse import Warehouse


@shown
def movement(
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
    """The place of every member over time, under one edition and one year's residents."""
    return movement_over_time(
        warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis, group=group,
        edition=edition, rate_base=rate_base,
    )  # fmt: skip


@shown
def funnel(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    basis: BasisOption = "",
    group: GroupOption = "",
    edition: EditionOption = "",
    rate_base: RateBaseOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    among: Annotated[str, typer.Option(help="group, or all areas of the same kind.")] = "group",
    widening: Annotated[
        str, typer.Option(help="For overdispersion: additive, multiplicative or none.")
    ] = "additive",
) -> object:
    """How far from the common rate each area is, by its size."""
    return funnel_answer(
        warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis, group=group,
        edition=edition, rate_base=rate_base, among=among, widening=cast(Widening, widening),
    )  # fmt: skip


@shown
def neighbours(
    warehouse: Warehouse,
    measures: Annotated[
        str,
        typer.Option(
            help="population, households, residents_per_household or indicator ids, with commas."
        ),
    ],
    as_at: AsAtOption = "",
    others: Annotated[int, typer.Option(help="How many neighbours.", min=1)] = GROUP_SIZE - 1,
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """The areas most alike on chosen measures: a group of our own making, not an official one."""
    return neighbours_answer(
        warehouse, measures.split(","), area=area, plan=plan, as_at=as_at, others=others
    )
