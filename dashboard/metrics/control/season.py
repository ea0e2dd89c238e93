"""Seasonal adjustment for control charts: the ratio to a centred moving average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

from dashboard.metrics.control.limits import known_mean

FEWEST_YEARS = 3
"""With two, every factor would rest on one figure: ends of a centred average have no ratio."""
SEASONAL_LEVEL = 0.001
"""Level of the F test for stable seasonality in X-11 (Ladiray and Quenneville 2001, ch. 4)."""
SMALLEST_FACTOR = 0.1
"""A month that usually has a tenth of the average: dividing by it would make noise of figures."""
SMALLEST_MEAN = 10.0
"""Events a period under which ratios are mostly chance: their standard error is over 30%."""
METHOD = "ratio to a centred moving average"


@dataclass(frozen=True)
class Seasonal:
    """Series without their season.

    Attributes:
        adjusted: value / factor where `is_seasonal`, else the value: (series, periods).
        factors: Of each period, 1 on average over a year: (series, periods); 1 where not seasonal.
        is_seasonal: (series,) whether there is a season and enough years to take it out.
        p_value: (series,) of the F test; NaN where it could not be made.
        widening: (series,) what sigma is multiplied by, since the factors are estimates:
            years / (years - 1); 1 where not seasonal.
    """

    adjusted: NDArray
    factors: NDArray
    is_seasonal: NDArray
    p_value: NDArray
    widening: NDArray


def seasonally_adjust(
    values: ArrayLike,
    place_in_year: ArrayLike,
    cycle: int = 12,
    *,
    smallest_mean: float = SMALLEST_MEAN,
) -> Seasonal:
    """Divide series by their seasonal factors, where a season is plain and can be estimated.

        trend_t  = (x_(t-6)/2 + x_(t-5) + ... + x_(t+5) + x_(t+6)/2) / 12
        factor_m = median of x_t / trend_t over the years, of month m; then divided by their mean
        adjusted = x_t / factor_m

    There is a season when the ratios differ by month more than within months (one-way F test, the
    test of stable seasonality of X-11). The median holds against a single odd year. Source:
    Macaulay 1931; Ladiray and Quenneville 2001.

    Factors from y years take 1/y of the variance of the figures they rest on, and add 1/(y-1) to
    that of the latest, which they do not rest on (its centred average is not there yet): limits of
    adjusted figures are to be widened by sqrt(y/(y-1)) twice. Our own; see the simulation in
    docs/methods/control_charts.md.

    Args:
        values: (series, periods) or (periods,), NaN where missing; nothing negative.
        place_in_year: (periods,) month or quarter of each period, from 0.
        cycle: Periods a year: 12 or 4.
        smallest_mean: Series with fewer events a period are left as they are.
    """
    series = np.atleast_2d(np.asarray(values, dtype=float))
    places = np.asarray(place_in_year, dtype=int)
    if series.shape[1] < FEWEST_YEARS * cycle:
        return as_it_is(series)
    trend = centred_average(series, cycle)
    ratios = np.divide(series, trend, out=np.full(series.shape, np.nan), where=trend > 0)
    by_place, p_value = _factors_and_test(ratios, places, cycle)
    usable = (p_value < SEASONAL_LEVEL) & (by_place > SMALLEST_FACTOR).all(axis=1)
    usable &= known_mean(series)[:, 0] >= smallest_mean
    factors = np.where(usable[:, None], by_place[:, places], 1.0)
    years = np.isfinite(series).sum(axis=1) / cycle
    widening = np.divide(years, years - 1, out=np.ones(len(series)), where=usable)
    return Seasonal(series / factors, factors, usable, p_value, widening)


def as_it_is(values: NDArray) -> Seasonal:
    """Return series, (series, periods), from which no season is taken."""
    ones = np.ones(len(values))
    return Seasonal(values, np.ones(values.shape), ones < 0, ones * np.nan, ones)


def centred_average(values: NDArray, cycle: int) -> NDArray:
    """The average of a year around each period, half of each end's; NaN where it has not all.

    Args:
        values: (series, periods).
        cycle: Periods a year, an even number.
    """
    average = np.full(values.shape, np.nan)
    if values.shape[1] <= cycle:
        return average
    weights = np.full(cycle + 1, 1.0 / cycle)
    weights[[0, -1]] /= 2
    windows = np.lib.stride_tricks.sliding_window_view(values, cycle + 1, axis=1)
    average[:, cycle // 2 : values.shape[1] - cycle // 2] = windows @ weights
    return average


def _factors_and_test(ratios: NDArray, places: NDArray, cycle: int) -> tuple[NDArray, NDArray]:
    """Median ratio of each place, 1 on average, and the p value of the F test between places."""
    rows = len(ratios)
    medians, within = np.full((rows, cycle), np.nan), np.zeros(rows)
    totals, counts = np.zeros((rows, cycle)), np.zeros((rows, cycle))
    for place in range(cycle):
        own = ratios[:, places == place]
        known = np.isfinite(own)
        counts[:, place] = known.sum(axis=1)
        some = counts[:, place] > 1
        medians[some, place] = np.nanmedian(own[some], axis=1)
        mean = known_mean(own)
        totals[:, place] = np.where(some, mean[:, 0] * counts[:, place], np.nan)
        within += np.where(known, (own - mean) ** 2, 0.0).sum(axis=1)
    number = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        grand = totals.sum(axis=1) / number
        between = (counts * (totals / counts - grand[:, None]) ** 2).sum(axis=1)
        spread = number - cycle
        f = (between / (cycle - 1)) / (within / spread)
        p_value = fdtrc(cycle - 1, spread, f)
        factors = medians / medians.mean(axis=1, keepdims=True)
    return factors, p_value
