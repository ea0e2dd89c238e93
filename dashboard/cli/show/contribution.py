"""What makes up a change, what if a part stood elsewhere, and what a meeting must look at."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.area_exceptions import exceptions_of_areas
from dashboard.analysis.contribution import contribution as contribution_answer
from dashboard.analysis.exceptions import exceptions as exceptions_answer
from dashboard.analysis.whatif import what_if as what_if_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import (
    AreaOption,
    AsAtOption,
    BasisOption,
    IndicatorOption,
    PlanOption,
)
from dashboard.store.warehouse import Warehouse


@shown
def contribution(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    by: Annotated[str, typer.Option("--by", help="type, area (of a force) or month.")] = "type",
    as_at: AsAtOption = "",
    basis: BasisOption = "ytd",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Which types, areas or months make up a change, adding up exactly."""
    return contribution_answer(
        warehouse, indicator, area=area, plan=plan, as_at=as_at, basis=basis, way=by
    )


@shown
def what_if(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    part: Annotated[str, typer.Option("--part", help="A part of it: dwelling_burglary.")],
    level_of: Annotated[
        str, typer.Option("--level-of", help="Financial year it returns to: 2008/09.")
    ] = "",
    value: Annotated[
        float | None, typer.Option("--value", help="Or its count over the window.")
    ] = None,
    as_at: AsAtOption = "",
    basis: BasisOption = "rolling_year",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """What a total would be, and its targets, if one part stood elsewhere."""
    return what_if_answer(
        warehouse, indicator, part, level_of=level_of, value=value, area=area, plan=plan,
        as_at=as_at, basis=basis,
    )  # fmt: skip


@shown
def exceptions(
    warehouse: Warehouse,
    as_at: AsAtOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
    areas: Annotated[
        str, typer.Option("--areas", help="Many areas at once: codes with commas, or all.")
    ] = "",
    force: Annotated[
        str, typer.Option("--force", help="Or the partnerships of a force, by its code.")
    ] = "",
    basis: Annotated[
        str, typer.Option("--basis", help="Of many areas: month, quarter, ytd, rolling_year.")
    ] = "",
    method: Annotated[
        str, typer.Option("--method", help="Of many areas: bh, or by for any dependence.")
    ] = "bh",
) -> object:
    """What a meeting must look at, false discoveries controlled, and what has gone quiet."""
    if areas or force:
        codes = [] if areas in ("", "all") else [each.strip() for each in areas.split(",")]
        return exceptions_of_areas(
            warehouse, areas=codes, force=force, as_at=as_at, basis=basis, method=method
        )
    return exceptions_answer(warehouse, area=area, plan=plan, as_at=as_at)
