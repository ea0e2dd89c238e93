"""How sure a place among peers is: the whole distribution of a rank, worked out without chance.

Every member's true rate is taken as Gamma((count + 0.5) / d, d / exposure), d the dispersion: its
mean is (count + 0.5) / exposure and its variance d times that of a Poisson count. Given the rate x
of one member, the number of others that are better is a sum of independent yes-or-no events
(Poisson-binomial) with probabilities F_j(x); the distribution of the rank is its mean over x,
by the trapezoidal rule over normal scores of the member's own rate. Against the closed form of two
members it errs by less than 1e-7; by up to 1e-4 where a count of 0 is widened so far that its
shape, 0.5 / d, is under 0.3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc, gammaincc, gammainccinv, gammaincinv, ndtr

from dashboard.metrics.intervals import CONFIDENCE_95

JEFFREYS = 0.5
"""Added to a count: Jeffreys' prior of a Poisson rate (Jeffreys 1961, section 3.1)."""
REACH = 8.0
"""Normal scores covered on either side; 6e-16 of the weight lies outside."""
WIDEST_STEP = 0.25
STEP_OF_NARROWEST = 0.8
"""Step of the grid in widths of the narrowest other member, for which the trapezoidal rule
converges faster than any power of the step (Trefethen and Weideman 2014, SIAM Review 56: 385)."""
MOST_HALVINGS = 5
"""Of the widest step; finer than that a member is as good as known exactly."""
NUMBERS_AT_ONCE = 4_000_000
"""Numbers of one array held at once, 32 MB of doubles."""


class Moved(NamedTuple):
    """Chances of having moved up, stayed and moved down, which add up to 1."""

    up: NDArray
    same: NDArray
    down: NDArray


def chance_of_lower(
    count: ArrayLike,
    exposure: ArrayLike,
    other_count: ArrayLike,
    other_exposure: ArrayLike,
    dispersion: ArrayLike = 1.0,
    other_dispersion: ArrayLike | None = None,
) -> NDArray:
    """The chance that one rate is under another, in closed form.

    P(X < Y) = I_p(a, b), the regularised incomplete beta function, with shapes a and b, and
    p = s_Y / (s_X + s_Y) of their scales.

    Args:
        count: events of the first, any shape. A negative count (a correction) is taken as 0.
        exposure: residents or households of the first, above 0; else NaN.
        other_count: of the second.
        other_exposure: of the second.
        dispersion: variance over the Poisson variance, 1 or more, of the first.
        other_dispersion: of the second; None for the same.
    """
    other_wide = dispersion if other_dispersion is None else other_dispersion
    a, scale = _gamma(count, exposure, dispersion)
    b, other_scale = _gamma(other_count, other_exposure, other_wide)
    return betainc(a, b, other_scale / (scale + other_scale))


