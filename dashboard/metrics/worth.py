"""Which indicators are worth reporting: what moves, what repeats another, what fewer would lose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import fdtrc

from dashboard.metrics.correlation import nearest_end
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.rounding import as_number

Numbers = NDArray[np.float64]

LEAST_YEARS = 2
"""Years of figures without which nothing can be said of movement."""
MOVES_BELOW = 0.05
"""P-value under which an indicator moves by more than chance."""

GOOD, WITH_CARE, POOR = "good", "with care", "poor"
QUALITY_WEIGHT = {GOOD: 1.0, WITH_CARE: 0.5, POOR: 0.25}
"""How much of what an indicator alone tells is lost with it, as its data are; a choice of ours."""


@dataclass(frozen=True)
class Movement:
    """Whether the years of a series differ by more than chance."""

    f: float | None
    """Variation between years over what chance gives."""
    p_value: float | None
    share: float | None
    """Share of the variation between years that is beyond chance: max(0, 1 - 1/F)."""
    years: int
    reason: Reasons = NO_REASON
    """Why nothing can be said; no reason where something can."""

    @property
    def moves(self) -> bool | None:
        """Whether it moves by more than chance; None when that cannot be said."""
        return None if self.p_value is None else self.p_value < MOVES_BELOW


def movement(years: Numbers, *, counts: bool) -> Movement:
    """Compare the variation between years with what is left within them.

    Two-way, year by month (or quarter): for counts the expected are row total times column total
    over all, chance is Pearson's chi-squared over its degrees, at least 1 (Poisson); for others
    an additive analysis of variance. F = variation between years / chance. Source: McCullagh and
    Nelder, Generalized Linear Models (1989), sections 4.5 and 6.2; Fisher for the F test.

    Args:
        years: One row a year, one column a month or quarter of it; NaN for missing. A year with a
            missing month takes no part.
        counts: Whether they are counts.

    Returns:
        No verdict, with its reason, with under two whole years or where nothing varies.
    """
    whole = years[~np.isnan(years).any(axis=1)]
    rows, columns = whole.shape
    if rows < LEAST_YEARS:
        return Movement(None, None, None, rows, because(Because.FEW_WHOLE_YEARS))
    if np.ptp(whole) == 0:
        return Movement(None, None, None, rows, because(Because.SAME_THROUGHOUT))
    between, within = _of_counts(whole) if counts else _of_values(whole)
    degrees = (rows - 1) * (columns - 1)
    chance = max(1.0, within / degrees) if counts else within / degrees
    if not chance > 0:
        return Movement(None, None, None, rows, because(Because.NOTHING_LEFT))
    f = between / (rows - 1) / chance
    p_value = float(fdtrc(rows - 1, degrees, f))
    return Movement(f, p_value, max(0.0, 1 - 1 / f) if f > 0 else 0.0, rows)


def _of_counts(years: Numbers) -> tuple[float, float]:
    """Return Pearson's chi-squared between years and within them."""
    by_year, total = years.sum(axis=1, keepdims=True), years.sum()
    expected = by_year * years.sum(axis=0) / total
    square = (years - expected) ** 2 / np.where(expected > 0, expected, np.inf)
    mean = total / len(years)
    return float(((by_year - mean) ** 2 / mean).sum()), float(square.sum())


def _of_values(years: Numbers) -> tuple[float, float]:
    """Return the squares between years and what two-way effects leave within them."""
    year, month = years.mean(axis=1, keepdims=True), years.mean(axis=0)
    left = years - year - month + month.mean()
    between = years.shape[1] * ((year - month.mean()) ** 2).sum()
    return float(between), float((left**2).sum())


def smaller_set(indicators: pd.DataFrame, pairs: pd.DataFrame, fewer: int) -> pd.DataFrame:
    """Take indicators away one at a time, each time the one that would be missed least.

    First what no target rests on, then what leaves no priority without an indicator, then what
    tells least that the others do not: its movement beyond chance, times the share of its variance
    that no kept indicator explains (one less the square of the nearest end of the interval of
    their correlation), times the weight of its data.

    Args:
        indicators: indicator_id, target_weight (0 for none), priority_id, share (NaN counts as
            1: what is not known to be still may move), quality.
        pairs: As `correlations` gives.
        fewer: How many to take away.

    Returns:
        indicator_id, target_weight, leaves_priority_bare, unexplained, loss, said_by (the kept
        indicator that says most of it, or ""), in the order in which they go.
    """
    kept = indicators.set_index("indicator_id", drop=False)
    explained = _explained(pairs)
    gone = []
    for _ in range(min(fewer, len(kept))):
        ranked = sorted(_loss(row, kept, explained) for row in kept.to_dict("records"))
        gone.append(ranked[0])
        kept = kept.drop(index=ranked[0][-1])
    final = [_said_by(each[-1], kept, explained) for each in gone]
    return pd.DataFrame(
        [
            (each[-1], each[0], bool(each[1]), 1 - share, each[2], by)
            for each, (by, share) in zip(gone, final, strict=True)
        ],
        columns=["indicator_id", "target_weight", "leaves_priority_bare", "unexplained", "loss",
                 "said_by"],
    )  # fmt: skip


def _explained(pairs: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the share of variance that each explains of the other, at least."""
    found = {}
    for row in pairs.to_dict("records"):
        found[row["a"], row["b"]] = found[row["b"], row["a"]] = float(nearest_end(row)) ** 2
    return found


def _said_by(
    name: str, kept: pd.DataFrame, explained: dict[tuple[str, str], float]
) -> tuple[str, float]:
    shares = [(explained.get((name, other), 0.0), other) for other in kept.index if other != name]
    share, by = max(shares, default=(0.0, ""))
    return (by, share) if share > 0 else ("", 0.0)


def _loss(
    row: dict, kept: pd.DataFrame, explained: dict[tuple[str, str], float]
) -> tuple[float, bool, float, str]:
    name = str(row["indicator_id"])
    last = bool(row["priority_id"]) and (kept["priority_id"] == row["priority_id"]).sum() == 1
    share = as_number(row["share"])
    alone = 1 - _said_by(name, kept, explained)[1]
    weight = QUALITY_WEIGHT[str(row["quality"])]
    told = 1.0 if share is None else share
    return float(row["target_weight"]), bool(last), told * alone * weight, name
