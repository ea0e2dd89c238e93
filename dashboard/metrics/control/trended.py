"""Limits around a straight line, for a series whose level moves steadily instead of staying."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.metrics.control.limits import FEWEST_POINTS, Limits, limits_for

CLEAR_OF_A_LEVEL = 10.0
"""A line is proposed where its BIC beats one level by this: "very strong" (Kass, Raftery 1995)."""
_TINY = float(np.finfo(float).tiny)


def lines_through(values: NDArray, segments: NDArray) -> NDArray:
    """Return the least squares line of each stretch: (periods,), NaN in a stretch of under twelve.

    Args:
        values: (periods,), NaN where missing.
        segments: The number of the stretch of each period.
    """
    line = np.full(len(values), np.nan)
    for own, slope, middle, level in _lines(values, segments):
        line[own] = level + slope * (own - middle)
    return line


def slope_of_last(values: NDArray, segments: NDArray) -> float | None:
    """Return by how much the last stretch rises a period; None where no line is plainly better.

    Args:
        values: (periods,), NaN where missing.
        segments: The number of the stretch of each period.
    """
    last = [each for each in _lines(values, segments) if segments[each[0][0]] == segments.max()]
    if not last:
        return None
    own, slope, middle, level = last[0]
    known = values[own][np.isfinite(values[own])]
    squares = float(((known - known.mean()) ** 2).sum())
    left = float(np.nansum((values[own] - level - slope * (own - middle)) ** 2))
    number = len(known)
    # Where the line goes through every point, nothing is left to take a logarithm of.
    gain = number * (np.log(max(squares, _TINY)) - np.log(max(left, _TINY))) - np.log(number)
    return float(slope) if gain > CLEAR_OF_A_LEVEL else None


def trended_limits(
    values: NDArray,
    segments: NDArray,
    *,
    floor: float = -np.inf,
    ceiling: float = np.inf,
    widening: NDArray | float = 1.0,
) -> tuple[Limits, Limits]:
    """Return limits around the line of each stretch, and those of what is left beside it.

    The XmR chart of what the line leaves, moved back onto the line (Wheeler, *Understanding
    Variation*, 1993, on figures with a trend). Rules are applied to what is left: every run of a
    steady fall would else be one special cause.

    Args:
        values: (periods,), NaN where missing.
        segments: The number of the stretch of each period.
        floor: Limits go no lower.
        ceiling: Limits go no higher.
        widening: As in `limits_for`.
    """
    line = lines_through(values, segments)
    left = limits_for("xmr", values - line, segments=segments, widening=widening)
    around = Limits(
        value=np.atleast_2d(values),
        centre=left.centre + line,
        sigma=left.sigma,
        lower=np.maximum(left.lower + line, floor),
        upper=np.minimum(left.upper + line, ceiling),
    )
    return around, left


def _lines(values: NDArray, segments: NDArray) -> Iterator[tuple[NDArray, float, float, float]]:
    """Give positions, slope, middle and level there of the line of each stretch that has one."""
    for number in np.unique(segments):
        own = np.flatnonzero(segments == number)
        known = own[np.isfinite(values[own])]
        if len(known) < FEWEST_POINTS:
            continue
        middle, level = known.mean(), values[known].mean()
        across = known - middle
        slope = float((across * (values[known] - level)).sum() / (across**2).sum())
        yield own, slope, float(middle), float(level)
