"""Funnel plot: how far from the common rate chance, and the usual differences, take an area.

Spiegelhalter D (2005), "Funnel plots for comparing institutional performance", Statistics in
Medicine 24: 1185 to 1202; and "Handling over-dispersion of performance indicators", Quality and
Safety in Health Care 14: 347 to 351.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, ndtri, pdtr, pdtrik, xlogy

from dashboard.metrics.intervals import CONFIDENCE_95, CONFIDENCE_998
from dashboard.metrics.member_dispersion import WINSORISED, winsorised
from dashboard.metrics.rates import RESIDENTS_PER_RATE

Widening = Literal["additive", "multiplicative", "none"]
WIDENINGS: tuple[Widening, ...] = ("additive", "multiplicative", "none")
TEST_ERRORS = 2.0
"""The limits are widened only when dispersion is so many standard errors over 1 (A.3.1)."""


@dataclass(frozen=True)
class Funnel:
    """The common rate, and what widens the limits about it."""

    target: float
    """Rate of all areas together, per so many; NaN without data."""
    per: float
    areas: int
    """Areas with data."""
    dispersion: float
    """Mean of the winsorised squared scores; about 1 when chance alone sets the areas apart."""
    is_overdispersed: bool
    widening: Widening
    """What is applied: "none" where there is no overdispersion."""
    between: float
    """Standard deviation of the root of true over common rate: true rates differ by about twice
    this share. Worked out whatever is applied."""


def funnel(
    count: ArrayLike,
    denominator: ArrayLike,
    widening: Widening = "additive",
    per: float = RESIDENTS_PER_RATE,
    share: float = WINSORISED,
) -> Funnel:
    """The funnel of a set of areas.

    With E = target x denominator, z = 2 (sqrt(count) - sqrt(E)), winsorised at ``share``;
    dispersion = mean of z squared; overdispersed when it is over 1 + 2 sqrt(2 / areas).
    Additive (a random effect): between^2 = max(0, (areas x dispersion - (areas - 1)) / (sum w -
    sum w^2 / sum w)), w = 4 E the weights of sqrt(count / E).

    Args:
        count: events, one for each area; missing or negative is no data.
        denominator: residents or households; not above 0 is no data.
        widening: additive, multiplicative or none.
        per: the target is per this many.
        share: of the scores drawn in at each end.

    Raises:
        ValueError: an unknown widening.
    """
    if widening not in WIDENINGS:
        raise ValueError(f"'{widening}' is not one of {', '.join(WIDENINGS)}")
    events, people = _known(count, denominator)
    areas = int(np.isfinite(events).sum())
    if areas == 0 or np.nansum(events) == 0:
        return Funnel(float("nan"), per, areas, float("nan"), False, "none", 0.0)
    target = float(np.nansum(events) / np.nansum(people))
    expected = target * people
    drawn_in = winsorised(2 * (np.sqrt(events) - np.sqrt(expected)), share)
    dispersion = float(np.nanmean(drawn_in**2))
    over = dispersion > 1 + TEST_ERRORS * np.sqrt(2 / areas)
    weight = 4 * expected[np.isfinite(expected)]
    room = weight.sum() - (weight**2).sum() / weight.sum()
    excess = max(0.0, areas * dispersion - (areas - 1))
    between = float(np.sqrt(excess / room)) if room > 0 else 0.0
    applied: Widening = widening if over else "none"
    return Funnel(per * target, per, areas, dispersion, bool(over), applied, between)


def limits_at(plot: Funnel, denominator: ArrayLike, confidence: float) -> tuple[NDArray, NDArray]:
    """The control limits of the rate of areas of these sizes.

    None: Poisson quantiles, interpolated between whole counts (A.1.1). Multiplicative:
    target -/+ z sqrt(dispersion target per / denominator). Additive, on the root scale:
    target (1 -/+ z sqrt(1 / (4 E) + between^2))^2. The lower limit is 0 at least.

    Args:
        plot: of :func:`funnel`.
        denominator: residents or households, any shape; not above 0 gives NaN.
        confidence: 0.95 or 0.998.
    """
    people = np.asarray(denominator, dtype=float)
    people = np.where(people > 0, people, np.nan)
    z = float(ndtri((1 + confidence) / 2))
    expected = plot.target / plot.per * people
    if plot.widening == "additive":
        reach = z * np.sqrt(1 / (4 * expected) + plot.between**2)
        return plot.target * np.maximum(1 - reach, 0) ** 2, plot.target * (1 + reach) ** 2
    if plot.widening == "multiplicative":
        reach = z * np.sqrt(plot.dispersion * plot.target * plot.per / people)
        return np.maximum(plot.target - reach, 0), plot.target + reach
    tail = (1 - confidence) / 2
    lower, upper = (_between_counts(p, expected) for p in (tail, 1 - tail))
    return np.maximum(lower, 0) * plot.per / people, upper * plot.per / people


def place_in_funnel(count: ArrayLike, denominator: ArrayLike, plot: Funnel) -> NDArray:
    """Where each area lies, as text.

    Returns:
        "low" or "high" beyond 95%, "very low" or "very high" beyond 99.8%, "inside", or "" where
        there is no data; an object array of the shape of the counts.
    """
    events, people = _known(count, denominator)
    rate = plot.per * events / people
    found = np.where(np.isnan(rate) | np.isnan(plot.target), "", "inside").astype(object)
    for confidence, word in ((CONFIDENCE_95, ""), (CONFIDENCE_998, "very ")):
        lower, upper = limits_at(plot, people, confidence)
        found[rate < lower] = f"{word}low"
        found[rate > upper] = f"{word}high"
    return found


def _between_counts(p: float, expected: NDArray) -> NDArray:
    """The count whose Poisson distribution function is p, interpolated between whole counts."""
    above = np.ceil(pdtrik(p, expected))
    below = np.maximum(above - 1, 0)
    # The inverse is a float: it may lie a rounding above the whole number that is meant.
    r = np.where(pdtr(below, expected) >= p, below, above)
    step = np.exp(xlogy(r, expected) - gammaln(r + 1) - expected)
    return r - (pdtr(r, expected) - p) / np.where(step > 0, step, np.nan)


def _known(count: ArrayLike, denominator: ArrayLike) -> tuple[NDArray, NDArray]:
    events, people = np.asarray(count, dtype=float), np.asarray(denominator, dtype=float)
    known = (events >= 0) & (people > 0)
    return np.where(known, events, np.nan), np.where(known, people, np.nan)
