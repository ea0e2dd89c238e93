"""Which indicators are worth reporting."""

from __future__ import annotations

from dashboard.analysis.worth import worth_reporting as worth_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AreaOption, AsAtOption, PlanOption
from dashboard.store.warehouse import Warehouse


@shown
def worth_reporting(
    warehouse: Warehouse, as_at: AsAtOption = "", area: AreaOption = "", plan: PlanOption = ""
) -> object:
    """What moves, what repeats another, and what a set a quarter smaller would lose."""
    return worth_answer(warehouse, area=area, plan=plan, as_at=as_at)
