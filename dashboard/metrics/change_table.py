"""Changes of many series at once, each with its test, interval and dispersion factor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.chance import e_test, exact_conditional_test
from dashboard.metrics.intervals import CONFIDENCE_95
from dashboard.metrics.percent import SMALL_BASE_THRESHOLD, percent_change, withhold_small_base
from dashboard.metrics.periods import windows_for
from dashboard.metrics.ratio_intervals import rate_ratio_interval
from dashboard.metrics.series_dispersion import dispersions_of
from dashboard.metrics.significance import NOWHERE, OWN_HISTORY, SIGNIFICANCE_LEVEL
from dashboard.metrics.windows import totals_over

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
    :func:`~dashboard.metrics.significance.significance_of_counts`.

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
    keys, totals = totals_over(frame, by, (now, before))
    current, previous = totals.T
    spread = dispersions_of(frame, by, now.last_month, now)
    percent = withhold_small_base(percent_change(current, previous), previous, threshold=threshold)
    found = {
        "current": current,
        "previous": previous,
        "number": current - previous,
        "percent": percent,
        "dispersion": spread.factor,
        "dispersion_from": np.where(spread.is_estimated, OWN_HISTORY, NOWHERE),
        **_tested(previous, current, spread.factor, confidence, with_e_test=with_e_test),
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
