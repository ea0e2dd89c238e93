"""An area's share of what its siblings count, and their trend: the method that pages use.

Siblings are the other areas of the same series: one indicator, from one source, at one frequency,
in one set of figures. What they count together moves more steadily than any one of them, and most
of what moves an area moves them all; what is left is a share that drifts half as fast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.drift import (
    MEMORY,
    Ahead,
    DriftingLevels,
    fit_drifting_levels,
    mixture_of,
)
from dashboard.metrics.projection.history import FEWEST_MONTHS, Fitted, History
from dashboard.metrics.projection.level import (
    USUAL_OF_SHARES,
    Grid,
    Level,
    filtered,
    usual_grid,
)
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.seasonality import Season, month_lengths

Array = NDArray[np.float64]

CHOSEN = "drifting negative binomial"
"""The method that pages use; `data/methods/projection_record.csv`, table in `docs/methods.md`."""
FEWEST_TOGETHER = 4
"""Events of the siblings in every month that they are gone by; a series that has just begun to be
counted, or is rare everywhere, says nothing of a trend."""
GOES_ON, DIES_AWAY = 0.5, 0.95
"""How much of a month's part of the siblings' change on the year before goes on into the next
month, and of each month's into the one after."""
RECENT = 6
"""Months that are held against the same of the year before: that change."""
USUAL_CHANGE, CHANGE_BY_CHANCE = 0.1, 4.0
"""Standard deviation of such changes, and variance over mean of the counts that they are of."""
STAYS = 0.98
"""How much of a share's distance from what it was over the years is left a month later."""
LARGEST_CHANGE = 0.4
"""Bound of the logarithm of that change and of that distance. All of these were chosen on the early
parts of the figures."""
CAUTION = 2.0
"""A share has a season of its own if it has more than so many times what chance explains."""


@dataclass(frozen=True)
class Shares:
    """n series by their siblings: what those are heading for, and the share of each in it."""

    siblings: DriftingLevels
    share: Level
    """Of what the siblings count in a month."""
    grid: Grid
    season: Array
    """Shape (n, 12): of the share."""
    change: Array
    """Shape (n,): of the siblings' level a month, by logarithm, as of late."""
    usual: Array
    """Shape (n, 1): the share over the years."""
    is_beside_siblings: bool = False
    """Whether what comes is held against the siblings' own: then an error of their common trend
    moves all alike, and is left out."""

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> NegativeBinomials:
        """The total of the months ``first`` to ``last`` ahead; see `DriftingLevels.project`.

        The siblings' projection is one mean and one relative variance u, over all pairs of theirs;
        with v that of the share, as of a level, each pair of the share's foretells mean m and
        variance m + m^2 ((1 + u) (1 + v) - 1). The share returns to what it was over the years.
        """
        history = self.siblings.history
        months = history.months_ahead(last)
        place = months.month.to_numpy() - 1
        ahead = np.arange(1, last + 1)
        trend = np.exp(np.cumsum(DIES_AWAY**ahead) * self.change[:, None])
        factors = self.siblings.factors(months) * self.season[:, place] * trend
        of_all, u = _collapsed(self.siblings, Ahead.of(factors, first))
        window = Ahead.of(factors * np.exp(self._distance * (1 - STAYS**ahead)), first)
        means = self.share.mean * of_all * window.total * window.rise(self.grid)
        u = np.zeros_like(u) if self.is_beside_siblings else u
        v = window.relative_variance(self.share, self.grid)
        variances = means + means**2 * ((1 + u) * (1 + v) - 1)
        return mixture_of(self.share.weights, means, variances, counted)

    @property
    def _distance(self) -> Array:
        """Logarithm of the usual share over that of now, over all pairs: shape (n, 1)."""
        now = (self.share.weights * self.share.mean).sum(axis=1, keepdims=True)
        return np.clip(np.log(self.usual / now), -LARGEST_CHANGE, LARGEST_CHANGE)


@dataclass(frozen=True)
class Either:
    """Series of which some have siblings to go by and the others go alone."""

    is_with: NDArray[np.bool_]
    """Shape (n,)."""
    with_siblings: Fitted
    alone: Fitted

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> NegativeBinomials:
        """The total of the months ``first`` to ``last`` ahead; see `Fitted.project`."""
        so_far = np.broadcast_to(np.asarray(counted, dtype=float), self.is_with.shape)
        order = np.argsort(np.concatenate([np.flatnonzero(self.is_with),
                                           np.flatnonzero(~self.is_with)]))  # fmt: skip
        parts = [
            self.with_siblings.project(first, last, so_far[self.is_with]),
            self.alone.project(first, last, so_far[~self.is_with]),
        ]
        return NegativeBinomials.stacked(parts).rows(order)


