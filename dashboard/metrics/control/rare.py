"""Charts of what happens rarely: the periods between events (g chart)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import FEWEST_POINTS, SIGMAS, Limits, known_mean

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


def gaps_between(counts: ArrayLike) -> Gaps:
    """Return the stretches without an event of one series, for :func:`g_limits`.

    Several events of one period count as one: the chart is of periods with any. A missing period
    may have had an event: the stretch that it lies in is left out. What came before the first
    event is left out as well.

    Args:
        counts: (periods,), NaN where missing.
    """
    series = np.asarray(counts, dtype=float).ravel()
    events, missing = np.flatnonzero(series > 0), np.flatnonzero(np.isnan(series))
    missed_before = np.searchsorted(missing, events)
    is_whole = np.diff(missed_before) == 0
    lengths = (np.diff(events) - 1)[is_whole].astype(float)
    goes_on = len(events) > 0 and missed_before[-1] == len(missing)
    return Gaps(lengths, events[1:][is_whole], len(series) - 1 - int(events[-1]) if goes_on else 0)


def g_limits(lengths: ArrayLike) -> Limits:
    """Limits for the number of periods between events.

        centre = ln 2 * mean (the median),  upper = mean + 3 sqrt(mean (mean + 1)),  lower = 0

    For geometric counts from 0 (Benneyan 2001). The centre is the median, so that runs on one side
    of it mean what they mean on other charts (Provost and Murray 2011); `sigma` is that of the
    upper limit. Fewer than `FEWEST_POINTS` gaps have no limits.

    Args:
        lengths: (series, gaps) or (gaps,), NaN where there is none.
    """
    gaps = np.atleast_2d(np.asarray(lengths, dtype=float))
    enough = np.isfinite(gaps).sum(axis=1, keepdims=True) >= FEWEST_POINTS
    mean = np.broadcast_to(np.where(enough, known_mean(gaps), np.nan), gaps.shape)
    upper = mean + SIGMAS * np.sqrt(mean * (mean + 1))
    centre = LOG_2 * mean
    return Limits(gaps, centre, (upper - centre) / SIGMAS, np.where(mean >= 0, 0.0, np.nan), upper)
