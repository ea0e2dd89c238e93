"""The dispersion factor of a series as it is published: by month, quarter or rolling year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.dispersion import Dispersion, dispersion_of, dispersion_of_rolling_years
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Window
from dashboard.metrics.windows import month_ordinals

PERIODS_A_YEAR = {"month": MONTHS_A_YEAR, "quarter": MONTHS_A_YEAR // MONTHS_A_QUARTER}
"""Kinds of period that a history can be of, the finest first."""
ROLLING_YEAR = "rolling_year"


def dispersion_of_series(series: pd.DataFrame, up_to: pd.Period, window: Window) -> Dispersion:
    """The dispersion factor of one series, from its figures up to a month.

    Args:
        series: period_start, period_kind, value; months are used, else quarters, else the years
            that end each quarter; with none of them (or too few) the factor is 1.
        up_to: the last month that counts.
        window: what will be compared, for its length.
    """
    ordinals = month_ordinals(series["period_start"])
    is_known = series["value"].notna().to_numpy()
    for kind, a_year in PERIODS_A_YEAR.items():
        span = MONTHS_A_YEAR // a_year
        chosen = series["period_kind"].eq(kind).to_numpy() & is_known
        chosen &= ordinals + span - 1 <= up_to.ordinal
        if not chosen.any():
            continue
        counts = _side_by_side(series, ordinals, chosen, span)
        found = dispersion_of(counts, a_year, max(1, window.month_count // span))
        if found.is_estimated:
            return found
    chosen = series["period_kind"].eq(ROLLING_YEAR).to_numpy() & is_known
    chosen &= ordinals + MONTHS_A_YEAR - 1 <= up_to.ordinal
    if chosen.any():
        # Years that end between the quarters of the latest are out of step, and left out.
        chosen &= (ordinals[chosen].max() - ordinals) % MONTHS_A_QUARTER == 0
        return dispersion_of_rolling_years(
            _side_by_side(series, ordinals, chosen, MONTHS_A_QUARTER)
        )
    return dispersion_of([np.nan])


def _side_by_side(series: pd.DataFrame, ordinals: NDArray, chosen: NDArray, apart: int) -> NDArray:
    """Return the values chosen, so many months apart, NaN where one is missing."""
    place = (ordinals[chosen] - ordinals[chosen].min()) // apart
    values = np.full(int(place.max()) + 1, np.nan)
    values[place] = series["value"].to_numpy(dtype=float)[chosen]
    return values
