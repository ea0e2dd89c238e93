"""Charts of what happens rarely: the periods between events (g chart)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import FEWEST_POINTS, SIGMAS, Limits

LOG_2 = float(np.log(2.0))


@dataclass(frozen=True)
class Gaps:
    """Stretches without an event, between periods that have one.

    Attributes:
        lengths: Periods without an event between one period with events and the next.
        ends: Position of the period with events that ended each.
        open_length: Periods since the last event; it is not over yet.
    """

    lengths: NDArray
    ends: NDArray
    open_length: int


@dataclass(frozen=True)
class GapsOfMany:
    """Stretches without an event of many series, set side by side; as :class:`Gaps`.

    Attributes:
        lengths: (series, most), from the left in order of time; NaN after a series' last.
        ends: Same shape; -1 where there is none.
        open_lengths: (series,); 0 without an event since the last missing period.
    """

    lengths: NDArray
    ends: NDArray
    open_lengths: NDArray


def gaps_between(counts: ArrayLike) -> Gaps:
    """Return the stretches without an event of one series: :func:`gaps_of_many` of it.

    Args:
        counts: (periods,), NaN where missing.
    """
    found = gaps_of_many(np.asarray(counts, dtype=float).ravel())
    return Gaps(found.lengths[0], found.ends[0], int(found.open_lengths[0]))


def gaps_of_many(counts: ArrayLike) -> GapsOfMany:
    """Return the stretches without an event of each of many series, for :func:`g_limits`.

    Several events of one period count as one: the chart is of periods with any. A missing period
    may have had an event: the stretch that it lies in is left out. What came before the first
    event is left out as well.

    Args:
        counts: (series, periods) or (periods,), NaN where missing.
    """
    series = np.atleast_2d(np.asarray(counts, dtype=float))
    rows, periods = series.shape
    places = np.arange(periods)
    has_event = series > 0
    # A start and a place before the first period, so that none looks back from the first.
    event, missing = (
        np.maximum.accumulate(
            np.hstack([np.full((rows, 1), start), np.where(is_there, places, start)]), axis=1
        )
        for is_there, start in ((has_event, -2), (np.isnan(series), -1))
    )
    ended = has_event & (event[:, :-1] > missing[:, :-1])
    row, end = np.nonzero(ended)
    column = (np.cumsum(ended, axis=1) - 1)[row, end]
    shape = rows, int(ended.sum(axis=1).max(initial=0))
    lengths, ends = np.full(shape, np.nan), np.full(shape, -1)
    lengths[row, column], ends[row, column] = end - event[row, end] - 1, end
    last, gap = event[:, -1], missing[:, -1]
    return GapsOfMany(lengths, ends, np.where(last > gap, periods - 1 - last, 0))


def g_limits(lengths: ArrayLike, fewest: int = FEWEST_POINTS) -> Limits:
    """Limits for the number of periods between events.

        centre = ln 2 * mean (the median),  upper = mean + 3 sqrt(mean (mean + 1)),  lower = 0

    For geometric counts from 0 (Benneyan 2001). The centre is the median, so that runs on one side
    of it mean what they mean on other charts (Provost and Murray 2011); `sigma` is that of the
    upper limit. Fewer than `fewest` gaps have no limits.

    Args:
        lengths: (series, gaps) or (gaps,), NaN where there is none.
        fewest: Gaps needed.
    """
    gaps = np.atleast_2d(np.asarray(lengths, dtype=float))
    known = np.isfinite(gaps)
    number = known.sum(axis=1, keepdims=True)
    total = np.where(known, gaps, 0.0).sum(axis=1, keepdims=True)
    mean = np.divide(total, number, out=np.full(total.shape, np.nan), where=number >= fewest)
    mean = np.broadcast_to(mean, gaps.shape)
    upper = mean + SIGMAS * np.sqrt(mean * (mean + 1))
    centre = LOG_2 * mean
    return Limits(gaps, centre, (upper - centre) / SIGMAS, np.where(mean >= 0, 0.0, np.nan), upper)
