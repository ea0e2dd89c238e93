"""A projection month by month: the bands that a chart draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.projection.history import Fitted, History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

QUANTILES = {"low_95": 0.025, "low_80": 0.1, "median": 0.5, "high_80": 0.9, "high_95": 0.975}
FAN_COLUMNS = ["month", *QUANTILES]


def stacked(projections: Sequence[NegativeBinomials]) -> NegativeBinomials:
    """Several projections as one, a row each, so that they are worked out at once."""
    return NegativeBinomials(
        np.concatenate([each.counted for each in projections]),
        np.vstack([each.means for each in projections]),
        np.vstack([each.sizes for each in projections]),
        np.vstack([each.weights for each in projections]),
    )


def rolling_fan(history: History, fitted: Fitted, months: int) -> pd.DataFrame:
    """Quantiles of the twelve-month total to each of the next months, of one series.

    Args:
        history: of one series.
        fitted: a method fitted to it.
        months: how many ahead, 1 or more.

    Returns:
        ``FAN_COLUMNS``, month by month; 0.025, 0.1, 0.5, 0.9 and 0.975 quantiles.

    Raises:
        ValueError: no month ahead.
    """
    if months < 1:
        raise ValueError(f"a fan needs a month ahead, not {months}")
    joined = stacked([_year_to(history.counts[0], fitted, ahead) for ahead in range(1, months + 1)])
    bands = {name: joined.quantile(level) for name, level in QUANTILES.items()}
    return pd.DataFrame({"month": history.months_ahead(months), **bands})


def _year_to(counts: NDArray, fitted: Fitted, ahead: int) -> NegativeBinomials:
    known = max(0, MONTHS_A_YEAR - ahead)
    counted = counts[len(counts) - known :].sum() if known else 0.0
    return fitted.project(max(1, ahead - MONTHS_A_YEAR + 1), ahead, np.array([counted]))
