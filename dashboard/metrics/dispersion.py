"""How much more uneven than Poisson a series is, from its own history.

Repeat victims, sprees and police operations make crime come in lumps. The factor is the variance
of a count over its mean: 1 for events that come one by one, 2 for pairs.

Method. On the scale r = 2 sqrt(count + 3/8) a count's variance is about the factor, whatever its
level (Anscombe 1948). The step from one period to the next, less the same step of the year before,

    d_t = (r_t - r_[t-1]) - (r_[t-12] - r_[t-13]),      variance 4 times the factor,

takes out level, trend and a season that repeats (a difference-based variance: Rice 1984), and a
break in the series touches four of them. The square of d is averaged with each |d| held to 2.5
robust standard deviations (Huber 1981), so that breaks and single events of months count little.

Where only rolling years are known, quarter by quarter, the second difference of r of the years is
looked at instead: a year less the one before is a quarter less the same of the year before.

Lumps may last for some months. The same is therefore done on totals of three months set three
months apart, and for a window of a quarter or longer the larger of the two factors is used.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR

NO_OVERDISPERSION = 1.0
FEWEST_STEPS = 12
"""Our convention: with fewer steps to go by the factor is 1; 12 take 25 months."""
ANSCOMBE = 3 / 8
"""Added under a root, so that the root of a Poisson count has variance 1/4 (Anscombe 1948)."""
MAD_TO_SIGMA = 1.4826
"""Median absolute deviation to standard deviation, 1 / ndtri(0.75) (Huber 1981)."""
HELD_TO_SIGMAS = 2.5
"""Steps count as no larger than this (Huber 1981, section 5.2)."""
LEFT_OF_SQUARE = float(
    1
    - 2 * ndtr(-HELD_TO_SIGMAS)
    - 2 * HELD_TO_SIGMAS * (math.exp(-(HELD_TO_SIGMAS**2) / 2) / math.sqrt(2 * math.pi))
    + 2 * HELD_TO_SIGMAS**2 * ndtr(-HELD_TO_SIGMAS)
)
"""Mean square of a standard normal value so held."""
COUNTS_IN_A_STEP = 4
"""Four counts make up a step, each with the variance of the factor."""


class Dispersion(NamedTuple):
    """The factors of series, each of the series' shape."""

    factor: NDArray
    """At least 1; 1 where there is too little history."""
    estimate: NDArray
    """Before it is held to 1 or more; NaN where there is too little history."""
    steps: NDArray
    """How many steps it rests on; fewer than ``FEWEST_STEPS`` are too few."""

    @property
    def is_estimated(self) -> NDArray:
        """Where there was history enough to estimate it."""
        return np.isfinite(self.estimate)


def dispersion_of(
    counts: ArrayLike, periods_a_year: int = MONTHS_A_YEAR, window: int = 1
) -> Dispersion:
    """The dispersion factor of each series.

    Args:
        counts: (…, periods), equally spaced, oldest first; a missing or negative count is a gap,
            and the steps that touch it are left out.
        periods_a_year: 12 for months, 4 for quarters.
        window: how many periods the totals that will be compared have; from three months on
            the factor of three-month totals is looked at as well. Fewer than ``FEWEST_STEPS``
            steps, or a series of zeros, give the factor 1.

    Raises:
        ValueError: periods_a_year or window is not 1 or more.
    """
    if periods_a_year < 1 or window < 1:
        raise ValueError("periods in a year and in a window are 1 or more")
    series = np.atleast_1d(np.asarray(counts, dtype=float))
    series = np.where(series >= 0, series, np.nan)
    estimate, steps = _estimate(series, periods_a_year, 1)
    if periods_a_year == MONTHS_A_YEAR and window >= MONTHS_A_QUARTER:
        longer, more = _estimate(_totals(series, MONTHS_A_QUARTER), MONTHS_A_YEAR, MONTHS_A_QUARTER)
        is_longer = longer > np.nan_to_num(estimate, nan=np.inf)
        estimate, steps = np.where(is_longer, longer, estimate), np.where(is_longer, more, steps)
    return _at_least_poisson(estimate, steps)


