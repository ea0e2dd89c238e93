"""The rules that tell a special cause from common cause variation, with their settings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import Limits
from dashboard.metrics.polarity import RELATIVE_SLACK

OUTSIDE, SHIFT, NEAR, TREND = "outside", "shift", "near", "trend"
RULES = (OUTSIDE, SHIFT, NEAR, TREND)
"""In the order in which a point's direction is taken from them."""


@dataclass(frozen=True, slots=True)
class ControlRules:
    """The settings; the defaults are those of NHS England's "Making Data Count".

    Attributes:
        shift_points: Points in a row on one side of the centre.
        trend_points: Points in a row, each higher (or each lower) than the one before.
        near_points: Points of `near_window` in a row that lie near the same limit.
        near_window: See there; all of them lie on one side of the centre.
        near_sigmas: A point is near a limit from so many sigmas on.
    """

    shift_points: int = 7
    trend_points: int = 7
    near_points: int = 2
    near_window: int = 3
    near_sigmas: float = 2.0

    def __post_init__(self) -> None:
        """Refuse settings that would flag everything or nothing."""
        if min(self.shift_points, self.trend_points) < 2:  # noqa: PLR2004
            raise ValueError("a run has at least two points")
        if not 1 <= self.near_points <= self.near_window:
            raise ValueError("near_points is at least 1 and at most near_window")


@dataclass(frozen=True)
class Signals:
    """Which rule each point breaks, and which way; all arrays are (series, periods).

    Attributes:
        outside: -1 under the lower limit, 1 over the upper one, 0 within.
        shift: -1 or 1 for every point of a long run under or over the centre.
        near: -1 or 1 for the points that lie near the limit.
        trend: -1 or 1 for every point of a long fall or rise.
        direction: -1 low or falling, 1 high or rising, 0 common cause. Where several rules speak,
            the first of `RULES` is followed.
    """

    outside: NDArray
    shift: NDArray
    near: NDArray
    trend: NDArray
    direction: NDArray


def find_signals(
    limits: Limits, segments: ArrayLike | None = None, rules: ControlRules | None = None
) -> Signals:
    """Apply the rules to charts; a missing point, a break or a point on the centre ends a run.

    A point on a limit is within it. Of a stretch without limits nothing is said. Source: NHS
    England, "Making Data Count"; a point near a limit is one within it, and all points of the
    window lie on one side, as NHSRplotthedots has it.

    Args:
        limits: Charts of (series, periods).
        segments: As `limits_for` was given them.
        rules: The settings; NHS England's when not given.
    """
    rules = rules or ControlRules()
    shape = limits.value.shape
    stretch = np.zeros(shape, int) if segments is None else np.broadcast_to(segments, shape)
    joined = np.zeros(shape, bool)
    joined[:, 1:] = stretch[:, 1:] == stretch[:, :-1]
    value = np.where(np.isfinite(limits.centre), limits.value, np.nan)
    side = _sign(value, limits.centre)
    outside = np.where(_sign(value, limits.upper) > 0, 1, 0)
    outside = np.where(_sign(value, limits.lower) < 0, -1, outside)
    shift = np.where(_run_lengths(side, joined) >= rules.shift_points, side, 0)
    near = _near(limits, value, side, outside, joined, rules)
    trend = _trend(value, joined, rules.trend_points)
    direction = np.zeros(shape, int)
    for found in (trend, near, shift, outside):
        direction = np.where(found != 0, found, direction)
    return Signals(outside, shift, near, trend, direction)


def gap_signals(limits: Limits, rules: ControlRules | None = None) -> Signals:
    """Apply the rules to g charts (`rare.g_limits`): only limits and runs are looked at.

    Long stretches are few by nature, so that two near the limit or a run of rises say nothing.
    """
    found = find_signals(limits, None, rules)
    none = np.zeros(found.direction.shape, int)
    way = np.where(found.outside != 0, found.outside, found.shift)
    return Signals(found.outside, found.shift, none, none, way)


def _sign(values: NDArray, reference: NDArray) -> NDArray:
    """-1, 0 or 1; 0 where either is missing or they differ by rounding only."""
    slack = RELATIVE_SLACK * np.maximum(np.abs(values), np.abs(reference))
    difference = values - reference
    return np.where(difference > slack, 1, np.where(difference < -slack, -1, 0))


def _run_lengths(state: NDArray, joined: NDArray) -> NDArray:
    """Length of the whole run of equal non-zero states that each point belongs to."""
    continues = joined & (state != 0)
    continues[:, 1:] &= state[:, 1:] == state[:, :-1]
    continues[:, 0] = False
    lengths = (state != 0).astype(int)
    for t in range(1, state.shape[1]):
        lengths[:, t] += np.where(continues[:, t], lengths[:, t - 1], 0)
    for t in range(state.shape[1] - 2, -1, -1):
        lengths[:, t] = np.where(continues[:, t + 1], lengths[:, t + 1], lengths[:, t])
    return lengths


def _trend(value: NDArray, joined: NDArray, points: int) -> NDArray:
    step = np.zeros(value.shape, int)
    step[:, 1:] = np.where(joined[:, 1:], _sign(value[:, 1:], value[:, :-1]), 0)
    long = np.where(_run_lengths(step, joined) >= points - 1, step, 0)
    begins = np.zeros(value.shape, int)
    begins[:, :-1] = np.where(long[:, :-1] == 0, long[:, 1:], 0)
    return np.where(long != 0, long, begins)


def _near(
    limits: Limits,
    value: NDArray,
    side: NDArray,
    outside: NDArray,
    joined: NDArray,
    rules: ControlRules,
) -> NDArray:
    """Mark points near a limit that have company: others near it in a window on their side."""
    threshold = limits.centre + side * rules.near_sigmas * limits.sigma
    close = (side != 0) & (outside == 0) & (_sign(value, threshold) == side)
    width, periods = rules.near_window, value.shape[1]
    flagged = np.zeros(value.shape, bool)
    for start in range(periods - width + 1):
        window = slice(start, start + width)
        together = joined[:, start + 1 : start + width].all(axis=1)
        one_side = np.abs(side[:, window].sum(axis=1)) == width
        enough = close[:, window].sum(axis=1) >= rules.near_points
        flagged[:, window] |= close[:, window] & (together & one_side & enough)[:, None]
    return np.where(flagged, side, 0)
