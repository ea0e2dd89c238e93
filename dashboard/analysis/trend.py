"""Whether an indicator has a recent trend: over five years apart, or over years that overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.analysis._trend_values import (
    APART,
    OVERLAPPING,
    PERCENT,
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
from dashboard.metrics.significance import GOING_BY
from dashboard.metrics.trend import (
    CANNOT_CALCULATE,
    NO_CHANGE,
    recent_trend,
    recent_trend_overlapping,
)

__all__ = ["APART", "OVERLAPPING", "TrendAnswer", "trend", "trend_in"]

NEEDED = (
    "it takes five years' values with their error, or eight years that end quarter after quarter"
)


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
    method: str = APART
    """`APART` or `OVERLAPPING`."""
    dispersion: float | None = None
    """By which the intervals of counts are widened; None for surveys."""
    dispersion_from: str = ""
    reason: str = ""
    """Why it cannot be calculated; "" where it can."""

    def sentence(self) -> str:
        """Return the trend in words."""
        if self.reason:
            return f"recent trend {self.word}: {self.reason}"
        periods = self.values["period"]
        span = f"{periods.iloc[0]} to {periods.iloc[-1]}"
        if self.method == OVERLAPPING:
            span += ", quarter by quarter, allowing for the quarters that the years share"
        # A trend that is called from too narrow an error says so, as a change does.
        by = "" if self.word == NO_CHANGE else GOING_BY.get(self.dispersion_from, "")
        return f"recent trend: {self.word} ({span}){by}"


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
        reason = NEEDED if series["value"].notna().any() else "there are no figures"
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
        slope=_known(found.slope) if calculated else None,
        chi_square=_known(found.chi_square) if calculated else None,
        p_value=_known(found.p_value) if calculated else None,
        signs_agree=calculated and bool(found.signs_agree),
        values=taken.values,
        illustrative=bool(series["illustrative"].any()),
        method=taken.method,
        dispersion=taken.dispersion,
        dispersion_from=taken.dispersion_from,
        reason=reason,
    )


def _forbidden(picture: Picture, indicator: str, taken: Taken) -> str:
    """Return what data notes and confirmed breaks say against the periods, "" for nothing."""
    notes = picture.effects_on(indicator)
    pairs = zip(taken.windows[1:], taken.windows, taken.labels[1:], taken.labels, strict=False)
    reasons = [why_not_comparable(notes, now, then, (a, b)) for now, then, a, b in pairs]
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))


def _known(value: np.ndarray) -> float | None:
    return float(value) if np.isfinite(value) else None
