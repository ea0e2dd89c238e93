"""How probable the real months are under one prior of drift and lumpiness and another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from dashboard.metrics.projection.history import FEWEST_MONTHS, History
from dashboard.metrics.projection.level import Grid, Usual, filtered, mean_month
from dashboard.metrics.projection.seasonality import factors_of_past
from dashboard.metrics.projection.siblings import begins_of, held_against, siblings_from

Array = NDArray[np.float64]

LOG_DRIFTS = np.linspace(np.log(0.004), np.log(0.7), 20)
LOG_LUMPS = np.linspace(np.log(0.008), np.log(2.0), 20)
"""Where the likelihood of every series is worked out; steps are half the spread among series."""
START = Usual(0.1, -0.1, 10.0, 0.3, -0.2, 0.5)
"""Where the search begins: of the right order, and not what is in the code."""
POWERS = np.array([False, True, False, False, True, False])
"""Which of the six may be below zero; the others are searched for by their logarithm."""
BOUNDS = [(-5, 1), (-1, 0.5), (-2, 6), (-5, 2), (-1, 0.5), (-2, 1)]
TOLERANCE = 1e-9
TOGETHER = 500
"""Series that are filtered at once."""


@dataclass(frozen=True)
class Surface:
    """The likelihood of each of n series over drift and lumpiness."""

    likelihood: Array
    """Shape (n, drifts, lumps), over each series' highest."""
    size: Array
    """Shape (n,): mean count of a month."""

    @classmethod
    def of(cls, history: History) -> Surface:
        """Filter every month of a history under every pair of the grid, each series alone."""
        return cls.filtered(history.counts, factors_of_past(history))

    @classmethod
    def of_shares(cls, history: History) -> Surface:
        """The same of each area's share of what its siblings count; of those with siblings."""
        begins = begins_of(history)
        chosen = begins <= history.counts.shape[1] - FEWEST_MONTHS
        some = history.rows(chosen)
        counts, exposure, season = held_against(some, siblings_from(some, begins[chosen]))
        return cls.filtered(counts, exposure * season.of_past)

    @classmethod
    def filtered(cls, counts: Array, factors: Array) -> Surface:
        """Filter counts of shape (n, months) under every pair, by factors of the same shape."""
        drifts, lumps = (each.ravel() for each in np.meshgrid(LOG_DRIFTS, LOG_LUMPS, indexing="ij"))
        highest, size = [], mean_month(counts)[:, 0]
        for at in range(0, len(counts), TOGETHER):
            some = counts[at : at + TOGETHER]
            shape = (len(some), len(drifts))
            grid = Grid(
                np.broadcast_to(np.exp(drifts), shape),
                np.broadcast_to(np.exp(lumps), shape),
                np.zeros(len(drifts)),
            )
            weight = filtered(some, factors[at : at + TOGETHER], grid).log_weight
            highest.append(np.exp(weight - weight.max(axis=1)[:, None]))
        table = np.concatenate(highest).reshape(len(counts), len(LOG_DRIFTS), len(LOG_LUMPS))
        return cls(table, size)

    def log_evidence(self, usual: Usual) -> Array:
        """Logarithm of each series' probability, over that under its best pair: shape (n,)."""
        drift = _shares(LOG_DRIFTS, usual.drift(self.size), usual.spread_of_logs)
        lumps = _shares(LOG_LUMPS, usual.lumps(self.size), usual.spread_of_logs)
        mean = np.einsum("nd,nd->n", drift, np.einsum("ndk,nk->nd", self.likelihood, lumps))
        return np.log(np.maximum(mean, np.finfo(float).tiny))


def most_probable(surfaces: Sequence[Surface], shares: Sequence[Array] | None = None) -> Usual:
    """The prior under which the series of all places are most probable, each place alike.

    The sum over places of the weighted mean of the series' `Surface.log_evidence` is made largest.

    Args:
        surfaces: One a place.
        shares: Weight of each series of each place, adding to 1; None for all alike.
    """
    given = shares or [np.full(len(each.size), 1 / len(each.size)) for each in surfaces]

    def improbable(point: Array) -> float:
        usual = _usual_at(point)
        pairs = zip(surfaces, given, strict=True)
        return -sum(float(share @ surface.log_evidence(usual)) for surface, share in pairs)

    start = np.array(astuple(START))
    np.log(start, out=start, where=~POWERS)
    found = minimize(improbable, start, method="L-BFGS-B", bounds=BOUNDS, tol=TOLERANCE)
    return _usual_at(found.x)


def resampled(surfaces: Sequence[Surface], rounds: int, seed: int) -> Iterator[Usual]:
    """Yield the same of series drawn again with replacement within each place (bootstrap)."""
    chance = np.random.default_rng(seed)
    for _ in range(rounds):
        drawn = []
        for surface in surfaces:
            count = len(surface.size)
            drawn.append(chance.multinomial(count, np.full(count, 1 / count)) / count)
        yield most_probable(surfaces, drawn)


def _usual_at(point: Array) -> Usual:
    return Usual(*(float(each) for each in np.where(POWERS, point, np.exp(point))))


def _shares(places: Array, usual: Array, spread: float) -> Array:
    """Weights of a normal distribution of logarithms about the usual: shape (n, places)."""
    steps = (places[None, :] - np.log(usual)[:, None]) / spread
    weight = np.exp(-(steps**2) / 2)
    return weight / weight.sum(axis=1, keepdims=True)
