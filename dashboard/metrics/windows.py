"""Totals over a window of months from figures of any period kind. Missing is not zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import (
    MONTHS_A_QUARTER,
    MONTHS_A_YEAR,
    Window,
    month_at,
    survey_label,
)

SPAN_MONTHS = {
    "month": 1,
    "quarter": MONTHS_A_QUARTER,
    "year": MONTHS_A_YEAR,
    "rolling_year": MONTHS_A_YEAR,
}
"""Months that a row of each kind spans from its period_start; tried in this order."""
SURVEY_WAVE = "survey_wave"
STATUS_ORDER = ("final", "provisional", "estimated")
"""From firm to least firm; a total is as firm as its least firm part."""
AGGREGATIONS = ("sum", "last")

Row = tuple[float, str]
"""A value and its status."""
Rows = dict[str, dict[int, Row]]
"""The figures of one series, by period kind and first month."""


@dataclass(frozen=True)
class WindowTotal:
    """The figure that stands for a window, or why there is none."""

    value: float | None
    missing: tuple[str, ...] = ()
    """Months without a figure, as "2009-12"."""
    reason: str = ""
    """In words, why the value is None; "" when there is a value."""
    status: str = ""
    """The least firm status of the rows used; "" when the series carries none."""
    period: str = ""
    """What the figure is for, in words: the window, or the month or wave that "last" found."""
    months_before_end: int | None = None
    """For "last": how many months before the window's end the figure stands; None for waves."""
    is_survey_wave: bool = False
    """True when the figure is a survey wave's."""


