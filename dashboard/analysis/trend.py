"""Whether an indicator has a recent trend: over five years apart, or over years that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import denominator_of, year_to
from dashboard.analysis.question import Indicator, IndicatorAnswer, question
from dashboard.analysis.significance import factor_of
from dashboard.analysis.survey_waves import Wave, waves_in
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.intervals import CONFIDENCE_95, rate_interval
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Window
from dashboard.metrics.rates import rate_per
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because, together
from dashboard.metrics.rounding import as_number
from dashboard.metrics.trend import (
    CANNOT_CALCULATE,
    POINTS,
    POINTS_OVERLAPPING,
    recent_trend,
    recent_trend_overlapping,
)
from dashboard.metrics.windows import window_totals

COUNT, RATE, PERCENT = "count", "rate", "percent"
STEPS_APART = "weighted line through five values that share nothing (Fingertips)"
OVERLAPPING = "generalised least squares through eight years, one ending each quarter"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The values that a trend is tested on."""

    measure: str
    """What the values are: count, rate or percent."""
    values: pd.DataFrame
    """period, value, lower, upper; oldest first."""
    windows: list[Window]
    method: str = STEPS_APART
    """`STEPS_APART` or `OVERLAPPING`."""
    dispersion: float | None = None
    """By which the intervals of counts are widened; None for surveys."""
    dispersion_from: str = ""


@dataclass(frozen=True, kw_only=True)
class TrendAnswer(IndicatorAnswer, Taken):
    """The recent trend of an indicator, with the values that it rests on."""

    JSON = """
        indicator area as_at trend=word measure slope chi_square p_value signs_agree method
        dispersion dispersion_from reason values sentence title area_name illustrative
    """

    word: str
    """Such as "decreasing and getting better"."""
    slope: float | None
    chi_square: float | None
    p_value: float | None
    signs_agree: bool
    reason: Reasons = NO_REASON
    """Why it cannot be calculated; no reason where it can."""

    @property
    def is_overlapping(self) -> bool:
        """Whether the trend is taken over years that share quarters."""
        return self.method == OVERLAPPING


@question
def trend(view: AreaView, indicator: Indicator) -> TrendAnswer:
    """Whether an indicator has a recent trend: five years apart, or eight that overlap.

    Counts that add up are taken over the five years that end with as at, which share no month;
    where those are not all known, over the eight years that end with as at and each quarter before
    it, their overlap allowed for; as rates where each has a denominator. Stocks have no error and
    no trend; surveys are taken wave by wave. Across a break, or with an unreliable note on any of
    the periods, there is none.
    """
    about = view.indicator(indicator)
    view, month = view.own_period(indicator)
    series = view.series(indicator)
    taken = (
        last_waves(waves_in(view, indicator, month))
        if about.unit == PERCENT
        else _years_of(view, indicator, month)
    )
    test = recent_trend_overlapping if taken.method == OVERLAPPING else recent_trend
    found = test(*(taken.values[each].to_numpy(dtype=float) for each in
                   ("value", "lower", "upper")))  # fmt: skip
    reason = _forbidden(view, indicator, taken)
    if not reason and found.word == CANNOT_CALCULATE:
        has_figures = bool(series["value"].notna().any())
        reason = because(Because.TOO_FEW_YEARS if has_figures else Because.NO_FIGURES)
    calculated = not reason
    return TrendAnswer(
        **view.header(month, indicator),
        **vars(taken),
        word=str(found.in_words(about.lower_is_better)) if calculated else CANNOT_CALCULATE,
        slope=as_number(float(found.slope)) if calculated else None,
        chi_square=as_number(float(found.chi_square)) if calculated else None,
        p_value=as_number(float(found.p_value)) if calculated else None,
        signs_agree=calculated and bool(found.signs_agree),
        reason=reason,
    )


def _years_of(view: AreaView, indicator: str, month: pd.Period) -> Taken:
    """Return five years that share no month; where one is not known, eight that overlap."""
    about, figures = view.indicator(indicator), view.counted(indicator)

    def ending(number: int, months: int) -> tuple[list[Window], list[float | None]]:
        """Return years that begin so many months apart, the last of which ends with the month."""
        year = year_to(month)
        windows = [year.moved_by(-months * back) for back in range(number - 1, -1, -1)]
        return windows, [each.value for each in window_totals(figures, windows, about.aggregation)]

    windows, totals = ending(POINTS, MONTHS_A_YEAR)
    method = STEPS_APART
    if None in totals and about.adds_up:
        closer = ending(POINTS_OVERLAPPING, MONTHS_A_QUARTER)
        if None not in closer[1]:
            (windows, totals), method = closer, OVERLAPPING
    return _with_intervals(view, indicator, windows, totals, method)


def _with_intervals(
    view: AreaView, indicator: str, windows: list[Window], totals: list[float | None], method: str
) -> Taken:
    about, series = view.indicator(indicator), view.series(indicator)
    adds_up = about.adds_up
    counts = np.array([np.nan if total is None else total for total in totals])
    people = [denominator_of(series, each) for each in windows]
    is_rate = adds_up and None not in people
    residents = np.array(people, dtype=float) if is_rate else np.ones(len(windows))
    per = about.rate_per if is_rate else 1.0
    factor = factor_of(view, indicator, windows[-1])
    # A stock has no error.
    counted_only = counts if adds_up else np.full(len(counts), np.nan)
    limits = rate_interval(counted_only, residents, per, CONFIDENCE_95, factor.value)
    labels = [each.label() for each in windows]
    values = pd.DataFrame({"period": labels, "value": rate_per(counts, residents, per)})
    values = values.assign(lower=limits.lower, upper=limits.upper)
    measure = RATE if is_rate else COUNT
    return Taken(
        measure=measure, values=values, windows=windows, method=method, dispersion=factor.value,
        dispersion_from=factor.source,
    )  # fmt: skip


def last_waves(waves: Sequence[Wave]) -> Taken:
    """Return the last of a survey's waves, earliest first, with their intervals."""
    last = waves[-POINTS:]
    values = pd.DataFrame(
        [(f"survey of {each.month.year}", each.value, each.lower, each.upper) for each in last],
        columns=["period", "value", "lower", "upper"],
    ).astype({"value": float, "lower": float, "upper": float})
    windows = [Window(each.month, each.month) for each in last]
    return Taken(measure=PERCENT, values=values, windows=windows)


def _forbidden(view: AreaView, indicator: str, taken: Taken) -> Reasons:
    """Return what data notes and confirmed breaks say against the periods."""
    notes = view.effects_on(indicator)
    is_survey = taken.measure == PERCENT
    years = [each.last_month.year if is_survey else None for each in taken.windows]
    pairs = zip(taken.windows[1:], taken.windows, zip(years[1:], years, strict=False), strict=False)
    return together(why_not_comparable(notes, *pair) for pair in pairs)
