"""Totals over windows of months, of many series and windows at once. Missing is not zero.

Every total of the product is worked out here, by one rule. The rows of one kind of period that fit
a window end to end make its total; where a frame has several kinds, the first of ``SPAN_MONTHS``
that fits counts, and kinds are never added to each other. A single total is a table of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import Window, month_at, survey_label
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because, together
from dashboard.metrics.window_rows import (
    SPAN_MONTHS,
    WAVE,
    Rows,
    month_ordinals,
    read_rows,
    refuse_two_values,
    series_in,
)

IMPLIED = "implied"
"""The status of a figure that a published percentage change gives and no table prints."""
STATUS_ORDER = ("final", IMPLIED, "provisional", "estimated")
"""From firm to least firm; a total is as firm as its least firm part."""
AGGREGATIONS = ("sum", "last")


@dataclass(frozen=True)
class WindowTotal:
    """The figure that stands for a window, or why there is none."""

    value: float | None
    missing: tuple[str, ...] = ()
    """Months without a figure, as "2009-12"."""
    status: str = ""
    """The least firm status of the rows used; "" when the series carries none."""
    period: str = ""
    """What the figure is for, in words: the window, or the month or wave that "last" found."""
    months_before_end: int | None = None
    """For "last": how many months before the window's end the figure stands; None for waves."""
    survey_year: int | None = None
    """The year of the survey that the figure is of; None where it is of none."""
    why: Reasons = NO_REASON
    """Why the value is None; no reason when there is a value."""


class WindowTotals(NamedTuple):
    """Totals of many series over many windows."""

    keys: pd.DataFrame
    """What each series is, in the columns that told them apart, in their order."""
    values: NDArray
    """(series, windows); NaN where no kind of row tiles the window."""


def window_total(series: pd.DataFrame, window: Window, aggregation: str = "sum") -> WindowTotal:
    """The total of a window ("sum"), or the last value inside it ("last").

    For "sum" rows of one kind must tile the window exactly, without a gap; the finest kind that
    does is taken. For "last" the row that ends latest inside the window is taken; a survey wave may
    be older than the window.

    Args:
        series: one indicator of one area: period_start (first day of the span), period_kind,
            value; optionally status and suppression, what is shown instead of a figure. A row
            whose value is missing is no row.
        window: whole months.
        aggregation: "sum" for counts, "last" for stocks and percentages.

    Raises:
        ValueError: unknown aggregation or period kind, or two values for one kind and period.
    """
    return window_totals(series, [window], aggregation)[0]


def window_totals(
    series: pd.DataFrame, windows: Sequence[Window], aggregation: str = "sum"
) -> list[WindowTotal]:
    """The totals of several windows of one series, which is read once; as :func:`window_total`."""
    if aggregation not in AGGREGATIONS:
        raise ValueError(f"'{aggregation}' is not an aggregation; choose sum or last")
    rows = read_rows(series, np.zeros(len(series), dtype=int), with_status=True)
    if not len(windows):
        return []
    if aggregation == "last":
        return [_last_value(rows, window) for window in windows]
    values, kinds = _tile(rows, 1, windows)
    hidden = _hidden_months(series) if (kinds < 0).any() else {}
    return [
        _of_window(rows, window, float(value), int(kind), hidden)
        for window, value, kind in zip(windows, values[0], kinds[0], strict=True)
    ]


def totals_over(frame: pd.DataFrame, by: Sequence[str], windows: Sequence[Window]) -> WindowTotals:
    """The totals of every series of a frame over every window: :func:`window_total` of thousands.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value.
        by: what tells the series apart, such as ("area_code", "indicator_id"); () for one series.
        windows: whole months, in any order; they may overlap.

    Raises:
        ValueError: unknown period kind, or two values for one series, kind and period.
    """
    place, keys = series_in(frame, by)
    return WindowTotals(keys, _tile(read_rows(frame, place), len(keys), windows)[0])


def _tile(rows: Rows, series: int, windows: Sequence[Window]) -> tuple[NDArray, NDArray]:
    """Totals and the kind of row they are made of (-1 for none), each (series, windows)."""
    values = np.full((series, len(windows)), np.nan)
    kinds = np.full(values.shape, -1)
    for kind, span, start, grid in _grids(rows, series, windows):
        for column, window in enumerate(windows):
            if window.month_count % span:
                continue
            at = window.first_month.ordinal - start
            total = grid[:, at : at + window.month_count : span].sum(axis=1)
            is_new = (kinds[:, column] < 0) & ~np.isnan(total)
            values[is_new, column] = total[is_new]
            kinds[is_new, column] = kind
    return values, kinds


