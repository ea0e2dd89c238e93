"""Nearest neighbours on chosen measures: a group of our own making, not an official one."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

GROUP_SIZE = 15
"""Members of a partnership's Most Similar Group, itself included, as its plan of 2010/11 counts."""


def nearest_neighbours(
    measures: pd.DataFrame,
    area_code: str,
    others: int = GROUP_SIZE - 1,
    by_ratio: Collection[str] = (),
) -> pd.DataFrame:
    """The areas most alike on some measures, nearest first.

    Each measure is standardised over all areas that have all of them (mean 0, standard deviation
    1, divided by n), and every measure weighs the same: distance = sqrt(mean of the squared
    differences), so that 1 is a typical difference of one standard deviation in each. A measure
    that is the same everywhere has no part.

    Args:
        measures: index area_code, one column a measure; higher or lower makes no difference.
        area_code: the area whose neighbours are asked for.
        others: how many, at most.
        by_ratio: columns that are compared by their logarithm, so that twice as many residents is
            as far from half as many on either side; a value that is not above 0 is missing.

    Returns:
        area_code, distance, closeness_rank (1 is nearest; ties by area_code), and each measure in
        its own unit; the area itself first, with distance 0 and rank 0.

    Raises:
        ValueError: no measure, an area twice, or the area lacks one of the measures.
    """
    whole = _with_all(measures, by_ratio)
    if area_code not in whole.index:
        raise ValueError(f"{area_code} lacks a figure of {_lacking(measures, area_code)}")
    scores = standardised(whole.assign(**{name: np.log(whole[name]) for name in by_ratio}))
    distance = np.sqrt(((scores - scores.loc[area_code]) ** 2).mean(axis=1))
    found = whole.assign(distance=distance, is_other=whole.index != area_code)
    # In order of their codes first, and stable: so ties go by the code.
    found = found.sort_index().sort_values(["is_other", "distance"], kind="stable")
    found = found.head(others + 1).rename_axis("area_code").reset_index()
    found.insert(1, "closeness_rank", np.arange(len(found)))
    found.insert(1, "distance", found.pop("distance"))
    return found.drop(columns="is_other")


def _with_all(measures: pd.DataFrame, by_ratio: Collection[str]) -> pd.DataFrame:
    """Return the areas that have every measure."""
    if measures.columns.empty:
        raise ValueError("neighbours are found by at least one measure")
    if measures.index.has_duplicates:
        raise ValueError(f"{measures.index[measures.index.duplicated()][0]} stands twice")
    whole = measures.astype(float)
    for name in by_ratio:
        whole[name] = whole[name].where(whole[name] > 0)
    return whole.dropna()


def standardised(measures: pd.DataFrame) -> pd.DataFrame:
    """Every column with mean 0 and standard deviation 1 (divided by n); one of no spread is 0."""
    centred = measures - measures.mean()
    spread = measures.std(ddof=0)
    return centred / spread.where(spread > 0, 1.0)


def _lacking(measures: pd.DataFrame, area_code: str) -> str:
    if area_code not in measures.index:
        return "every measure"
    own = measures.loc[area_code]
    return ", ".join(str(name) for name in own.index[own.isna()])
