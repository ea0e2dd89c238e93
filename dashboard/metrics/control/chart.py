"""Control charts of many series at once: limits and rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.control.limits import Chart, Limits, limits_for
from dashboard.metrics.control.rare import g_limits
from dashboard.metrics.control.rules import ControlRules, Signals, find_signals


@dataclass(frozen=True)
class ControlCharts:
    """Charts of several series.

    Attributes:
        limits: Values, centre and limits, (series, periods).
        signals: Rules broken, (series, periods).
    """

    limits: Limits
    signals: Signals


def control_charts(
    chart: Chart,
    events: ArrayLike,
    sizes: ArrayLike | None = None,
    *,
    per: float = 1.0,
    segments: ArrayLike | None = None,
    rules: ControlRules | None = None,
    floor: float = -np.inf,
    ceiling: float = np.inf,
    widening: ArrayLike = 1.0,
) -> ControlCharts:
    """Return the charts of many series; see `limits_for` and `find_signals`.

    Args:
        chart: Which chart, the same for all.
        events: (series, periods) or (periods,), NaN where missing.
        sizes: Same shape; for charts of rates and percentages.
        per: Rates are per this many.
        segments: Number of the stretch of each period, from 0; see `segments_from`.
        rules: The settings.
        floor: Limits go no lower.
        ceiling: Limits go no higher.
        widening: What sigma is multiplied by, one number or (series,).

    Raises:
        ValueError: As `limits_for`.
    """
    limits = limits_for(
        chart, events, sizes, per=per, segments=segments, floor=floor, ceiling=ceiling,
        widening=widening,
    )  # fmt: skip
    return ControlCharts(limits, find_signals(limits, segments, rules))


def gap_charts(lengths: ArrayLike, rules: ControlRules | None = None) -> ControlCharts:
    """Return g charts of the stretches between events; only limits and runs are looked at.

    Long stretches are few by nature, so that two near the limit or a run of rises say nothing.

    Args:
        lengths: (series, gaps) or (gaps,), NaN where there is none; see `g_limits`.
        rules: The settings.
    """
    limits = g_limits(lengths)
    found = find_signals(limits, None, rules)
    none = np.zeros(found.direction.shape, int)
    way = np.where(found.outside != 0, found.outside, found.shift)
    signals = Signals(found.outside, found.shift, none, none, way)
    return ControlCharts(limits, signals)


def segments_from(starts: ArrayLike, periods: int) -> NDArray:
    """Return the number of the stretch that each period lies in.

    Args:
        starts: Positions at which a new stretch begins; those outside 1 to periods - 1 are of no
            consequence.
        periods: How many periods there are.
    """
    begins = np.zeros(periods, dtype=int)
    for start in {int(each) for each in np.asarray(starts, dtype=int).ravel()}:
        if 0 < start < periods:
            begins[start] = 1
    return np.cumsum(begins)
