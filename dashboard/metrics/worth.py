"""Which indicators are worth reporting: what moves, what repeats another, what fewer would lose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import fdtrc

from dashboard.metrics.correlation import nearest_end
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
    reason: str = ""
    """Why nothing can be said, or ""."""

    @property
    def moves(self) -> bool | None:
        """Whether it moves by more than chance; None when that cannot be said."""
        return None if self.p_value is None else self.p_value < MOVES_BELOW


class Movements(NamedTuple):
    """Of many series whether their years differ by more than chance, as :class:`Movement`."""

    f: Numbers
    p_value: Numbers
    share: Numbers
    years: NDArray[np.int64]


def movement(years: Numbers, *, counts: bool) -> Movement:
    """:func:`movements` of one series.

    Args:
        years: One row a year, one column a month or quarter of it; NaN for missing.
        counts: Whether they are counts.

    Returns:
        No verdict, with its reason, with under two whole years or where nothing varies.
    """
    found = movements(years, counts=counts)
    f, p_value, share = (as_number(float(each)) for each in found[:3])
    rows, reason = int(found.years), ""
    if f is None:
        reason = "nothing left to tell chance by"
        whole = years[~np.isnan(years).any(axis=1)]
        if rows < LEAST_YEARS:
            reason = "fewer than two whole years of figures"
        elif np.ptp(whole) == 0:
            reason = "the same figure throughout"
    return Movement(f, p_value, share, rows, reason)


def movements(years: Numbers, *, counts: bool) -> Movements:
    """Compare the variation between years with what is left within them, of many series.

    Two-way, year by month (or quarter): for counts the expected are row total times column total
    over all, chance is Pearson's chi-squared over its degrees, at least 1 (Poisson); for others
    an additive analysis of variance. F = variation between years / chance.

    Args:
        years: (..., years, months), NaN for missing; a year with a missing month takes no part.
        counts: Whether they are counts.

    Returns:
        Arrays of shape (...); NaN with under two whole years or where nothing varies. Source:
        McCullagh and Nelder, Generalized Linear Models (1989), sections 4.5 and 6.2; Fisher for
        the F test.
    """
    table = np.asarray(years, dtype=float)
    is_whole = np.asarray(~np.isnan(table).any(axis=-1, keepdims=True))
    rows, columns = is_whole.sum(axis=(-2, -1)), table.shape[-1]
    held = np.where(is_whole, table, 0.0)
    high = np.where(is_whole, table, -np.inf).max(axis=(-2, -1), initial=-np.inf)
    low = np.where(is_whole, table, np.inf).min(axis=(-2, -1), initial=np.inf)
    tellable = (rows >= LEAST_YEARS) & (high > low)
    degrees = np.where(tellable, rows - 1, np.nan)
    within = degrees * (columns - 1)
    parts = _of_counts if counts else _of_values
    with np.errstate(divide="ignore", invalid="ignore"):
        between, chance = parts(held, is_whole, rows, degrees, within)
        f = np.where(tellable & (chance > 0), between / chance, np.nan)
        share = np.maximum(0.0, 1 - 1 / np.where(f > 0, f, np.inf))
    p = fdtrc(degrees, within, f)
    return Movements(
        *(np.asarray(each)[()] for each in (f, p, np.where(np.isnan(f), f, share), rows))
    )


def _of_counts(
    held: Numbers, is_whole: NDArray, rows: NDArray, degrees: Numbers, within: Numbers
) -> tuple[Numbers, Numbers]:
    by_year, by_month = held.sum(axis=-1, keepdims=True), held.sum(axis=-2, keepdims=True)
    total = by_month.sum(axis=-1, keepdims=True)
    expected = by_year * by_month / total
    square = np.where(expected > 0, (held - expected) ** 2 / expected, 0.0)
    mean = total / rows[..., None, None]
    apart = np.where(is_whole, (by_year - mean) ** 2 / mean, 0.0)
    pearson = square.sum(axis=(-2, -1)) / within
    return apart.sum(axis=(-2, -1)) / degrees, np.maximum(1.0, pearson)


def _of_values(
    held: Numbers, is_whole: NDArray, rows: NDArray, degrees: Numbers, within: Numbers
) -> tuple[Numbers, Numbers]:
    number = rows[..., None, None]
    year = held.mean(axis=-1, keepdims=True)
    month = held.sum(axis=-2, keepdims=True) / number
    mean = month.mean(axis=-1, keepdims=True)
    left = np.where(is_whole, held - year - month + mean, 0.0)
    apart = np.where(is_whole, (year - mean) ** 2, 0.0).sum(axis=(-2, -1))
    return held.shape[-1] * apart / degrees, (left**2).sum(axis=(-2, -1)) / within


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
