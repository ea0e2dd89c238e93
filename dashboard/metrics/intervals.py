"""Confidence intervals: Byar's and exact Poisson for counts and rates, Wilson for proportions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.rates import RESIDENTS_PER_RATE, rate_per

CONFIDENCE_95 = 0.95
CONFIDENCE_998 = 0.998
"""Three standard errors, the outer limits of public health funnel plots."""
EXACT_BELOW = 10
"""Byar's is too rough under 10 events: exact Poisson there (PHEindicatormethods, phe_rate)."""


class Interval(NamedTuple):
    """Lower and upper confidence limits, each in the shape and unit of the figures."""

    lower: NDArray
    upper: NDArray


def byar_interval(count: ArrayLike, confidence: float = CONFIDENCE_95) -> Interval:
    """Byar's approximation to the Poisson interval of a count.

    lower = x(1 - 1/(9x) - z/(3 sqrt x))^3; upper = y(1 - 1/(9y) + z/(3 sqrt y))^3, y = x + 1
    (Breslow and Day 1987, volume II). The lower limit is 0 at x = 0 and never below 0.

    Args:
        count: events, any shape; a missing or negative count has no interval (NaN).
        confidence: between 0 and 1.

    Raises:
        ValueError: the confidence is not between 0 and 1.
    """
    z = _normal_quantile(confidence)
    x = _counts(count)
    some = np.where(x > 0, x, np.nan)
    cube = np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0)
    lower = np.where(x == 0, 0.0, some * cube**3)
    y = x + 1
    return Interval(lower[()], (y * (1 - 1 / (9 * y) + z / (3 * np.sqrt(y))) ** 3)[()])


def exact_poisson_interval(count: ArrayLike, confidence: float = CONFIDENCE_95) -> Interval:
    """The exact Poisson interval of a count, from chi-square quantiles.

    lower = chi2(a/2; 2x)/2, upper = chi2(1 - a/2; 2x + 2)/2, a = 1 - confidence (Garwood 1936);
    the lower limit is 0 at x = 0. Arguments, missing values and errors as :func:`byar_interval`.

    Half a chi-square quantile is one of the gamma distribution, chi2(p; 2x)/2 = gamma(p; x), which
    ``scipy.special`` gives without the checks that take most of ``scipy.stats``'s time.
    """
    check_confidence(confidence)
    tail = (1 - confidence) / 2
    x = _counts(count)
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x > 0, x, np.nan), tail))
    return Interval(lower[()], gammaincinv(x + 1, 1 - tail)[()])


def count_interval(
    count: ArrayLike, confidence: float = CONFIDENCE_95, dispersion: ArrayLike = 1.0
) -> Interval:
    """Exact Poisson below ``EXACT_BELOW`` events, Byar's from there on.

    Args:
        count: as :func:`byar_interval`.
        confidence: between 0 and 1.
        dispersion: variance over that of a Poisson count (``dispersion.py``), d: the limits are d
            times those of count / d, so that an interval is about sqrt(d) times as wide.

    Raises:
        ValueError: the confidence is not between 0 and 1, or a dispersion is under 1.
    """
    factor = np.asarray(dispersion, dtype=float)
    if np.any(factor < 1):
        raise ValueError("a dispersion factor is 1 or more")
    effective = np.asarray(count, dtype=float) / factor
    exact = exact_poisson_interval(effective, confidence)
    byar = byar_interval(effective, confidence)
    few = effective < EXACT_BELOW
    lower, upper = (np.where(few, a, b) * factor for a, b in zip(exact, byar, strict=True))
    return Interval(lower[()], upper[()])


def rate_interval(
    count: ArrayLike,
    denominator: ArrayLike,
    per: float = RESIDENTS_PER_RATE,
    confidence: float = CONFIDENCE_95,
    dispersion: ArrayLike = 1.0,
) -> Interval:
    """The interval of a rate: that of its count, over the denominator (taken as exact).

    Args:
        count: events, any shape.
        denominator: residents or households; zero, negative or missing gives no interval (NaN).
        per: the rate is per this many.
        confidence: between 0 and 1.
        dispersion: as :func:`count_interval`.

    Raises:
        ValueError: the confidence is not between 0 and 1, ``per`` is not above zero, or a
            dispersion is under 1.
    """
    limits = count_interval(count, confidence, dispersion)
    return Interval(*(rate_per(limit, denominator, per) for limit in limits))


def wilson_interval(
    events: ArrayLike,
    sample_size: ArrayLike,
    confidence: float = CONFIDENCE_95,
    design_effect: ArrayLike = 1.0,
) -> Interval:
    """Wilson's score interval of a proportion (Wilson 1927; Newcombe 1998).

    (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)), where a design effect d replaces n
    by n/d and x by x/d (the effective sample; Kish 1965).

    Args:
        events: people who answered so, any shape.
        sample_size: people who answered; zero or missing gives no interval (NaN).
        confidence: between 0 and 1.
        design_effect: variance of the survey over that of a simple random sample; one for all,
            or one each.

    Returns:
        Limits of the proportion, between 0 and 1.

    Raises:
        ValueError: bad confidence; design effect not above zero; events under zero or above n.
    """
    z = _normal_quantile(confidence)
    effect = np.asarray(design_effect, dtype=float)
    if np.any(effect <= 0):
        raise ValueError(f"a design effect is above zero, not {effect.min():g}")
    x, n = np.asarray(events, dtype=float), np.asarray(sample_size, dtype=float)
    if np.any(x < 0) or np.any(x > n):
        raise ValueError("events of a proportion must lie between 0 and the sample size")
    p = x / np.where(n > 0, n, np.nan)
    n = n / effect
    middle = 2 * n * p + z**2
    spread = z * np.sqrt(z**2 + 4 * n * p * (1 - p))
    scale = 2 * (n + z**2)
    lower = np.where(p == 0, 0.0, (middle - spread) / scale)
    return Interval(lower[()], np.where(p == 1, 1.0, (middle + spread) / scale)[()])


def percent_interval(
    percent: ArrayLike,
    sample_size: ArrayLike,
    confidence: float = CONFIDENCE_95,
    design_effect: ArrayLike = 1.0,
) -> Interval:
    """Wilson's interval of a percentage (0 to 100); otherwise as :func:`wilson_interval`."""
    size = np.asarray(sample_size, dtype=float)
    events = np.asarray(percent, dtype=float) / PER_CENT * size
    limits = wilson_interval(events, size, confidence, design_effect)
    return Interval(*(PER_CENT * limit for limit in limits))


def _counts(count: ArrayLike) -> NDArray:
    x = np.asarray(count, dtype=float)
    return np.where(x >= 0, x, np.nan)


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is not between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, not {confidence}")


def _normal_quantile(confidence: float) -> float:
    check_confidence(confidence)
    return float(ndtri((1 + confidence) / 2))
