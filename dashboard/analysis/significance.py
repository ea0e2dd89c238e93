"""A change held against chance, and the same change as a rate."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import counted, denominator_of
from dashboard.analysis.rows import Indicator, SeriesPoint, rows_of
from dashboard.analysis.survey_waves import design_effect_of, difference_of, wave_of
from dashboard.metrics.change import RATE, Change, change_between
from dashboard.metrics.dispersion import NO_OVERDISPERSION, History, dispersion_at
from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, month_at
from dashboard.metrics.rates import rate_per
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.rounding import as_number
from dashboard.metrics.series_dispersion import history_of_series
from dashboard.metrics.significance import (
    LIKE_SERIES,
    NOWHERE,
    OWN_HISTORY,
    Significance,
    significance_of_counts,
)
from dashboard.metrics.window_rows import month_ordinals
from dashboard.metrics.windows import IMPLIED, window_total, window_totals
from dashboard.store.cache import cached_per_build

Windows = tuple[Window, Window]


class Factor(NamedTuple):
    """A dispersion factor, and where it comes from: `OWN_HISTORY`, `LIKE_SERIES` or `NOWHERE`."""

    value: float
    source: str


NO_FACTOR = Factor(NO_OVERDISPERSION, NOWHERE)
"""Where nothing is counted."""


def factor_of(view: AreaView, indicator: str, window: Window) -> Factor:
    """Return how uneven an indicator's counts are, in an area over a window.

    From its own months, quarters or years ending each quarter, up to the window's end, and what is
    usual for its kind and for so many events: the mean of the window and of the same a year before,
    or the one that is known. The test of a change, the interval of a rate and that of a rank all
    take it. Whatever else is loaded has no say.
    """
    history = _own_history(view, indicator, window.last_month)
    both = window_totals(view.counted(indicator), [window, window.moved_by(-MONTHS_A_YEAR)])
    known = [each.value for each in both if each.value is not None]
    size = sum(known) / len(known) if known else float("nan")
    value = as_number(float(dispersion_at(size, indicator, history)))
    if value is None:
        return NO_FACTOR
    return Factor(value, OWN_HISTORY if bool(history.is_own) else LIKE_SERIES)


@cached_per_build
def _own_history(view: AreaView, indicator: str, last: pd.Period) -> History:
    return history_of_series(view.counted(indicator), last)


def tested_window(windows: Windows) -> Window:
    """Return the months of the later window that a test looks at: those that the earlier has not.

    All of it where the two share none, or the shared months are not its first.
    """
    shared, now = _shared_months(windows), windows[0]
    if shared is None or shared.first_month != now.first_month or shared == now:
        return now
    return Window(later(shared.last_month, 1), now.last_month)


def significance_in(
    series: pd.DataFrame, about: Indicator, found: Change, windows: Windows, factor: Factor
) -> Significance:
    """Return whether chance would explain a change.

    Counts of events are tested with the series' own dispersion factor, percentages with their
    waves' samples, and stocks are not. Where the two windows share months (against a baseline year
    not a year ago), the months that they do not share are tested: the difference is the same.
    """
    if about.unit == "percent":
        return _of_waves(series, about, found)
    if not about.adds_up:
        return Significance(not_tested=because(Because.STOCK))
    now, before = windows
    if now == before:
        return Significance(not_tested=because(Because.SAME_PERIODS))
    shared = _shared_total(series, windows)
    if shared is None or found.current is None or found.previous is None:
        return Significance(not_tested=because(Because.SHARED_MONTHS))
    tested = significance_of_counts(
        _nearest_base(series, before, found) - shared,
        found.current - shared,
        dispersion=factor.value,
        dispersion_from=factor.source,
    )
    # A ratio of the months that differ is not that of the years.
    return replace(tested, ratio_95=(None, None), ratio_998=(None, None)) if shared else tested


def rate_change(
    series: pd.DataFrame, about: Indicator, found: Change, windows: Windows, factor: Factor
) -> Change | None:
    """Return a change of a count as that of a rate, each over its own period's denominator.

    Returns:
        None without a denominator of either period, for percentages, stocks, and windows that
        share months.
    """
    now, before = windows
    overlap = _shared_months(windows) is not None
    if not about.counts_events or overlap:
        return None
    people, people_before = denominator_of(series, now), denominator_of(series, before)
    if people is None or people_before is None or found.previous is None or found.current is None:
        return None
    per = about.rate_per
    rates = (
        as_number(float(rate_per(found.current, people, per))),
        as_number(float(rate_per(found.previous, people_before, per))),
    )
    changed = change_between(*rates, RATE, base_count=found.previous)
    tested = significance_of_counts(
        found.previous,
        found.current,
        dispersion=factor.value,
        dispersion_from=factor.source,
        exposure_before=people_before,
        exposure_after=people,
        per=per,
    )
    return replace(
        changed,
        current_label=found.current_label,
        previous_label=found.previous_label,
        status=found.status,
        significance=tested,
    )


def _nearest_base(series: pd.DataFrame, before: Window, found: Change) -> float:
    """Return the earlier count that is tested.

    Of several that a rounded percentage implies it is the one that gives the least change.
    """
    base, now = float(found.previous or 0), float(found.current or 0)
    starts = month_ordinals(series["period_start"])
    own = series[(starts == before.first_month.ordinal) & series["status"].eq(IMPLIED).to_numpy()]
    for lower, upper in own[["lower", "upper"]].dropna().to_numpy():
        if lower <= base <= upper:
            return float(min(max(now, lower), upper))
    return base


def _shared_total(series: pd.DataFrame, windows: Windows) -> float | None:
    """Return what both windows count: 0 where they share no month, None where it is not known."""
    shared = _shared_months(windows)
    return 0.0 if shared is None else window_total(counted(series), shared).value


def _shared_months(windows: Windows) -> Window | None:
    first = max(each.first_month.ordinal for each in windows)
    last = min(each.last_month.ordinal for each in windows)
    return Window(month_at(first), month_at(last)) if first <= last else None


def _of_waves(series: pd.DataFrame, about: Indicator, found: Change) -> Significance:
    if found.current is None or found.previous is None:
        return Significance(not_tested=because(Because.NO_FIGURE))
    waves = []
    for value, year in zip((found.previous, found.current), found.surveys[::-1], strict=True):
        rows = series[series["numerator"].eq(value)].sort_values("period_start")
        if year is not None:
            rows = rows[pd.to_datetime(rows["period_start"]).dt.year.eq(year)]
        point = rows_of(rows.tail(1), SeriesPoint)[0]
        waves.append(wave_of(point, value, design_effect_of(about)))
    return difference_of(*waves)
