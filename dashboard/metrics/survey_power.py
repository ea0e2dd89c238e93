"""What a survey's own error lets one see: power, the sample that is needed, the least rise seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

POWER_80 = 0.8
"""The usual chance of showing a change that is there (Cohen 1988, chapter 2)."""
SIGNIFICANCE_5 = 0.05
"""Two-sided: one survey in twenty would call a change that is none."""
HALVINGS = 60
"""Steps of the bisections: each halves the bracket, so that 60 reach the last digit of a float."""
LARGEST_SAMPLE = 1e9
"""More people than there are to ask: what it does not show, no sample shows."""


def sample_size_each(
    first: ArrayLike,
    second: ArrayLike,
    *,
    power: float = POWER_80,
    alpha: float = SIGNIFICANCE_5,
    ratio: float = 1.0,
    design_effect: ArrayLike = 1.0,
) -> NDArray:
    """Return the sample of the first survey that shows a change between two shares.

    With r = n2 / n1, p = (p1 + r p2) / (1 + r), q = 1 - p, a and b the normal quantiles of
    1 - alpha/2 and of the power (Fleiss, Levin and Paik 2003, chapter 4),

        n = (a sqrt((r + 1) p q) + b sqrt(r p1 q1 + p2 q2))^2 / (r (p2 - p1)^2)

    A design effect multiplies what a simple random sample would need (Kish 1965).

    Args:
        first: share of the first survey, 0 to 1, any shape.
        second: share of the second; equal shares need more than any number: infinite.
        power: chance of showing the change.
        alpha: two-sided significance.
        ratio: size of the second survey over that of the first.
        design_effect: variance of the survey over that of a simple random sample.

    Returns:
        People, not rounded; the second survey needs ``ratio`` times as many. NaN where a share is
        missing or not between 0 and 1.

    Raises:
        ValueError: power, alpha, ratio or design effect out of bounds.
    """
    _check(power, alpha, design_effect)
    if ratio <= 0:
        raise ValueError(f"the ratio of two samples is above zero, not {ratio}")
    p1, p2 = _share(first), _share(second)
    pooled = (p1 + ratio * p2) / (1 + ratio)
    at_null = ndtri(1 - alpha / 2) * np.sqrt((ratio + 1) * pooled * (1 - pooled))
    at_change = ndtri(power) * np.sqrt(ratio * p1 * (1 - p1) + p2 * (1 - p2))
    gap = np.abs(p2 - p1)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = (at_null + at_change) ** 2 / (ratio * gap**2)
    return (size * np.asarray(design_effect, dtype=float))[()]


def power_of_change(
    first: ArrayLike,
    second: ArrayLike,
    first_size: ArrayLike,
    second_size: ArrayLike,
    *,
    alpha: float = SIGNIFICANCE_5,
    design_effect: ArrayLike = 1.0,
) -> NDArray:
    """Return the chance that two surveys show a change that is there, in its direction.

    The test of two shares with their pooled variance under no change, the inverse of
    :func:`sample_size_each` (Fleiss, Levin and Paik 2003, chapter 4; R's ``power.prop.test``):

        Phi((|p2 - p1| - a sqrt(p q (1/n1 + 1/n2))) / sqrt(p1 q1 / n1 + p2 q2 / n2))

    with sizes divided by the design effect. Where there is no change, alpha / 2.

    Args:
        first: share of the first survey, 0 to 1, any shape; the others broadcast with it.
        second: share of the second.
        first_size: people who answered the first.
        second_size: people who answered the second.
        alpha: two-sided significance.
        design_effect: variance of the surveys over that of simple random samples.

    Returns:
        Between 0 and 1; NaN where a share or a size is missing or out of bounds.

    Raises:
        ValueError: alpha or design effect out of bounds.
    """
    _check(POWER_80, alpha, design_effect)
    p1, p2 = _share(first), _share(second)
    n1, n2 = (_size(each, design_effect) for each in (first_size, second_size))
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    at_null = ndtri(1 - alpha / 2) * np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    spread = np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (np.abs(p2 - p1) - at_null) / spread
    return ndtr(distance)[()]


def second_sample_needed(
    first: ArrayLike,
    second: ArrayLike,
    first_size: ArrayLike,
    *,
    design_effect: ArrayLike = 1.0,
) -> NDArray:
    """Return how many the next survey must ask for 80% power, when the first has been held.

    Returns:
        People, not rounded; infinite where no sample is large enough, because the first survey's
        own error hides the change. NaN, arguments and errors as :func:`power_of_change`.
    """

    def chance(log_size: NDArray) -> NDArray:
        return power_of_change(
            first, second, first_size, np.exp(log_size), design_effect=design_effect
        )

    shape = np.broadcast(*(np.asarray(each) for each in (first, second, first_size, design_effect)))
    top = np.full(shape.shape, np.log(LARGEST_SAMPLE))
    log_size = _lowest(chance, np.zeros(shape.shape), top, POWER_80)
    best = chance(top)
    return np.where(np.isnan(best), np.nan, np.where(best < POWER_80, np.inf, np.exp(log_size)))[()]


def least_change_seen(
    first: ArrayLike,
    first_size: ArrayLike,
    second_size: ArrayLike,
    *,
    rises: bool = True,
    power: float = POWER_80,
    design_effect: ArrayLike = 1.0,
) -> NDArray:
    """Return the nearest second share that two samples of these sizes would show as a change.

    Args:
        first: share of the first survey, 0 to 1, any shape.
        first_size: people who answered the first.
        second_size: people who will answer the second.
        rises: True to look above the first share, False below.
        power: chance of showing the change.
        design_effect: variance of the surveys over that of simple random samples.

    Returns:
        The share; NaN where even all or none would not show, or something is missing.
    """
    _check(power, SIGNIFICANCE_5, design_effect)
    p1 = _share(first)
    room = 1 - p1 if rises else p1
    direction = 1.0 if rises else -1.0

    def chance(part: NDArray) -> NDArray:
        return power_of_change(
            p1, np.clip(p1 + direction * part * room, 0, 1), first_size, second_size,
            design_effect=design_effect,
        )  # fmt: skip

    shape = np.broadcast(p1, *(np.asarray(x) for x in (first_size, second_size, design_effect)))
    everything = np.full(shape.shape, 1 - np.finfo(float).eps)
    part = _lowest(chance, np.zeros(shape.shape), everything, power)
    is_seen = chance(everything) >= power
    return np.where(is_seen, p1 + direction * part * room, np.nan)[()]


def _lowest(
    chance: Callable[[NDArray], NDArray], low: NDArray, high: NDArray, power: float
) -> NDArray:
    """Bisect for the lowest point at which a rising chance reaches the power."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = chance(middle) >= power
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def _share(share: ArrayLike) -> NDArray:
    found = np.asarray(share, dtype=float)
    return np.where((found >= 0) & (found <= 1), found, np.nan)


def _size(size: ArrayLike, design_effect: ArrayLike) -> NDArray:
    found = np.asarray(size, dtype=float)
    return np.where(found > 0, found, np.nan) / np.asarray(design_effect, dtype=float)


def _check(power: float, alpha: float, design_effect: ArrayLike) -> None:
    for name, value in (("power", power), ("alpha", alpha)):
        if not 0 < value < 1:
            raise ValueError(f"{name} must be between 0 and 1, not {value}")
    if np.any(np.asarray(design_effect, dtype=float) <= 0):
        raise ValueError(f"a design effect is above zero, not {design_effect}")
