"""Sources that count the same thing, beside each other."""

from __future__ import annotations

from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import NO_PLAN, view_of
from dashboard.analysis.question import question
from dashboard.analysis.rows import records_of
from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.store.errors import check_choice
from dashboard.store.warehouse import Warehouse

COLUMNS = [
    "area", "area_name", "indicator", "title", "period", "months", "source_a", "published_a",
    "periods_a", "value_a", "source_b", "published_b", "periods_b", "value_b", "difference",
    "percent", "shown",
]  # fmt: skip
NEITHER = "neither"


@question
def overlaps(
    warehouse: Warehouse,
    area: Annotated[str, "Area code; all if left out."] = "",
    indicator: Annotated[str, "Indicator id; all if left out."] = "",
) -> pd.DataFrame:
    """Counts of two sources of the same indicator, area and months.

    Returns:
        `COLUMNS`: period is the first month, "2024-01", and months how many there are; percent is
        of value_a; shown names the source of the indicator's headline series, or is "neither".

    Raises:
        UnknownChoiceError: There is no such area or indicator.
    """
    found = warehouse.frame("overlaps", area=area, indicator=indicator)
    if found.empty:
        check_choice("area", area, warehouse.frame("areas")["area_code"])
        check_choice("indicator", indicator, warehouse.frame("indicators")["indicator_id"])
    percent = percent_change(found["value_b"], found["value_a"])
    named = found.rename(columns={"area_code": "area", "indicator_id": "indicator"})
    return named.assign(
        period=_text(found["period_start"], "%Y-%m"),
        published_a=_text(found["published_a"], "%Y-%m-%d"),
        published_b=_text(found["published_b"], "%Y-%m-%d"),
        percent=withhold_small_base(percent, found["value_a"]),
        shown=_shown(warehouse, found),
    )[COLUMNS]


def _shown(warehouse: Warehouse, found: pd.DataFrame) -> list[str]:
    """Return the source of each indicator's headline series, where it is one of the two."""
    shown = []
    for each in records_of(found):
        series = view_of(warehouse, NO_PLAN, each.area_code).headline(each.indicator_id)
        is_one = series is not None and series.source in (each.source_a, each.source_b)
        shown.append(series.source if is_one else NEITHER)
    return shown


def _text(days: pd.Series, form: str) -> pd.Series:
    return pd.to_datetime(days).dt.strftime(form)
