"""Monthly counts of many series that end in the same month, and what methods make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    siblings: Array | None = None
    """Shape (n, months): what the same series of other areas counted together, NaN where that is
    not known; None where no others are known."""
    is_exceptional: NDArray[np.bool_] | None = None
    """Shape (months,): months that nothing is learnt from, though they count; None for none."""

    def __post_init__(self) -> None:
        """Refuse columns that are not one month after another, or counts below zero."""
        if self.counts.ndim != 2 or self.counts.shape[1] != len(self.months):  # noqa: PLR2004
            raise ValueError(f"counts of shape {self.counts.shape} for {len(self.months)} months")
        if len(self.months) == 0 or (np.diff(self.months.asi8) != 1).any():
            raise ValueError("a history needs months one after another")
        if (self.counts < 0).any():
            raise ValueError("a count cannot be below zero")
        if self.siblings is not None and self.siblings.shape != self.counts.shape:
            raise ValueError(f"siblings of shape {self.siblings.shape}, not {self.counts.shape}")

    @classmethod
    def of(
        cls,
        counts: NDArray,
        months: pd.PeriodIndex,
        siblings: NDArray | None = None,
        is_exceptional: NDArray | None = None,
    ) -> History:
        """A history of at most ``HISTORY_YEARS``, of one series (months,) or of n (n, months)."""
        kept = HISTORY_YEARS * MONTHS_A_YEAR
        table = np.atleast_2d(np.asarray(counts, dtype=float))[:, -kept:]
        others = None if siblings is None else np.atleast_2d(siblings).astype(float)[:, -kept:]
        apart = None if is_exceptional is None else np.asarray(is_exceptional, dtype=bool)[-kept:]
        return cls(table, pd.PeriodIndex(months[-kept:]), others, apart)

    @classmethod
    def stacked(cls, histories: Sequence[History]) -> History:
        """Several histories of one `kind` as one, a row each, so that they are fitted at once."""
        first = histories[0]
        others = [each.siblings for each in histories if each.siblings is not None]
        return cls(
            np.vstack([each.counts for each in histories]),
            first.months,
            np.vstack(others) if others else None,
            first.is_exceptional,
        )

    @property
    def kind(self) -> tuple[int, bool, bytes]:
        """What histories that can be fitted at once share: months, siblings, exceptional months."""
        apart = b"" if self.is_exceptional is None else self.is_exceptional.tobytes()
        return len(self.months), self.siblings is not None, apart

    @property
    def learnt_from(self) -> Array:
        """The counts, shape (n, months), NaN where exceptional too."""
        return self._ordinary(self.counts)

    @property
    def siblings_learnt_from(self) -> Array | None:
        """The siblings' counts, shape (n, months), NaN where exceptional too; None without any."""
        return None if self.siblings is None else self._ordinary(self.siblings)

    def rows(self, chosen: NDArray) -> History:
        """The same of some of the series, by place or by yes and no."""
        others = None if self.siblings is None else self.siblings[chosen]
        return History(self.counts[chosen], self.months, others, self.is_exceptional)

    def _ordinary(self, table: Array) -> Array:
        apart = self.is_exceptional
        return table if apart is None else np.where(apart[None, :], np.nan, table)

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


def exceptional_months(
    months: pd.PeriodIndex, periods: Iterable[tuple[int, int]]
) -> NDArray[np.bool_]:
    """Which months lie in a period that is over: shape (months,).

    While a period lasts its months are all there is to go by, and count like others.

    Args:
        months: the last is the one that projections start after.
        periods: ordinals of the first and the last month of each.
    """
    ordinals = months.asi8
    found = np.zeros(len(months), dtype=bool)
    for first, last in periods:
        if last < ordinals[-1]:
            found |= (ordinals >= first) & (ordinals <= last)
    return found


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
