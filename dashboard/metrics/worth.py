"""Which indicators are worth reporting: what moves, what repeats another, what fewer would lose."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from dashboard.metrics.rounding import as_number

Numbers = NDArray[np.float64]

LEAST_YEARS = 2
"""Years of figures without which nothing can be said of movement."""
LEAST_POINTS = 8
"""Changes (in effect) that a correlation needs: with fewer its interval is nearly -1 to 1."""
SAME_FROM = 0.5
"""Two indicators say the same when the intervals of both correlations lie wholly beyond this."""
LEVEL = 0.95
MOVES_BELOW = 0.05
"""P-value under which an indicator moves by more than chance."""
_CONTINUITY = 0.5
"""Added to counts before logarithms: Anscombe, Biometrika 35 (1948), 246-254."""
_FISHER_LOSS = 3
"""Degrees that Fisher's z loses: Fisher, Metron 1 (1921), 3-32."""

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


def movement(years: Numbers, *, counts: bool) -> Movement:
    """Compare the variation between years with what is left within them.

    Two-way, year by month (or quarter): for counts the expected are row total times column total
    over all, chance is Pearson's chi-squared over its degrees, at least 1 (Poisson); for others
    an additive analysis of variance. F = variation between years / chance.

    Args:
        years: One row a year, one column a month or quarter of it; NaN for missing.
        counts: Whether they are counts.

    Returns:
        No verdict with under two whole years or where nothing varies. Source: McCullagh and
        Nelder, Generalized Linear Models (1989), sections 4.5 and 6.2; Fisher for the F test.
    """
    whole = years[~np.isnan(years).any(axis=1)]
    rows, columns = whole.shape
    if rows < LEAST_YEARS:
        return Movement(None, None, None, rows, "fewer than two whole years of figures")
    if np.ptp(whole) == 0:
        return Movement(None, None, None, rows, "the same figure throughout")
    if counts:
        between, chance = _of_counts(whole)
    else:
        between, chance = _of_values(whole)
    if chance <= 0:
        return Movement(None, None, None, rows, "nothing left to tell chance by")
    f = between / chance
    within = (rows - 1) * (columns - 1)
    p = float(stats.f.sf(f, rows - 1, within))
    return Movement(float(f), p, max(0.0, 1 - 1 / f) if f > 0 else 0.0, rows)


def _of_counts(whole: Numbers) -> tuple[float, float]:
    rows, columns = whole.shape
    total = whole.sum()
    by_year, by_month = whole.sum(axis=1), whole.sum(axis=0)
    expected = np.outer(by_year, by_month) / total
    here = expected > 0
    pearson = (((whole - expected) ** 2)[here] / expected[here]).sum()
    mean = total / rows
    between = ((by_year - mean) ** 2).sum() / mean / (rows - 1)
    return float(between), max(1.0, float(pearson) / ((rows - 1) * (columns - 1)))


def _of_values(whole: Numbers) -> tuple[float, float]:
    rows, columns = whole.shape
    year, month = whole.mean(axis=1), whole.mean(axis=0)
    left = whole - year[:, None] - month[None, :] + whole.mean()
    between = columns * ((year - whole.mean()) ** 2).sum() / (rows - 1)
    return float(between), float((left**2).sum() / ((rows - 1) * (columns - 1)))


def year_on_year(values: Numbers, a_year: int, *, counts: bool) -> Numbers:
    """Return the change of each period on the same one a year before.

    Args:
        values: Figures in order, without a gap in time; NaN for missing.
        a_year: Periods a year.
        counts: Changes of counts are of their logarithm, after adding a half; of others plain.
    """
    level = np.log(values + _CONTINUITY) if counts else values
    return level[a_year:] - level[:-a_year]


def correlations(changes: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of columns with the correlation of their changes and its interval.

    Pearson's r with Fisher's z, and Spearman's with the variance of Bonett and Wright,
    Psychometrika 65 (2000), 23-28. Changes on a year before run on from one period to the next,
    so that n periods say less than n: the effective number is
    n / (1 + 2 sum over k of (1 - k/n) a_k b_k), a_k and b_k the autocorrelations of the two
    (Bartlett, JRSS 98 (1935), 536-543; Pyper and Peterman, CJFAS 55 (1998), 2127-2140),
    summed to a quarter of n, at most n.

    Args:
        changes: One row a period in order, one column an indicator; NaN for missing.

    Returns:
        a, b, r, lower, upper, spearman, spearman_lower, spearman_upper, n, n_effective, same;
        pairs of too few periods or of a column that never changes are left out.
    """
    names = list(changes.columns)
    rows = [
        (names[i], names[j], *found)
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if (found := _pair(changes.iloc[:, i].to_numpy(float), changes.iloc[:, j].to_numpy(float)))
    ]
    columns = ["a", "b", "r", "lower", "upper", "spearman", "spearman_lower", "spearman_upper",
               "n", "n_effective"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(same=[_nearest(row) > SAME_FROM for row in table.to_dict("records")])


def _nearest(pair: dict) -> float:
    """Return how strong the correlation is at least, by values and by ranks; 0 when unsure."""
    alike = min(pair["lower"], pair["spearman_lower"])
    opposite = min(-pair["upper"], -pair["spearman_upper"])
    return max(alike, opposite, 0.0)


def _pair(first: Numbers, second: Numbers) -> tuple[float, ...] | None:
    there = ~np.isnan(first) & ~np.isnan(second)
    a, b = first[there], second[there]
    if len(a) < LEAST_POINTS or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    size = effective_size(a, b)
    if size <= _FISHER_LOSS + 1:
        return None
    r = float(np.corrcoef(a, b)[0, 1])
    rank = float(np.corrcoef(stats.rankdata(a), stats.rankdata(b))[0, 1])
    wider = math.sqrt(1 + rank**2 / 2)
    return (r, *fisher_interval(r, size), rank, *fisher_interval(rank, size, wider), len(a), size)


def effective_size(first: Numbers, second: Numbers) -> float:
    """Return how many independent pairs two autocorrelated series are worth; see `correlations`."""
    n = len(first)
    lags = np.arange(1, n // 4 + 1)
    both = np.array([_autocorrelation(first, k) * _autocorrelation(second, k) for k in lags])
    return min(float(n), n / max(1 + 2 * float(((1 - lags / n) * both).sum()), 1 / n))


def _autocorrelation(values: Numbers, lag: int) -> float:
    centred = values - values.mean()
    return float((centred[lag:] * centred[:-lag]).sum() / (centred**2).sum())


def fisher_interval(r: float, size: float, wider: float = 1.0) -> tuple[float, float]:
    """Return the 95% interval of a correlation: tanh(atanh r -+ 1.96 wider / sqrt(size - 3)).

    Args:
        r: The correlation, -1 to 1; at either end the interval is that end.
        size: Independent pairs, more than 3.
        wider: Factor of the standard error.
    """
    if abs(r) >= 1:
        return r, r
    z = math.atanh(r)
    reach = float(stats.norm.ppf((1 + LEVEL) / 2)) * wider / math.sqrt(size - _FISHER_LOSS)
    return math.tanh(z - reach), math.tanh(z + reach)


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
        found[row["a"], row["b"]] = found[row["b"], row["a"]] = _nearest(row) ** 2
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
