"""Who stands next to a member: the events between them, and the chance that they are better."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.metrics.rank_uncertainty import chance_of_lower

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
