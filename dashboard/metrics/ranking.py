"""Place among peers: rank 1 is best, ties share a rank, members without data stay unranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.headline import MOST_OF_A_GROUP
from dashboard.metrics.intervals import rate_interval
from dashboard.metrics.polarity import shortfall
from dashboard.metrics.rates import RESIDENTS_PER_RATE, rate_per
from dashboard.metrics.reasons import Because, Reasons, because
from dashboard.metrics.rounding import as_number

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
    is_withheld: bool = False
    """True where too few of the members have data for anybody's rank to be given."""
    missing: tuple[str, ...] = ()
    """Names of the members without data, where names are known."""

    def why_withheld(self, period: str = "") -> Reasons:
        """Why the place is withheld, with the members that have no figure of a period."""
        return because(Because.MEMBERS_MISSING, self.with_data, self.of, period, self.missing)


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
    noiseless = _without_rounding_noise(worse)
    order = np.argsort(noiseless, axis=-1)
    ordered = np.take_along_axis(noiseless, order, axis=-1)
    is_first = np.ones(ordered.shape, dtype=bool)
    is_first[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.where(is_first, np.arange(1.0, ordered.shape[-1] + 1), 0.0)
    ranks = np.empty(ordered.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=-1), axis=-1)
    return np.where(np.isnan(noiseless), np.nan, ranks)


def rank_members(
    members: pd.DataFrame,
    lower_is_better: bool,
    per: float = RESIDENTS_PER_RATE,
) -> pd.DataFrame:
    """A group's members with rate, 95% interval and rank, best first, those without data last.

    Args:
        members: area_code, count, denominator; one row a member, the area itself included, and
            dispersion where the intervals are to be widened by one. Other columns are kept.
        lower_is_better: True when the lowest rate is best.
        per: rates are per this many.

    Returns:
        The members with value, lower, upper, rank, is_tied; see :func:`rank_values`. A negative
        count corrects an earlier period: it has no rate to rank by.

    Raises:
        ValueError: an area stands twice.
    """
    _check_once(members)
    ranked = members.copy()
    count, people = ranked["count"].astype(float), ranked["denominator"].astype(float)
    ranked["value"] = rate_per(count.where(count.ge(0)), people, per)
    wide = ranked.get("dispersion", 1.0)
    ranked["lower"], ranked["upper"] = rate_interval(count, people, per, dispersion=wide)
    return rank_values(ranked, lower_is_better)


def rank_values(members: pd.DataFrame, lower_is_better: bool) -> pd.DataFrame:
    """As :func:`rank_members` for a value that is there already (a percentage, a stock).

    Args:
        members: area_code, value; one row a member. Other columns are kept.
        lower_is_better: True when the lowest value is best.

    Returns:
        The members with rank (Int64; <NA> without data, and for all where fewer than
        `MOST_OF_A_GROUP` of them have any), is_tied, is_withheld; in order of rank, then
        area_code.

    Raises:
        ValueError: an area stands twice.
    """
    _check_once(members)
    ranked = members.copy()
    ranks = pd.Series(competition_ranks(ranked["value"], lower_is_better), index=ranked.index)
    ranked["is_withheld"] = not has_most_of_group(ranked["value"])
    ranks = ranks.mask(ranked["is_withheld"])
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
    values = ranked["value"] if "value" in ranked else ranked["rank"]
    with_data = int(values.notna().sum())
    withheld = "is_withheld" in ranked and bool(ranked["is_withheld"].any())
    place = None if pd.isna(rank) else int(rank)
    names = ranked.get("area_name", pd.Series(dtype="str"))
    missing = tuple(sorted(names[values[names.index].isna()]))
    return Place(area_code, place, len(ranked), with_data, tied, withheld, missing)


def has_most_of_group(values: ArrayLike) -> bool:
    """Whether enough members have a value for ranks to be given: `MOST_OF_A_GROUP` of them.

    Args:
        values: one for each member; NaN is no data.
    """
    known = np.isfinite(np.asarray(values, dtype=float))
    return bool(len(known)) and float(known.mean()) >= MOST_OF_A_GROUP


def mean_of_group(members: pd.DataFrame, per: float = RESIDENTS_PER_RATE) -> GroupMean:
    """The group's mean, unweighted and pooled, of members with a count and a denominator above 0.

    Args:
        members: area_code, count, denominator; the area itself included.
        per: rates are per this many.

    Returns:
        Both means; None when no member has data.
    """
    count, people = (members[name].to_numpy(dtype=float) for name in ("count", "denominator"))
    rates = rate_per(count, people, per)
    known = np.isfinite(rates)
    number = int(known.sum())
    if not number:
        return GroupMean(None, None, 0)
    rate, events, residents = (
        float(np.where(known, each, 0.0).sum()) for each in (rates, count, people)
    )
    return GroupMean(rate / number, as_number(float(rate_per(events, residents, per))), number)


def quartile_of(rank: int | None, with_data: int) -> int | None:
    """The quarter of its group that a rank lies in, 1 the best: floor(4 (rank - 1) / n) + 1.

    Those that tie share the better quarter. None without a rank, and in a group of fewer than four
    with data.
    """
    if rank is None or with_data < QUARTERS:
        return None
    return QUARTERS * (rank - 1) // with_data + 1


def ranks_within(
    rows: pd.DataFrame, values: pd.Series, by: Sequence[str], lower_is_better: bool
) -> pd.Series:
    """:func:`competition_ranks` within each group of the rows of a frame, of any sizes.

    Args:
        rows: the columns of by.
        values: one for each row, in their order.
        by: what tells the groups apart; () for one group.
        lower_is_better: True when the smallest value is best.

    Returns:
        Ranks (Int64, <NA> for missing values), with the index of the rows.
    """
    worse = shortfall(values.to_numpy(dtype=float), 0.0, lower_is_better)
    even = pd.Series(_without_rounding_noise(worse), index=rows.index)
    grouped = even.groupby([rows[name] for name in by], sort=False) if by else even
    return grouped.rank(method="min").astype("Int64")


def _check_once(members: pd.DataFrame) -> None:
    twice = members.loc[members["area_code"].duplicated(), "area_code"]
    if not twice.empty:
        raise ValueError(f"{twice.iloc[0]} stands twice in the group")


def _without_rounding_noise(values: NDArray) -> NDArray:
    size = np.floor(np.log10(np.abs(np.where(values == 0, 1.0, values))))
    scale = 10.0 ** (SIGNIFICANT_DIGITS - 1 - size)
    return np.round(values * scale) / scale
