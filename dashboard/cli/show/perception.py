"""What residents say in surveys, beside what is recorded."""

from __future__ import annotations

from dashboard.analysis.perception import perceptions
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AreaOption, AsAtOption, PlanOption
from dashboard.store.warehouse import Warehouse


@shown
def perception(
    warehouse: Warehouse, as_at: AsAtOption = "", area: AreaOption = "", plan: PlanOption = ""
) -> object:
    """What residents say: surveys with intervals, England, goal, and the recorded beside them."""
    return perceptions(warehouse, area=area, plan=plan, as_at=as_at)
