"""Histories of series as they are published, by month, quarter or rolling year, for dispersion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.dispersion import History, dispersion_of, dispersion_of_rolling_years
from dashboard.metrics.left_out import in_last_run
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR
from dashboard.metrics.window_rows import KINDS, SPAN_MONTHS, Rows, read_rows, series_in

MONTH, QUARTER, ROLLING_YEAR = "month", "quarter", "rolling_year"
STEPS = {
    MONTH: SPAN_MONTHS[MONTH],
    QUARTER: SPAN_MONTHS[QUARTER],
    ROLLING_YEAR: SPAN_MONTHS[QUARTER],
}
"""Months from one place of a panel to the next: rolling years are looked at quarter by quarter."""
PERIODS_A_YEAR = {MONTH: MONTHS_A_YEAR, QUARTER: MONTHS_A_YEAR // MONTHS_A_QUARTER}
"""Kinds of period that a history can be of, the finest first."""


def history_of_series(series: pd.DataFrame, up_to: pd.Period) -> History:
    """:func:`histories_of` of one series: single numbers.

    Args:
        series: period_start, period_kind, value.
        up_to: the last month that counts.
    """
    return History(*(each[0] for each in histories_of(series, (), up_to)))


def histories_of(frame: pd.DataFrame, by: Sequence[str], up_to: pd.Period) -> History:
    """What every series of a frame says of its dispersion, by its own figures up to a month.

    Those after its last hole alone; see `dashboard.metrics.left_out.last_unbroken_run`.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value; of months, quarters and the
            years that end each quarter the first with enough steps is used, else the one with
            the most.
        by: what tells the series apart; () for one series.
        up_to: the last month that counts.

    Returns:
        Of each series, in order of ``by``.

    Raises:
        ValueError: two values for one series and period.
    """
    place, keys = series_in(frame, by)
    rows = _after_last_hole(read_rows(frame, place), up_to)
    found = dispersion_of(np.full((len(keys), 1), np.nan))
    for kind in (*PERIODS_A_YEAR, ROLLING_YEAR):
        values = side_by_side(rows, len(keys), kind, up_to.ordinal)
        if values.size:
            own = _of_panel(values, kind)
            stays = found.is_own | (found.steps >= own.steps)
            found = History(*(np.where(stays, *each) for each in zip(found, own, strict=True)))
    return found


def _after_last_hole(rows: Rows, up_to: pd.Period) -> Rows:
    counts = rows.last <= up_to.ordinal
    own = rows.place * len(KINDS) + rows.kind
    counts[counts] = in_last_run(own[counts], rows.first[counts], rows.last[counts])
    return Rows(
        rows.place[counts], rows.first[counts], rows.last[counts], rows.kind[counts],
        rows.value[counts], None,
    )  # fmt: skip


def _of_panel(values: NDArray, kind: str) -> History:
    if kind == ROLLING_YEAR:
        return dispersion_of_rolling_years(values)
    return dispersion_of(values, PERIODS_A_YEAR[kind])


def side_by_side(rows: Rows, series: int, period_kind: str, up_to: int | None = None) -> NDArray:
    """Set many series side by side in step: one row a series, one column a period.

    From the earliest period of any to the latest, without a gap; NaN where a series has no figure.

    Args:
        rows: of any kinds.
        series: how many there are.
        period_kind: one of ``STEPS``; of rolling years those that end whole quarters before the
            latest of any.
        up_to: the last month that counts, as an ordinal; None for all.

    Returns:
        (series, periods); no periods where there are no rows of the kind.

    Raises:
        ValueError: two values for one series and period.
    """
    chosen = rows.kind == KINDS.index(period_kind)
    if up_to is not None:
        chosen &= rows.last <= up_to
    step = STEPS[period_kind]
    if period_kind == ROLLING_YEAR and chosen.any():
        chosen &= (rows.first[chosen].max() - rows.first) % step == 0
    periods = rows.first[chosen] // step
    first = int(periods.min()) if len(periods) else 0
    width = int(periods.max()) - first + 1 if len(periods) else 0
    values = np.full((series, width), np.nan)
    values[rows.place[chosen], periods - first] = rows.value[chosen]
    if np.count_nonzero(~np.isnan(values)) != len(periods):
        raise ValueError(f"two values for one series and {period_kind}")
    return values
