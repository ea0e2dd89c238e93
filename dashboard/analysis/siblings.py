"""What the other areas of a series counted, which a projection goes by; and its exceptional months.

Siblings are the areas of one kind that have the same series: one indicator, from one source, at one
frequency, in one set of figures. A file of another source never adds to them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.chance_of_changes import PARTNERSHIP
from dashboard.analysis.members import counts_by_month
from dashboard.analysis.neighbours import MADE_UP
from dashboard.metrics.periods import MONTHS_A_YEAR, parse_month
from dashboard.metrics.projection.history import History, exceptional_months
from dashboard.metrics.projection.seasonality import YEARS_OF_SEASONALITY
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse

FEWEST_SIBLINGS = 5
"""Fewer other areas are too few to show a trend of all."""
MOST_MONTHS = (YEARS_OF_SEASONALITY + 1) * MONTHS_A_YEAR
"""Months that siblings are looked at; what was before bears on no projection."""
MONTH = "month"


def in_its_surroundings(
    view: AreaView, indicator: str, counts: NDArray, months: pd.PeriodIndex, area: str = ""
) -> History:
    """Return a history of one area with its siblings and its exceptional months.

    Args:
        view: The area under its plan.
        indicator: What is counted.
        counts: Shape (months,), without a gap.
        months: Of the counts; projections start after the last.
        area: Another area of the same series; "" for the view's own.
    """
    series, area = view.headline(indicator), area or view.area_code
    apart = exceptional(view.warehouse, indicator, area, months)
    if series is None:
        return History.of(counts, months, is_exceptional=apart)
    last, seen = int(months[-1].ordinal), min(len(months), MOST_MONTHS)
    span = (last - seen + 1, last)
    others = _together(view.warehouse, indicator, series.source, area, span)
    if others is not None:
        others = np.concatenate([np.full(len(months) - seen, np.nan), others])
    return History.of(counts, months, others, apart)


def exceptional(
    warehouse: Warehouse, indicator: str, area: str, months: pd.PeriodIndex
) -> NDArray[np.bool_]:
    """Return which months of an area nothing is learnt from: shape (months,)."""
    known = warehouse.cached_frame("exceptional_periods", area=area)
    rows = known[known["indicator_id"].isin(["", indicator])]
    ends = [
        (parse_month(first).ordinal, parse_month(last).ordinal)
        for first, last in zip(rows["first_month"], rows["last_month"], strict=True)
    ]
    return exceptional_months(months, ends)


def _together(
    warehouse: Warehouse, indicator: str, source: str, area: str, span: tuple[int, int]
) -> NDArray | None:
    """Return what the siblings with every month of a span counted in each; None for too few."""
    known = _counts(warehouse, indicator, source)
    if area not in known.index:
        return None
    kind = known.loc[area, "area_kind"]
    table = known.loc[known["area_kind"].eq(kind) & known.index.to_series().ne(area)]
    counts = table.reindex(columns=range(span[0], span[1] + 1)).to_numpy(dtype=float)
    whole = counts[~np.isnan(counts).any(axis=1)]
    return whole.sum(axis=0) if len(whole) >= FEWEST_SIBLINGS else None


@cached_per_build
def _counts(warehouse: Warehouse, indicator: str, source: str) -> pd.DataFrame:
    """Return area_kind and what is counted in each month, by ordinal, of every area of a series."""
    asked = {"indicator": indicator, "source": source, "frequency": MONTH}
    areas = warehouse.frame("areas_of_series", **asked).set_index("area_code")
    rows = warehouse.frame("series_of_areas", areas=areas.index.tolist(), **asked)
    rows = rows[rows["coverage"].ge(1)]
    months = pd.PeriodIndex(rows["period_start"], freq="M").asi8
    if not len(rows):
        return areas
    codes = areas.index.tolist()
    span = range(int(months.min()), int(months.max()) + 1)
    counts = pd.DataFrame(counts_by_month(rows, codes, span), index=areas.index, columns=span)
    # The areas that the worked example compares a partnership with are partnerships.
    kinds = areas["area_kind"].replace(MADE_UP, PARTNERSHIP)
    return pd.concat([kinds, counts], axis=1)