def rank_distribution(
    count: ArrayLike,
    exposure: ArrayLike,
    own: ArrayLike,
    dispersion: ArrayLike = 1.0,
    lower_is_better: bool = True,
) -> NDArray:
    """The chance of every rank of one member of each of many groups.

    Args:
        count: events, shape (groups, members). A negative count is taken as 0; NaN is no data.
        exposure: residents or households, same shape or one row; not above 0 is no data.
        own: index of the member looked at in each group, shape (groups,) or one number.
        dispersion: variance over the Poisson variance, 1 or more; broadcast to the counts: a value
            for each group has shape (groups, 1), for each member (members,).
        lower_is_better: True when the lowest rate has rank 1.

    Returns:
        Shape (groups, members): the chance of rank 1, 2, ...; rows add up to 1. Members without
        data take no part; a row is NaN where the member itself has none.

    Raises:
        ValueError: a dispersion is under 1, or counts are not of two dimensions.
    """
    counts = np.asarray(count, dtype=float)
    if counts.ndim != 2:  # noqa: PLR2004 - groups and members
        raise ValueError(f"counts have two dimensions, groups and members, not {counts.ndim}")
    shape, scale = _gamma(counts, np.broadcast_to(exposure, counts.shape), dispersion)
    index = np.broadcast_to(np.asarray(own, dtype=int), counts.shape[:1])
    found = np.empty(counts.shape)
    halvings = _halvings(shape, scale, index)
    for halving in np.unique(halvings):
        scores = np.linspace(-REACH, REACH, int(2 * REACH / WIDEST_STEP) * 2 ** int(halving) + 1)
        at_once = max(1, NUMBERS_AT_ONCE // (len(scores) * max(1, counts.shape[1])))
        rows = np.flatnonzero(halvings == halving)
        # Many members share a count, and with it the quantiles, which take long.
        own_shapes, place = np.unique(shape[rows, index[rows]], return_inverse=True)
        quantiles = _quantile(own_shapes[:, None], scores)
        for part in np.array_split(np.arange(len(rows)), -(-len(rows) // at_once)):
            groups, own = rows[part], index[rows[part]]
            rate = quantiles[place[part]] * scale[groups, own][:, None]
            found[groups] = _distribution(
                shape[groups], scale[groups], own, rate, scores, lower_is_better
            )
    return found


def every_members_distribution(
    count: ArrayLike,
    exposure: ArrayLike,
    dispersion: ArrayLike = 1.0,
    lower_is_better: bool = True,
) -> NDArray:
    """:func:`rank_distribution` of every member of one group: shape (members, members)."""
    counts = np.asarray(count, dtype=float)
    rows = (len(counts), len(counts))
    each = [np.broadcast_to(np.asarray(part, float), rows) for part in (counts, exposure)]
    return rank_distribution(*each, np.arange(len(counts)), dispersion, lower_is_better)


def interval_of_rank(
    distribution: NDArray, confidence: float = CONFIDENCE_95
) -> tuple[NDArray, NDArray]:
    """The lowest and highest rank of the middle of a distribution (equal tails), as floats.

    Args:
        distribution: chances of rank 1, 2, ... along the last axis; NaN gives NaN.
        confidence: between 0 and 1. As ranks are whole, the interval holds at least this.
    """
    tail = (1 - confidence) / 2
    below = np.cumsum(distribution, axis=-1)
    known = ~np.isnan(below[..., -1])
    ends = [(below < level).sum(axis=-1) + 1.0 for level in (tail, 1 - tail)]
    lower, upper = (np.where(known, end, np.nan) for end in ends)
    return lower, np.minimum(upper, distribution.shape[-1])


def chance_within(distribution: NDArray, rank: int) -> NDArray:
    """The chance of a rank or better: the sum of the first ``rank`` chances of the last axis."""
    return np.minimum(np.asarray(distribution)[..., :rank].sum(axis=-1), 1.0)


def chance_of_moving(before: NDArray, now: NDArray) -> Moved:
    """The chances that a rank improved, stayed and worsened between two periods.

    The counts of the two periods are independent given the rates, so
    P(up) = sum over k of P(now = k) P(before > k).

    Args:
        before: distribution of the earlier rank along the last axis.
        now: of the later, same shape, among the same members.
    """
    worse_before = 1 - np.cumsum(before, axis=-1)
    up = (now * worse_before).sum(axis=-1)
    same = (now * before).sum(axis=-1)
    return Moved(np.clip(up, 0, 1), same, np.clip(1 - up - same, 0, 1))


def _gamma(count: ArrayLike, exposure: ArrayLike, dispersion: ArrayLike) -> tuple[NDArray, NDArray]:
    """Shape and scale of a rate; NaN without data."""
    wide = np.asarray(dispersion, dtype=float)
    if np.any(wide < 1):
        raise ValueError(f"a dispersion is 1 or more, not {np.nanmin(wide)}")
    events, people = np.asarray(count, dtype=float), np.asarray(exposure, dtype=float)
    people = np.where(people > 0, people, np.nan)
    # `maximum` keeps NaN, and adding 0 * people gives it where the exposure is missing.
    return (np.maximum(events, 0.0) + JEFFREYS) / wide + 0 * people, wide / people + 0 * events


def _halvings(shape: NDArray, scale: NDArray, own: NDArray) -> NDArray:
    """How often each group's step is halved, so that it suits its narrowest other member."""
    spread = np.sqrt(shape) * scale
    ratio = np.take_along_axis(spread, own[:, None], axis=1) / spread
    widest = np.nanmax(ratio, axis=1, initial=1.0)
    needed = np.ceil(np.log2(widest * WIDEST_STEP / STEP_OF_NARROWEST))
    return np.clip(needed, 0, MOST_HALVINGS).astype(int)


def _distribution(
    shape: NDArray,
    scale: NDArray,
    own: NDArray,
    rate: NDArray,
    scores: NDArray,
    lower_is_better: bool,
) -> NDArray:
    """Return the chance of every rank, given the own member's rate at each score."""
    groups, members = shape.shape
    weight = np.exp(-(scores**2) / 2)
    weight = weight / weight.sum()
    ranks = np.zeros((members, groups, len(scores)))
    ranks[0] = 1.0
    for each in range(members):
        other = np.where(own == each, np.nan, shape[:, each])
        heights = rate / scale[:, each, None]
        better = _chance_under(other, heights, scores, lower_is_better)
        better = np.where(np.isnan(other)[:, None], 0.0, better)
        # Before this member, at most so many others could be better.
        for place in range(each + 1, 0, -1):
            if place < members:
                ranks[place] += better * (ranks[place - 1] - ranks[place])
        ranks[0] -= better * ranks[0]
    return np.where(np.isnan(rate[:, :1]), np.nan, (ranks @ weight).T)


def _chance_under(
    shape: NDArray, heights: NDArray, scores: NDArray, lower_is_better: bool
) -> NDArray:
    """The chance that a unit gamma lies under each height (over it, when higher is better).

    Where the height is out of the gamma's reach the chance is 0 or 1, and is not worked out: the
    cube root of a gamma is nearly normal (Wilson and Hilferty 1931). The reach is shorter at
    scores of little weight: weight times tail, both normal, is under 1e-18 where it ends.
    """
    a = shape[:, None]
    score = np.cbrt(heights / a)
    score += 1 / (9 * a) - 1
    score *= 3 * np.sqrt(a)
    chance = ((score > 0) == lower_is_better).astype(float)
    score *= score
    near = np.flatnonzero(score < (REACH + 1) ** 2 - scores**2)
    tail = gammainc if lower_is_better else gammaincc
    chance.ravel()[near] = tail(shape[near // len(scores)], heights.ravel()[near])
    return chance


def _quantile(shape: NDArray, scores: NDArray) -> NDArray:
    """Quantiles of a unit gamma at normal scores, each tail from its own end."""
    lower = scores < 0
    ends = gammaincinv(shape, ndtr(scores[lower])), gammainccinv(shape, ndtr(-scores[~lower]))
    return np.concatenate(ends, axis=-1)
