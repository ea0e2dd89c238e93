"""The recent trend."""

from __future__ import annotations

from dashboard.answers.trend import trend as trend_answer
from dashboard.show._command import shown
from dashboard.show._options import AreaOption, AsAtOption, IndicatorOption, PlanOption
from dashboard.warehouse import Warehouse


@shown
def trend(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """Whether an indicator has a recent trend: five years apart, or eight that overlap."""
    return trend_answer(warehouse, indicator, area=area, plan=plan, as_at=as_at).to_dict()