def fit_chosen(history: History, *, is_beside_siblings: bool = False) -> Fitted:
    """Fit the method that pages use: by siblings where there are enough, else each series alone.

    Args:
        history: of n series.
        is_beside_siblings: whether they are compared with each other, as in a rank.
    """
    begins = begins_of(history)
    is_with = begins <= history.counts.shape[1] - FEWEST_MONTHS
    if not is_with.any():
        return fit_drifting_levels(history)
    if is_with.all():
        return replace(fit_shares(history, begins), is_beside_siblings=is_beside_siblings)
    some = fit_shares(history.rows(is_with), begins[is_with])
    return Either(
        is_with,
        replace(some, is_beside_siblings=is_beside_siblings),
        fit_drifting_levels(history.rows(~is_with)),
    )


def fit_shares(history: History, begins: NDArray[np.int64]) -> Shares:
    """Filter the siblings, and the share of each series in them, over the last ``MEMORY`` months.

    What the siblings counted in a month stands where the month's length stands for a series alone:
    it holds the common trend, the common season, and what that month was like everywhere.

    Args:
        history: of n series with siblings.
        begins: shape (n,): the first month that siblings are gone by, as `begins_of` gives.
    """
    others = siblings_from(history, begins)
    siblings = fit_drifting_levels(History(others, history.months))
    counts, exposure, season = held_against(history, others)
    counts, factors = counts[:, -MEMORY:], (exposure * season.of_past)[:, -MEMORY:]
    grid = usual_grid(counts, USUAL_OF_SHARES)
    share = filtered(counts, factors, grid)
    known = ~np.isnan(counts)
    total = np.where(known, counts, 0.0).sum(axis=1, keepdims=True) + 0.5
    usual = total / np.where(known, factors, 0.0).sum(axis=1, keepdims=True)
    return Shares(siblings, share, grid, season.factors, _change(others), usual)


def siblings_from(history: History, begins: NDArray[np.int64]) -> Array:
    """What the siblings counted from their first month on: shape (n, months), NaN before.

    Raises:
        ValueError: the history has no siblings.
    """
    others = history.siblings_learnt_from
    if others is None:
        raise ValueError("no siblings to go by")
    early = np.arange(others.shape[1])[None, :] < begins[:, None]
    return np.where(early, np.nan, others)


def held_against(history: History, others: Array) -> tuple[Array, Array, Season]:
    """Counts where siblings are known, what those counted beside them, and the share's season.

    Args:
        history: of n series.
        others: as `siblings_from` gives.

    Raises:
        ValueError: the history is too short for a season.
    """
    counts = np.where(np.isnan(others), np.nan, history.learnt_from)
    exposure = np.where(np.isnan(others), month_lengths(history.months), others)
    season = Season.of(counts, exposure, history.months, CAUTION)
    if season is None:
        raise ValueError(f"fewer than {FEWEST_MONTHS} months")
    return counts, exposure, season


def begins_of(history: History) -> NDArray[np.int64]:
    """The month from which on siblings are known and many: shape (n,); past the end for none."""
    series, months = history.counts.shape
    if history.siblings is None:
        return np.full(series, months)
    short = ~(history.siblings >= FEWEST_TOGETHER)
    return np.where(short.any(axis=1), months - np.argmax(short[:, ::-1], axis=1), 0)


def _change(others: Array) -> Array:
    """What goes on of the siblings' change on the year before, a month's part: shape (n,).

    The logarithm r of the recent months over the same of the year before, x and y events, is drawn
    in by what chance explains, r t^2 / (t^2 + c (1 / x + 1 / y)): t and c are ``USUAL_CHANGE`` and
    ``CHANGE_BY_CHANCE``.
    """
    recent = others[:, -RECENT:]
    before = others[:, -MONTHS_A_YEAR - RECENT : -MONTHS_A_YEAR]
    known = ~np.isnan(recent) & ~np.isnan(before)
    now, then = (np.where(known, each, 0.0).sum(axis=1) + 0.5 for each in (recent, before))
    by_chance = CHANGE_BY_CHANCE * (1 / now + 1 / then)
    change = np.log(now / then) / (1 + by_chance / USUAL_CHANGE**2)
    return GOES_ON * np.clip(change, -LARGEST_CHANGE, LARGEST_CHANGE) / MONTHS_A_YEAR


def _collapsed(siblings: DriftingLevels, window: Ahead) -> tuple[Array, Array]:
    """The mean level of all pairs over a window and its squared relative error, each (n, 1)."""
    level, grid = siblings.level, siblings.grid
    means = level.mean * window.rise(grid)
    squares = means**2 * (1 + window.relative_variance(level, grid))
    mean = (level.weights * means).sum(axis=1, keepdims=True)
    square = (level.weights * squares).sum(axis=1, keepdims=True)
    return mean, np.maximum(square / mean**2 - 1, 0)
