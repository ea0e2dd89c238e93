"""Place among peers: rank 1 is best, ties share a rank, members without data stay unranked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from dashboard.metrics.intervals import CONFIDENCE_95, rate_interval
from dashboard.metrics.polarity import shortfall
from dashboard.metrics.rates import RESIDENTS_PER_RATE, rate_per

SIGNIFICANT_DIGITS = 12
"""Rates equal to so many digits tie; a double carries 15 to 17, the last ones rounding only."""

QUARTERS = 4


@dataclass(frozen=True)
class Place:
    """Where one area stands in its group."""

    area_code: str
    rank: int | None
    """1 is best; None when the area has no data."""
    of: int
    """Members of the group, the area itself and those without data included."""
    with_data: int
    is_tied: bool = False

    def label(self) -> str:
        """In words: "13th of 15", "joint 3rd of 15", "13th of 15 (14 with data)"."""
        part = "" if self.with_data == self.of else f" ({self.with_data} with data)"
        if self.rank is None:
            return f"not ranked of {self.of}{part}"
        return f"{'joint ' if self.is_tied else ''}{ordinal(self.rank)} of {self.of}{part}"


@dataclass(frozen=True)
class GroupMean:
    """The mean of a group in both conventions, the area itself included in each."""

    unweighted: float | None
    """Mean of the members' rates: every area counts once."""
    pooled: float | None
    """Sum of counts over sum of denominators: every resident counts once."""
    with_data: int
    unweighted_label: str = "mean of the areas' rates, this area included"
    pooled_label: str = "rate of all areas together, this area included"


