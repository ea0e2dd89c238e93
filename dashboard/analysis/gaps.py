"""Figures that are held as suspected gaps, and what that says of a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.question import question
from dashboard.metrics.periods import MONTHS_A_QUARTER, parse_month
from dashboard.metrics.reasons import Reasons
from dashboard.metrics.window_rows import month_ordinals
from dashboard.store.cache import cached_per_build
from dashboard.store.errors import check_choice
from dashboard.store.warehouse import Warehouse

COLUMNS = [
    "area", "area_name", "measure", "period", "period_kind", "value", "expected", "level",
    "reason", "ruling", "ruling_reason", "ruled_by", "ruled_at",
]  # fmt: skip


@question
def gaps(
    warehouse: Warehouse,
    area: Annotated[str, "Area or force code; all if left out."] = "",
) -> pd.DataFrame:
    """Figures that are held as suspected gaps, and what was decided on them.

    Returns:
        `COLUMNS`; period is the first month, "2014-08"; ruling is "" until somebody decides.

    Raises:
        UnknownChoiceError: There is no such area.
    """
    gaps = warehouse.frame("gaps", area=area)
    if gaps.empty:
        check_choice("area", area, warehouse.frame("areas")["area_code"])
    months = pd.to_datetime(gaps["period_start"]).dt.strftime("%Y-%m")
    named = gaps.rename(columns={"area_code": "area", "measure_code": "measure"})
    return named.assign(period=months)[COLUMNS]


def held_in(view: AreaView, indicator: str) -> pd.DataFrame:
    """Return the periods of an indicator's series in which a figure is held: `indicator_gap`."""
    held, series = view.held_periods, view.headline(indicator)
    own = held["indicator_id"].eq(indicator)
    if series is not None:
        own &= held["source_id"].eq(series.source) & held["period_kind"].eq(series.frequency)
    return held[own]


@cached_per_build
def held_months(view: AreaView, indicator: str) -> set[int]:
    """Return the months, by ordinal, in which a part of an indicator is held."""
    held = held_in(view, indicator)
    if held.empty:
        return set()
    starts = month_ordinals(held["period_start"])
    spans = held["period_kind"].map({"quarter": MONTHS_A_QUARTER}).fillna(1).astype("int64")
    return {
        start + step
        for start, span in zip(starts.tolist(), spans.tolist(), strict=True)
        for step in range(span)
    }


def with_held(reasons: Reasons, missing: Iterable[str], held: set[int]) -> Reasons:
    """Return why there is no figure, with those of the missing months, "2009-12", that are held."""
    months = {parse_month(month).ordinal for month in missing} & held
    if not reasons or not months:
        return reasons
    *others, last = reasons.parts
    return Reasons((*others, replace(last, held=tuple(sorted(months)))))
