"""How good a predictive distribution was, once the total came: CRPS, in counts."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import ArrayLike, NDArray

from benchmarks._draws import Draws, Projection
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

Array = NDArray[np.float64]

SUMMED_UP_TO = 64
"""A range of at most so many whole numbers is summed one by one, a longer one integrated."""
NODES = 12
"""Gauss-Legendre nodes in each of four pieces."""
LOWER_SHARE, UPPER_SHARE = 1 / 3, 2 / 3
"""Where the mean lies between the ends of the range: six deviations below it, twelve above."""
END_CORRECTION = 12
LOWER_TAIL, UPPER_TAIL = 6.0, 12.0
"""Standard deviations from the mean beyond which nothing is left to score; the tail is skewed."""

Cdf = Callable[[Array], Array]


def crps(projection: Projection, outcome: ArrayLike) -> Array:
    """Continuous ranked probability score of the totals that came; lower is better, in counts.

    CRPS = sum over x of (P(total <= x) - [outcome <= x])^2 (Gneiting and Raftery 2007).

    Args:
        projection: of n series.
        outcome: the totals that came, shape (n,) or one for all.
    """
    came = np.broadcast_to(np.asarray(outcome, dtype=float), projection.counted.shape)
    if isinstance(projection, Draws):
        return crps_of_draws(projection.draws, came - projection.counted)
    return crps_of_negative_binomials(projection, came - projection.counted)


def crps_of_negative_binomials(projection: NegativeBinomials, outcome: Array) -> Array:
    """CRPS of mixtures of negative binomials: summed where they are narrow, else integrated.

    Args:
        projection: of n series.
        outcome: shape (n,): the remainder that came, a whole number.
    """
    spread = np.sqrt(projection.remainder_variance)
    low = np.maximum(0, projection.remainder_mean - LOWER_TAIL * spread)
    high = projection.remainder_mean + UPPER_TAIL * (spread + 1)
    is_short = np.maximum(outcome - low, high - outcome) < SUMMED_UP_TO
    score = np.empty(outcome.shape)
    for chosen, score_of in ((is_short, crps_summed), (~is_short, crps_integrated)):
        if chosen.any():
            cdf = projection.rows(chosen).smooth_cdf
            score[chosen] = score_of(cdf, outcome[chosen], low[chosen], high[chosen])
    return score


def crps_summed(cdf: Cdf, outcome: Array, low: Array, high: Array) -> Array:
    """CRPS of whole-number distributions, term by term, ``SUMMED_UP_TO`` terms on either side.

    CRPS = sum over x < outcome of F(x)^2 + sum over x >= outcome of (1 - F(x))^2.

    Args:
        cdf: P(count <= x) for x of shape (n, k), of each of the n series.
        outcome: shape (n,); what came, a whole number.
        low: not needed here; the range must not be longer than the sums.
        high: not needed here.
    """
    del low, high
    steps = np.arange(SUMMED_UP_TO)[None, :]
    under = cdf(outcome[:, None] - 1 - steps) ** 2
    over = (1 - cdf(outcome[:, None] + steps)) ** 2
    return under.sum(axis=1) + over.sum(axis=1)


def crps_integrated(cdf: Cdf, outcome: Array, low: Array, high: Array) -> Array:
    """The same sums by Gauss-Legendre quadrature: each whole number stands for a unit interval.

    The midpoint rule's error at the outcome, probability of the outcome / 12 (Euler and
    Maclaurin), is taken off.

    Args:
        cdf: P(count <= x), for x of shape (n, k) that need not be whole (a smooth continuation).
        outcome: shape (n,); what came, a whole number.
        low: shape (n,); below it F is nothing worth counting.
        high: shape (n,); above it 1 - F is nothing worth counting.
    """
    nodes, weights = leggauss(NODES)
    score = np.zeros(len(outcome))
    middle = np.clip((low * UPPER_SHARE + high * LOWER_SHARE), low, high)
    bounds = [np.minimum(low, outcome), np.minimum(middle, outcome), outcome,
              np.maximum(middle, outcome), np.maximum(high, outcome)]  # fmt: skip
    for piece, (start, end) in enumerate(itertools.pairwise(bounds)):
        half = (end - start)[:, None] / 2
        share = cdf(start[:, None] + half * (1 + nodes) - 0.5)
        missed = share if piece < 2 else 1 - share  # noqa: PLR2004 - two pieces are below
        score += (half * weights * missed**2).sum(axis=1)
    return score - (cdf(outcome[:, None]) - cdf(outcome[:, None] - 1))[:, 0] / END_CORRECTION


def crps_of_draws(draws: Array, outcome: Array) -> Array:
    """CRPS of equally likely draws: mean |draw - outcome| - mean |draw - other draw| / 2.

    Args:
        draws: shape (n, draws). A single draw gives the absolute error.
        outcome: shape (n,).
    """
    ordered = np.sort(draws, axis=1)
    count = ordered.shape[1]
    rank = 2 * np.arange(1, count + 1) - count - 1
    half_spread = (ordered * rank).sum(axis=1) / count**2
    return np.abs(ordered - outcome[:, None]).mean(axis=1) - half_spread
