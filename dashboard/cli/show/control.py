"""Control charts: is the latest figure more than the usual ups and downs."""

from __future__ import annotations

from dashboard.analysis.control import control_chart
from dashboard.cli.show._command import shown
from dashboard.cli.show._options import AreaOption, AsAtOption, IndicatorOption, PlanOption
from dashboard.store.warehouse import Warehouse


@shown
def control(
    warehouse: Warehouse,
    indicator: IndicatorOption,
    as_at: AsAtOption = "",
    area: AreaOption = "",
    plan: PlanOption = "",
) -> object:
    """The control chart of an indicator: limits, rules, special causes, breaks suggested."""
    return control_chart(warehouse, indicator, area=area, plan=plan, as_at=as_at)