def window_total(series: pd.DataFrame, window: Window, aggregation: str = "sum") -> WindowTotal:
    """The total of a window ("sum"), or the last value inside it ("last").

    For "sum" the rows used must tile the window exactly: months, else months, quarters and years
    that fit end to end without overlap, finer rows preferred. For "last" the row that ends latest
    inside the window is taken; a survey wave may be older than the window.

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
    rows = _rows(series, [""] * len(series)).get("", {})
    if aggregation == "last":
        return [_last_value(rows, window) for window in windows]
    return [_total(series, rows, window) for window in windows]


def rows_of_each(series: pd.DataFrame, by: str) -> dict[str, Rows]:
    """The figures of many series, for :func:`sum_of`: read in one go, not series by series.

    Args:
        series: as of :func:`window_total`, of several series.
        by: the column that tells them apart, such as "area_code".

    Raises:
        ValueError: unknown period kind, or two values for one series, kind and period.
    """
    return _rows(series, series[by].tolist())


def sum_of(rows: Rows, window: Window) -> float | None:
    """The total of a window, as :func:`window_total` has it; None where it has none."""
    tiles = _tile(rows, window.first_month.ordinal, window.last_month.ordinal)
    return None if tiles is None else float(sum(value for value, _ in tiles))


def month_ordinals(starts: pd.Series) -> NDArray:
    """Give each day's month as the number that pandas orders its monthly periods by.

    Args:
        starts: days, as dates, timestamps or text that is one.
    """
    days = starts if isinstance(starts.dtype, np.dtype) and starts.dtype.kind == "M" else None
    known = pd.to_datetime(starts) if days is None else days
    return known.to_numpy().astype("datetime64[M]").astype("int64")


def months_in_words(ordinals: Sequence[int]) -> str:
    """Months by ordinal, runs joined: "April to June 2009 and September 2009"."""
    runs: list[Window] = []
    for ordinal in sorted(ordinals):
        month = month_at(ordinal)
        if runs and ordinal == runs[-1].last_month.ordinal + 1:
            runs[-1] = Window(runs[-1].first_month, month)
        else:
            runs.append(Window(month, month))
    names = [run.label() for run in runs]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _total(series: pd.DataFrame, rows: Rows, window: Window) -> WindowTotal:
    tiles = _tile(rows, window.first_month.ordinal, window.last_month.ordinal)
    if tiles is None:
        return _untiled(rows, window, _suppressed(series))
    return WindowTotal(
        value=float(sum(value for value, _ in tiles)),
        status=_least_firm([status for _, status in tiles]),
        period=window.label(),
    )


def _rows(series: pd.DataFrame, names: list[str]) -> dict[str, Rows]:
    """Return the rows by name; `names` says of which series each row of the frame is."""
    statuses = series["status"].tolist() if "status" in series else [""] * len(series)
    found: dict[str, Rows] = {}
    for name, month, kind, value, status in zip(
        names,
        month_ordinals(series["period_start"]).tolist(),
        series["period_kind"].tolist(),
        series["value"].tolist(),
        statuses,
        strict=True,
    ):
        if value is None or math.isnan(value):
            continue
        if kind not in SPAN_MONTHS and kind != SURVEY_WAVE:
            raise ValueError(f"'{kind}' is not a period kind")
        of_kind = found.setdefault(name, {}).setdefault(kind, {})
        if month in of_kind:
            raise ValueError(f"two values for the {kind} that begins in {month_at(month)}")
        of_kind[month] = (float(value), status if isinstance(status, str) else "")
    return found


def _tile(rows: Rows, first: int, last: int) -> list[Row] | None:
    """Rows that fit the months first..last end to end, finest first; None where none do."""
    tail: dict[int, list[Row] | None] = {last + 1: []}
    for start in range(last, first - 1, -1):
        tail[start] = None
        for kind, span in SPAN_MONTHS.items():
            row, rest = rows.get(kind, {}).get(start), tail.get(start + span)
            if row is not None and rest is not None:
                tail[start] = [row, *rest]
                break
    return tail[first]


def _suppressed(series: pd.DataFrame) -> dict[int, str]:
    """What is shown instead of a figure, by month."""
    if "suppression" not in series or not (is_hidden := series["suppression"].ne("")).any():
        return {}
    hidden = series[is_hidden.to_numpy()]
    starts = month_ordinals(hidden["period_start"]).tolist()
    rows = zip(starts, hidden["period_kind"], hidden["suppression"], strict=True)
    return {
        start + step: text for start, kind, text in rows for step in range(SPAN_MONTHS.get(kind, 1))
    }


def _untiled(rows: Rows, window: Window, suppressed: dict[int, str]) -> WindowTotal:
    covered: set[int] = set()
    for kind, span in SPAN_MONTHS.items():
        for start in rows.get(kind, {}):
            end = start + span - 1
            if window.first_month.ordinal <= start and end <= window.last_month.ordinal:
                covered.update(range(start, end + 1))
    wanted = [month.ordinal for month in window.months]
    absent = [month for month in wanted if month not in covered]
    if absent:
        reason = f"no figure for {months_in_words(absent)}"
    else:
        absent = [month for month in wanted if month not in rows.get("month", {})]
        reason = f"the figures overlap and do not fit {window.label()} exactly"
    texts = sorted({suppressed[month] for month in absent if month in suppressed})
    if texts:
        hidden = [
            _hidden_in_words(text, [month for month in absent if suppressed.get(month) == text])
            for text in texts
        ]
        other = [month for month in absent if month not in suppressed]
        hidden += [f"no figure for {months_in_words(other)}"] if other else []
        reason = "; ".join(hidden)
    names = tuple(str(month_at(month)) for month in absent)
    return WindowTotal(None, missing=names, reason=reason)


def _hidden_in_words(text: str, months: list[int]) -> str:
    """Say of which months a count is hidden: each by itself is small, not their sum."""
    each = "each month of " if len(months) > 1 else ""
    return f"{text} in {each}{months_in_words(months)}"


def _last_value(rows: Rows, window: Window) -> WindowTotal:
    first, last = window.first_month.ordinal, window.last_month.ordinal
    for end in range(last, first - 1, -1):
        for kind, span in SPAN_MONTHS.items():
            row = rows.get(kind, {}).get(end - span + 1)
            if row is not None:
                begin, final = (month_at(each) for each in (end - span + 1, end))
                return WindowTotal(row[0], (), "", row[1], Window(begin, final).label(), last - end)
    waves = [start for start in rows.get(SURVEY_WAVE, {}) if start <= last]
    if waves:
        value, status = rows[SURVEY_WAVE][max(waves)]
        month = month_at(max(waves))
        return WindowTotal(value, (), "", status, survey_label(month.year), None, True)
    names = tuple(str(month) for month in window.months)
    return WindowTotal(None, names, f"no figure in {window.label()} to take in its place")


def _least_firm(statuses: Sequence[str]) -> str:
    known = [status for status in statuses if status in STATUS_ORDER]
    return max(known, key=STATUS_ORDER.index) if known else ""
