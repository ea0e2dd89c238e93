"""Funnel plot: how far from a common or a given level chance, and usual differences, take an area.

Of rates (events are Poisson) or of proportions (people who said yes are binomial). Spiegelhalter D
(2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24: 1185 to
1202; and "Handling over-dispersion of performance indicators", Quality and Safety in Health Care
14: 347 to 351.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik, betaincc, ndtri, pdtr, pdtrik

from dashboard.metrics.intervals import CONFIDENCE_95, CONFIDENCE_998
from dashboard.metrics.rates import RESIDENTS_PER_RATE

Widening = Literal["additive", "multiplicative", "none"]
WIDENINGS: tuple[Widening, ...] = ("additive", "multiplicative", "none")
WINSORISED = 0.1
"""Share of scores drawn in at each end (Spiegelhalter 2005, Qual Saf Health Care 14: 347)."""
TEST_ERRORS = 2.0
"""The limits are widened only when dispersion is so many standard errors over 1 (A.3.1)."""
EXACT_BELOW = 10
"""An upper limit of fewer events is a whole count, as intervals are exact below 10 events: between
whole counts it would call one that chance gives more often than the tail."""
ONE_EVENT = 1


@dataclass(frozen=True)
class Funnel:
    """The level that the limits are about, and what widens them."""

    target: float
    """Rate or proportion of all areas together, or the one given, per so many; NaN without data."""
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
    this share. Of proportions, of the arcsine of the root of the true one. Worked out whatever is
    applied."""
    is_proportion: bool = False
    is_given: bool = False
    """Whether the target was given, and not taken from the areas."""


def funnel(
    count: ArrayLike,
    denominator: ArrayLike,
    widening: Widening = "additive",
    per: float = RESIDENTS_PER_RATE,
    share: float = WINSORISED,
    *,
    about: float | None = None,
    is_proportion: bool = False,
) -> Funnel:
    """The funnel of a set of areas.

    Scores are on the scale where chance has one spread: of rates z = 2 (sqrt(count) - sqrt(E)), E =
    common rate x denominator; of proportions z = 2 sqrt(n) (asin sqrt(p) - asin sqrt(common)), the
    common level that of all together whatever the limits are about. Each is winsorised at
    ``share``; dispersion = mean of z squared; overdispersed when it is over 1 + 2 sqrt(2 / areas).
    Additive (a random effect): between^2 = max(0, (areas x dispersion - (areas - 1)) / (sum w - sum
    w^2 / sum w)), w the weights: 4 E of sqrt(count / E), 4 n of asin sqrt(p).

    Args:
        count: events, or people who said yes, one for each area; missing or negative is no data.
        denominator: residents or households, or people who answered; not above 0 is no data.
        widening: additive, multiplicative or none.
        per: the target is per this many.
        share: of the scores drawn in at each end.
        about: the level that the limits are about, per so many; None for that of all together.
        is_proportion: whether the events are some of the denominator.

    Raises:
        ValueError: an unknown widening; a level given that is not above 0, or of a proportion not
            below the whole; more events than answered.
    """
    if widening not in WIDENINGS:
        raise ValueError(f"'{widening}' is not one of {', '.join(WIDENINGS)}")
    if about is not None and not 0 < about < (per if is_proportion else np.inf):
        raise ValueError(f"a funnel cannot be about {about:g} per {per:g}")
    events, people = _known(count, denominator)
    if is_proportion and np.any(events > people):
        raise ValueError("a proportion is of no more events than there are people")
    areas = int(np.isfinite(events).sum())
    kind = {"is_proportion": is_proportion, "is_given": about is not None}
    common = np.nansum(events) / np.nansum(people) if areas else float("nan")
    target = float(common) if about is None else about / per
    if not common > 0:
        target = float("nan") if about is None else per * target
        return Funnel(target, per, areas, float("nan"), False, "none", 0.0, **kind)
    # How areas differ from each other: about a target that none of them meets, all would differ.
    weight = 4 * people if is_proportion else 4 * common * people
    root = _scale(events / people, common, is_proportion)
    drawn_in = winsorised(np.sqrt(weight) * (root - _scale(common, common, is_proportion)), share)
    dispersion = float(np.nanmean(drawn_in**2))
    over = dispersion > 1 + TEST_ERRORS * np.sqrt(2 / areas)
    weight = weight[np.isfinite(weight)]
    room = weight.sum() - (weight**2).sum() / weight.sum()
    excess = max(0.0, areas * dispersion - (areas - 1))
    between = float(np.sqrt(excess / room)) if room > 0 else 0.0
    applied: Widening = widening if over else "none"
    return Funnel(per * target, per, areas, dispersion, bool(over), applied, between, **kind)


