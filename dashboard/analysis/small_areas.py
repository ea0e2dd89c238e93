"""Figures of small areas (LSOA), whose counts by type are kept apart, without zeros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse

if TYPE_CHECKING:
    from dashboard.analysis.area_view import AreaView

SMALL_AREA, WARD = "lsoa", "ward"
"""Kinds of area within a local authority, the finest first."""
_BEGINNINGS = ("E01", "W01")
_ALL_TYPES = "offence_street_all"


def is_small_area(code: str) -> bool:
    """Return whether a code is one of a small area."""
    return code.startswith(_BEGINNINGS)


@cached_per_build
def small_areas(view: AreaView, kind: str = SMALL_AREA) -> pd.DataFrame:
    """Return the small areas with figures that lie in the area of a view, as the query `areas`.

    Args:
        view: Of the larger area.
        kind: `SMALL_AREA` or `WARD`.
    """
    areas = view.warehouse.cached_frame("areas")
    own = areas[areas["area_code"].eq(view.area_code)]
    within = ";".join([*own["area_code"], *own["local_authority_codes"]])
    return view.warehouse.cached_frame("small_areas", within=within, kind=kind)


def figures_of_areas(
    warehouse: Warehouse, indicator: str, areas: Sequence[str], source: str, frequency: str
) -> pd.DataFrame:
    """Return an indicator's rows of `indicator_period` in areas, small ones among them."""
    figures = warehouse.frame(
        "series_of_areas", indicator=indicator, areas=areas, source=source, frequency=frequency
    )
    small = [each for each in areas if is_small_area(each)]
    if not small or indicator == _ALL_TYPES:
        return figures
    by_type = figures_of_small_areas(warehouse, indicator, small)
    is_asked = by_type["source_id"].eq(source) & by_type["period_kind"].eq(frequency)
    return pd.concat([figures, by_type[is_asked]], ignore_index=True)


def figures_of_small_areas(
    warehouse: Warehouse, indicator: str, areas: Sequence[str]
) -> pd.DataFrame:
    """Return an indicator's months in small areas, as rows of `indicator_period`; "" for all."""
    return warehouse.frame("small_area_figures", indicator=indicator, areas=list(areas))


def figures_of_all_types(warehouse: Warehouse, areas: Sequence[str]) -> pd.DataFrame:
    """Return the months of the total of all types in small areas."""
    return figures_of_small_areas(warehouse, _ALL_TYPES, areas)


def with_types(
    warehouse: Warehouse, facts: pd.DataFrame, figures: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the series and figures of a small area with those by type beside their total."""
    total = facts[facts["indicator_id"].eq(_ALL_TYPES)]
    by_type = figures_of_small_areas(warehouse, "", total["area_code"].tolist())
    if by_type.empty:
        return facts, figures
    types = by_type[["indicator_id", "alternative"]].drop_duplicates()
    of_types = types.merge(total.drop(columns=list(types.columns)), how="cross")
    return (
        pd.concat([facts, of_types], ignore_index=True),
        pd.concat([figures, by_type], ignore_index=True),
    )
