"""Percent change at full precision, and the rule that withholds it from a small base."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SMALL_BASE_THRESHOLD = 50
"""ONS, police force area data tables, sheet C3: [u] marks "a small base of less than 50"."""
PER_CENT = 100.0


def percent_change(current: ArrayLike, previous: ArrayLike) -> NDArray:
    """100 * (current - previous) / previous, at full precision.

    Args:
        current: figures of the later period, any shape.
        previous: figures of the earlier period, same shape or one number.

    Returns:
        Array in percent (a numpy float when both are numbers). NaN where either is missing, or
        where the base is zero or negative: there is nothing to be a percentage of.
    """
    now, base = np.asarray(current, dtype=float), np.asarray(previous, dtype=float)
    safe = np.where(base > 0, base, np.nan)
    return (PER_CENT * (now - safe) / safe)[()]


def withhold_small_base(
    percent: ArrayLike, previous: ArrayLike, current: ArrayLike | None = None
) -> NDArray:
    """Blank the percentages that rest on too few events.

    A percent is withheld where the earlier count is under `SMALL_BASE_THRESHOLD`. Given the current
    count too, it is also withheld where that is under it: this is what the ONS workbook does,
    although its note speaks of the base only (see docs/methods.md).

    Args:
        percent: percent changes, any shape.
        previous: the counts they start from, same shape.
        current: the counts they end at, for the workbook's own rule; None for the note's.

    Returns:
        The percentages, NaN where withheld or where the base is missing.
    """
    enough = np.asarray(previous, dtype=float) >= SMALL_BASE_THRESHOLD
    if current is not None:
        enough = enough & (np.asarray(current, dtype=float) >= SMALL_BASE_THRESHOLD)
    return np.where(enough, np.asarray(percent, dtype=float), np.nan)[()]
