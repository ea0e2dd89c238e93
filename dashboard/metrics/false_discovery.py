"""The false discovery rate: of the changes called real, how many are expected to be chance alone.

Of 74 indicators that did not move at all, a test at 5% calls four changed. Controlled at 5%, at
most 5% of all that is called changed is expected to be so by chance, however many were looked at.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FALSE_DISCOVERY_RATE = 0.05
"""Our convention, the rate of Benjamini and Hochberg's (1995) own example."""
BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI = "bh", "by"
METHODS = (BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI)


def adjusted_p_values(p_values: ArrayLike, method: str = BENJAMINI_HOCHBERG) -> NDArray:
    """The smallest false discovery rate at which each test would be called a discovery.

    With m tests in order of their p: min over k >= i of c m p(k) / k, at most 1, where c is 1
    (Benjamini and Hochberg 1995, holds for independent and for positively dependent tests) or
    1 + 1/2 + ... + 1/m (Benjamini and Yekutieli 2001, holds under any dependence).

    Args:
        p_values: any shape; all of it is one family. A missing p (NaN) is no test: it stays
            missing and does not count among the m.
        method: "bh" or "by".

    Returns:
        Array of the same shape. With one test, its own p; with none, all missing.

    Raises:
        ValueError: unknown method, or a p outside 0 to 1.
    """
    if method not in METHODS:
        raise ValueError(f"'{method}' is not a method; choose bh or by")
    p = np.asarray(p_values, dtype=float)
    tested = ~np.isnan(p)
    if np.any((p[tested] < 0) | (p[tested] > 1)):
        raise ValueError("a p-value lies between 0 and 1")
    adjusted = np.full(p.shape, np.nan)
    if tested.any():
        adjusted[tested] = _adjusted(p[tested], method)
    return adjusted


def _adjusted(p: NDArray, method: str) -> NDArray:
    """Return the adjusted p-values of one family, shape (m,), none of them missing."""
    order = np.argsort(p)
    place = np.arange(1.0, len(p) + 1)
    raised = p[order] * (len(p) / place)
    if method == BENJAMINI_YEKUTIELI:
        raised *= np.sum(1 / place)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(raised[::-1])[::-1]
    return np.minimum(adjusted, 1.0)


def are_discoveries(
    p_values: ArrayLike,
    rate: float = FALSE_DISCOVERY_RATE,
    method: str = BENJAMINI_HOCHBERG,
) -> NDArray:
    """True where a test is called a discovery at a false discovery rate; a missing p never is.

    Args:
        p_values: as :func:`adjusted_p_values`.
        rate: between 0 and 1.
        method: "bh" or "by".

    Raises:
        ValueError: as :func:`adjusted_p_values`, or the rate is not between 0 and 1.
    """
    if not 0 < rate < 1:
        raise ValueError(f"a false discovery rate is between 0 and 1, not {rate}")
    # A missing number is not less than anything.
    return adjusted_p_values(p_values, method) <= rate
