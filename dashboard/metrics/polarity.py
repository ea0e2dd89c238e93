"""Which way is better. Polarity is data (``lower_is_better``) and is applied here only."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

RELATIVE_SLACK = 1e-9
"""Two figures closer than this share of the larger are equal: binary rounding is no difference."""


def shortfall(value: ArrayLike, reference: ArrayLike, lower_is_better: bool) -> NDArray:
    """How much worse a value is than a reference: positive is worse, negative is better.

    Args:
        value: the figures, any shape.
        reference: what they are compared with, same shape or one number.
        lower_is_better: True for crime counts, False for confidence or watches.

    Returns:
        Array in the unit of the values; NaN where either is missing.
    """
    difference = np.asarray(value, dtype=float) - np.asarray(reference, dtype=float)
    return difference if lower_is_better else -difference


def is_at_least_as_good(value: ArrayLike, reference: ArrayLike, lower_is_better: bool) -> NDArray:
    """True where a value is as good as the reference or better; a tie is as good.

    A missing value or reference is never as good. Same shapes as :func:`shortfall`.
    """
    worse_by = shortfall(value, reference, lower_is_better)
    size = np.maximum(np.abs(np.asarray(value, float)), np.abs(np.asarray(reference, float)))
    return worse_by <= RELATIVE_SLACK * size
