"""How much more uneven than Poisson a series is: variance over mean, the dispersion factor.

Repeat victims, sprees and police operations make crime come in lumps: 1 for events that come one
by one, 2 for pairs. One factor of a series and period serves the test of its change, the interval
of its rate and the interval of its rank.

A series' own history. On the scale r = 2 sqrt(count + 3/8) a count's variance is about the
factor, whatever its level (Anscombe 1948). The step from one period to the next, less the same
step of the year before,

    d_t = (r_t - r_[t-1]) - (r_[t-12] - r_[t-13]),      variance 4 times the factor,

takes out level, trend and a season that repeats (a difference-based variance: Rice 1984), and a
break in the series touches four of them. The square of d is averaged with each |d| held to 2.5
robust standard deviations (Huber 1981), so that breaks and single events of months count little.
Lumps may last for some months: totals of three months set three months apart are looked at where
the history is long enough, else single months. Where only rolling years are known, quarter by
quarter, the second difference of r of the years is looked at instead: a year less the one before
is a quarter less the same of the year before.

The factor of a period. What is known of the history is drawn towards what is usual for its kind
and size (`usual_dispersion.py`), the more the shorter it is, and carried from the length of the
history's totals to that of the period: by both the excess over 1 grows as events^b. With no
history the factor is the usual one. No other series has a say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR
from dashboard.metrics.usual_dispersion import GROWTH, usual_dispersion

NO_OVERDISPERSION = 1.0
FEWEST_STEPS = 12
"""Our convention: with fewer steps a history is not called a series' own; 12 take 25 months."""
FEWEST_STEPS_OF_QUARTERS = 24
"""Our convention: 89 months. A single wild month touches four in 24 of the steps of its quarters,
which the hold on far ones still bears."""
STEPS_OF_THE_USUAL = 40
"""Steps of history that what is usual weighs as much as (`benchmarks.dispersion_prior`)."""
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


class History(NamedTuple):
    """What series' own histories say of their dispersion, each of the series' shape."""

    estimate: NDArray
    """Variance over mean of the totals looked at, not held to 1; NaN where there is no step."""
    count: NDArray
    """Events of such a total, in the mean; NaN where there is none."""
    steps: NDArray
    """How many steps it rests on, side by side."""

    @property
    def is_own(self) -> NDArray:
        """Where it is long enough to speak for the series."""
        return np.asarray(self.steps) >= FEWEST_STEPS


NO_HISTORY = History(*(np.asarray(each)[()] for each in (np.nan, np.nan, 0)))


def dispersion_at(
    count: ArrayLike, kinds: str | Sequence[str], history: History = NO_HISTORY
) -> NDArray:
    """The dispersion factor of periods.

    With k steps of history that give the estimate e of totals of m events,

        e' = (k e + K usual(m)) / (k + K),    factor = 1 + max(e' - 1, 0) (n / m)^b,

    K = ``STEPS_OF_THE_USUAL``, n the events of the period, b and usual of `usual_dispersion.py`;
    usual(n) where there is no history.

    Args:
        count: events of each period, of the mean of the two in a change; any shape.
        kinds: the indicator that the counts are of, or one for each of them.
        history: of each series, from :func:`dispersion_of`; broadcasts with the counts.

    Returns:
        1 or more; NaN where the count is missing.
    """
    events = np.maximum(np.asarray(count, dtype=float), 0.0)
    estimate, size, steps = (np.asarray(each, dtype=float) for each in history)
    usual = usual_dispersion(events, kinds)
    is_known = (steps > 0) & (size > 0) & np.isfinite(estimate)
    total = np.where(is_known, size, 1.0)
    drawn = steps * np.where(is_known, estimate, 0.0) + STEPS_OF_THE_USUAL * usual_dispersion(
        np.broadcast_to(total, np.broadcast_shapes(total.shape, events.shape)), kinds
    )
    excess = np.maximum(drawn / (steps + STEPS_OF_THE_USUAL) - 1, 0.0)
    own = NO_OVERDISPERSION + excess * (events / total) ** GROWTH
    return np.where(is_known, own, usual)[()]


