"""A target if months to come went otherwise."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.chosen_target import ChosenTarget
from dashboard.analysis.scenario import scenario_in
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
def scenario(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    percent: Annotated[
        float | None, typer.Option(help="Each month to come, % more or fewer than projected.")
    ] = None,
    part: Annotated[str, typer.Option(help="A part of the indicator.")] = "",
    level_of: Annotated[
        str, typer.Option(help="The financial year whose level the part would be at.")
    ] = "",
    as_at: AsAtOption = "",
    target: TargetOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """A target's projection if the months to come went otherwise."""
    chosen = ChosenTarget.of(warehouse, indicator, area=area, plan=plan, as_at=as_at, target=target)
    return scenario_in(*chosen, percent=percent, part=part, level_of=level_of)
