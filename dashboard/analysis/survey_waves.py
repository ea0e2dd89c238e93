"""The waves of a survey up to a month, each with its limits: chosen here for all who show them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import SeriesPoint, rows_of
from dashboard.analysis.survey_error import ASSUMED, DesignEffect, asked_in, design_effect_of
from dashboard.metrics.intervals import percent_interval
from dashboard.metrics.periods import parse_month
from dashboard.metrics.windows import SURVEY_WAVE, month_ordinals

SIMPLE = DesignEffect()
PUBLISHED, WILSON, NO_INTERVAL = "published", "Wilson", ""
"""Where an interval comes from."""


@dataclass(frozen=True)
class Wave:
    """What a survey found in one wave.

    Attributes:
        month: The first month of the wave's year.
        name: "2009 survey".
        value: Percent.
        lower: Lower 95% limit, None where there is none.
        upper: Upper 95% limit, likewise.
        interval_from: `PUBLISHED`, `WILSON` or `NO_INTERVAL`.
        people: People who answered.
        if_assumed: The limits at a design effect of `survey_error.ASSUMED`, where neither the
            results nor the indicator's file give one and the limits are Wilson's; else None.
        design_effect: The one that holds: the results' own, else that of the indicator's file.
    """

    JSON = """
        survey=name percent=value lower upper interval people design_effect=given_design_effect
        design_effect_source=design_effect.source limits_at_assumed_design_effect=if_assumed
    """

    month: pd.Period
    name: str
    value: float
    lower: float | None
    upper: float | None
    interval_from: str
    people: float | None
    if_assumed: tuple[float, float] | None = None
    design_effect: DesignEffect = SIMPLE

    def holds(self, value: float) -> bool | None:
        """Return whether the interval holds a percentage; None without an interval."""
        if self.lower is None or self.upper is None:
            return None
        return self.lower <= value <= self.upper

    @property
    def interval(self) -> str:
        """Where the limits are from, or why there are none."""
        return self.interval_from or "none: the number of people asked is not given"

    @property
    def given_design_effect(self) -> float | None:
        """The design effect that the survey gives; None where it gives none."""
        return self.design_effect.value if self.design_effect.is_given else None


def latest_wave(view: AreaView, indicator: str, as_at: pd.Period) -> Wave | None:
    """Return the latest wave of an indicator up to a month; None where there is none."""
    effect = design_effect_of(view.indicator(indicator))
    waves = waves_of(view.series(indicator), as_at, effect)
    return waves[-1] if waves else None


def waves_of(
    series: pd.DataFrame, as_at: pd.Period, effect: DesignEffect = SIMPLE
) -> tuple[Wave, ...]:
    """Return the waves of a series up to a month, earliest first.

    The 95% limits are the publisher's own where it gives both, else Wilson's from the base and the
    results' own design effect, else that of the indicator's file; without a base there is none.
    """
    rows = series[series["period_kind"].eq(SURVEY_WAVE)]
    rows = rows[month_ordinals(rows["period_start"]) <= as_at.ordinal].sort_values("period_start")
    points = rows_of(rows, SeriesPoint)
    return tuple(_wave(each, each.value, effect) for each in points if each.value is not None)


def _wave(point: SeriesPoint, value: float, effect: DesignEffect) -> Wave:
    month = parse_month(point.period_start)
    people, own = asked_in(point, effect)
    name = f"{month.year} survey"
    if point.lower is not None and point.upper is not None:
        return Wave(month, name, value, point.lower, point.upper, PUBLISHED, people, None, own)
    if people is None:
        return Wave(month, name, value, None, None, NO_INTERVAL, people)
    low, high = _limits(value, people, own.value)
    assumed = None if own.is_given else _limits(value, people, ASSUMED)
    return Wave(month, name, value, low, high, WILSON, people, assumed, own)


def _limits(value: float, people: float, design_effect: float) -> tuple[float, float]:
    low, high = percent_interval(value, people, design_effect=design_effect)
    return float(low), float(high)
