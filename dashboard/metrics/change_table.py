"""Changes of many series at once, each with its test, interval and dispersion factor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.chance import e_test, exact_conditional_test
from dashboard.metrics.dispersion import (
    NO_OVERDISPERSION,
    dispersion_of,
    dispersion_of_rolling_years,
)
from dashboard.metrics.intervals import CONFIDENCE_95
from dashboard.metrics.percent import SMALL_BASE_THRESHOLD, percent_change, withhold_small_base
from dashboard.metrics.periods import MONTHS_A_QUARTER, Window, windows_for
from dashboard.metrics.ratio_intervals import rate_ratio_interval
from dashboard.metrics.series_dispersion import ROLLING_YEAR
from dashboard.metrics.significance import (
    NOWHERE,
    OWN_HISTORY,
    PERIODS_A_YEAR,
    SIGNIFICANCE_LEVEL,
)
from dashboard.metrics.windows import SPAN_MONTHS, month_ordinals

COLUMNS = [
    "current", "previous", "number", "percent", "dispersion", "dispersion_from", "p_value",
    "e_test_p_value", "ratio_lower", "ratio_upper", "is_beyond_chance",
]  # fmt: skip


def change_table(
    frame: pd.DataFrame,
    by: Sequence[str],
    as_at: str | date | pd.Period,
    basis: str,
    *,
    confidence: float = CONFIDENCE_95,
    threshold: float = SMALL_BASE_THRESHOLD,
    with_e_test: bool = False,
) -> pd.DataFrame:
    """The change of every series of counts on one basis, a thousand series in one call.

    The figures and tests are those of :func:`~dashboard.metrics.change.change_on_basis` and
    :func:`~dashboard.metrics.significance.significance_of_counts`, except that a window must be
    filled by rows of one kind: months, else quarters, else one row of a year.

    Args:
        frame: the columns of ``by``, period_start, period_kind, value (a count that adds up).
        by: what tells the series apart, such as ("area_code", "indicator_id").
        as_at: the last month that counts.
        basis: month, quarter, ytd or rolling_year.
        confidence: of the interval of the ratio.
        threshold: the smallest earlier count that carries a percent.
        with_e_test: work out e_test_p_value too, which takes most of the time; NaN otherwise.

    Returns:
        The columns of ``by`` and ``COLUMNS``, in order of the keys; NaN where a window is
        incomplete. is_beyond_chance is p under 0.05, and False where there is no p: with a
        thousand series some fifty are by chance alone, so control the false discoveries.

    Raises:
        ValueError: unknown basis, or "baseline", whose year is not the same for every series; two
            values for one series, kind and period.
    """
    if basis == "baseline":
        raise ValueError("basis 'baseline' is for one series at a time: its year is each one's own")
    now, before = windows_for(basis, as_at)
    names = list(by)
    row = frame.groupby(names, sort=True).ngroup().to_numpy()
    keys = frame[names].drop_duplicates().sort_values(names, ignore_index=True)
    panels = _panels(frame, row, len(keys), now.last_month.ordinal)
    current, previous = _totals(panels, now, len(keys)), _totals(panels, before, len(keys))
    factor, is_own = _factors(panels, len(keys), now)
    percent = withhold_small_base(percent_change(current, previous), previous, threshold=threshold)
    found = {
        "current": current,
        "previous": previous,
        "number": current - previous,
        "percent": percent,
        "dispersion": factor,
        "dispersion_from": np.where(is_own, OWN_HISTORY, NOWHERE),
        **_tested(previous, current, factor, confidence, with_e_test=with_e_test),
    }
    return keys.assign(**{name: np.atleast_1d(found[name]) for name in COLUMNS})


def _tested(
    previous: NDArray, current: NDArray, factor: NDArray, confidence: float, *, with_e_test: bool
) -> dict[str, NDArray]:
    """Return p-values, interval of the ratio and verdict of each pair of counts."""
    p_value = exact_conditional_test(previous, current, dispersion=factor)
    limits = rate_ratio_interval(previous, current, confidence=confidence, dispersion=factor)
    not_asked_for = np.full(previous.shape, np.nan)
    return {
        "p_value": p_value,
        "e_test_p_value": e_test(previous, current, dispersion=factor)
        if with_e_test
        else not_asked_for,
        "ratio_lower": limits.lower,
        "ratio_upper": limits.upper,
        "is_beyond_chance": np.nan_to_num(p_value, nan=1.0) < SIGNIFICANCE_LEVEL,
    }


Panel = tuple[int, NDArray]
"""First month (ordinal), and (series, periods) of one kind, NaN where there is none."""


def _panels(frame: pd.DataFrame, row: NDArray, series: int, last: int) -> dict[str, Panel]:
    """Figures up to a month by kind of period, equally spaced; rows out of step are left out."""
    starts = month_ordinals(frame["period_start"])
    kinds = frame["period_kind"].to_numpy()
    values = frame["value"].to_numpy(dtype=float)
    found = {}
    for kind, span in SPAN_MONTHS.items():
        chosen = (kinds == kind) & np.isfinite(values) & (starts + span - 1 <= last)
        if not chosen.any():
            continue
        first = int(starts[chosen].min())
        # Years that roll from month to month overlap: each place is a month of its own.
        step = span if kind in PERIODS_A_YEAR else 1
        place, own = (starts[chosen] - first) // step, row[chosen]
        panel = np.full((series, int(place.max()) + 1), np.nan)
        if np.unique(own * panel.shape[1] + place).size != len(place):
            raise ValueError(f"two values for one series and {kind}")
        panel[own, place] = values[chosen]
        found[kind] = (first, panel)
    return found


def _totals(panels: dict[str, Panel], window: Window, series: int) -> NDArray:
    total = np.full(series, np.nan)
    for kind, (first, panel) in panels.items():
        span = SPAN_MONTHS[kind]
        number, rest = divmod(window.month_count, span)
        step = span if kind in PERIODS_A_YEAR else 1
        start, off = divmod(window.first_month.ordinal - first, step)
        if rest or off or start < 0 or (number > 1 and step == 1 != span):
            continue
        if start + number <= panel.shape[1]:
            sums = panel[:, start : start + number].sum(axis=1)
            total = np.where(np.isnan(total), sums, total)
    return total


def _factors(panels: dict[str, Panel], series: int, window: Window) -> tuple[NDArray, NDArray]:
    factor, is_own = np.full(series, NO_OVERDISPERSION), np.zeros(series, dtype=bool)
    for kind, a_year in PERIODS_A_YEAR.items():
        if kind not in panels:
            continue
        length = window.month_count if kind == "month" else window.month_count // MONTHS_A_QUARTER
        found = dispersion_of(panels[kind][1], a_year, max(1, length))
        factor = np.where(is_own, factor, found.factor)
        is_own |= found.is_estimated
    if ROLLING_YEAR in panels:
        # A panel of rolling years has a place for every month: every third back from the last.
        found = dispersion_of_rolling_years(panels[ROLLING_YEAR][1][:, ::-MONTHS_A_QUARTER])
        factor = np.where(is_own, factor, found.factor)
        is_own |= found.is_estimated
    return factor, is_own
