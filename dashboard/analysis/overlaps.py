"""Sources that count the same thing, beside each other."""

from __future__ import annotations

from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import NO_PLAN, AreaView, UnknownChoiceError
from dashboard.analysis.question import question
from dashboard.metrics.percent import percent_change, withhold_small_base
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

    Args:
        warehouse: A published database.
        area: An area code; "" for all.
        indicator: An indicator id; "" for all.

    Returns:
        `COLUMNS`: period is the first month, "2024-01", and months how many there are; percent is
        of value_a; shown names the source of the indicator's headline series, or is "neither".

    Raises:
        UnknownChoiceError: There is no such area or indicator.
    """
    found = warehouse.frame("overlaps", area=area, indicator=indicator)
    if found.empty:
        _check("area", area, warehouse.frame("areas")["area_code"])
        _check("indicator", indicator, warehouse.frame("indicators")["indicator_id"])
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
    views: dict[str, AreaView] = {}
    shown = []
    for area, indicator, *sources in found[
        ["area_code", "indicator_id", "source_a", "source_b"]
    ].itertuples(index=False, name=None):
        if area not in views:
            views[area] = AreaView.of(warehouse, NO_PLAN, area)
        series = views[area].headline(indicator)
        shown.append(series.source if series and series.source in sources else NEITHER)
    return shown


def _text(days: pd.Series, form: str) -> pd.Series:
    return pd.to_datetime(days).dt.strftime(form)


def _check(what: str, given: str, known: pd.Series) -> None:
    if given and given not in set(known):
        raise UnknownChoiceError(what, given, known)
