"""Tails of many Poisson distributions at many counts each, from one table a distribution.

A sum over counts needs each distribution's tails at hundreds of neighbouring counts. Each table is
worked out from one chance at the middle, f(k) = F(k) - F(k - 1), by f(k + 1) = f(k) m / (k + 1),
and added up from its far end, so that small tails keep their digits: relative errors stay under
1e-11 up to the largest mean that has a table.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtr, pdtrc

REACH = 14.0
"""Standard deviations that a table goes to each side; further out tails are worked out singly."""
LARGEST_MEAN = 250_000.0
"""Above it a table takes longer than the tails of some hundred counts."""
_WIDER = 1.2
"""Tables of up to so many times the narrowest one's width are worked out together."""
_NUMBERS_AT_ONCE = 100_000
"""Few enough to stay in a processor's own memory."""


class PoissonTails:
    """Tails of Poisson distributions, one a mean."""

    def __init__(self, mean: NDArray) -> None:
        """Work out the tables.

        Args:
            mean: one dimension, above 0.
        """
        self._mean = mean
        middle = np.floor(mean)
        reach = np.ceil(REACH * (np.sqrt(mean) + 1)).astype(int)
        reach[mean > LARGEST_MEAN] = 0
        width = 2 * reach + 1
        starts = np.cumsum(width) - width
        self._at_most, self._more_than = np.empty((2, int(width.sum())))
        for chosen, widest in _of_like_width(reach):
            steps = np.arange(-widest, widest + 1)
            own = np.abs(steps) <= reach[chosen, None]
            place = ((starts + reach)[chosen, None] + steps)[own]
            at_most, more_than = _tables(mean[chosen], middle[chosen], widest)
            self._at_most[place], self._more_than[place] = at_most[own], more_than[own]
        self._first, self._last = middle - reach, middle + reach
        self._offset = starts - self._first

    def at_most(self, which: NDArray, count: NDArray) -> NDArray:
        """P(X <= count); 0 under 0.

        Args:
            which: place of the distribution among the means.
            count: whole numbers, same shape.
        """
        found, far = self._of_table(self._at_most, which, count)
        found[far] = pdtr(np.maximum(count[far], 0), self._mean[which[far]])
        found[count < 0] = 0.0
        return found

    def more_than(self, which: NDArray, count: NDArray) -> NDArray:
        """P(X > count), with arguments as :meth:`at_most`; 1 under 0."""
        found, far = self._of_table(self._more_than, which, count)
        found[far] = pdtrc(np.maximum(count[far], 0), self._mean[which[far]])
        found[count < 0] = 1.0
        return found

    def _of_table(self, table: NDArray, which: NDArray, count: NDArray) -> tuple[NDArray, NDArray]:
        """Give what the tables have, and the places of counts out of their reach."""
        near = np.clip(count, self._first[which], self._last[which])
        return table[(self._offset[which] + near).astype(int)], np.flatnonzero(near != count)


def _of_like_width(reach: NDArray) -> Iterator[tuple[NDArray, int]]:
    """Give the places of tables of about one width, and the widest of them."""
    order = np.argsort(reach, kind="stable")
    widths = reach[order]
    start = 0
    while start < len(order):
        most = max(1, int(_NUMBERS_AT_ONCE / (2 * _WIDER * widths[start] + 1)))
        stop = int(np.searchsorted(widths, _WIDER * widths[start], side="right"))
        stop = min(stop, start + most)
        yield order[start:stop], int(widths[stop - 1])
        start = stop


def _tables(mean: NDArray, middle: NDArray, width: int) -> tuple[NDArray, NDArray]:
    """P(X <= k) and P(X > k) for k up to so far from the middle: each (means, 2 width + 1)."""
    m, k = mean[:, None], middle[:, None]
    under = np.where(k > 0, pdtr(np.maximum(k - 1, 0), m), 0.0)
    chance = pdtr(k, m) - under
    steps = np.arange(1, width + 1)
    above = chance * np.cumprod(m / (k + steps), axis=1)
    below = chance * np.cumprod(np.maximum(k - steps + 1, 0) / m, axis=1)
    last = k - width - 1
    beyond = np.where(last >= 0, pdtr(np.maximum(last, 0), m), 0.0)
    upper = np.cumsum(np.hstack([pdtrc(k + width, m), above[:, ::-1]]), axis=1)[:, ::-1]
    lower = np.cumsum(np.hstack([beyond, below[:, ::-1], chance]), axis=1)[:, 1:]
    return np.hstack([lower, 1 - upper[:, 1:]]), np.hstack([1 - lower[:, :-1], upper])