def dispersion_of_rolling_years(totals: ArrayLike) -> Dispersion:
    """The dispersion factor of series of which only the years that end each quarter are known.

    Y_t - Y_[t-1] = q_t - q_[t-4] of the quarters q, so that the second difference is the step of
    :func:`dispersion_of` on quarters; of r = 2 sqrt(Y + 3/8) its variance is about the factor,

        Var(Y_t - 2 Y_[t-1] + Y_[t-2]) = 4 d q = d Y.

    Args:
        totals: (…, quarters), twelve-month totals a quarter apart, oldest first; a missing or
            negative one is a gap, and the steps that touch it are left out. Fewer than
            ``FEWEST_STEPS`` steps (14 totals), or zeros alone, give the factor 1.
    """
    years = np.atleast_1d(np.asarray(totals, dtype=float))
    years = np.where(years >= 0, years, np.nan)
    step = np.diff(2 * np.sqrt(years + ANSCOMBE), n=2, axis=-1)
    steps = np.isfinite(step).sum(axis=-1)
    is_known = (steps >= FEWEST_STEPS) & (np.nansum(years, axis=-1) > 0)
    estimate = np.where(is_known, _held_mean_square(step), np.nan)
    return _at_least_poisson(estimate, steps)


def dispersion_between(before: ArrayLike, after: ArrayLike) -> Dispersion:
    """One factor for a set of areas, from how differently they changed between two periods.

    For years without months behind them: z_i = 2 (sqrt(y_i) - sqrt(c x_i)) / sqrt(1 + c) with c
    the change of all areas together, z^2 averaged with the same hold on the far ones (after
    Spiegelhalter 2005, who winsorises z-scores against the whole). It holds the areas' real
    differences too: with it, a change is called only if it is unusual among areas.

    Args:
        before: earlier counts, one an area; missing ones are left out.
        after: later counts, same shape.

    Returns:
        Single numbers; factor 1 with fewer than ``FEWEST_STEPS`` areas.
    """
    x, y = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    good = (x >= 0) & (y >= 0) & (x + y > 0)
    x, y = x[good], y[good]
    if len(x) < FEWEST_STEPS or not x.sum() > 0:
        return _at_least_poisson(np.nan, len(x))
    c = y.sum() / x.sum()
    step = np.sqrt(y + ANSCOMBE) - np.sqrt(c * (x + ANSCOMBE))
    return _at_least_poisson(_held_mean_square(2 * step / np.sqrt(1 + c)), len(x))


def _at_least_poisson(estimate: ArrayLike, steps: ArrayLike) -> Dispersion:
    factor = np.maximum(np.nan_to_num(estimate, nan=NO_OVERDISPERSION), NO_OVERDISPERSION)
    return Dispersion(*(np.asarray(each)[()] for each in (factor, estimate, steps)))


def _totals(series: NDArray, months: int) -> NDArray:
    """Overlapping totals of so many periods; (…, periods - months + 1)."""
    if series.shape[-1] < months:
        return series[..., :0]
    return np.lib.stride_tricks.sliding_window_view(series, months, axis=-1).sum(axis=-1)


def _estimate(series: NDArray, season: int, apart: int) -> tuple[NDArray, NDArray]:
    root = 2 * np.sqrt(series + ANSCOMBE)
    if series.shape[-1] <= season + apart:
        steps = np.zeros(series.shape[:-1], dtype=int)
        return np.full(series.shape[:-1], np.nan), steps
    step = root[..., apart:] - root[..., :-apart]
    step = step[..., season:] - step[..., :-season]
    steps = np.isfinite(step).sum(axis=-1)
    # Totals that overlap say less than their number: as many as stand side by side are counted.
    enough = steps >= FEWEST_STEPS * apart if apart > 1 else steps >= FEWEST_STEPS
    something = np.nansum(series, axis=-1) > 0
    estimate = _held_mean_square(step) / COUNTS_IN_A_STEP
    return np.where(enough & something, estimate, np.nan), steps // apart


def _held_mean_square(steps: NDArray) -> NDArray:
    """Mean square with each value held to ``HELD_TO_SIGMAS``, unbiased for a normal sample."""
    size = np.abs(steps)
    is_known = np.isfinite(size)
    if size.shape[-1] == 0:
        return np.full(size.shape[:-1], np.nan)
    ranked = np.where(is_known, size, np.inf)
    ranked.sort(axis=-1)
    number = is_known.sum(axis=-1)
    middle = np.stack([np.maximum(number - 1, 0) // 2, number // 2], axis=-1)
    middle = np.minimum(middle, size.shape[-1] - 1)
    sigma = MAD_TO_SIGMA * np.take_along_axis(ranked, middle, axis=-1).mean(axis=-1)
    limit = HELD_TO_SIGMAS * np.where(sigma > 0, sigma, np.inf)[..., None]
    squares = np.where(is_known, np.minimum(size, limit) ** 2, 0.0).sum(axis=-1)
    return squares / np.maximum(number, 1) / LEFT_OF_SQUARE
