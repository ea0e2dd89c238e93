"""The level of an indicator over a window, in its own unit: a total, a rate or a percentage.

And the windows that a new target can be measured from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.gaps import held_months, with_held
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    financial_year_label,
    later,
    month_at,
    parse_financial_year,
    parse_month,
)
from dashboard.metrics.rates import rate_per
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.rolling import rolling_levels
from dashboard.metrics.rounding import as_number
from dashboard.metrics.trajectory import month_shares
from dashboard.metrics.window_rows import SURVEY_WAVE, ends_of, month_ordinals
from dashboard.metrics.windows import WindowTotal, window_total
from dashboard.store.cache import cached_per_build

WAVE = "wave "
YEAR_ENDING = "year ending "
RECENT_YEARS = 3
"""Years of levels that a meeting sees beside an indicator."""


def counted(series: pd.DataFrame) -> pd.DataFrame:
    """Return a series with its numerators as values, which can be added up."""
    return series.assign(value=series["numerator"])


def day_published(series: pd.DataFrame, until: pd.Period, since: pd.Period | None = None) -> str:
    """Return the day on which figures were published, not that of later figures or files.

    Args:
        series: Rows of `indicator_period`.
        until: The last month of what is shown.
        since: Its first month; None for all before. Where nothing lies wholly inside, what was
            known last, such as a survey's wave, stands.

    Returns:
        The latest of the days, "2025-04-24"; "" where there is no figure.
    """
    known = series[series["numerator"].notna()]
    starts = month_ordinals(known["period_start"])
    ends = ends_of(known)
    is_before = ends <= until.ordinal
    is_inside = is_before if since is None else is_before & (starts >= since.ordinal)
    if is_before.any() and not is_inside.any():
        is_inside = is_before & (ends == ends[is_before].max())
    days = pd.to_datetime(known.loc[is_inside, "published"])
    return "" if days.empty else str(days.max().date())


@cached_per_build
def level_over(view: AreaView, indicator_id: str, window: Window) -> WindowTotal:
    """Return what an indicator amounts to over a window, in its own unit.

    A rate is the window's count over the denominator of its last month.
    """
    indicator = view.indicator(indicator_id)
    series = view.series(indicator_id)
    total = window_total(counted(series), window, indicator.aggregation)
    if total.value is None:
        why = with_held(total.why, total.missing, held_months(view, indicator_id))
        total = replace(total, why=why)
    if indicator.unit != "rate" or total.value is None:
        return total
    people = denominator_of(series, window)
    if people is None:
        return WindowTotal(None, why=because(Because.NO_RESIDENTS))
    rate = rate_per(total.value, people, indicator.rate_per)
    return replace(total, value=as_number(float(rate)))


def denominator_of(series: pd.DataFrame, window: Window) -> float | None:
    """Return the denominator of the last period that lies inside a window."""
    months = month_ordinals(series["period_start"])
    people = series["denominator"].to_numpy(dtype=float)
    inside = months >= window.first_month.ordinal
    inside &= ends_of(series) <= window.last_month.ordinal
    inside &= ~np.isnan(people)
    return float(people[inside][months[inside].argmax()]) if inside.any() else None


def months_of(series: pd.DataFrame) -> pd.DataFrame:
    """Return what is counted in each month of a series, by month (Period[M]).

    Returns:
        value (NaN where there is none) and instead, what stands for a suppressed figure, else "".
    """
    months = series[series["period_kind"].eq("month")]
    starts = pd.PeriodIndex(pd.to_datetime(months["period_start"]), freq="M", name="month")
    found = months.set_index(starts)
    return pd.DataFrame(
        {"value": found["numerator"].astype(float), "instead": found["suppression"].fillna("")}
    )


@cached_per_build
def levels_by_month(view: AreaView, indicator_id: str) -> pd.DataFrame:
    """Return the level at the end of every month: month (Period[M]), level."""
    indicator = view.indicator(indicator_id)
    series = view.counted(indicator_id)
    levels = rolling_levels(series, indicator.aggregation)
    if indicator.unit != "rate" or levels.empty:
        return levels
    starts = pd.PeriodIndex(pd.to_datetime(series["period_start"]), freq="M")
    by_month = pd.Series(series["denominator"].to_numpy(), index=starts)
    by_month = by_month[~by_month.index.duplicated()].sort_index()
    people = by_month.reindex(pd.PeriodIndex(levels["month"]), method="ffill").to_numpy()
    rates = rate_per(levels["level"], people, indicator.rate_per)
    return levels.assign(level=rates)


@cached_per_build
def recent_levels(view: AreaView, as_at: str | pd.Period) -> pd.DataFrame:
    """Return the levels of every indicator that has figures, up to a month.

    A level is the twelve-month total or rate, or the latest percentage or stock.

    Returns:
        indicator_id, month (Period[M]), level, in order; the last `RECENT_YEARS` years.
    """
    last = parse_month(as_at)
    levels = _levels_of_all(view)
    inside = levels["month"].between(last - RECENT_YEARS * MONTHS_A_YEAR, last)
    return levels[inside].reset_index(drop=True)


@cached_per_build
def _levels_of_all(view: AreaView) -> pd.DataFrame:
    parts = [
        levels_by_month(view, indicator).assign(indicator_id=indicator)[
            ["indicator_id", "month", "level"]
        ]
        for indicator in view.indicators_with_figures()
    ]
    nothing = pd.DataFrame({"indicator_id": [], "month": pd.PeriodIndex([], freq="M"), "level": []})
    return pd.concat([part for part in parts if len(part)] or [nothing], ignore_index=True)


def baseline_window(baseline_period: str) -> Window | None:
    """Return the months of a baseline: twelve of them, or the month that dates a wave.

    Args:
        baseline_period: "2008/09", "year ending December 2024", "wave 2009" or "not given".
    """
    if baseline_period.startswith(WAVE):
        january = parse_month(f"{baseline_period.removeprefix(WAVE)}-01")
        return Window(january, january)
    if baseline_period.startswith(YEAR_ENDING):
        end = pd.Timestamp(baseline_period.removeprefix(YEAR_ENDING))
        return year_to(parse_month(end.date()))  # ty: ignore[invalid-argument-type]
    if "/" not in baseline_period:
        return None
    return parse_financial_year(baseline_period)


def year_to(as_at: pd.Period) -> Window:
    """Return the twelve months that end with a month."""
    return Window(later(as_at, 1 - MONTHS_A_YEAR), as_at)


JANUARY = 1
"""The month that dates a wave: one of another month is found under its financial year."""


@dataclass(frozen=True)
class Baseline:
    """A period that a target can be measured from.

    Attributes:
        period: As a target has it: "2008/09", "year ending December 2024" or "wave 2009".
        value: What the indicator amounts to in it, in its own unit.
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

    Raises:
        UnknownChoiceError: There is no such indicator.
    """
    series = view.series(indicator)
    made_up = bool(series["illustrative"].any()) if len(series) else False
    is_count = view.indicator(indicator).is_count
    found = []
    for period in _periods(series):
        window = baseline_window(period)
        if window is None:
            continue
        level = level_over(view, indicator, window)
        # The last figure of a year that is not over yet would change with the next.
        is_whole = not level.months_before_end or level.survey_year is not None
        if level.value is not None and is_whole:
            after = later(window.last_month, 1)
            seasonal = is_count and bool(month_shares(view.counted(indicator), after).shares)
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
    starts, ends = month_ordinals(rest["period_start"]).tolist(), ends_of(rest).tolist()
    for start, end in zip(starts, ends, strict=True):
        months = Window(month_at(start), month_at(end))
        is_year = months.month_count == MONTHS_A_YEAR
        label = months.label() if is_year else financial_year_label(months.last_month)
        found.add((months.last_month.ordinal, label))
    return list(dict.fromkeys(label for _, label in sorted(found, reverse=True)))
