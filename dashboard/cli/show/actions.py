"""The action plan."""

from __future__ import annotations

from dashboard.analysis.actions import action_table
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AreaOption, AsAtOption, PlanOption
from dashboard.store.warehouse import Warehouse


@shown
def actions(
    warehouse: Warehouse, as_at: AsAtOption = "", area: AreaOption = "", plan: PlanOption = ""
) -> object:
    """Every action of the plan: who, when, with what money, for which indicators."""
    return action_table(warehouse, area=area, plan=plan, as_at=as_at)
