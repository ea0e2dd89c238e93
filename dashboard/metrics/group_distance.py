"""How far a member is from its group: from its mean, and from those that stand next to it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from dashboard.metrics.intervals import CONFIDENCE_95
from dashboard.metrics.rank_uncertainty import JEFFREYS, chance_of_lower
from dashboard.metrics.rates import RESIDENTS_PER_RATE, rate_per

PLACES = 3
"""Rows on either side."""


def nearby(
    ranked: pd.DataFrame,
    area_code: str,
    lower_is_better: bool = True,
) -> pd.DataFrame:
    """The members next to one in order of rank.

    Events between: the member's own events less those at which its rate would equal the other's,
    count - rate_j denominator, away from zero to a whole event.

    Args:
        ranked: area_code, area_name, count, denominator, rank; best first, as
            :func:`dashboard.metrics.ranking.rank_members` gives it; and dispersion (variance over
            the Poisson variance) where it is not 1.
        area_code: the member looked at.
        lower_is_better: True for crimes.

    Returns:
        area_code, area_name, rank, value (if there), events_between (Int64: positive where the
        member has more events than would draw level), chance_better (that the other's true rate
        is the better one); best first, without the member; empty when it has no rank.

    Raises:
        ValueError: the area is not a member.
    """
    if area_code not in set(ranked["area_code"]):
        raise ValueError(f"{area_code} is not a member of the group")
    with_rank = ranked[ranked["rank"].notna()].reset_index(drop=True)
    found = np.flatnonzero(with_rank["area_code"] == area_code)
    if not len(found):
        return _columns(with_rank.iloc[:0].assign(events_between=[], chance_better=[]))
    at, own = int(found[0]), with_rank.iloc[found[0]]
    near = with_rank.iloc[max(0, at - PLACES) : at + PLACES + 1].drop(index=at)
    count, people = float(own["count"]), float(own["denominator"])
    between = count - near["count"].to_numpy(float) / near["denominator"].to_numpy(float) * people
    whole = np.where(between > 0, np.ceil(between), np.floor(between))
    wide = near.get("dispersion", 1.0)
    lower = chance_of_lower(
        near["count"], near["denominator"], count, people, wide, own.get("dispersion", 1.0)
    )
    return _columns(
        near.assign(
            events_between=pd.array(whole, dtype="Int64"),
            chance_better=lower if lower_is_better else 1 - lower,
        )
    )


def _columns(near: pd.DataFrame) -> pd.DataFrame:
    names = ["area_code", "area_name", "rank", "value", "events_between", "chance_better"]
    return near[[name for name in names if name in near]].reset_index(drop=True)


class Distance(NamedTuple):
    """A member's rate less the mean, with 95% interval and two-sided p; all per so many."""

    mean: NDArray
    difference: NDArray
    lower: NDArray
    upper: NDArray
    p: NDArray


def from_unweighted_mean(
    count: ArrayLike,
    denominator: ArrayLike,
    own: ArrayLike,
    dispersion: ArrayLike = 1.0,
    per: float = RESIDENTS_PER_RATE,
) -> Distance:
    """The distance from the mean of the members' rates, the member itself included.

    difference = r_o - mean(r) is a weighted sum of independent rates: weight 1 - 1/n for the
    member and -1/n for each other. Its variance is the sum of squared weights times the variance
    d (count + 1/2) / denominator^2 of each rate; z is taken as normal.

    Args:
        count: events, shape (..., members); NaN is no data. A negative count is taken as 0 in
            the variance.
        denominator: residents or households, same shape; not above 0 is no data.
        own: index of the member along the last axis, one number or shape (...).
        dispersion: variance over the Poisson variance, broadcast to the counts.
        per: rates are per this many.

    Returns:
        Arrays of shape (...); NaN where the member or all others have no data.
    """
    counts, people, is_own = _members(count, denominator, own)
    n = np.isfinite(people).sum(axis=-1, keepdims=True)
    weight = (is_own - 1 / np.where(n > 1, n, np.nan)) / people
    mean = np.nansum(counts / people, axis=-1) / np.where(n > 0, n, np.nan)[..., 0]
    return _distance(counts, weight, is_own, mean, dispersion, per)


def from_pooled_mean(
    count: ArrayLike,
    denominator: ArrayLike,
    own: ArrayLike,
    dispersion: ArrayLike = 1.0,
    per: float = RESIDENTS_PER_RATE,
) -> Distance:
    """The distance from the rate of all members together, the member itself included.

    difference = c_o / e_o - sum(c) / sum(e): the weight of a count is 1/e_o - 1/sum(e) for the
    member and -1/sum(e) for each other. Otherwise as :func:`from_unweighted_mean`.
    """
    counts, people, is_own = _members(count, denominator, own)
    n = np.isfinite(people).sum(axis=-1, keepdims=True)
    whole = np.where(n > 1, np.nansum(people, axis=-1, keepdims=True), np.nan)
    weight = is_own / people - np.where(np.isnan(people), np.nan, 1 / whole)
    everybody = np.nansum(people, axis=-1)
    mean = np.nansum(counts, axis=-1) / np.where(everybody > 0, everybody, np.nan)
    return _distance(counts, weight, is_own, mean, dispersion, per)


def _members(
    count: ArrayLike, denominator: ArrayLike, own: ArrayLike
) -> tuple[NDArray, NDArray, NDArray]:
    """Counts and denominators, both NaN where either is missing, and which one is the member."""
    counts, people = np.broadcast_arrays(
        np.asarray(count, dtype=float), np.asarray(denominator, dtype=float)
    )
    known = np.isfinite(counts) & (people > 0)
    index = np.broadcast_to(np.asarray(own, dtype=int), counts.shape[:-1])[..., None]
    is_own = (np.arange(counts.shape[-1]) == index).astype(float)
    return np.where(known, counts, np.nan), np.where(known, people, np.nan), is_own


def _distance(
    counts: NDArray,
    weight: NDArray,
    is_own: NDArray,
    mean: NDArray,
    dispersion: ArrayLike,
    per: float,
) -> Distance:
    spread = np.asarray(dispersion, dtype=float) * (np.maximum(counts, 0) + JEFFREYS)
    variance = np.nansum(weight**2 * spread, axis=-1)
    has_own = (is_own.astype(bool) & np.isfinite(weight * counts)).any(axis=-1)
    difference = np.where(has_own, np.nansum(weight * counts, axis=-1), np.nan)
    error = np.sqrt(np.where(has_own, variance, np.nan))
    reach = ndtri((1 + CONFIDENCE_95) / 2) * error
    p = 2 * ndtr(-np.abs(difference) / error)
    return Distance(
        rate_per(mean, 1.0, per),
        per * difference,
        per * (difference - reach),
        per * (difference + reach),
        p,
    )
