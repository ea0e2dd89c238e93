"""The rows that totals of windows are made of: read once, by series, kind of period and months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Window, month_at

SPAN_MONTHS = {
    "month": 1,
    "quarter": MONTHS_A_QUARTER,
    "year": MONTHS_A_YEAR,
    "rolling_year": MONTHS_A_YEAR,
}
"""Months that a row of each kind spans from its period_start; tried in this order."""
SURVEY_WAVE = "survey_wave"
KINDS = (*SPAN_MONTHS, SURVEY_WAVE)
WAVE = KINDS.index(SURVEY_WAVE)
_SPANS = np.array([*SPAN_MONTHS.values(), 1])
"""Months by kind; a survey wave is dated by one month."""


def spans_of(kinds: pd.Series) -> NDArray:
    """Months that a row of each kind spans: shape (rows,); 1 for a survey wave."""
    # Of a few rows or of many, `Series.map` takes several times as long.
    codes, names = pd.factorize(kinds.to_numpy(dtype=object), use_na_sentinel=False)
    return np.array([SPAN_MONTHS.get(name, 1) for name in names], dtype=int)[codes]


def ends_of(rows: pd.DataFrame) -> NDArray:
    """The month in which each row ends, as an ordinal: shape (rows,).

    Args:
        rows: period_start and period_kind.
    """
    return month_ordinals(rows["period_start"]) + spans_of(rows["period_kind"]) - 1


class Rows(NamedTuple):
    """The rows that have a value.

    Attributes:
        place: Of each row's series among the series.
        first: Month in which a row begins, as an ordinal.
        last: Month in which it ends.
        kind: Its kind of period, as a place in ``KINDS``.
        value: Its figure.
        status: How firm it is; None where that is not read or not said.
    """

    place: NDArray
    first: NDArray
    last: NDArray
    kind: NDArray
    value: NDArray
    status: NDArray | None

    def inside(self, window: Window) -> NDArray:
        """Where a row lies wholly inside a window."""
        after = self.first >= window.first_month.ordinal
        return after & (self.last <= window.last_month.ordinal)


def read_rows(frame: pd.DataFrame, place: NDArray, *, with_status: bool = False) -> Rows:
    """Read the rows of a frame that have a value.

    Args:
        frame: period_start, period_kind, value and, where known, status.
        place: of each row's series, as :func:`series_in` gives it.
        with_status: read how firm the figures are, too, where the frame says so.

    Raises:
        ValueError: a row with a value is of an unknown kind of period.
    """
    value = frame["value"].to_numpy(dtype=float)
    known = ~np.isnan(value)
    codes, names = pd.factorize(frame["period_kind"].to_numpy(dtype=object))
    kinds = np.array([KINDS.index(each) if each in KINDS else -1 for each in names], dtype=int)
    kind, first = kinds[codes[known]], month_ordinals(frame["period_start"])[known]
    if (kind < 0).any():
        unknown = names[codes[known][kind < 0][0]]
        raise ValueError(f"'{unknown}' is not a period kind")
    status = frame["status"].to_numpy(dtype=object) if "status" in frame and with_status else None
    return Rows(
        place[known], first, first + _SPANS[kind] - 1, kind, value[known],
        None if status is None else status[known],
    )  # fmt: skip


def series_in(frame: pd.DataFrame, by: Sequence[str]) -> tuple[NDArray, pd.DataFrame]:
    """Give the series that each row belongs to, by its place, and what each series is.

    Args:
        frame: the columns of ``by``.
        by: what tells the series apart; () for one series.

    Returns:
        One place a row, and the distinct values of ``by`` in order of them.
    """
    names = list(by)
    if not names:
        return np.zeros(len(frame), dtype=int), pd.DataFrame(index=range(1))
    place = frame.groupby(names, sort=True).ngroup().to_numpy()
    return place, frame[names].drop_duplicates().sort_values(names, ignore_index=True)


def month_ordinals(starts: pd.Series) -> NDArray:
    """Give each day's month as the number that pandas orders its monthly periods by.

    Args:
        starts: days, as dates, timestamps or text that is one.
    """
    days = starts if isinstance(starts.dtype, np.dtype) and starts.dtype.kind == "M" else None
    known = pd.to_datetime(starts) if days is None else days
    return known.to_numpy().astype("datetime64[M]").astype("int64")


def refuse_two_values(rows: Rows, chosen: NDArray) -> NoReturn:
    """Name the first period of which a series has two figures, of the rows chosen.

    Raises:
        ValueError: always.
    """
    found = pd.DataFrame({"place": rows.place[chosen], "first": rows.first[chosen]})
    month = int(found.loc[found.duplicated(), "first"].iloc[0])
    kind = KINDS[rows.kind[chosen][0]]
    raise ValueError(f"two values for the {kind} that begins in {month_at(month)}")