def limits_at(plot: Funnel, denominator: ArrayLike, confidence: float) -> tuple[NDArray, NDArray]:
    """The control limits of the rate or proportion of areas of these sizes.

    None: quantiles of the Poisson or binomial count, interpolated between whole counts (A.1.1), but
    whole at one event or none, and the upper one below ``EXACT_BELOW``: there an area is beyond a
    limit just when so many events or more extreme have less than the tail's chance.
    Multiplicative: target -/+ z sqrt(dispersion variance), the variance target per / denominator,
    or target (per - target) / n. Additive, on the scale of the scores: target (1 -/+ z sqrt(1 / (4
    E) + between^2))^2, or sin(asin sqrt(target) -/+ z sqrt(1 / (4 n) + between^2))^2. No limit is
    under 0, nor a proportion's over the whole.

    Args:
        plot: of :func:`funnel`.
        denominator: residents, households or people who answered, any shape; not above 0 gives NaN.
        confidence: 0.95 or 0.998.
    """
    people = np.asarray(denominator, dtype=float)
    people = np.where(people > 0, people, np.nan)
    z = float(ndtri((1 + confidence) / 2))
    target, most = plot.target / plot.per, 1.0 if plot.is_proportion else np.inf
    if plot.widening == "additive":
        weight = 4 * people if plot.is_proportion else 4 * target * people
        reach = z * np.sqrt(1 / weight + plot.between**2)
        middle = _scale(target, target, plot.is_proportion)
        ends = [_unscaled(middle + side * reach, target, plot.is_proportion) for side in (-1, 1)]
    elif plot.widening == "multiplicative":
        variance = target * (1 - target if plot.is_proportion else 1.0) / people
        reach = z * np.sqrt(plot.dispersion * variance)
        ends = [target - reach, target + reach]
    else:
        tail = (1 - confidence) / 2
        # Answers are whole people; a survey's effective sample may not be.
        people = np.rint(people) if plot.is_proportion else people
        ends = [_quantile(p, people, plot, target) / people for p in (tail, 1 - tail)]
    lower, upper = (plot.per * np.clip(end, 0, most) for end in ends)
    return lower, upper


def place_in_funnel(count: ArrayLike, denominator: ArrayLike, plot: Funnel) -> NDArray:
    """Where each area lies, as text.

    Returns:
        "low" or "high" beyond 95%, "very low" or "very high" beyond 99.8%, "inside", or "" where
        there is no data; an object array of the shape of the counts.
    """
    events, people = _known(count, denominator)
    found = np.where(np.isnan(events) | np.isnan(plot.target), "", "inside").astype(object)
    for confidence, word in ((CONFIDENCE_95, ""), (CONFIDENCE_998, "very ")):
        # Back in events, where a whole count is its own limit but for the noise of rounding.
        lower, upper = (
            np.round(limit * people / plot.per, 9) for limit in limits_at(plot, people, confidence)
        )
        found[events < lower] = f"{word}low"
        found[events > upper] = f"{word}high"
    return found


def winsorised(scores: ArrayLike, share: float = WINSORISED) -> NDArray:
    """Scores with the outermost share at each end drawn in to its quantile.

    Args:
        scores: shape (..., members); NaN stays NaN and has no part.
        share: of the scores at each end, under a half.
    """
    values = np.asarray(scores, dtype=float)
    with np.errstate(invalid="ignore"):
        some = np.isfinite(values).any(axis=-1, keepdims=True)
        filled = np.where(some, values, 0.0)
        low, high = np.nanquantile(filled, [share, 1 - share], axis=-1, keepdims=True)
    return np.where(np.isnan(values), np.nan, np.clip(filled, low, high))


def _scale(level: ArrayLike, target: float, is_proportion: bool) -> NDArray:
    """A level, 1 for the whole, where chance has one spread: of rates the root of its ratio."""
    share = np.asarray(level, dtype=float)
    return np.arcsin(np.sqrt(share)) if is_proportion else np.sqrt(share / target)


def _unscaled(score: NDArray, target: float, is_proportion: bool) -> NDArray:
    if is_proportion:
        return np.sin(np.clip(score, 0, np.pi / 2)) ** 2
    return target * np.maximum(score, 0) ** 2


def _quantile(p: float, people: NDArray, plot: Funnel, target: float) -> NDArray:
    """The count whose distribution function is p: whole where it is small, else between two."""
    expected = target * people

    def chance_up_to(count: NDArray) -> NDArray:
        if plot.is_proportion:
            return _binomial(count, people, target)
        return pdtr(count, expected)

    inverse = bdtrik(p, people, target) if plot.is_proportion else pdtrik(p, expected)
    above = np.ceil(np.maximum(np.nan_to_num(inverse), 0.0))
    below = np.maximum(above - 1, 0)
    # The inverse is a float: it may lie a rounding above the whole number that is meant.
    r = np.where(chance_up_to(below) >= p, below, above)
    at = chance_up_to(r)
    under = np.where(r > 0, chance_up_to(np.maximum(r - 1, 0)), 0.0)
    between = r - (at - p) / np.where(at > under, at - under, np.nan)
    return np.where(r < (EXACT_BELOW if p > 1 / 2 else ONE_EVENT + 1), r, between)


def _binomial(k: NDArray, n: NDArray, p: float) -> NDArray:
    """The chance of k or fewer of n; `scipy.special.bdtr` takes no missing n."""
    return np.where(k >= n, 1.0, betaincc(k + 1, np.maximum(n - k, 1), p)) + 0 * n


def _known(count: ArrayLike, denominator: ArrayLike) -> tuple[NDArray, NDArray]:
    events, people = np.asarray(count, dtype=float), np.asarray(denominator, dtype=float)
    known = (events >= 0) & (people > 0)
    return np.where(known, events, np.nan), np.where(known, people, np.nan)
