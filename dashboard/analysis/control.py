"""Control charts: whether the latest figure is more than the usual ups and downs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.analysis._control_drawn import Drawn, draw
from dashboard.analysis._control_series import Grid, grid_of
from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.parameters import Indicator
from dashboard.analysis.question import question
from dashboard.analysis.trajectory import trajectory_in
from dashboard.metrics.control.rules import ControlRules
from dashboard.metrics.control.season import METHOD
from dashboard.metrics.control.variation import TOO_FEW, assurance_of
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.reasons import BrokenRules
from dashboard.metrics.rounding import as_number


@dataclass(frozen=True)
class ControlAnswer:
    """A control chart of one indicator in one area.

    Attributes:
        is_total: Whether a year's figure is the sum of its periods', not the latest of them.
        every: What a point is for: month, quarter, year, survey; of a g chart, the stretch before.
        chart: Which chart, a key of `dashboard.metrics.control.choose.NAMES`; "" for none.
        why: Why this chart, or why there is none.
        rules: The rules with their settings, as printed.
        lower_is_better: Of what is plotted: turned round on a g chart.
        is_seasonal: Whether the limits are those of the seasonally adjusted series.
        adjustment: How the season was taken out; "" where it was not.
        points: `POINT_COLUMNS`, in order; figure is as counted (a rate or percentage as such),
            plotted as adjusted. Empty without a chart.
        latest: Word on the latest point: common cause, special cause …, too few to say.
        latest_why: The rules that it breaks.
        target: The target of a period, in the unit of the points; None without one.
        target_due: Last day that counts for it, ISO; "" when not given.
        assurance: Whether the process as it is passes it; "" without target or limits.
        breaks: `AreaView.breaks_on` with `month`, the first of the new series, "" where not known.
        suggested: `SUGGESTED_COLUMNS`: breaks to ask a person about; none is applied.
        cautions: What must be known when reading the chart.
        periods_since_last: Of a g chart: periods since the last event, which is not over.
    """

    JSON = """
        indicator area area_name as_at every chart=chart_name why rules variation=latest
        variation_icon variation_why=latest_why assurance assurance_icon target target_due
        seasonally_adjusted=is_seasonal adjustment points=points_by_month breaks
        suggested_breaks=suggested cautions periods_since_last illustrative published
    """

    indicator: str
    title: str
    unit: str
    area: str
    area_name: str
    as_at: str
    is_total: bool
    every: str
    chart: str
    chart_name: str
    why: str
    rules: str
    lower_is_better: bool
    is_seasonal: bool
    adjustment: str
    points: pd.DataFrame
    latest: str
    latest_why: BrokenRules
    target: float | None
    target_due: str
    assurance: str
    breaks: pd.DataFrame
    suggested: pd.DataFrame
    illustrative: bool
    published: str
    cautions: tuple[str, ...] = ()
    periods_since_last: int | None = None

    @property
    def points_by_month(self) -> pd.DataFrame:
        """The points, with their first month as text."""
        return self.points.assign(month=self.points["month"].astype(str).str[:7])


@question
def control(view: AreaView, indicator: Indicator) -> ControlAnswer:
    """The control chart of an indicator: limits, rules, special causes, breaks suggested.

    See `control_chart_in`.
    """
    return control_chart_in(view, indicator, as_at=view.as_at_text)


def control_chart_in(
    view: AreaView, indicator: str, *, as_at: str | pd.Period = "",
    rules: ControlRules | None = None,
) -> ControlAnswer:  # fmt: skip
    """Return the control chart of one indicator; see `control`."""
    about = view.indicator(indicator)
    view, month = view.own_period(indicator, as_at)
    series = view.series(indicator)
    grid = grid_of(series, about, month)
    if grid is None:
        raise NoFiguresError(f"no figures of {about.title} up to {month}")
    drawn = draw(grid, about, view.breaks_on(indicator), rules or ControlRules())
    target, due = _target_of_period(view, indicator, grid, month)
    target = None if drawn.chart == "g" else target
    return ControlAnswer(
        indicator=indicator,
        title=about.title,
        unit=about.unit,
        area=view.area_code,
        area_name=view.area_name,
        as_at=str(month),
        is_total=grid.is_summed,
        every=grid.every,
        chart=drawn.chart,
        chart_name=drawn.choice.name,
        why=drawn.choice.why,
        rules=drawn.rules,
        lower_is_better=drawn.lower_is_better,
        is_seasonal=drawn.is_seasonal,
        adjustment=_adjustment(drawn),
        points=drawn.points,
        latest=str(_latest(drawn.points, "variation", TOO_FEW)),
        latest_why=_latest(drawn.points, "why", BrokenRules()),
        target=target,
        target_due=due if target is not None else "",
        assurance=_assurance(drawn, target),
        breaks=drawn.breaks,
        suggested=drawn.suggested,
        illustrative=bool(series["illustrative"].any()),
        published=str(pd.to_datetime(series["published"]).max().date()),
        cautions=drawn.cautions,
        periods_since_last=drawn.since_last,
    )


def _target_of_period(
    view: AreaView, indicator: str, grid: Grid, as_at: pd.Period
) -> tuple[float | None, str]:
    """Return level, for one period, and due day of the indicator's first target with a level."""
    for target in view.targets_on(indicator):
        if target.goal in ("rank", "not_given"):
            continue
        found = trajectory_in(view, target, as_at)
        level = as_number(found.target)
        if level is not None:
            return level * grid.step / MONTHS_A_YEAR if grid.is_summed else level, found.due
    return None, ""


def _adjustment(drawn: Drawn) -> str:
    return METHOD if drawn.is_seasonal else ""


def _latest(points: pd.DataFrame, column: str, otherwise: Any) -> Any:  # noqa: ANN401 - any cell
    known = points.dropna(subset=["plotted"])
    return known[column].iloc[-1] if len(known) else otherwise


def _assurance(drawn: Drawn, target: float | None) -> str:
    known = drawn.points.dropna(subset=["plotted"])
    if target is None or known.empty:
        return ""
    last = known.iloc[-1]
    return str(assurance_of(last["lower"], last["upper"], target, drawn.lower_is_better)[()])


__all__ = ["ControlAnswer", "control", "control_chart_in"]
