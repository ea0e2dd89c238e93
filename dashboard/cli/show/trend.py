"""The recent trend."""

from __future__ import annotations

from dashboard.analysis.trend import trend as trend_answer
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AreaOption, AsAtOption, IndicatorOption, PlanOption
from dashboard.store.warehouse import Warehouse


@shown
def trend(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Whether an indicator has a recent trend: five years apart, or eight that overlap."""
    return trend_answer(warehouse, indicator, area=area, plan=plan, as_at=as_at)
