"""What people do by hand, and the closed forms: level known, season known, no drift."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from benchmarks._draws import Draws, Projection
from dashboard.metrics.periods import MONTHS_A_YEAR, financial_year_window
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.seasonality import factors_of_months

Array = NDArray[np.float64]

Spread = Callable[[Array, Array, Array, Array | float], Projection]

PRIOR_EVENTS = 0.5
"""Of Jeffreys' prior for a Poisson rate: half an event in no time."""


def gamma_poisson(
    events: ArrayLike,
    exposure: ArrayLike,
    exposure_left: ArrayLike,
    counted: ArrayLike = 0.0,
    dispersion: ArrayLike = 1.0,
) -> NegativeBinomials:
    """What a constant rate leaves to come, its own uncertainty included: NB(x + 0.5, n / (n + m)).

    The rate is Gamma(x + 0.5) over n (Jeffreys), and the remainder over m Poisson given the rate;
    its mean is (x + 0.5) m / n and its variance that times (1 + m / n). A dispersion above 1
    multiplies the variance.

    Args:
        events: shape (n,): x, events counted.
        exposure: shape (n,): n, months (or months times season) they were counted in.
        exposure_left: shape (n,): m, those still to come.
        counted: shape (n,): events of the window so far.
        dispersion: shape (n,): variance over mean, 1 for a Poisson.
    """
    given = (events, exposure, exposure_left)
    x, n, m = (np.atleast_1d(np.asarray(each, dtype=float)) for each in given)
    mean = (x + PRIOR_EVENTS) * m / n
    return NegativeBinomials.single(mean, np.asarray(dispersion) * mean * (1 + m / n), counted)


def own_dispersion(history: History) -> Array:
    """Variance over mean of the months around level and season, from successive differences.

    sum over t of (x(t)/s(t) - x(t-1)/s(t-1))^2 / (2 mean level), over the months, at least 1; the
    differences leave a drifting level out.
    """
    factors = factors_of_months(history, history.months)
    levels = history.counts / factors
    weight = 2 / (1 / factors[:, 1:] + 1 / factors[:, :-1])
    mean = np.nanmean((levels[:, 1:] + levels[:, :-1]) / 2, axis=1)
    square = np.nanmean(weight * np.diff(levels, axis=1) ** 2, axis=1) / 2
    return np.maximum(np.divide(square, mean, out=np.ones_like(mean), where=mean > 0), 1.0)


@dataclass(frozen=True)
class Constant:
    """A constant level under each month's length and season; how it spreads is a choice."""

    history: History
    events: Array
    """Shape (n,): of the months that give the level."""
    exposure: Array
    """Shape (n,): their factors' sum."""
    spread: Spread
    """Of events, exposure, exposure left and counted."""
    is_seasonal: bool = True
    later: Constant | None = None
    """For windows that do not begin next month: another level; None for the same."""

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> Projection:
        """The total of the months ``first`` to ``last`` ahead; see `Fitted.project`."""
        if first > 1 and self.later is not None:
            return self.later.project(first, last, counted)
        left = np.full(len(self.events), float(last - first + 1))
        if self.is_seasonal:
            ahead = self.history.months_ahead(last)
            left = factors_of_months(self.history, ahead)[:, first - 1 :].sum(axis=1)
        return self.spread(self.events, self.exposure, left, counted)


def fit_straight_number(history: History) -> Constant:
    """Straight pro-rata as a bare number: months so far this year, times what months are left."""
    return _straight(history, _bare)


def fit_straight(history: History) -> Constant:
    """Straight pro-rata with a Poisson's error around it."""
    return _straight(history, _poisson)


def fit_seasonal_poisson(history: History) -> Constant:
    """Seasonal pro-rata with a Poisson's error: the year so far over its months' shares."""
    so_far, year = months_of_year_so_far(history), MONTHS_A_YEAR
    return _level(history, so_far, _poisson, later=_level(history, year, _poisson))


def fit_seasonal_negative_binomial(history: History) -> Constant:
    """The closed form on the last twelve months, seasonal, widened by the series' dispersion."""
    dispersion = own_dispersion(history)

    def widened(x: Array, n: Array, m: Array, counted: Array | float) -> Projection:
        return gamma_poisson(x, n, m, counted, dispersion)

    return _level(history, MONTHS_A_YEAR, widened)


def months_of_year_so_far(history: History) -> int:
    """Months of the financial year up to the last month: 1 in April, 12 in March."""
    april = financial_year_window(history.last_month).first_month
    return history.last_month.ordinal - april.ordinal + 1


def _straight(history: History, spread: Spread) -> Constant:
    """Of the year so far; for a later year, of the last twelve months, which is kinder to it."""
    so_far, year = months_of_year_so_far(history), MONTHS_A_YEAR
    later = _level(history, year, spread, is_seasonal=False)
    return _level(history, so_far, spread, is_seasonal=False, later=later)


def _level(
    history: History,
    months: int,
    spread: Spread,
    *,
    is_seasonal: bool = True,
    later: Constant | None = None,
) -> Constant:
    events = history.last_total(months)
    exposure = np.full(len(events), float(months))
    if is_seasonal:
        exposure = factors_of_months(history, pd.PeriodIndex(history.months[-months:])).sum(axis=1)
    return Constant(history, events, exposure, spread, is_seasonal, later)


def _bare(events: Array, exposure: Array, left: Array, counted: Array | float) -> Projection:
    so_far = np.broadcast_to(np.asarray(counted, dtype=float), events.shape)
    return Draws(so_far, np.rint(events * left / exposure)[:, None])


def _poisson(events: Array, exposure: Array, left: Array, counted: Array | float) -> Projection:
    mean = events * left / exposure
    return NegativeBinomials.single(mean, mean, counted)