def dispersion_of(counts: ArrayLike, periods_a_year: int = MONTHS_A_YEAR) -> History:
    """What each series' months or quarters say of its dispersion.

    Args:
        counts: (…, periods), equally spaced, oldest first; a missing or negative count is a gap,
            and the steps that touch it are left out.
        periods_a_year: 12 for months, 4 for quarters.

    Returns:
        Of three-month totals where there are ``FEWEST_STEPS_OF_QUARTERS`` of their steps side by
        side, else of the single periods. No steps for a series of zeros.

    Raises:
        ValueError: periods_a_year is not 1 or more.
    """
    if periods_a_year < 1:
        raise ValueError("periods in a year are 1 or more")
    series = np.atleast_1d(np.asarray(counts, dtype=float))
    found = history_of_totals(series, 1, periods_a_year)
    if periods_a_year == MONTHS_A_YEAR:
        longer = history_of_totals(series, MONTHS_A_QUARTER)
        is_long = longer.steps >= FEWEST_STEPS_OF_QUARTERS
        found = History(*(np.where(is_long, *each) for each in zip(longer, found, strict=True)))
    return History(*(each[()] for each in found))


def history_of_totals(
    counts: NDArray, periods: int, periods_a_year: int = MONTHS_A_YEAR
) -> History:
    """:func:`dispersion_of` by totals of one number of periods, so many periods apart.

    Totals that overlap say less than their number: as many steps as stand side by side are counted.
    """
    series = _totals(np.where(counts >= 0, counts, np.nan), periods)
    root = 2 * np.sqrt(series + ANSCOMBE)
    step = root[..., periods:] - root[..., :-periods]
    step = step[..., periods_a_year:] - step[..., :-periods_a_year]
    return _history(step, COUNTS_IN_A_STEP, series, periods)


def dispersion_of_rolling_years(totals: ArrayLike) -> History:
    """What series of which only the years that end each quarter are known say of their quarters.

    Y_t - Y_[t-1] = q_t - q_[t-4] of the quarters q, so that the second difference is the step of
    :func:`dispersion_of` on quarters; of r = 2 sqrt(Y + 3/8) its variance is about the factor,

        Var(Y_t - 2 Y_[t-1] + Y_[t-2]) = 4 d q = d Y.

    Args:
        totals: (…, quarters), twelve-month totals a quarter apart, oldest first; a missing or
            negative one is a gap, and the steps that touch it are left out.

    Returns:
        Of quarters: the count is a fourth of the years'. No steps for zeros alone.
    """
    years = np.atleast_1d(np.asarray(totals, dtype=float))
    years = np.where(years >= 0, years, np.nan)
    step = np.diff(2 * np.sqrt(years + ANSCOMBE), n=2, axis=-1)
    found = _history(step, 1, years * MONTHS_A_QUARTER / MONTHS_A_YEAR, 1)
    return History(*(each[()] for each in found))


def _totals(series: NDArray, months: int) -> NDArray:
    """Overlapping totals of so many periods; (…, periods - months + 1)."""
    if series.shape[-1] < months:
        return series[..., :0]
    return np.lib.stride_tricks.sliding_window_view(series, months, axis=-1).sum(axis=-1)


def _history(step: NDArray, variance: int, totals: NDArray, apart: int) -> History:
    steps = np.isfinite(step).sum(axis=-1) // apart
    known = np.isfinite(totals)
    mean = np.where(known, totals, 0.0).sum(axis=-1) / np.maximum(known.sum(axis=-1), 1)
    is_something = (steps > 0) & (mean > 0)
    estimate = np.where(is_something, _held_mean_square(step) / variance, np.nan)
    return History(estimate, np.where(is_something, mean, np.nan), np.where(is_something, steps, 0))


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
