"""The place that a member of a group is heading for, if every member goes on as it does.

Each member's total is a distribution of its own (`projection/`): totals are drawn from all of
them, put on the members' denominators and ranked, draw by draw.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.polarity import shortfall
from dashboard.metrics.projection.negative_binomials import POISSON_SIZE, NegativeBinomials

DRAWS = 20_000
"""Totals drawn of each member: a chance has a standard error of 0.35 points at most."""
SEED = 20_100_331
"""Of the random numbers, so that a chance is the same wherever and whenever it is worked out."""


def draw_totals(projection: NegativeBinomials, draws: int = DRAWS) -> NDArray:
    """Draw totals of every series of a projection, each independent of the others.

    A part of the mixture by its weight, a rate from its gamma distribution, a Poisson count; what
    is counted already is added. Series number m is drawn from random stream m of `SEED`.

    Args:
        projection: of n series.
        draws: how many of each, 1 or more.

    Returns:
        Shape (n, draws), whole where what is counted is.
    """
    found = np.empty((len(projection.counted), draws))
    rows = zip(
        projection.counted, projection.means, projection.sizes, projection.weights, strict=True
    )
    for number, (counted, means, sizes, weights) in enumerate(rows):
        random = np.random.default_rng([SEED, number])
        part = random.choice(len(weights), size=draws, p=weights / weights.sum())
        mean, size = means[part], sizes[part]
        is_wide = (size < POISSON_SIZE) & (mean > 0)
        shape = np.where(is_wide, size, 1.0)
        rate = np.where(is_wide, random.gamma(shape) * mean / shape, mean)
        found[number] = counted + random.poisson(rate)
    return found


def projected_ranks(
    totals: ArrayLike, exposure: ArrayLike, own: ArrayLike, lower_is_better: bool = True
) -> NDArray:
    """The chance of every place of one member of each of many groups, from draws of their totals.

    Places as `ranking.competition_ranks` gives them: 1 is best, equal rates share the better one.

    Args:
        totals: (..., members, draws), members independent of each other; NaN is no data.
        exposure: residents or households, (..., members); not above 0 is no data.
        own: index of the member looked at in each group, one number or (...).
        lower_is_better: True when the lowest rate has rank 1.

    Returns:
        Shape (..., members): the share of draws in which it has rank 1, 2, ...; adds up to 1.
        Members without data take no part; NaN where the member itself has none.
    """
    drawn, people = np.asarray(totals, dtype=float), np.asarray(exposure, dtype=float)
    members, draws = drawn.shape[-2:]
    people = np.where(people > 0, people, np.nan)[..., None]
    index = np.broadcast_to(np.asarray(own, dtype=int), drawn.shape[:-2])[..., None, None]
    mine = np.take_along_axis(drawn, index, axis=-2)
    of_mine = np.take_along_axis(people, index, axis=-2)
    # Crosswise, in whole numbers: equal rates are equal.
    better = shortfall(mine * people, drawn * of_mine, lower_is_better) > 0
    places = better.sum(axis=-2)
    chances = (places[..., None, :] == np.arange(members)[:, None]).sum(axis=-1) / draws
    is_known = np.isfinite(mine * of_mine).all(axis=-1)
    return np.where(is_known, chances, np.nan)
