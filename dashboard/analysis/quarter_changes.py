"""What changed since the quarter before: targets with a new verdict, and the largest changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.rows import columns_of
from dashboard.metrics.periods import MONTHS_A_QUARTER, later, parse_month
from dashboard.metrics.polarity import shortfall
from dashboard.metrics.reasons import Reason


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """A target whose verdict has changed."""

    target_id: str
    indicator_id: str
    title: str
    national_indicator: str
    kind: str
    status_before: str
    status: str
    reason: Reason | str


def quarter_before(as_at: str) -> str:
    """Return the month three months before, "2009-12": what a quarterly meeting saw last time."""
    return str(later(parse_month(as_at), -MONTHS_A_QUARTER))


def changed_verdicts(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the targets whose verdict has changed, as columns of `ChangedVerdict`.

    Both are rows of `dashboard.analysis.status.target_status`, whose order is kept.
    """
    earlier = before[["target_id", "status"]].rename(columns={"status": "status_before"})
    both = now.merge(earlier, on="target_id")
    return both.loc[
        both["status"].ne(both["status_before"]), columns_of(ChangedVerdict)
    ].reset_index(drop=True)


def largest_changes(review: pd.DataFrame, count: int, *, percent: str) -> pd.DataFrame:
    """Return the indicators that changed most, each way: for the worse first, then the better.

    What a data note calls unreliable is left out, and so is what has no percentage: a small base,
    or a period with a month missing. Of indicators that count the same thing under two names, the
    first is named, and the others are in same_as.

    Args:
        review: Rows of `dashboard.analysis.review.review`.
        count: The most of either way.
        percent: Column that it goes by: "quarter_percent" or "percent".

    Returns:
        The rows of `review`, with is_worse and same_as (titles); largest change first within each
        way.
    """
    known = _folded(review[review[percent].notna() & ~review["is_unreliable"].astype(bool)])
    percents = known[percent].astype(float)
    polarity = known["lower_is_better"].astype(bool)
    worse_by = [float(shortfall(p, 0.0, low)) for p, low in zip(percents, polarity, strict=True)]
    ordered = known.assign(worse_by=worse_by).sort_values("worse_by", ascending=False)
    worse = ordered[ordered["worse_by"].gt(0)].head(count)
    better = ordered[ordered["worse_by"].lt(0)].tail(count).iloc[::-1]
    found = pd.concat([worse, better], ignore_index=True)
    return found.assign(is_worse=found["worse_by"].gt(0)).drop(columns="worse_by")


def of_commonest_period(review: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose change is of the same two periods as that of most rows; [] of none.

    They stand for the changes of a quarter where nothing is counted by quarter.
    """
    compared = review[review["percent"].notna()]
    sizes = compared.groupby(["current_period", "previous_period"])["percent"].transform("size")
    periods = compared.loc[sizes.eq(sizes.max()), ["current_period", "previous_period"]].head(1)
    return compared.merge(periods)


def same_figures(review: pd.DataFrame) -> pd.Series:
    """Return a key that rows of a review share when all their figures are the same.

    Percentages of a base of 50 and more that agree to the last place, of two periods, are of the
    same events: an indicator and the offence that it counts.
    """
    figures = ["current", "previous", "quarter_change", "quarter_percent"]
    # Two missing figures are the same, as two NaN are not.
    return review[figures].astype(float).fillna(math.inf).apply(tuple, axis=1)


def _folded(known: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each set of rows with the same figures, preferring one with a target."""
    if known.empty:
        return known.assign(same_as=pd.Series(dtype=object))
    by_target = known.sort_values("target_id", na_position="last", kind="stable")
    keys = same_figures(by_target)
    others = by_target["title"].groupby(keys, sort=False).agg(lambda names: list(names)[1:])
    first = by_target[~keys.duplicated()]
    return first.assign(same_as=keys[first.index].map(others)).reindex(
        known.index.intersection(first.index)
    )
