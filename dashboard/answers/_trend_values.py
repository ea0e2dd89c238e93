"""The values that a recent trend is looked for in: five years apart, eight that overlap, waves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.answers.levels import counted, denominator_of
from dashboard.answers.picture import Picture
from dashboard.answers.significance import factor_of
from dashboard.metrics.intervals import CONFIDENCE_95, Interval, percent_interval, rate_interval
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Window, later, parse_month
from dashboard.metrics.rates import rate_per
from dashboard.metrics.trend import POINTS, POINTS_OVERLAPPING
from dashboard.metrics.windows import SURVEY_WAVE, window_total

COUNT, RATE, PERCENT = "count", "rate", "percent"
APART = "weighted line through five values that share nothing (Fingertips)"
OVERLAPPING = "generalised least squares through eight years, one ending each quarter"


@dataclass(frozen=True)
class Taken:
    """The values that a trend is looked for in; ``windows`` and ``labels`` say what each is of."""

    measure: str
    values: pd.DataFrame
    windows: list[Window]
    labels: list[str]
    method: str = APART
    dispersion: float | None = None
    dispersion_from: str = ""


def years_of(picture: Picture, indicator: str, month: pd.Period) -> Taken:
    """Take five years apart, or where one of them is not known eight that overlap."""
    apart = _totals(picture, indicator, _ending(month, POINTS, MONTHS_A_YEAR))
    windows, totals = apart
    method = APART
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
    return windows, [window_total(figures, each, way).value for each in windows]


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
    factor = factor_of(picture, indicator, "rolling_year", both)
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


def waves_of(series: pd.DataFrame, month: pd.Period, design_effect: float) -> Taken:
    """Take the last waves of a survey up to a month, with their intervals."""
    starts = pd.to_datetime(series["period_start"])
    is_wave = series["period_kind"].eq(SURVEY_WAVE) & starts.le(month.end_time)
    waves = series[is_wave & series["value"].notna()].sort_values("period_start").tail(POINTS)
    percents = waves["value"].to_numpy(dtype=float)
    sizes = waves["sample_size"].to_numpy(dtype=float)
    wilson = percent_interval(percents, sizes, design_effect=design_effect)
    published = [waves[each].to_numpy(dtype=float) for each in ("lower", "upper")]
    years = pd.to_datetime(waves["period_start"]).dt.year.tolist()
    values = pd.DataFrame(
        {
            "period": [f"survey of {year}" for year in years],
            "value": percents,
            "lower": np.where(np.isnan(published[0]), wilson.lower, published[0]),
            "upper": np.where(np.isnan(published[1]), wilson.upper, published[1]),
        }
    )
    months = [parse_month(f"{year}-01") for year in years]
    windows = [Window(each, each) for each in months]
    return Taken(PERCENT, values, windows, [f"the survey of {year}" for year in years])
