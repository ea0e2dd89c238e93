"""The values that a recent trend is looked for in: five years apart, eight that overlap, waves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.analysis.levels import counted, denominator_of
from dashboard.analysis.picture import Picture
from dashboard.analysis.significance import factor_of
from dashboard.analysis.survey_waves import Wave
from dashboard.metrics.intervals import CONFIDENCE_95, Interval, rate_interval
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Window, later, survey_label
from dashboard.metrics.rates import rate_per
from dashboard.metrics.trend import POINTS, POINTS_OVERLAPPING
from dashboard.metrics.windows import window_totals

COUNT, RATE, PERCENT = "count", "rate", "percent"
STEPS_APART = "weighted line through five values that share nothing (Fingertips)"
OVERLAPPING = "generalised least squares through eight years, one ending each quarter"


@dataclass(frozen=True)
class Taken:
    """The values that a trend is looked for in; ``windows`` and ``labels`` say what each is of."""

    measure: str
    values: pd.DataFrame
    windows: list[Window]
    labels: list[str]
    method: str = STEPS_APART
    dispersion: float | None = None
    dispersion_from: str = ""


def years_of(picture: Picture, indicator: str, month: pd.Period) -> Taken:
    """Take five years apart, or where one of them is not known eight that overlap."""
    apart = _totals(picture, indicator, _ending(month, POINTS, MONTHS_A_YEAR))
    windows, totals = apart
    method = STEPS_APART
    if None in totals and picture.indicator(indicator)["aggregation"] == "sum":
        closer = _totals(picture, indicator, _ending(month, POINTS_OVERLAPPING, MONTHS_A_QUARTER))
        if None not in closer[1]:
            (windows, totals), method = closer, OVERLAPPING
    return _with_intervals(picture, indicator, windows, totals, method)


def _ending(month: pd.Period, number: int, apart: int) -> list[Window]:
    """Return so many years, so many months apart, the last of which ends with a month."""
    year = Window(later(month, 1 - MONTHS_A_YEAR), month)
    return [year.moved_by(-apart * back) for back in range(number - 1, -1, -1)]


def _totals(
    picture: Picture, indicator: str, windows: list[Window]
) -> tuple[list[Window], list[float | None]]:
    figures = counted(picture.series(indicator))
    way = picture.indicator(indicator)["aggregation"]
    return windows, [each.value for each in window_totals(figures, windows, way)]


def _with_intervals(
    picture: Picture,
    indicator: str,
    windows: list[Window],
    totals: list[float | None],
    method: str,
) -> Taken:
    about, series = picture.indicator(indicator), picture.series(indicator)
    adds_up = about["aggregation"] == "sum"
    counts = np.array([np.nan if total is None else total for total in totals])
    people = [denominator_of(series, each) for each in windows]
    is_rate = adds_up and None not in people
    residents = np.array(people, dtype=float) if is_rate else np.ones(len(windows))
    per = float(about["rate_per"]) if is_rate else 1.0
    year = windows[-1]
    both = (year, year.moved_by(-MONTHS_A_YEAR))
    factor = factor_of(picture, indicator, both)
    limits = rate_interval(counts, residents, per, CONFIDENCE_95, factor.value)
    if not adds_up:
        limits = Interval(np.full(len(windows), np.nan), np.full(len(windows), np.nan))
    labels = [each.label() for each in windows]
    values = pd.DataFrame(
        {
            "period": labels,
            "value": rate_per(counts, residents, per),
            "lower": limits.lower,
            "upper": limits.upper,
        }
    )
    return Taken(
        RATE if is_rate else COUNT, values, windows, labels, method, factor.value, factor.source
    )


def last_waves(waves: Sequence[Wave]) -> Taken:
    """Take the last waves of a survey, with their intervals.

    Args:
        waves: Of `dashboard.analysis.survey_waves.waves_of`, earliest first.
    """
    last = waves[-POINTS:]
    values = pd.DataFrame(
        [(f"survey of {each.month.year}", each.value, each.lower, each.upper) for each in last],
        columns=["period", "value", "lower", "upper"],
    ).astype({"value": float, "lower": float, "upper": float})
    windows = [Window(each.month, each.month) for each in last]
    return Taken(PERCENT, values, windows, [survey_label(each.month.year) for each in last])
