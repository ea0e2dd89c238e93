"""Whether an indicator has a recent trend: over five years apart, or over years that overlap."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis._trend_values import (
    OVERLAPPING,
    PERCENT,
    STEPS_APART,
    Taken,
    last_waves,
    years_of,
)
from dashboard.analysis.parameters import Indicator
from dashboard.analysis.picture import Picture
from dashboard.analysis.question import question
from dashboard.analysis.survey_error import design_effect_of
from dashboard.analysis.survey_waves import waves_of
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because, together
from dashboard.metrics.rounding import as_number
from dashboard.metrics.trend import (
    CANNOT_CALCULATE,
    recent_trend,
    recent_trend_overlapping,
)

__all__ = ["OVERLAPPING", "STEPS_APART", "TrendAnswer", "trend", "trend_in"]


@dataclass(frozen=True)
class TrendAnswer:
    """The recent trend of an indicator, with the values that it rests on."""

    JSON = """
        indicator area as_at trend=word measure slope chi_square p_value signs_agree method
        dispersion dispersion_from reason values sentence title area_name illustrative
    """

    indicator: str
    title: str
    area: str
    area_name: str
    as_at: str
    measure: str
    """What the values are: count, rate or percent."""
    word: str
    """Such as "decreasing and getting better"."""
    slope: float | None
    chi_square: float | None
    p_value: float | None
    signs_agree: bool
    values: pd.DataFrame
    """period, value, lower, upper; oldest first."""
    illustrative: bool
    method: str = STEPS_APART
    """`STEPS_APART` or `OVERLAPPING`."""
    dispersion: float | None = None
    """By which the intervals of counts are widened; None for surveys."""
    dispersion_from: str = ""
    reason: Reasons = NO_REASON
    """Why it cannot be calculated; no reason where it can."""

    @property
    def is_overlapping(self) -> bool:
        """Whether the trend is taken over years that share quarters."""
        return self.method == OVERLAPPING


@question
def trend(view: Picture, indicator: Indicator) -> TrendAnswer:
    """Whether an indicator has a recent trend: five years apart, or eight that overlap.

    See `trend_in`.
    """
    return trend_in(view, indicator, as_at=view.as_at_text)


def trend_in(picture: Picture, indicator: str, *, as_at: str | pd.Period = "") -> TrendAnswer:
    """Return the recent trend of an indicator in a picture; see `trend`.

    Counts that add up are taken over the five years that end with as at, which share no month;
    where those are not all known, over the eight years that end with as at and each quarter before
    it, their overlap allowed for; as rates where each has a denominator. Stocks have no error and
    no trend; surveys are taken wave by wave. Across a break, or with an unreliable note on any of
    the periods, there is none.
    """
    about = picture.indicator(indicator)
    picture, month = picture.own_period(indicator, as_at)
    series = picture.series(indicator)
    taken = (
        last_waves(waves_of(series, month, design_effect_of(about)))
        if about["unit"] == PERCENT
        else years_of(picture, indicator, month)
    )
    test = recent_trend_overlapping if taken.method == OVERLAPPING else recent_trend
    found = test(*(taken.values[each].to_numpy(dtype=float) for each in
                   ("value", "lower", "upper")))  # fmt: skip
    reason = _forbidden(picture, indicator, taken)
    if not reason and found.word == CANNOT_CALCULATE:
        has_figures = bool(series["value"].notna().any())
        reason = because(Because.TOO_FEW_YEARS if has_figures else Because.NO_FIGURES)
    calculated = not reason
    return TrendAnswer(
        indicator=indicator,
        title=str(about["title"]),
        area=picture.area_code,
        area_name=picture.area_name,
        as_at=str(month),
        measure=taken.measure,
        word=str(found.in_words(bool(about["lower_is_better"])))
        if calculated
        else CANNOT_CALCULATE,
        slope=as_number(float(found.slope)) if calculated else None,
        chi_square=as_number(float(found.chi_square)) if calculated else None,
        p_value=as_number(float(found.p_value)) if calculated else None,
        signs_agree=calculated and bool(found.signs_agree),
        values=taken.values,
        illustrative=bool(series["illustrative"].any()),
        method=taken.method,
        dispersion=taken.dispersion,
        dispersion_from=taken.dispersion_from,
        reason=reason,
    )


def _forbidden(picture: Picture, indicator: str, taken: Taken) -> Reasons:
    """Return what data notes and confirmed breaks say against the periods."""
    notes = picture.effects_on(indicator)
    pairs = zip(taken.windows[1:], taken.windows, taken.labels[1:], taken.labels, strict=False)
    return together(why_not_comparable(notes, now, then, (a, b)) for now, then, a, b in pairs)
