"""Change between two periods as number and percent; why not, where it is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.metrics.percent import SMALL_BASE_THRESHOLD, percent_change
from dashboard.metrics.periods import MONTHS_A_YEAR, windows_for
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because, together
from dashboard.metrics.rounding import as_number
from dashboard.metrics.significance import Significance
from dashboard.metrics.windows import STATUS_ORDER, WindowTotal, window_totals

COUNT, RATE, PERCENT = "count", "rate", "percent"


@dataclass(frozen=True)
class Change:
    """The change from an earlier period to the current one, or why there is none."""

    #: Keys in JSON; see `dashboard.words.as_json`.
    JSON = """
        current previous change=number percent sentence percent_withheld test=significance
    """

    current: float | None
    previous: float | None
    number: float | None
    """current - previous; in percentage points when the unit is "percent"."""
    percent: float | None
    """100 * number / previous, full precision."""
    percent_withheld: Reasons = NO_REASON
    """Why there is no percent; no reason when there is one."""
    unit: str = COUNT
    current_label: str = ""
    previous_label: str = ""
    surveys: tuple[int | None, int | None] = (None, None)
    """The years of the surveys that the figures are of, later first; None where they are of none.
    """
    not_comparable: Reasons = NO_REASON
    """Why the periods cannot be compared; no reason when they can."""
    missing: tuple[str, ...] = ()
    """Months without a figure in either window, as "2009-12"."""
    status: str = ""
    """The less firm status of the two figures."""
    noun: str = ""
    """What is counted, in the plural: "crimes"; "" to leave it out."""
    significance: Significance | None = None
    """Whether chance would explain it; None when it was not looked at."""

    @property
    def in_points(self) -> bool:
        """True when the number is in percentage points."""
        return self.unit == PERCENT

    @property
    def is_comparable(self) -> bool:
        """True when both figures are there."""
        return not self.not_comparable


def change_between(
    current: float | None,
    previous: float | None,
    unit: str = COUNT,
    base_count: float | None = None,
) -> Change:
    """The change between two figures of the same area and length of time.

    Args:
        current: the later figure; None when missing.
        previous: the earlier figure; None when missing.
        unit: "count", "rate" or "percent" (then the change is in percentage points).
        base_count: for rates, the events behind the earlier rate; None applies no small-base rule.

    Raises:
        ValueError: unknown unit.
    """
    if unit not in (COUNT, RATE, PERCENT):
        raise ValueError(f"'{unit}' is not a unit; choose count, rate or percent")
    now, before = as_number(current), as_number(previous)
    if now is None or before is None:
        which = "either" if now is before else "the later" if now is None else "the earlier"
        reason = because(Because.NO_FIGURE_OF, which)
        return Change(now, before, None, None, reason, unit, not_comparable=reason)
    if unit == PERCENT:
        withheld = because(Because.IN_POINTS)
        return Change(now, before, now - before, None, withheld, unit)
    base = before if unit == COUNT else base_count
    withheld = _why_withheld(before, base)
    percent = None if withheld else float(percent_change(now, before))
    return Change(now, before, now - before, percent, withheld, unit)


def change_on_basis(
    series: pd.DataFrame,
    as_at: str | date | pd.Period,
    basis: str,
    *,
    aggregation: str = "sum",
    baseline_year: str | None = None,
    unit: str = COUNT,
) -> Change:
    """The change of one series on a basis, with the labels of both windows.

    Args:
        series: one indicator of one area, as :func:`~dashboard.metrics.windows.window_total` takes.
        as_at: the last month that counts.
        basis: month, quarter, ytd, rolling_year or baseline.
        aggregation: "sum" for counts, "last" for stocks and percentages.
        baseline_year: for basis "baseline", such as "2008/09".
        unit: "count", "rate" or "percent".

    Returns:
        A Change; when a month is missing, both figures are kept where known, and
        ``not_comparable`` says which months are missing.

    Raises:
        ValueError: as :func:`windows_for` and :func:`window_total` do.
    """
    now, before = windows_for(basis, as_at, baseline_year)
    totals = window_totals(series, (now, before), aggregation)
    labels = tuple(
        total.period if aggregation == "last" and total.period else window.label()
        for total, window in zip(totals, (now, before), strict=True)
    )
    status = max((total.status for total in totals), key=("", *STATUS_ORDER).index)
    change = replace(
        change_between(totals[0].value, totals[1].value, unit),
        current_label=labels[0],
        previous_label=labels[1],
        surveys=(totals[0].survey_year, totals[1].survey_year),
        status=status,
    )
    reason = together(total.why for total in totals) or _unlike(
        totals, now.moved_by(-MONTHS_A_YEAR) == before
    )
    if now.last_month.ordinal < before.last_month.ordinal:
        reason = because(Because.BASELINE_NOT_OVER, before, now.last_month)
    if not reason:
        return change
    missing = tuple(month for total in reversed(totals) for month in total.missing)
    return replace(
        change,
        number=None,
        percent=None,
        percent_withheld=reason,
        not_comparable=reason,
        missing=missing,
    )


def _why_withheld(previous: float, base: float | None) -> Reasons:
    if base is not None and base < SMALL_BASE_THRESHOLD:
        return because(Because.SMALL_BASE, SMALL_BASE_THRESHOLD)
    return NO_REASON if previous > 0 else because(Because.NOT_ABOVE_ZERO)


def _unlike(totals: list[WindowTotal], are_a_year_apart: bool) -> Reasons:
    """Why two last values do not compare: the same survey wave, or unlike months."""
    now, before = totals
    if now.survey_year is not None and now.survey_year == before.survey_year:
        return because(Because.SAME_WAVE, now.period)
    if are_a_year_apart and now.months_before_end != before.months_before_end:
        return because(Because.UNLIKE_PERIODS, now.period, before.period)
    return NO_REASON
