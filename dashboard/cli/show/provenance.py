"""How far the figures can be relied on: agreement, gaps, revisions, overlaps."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.analysis.agreement import agreement_table
from dashboard.analysis.gaps import gap_table
from dashboard.analysis.overlaps import overlap_table
from dashboard.analysis.revisions import revisions as revisions_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AnyAreaOption, AreaOption, PlanOption
from dashboard.store.warehouse import Warehouse


@shown
def agreement(warehouse: Warehouse, plan: PlanOption = "") -> object:
    """Every figure that the plan states, beside the one the data give."""
    return agreement_table(warehouse, plan=plan)


@shown
def gaps(
    warehouse: Warehouse,
    area: Annotated[str, typer.Option("--area", help="Area or force code; all if left out.")] = "",
) -> object:
    """Figures that are held as suspected gaps, and what was decided on them."""
    return gap_table(warehouse, area=area)


@shown
def revisions(
    warehouse: Warehouse,
    since: Annotated[
        str,
        typer.Option(help="Last day of what was known: 2025-03-31; last meeting if left out."),
    ] = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Published figures that moved since a day, and verdicts that moved with them."""
    return revisions_answer(warehouse, since=since, area=area, plan=plan)


@shown
def overlaps(
    warehouse: Warehouse,
    area: AnyAreaOption = "",
    indicator: Annotated[str, typer.Option(help="Indicator id; all if left out.")] = "",
) -> object:
    """Counts of two sources of the same indicator, area and months."""
    return overlap_table(warehouse, area=area, indicator=indicator)
