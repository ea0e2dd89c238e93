"""Single offences that no rule applies to, where they would add up to a figure that is hidden.

Most codes of an offence have no threshold, and a national file has millions of their counts: they
stay out of the search for what to hide. Instead all offences that a hidden figure is made of go, in
all of its force and for as long as it lasts, unless a smaller figure between the two is published:
then they tell no more than that one does, and the search has taken it into account. Offences of
every real source go, each by what its own source publishes.
"""

from __future__ import annotations

import pandas as pd

from etl.disclosure.suppress import ILLUSTRATIVE
from etl.periods import MONTHS_IN

HIDDEN_COLUMNS = {
    "source_id": "str",
    "indicator_id": "str",
    "root": "str",
    "first_month": "int64",
    "months": "int64",
}
_MONTHS_A_YEAR = 12
_AREA = ["source_id", "area_code", "period_kind"]

Names = dict[str, list[frozenset[str]]]


def hidden_offences(
    hidden: pd.DataFrame,
    unruled: pd.DataFrame,
    numerators: pd.DataFrame,
    chosen: pd.DataFrame,
    roots: pd.DataFrame,
) -> pd.DataFrame:
    """Return which offences are not published, where and when.

    Args:
        hidden: Figures that are not published: source_id, indicator_id, area_code, period_kind,
            period_start.
        unruled: indicator_id of the offences that no rule applies to.
        numerators: indicator_id, alternative, measure_code.
        chosen: indicator_id, area_code, source_id, period_kind of every series.
        roots: area_code, root: the force that it lies in.

    Returns:
        `HIDDEN_COLUMNS`: in every area of the root, in every period that has one of the months
        from first_month (12 * year + month) on.
    """
    root = roots.set_index("area_code")["root"]
    is_unruled = chosen["indicator_id"].isin(unruled["indicator_id"])
    offences = chosen.assign(root=chosen["area_code"].map(root))[is_unruled]
    cells = _in_sources_with_offences(hidden.assign(root=hidden["area_code"].map(root)), offences)
    if cells.empty:
        return pd.DataFrame(columns=list(HIDDEN_COLUMNS)).astype(HIDDEN_COLUMNS)
    made_of, between = _relations(
        sorted(set(cells["indicator_id"])), set(unruled["indicator_id"]), numerators
    )
    pairs = cells.merge(made_of, on="indicator_id").reset_index(names="pair")
    published = chosen.rename(columns={"indicator_id": "smaller"})[["smaller", *_AREA]]
    told = pairs.merge(between, on=["indicator_id", "offence"]).merge(
        published, on=["smaller", *_AREA]
    )
    gone = pairs[~pairs["pair"].isin(told["pair"])]
    start = pd.to_datetime(gone["period_start"]).dt
    found = gone.assign(
        indicator_id=gone["offence"],
        first_month=start.year * _MONTHS_A_YEAR + start.month,
        months=gone["period_kind"].map(MONTHS_IN),
    )
    return found[list(HIDDEN_COLUMNS)].drop_duplicates(ignore_index=True).astype(HIDDEN_COLUMNS)


def _in_sources_with_offences(cells: pd.DataFrame, offences: pd.DataFrame) -> pd.DataFrame:
    """Return hidden figures once for each source that has offences in their root.

    Real sources count the same crimes: offences of one add up to a figure hidden in another. The
    worked example is seen with no other source.
    """
    sources = _with_set(offences)[["root", "source_id", "is_real"]].drop_duplicates()
    once = _with_set(cells).drop(columns="source_id").drop_duplicates()
    return once.merge(sources, on=["root", "is_real"])


def _with_set(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(is_real=rows["source_id"].ne(ILLUSTRATIVE))


def _relations(
    wholes: list[str], offences: set[str], numerators: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what wholes have in common with offences, and what is published between the two."""
    grouped = numerators.groupby(["indicator_id", "alternative"], sort=True)["measure_code"]
    measures: Names = {}
    alternatives = grouped.agg(frozenset).reset_index()
    for indicator, codes in zip(
        alternatives["indicator_id"], alternatives["measure_code"], strict=True
    ):
        measures.setdefault(str(indicator), []).append(codes)
    ruled = [name for name in measures if name not in offences]
    made_of, between = [], []
    for offence in sorted(offences & measures.keys()):
        sharing = [name for name in ruled if _share(measures[name], measures[offence])]
        for whole in wholes:
            if whole in sharing:
                made_of.append((whole, offence))
                between += [
                    (whole, offence, smaller)
                    for smaller in sharing
                    if smaller != whole and _is_within(measures[smaller], measures[whole])
                ]
    return (
        pd.DataFrame(made_of, columns=["indicator_id", "offence"], dtype="str"),
        pd.DataFrame(between, columns=["indicator_id", "offence", "smaller"], dtype="str"),
    )


def _share(one: list[frozenset[str]], other: list[frozenset[str]]) -> bool:
    return any(not a.isdisjoint(b) for a in one for b in other)


def _is_within(small: list[frozenset[str]], large: list[frozenset[str]]) -> bool:
    return any(a < b for a in small for b in large)