def ordinal(number: int) -> str:
    """A place in words' short form: 1st, 2nd, 3rd, 4th, 11th, 22nd."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def competition_ranks(values: ArrayLike, lower_is_better: bool) -> NDArray:
    """Ranks 1, 2, 2, 4 of a list of values; rank 1 is best, missing values get NaN.

    Args:
        values: one value for each member along the last axis, of one group or of many.
        lower_is_better: True when the smallest value is best.

    Returns:
        Ranks as floats, same shape.
    """
    worse = shortfall(np.asarray(values, dtype=float), 0.0, lower_is_better)
    return rankdata(_without_rounding_noise(worse), method="min", nan_policy="omit", axis=-1)


def rank_members(
    members: pd.DataFrame,
    lower_is_better: bool,
    per: float = RESIDENTS_PER_RATE,
    confidence: float = CONFIDENCE_95,
) -> pd.DataFrame:
    """A group's members with rate, interval and rank, best first, those without data last.

    Args:
        members: area_code, count, denominator; one row a member, the area itself included. Other
            columns are kept.
        lower_is_better: True when the lowest rate is best.
        per: rates are per this many.
        confidence: of the interval of each rate.

    Returns:
        The members with value, lower, upper, rank (Int64, <NA> without data), is_tied.

    Raises:
        ValueError: an area stands twice.
    """
    _check_once(members)
    ranked = members.copy()
    count, people = ranked["count"].astype(float), ranked["denominator"].astype(float)
    ranked["value"] = rate_per(count, people, per)
    ranked["lower"], ranked["upper"] = rate_interval(count, people, per, confidence)
    return rank_values(ranked, lower_is_better)


def rank_values(members: pd.DataFrame, lower_is_better: bool) -> pd.DataFrame:
    """As :func:`rank_members` for a value that is there already (a percentage, a stock).

    Args:
        members: area_code, value; one row a member. Other columns are kept.
        lower_is_better: True when the lowest value is best.

    Returns:
        The members with rank and is_tied, in order of rank, then area_code.

    Raises:
        ValueError: an area stands twice.
    """
    _check_once(members)
    ranked = members.copy()
    ranks = pd.Series(competition_ranks(ranked["value"], lower_is_better), index=ranked.index)
    ranked["rank"] = ranks.astype("Int64")
    ranked["is_tied"] = ranks.notna() & ranks.duplicated(keep=False)
    return ranked.sort_values(["rank", "area_code"], na_position="last", ignore_index=True)


def place_of(ranked: pd.DataFrame, area_code: str) -> Place:
    """The place of one area in a ranked group.

    Raises:
        ValueError: the area is not a member.
    """
    own = ranked[ranked["area_code"] == area_code]
    if own.empty:
        raise ValueError(f"{area_code} is not a member of the group")
    rank, tied = own["rank"].iloc[0], bool(own["is_tied"].iloc[0])
    with_data = int(ranked["rank"].notna().sum())
    return Place(area_code, None if pd.isna(rank) else int(rank), len(ranked), with_data, tied)


def mean_of_group(members: pd.DataFrame, per: float = RESIDENTS_PER_RATE) -> GroupMean:
    """The group's mean, unweighted and pooled, of members with a count and a denominator above 0.

    Args:
        members: area_code, count, denominator; the area itself included.
        per: rates are per this many.

    Returns:
        Both means; None when no member has data.
    """
    rates = rate_per(members["count"].astype(float), members["denominator"].astype(float), per)
    known = members[np.isfinite(rates)]
    if known.empty:
        return GroupMean(None, None, 0)
    pooled = rate_per(known["count"].sum(), known["denominator"].sum(), per)
    return GroupMean(float(np.nanmean(rates)), float(pooled), len(known))


def movement(before: pd.DataFrame, now: pd.DataFrame, lower_is_better: bool) -> pd.DataFrame:
    """How ranks moved between two periods under one membership.

    Both periods are ranked among the members with data in both, so that nobody moves only because
    another member's figure is missing; such ranks may differ from those of one period alone.

    Args:
        before: area_code, value of the earlier period, one row a member.
        now: the same of the later period.
        lower_is_better: True when the lowest value is best.

    Returns:
        area_code, rank_before, rank_now, moved (places up; negative is down), all Int64, in order
        of rank_now. <NA> for members without data in both.

    Raises:
        ValueError: the two periods have different members.
    """
    only_one = sorted(set(before["area_code"]) ^ set(now["area_code"]))
    if only_one:
        raise ValueError(f"the two periods have different members: {', '.join(only_one)}")
    both = before[["area_code", "value"]].merge(
        now[["area_code", "value"]], on="area_code", suffixes=("_before", "_now"), validate="1:1"
    )
    has_both = both["value_before"].notna() & both["value_now"].notna()
    for period in ("before", "now"):
        values = both[f"value_{period}"].where(has_both)
        ranks = pd.Series(competition_ranks(values, lower_is_better), index=both.index)
        both[f"rank_{period}"] = ranks.astype("Int64")
    both["moved"] = both["rank_before"] - both["rank_now"]
    columns = ["area_code", "rank_before", "rank_now", "moved"]
    return both[columns].sort_values(["rank_now", "area_code"], ignore_index=True)


def quartile_of(rank: int | None, with_data: int) -> int | None:
    """The quarter of a group that a rank lies in: 1 is best.

    floor(4 (rank - 1) / n) + 1, so that those that tie share the better quarter. None without a
    rank, and in a group of fewer than four with data.
    """
    if rank is None or with_data < QUARTERS:
        return None
    return QUARTERS * (rank - 1) // with_data + 1


def ranks_over_time(figures: pd.DataFrame, lower_is_better: bool) -> pd.DataFrame:
    """Ranks of one membership in each of several periods.

    Args:
        figures: area_code, period, value; one row a member and period, in order of the periods.
        lower_is_better: True when the lowest value is best.

    Returns:
        The figures with rank (Int64, <NA> without data), is_tied and with_data (members with data
        in the period), in the same order.

    Raises:
        ValueError: a member is absent from a period, or stands twice in it: places among
            different members do not compare.
    """
    members = figures.groupby("period", sort=False)["area_code"].agg(sorted)
    if len({tuple(codes) for codes in members}) > 1:
        raise ValueError("the periods have different members")
    found = []
    for _, part in figures.groupby("period", sort=False):
        _check_once(part)
        ranks = competition_ranks(part["value"], lower_is_better)
        found.append(pd.Series(ranks, index=part.index))
    ranks = pd.concat(found) if found else pd.Series(dtype=float)
    ranked = figures.assign(rank=ranks.astype("Int64"))
    with_rank = ranked.groupby(["period", "rank"], sort=False)["area_code"].transform("size")
    with_data = ranked.groupby("period", sort=False)["rank"].transform("count")
    is_tied = ranked["rank"].notna() & with_rank.gt(1).fillna(value=False)
    return ranked.assign(is_tied=is_tied, with_data=with_data.astype(int))


def _check_once(members: pd.DataFrame) -> None:
    twice = members.loc[members["area_code"].duplicated(), "area_code"]
    if not twice.empty:
        raise ValueError(f"{twice.iloc[0]} stands twice in the group")


def _without_rounding_noise(values: NDArray) -> NDArray:
    size = np.floor(np.log10(np.abs(np.where(values == 0, 1.0, values))))
    scale = 10.0 ** (SIGNIFICANT_DIGITS - 1 - size)
    return np.round(values * scale) / scale