def _grids(
    rows: Rows, series: int, windows: Sequence[Window]
) -> Iterator[tuple[int, int, int, NDArray]]:
    """Each kind that has rows, its months, and its values by series and the month they begin in."""
    start = min((each.first_month.ordinal for each in windows), default=0)
    width = max((each.last_month.ordinal for each in windows), default=-1) - start + 1
    within = (rows.first >= start) & (rows.last < start + width)
    for kind, span in enumerate(SPAN_MONTHS.values()):
        chosen = within & (rows.kind == kind)
        if not chosen.any():
            continue
        grid = np.full((series, width), np.nan)
        grid[rows.place[chosen], rows.first[chosen] - start] = rows.value[chosen]
        if np.count_nonzero(~np.isnan(grid)) != np.count_nonzero(chosen):
            refuse_two_values(rows, chosen)
        yield kind, span, start, grid


def _of_window(
    rows: Rows, window: Window, value: float, kind: int, hidden: dict[int, str]
) -> WindowTotal:
    if kind < 0:
        return _untiled(rows, window, hidden)
    statuses: Sequence[str] = ()
    if rows.status is not None:
        statuses = rows.status[rows.inside(window) & (rows.kind == kind)].tolist()
    return WindowTotal(value, status=_least_firm(statuses), period=window.label())


def _untiled(rows: Rows, window: Window, hidden: dict[int, str]) -> WindowTotal:
    inside = rows.inside(window) & (rows.kind != WAVE)
    first, last = rows.first[inside], rows.last[inside]
    wanted = np.arange(window.first_month.ordinal, window.last_month.ordinal + 1)
    is_covered = ((first[:, None] <= wanted) & (wanted <= last[:, None])).any(axis=0)
    absent, overlap = wanted[~is_covered].tolist(), NO_REASON
    if not absent:
        monthly = first[rows.kind[inside] == 0]
        absent, overlap = (
            wanted[~np.isin(wanted, monthly)].tolist(),
            because(Because.OVERLAP, window),
        )
    known = {month: hidden[month] for month in absent if month in hidden}
    return _without(_why_absent(absent, known) if known or not overlap else overlap, absent)


def _why_absent(absent: list[int], hidden: dict[int, str]) -> Reasons:
    """Name what is withheld, each text by itself, and then what is missing."""
    reasons = [
        because(Because.HIDDEN, text, tuple(month for month in absent if hidden.get(month) == text))
        for text in sorted(set(hidden.values()))
    ]
    missing = tuple(month for month in absent if month not in hidden)
    return together([*reasons, *([because(Because.MISSING, missing)] if missing else [])])


def _hidden_months(series: pd.DataFrame) -> dict[int, str]:
    """What is shown instead of a figure, by month."""
    if "suppression" not in series or not (is_hidden := series["suppression"].ne("")).any():
        return {}
    hidden = series[is_hidden.to_numpy()]
    starts = month_ordinals(hidden["period_start"]).tolist()
    rows = zip(starts, hidden["period_kind"], hidden["suppression"], strict=True)
    return {
        start + step: text for start, kind, text in rows for step in range(SPAN_MONTHS.get(kind, 1))
    }


def _last_value(rows: Rows, window: Window) -> WindowTotal:
    is_wave, end = rows.kind == WAVE, window.last_month.ordinal
    is_last = (rows.last >= window.first_month.ordinal) & (rows.last <= end) & ~is_wave
    if not is_last.any():
        is_last = is_wave & (rows.last <= end)
    if not is_last.any():
        months = range(window.first_month.ordinal, end + 1)
        return _without(because(Because.NONE_INSIDE, window), months)
    is_last &= rows.last == rows.last[is_last].max()
    # Of rows that end alike the finest stands.
    is_last &= rows.kind == rows.kind[is_last].min()
    if np.count_nonzero(is_last) > 1:
        refuse_two_values(rows, is_last)
    at = int(np.flatnonzero(is_last)[0])
    value, first, last = float(rows.value[at]), int(rows.first[at]), int(rows.last[at])
    status = rows.status[at] if rows.status is not None else ""
    status = status if isinstance(status, str) else ""
    if is_wave[at]:
        year = month_at(last).year
        return WindowTotal(value, status=status, period=survey_label(year), survey_year=year)
    period = Window(month_at(first), month_at(last)).label()
    return WindowTotal(value, status=status, period=period, months_before_end=end - last)


def _without(why: Reasons, months: Iterable[int]) -> WindowTotal:
    return WindowTotal(None, missing=tuple(str(month_at(month)) for month in months), why=why)


def _least_firm(statuses: Sequence[str]) -> str:
    known = [status for status in statuses if status in STATUS_ORDER]
    return max(known, key=STATUS_ORDER.index) if known else ""
