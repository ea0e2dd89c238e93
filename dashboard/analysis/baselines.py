"""What a new target can be measured from: periods that have figures, and what they amount to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import WAVE, baseline_window, counted, level_over
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    financial_year_label,
    later,
    month_at,
)
from dashboard.metrics.trajectory import month_shares
from dashboard.metrics.windows import SPAN_MONTHS, SURVEY_WAVE, month_ordinals
from dashboard.store.cache import cached_per_build

JANUARY = 1
"""The month that dates a wave: one of another month is found under its financial year."""


@dataclass(frozen=True)
class Baseline:
    """A period that a target can be measured from.

    Attributes:
        period: As a target has it: "2008/09", "year ending December 2024" or "wave 2009".
        value: What the indicator amounts to in it, in its own unit.
        illustrative: Whether figures of the area are made up.
        may_be_seasonal: Whether a path from it can follow the months of the three years before.
    """

    period: str
    value: float
    illustrative: bool
    may_be_seasonal: bool


@cached_per_build
def baselines_in(view: AreaView, indicator: str) -> tuple[Baseline, ...]:
    """Return the periods with figures of an indicator that a target can begin at, latest first.

    A financial year with a month missing, held or suppressed is not among them, nor one that is not
    over yet.

    Args:
        view: The area.
        indicator: An indicator id.

    Raises:
        UnknownChoiceError: There is no such indicator.
    """
    series = view.series(indicator)
    made_up = bool(series["illustrative"].any()) if len(series) else False
    found = []
    for period in _periods(series):
        window = baseline_window(period)
        if window is None:
            continue
        level = level_over(view, indicator, window)
        # The last figure of a year that is not over yet would change with the next.
        is_whole = not level.months_before_end or level.is_survey_wave
        if level.value is not None and is_whole:
            seasonal = _may_be_seasonal(view, indicator, later(window.last_month, 1))
            found.append(Baseline(period, level.value, made_up, seasonal))
    return tuple(found)


def _periods(series: pd.DataFrame) -> list[str]:
    """Return the years and waves in which a figure begins or ends, latest first.

    Financial years, and other years where a publication gives years that end in other months.
    """
    there = series[series["value"].notna()]
    waves = there["period_kind"].eq(SURVEY_WAVE)
    found: set[tuple[int, str]] = set()
    for start in month_ordinals(there.loc[waves, "period_start"]).tolist():
        month = month_at(start)
        is_january = month.month == JANUARY
        found.add((start, f"{WAVE}{month.year}" if is_january else financial_year_label(month)))
    rest = there[~waves]
    spans = rest["period_kind"].map(SPAN_MONTHS).fillna(1).astype(int).tolist()
    for start, span in zip(month_ordinals(rest["period_start"]).tolist(), spans, strict=True):
        months = Window(month_at(start), month_at(start + span - 1))
        is_year = months.month_count == MONTHS_A_YEAR
        label = months.label() if is_year else financial_year_label(months.last_month)
        found.add((months.last_month.ordinal, label))
    return list(dict.fromkeys(label for _, label in sorted(found, reverse=True)))


def _may_be_seasonal(view: AreaView, indicator: str, after: pd.Period) -> bool:
    about = view.indicator(indicator)
    if not about.is_count:
        return False
    return bool(month_shares(counted(view.series(indicator)), after).shares)
