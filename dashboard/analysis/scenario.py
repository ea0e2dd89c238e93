"""What a target's year would come to, and with what chance, if the months from here went otherwise.

One call for pages and notebooks. Arithmetic on the projection, not a forecast of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import choose_part
from dashboard.analysis.levels import months_of
from dashboard.analysis.projected_total import ProjectedTotal, fitted_of, history_in
from dashboard.analysis.projection import ProjectionAnswer, projection, projection_in
from dashboard.analysis.question import Indicator, LevelOf, Target, question
from dashboard.analysis.target_path import seen_with_target
from dashboard.analysis.target_trajectory import seen_at
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    financial_year_window,
    later,
    month_at,
    parse_financial_year,
    parse_month,
)
from dashboard.metrics.projection.scenario import factor_for, implied_percent, same_months_before

APRIL = 3
"""Months from January to April."""


@dataclass(frozen=True)
class Scenario:
    """A target's projection, as things go and otherwise.

    Attributes:
        window: The months to come, up to the end that the target is held against.
        before: Events in the same calendar months of the last twelve.
        implied: Change on those that the projection itself implies, in percent.
        percent: Change on those that is looked at.
        part: A part of the indicator that stands elsewhere; "" for none.
        part_as_things_go: Events projected of the part in the months to come.
        part_otherwise: Events of the part in those months of the year it returns to.
        level_of: The financial year that the part returns to.
    """

    JSON = """
        target_id=as_things_go.target_id months=window.label same_months_a_year_before=before
        percent_projected=implied percent part part_as_things_go part_otherwise level_of
        projected=total_as_things_go.median projected_otherwise=total.median
        chance_met=as_things_go.chance_met chance_met_otherwise=otherwise.chance_met
    """

    as_things_go: ProjectionAnswer
    otherwise: ProjectionAnswer
    window: Window
    before: float
    implied: float
    percent: float
    part: str = ""
    part_title: str = ""
    part_as_things_go: float | None = None
    part_otherwise: float | None = None
    level_of: str = ""

    @property
    def total(self) -> ProjectedTotal:
        """The year that the target is held against, changed."""
        return self.otherwise.to_due or self.otherwise.totals[-1]

    @property
    def total_as_things_go(self) -> ProjectedTotal:
        """The same year as it is projected."""
        return self.as_things_go.to_due or self.as_things_go.totals[-1]


@question
def scenario(
    view: AreaView,
    indicator: Indicator,
    target: Target = "",
    percent: Annotated[float | None, "Each month to come, % more or fewer than projected."] = None,
    part: Annotated[str, "A part of the indicator."] = "",
    level_of: LevelOf = "",
) -> Scenario:
    """A target's projection if the months to come went otherwise.

    Without a percentage they are what the projection itself implies.

    Raises:
        UnknownChoiceError: There is no such indicator, target or part of the indicator.
        NoFiguresError: Nothing is projected, or the part or its year has no figures.
        ValueError: Not a financial year, or a fall of more than all.
    """
    view, chosen, shown = seen_with_target(view, indicator, target)
    plain = projection(view, indicator, target)
    view, month = seen_at(view, chosen, shown)[:2]
    history, _ = history_in(view, plain.indicator, month)
    if history is None or not plain.totals:
        raise NoFiguresError(f"{plain.title} is not projected", plain.reason)
    end = (plain.to_due or plain.totals[-1]).last_month
    window = Window(later(month, 1), parse_month(end))
    ahead = window.month_count
    mean = _mean(view, plain.indicator, month, ahead)
    before = same_months_before(history.counts[0], 1, ahead)
    implied = implied_percent(mean, before)
    asked = implied if percent is None else percent
    moved = factor_for(asked, mean, before) * mean
    named = choose_part(view, plain.indicator, part) if part else ""
    own = otherwise = None
    if named:
        own = _mean(view, named, month, ahead)
        otherwise = _in_year(view, named, window, level_of)
        moved += otherwise - own
    return Scenario(
        as_things_go=plain,
        otherwise=projection_in(view, chosen, shown, max(moved, 0.0) / mean),
        window=window,
        before=before,
        implied=implied,
        percent=asked,
        part=named,
        part_title=view.indicator(named).title if named else "",
        part_as_things_go=own,
        part_otherwise=otherwise,
        level_of=level_of,
    )


def whole_years(view: AreaView, indicator: str) -> list[str]:
    """Return the financial years that have a figure for every month, the latest first."""
    months = pd.PeriodIndex(months_of(view.series(indicator)).dropna(subset=["value"]).index)
    # A financial year begins in April: three months into the calendar's.
    years = pd.Series(months.asi8 - APRIL) // MONTHS_A_YEAR
    counts = years.value_counts()
    found = sorted((int(year) for year in counts[counts.eq(MONTHS_A_YEAR)].index), reverse=True)
    return [financial_year_window(month_at(year * MONTHS_A_YEAR + APRIL)).label() for year in found]


def _mean(view: AreaView, indicator: str, month: pd.Period, ahead: int) -> float:
    return float(fitted_of(view, indicator, month).project(1, ahead).mean[0])


def _in_year(view: AreaView, indicator: str, window: Window, financial_year: str) -> float:
    """Return the events of a part if each month to come were as in a financial year."""
    year = parse_financial_year(financial_year)
    counts = months_of(view.series(indicator))["value"]
    first = year.first_month.ordinal
    ahead = [first + (each.ordinal - first) % MONTHS_A_YEAR for each in window.months]
    found = counts.reindex(pd.PeriodIndex.from_ordinals(ahead, freq="M"))
    if found.isna().any():
        title = view.indicator(indicator).title
        raise NoFiguresError(f"{title} has no figure for every month of {financial_year}")
    return float(found.sum())
