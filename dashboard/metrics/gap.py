"""How many events stand between an area and a better rank."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from dashboard.metrics.rates import RESIDENTS_PER_RATE

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
    reason: str = ""

    def sentence(self, lower_is_better: bool = True) -> str:
        """In words: "1,204 fewer to reach 3rd place" without the noun of the events."""
        if self.events is None:
            return self.reason
        if self.events == 0:
            return f"already among the best {self.rank}"
        word = "fewer" if lower_is_better else "more"
        return f"{self.events:,} {word} to be among the best {self.rank}"


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
    share the rank. So events = max(0, count - floor(count_r * denominator / denominator_r)),
    in whole-number arithmetic. With higher better it is the smallest number of more events.

    Args:
        members: area_code, count, denominator; the area itself included.
        area_code: the area.
        rank: the rank to reach, 1 or more.
        lower_is_better: True for crimes.
        per: ``rate_to_reach`` is per this many.

    Raises:
        ValueError: the area is not a member, or the rank is under 1.
    """
    if rank < 1:
        raise ValueError(f"a rank is 1 or more, not {rank}")
    own = members[members["area_code"] == area_code]
    if own.empty:
        raise ValueError(f"{area_code} is not a member of the group")
    if not _has_rate(own).iloc[0]:
        return Gap(None, rank, None, "no figure for this area")
    others = members[(members["area_code"] != area_code) & _has_rate(members)]
    rates = sorted(
        (
            Fraction(count) / Fraction(people)
            for count, people in zip(
                others["count"].tolist(), others["denominator"].tolist(), strict=True
            )
        ),
        reverse=not lower_is_better,
    )
    if len(rates) < rank:
        return Gap(0, rank, None)
    level = rates[rank - 1] * Fraction(own["denominator"].tolist()[0])
    count = Fraction(own["count"].tolist()[0])
    needed = math.ceil(count - level) if lower_is_better else math.ceil(level - count)
    return Gap(max(0, needed), rank, float(rates[rank - 1] * Fraction(per)))


def others_going_on(members: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """The members a period on, if every other one moves as it did over the last.

    Each other count is multiplied by what it changed by: count^2 / count_before. A member without
    a count above 0 before stays as it is. The area itself stays as it is too: the gap from here is
    what it has to do itself.

    Args:
        members: area_code, count, count_before, denominator; one row a member.
        area_code: the area.

    Returns:
        The members with count exchanged, for :func:`fewer_needed_to_reach`.
    """
    before = members["count_before"].astype(float)
    moves = members["area_code"].ne(area_code) & before.gt(0) & members["count"].notna()
    moved = members["count"].astype(float) * (members["count"] / before.where(moves))
    return members.assign(count=members["count"].astype(float).where(~moves, moved))


def _has_rate(members: pd.DataFrame) -> pd.Series:
    return members["count"].notna() & (members["denominator"] > 0)
