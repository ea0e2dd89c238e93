"""Whether a change is larger than chance would explain, and how large it may be.

Intervals of a comparison: ratio and difference of two rates, difference of two percentages. Arrays
of any shape go in, or numbers that fit them; limits of the joint shape come out, NaN where a figure
is missing or negative or an exposure is not above zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, ndtri

from dashboard.metrics.chance import e_test, exact_conditional_test, pairs_of
from dashboard.metrics.dispersion import NO_OVERDISPERSION
from dashboard.metrics.intervals import (
    CONFIDENCE_95,
    CONFIDENCE_998,
    Interval,
    check_confidence,
    percent_interval,
    rate_interval,
)
from dashboard.metrics.rates import rate_per
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.rounding import as_number

SIGNIFICANCE_LEVEL = 1 - CONFIDENCE_95
"""A change is called beyond chance when p is under it: once in twenty, chance alone is."""
EXACT_METHOD = "exact conditional Poisson test"
SURVEY_METHOD = "difference of two surveys (Newcombe, from Wilson intervals)"
OWN_HISTORY, LIKE_SERIES, NOWHERE = "own history", "like series", "not known"
"""Where a dispersion factor comes from: the series' own history and what is usual, what is usual
alone, or nothing (a factor of 1, where nothing is counted)."""
Limits = tuple[float | None, float | None]
NO_LIMITS: Limits = (None, None)


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


@dataclass(frozen=True)
class Significance:
    """A change held against chance; where it could not be, ``not_tested`` says why."""

    JSON = """
        p_value method dispersion dispersion_from e_test_p_value ratio_95 ratio_998 difference_95
        difference_998 verdict not_tested
    """

    p_value: float | None = None
    """Two-sided, by ``method``."""
    method: str = ""
    dispersion: float | None = None
    """The factor by which the series is more uneven than Poisson; None for surveys."""
    dispersion_from: str = ""
    """``OWN_HISTORY``, ``LIKE_SERIES`` or ``NOWHERE``; "" for surveys."""
    e_test_p_value: float | None = None
    ratio_95: Limits = NO_LIMITS
    """Of later over earlier; the upper limit is None where it has none."""
    ratio_998: Limits = NO_LIMITS
    difference_95: Limits = NO_LIMITS
    """Of later less earlier, in the unit of the change."""
    difference_998: Limits = NO_LIMITS
    not_tested: Reasons = NO_REASON
    """Why it was not tested; no reason where it was."""

    @property
    def is_beyond_chance(self) -> bool | None:
        """True when chance does not explain the change; None when it was not tested."""
        return None if self.p_value is None else self.p_value < SIGNIFICANCE_LEVEL


def significance_of_counts(
    before: float,
    after: float,
    *,
    dispersion: float = NO_OVERDISPERSION,
    dispersion_from: str = NOWHERE,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    per: float = 1.0,
) -> Significance:
    """Hold two counts, or rates when there are exposures, against chance.

    Args:
        before: earlier events, of windows that do not overlap.
        after: later events.
        dispersion: the factor of the series, 1 or more.
        dispersion_from: ``OWN_HISTORY``, ``LIKE_SERIES`` or ``NOWHERE``.
        exposure_before: residents behind the earlier count; 1 for counts.
        exposure_after: residents behind the later.
        per: the differences are per this many.
    """
    pair = (before, after, exposure_before, exposure_after)
    p_value = as_number(float(exact_conditional_test(*pair, dispersion)))
    if p_value is None:
        return Significance(not_tested=because(Because.NO_COUNT))
    levels = (CONFIDENCE_95, CONFIDENCE_998)
    ratios = [_limits(rate_ratio_interval(*pair, level, dispersion)) for level in levels]
    differences = [
        _limits(rate_difference_interval(*pair, per, level, dispersion)) for level in levels
    ]
    return Significance(
        p_value=p_value,
        method=EXACT_METHOD,
        dispersion=dispersion,
        dispersion_from=dispersion_from,
        e_test_p_value=as_number(float(e_test(*pair, dispersion))),
        ratio_95=ratios[0],
        ratio_998=ratios[1],
        difference_95=differences[0],
        difference_998=differences[1],
    )


def significance_of_percents(
    before: float,
    after: float,
    *,
    sample_before: float | None = None,
    sample_after: float | None = None,
    limits_before: Limits = NO_LIMITS,
    limits_after: Limits = NO_LIMITS,
    design_effect: float = 1.0,
) -> Significance:
    """Hold two percentages of surveys against their sampling error.

    A wave's own published 95% limits are used where it has them, else Wilson's. The difference is
    called when its interval (MOVER) does not hold 0, and so is clear of both waves' intervals. The
    p-value is that of the same interval: the confidence at which it would just reach 0.

    Args:
        before: the earlier percentage, 0 to 100.
        after: the later percentage.
        sample_before: people who answered then; None when not given.
        sample_after: people who answered then.
        limits_before: the wave's published 95% limits.
        limits_after: the same of the later wave.
        design_effect: of both waves; only where limits are not published.
    """

    def difference_at(level: float) -> Interval:
        earlier = _wave_limits(before, sample_before, limits_before, design_effect, level)
        later = _wave_limits(after, sample_after, limits_after, design_effect, level)
        return difference_interval(before, earlier, after, later)

    at_95, at_998 = difference_at(CONFIDENCE_95), difference_at(CONFIDENCE_998)
    if not np.isfinite(at_95.lower):
        return Significance(not_tested=because(Because.NO_SAMPLE))
    return Significance(
        p_value=float(p_of_difference(after - before, at_95)),
        method=SURVEY_METHOD,
        difference_95=_limits(at_95),
        difference_998=_limits(at_998),
    )


def _wave_limits(
    percent: float, sample: float | None, limits: Limits, design_effect: float, level: float
) -> Interval:
    low, high = limits
    if low is not None and high is not None:
        wider = float(ndtri((1 + level) / 2) / ndtri((1 + CONFIDENCE_95) / 2))
        edges = percent + wider * (low - percent), percent + wider * (high - percent)
        return Interval(*(np.asarray(edge)[()] for edge in edges))
    return percent_interval(percent, np.nan if sample is None else sample, level, design_effect)


def _limits(interval: Interval) -> Limits:
    low, high = (float(limit) for limit in interval)
    return (low if np.isfinite(low) else None, high if np.isfinite(high) else None)
