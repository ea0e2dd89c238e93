"""Control charts: whether the latest figure is more than the usual ups and downs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import day_published
from dashboard.analysis.question import Indicator, IndicatorAnswer, question
from dashboard.analysis.target_trajectory import trajectory_in
from dashboard.metrics.control.drawn import Drawn, draw
from dashboard.metrics.control.grid import Grid, grid_of
from dashboard.metrics.control.rules import ControlRules
from dashboard.metrics.control.variation import TOO_FEW, assurance_of
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.reasons import BrokenRules
from dashboard.metrics.rounding import as_number


@dataclass(frozen=True, kw_only=True)
class ControlAnswer(IndicatorAnswer, Drawn):
    """A control chart of one indicator in one area.

    Attributes:
        is_total: Whether a year's figure is the sum of its periods', not the latest of them.
        every: What a point is for: month, quarter, year, survey; of a g chart, the stretch before.
        latest: Word on the latest point: common cause, special cause …, too few to say.
        target: The target of a period, in the unit of the points; None without one.
        assurance: Whether the process as it is passes it; "" without target or limits.
    """

    JSON = """
        indicator area area_name as_at every chart=choice.name why=choice.why rules variation=latest
        variation_icon variation_why=latest_why assurance assurance_icon target target_due
        seasonally_adjusted=is_seasonal adjustment points=points_by_month breaks
        suggested_breaks=suggested around proposal slope cautions periods_since_last illustrative
        published
    """

    unit: str
    is_total: bool
    every: str
    latest: str
    latest_why: BrokenRules
    target: float | None
    target_due: str
    assurance: str
    published: str

    @property
    def points_by_month(self) -> pd.DataFrame:
        """The points, with their first month as text."""
        return self.points.assign(month=self.points["month"].astype(str).str[:7])


@question
def control(
    view: AreaView,
    indicator: Indicator,
    *,
    trend: bool = False,
    rules: ControlRules | None = None,
) -> ControlAnswer:
    """The control chart of an indicator: limits, rules, special causes, breaks suggested.

    Args:
        view: Of an area.
        indicator: Its id.
        trend: Whether limits go around a straight line instead of one level.
        rules: The settings of the signals.

    Raises:
        UnknownChoiceError: There is no such indicator.
        NoFiguresError: There are no figures of it.
    """
    about = view.indicator(indicator)
    view, month = view.own_period(indicator)
    grid = grid_of(
        view.series(indicator),
        month,
        unit=about.unit,
        rate_per=about.rate_per,
        adds_up=about.adds_up,
    )
    if grid is None:
        raise NoFiguresError(f"no figures of {about.title} up to {month}")
    drawn = draw(
        grid,
        view.breaks_on(indicator),
        rules or ControlRules(),
        lower_is_better=about.lower_is_better,
        has_trend=trend,
    )
    target, due = _target_of_period(view, indicator, grid, month)
    target = None if drawn.chart == "g" else target
    known = drawn.points.dropna(subset=["plotted"])
    assurance = ""
    if target is not None and len(known):
        lower, upper = known[["lower", "upper"]].iloc[-1]
        assurance = str(assurance_of(lower, upper, target, drawn.lower_is_better)[()])
    return ControlAnswer(
        **view.header(month, indicator),
        **vars(drawn),
        unit=about.unit,
        is_total=grid.is_summed,
        every=grid.every,
        latest=str(known["variation"].iloc[-1]) if len(known) else TOO_FEW,
        latest_why=known["why"].iloc[-1] if len(known) else BrokenRules(),
        target=target,
        target_due=due if target is not None else "",
        assurance=assurance,
        published=day_published(view.series(indicator), month),
    )


def _target_of_period(
    view: AreaView, indicator: str, grid: Grid, as_at: pd.Period
) -> tuple[float | None, str]:
    """Return level, for one period, and due day of the first given target with a level."""
    for target in view.targets_on(indicator):
        if not target.goal_is_given or target.goal == "rank":
            continue
        found = trajectory_in(view, target, as_at)
        level = as_number(found.target)
        if level is not None:
            return level * grid.step / MONTHS_A_YEAR if grid.is_summed else level, found.due
    return None, ""
