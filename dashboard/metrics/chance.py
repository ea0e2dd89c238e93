"""Would chance explain it? Tests of two counts: exact conditional and E-test.

In both a dispersion factor d divides the counts: a series d times as uneven as Poisson's
carries the evidence of one d times smaller (quasi-likelihood; McCullagh and Nelder 1989, 4.5).
Arrays of any shape go in, or numbers that fit them, and p-values of the joint shape come out: NaN
where a count is missing or negative, or an exposure is missing or not above zero; 1 where both
counts are zero, which says nothing of a change.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaln, xlogy

from dashboard.metrics.poisson_tails import PoissonTails

_SIGMAS = 7.0
"""The E-test's sum runs this many standard deviations each way: what is left out is under 1e-10."""
_POINTS_A_SIGMA = 25
"""The E-test's sum takes at least this many counts in a standard deviation, where there are."""
_POINTS_AT_ONCE = 100_000
_TIE = 1e-9


class Pairs(NamedTuple):
    """Counts over their dispersion, and exposures, of one shape; NaN where there is no pair."""

    before: NDArray
    after: NDArray
    exposure_before: NDArray
    exposure_after: NDArray


def exact_conditional_test(
    before: ArrayLike,
    after: ArrayLike,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
    dispersion: ArrayLike = 1.0,
) -> NDArray:
    """The two-sided p-value that two counts come from one rate (Przyborowski and Wilenski 1940).

    Given their total n, the later count is binomial(n, e_after / (e_before + e_after)) when the
    rates are equal. The smaller tail is doubled, which agrees with the interval of
    :func:`~dashboard.metrics.significance.rate_ratio_interval`. With a dispersion factor the
    tails are those of the incomplete beta function at the divided counts.

    Args:
        before: earlier events.
        after: later events.
        exposure_before: people, or person-months, behind the earlier count.
        exposure_after: the same behind the later.
        dispersion: variance over that of a Poisson count, 1 or more.

    Raises:
        ValueError: a dispersion under 1.
    """
    x, y, e, f = pairs_of(before, after, exposure_before, exposure_after, dispersion)
    at_most, at_least = _binomial_tails(y, x, f / (e + f))
    return np.minimum(1.0, 2 * np.minimum(at_most, at_least))[()]


def e_test(
    before: ArrayLike,
    after: ArrayLike,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
    dispersion: ArrayLike = 1.0,
) -> NDArray:
    """The two-sided p-value of the E-test (Krishnamoorthy and Thomson 2004, equation 3.5).

    The chance, at the common rate estimated from both counts, of a statistic
    |x2/e2 - x1/e1| / sqrt(x1/e1^2 + x2/e2^2) at least as large as the one seen. More powerful than
    the conditional test for small counts, but with no guarantee of its level. For each later
    count the earlier ones that are at least as extreme end at the roots of a quadratic, so that one
    of the two sums is a Poisson tail. From 2,500 expected events on, the other sum takes every
    second, third, … count: the p-value is right to four decimal places.

    Arguments, missing values and errors as :func:`exact_conditional_test`.
    """
    pairs = pairs_of(before, after, exposure_before, exposure_after, dispersion)
    shape = pairs.before.shape
    flat = Pairs(*(each.ravel() for each in pairs))
    p = np.full(flat.before.shape, np.nan)
    with np.errstate(invalid="ignore"):
        total = flat.before + flat.after
        same = flat.after * flat.exposure_before == flat.before * flat.exposure_after
    p[np.isfinite(total)] = 1.0
    todo = np.flatnonzero(np.isfinite(total) & ~same)
    start, sizes = 0, _grid(flat, todo)[2]
    while start < len(todo):
        # As many pairs as keep memory small, and at least one.
        ends = np.cumsum(sizes[start:])
        stop = start + max(1, int(np.searchsorted(ends, _POINTS_AT_ONCE, side="right")))
        chunk = todo[start:stop]
        p[chunk] = _e_test_sums(Pairs(*(each[chunk] for each in flat)))
        start = stop
    return np.minimum(p, 1.0).reshape(shape)[()]


def pairs_of(
    before: ArrayLike, after: ArrayLike, exposure_before: ArrayLike, exposure_after: ArrayLike,
    dispersion: ArrayLike,
) -> Pairs:  # fmt: skip
    """Return what is compared; arguments and errors as :func:`exact_conditional_test`."""
    x, y, e, f, d = np.broadcast_arrays(
        *(np.asarray(each, dtype=float) for each in
          (before, after, exposure_before, exposure_after, dispersion))
    )  # fmt: skip
    if np.any(d < 1):
        raise ValueError("a dispersion factor is 1 or more")
    good = (x >= 0) & (y >= 0) & (e > 0) & (f > 0) & np.isfinite(d)
    return Pairs(*(np.where(good, each, np.nan) for each in (x / d, y / d, e, f)))


def _binomial_tails(x: NDArray, others: NDArray, share: NDArray) -> tuple[NDArray, NDArray]:
    """P(X <= x) and P(X >= x) of a binomial(x + others, share), at counts that need not be whole.

    P(X <= x) = I(1 - share; others, x + 1) and P(X >= x) = I(share; x, others + 1).
    """
    missing = np.isnan(x + others)
    some, rest = np.maximum(x, np.finfo(float).tiny), np.maximum(others, np.finfo(float).tiny)
    at_most = np.where(others > 0, betainc(rest, x + 1, 1 - share), 1.0)
    at_least = np.where(x > 0, betainc(some, others + 1, share), 1.0)
    return np.where(missing, np.nan, at_most), np.where(missing, np.nan, at_least)


def _grid(pairs: Pairs, chosen: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """First later count, step and number of steps of the E-test's sum."""
    x, y, e, f = (each[chosen] for each in pairs)
    mean = f * (x + y) / (e + f)
    reach = _SIGMAS * np.sqrt(mean)
    first = np.maximum(0, np.floor(mean - reach))
    step = np.maximum(1, np.floor(np.sqrt(mean) / _POINTS_A_SIGMA))
    number = np.ceil((mean + reach + _SIGMAS**2 - first) / step).astype(int) + 1
    return first, step, number


def _e_test_sums(pairs: Pairs) -> NDArray:
    """The double sum of each pair: over later counts, of the tails of the earlier ones."""
    x, y, e, f = pairs
    everything = np.arange(len(x))
    first, step, number = _grid(pairs, everything)
    at = np.repeat(everything, number)
    along = np.arange(len(at)) - np.repeat(np.cumsum(number) - number, number)
    later = first[at] + step[at] * along
    rate = (x + y) / (e + f)
    squared = (y / f - x / e) ** 2 / (x / e**2 + y / f**2)
    # (u - k)^2 >= t (c u + k): earlier counts k outside the roots of k^2 - (2u + t) k + u^2 - tcu.
    c, t = (e / f)[at], squared[at]
    u = later * c
    root = np.sqrt(t * (4 * u * (1 + c) + t))
    low, high = (2 * u + t - root) / 2, (2 * u + t + root) / 2
    earlier = PoissonTails(rate * e)
    # Nothing in either period gives no statistic, and is not at least as extreme.
    lowest = np.where(later > 0, np.floor(low + _TIE * (1 + np.abs(low))), -1.0)
    highest = np.ceil(high - _TIE * (1 + high)) - 1
    tails = earlier.at_most(at, lowest) + earlier.more_than(at, highest)
    later_mean = rate * f
    log_mean = xlogy(1, later_mean)
    likelihood = np.exp(later * log_mean[at] - later_mean[at] - gammaln(later + 1))
    return np.bincount(at, weights=step[at] * likelihood * tails, minlength=len(x))
