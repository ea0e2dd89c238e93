"""How much lumpier than chance the counts of a group's members are: variance over Poisson's."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.dispersion import ANSCOMBE
from dashboard.metrics.periods import MONTHS_A_YEAR

FEWEST_DIFFERENCES = 12
"""Under a year of them a series says too little of its own lumpiness."""
FEWEST_MEMBERS = 3
WINSORISED = 0.1
"""Share of scores drawn in at each end (Spiegelhalter 2005, Qual Saf Health Care 14: 347)."""
LEFT_OF_NORMAL = 0.6787
"""What drawing in a tenth at each end leaves of a standard normal's variance:
0.8 - 2 q f(q) + 0.2 q^2, q = 1.2816 its upper tenth, f its density."""


def dispersion_of_months(counts: ArrayLike) -> NDArray:
    """Each series' overdispersion from month to month, with trend and season taken out.

    d_t = s_t - s_(t-1), s_t = r_t - r_(t-12), r = sqrt(count + 3/8): four independent roots of
    variance dispersion / 4 each, so the mean of d squared is the dispersion. What moves slowly or
    comes back every year cancels; what is left is repeat victims, operations, late recording.

    Args:
        counts: shape (series, months) or (months,), in order, NaN where missing; a negative count
            is taken as 0.

    Returns:
        At least 1, for each series; NaN with fewer than ``FEWEST_DIFFERENCES`` differences.
    """
    root = np.sqrt(np.maximum(np.asarray(counts, dtype=float), 0) + ANSCOMBE)
    if root.shape[-1] <= MONTHS_A_YEAR + 1:
        return np.full(root.shape[:-1], np.nan)[()]
    over_year = root[..., MONTHS_A_YEAR:] - root[..., :-MONTHS_A_YEAR]
    moved = np.diff(over_year, axis=-1)
    known = np.isfinite(moved).sum(axis=-1)
    total = np.nansum(moved**2, axis=-1)
    enough = np.where(known >= FEWEST_DIFFERENCES, known, np.nan)
    return np.maximum(total / enough, 1.0)[()]


def dispersion_between_periods(before: ArrayLike, now: ArrayLike) -> NDArray:
    """A group's overdispersion from how unevenly its members' counts moved between two periods.

    With m the members' common change (sum of now over sum of both), z = (now - m t) /
    sqrt(m (1 - m) t), t = before + now: chi-square of the 2 x k table. The winsorised squares are
    added and divided by k - 1 and by ``LEFT_OF_NORMAL``, so that chance alone gives 1. Real change
    that members do not share counts as lumpiness here, so what is widened by it is too wide rather
    than too narrow.

    Args:
        before: counts of the earlier period, shape (..., members).
        now: of the later. A member without a count above 0 in either has no part.

    Returns:
        At least 1, shape (...); NaN with fewer than three members.
    """
    first, last = np.asarray(before, dtype=float), np.asarray(now, dtype=float)
    both = np.where((first >= 0) & (last >= 0) & (first + last > 0), first + last, np.nan)
    last = np.where(np.isnan(both), np.nan, last)
    members = np.isfinite(both).sum(axis=-1)
    together = np.nansum(both, axis=-1)
    share = (np.nansum(last, axis=-1) / np.where(together > 0, together, np.nan))[..., None]
    spread = np.sqrt(both * share * (1 - share))
    scores = (last - both * share) / np.where(spread > 0, spread, np.nan)
    squares = np.nansum(winsorised(scores) ** 2, axis=-1)
    degrees = np.where(members >= FEWEST_MEMBERS, members - 1, np.nan)
    return np.maximum(squares / degrees / LEFT_OF_NORMAL, 1.0)[()]


def winsorised(scores: ArrayLike, share: float = WINSORISED) -> NDArray:
    """Scores with the outermost share at each end drawn in to its quantile.

    Args:
        scores: shape (..., members); NaN stays NaN and has no part.
        share: of the scores at each end, under a half.
    """
    values = np.asarray(scores, dtype=float)
    with np.errstate(invalid="ignore"):
        some = np.isfinite(values).any(axis=-1, keepdims=True)
        filled = np.where(some, values, 0.0)
        low, high = np.nanquantile(filled, [share, 1 - share], axis=-1, keepdims=True)
    return np.where(np.isnan(values), np.nan, np.clip(filled, low, high))
