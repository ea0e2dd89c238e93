"""Places of one membership in several periods, and how they moved; of one group or of many."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.metrics.ranking import ranks_within


def movement(
    before: pd.DataFrame, now: pd.DataFrame, lower_is_better: bool, by: Sequence[str] = ()
) -> pd.DataFrame:
    """How ranks moved between two periods under one membership, of one group or of many.

    Both periods are ranked among the members with data in both, so that nobody moves only because
    another member's figure is missing; such ranks may differ from those of one period alone.

    Args:
        before: area_code, value of the earlier period, one row a member, and the columns of by.
        now: the same of the later period.
        lower_is_better: True when the lowest value is best.
        by: what tells the groups apart, such as ("indicator_id",); () for one group.

    Returns:
        The columns of by, area_code, rank_before, rank_now, moved (places up; negative is down),
        all Int64, in order of by, then of rank_now. <NA> for members without data in both.

    Raises:
        ValueError: the two periods have different members.
    """
    keys = [*by, "area_code"]
    both = before[[*keys, "value"]].merge(
        now[[*keys, "value"]], on=keys, how="outer", suffixes=("_before", "_now"), validate="1:1",
        indicator=True,
    )  # fmt: skip
    if (lone := both["_merge"].ne("both")).any():
        names = ", ".join(sorted(both.loc[lone, "area_code"]))
        raise ValueError(f"the two periods have different members: {names}")
    has_both = both["value_before"].notna() & both["value_now"].notna()
    for period in ("before", "now"):
        values = both[f"value_{period}"].where(has_both)
        both[f"rank_{period}"] = ranks_within(both, values, list(by), lower_is_better)
    both["moved"] = both["rank_before"] - both["rank_now"]
    ordered = both.sort_values([*by, "rank_now", "area_code"], ignore_index=True)
    return ordered[[*keys, "rank_before", "rank_now", "moved"]]


def ranks_over_time(
    figures: pd.DataFrame, lower_is_better: bool, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Ranks of one membership in each of several periods, of one group or of many.

    Args:
        figures: area_code, period, value and the columns of by; one row a member and period, in
            order of the periods.
        lower_is_better: True when the lowest value is best.
        by: what tells the groups apart, such as ("indicator_id",); () for one group.

    Returns:
        The figures with rank (Int64, <NA> without data), is_tied and with_data (members with data
        in the period), in the same order.

    Raises:
        ValueError: a member is absent from a period, or stands twice in it: places among
            different members do not compare.
    """
    keys = [*by, "period"]
    twice = figures.loc[figures.duplicated([*keys, "area_code"]), "area_code"]
    if not twice.empty:
        raise ValueError(f"{twice.iloc[0]} stands twice in the group")
    group = figures.groupby(list(by), sort=False) if by else None
    periods = group["period"].transform("nunique") if group else figures["period"].nunique()
    found = figures.groupby([*by, "area_code"], sort=False)["period"].transform("size")
    if found.ne(periods).any():
        raise ValueError("the periods have different members")
    ranked = figures.assign(rank=ranks_within(figures, figures["value"], keys, lower_is_better))
    with_rank = ranked.groupby([*keys, "rank"], sort=False)["area_code"].transform("size")
    with_data = ranked.groupby(keys, sort=False)["rank"].transform("count")
    is_tied = ranked["rank"].notna() & with_rank.gt(1).fillna(value=False)
    return ranked.assign(is_tied=is_tied, with_data=with_data.astype(int))
