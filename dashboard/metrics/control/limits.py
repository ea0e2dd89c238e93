"""Centre and limits of control charts, for many series in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Chart = Literal["xmr", "c", "u", "u_prime", "p", "p_prime"]

XMR_FACTOR = 2.66
"""3 / d2 for moving ranges of two, to two places as Wheeler (1993) and the NHS print it."""
D2 = 1.128
"""Mean range of two standard normal values (Montgomery 2009, appendix VI)."""
SCREEN_FACTOR = 3.267
"""D4 for ranges of two: the upper limit of the moving range chart (Montgomery 2009, app. VI)."""
SIGMAS = 3.0
"""Shewhart (1931): limits three standard deviations from the centre."""
FEWEST_POINTS = 12
"""With fewer the NHS draws no limits ("Making Data Count", NHS England)."""
WEIGHTED_CHARTS = ("u", "u_prime", "p", "p_prime")


@dataclass(frozen=True)
class Limits:
    """A control chart of each series; all arrays are (series, periods), NaN where not known.

    Attributes:
        value: What is plotted: a count, a rate, a percentage.
        centre: The mean of the stretch that the period lies in.
        sigma: A third of the distance from the centre to a limit.
        lower: Lower limit, not under the floor.
        upper: Upper limit, not over the ceiling.
    """

    value: NDArray
    centre: NDArray
    sigma: NDArray
    lower: NDArray
    upper: NDArray


Parts = tuple[NDArray, NDArray]
"""Centre and sigma of one stretch, each (series, periods)."""
Way = Callable[[NDArray, NDArray], Parts]
"""How a kind of chart gets them from events and sizes."""


def limits_for(
    chart: Chart,
    events: ArrayLike,
    sizes: ArrayLike | None = None,
    *,
    per: float = 1.0,
    segments: ArrayLike | None = None,
    screen: bool = True,
    floor: float = -np.inf,
    ceiling: float = np.inf,
    fewest: int = FEWEST_POINTS,
    widening: ArrayLike = 1.0,
) -> Limits:
    """Centre and limits of a chart, worked out anew for each stretch between breaks.

        xmr       mean +- 2.66 * mean moving range
        c         mean +- 3 sqrt(mean)
        u         U = sum x / sum n,  U +- 3 sqrt(U / n)
        u_prime   U +- 3 s sqrt(U / n),  z = (u - U) / sqrt(U / n),  s = mean |step of z| / 1.128
        p         P = sum x / sum n,  P +- 3 sqrt(P (1 - P) / n)
        p_prime   as u_prime with sqrt(P (1 - P) / n)

    A missing period is no point, and gives no moving range on either side; nor does a break. A
    stretch of fewer than `fewest` points has no limits. A constant series has limits at its value.

    Args:
        chart: Which chart. Sources: Wheeler 1993 (xmr), Shewhart 1931 and Montgomery 2009 (c, u,
            p), Laney 2002 (u_prime, p_prime).
        events: Counts, or the values themselves for xmr: (series, periods) or (periods,).
        sizes: Area of opportunity or sample size, same shape; for u, u_prime, p, p_prime. Zero,
            negative or missing makes the point missing.
        per: Rates are per this many; 100 for percentages.
        segments: Number of the stretch of each period, from 0, same shape or (periods,).
        screen: For xmr: moving ranges at or over 3.267 times their mean are left out, once.
        floor: Limits go no lower; 0 for what cannot be negative.
        ceiling: Limits go no higher; 100 for percentages.
        fewest: Points a stretch needs.
        widening: What sigma is multiplied by, one number or (series,); see `Seasonal`.

    Raises:
        ValueError: The shapes differ, the chart is not known, or it needs sizes and has none.
    """
    counts = np.atleast_2d(np.asarray(events, dtype=float))
    weights = _weights(chart, counts, sizes)
    stretch = np.zeros(counts.shape, dtype=int)
    if segments is not None:
        stretch = np.broadcast_to(np.asarray(segments, dtype=int), counts.shape)
    counts = np.where(np.isfinite(weights), counts, np.nan)
    of = partial(_xmr, screen=screen) if chart == "xmr" else _WEIGHTED[chart]
    centre, sigma = (per * part for part in _by_stretch(of, counts, weights, stretch, fewest))
    sigma = sigma * np.reshape(np.asarray(widening, dtype=float), (-1, 1))
    return Limits(
        value=per * counts / weights,
        centre=centre,
        sigma=sigma,
        lower=np.maximum(centre - SIGMAS * sigma, floor),
        upper=np.minimum(centre + SIGMAS * sigma, ceiling),
    )


def segments_from(starts: ArrayLike, periods: int) -> NDArray:
    """Return the number of the stretch that each period lies in.

    Args:
        starts: Positions at which a new stretch begins; those outside 1 to periods - 1 are of no
            consequence.
        periods: How many periods there are.
    """
    begins = np.isin(np.arange(periods), np.asarray(starts, dtype=int))
    begins[:1] = False
    return np.cumsum(begins)


def moving_ranges(values: ArrayLike) -> NDArray:
    """|x_t - x_(t-1)|: (series, periods - 1), NaN beside a missing period."""
    return np.abs(np.diff(np.atleast_2d(np.asarray(values, dtype=float)), axis=1))


def mean_moving_range(values: ArrayLike, *, screen: bool) -> NDArray:
    """Mean moving range of each series: (series, 1); NaN where there is no range.

    Args:
        values: (series, periods).
        screen: Leave out, once, ranges at or over 3.267 times the mean (NHS England; the mean of a
            constant series is zero, and nothing is left out).
    """
    ranges = moving_ranges(values)
    mean = known_mean(ranges)
    if not screen:
        return mean
    kept = np.where((ranges < SCREEN_FACTOR * mean) | (mean == 0), ranges, np.nan)
    return known_mean(kept)


def known_mean(values: NDArray) -> NDArray:
    """Mean of what is known in each row: (series, 1); NaN for a row without a figure."""
    known = np.isfinite(values)
    counts = known.sum(axis=1, keepdims=True)
    totals = np.where(known, values, 0.0).sum(axis=1, keepdims=True)
    return _ratio(totals, counts)


def dispersion_ratio(events: ArrayLike) -> NDArray:
    """Laney's sigma_z: 1 where neighbours differ as Poisson counts do, more where lumpier.

    Args:
        events: Counts, (series, periods).

    Returns:
        (series,); NaN where there is no event or no two neighbours.
    """
    counts = np.atleast_2d(np.asarray(events, dtype=float))
    centre = known_mean(counts)
    z = _ratio(counts - centre, np.sqrt(centre))
    return (known_mean(moving_ranges(z)) / D2)[:, 0]


def _weights(chart: str, counts: NDArray, sizes: ArrayLike | None) -> NDArray:
    if chart not in ("xmr", "c", *WEIGHTED_CHARTS):
        raise ValueError(f"'{chart}' is not a control chart")
    if chart not in WEIGHTED_CHARTS:
        return np.ones(counts.shape)
    if sizes is None:
        raise ValueError(f"a {chart} chart needs the size that each count is out of")
    weights = np.atleast_2d(np.asarray(sizes, dtype=float))
    if weights.shape != counts.shape:
        raise ValueError(f"events are {counts.shape} and sizes {weights.shape}")
    return np.where(weights > 0, weights, np.nan)


def _by_stretch(of: Way, events: NDArray, sizes: NDArray, stretch: NDArray, fewest: int) -> Parts:
    """Work out centre and sigma of each stretch; NaN in one of fewer than `fewest` points."""
    centre, sigma = np.full(events.shape, np.nan), np.full(events.shape, np.nan)
    for number in np.unique(stretch):
        inside = stretch == number
        own = np.where(inside, events, np.nan)
        found = of(own, sizes)
        enough = inside & (np.isfinite(own).sum(axis=1, keepdims=True) >= fewest)
        centre = np.where(enough, found[0], centre)
        sigma = np.where(enough, found[1], sigma)
    return centre, sigma


def _xmr(values: NDArray, _: NDArray, *, screen: bool) -> Parts:
    sigma = XMR_FACTOR * mean_moving_range(values, screen=screen) / SIGMAS
    return np.broadcast_to(known_mean(values), values.shape), np.broadcast_to(sigma, values.shape)


def _pooled(events: NDArray, sizes: NDArray) -> NDArray:
    known = np.isfinite(events) & np.isfinite(sizes)
    total = np.where(known, sizes, 0.0).sum(axis=1, keepdims=True)
    return _ratio(np.where(known, events, 0.0).sum(axis=1, keepdims=True), total)


def _poisson(events: NDArray, sizes: NDArray) -> Parts:
    centre = np.broadcast_to(_pooled(events, sizes), events.shape)
    return centre, np.sqrt(np.maximum(centre, 0.0) / sizes)


def _binomial(events: NDArray, sizes: NDArray) -> Parts:
    centre = np.broadcast_to(_pooled(events, sizes), events.shape)
    return centre, np.sqrt(np.clip(centre * (1 - centre), 0.0, None) / sizes)


def _laney(of: Way) -> Way:
    """Widen (or narrow) limits by how much neighbouring standardised points differ."""

    def widened(events: NDArray, sizes: NDArray) -> Parts:
        centre, within = of(events, sizes)
        z = _ratio(events / sizes - centre, within)
        between = known_mean(moving_ranges(z)) / D2
        return centre, np.where(within == 0, 0.0, between * within)

    return widened


_WEIGHTED: dict[str, Way] = {
    "c": _poisson,
    "u": _poisson,
    "p": _binomial,
    "u_prime": _laney(_poisson),
    "p_prime": _laney(_binomial),
}


def _ratio(over: NDArray, under: NDArray) -> NDArray:
    """Over / under, NaN where under is zero or either is missing."""
    over, under = np.broadcast_arrays(over, np.asarray(under, dtype=float))
    out = np.full(over.shape, np.nan)
    return np.divide(over, under, out=out, where=np.isfinite(under) & (under != 0))
