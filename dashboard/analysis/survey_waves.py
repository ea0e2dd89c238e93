"""The waves of a survey up to a month, each with its limits and how much more it errs than chance.

A survey errs more than a simple random sample by its design effect: given with its source, or a
range.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Indicator, SeriesPoint, rows_of
from dashboard.metrics.intervals import percent_interval
from dashboard.metrics.periods import parse_month
from dashboard.metrics.significance import Significance, significance_of_percents
from dashboard.metrics.window_rows import SURVEY_WAVE, month_ordinals

SIMPLE_RANDOM = 1.0
"""The design effect of a simple random sample, which few surveys are."""
ASSUMED = 1.5
"""Our assumption, for the wider end of a range where nobody gives the design effect: shown beside
`SIMPLE_RANDOM`, named as an assumption, and no verdict hangs on it."""
FROM_RESULTS = "the results themselves"
"""Who gives a design effect that was loaded with a percentage."""
PUBLISHED, WILSON, NO_INTERVAL = "published", "Wilson", ""
"""Where an interval comes from."""


class DesignEffect(NamedTuple):
    """Variance of a survey over that of a simple random sample of its size (Kish 1965).

    Attributes:
        value: What figures are worked out with.
        source: Who gives it; "" where nobody does, and the value is that of a simple random sample.
    """

    value: float = SIMPLE_RANDOM
    source: str = ""

    @property
    def is_given(self) -> bool:
        """Whether it is more than an assumption."""
        return bool(self.source)


def design_effect_of(about: Indicator) -> DesignEffect:
    """Return the design effect that an indicator's file gives, of results that give none."""
    if about.design_effect is None:
        return DesignEffect()
    return DesignEffect(about.design_effect, about.design_effect_source)


SIMPLE = DesignEffect()


@dataclass(frozen=True)
class Wave:
    """What a survey found in one wave.

    Attributes:
        month: The first month of the wave's year.
        name: "2009 survey".
        value: Percent.
        lower: Lower 95% limit, None where there is none.
        interval_from: `PUBLISHED`, `WILSON` or `NO_INTERVAL`.
        people: Who answered, counted; None where nobody gives it.
        if_assumed: The limits at a design effect of `ASSUMED`, where neither the
            results nor the indicator's file give one and the limits are Wilson's; else None.
        design_effect: The one that holds: the results' own, else that of the indicator's file.
    """

    JSON = """
        survey=name percent=value lower upper interval people design_effect=given_design_effect
        design_effect_source=design_effect.source limits_at_assumed_design_effect=if_assumed
    """

    month: pd.Period
    name: str
    value: float
    lower: float | None
    upper: float | None
    interval_from: str
    people: float | None
    if_assumed: tuple[float, float] | None = None
    design_effect: DesignEffect = SIMPLE

    def holds(self, value: float) -> bool | None:
        """Return whether the interval holds a percentage; None without an interval."""
        if self.lower is None or self.upper is None:
            return None
        return self.lower <= value <= self.upper

    @property
    def effective(self) -> float | None:
        """The size of the simple random sample that would be as precise (Kish 1965)."""
        return None if self.people is None else self.people / self.design_effect.value

    @property
    def given_design_effect(self) -> float | None:
        """The design effect that the survey gives; None where it gives none."""
        return self.design_effect.value if self.design_effect.is_given else None


def latest_wave(view: AreaView, indicator: str, as_at: pd.Period) -> Wave | None:
    """Return the latest wave of an indicator up to a month; None where there is none."""
    waves = waves_in(view, indicator, as_at)
    return waves[-1] if waves else None


def waves_in(view: AreaView, indicator: str, as_at: pd.Period) -> tuple[Wave, ...]:
    """Return the waves of an indicator up to a month, earliest first; see `waves_of`."""
    effect = design_effect_of(view.indicator(indicator))
    return waves_of(view.series(indicator), as_at, effect)


def waves_of(
    series: pd.DataFrame, as_at: pd.Period, effect: DesignEffect = SIMPLE
) -> tuple[Wave, ...]:
    """Return the waves of a series up to a month, earliest first.

    The 95% limits are the publisher's own where it gives both, else Wilson's from the base and the
    results' own design effect, else that of the indicator's file; without a base there is none.
    """
    rows = series[series["period_kind"].eq(SURVEY_WAVE)]
    rows = rows[month_ordinals(rows["period_start"]) <= as_at.ordinal].sort_values("period_start")
    points = rows_of(rows, SeriesPoint)
    return tuple(wave_of(each, each.value, effect) for each in points if each.value is not None)


def wave_of(point: SeriesPoint, value: float, effect: DesignEffect) -> Wave:
    """Return a wave from its figure, a percentage, and what the indicator's file says of it.

    The results' own design effect goes before that of the indicator's file, and only one of them
    ever holds: the `sample_size` of a row that has a `design_effect` is divided by it already.
    """
    month = parse_month(point.period_start)
    name = f"{month.year} survey"
    people = None if point.sample_size is None or point.sample_size <= 0 else point.sample_size
    if point.design_effect is not None:
        effect = DesignEffect(point.design_effect, FROM_RESULTS)
        people = None if people is None else people * effect.value
    if point.lower is not None and point.upper is not None:
        return Wave(month, name, value, point.lower, point.upper, PUBLISHED, people, None, effect)
    if people is None:
        return Wave(month, name, value, None, None, NO_INTERVAL, people)
    low, high = _limits(value, people, effect.value)
    assumed = None if effect.is_given else _limits(value, people, ASSUMED)
    return Wave(month, name, value, low, high, WILSON, people, assumed, effect)


def _limits(value: float, people: float, design_effect: float) -> tuple[float, float]:
    low, high = percent_interval(value, people, design_effect=design_effect)
    return float(low), float(high)


def difference_of(before: Wave, now: Wave) -> Significance:
    """Hold one wave of a survey against another, each with its own base, design effect and limits.

    Only limits that are published count; those worked out here follow from the base.
    """
    published = [
        (each.lower, each.upper) if each.interval_from == PUBLISHED else (None, None)
        for each in (before, now)
    ]
    return significance_of_percents(
        before.value,
        now.value,
        sample_before=before.effective,
        sample_after=now.effective,
        limits_before=published[0],
        limits_after=published[1],
    )
