"""Rates: events per so many residents or households."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESIDENTS_PER_RATE = 1000
"""ONS publishes recorded crime per 1,000 population or households (police force area tables)."""


def rate_per(
    numerator: ArrayLike, denominator: ArrayLike, per: float = RESIDENTS_PER_RATE
) -> NDArray:
    """Events per so many: per * numerator / denominator.

    Args:
        numerator: counts of events, any shape. Zero gives a rate of zero; a negative count (a
            correction of an earlier period, which ONS publishes) gives a negative rate.
        denominator: residents or households, same shape or one number.
        per: the rate is per this many.

    Returns:
        Array of rates (a numpy float when both are numbers), full precision; NaN where either is
        missing or the denominator is zero or negative.

    Raises:
        ValueError: ``per`` is not above zero.
    """
    if per <= 0:
        raise ValueError(f"a rate is per a number above zero, not {per}")
    events, people = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    return (per * events / np.where(people > 0, people, np.nan))[()]
