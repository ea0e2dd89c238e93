"""Monthly counts of many series that end in the same month, and what methods make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_YEAR, later
from dashboard.metrics.projection.negative_binomials import NegativeBinomials

Array = NDArray[np.float64]

HISTORY_YEARS = 10
"""Months of more than so many years ago are left out: counting rules and policing were others."""
FEWEST_MONTHS = 2 * MONTHS_A_YEAR
"""A shorter history is not projected from: it cannot tell the season from the drift."""
FEWEST_EVENTS = 10
"""Fewer events in the last twelve months are too few to project (the record begins there too)."""
QUANTILES = {"low_95": 0.025, "low_80": 0.1, "median": 0.5, "high_80": 0.9, "high_95": 0.975}
FAN_COLUMNS = ["month", *QUANTILES]


@dataclass(frozen=True)
class History:
    """Counts of n series; the last column is the month that projections start after."""

    counts: Array
    """Shape (n, months), NaN where there is no figure."""
    months: pd.PeriodIndex
    """Of the columns, one after another."""

    def __post_init__(self) -> None:
        """Refuse columns that are not one month after another, or counts below zero."""
        if self.counts.ndim != 2 or self.counts.shape[1] != len(self.months):  # noqa: PLR2004
            raise ValueError(f"counts of shape {self.counts.shape} for {len(self.months)} months")
        if len(self.months) == 0 or (np.diff(self.months.asi8) != 1).any():
            raise ValueError("a history needs months one after another")
        if (self.counts < 0).any():
            raise ValueError("a count cannot be below zero")

    @classmethod
    def of(cls, counts: NDArray, months: pd.PeriodIndex) -> History:
        """A history of at most ``HISTORY_YEARS``, of one series (months,) or of n (n, months)."""
        table = np.atleast_2d(np.asarray(counts, dtype=float))
        kept = HISTORY_YEARS * MONTHS_A_YEAR
        return cls(table[:, -kept:], pd.PeriodIndex(months[-kept:]))

    @property
    def last_month(self) -> pd.Period:
        """The month that projections start after."""
        return self.months[-1]

    def months_ahead(self, count: int) -> pd.PeriodIndex:
        """The next so many months."""
        return pd.period_range(later(self.last_month, 1), periods=count, freq="M")

    def last_total(self, months: int) -> Array:
        """Sum of the last so many months; NaN where one is missing."""
        return self.counts[:, -months:].sum(axis=1)


class Fitted(Protocol):
    """A method that has seen a history, and answers for any window ahead."""

    def project(self, first: int, last: int, counted: Array | float = 0.0) -> NegativeBinomials:
        """The total of the months ``first`` to ``last`` ahead, with what is counted of it."""
        ...


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
    joined = NegativeBinomials.stacked(
        [_year_to(history.counts[0], fitted, ahead) for ahead in range(1, months + 1)]
    )
    bands = {name: joined.quantile(level) for name, level in QUANTILES.items()}
    return pd.DataFrame({"month": history.months_ahead(months), **bands})


def _year_to(counts: NDArray, fitted: Fitted, ahead: int) -> NegativeBinomials:
    known = max(0, MONTHS_A_YEAR - ahead)
    counted = counts[len(counts) - known :].sum() if known else 0.0
    return fitted.project(max(1, ahead - MONTHS_A_YEAR + 1), ahead, np.array([counted]))
