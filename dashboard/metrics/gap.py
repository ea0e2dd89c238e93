"""How many events stand between an area and a better rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.rates import RESIDENTS_PER_RATE
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.rounding import as_number

THIRD = 3
"""The place a plan's "top 3" asks for."""


@dataclass(frozen=True)
class Gap:
    """The events needed to reach a rank, or why that cannot be said."""

    events: int | None
    """Whole events fewer (more, when higher is better); 0 when the rank is already held."""
    rank: int
    rate_to_reach: float | None
    """The rate of the area that now holds the rank among the others; None when none does."""
    reason: Reasons = NO_REASON
    """Why that cannot be said; no reason where it can."""


def no_gap(rank: int) -> Gap:
    """The gap to a rank that is not given, too few members having a figure."""
    return Gap(None, rank, None, because(Because.PLACE_WITHHELD))


class Gaps(NamedTuple):
    """The events needed of many groups, and the rates to reach; as :class:`Gap`."""

    events: NDArray
    rate_to_reach: NDArray


def fewer_needed_to_reach(
    members: pd.DataFrame,
    area_code: str,
    rank: int = THIRD,
    lower_is_better: bool = True,
    per: float = RESIDENTS_PER_RATE,
) -> Gap:
    """The smallest whole number of fewer events that would give an area a rank, others unchanged.

    With lower better, the area holds rank r or better when at most r - 1 others are strictly
    below it, that is when its rate is at or below the r-th lowest rate of the others; equal rates
    share the rank. So events = max(0, count - floor(count_r * denominator / denominator_r)).
    With higher better it is the smallest number of more events.

    Args:
        members: area_code, count, denominator; the area itself included.
        area_code: the area.
        rank: the rank to reach, 1 or more.
        lower_is_better: True for crimes.
        per: ``rate_to_reach`` is per this many.

    Raises:
        ValueError: the area is not a member, or the rank is under 1.
    """
    is_own = members["area_code"].eq(area_code).to_numpy()
    if not is_own.any():
        raise ValueError(f"{area_code} is not a member of the group")
    own = int(np.flatnonzero(is_own)[0])
    found = gaps_to_rank(members["count"], members["denominator"], own, rank, lower_is_better, per)
    if np.isnan(found.events):
        return Gap(None, rank, None, because(Because.NO_FIGURE_OF_AREA))
    return Gap(int(found.events), rank, as_number(float(found.rate_to_reach)))


def gaps_to_rank(
    count: ArrayLike,
    denominator: ArrayLike,
    own: ArrayLike,
    rank: int = THIRD,
    lower_is_better: bool = True,
    per: float = RESIDENTS_PER_RATE,
) -> Gaps:
    """:func:`fewer_needed_to_reach` of one member of each of many groups, in one call.

    Args:
        count: events, (..., members); NaN is no data.
        denominator: residents or households, same shape; not above 0 is no data.
        own: index of the member looked at along the last axis, one number or (...).
        rank: the rank to reach, 1 or more.
        lower_is_better: True for crimes.
        per: ``rate_to_reach`` is per this many.

    Returns:
        Arrays of shape (...). Events are NaN where the member itself has no data, and 0 where
        fewer others than the rank have any.

    Raises:
        ValueError: the rank is under 1.
    """
    if rank < 1:
        raise ValueError(f"a rank is 1 or more, not {rank}")
    counts, people = (np.asarray(each, dtype=float) for each in (count, denominator))
    counts, people = np.broadcast_arrays(counts, people)
    has_rate = np.isfinite(counts) & (people > 0)
    index = np.broadcast_to(np.asarray(own, dtype=int), counts.shape[:-1])[..., None]
    others = has_rate & (np.arange(counts.shape[-1]) != index)
    rates = np.divide(counts, people, out=np.full(counts.shape, np.nan), where=has_rate)
    order = np.argsort(np.where(others, rates if lower_is_better else -rates, np.inf), axis=-1)
    place = order[..., min(rank, counts.shape[-1]) - 1, None]
    mine, theirs = ([np.take_along_axis(each, at, -1)[..., 0] for each in (counts, people)]
                    for at in (index, place))  # fmt: skip
    is_held = others.sum(axis=-1) < rank
    known_people = np.where(is_held, np.nan, theirs[1])
    level = theirs[0] / known_people
    # Crosswise, in whole numbers: an equal rate is not missed for the sake of a last binary place.
    crosswise = mine[0] * theirs[1] - theirs[0] * mine[1]
    needed = np.ceil((crosswise if lower_is_better else -crosswise) / known_people)
    events = np.where(is_held, 0.0, np.maximum(needed, 0.0))
    has_own = np.take_along_axis(has_rate, index, -1)[..., 0]
    return Gaps(np.where(has_own, events, np.nan)[()], (per * level)[()])


def others_going_on(members: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """The members a period on, if every other one moves as it did over the last.

    :func:`counts_going_on` of every other member. The area itself stays as it is: the gap from
    here is what it has to do itself.

    Args:
        members: area_code, count, count_before, denominator; one row a member.
        area_code: the area.

    Returns:
        The members with count exchanged, for :func:`fewer_needed_to_reach`.
    """
    count = members["count"].astype(float)
    on = counts_going_on(count, members["count_before"])
    return members.assign(count=count.where(members["area_code"].eq(area_code), on))


def counts_going_on(count: ArrayLike, count_before: ArrayLike) -> NDArray:
    """Counts a period on, each multiplied by what it changed by: count^2 / count_before.

    Args:
        count: events, any shape; NaN stays NaN.
        count_before: events a period before, same shape; one that is not above 0, or missing,
            leaves the count as it is.
    """
    now, before = np.asarray(count, dtype=float), np.asarray(count_before, dtype=float)
    moves = before > 0
    return np.where(moves, now * (now / np.where(moves, before, np.nan)), now)
