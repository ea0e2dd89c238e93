"""What a control chart says of a point and of a target, by named values."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

COMMON_CAUSE = "common cause"
IMPROVEMENT = "special cause: improvement"
CONCERN = "special cause: concern"
NEITHER_HIGH = "special cause: high, neither better nor worse"
NEITHER_LOW = "special cause: low, neither better nor worse"
TOO_FEW = "too few to say"
SPECIAL = (IMPROVEMENT, CONCERN, NEITHER_HIGH, NEITHER_LOW)

CONSISTENTLY_PASSING = "consistently passing the target"
HIT_AND_MISS = "hit and miss"
CONSISTENTLY_FAILING = "consistently failing the target"
NO_TARGET = ""


def variation_of(direction: ArrayLike, lower_is_better: bool | None) -> NDArray:
    """Return the variation of each point.

    Args:
        direction: Of `Signals`: -1 low, 0 common cause, 1 high; any shape.
        lower_is_better: None where neither is better.

    Returns:
        Array of the same shape: `COMMON_CAUSE`, `IMPROVEMENT`, `CONCERN`, `NEITHER_HIGH` or
        `NEITHER_LOW`.
    """
    way = np.asarray(direction)
    if lower_is_better is None:
        low, high = NEITHER_LOW, NEITHER_HIGH
    else:
        low, high = (IMPROVEMENT, CONCERN) if lower_is_better else (CONCERN, IMPROVEMENT)
    return np.where(way > 0, high, np.where(way < 0, low, COMMON_CAUSE)).astype(object)


def assurance_of(
    lower: ArrayLike,
    upper: ArrayLike,
    target: ArrayLike,
    lower_is_better: bool | None,
) -> NDArray:
    """Return whether a process as it is would pass its target every time, never, or by chance.

    A target on a limit is within the limits. Without limits, target or polarity nothing can be
    said: `NO_TARGET`. Source: NHS England, "Making Data Count" (assurance icons).

    Args:
        lower: Lower limit of the latest point, any shape.
        upper: Its upper limit.
        target: The target in the unit of the limits.
        lower_is_better: None where neither is better.
    """
    low, high, goal = np.broadcast_arrays(
        *(np.asarray(each, dtype=float) for each in (lower, upper, target))
    )
    over = CONSISTENTLY_PASSING if lower_is_better else CONSISTENTLY_FAILING
    under = CONSISTENTLY_FAILING if lower_is_better else CONSISTENTLY_PASSING
    found = np.where(goal > high, over, np.where(goal < low, under, HIT_AND_MISS)).astype(object)
    known = np.isfinite(low) & np.isfinite(high) & np.isfinite(goal)
    return np.where(known & (lower_is_better is not None), found, NO_TARGET)
