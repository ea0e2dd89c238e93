"""Intervals of a comparison: ratio and difference of two rates, difference of two percentages.

Arrays of any shape go in, or numbers that fit them; limits of the joint shape come out, NaN where a
figure is missing or negative or an exposure is not above zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, ndtri

from dashboard.metrics.chance import pairs_of
from dashboard.metrics.intervals import (
    CONFIDENCE_95,
    Interval,
    check_confidence,
    rate_interval,
)
from dashboard.metrics.rates import rate_per


def rate_ratio_interval(
    before: ArrayLike,
    after: ArrayLike,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
    confidence: float = CONFIDENCE_95,
    dispersion: ArrayLike = 1.0,
) -> Interval:
    """The interval of (after / exposure_after) / (before / exposure_before).

    The limits of the later count's share of all events (Clopper and Pearson 1934), as odds, times
    exposure_before / exposure_after; it holds 1 just when the exact conditional test of
    :mod:`~dashboard.metrics.chance` gives p of 1 - confidence or more.

    Args:
        before: earlier events; at zero the upper limit is infinite.
        after: later events; at zero the lower limit is 0.
        exposure_before: people, or person-months, behind the earlier count.
        exposure_after: the same behind the later.
        confidence: between 0 and 1.
        dispersion: the counts are divided by it, which widens the interval.

    Raises:
        ValueError: bad confidence; a dispersion under 1.
    """
    check_confidence(confidence)
    x, y, e, f = pairs_of(before, after, exposure_before, exposure_after, dispersion)
    with np.errstate(divide="ignore", invalid="ignore"):
        limits = [np.asarray(limit) * e / f for limit in _exact_odds(x, y, confidence)]
    return Interval(*(np.where(np.isnan(x + y), np.nan, limit)[()] for limit in limits))


def rate_difference_interval(
    before: ArrayLike,
    after: ArrayLike,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
    per: float = 1.0,
    confidence: float = CONFIDENCE_95,
    dispersion: ArrayLike = 1.0,
) -> Interval:
    """The interval of per * (after / exposure_after - before / exposure_before).

    MOVER (Zou and Donner 2008) from the two rates' own intervals: exact below ten events, Byar's
    from there on. Arguments as :func:`rate_ratio_interval`; at two zero counts the interval is
    that of two zero rates, about 0.

    Raises:
        ValueError: bad confidence; a dispersion under 1; ``per`` is not above zero.
    """
    if np.any(np.asarray(dispersion) < 1):
        raise ValueError("a dispersion factor is 1 or more")
    rates = rate_per(before, exposure_before, per), rate_per(after, exposure_after, per)
    limits = [
        rate_interval(count, people, per, confidence, dispersion)
        for count, people in ((before, exposure_before), (after, exposure_after))
    ]
    return difference_interval(rates[0], limits[0], rates[1], limits[1])


def difference_interval(
    before: ArrayLike, interval_before: Interval, after: ArrayLike, interval_after: Interval
) -> Interval:
    """MOVER: the interval of a difference of independent figures from theirs (Zou, Donner 2008).

    lower = y - x - sqrt((y - l_y)^2 + (u_x - x)^2)
    upper = y - x + sqrt((u_y - y)^2 + (x - l_x)^2)

    Where it does not hold 0 each figure also lies outside the other's interval: the difference is
    clear of both. Any two intervals of one confidence will do, such as those a survey publishes.
    """
    x, y = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    low = np.hypot(y - interval_after.lower, interval_before.upper - x)
    high = np.hypot(interval_after.upper - y, x - interval_before.lower)
    return Interval((y - x - low)[()], (y - x + high)[()])


def p_of_difference(difference: ArrayLike, interval: Interval) -> NDArray:
    """The two-sided p-value that goes with 95% intervals of differences.

    The half of the interval on the side of 0, taken as so many standard errors of a normal: the
    confidence at which it would just reach 0, so that p and the interval never contradict each
    other.

    Args:
        difference: later less earlier, any shape.
        interval: its limits, same shape.

    Returns:
        1 for no difference, 0 for a difference without error; NaN where anything is missing.
    """
    apart = np.asarray(difference, dtype=float)
    lower, upper = (np.asarray(limit, dtype=float) for limit in interval)
    half = np.where(apart > 0, apart - lower, upper - apart)
    z = ndtri((1 + CONFIDENCE_95) / 2) * np.abs(apart) / np.where(half > 0, half, np.nan)
    p = np.where(half <= 0, 0.0, 2 * ndtr(-z))
    return np.where((apart == 0) & ~np.isnan(half), 1.0, p)[()]


def _exact_odds(x: NDArray, y: NDArray, confidence: float) -> tuple[NDArray, NDArray]:
    tail = (1 - confidence) / 2
    some, rest = np.where(y > 0, y, np.nan), np.where(x > 0, x, np.nan)
    low = np.where(y > 0, betaincinv(some, x + 1, tail), 0.0)
    # The upper limit as the share of the earlier events, which keeps its precision near 1.
    high = np.where(x > 0, betaincinv(rest, y + 1, tail), 0.0)
    return low / (1 - low), np.where(high > 0, (1 - high) / high, np.inf)
