"""Whether an indicator has a recent trend, over its last five years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.answers.levels import counted, denominator_of
from dashboard.answers.picture import Picture
from dashboard.answers.significance import factor_of
from dashboard.metrics.intervals import CONFIDENCE_95, Interval, percent_interval, rate_interval
from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, parse_month
from dashboard.metrics.rates import rate_per
from dashboard.metrics.trend import POINTS, recent_trend
from dashboard.metrics.windows import SURVEY_WAVE, window_total
from dashboard.warehouse import Warehouse

COUNT, RATE, PERCENT = "count", "rate", "percent"


@dataclass(frozen=True)
class TrendAnswer:
    """The recent trend of an indicator, with the values that it rests on."""

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

    def sentence(self) -> str:
        """Return the trend in words."""
        periods = self.values["period"]
        if periods.empty:
            return f"recent trend {self.word}: there are no figures"
        known = np.isfinite(self.values[["value", "lower", "upper"]].to_numpy(dtype=float))
        if len(periods) < POINTS or not known.all():
            return f"recent trend {self.word}: it takes five years' values with their error"
        return f"recent trend: {self.word} ({periods.iloc[0]} to {periods.iloc[-1]})"

    def to_dict(self) -> dict[str, object]:
        """Return plain values, for JSON."""
        return {
            "indicator": self.indicator,
            "area": self.area,
            "as_at": self.as_at,
            "trend": self.word,
            "measure": self.measure,
            "slope": self.slope,
            "chi_square": self.chi_square,
            "p_value": self.p_value,
            "signs_agree": self.signs_agree,
            "values": self.values,
            "sentence": self.sentence(),
            "title": self.title,
            "area_name": self.area_name,
            "illustrative": self.illustrative,
        }


def trend(
    warehouse: Warehouse, indicator: str, *, area: str = "", plan: str = "", as_at: str = ""
) -> TrendAnswer:
    """Return the recent trend of an indicator.

    Args:
        warehouse: A published database.
        indicator: An indicator id.
        area: An area code; "" for the plan's own.
        plan: A plan id; "" for the area's, or the first.
        as_at: The last month that counts, "2009-12"; "" for the latest with figures.

    Raises:
        UnknownChoiceError: No such plan, area or indicator.
        NoFiguresError: The area has no figures of it.
        ValueError: as_at is not a month.
    """
    return trend_in(Picture.of(warehouse, plan, area), indicator, as_at=as_at)


def trend_in(picture: Picture, indicator: str, *, as_at: str | pd.Period = "") -> TrendAnswer:
    """Return the recent trend of an indicator in a picture; see `trend`.

    Counts that add up are taken over the five years that end with as at, which share no month, as
    rates where each has a denominator; stocks have no error and no trend; surveys are taken wave by
    wave.
    """
    about = picture.indicator(indicator)
    month = parse_month(as_at) if as_at else picture.latest_month(indicator)
    series = picture.series(indicator)
    if about["unit"] == PERCENT:
        measure, values = PERCENT, _waves(series, month)
    else:
        measure, values = _years(picture, indicator, month)
    found = recent_trend(*(values[each].to_numpy(dtype=float) for each in
                           ("value", "lower", "upper")))  # fmt: skip
    return TrendAnswer(
        indicator=indicator,
        title=str(about["title"]),
        area=picture.area_code,
        area_name=picture.area_name,
        as_at=str(month),
        measure=measure,
        word=str(found.in_words(bool(about["lower_is_better"]))),
        slope=_known(found.slope),
        chi_square=_known(found.chi_square),
        p_value=_known(found.p_value),
        signs_agree=bool(found.signs_agree),
        values=values,
        illustrative=bool(series["illustrative"].any()),
    )


def _years(picture: Picture, indicator: str, month: pd.Period) -> tuple[str, pd.DataFrame]:
    about, series = picture.indicator(indicator), picture.series(indicator)
    year = Window(later(month, 1 - MONTHS_A_YEAR), month)
    windows = [year.moved_by(-MONTHS_A_YEAR * back) for back in range(POINTS - 1, -1, -1)]
    adds_up = about["aggregation"] == "sum"
    figures = counted(series)
    totals = [window_total(figures, each, about["aggregation"]).value for each in windows]
    counts = np.array([np.nan if total is None else total for total in totals])
    people = [denominator_of(series, each) for each in windows]
    is_rate = adds_up and None not in people
    residents = np.array(people, dtype=float) if is_rate else np.ones(POINTS)
    per = float(about["rate_per"]) if is_rate else 1.0
    factor = factor_of(picture, indicator, "rolling_year", (year, windows[-2])).value
    limits = rate_interval(counts, residents, per, CONFIDENCE_95, factor)
    if not adds_up:
        limits = Interval(np.full(POINTS, np.nan), np.full(POINTS, np.nan))
    return RATE if is_rate else COUNT, pd.DataFrame(
        {
            "period": [each.label() for each in windows],
            "value": rate_per(counts, residents, per),
            "lower": limits.lower,
            "upper": limits.upper,
        }
    )


def _waves(series: pd.DataFrame, month: pd.Period) -> pd.DataFrame:
    starts = pd.to_datetime(series["period_start"])
    is_wave = series["period_kind"].eq(SURVEY_WAVE) & starts.le(month.end_time)
    waves = series[is_wave & series["value"].notna()].sort_values("period_start").tail(POINTS)
    percents = waves["value"].to_numpy(dtype=float)
    wilson = percent_interval(percents, waves["sample_size"].to_numpy(dtype=float))
    published = [waves[each].to_numpy(dtype=float) for each in ("lower", "upper")]
    years = pd.to_datetime(waves["period_start"]).dt.year
    return pd.DataFrame(
        {
            "period": [f"survey of {year}" for year in years],
            "value": percents,
            "lower": np.where(np.isnan(published[0]), wilson.lower, published[0]),
            "upper": np.where(np.isnan(published[1]), wilson.upper, published[1]),
        }
    )


def _known(value: np.ndarray) -> float | None:
    return float(value) if np.isfinite(value) else None
