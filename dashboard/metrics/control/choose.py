"""Which control chart suits a series, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import FEWEST_POINTS, dispersion_ratio
from dashboard.metrics.control.rare import gaps_between
from dashboard.metrics.reasons import Because, Reasons, because

SMALL_MEAN = 10.0
"""Under it counts are too skewed for limits from moving ranges (their skewness is over 0.3)."""
RARE_MEAN = 1.0
RARE_SHARE_OF_ZEROS = 0.5
"""From half of the periods without an event the lower half of a count chart is empty."""
LUMPY = 1.25
"""Our convention: neighbouring counts that differ by a quarter more than Poisson counts do."""

NAMES = {
    "xmr": "XmR chart",
    "c": "c chart",
    "u": "u chart",
    "u_prime": "u\N{PRIME} chart",
    "p": "p chart",
    "p_prime": "p\N{PRIME} chart",
    "g": "g chart",
    "": "no chart",
}


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """A chart and why.

    Attributes:
        chart: A key of `NAMES`; "" when there is too little to say anything.
        why: A named reason.
    """

    chart: str
    why: Reasons

    @property
    def name(self) -> str:
        """The chart's name."""
        return NAMES[self.chart]


def choose_chart(
    unit: str,
    counts: ArrayLike,
    sizes: ArrayLike | None = None,
    *,
    is_seasonal: bool = False,
    every: str = "month",
) -> ChartChoice:
    """Return the chart for one series.

    In this order: fewer than 12 figures, none; percentages, p' with sample sizes, else XmR; rare
    events, g; a rate, u'; counts under 10 that vary as Poisson counts do, c; else XmR.

    Args:
        unit: count, rate or percent.
        counts: (periods,) numerators, or the percentages; NaN where missing.
        sizes: Denominators or sample sizes, same shape, where there are any.
        is_seasonal: Whether the season is taken out first.
        every: What a figure is for: month, quarter, year.

    Raises:
        ValueError: The unit is not known.
    """
    if unit not in ("count", "rate", "percent"):
        raise ValueError(f"'{unit}' is not a unit")
    series = np.asarray(counts, dtype=float).ravel()
    has_sizes = sizes is not None and bool((np.asarray(sizes, dtype=float) > 0).any())
    known = series[np.isfinite(series)]
    if len(known) < FEWEST_POINTS:
        return ChartChoice("", because(Because.FEW_FIGURES, len(known), FEWEST_POINTS))
    if unit == "percent":
        if has_sizes:
            return ChartChoice("p_prime", because(Because.OF_SAMPLES))
        return ChartChoice("xmr", because(Because.OF_UNKNOWN))
    is_rare = known.mean() < RARE_MEAN or (known == 0).mean() >= RARE_SHARE_OF_ZEROS
    if known.min() >= 0 and is_rare:
        return _for_rare_events(series, every)
    if unit == "rate" and has_sizes:
        return ChartChoice("u_prime", because(Because.RATE_CHANGES))
    return _for_counts(series, known, is_seasonal=is_seasonal)


def _for_rare_events(series: NDArray, every: str) -> ChartChoice:
    if len(gaps_between(series).lengths) >= FEWEST_POINTS:
        return ChartChoice("g", because(Because.RARE, every))
    some = int(np.nansum(series > 0))
    return ChartChoice("", because(Because.FEW_EVENTS, some, every, FEWEST_POINTS + 1))


def _for_counts(series: NDArray, known: NDArray, *, is_seasonal: bool) -> ChartChoice:
    if is_seasonal:
        return ChartChoice("xmr", because(Because.WITHOUT_SEASON))
    if known.min() >= 0 and known.mean() < SMALL_MEAN:
        if float(dispersion_ratio(series)[0]) <= LUMPY:
            return ChartChoice("c", because(Because.SMALL_COUNTS))
        return ChartChoice("xmr", because(Because.LUMPY_COUNTS))
    return ChartChoice("xmr", because(Because.LARGE_COUNTS))
