"""What a control chart shows of one series, before it is an answer: points, breaks, cautions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from dashboard.metrics.control.breaks import suggest_breaks
from dashboard.metrics.control.choose import ChartChoice, choose_chart
from dashboard.metrics.control.grid import Grid, new_series_positions
from dashboard.metrics.control.limits import FEWEST_POINTS, Limits, limits_for, segments_from
from dashboard.metrics.control.rare import g_limits, gaps_between
from dashboard.metrics.control.rules import (
    RULES,
    ControlRules,
    Signals,
    find_signals,
    gap_signals,
)
from dashboard.metrics.control.season import METHOD, Seasonal, as_it_is, seasonally_adjust
from dashboard.metrics.control.trended import lines_through, slope_of_last, trended_limits
from dashboard.metrics.control.variation import SPECIAL, TOO_FEW, variation_of
from dashboard.metrics.reasons import Because, BrokenRules, Reasons, because

FIRM_LIMITS = 20
"""From so many points on the NHS no longer calls limits provisional ("Making Data Count")."""
LIKENESS = 0.5
"""Lag-one correlation from which limits of moving ranges are plainly too narrow (Wheeler 1995)."""
LEVEL, TREND, STEP, DRIFT = "level", "trend", "step", "drift"
"""What limits are drawn around, and what else would fit."""
MOST = 0.5
"""Where more than this share of a stretch's points are special causes, its limits do not fit."""
POINT_COLUMNS = [
    "month", "period", "figure", "plotted", "centre", "lower", "upper", "stretch", "direction",
    "variation", "why",
]  # fmt: skip
SUGGESTED_COLUMNS = ["month", "period", "before", "after", "percent", "bic_gain", "p_value",
                     "evidence"]  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """What a chart shows.

    Attributes:
        choice: Which chart, and why; its chart is "" where there is none.
        lower_is_better: Of what is plotted: turned round on a g chart.
        breaks: Those given, with `month`, the first of the new series, "" where not known.
        points: `POINT_COLUMNS`, in order; figure is as counted (a rate or percentage as such),
            plotted as adjusted. Empty without a chart.
        suggested: `SUGGESTED_COLUMNS`: breaks to ask a person about; none is applied.
        is_seasonal: Whether the limits are those of the seasonally adjusted series.
        cautions: What must be known when reading the chart.
        around: What the limits are around, LEVEL or TREND.
        proposal: Where most points signal, what would fit: STEP (what is `suggested`), TREND, or
            DRIFT, a trend that most points are off too; "" where the limits fit, or nothing does.
        slope: Of the line through the last stretch, a period; None where it is no better than a
            level.
        periods_since_last: Of a g chart: periods since the last event, which is not over.
    """

    choice: ChartChoice
    rules: ControlRules | None
    lower_is_better: bool
    breaks: pd.DataFrame
    points: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=POINT_COLUMNS))
    suggested: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SUGGESTED_COLUMNS))
    is_seasonal: bool = False
    cautions: tuple[Reasons, ...] = ()
    around: str = LEVEL
    proposal: str = ""
    slope: float | None = None
    periods_since_last: int | None = None

    @property
    def chart(self) -> str:
        """Which chart, a key of `dashboard.metrics.control.choose.NAMES`; "" for none."""
        return self.choice.chart

    @property
    def adjustment(self) -> str:
        """How the season was taken out; "" where it was not."""
        return METHOD if self.is_seasonal else ""


def draw(
    grid: Grid,
    breaks: pd.DataFrame,
    rules: ControlRules,
    *,
    lower_is_better: bool,
    has_trend: bool = False,
) -> Drawn:
    """Return the chart of a series.

    Args:
        grid: Its points.
        breaks: Breaks in it: period (as written), and columns that the answer takes along.
        rules: The settings of the signals.
        lower_is_better: Whether a lower figure is better.
        has_trend: Whether its limits are to go around a straight line; a g chart has none.
    """
    better = lower_is_better
    breaks, starts = new_series_positions(breaks, grid)
    if grid.suppressed:
        # The figures that are there are the larger ones: limits from them alone would be too high.
        hidden = because(Because.SMALL_HIDDEN, grid.suppressed)
        return Drawn(ChartChoice("", hidden), None, better, breaks)
    season = _season(grid)
    choice = choose_chart(
        grid.unit, grid.events, grid.sizes, is_seasonal=bool(season.is_seasonal[0]),
        every=grid.every,
    )  # fmt: skip
    if not choice.chart:
        return Drawn(choice, None, better, breaks)
    if choice.chart == "g":
        return _rare(grid, choice, breaks, better, rules)
    segments = segments_from(starts, len(grid.events))
    adjusted = season.adjusted[0]
    sizes = grid.sizes if choice.chart in ("u_prime", "p_prime") else None
    floor = 0.0 if np.nanmin(grid.events) >= 0 else -np.inf
    ceiling = 100.0 if choice.chart == "p_prime" else np.inf
    limits = limits_for(
        choice.chart,  # ty: ignore[invalid-argument-type]
        adjusted, sizes, per=grid.per if sizes is not None else 1.0, segments=segments,
        floor=floor, ceiling=ceiling, widening=season.widening,
    )  # fmt: skip
    values = limits.value[0]
    points = _points(grid, limits, find_signals(limits, segments, rules), segments, better)
    is_off = not has_trend and _mostly_special(points)
    line = points
    if has_trend or is_off:
        around, left = trended_limits(
            values, segments, floor=floor, ceiling=ceiling, widening=season.widening
        )
        line = _points(grid, around, find_signals(left, segments, rules), segments, better)
    points = line if has_trend else points
    drawn = Drawn(
        choice, rules, better, breaks, points, _suggested(points, segments),
        bool(season.is_seasonal[0]), _cautions(points, breaks),
        around=TREND if has_trend else LEVEL, slope=slope_of_last(values, segments),
    )  # fmt: skip
    return replace(drawn, proposal=_proposal(drawn, line)) if is_off else drawn


def proposed(drawn: Drawn) -> pd.Series:
    """Return the line that a proposal draws through the points; missing without a proposal."""
    points = drawn.points
    values, segments = points["plotted"].to_numpy(float), points["stretch"].to_numpy(int)
    if drawn.proposal in (TREND, DRIFT):
        return pd.Series(lines_through(values, segments), index=points.index)
    if drawn.proposal != STEP:
        return pd.Series(np.nan, index=points.index)
    # In the order of the points: months differ between the breaks, and so does the level.
    steps = points["month"].isin(set(drawn.suggested["month"])).cumsum()
    return points["plotted"].groupby([points["stretch"], steps]).transform("mean")


def _proposal(drawn: Drawn, line: pd.DataFrame) -> str:
    """Return what would fit in place of a level; `line` has the points around a straight line."""
    last = drawn.points["stretch"].max()
    own = drawn.points.loc[drawn.points["stretch"].eq(last), "month"]
    if drawn.suggested["month"].isin(set(own)).any():
        return STEP
    if drawn.slope is None:
        return ""
    return DRIFT if _mostly_special(line) else TREND


def _mostly_special(points: pd.DataFrame) -> bool:
    """Return whether most points of the last stretch are special causes."""
    last = points.loc[points["stretch"].eq(points["stretch"].max()), "variation"]
    known = last[last.ne(TOO_FEW)]
    return bool(len(known) and known.isin(SPECIAL).mean() > MOST)


def _season(grid: Grid) -> Seasonal:
    if grid.cycle and grid.unit != "percent" and grid.is_summed:
        return seasonally_adjust(grid.events, grid.place_in_year, grid.cycle)
    return as_it_is(grid.events[None])


def _points(
    grid: Grid, limits: Limits, signals: Signals, segments: np.ndarray, lower_is_better: bool
) -> pd.DataFrame:
    has_limits = np.isfinite(limits.centre[0]) & np.isfinite(limits.value[0])
    variation = variation_of(signals.direction[0], lower_is_better)
    figure = grid.events if grid.sizes is None else grid.events / grid.sizes * grid.per
    return pd.DataFrame(
        {
            "month": grid.months,
            "period": grid.names,
            "figure": figure,
            "plotted": limits.value[0],
            "centre": limits.centre[0],
            "lower": limits.lower[0],
            "upper": limits.upper[0],
            "stretch": segments,
            "direction": signals.direction[0],
            "variation": np.where(has_limits, variation, TOO_FEW),
            "why": _whys(signals),
        }
    )[POINT_COLUMNS]


def _whys(signals: Signals) -> list[BrokenRules]:
    ways = zip(*(getattr(signals, rule)[0].tolist() for rule in RULES), strict=True)
    marked = (zip(RULES, map(int, each), strict=True) for each in ways)
    return [BrokenRules(tuple(rule for rule in each if rule[1])) for each in marked]


def _rare(
    grid: Grid, choice: ChartChoice, breaks: pd.DataFrame, better: bool, rules: ControlRules
) -> Drawn:
    gaps = gaps_between(grid.events)
    limits = g_limits(gaps.lengths)
    of_events = replace(
        grid, events=gaps.lengths, sizes=None, months=grid.months[gaps.ends],
        names=[grid.names[end] for end in gaps.ends],
    )  # fmt: skip
    stretch = np.zeros(len(gaps.lengths), dtype=int)
    points = _points(of_events, limits, gap_signals(limits, rules), stretch, not better)
    cautions = _cautions(points, breaks)
    if len(breaks):
        cautions += (because(Because.BREAKS_OF_GAPS),)
    if len(points) and gaps.open_length > points["upper"].iloc[-1]:
        cautions += (because(Because.LONG_GAP, gaps.open_length, grid.every),)
    return Drawn(
        choice, rules, not better, breaks, points, cautions=cautions,
        periods_since_last=gaps.open_length,
    )  # fmt: skip


def _suggested(points: pd.DataFrame, segments: np.ndarray) -> pd.DataFrame:
    """Return the breaks that the figures show within the stretches that people confirmed."""
    rows = []
    for number in np.unique(segments):
        own = points[segments == number].reset_index(drop=True)
        for found in suggest_breaks(own["plotted"].to_numpy(float))[0]:
            at = own.iloc[found.position]
            rows.append(
                [at["month"], at["period"], found.before, found.after, found.percent,
                 found.bic_gain, found.p_value, found.evidence()]
            )  # fmt: skip
    return pd.DataFrame(rows, columns=SUGGESTED_COLUMNS)


def _cautions(points: pd.DataFrame, breaks: pd.DataFrame) -> tuple[Reasons, ...]:
    said = []
    last = points[points["stretch"].eq(points["stretch"].max())]
    own = last["plotted"].to_numpy(float)
    number = int(np.isfinite(own).sum())
    if number < FEWEST_POINTS:
        said.append(because(Because.FEW_SINCE_BREAK, number, FEWEST_POINTS))
    elif number < FIRM_LIMITS:
        said.append(because(Because.PROVISIONAL, number, FIRM_LIMITS))
    left = own - last["centre"].to_numpy(float)
    before, after = left[:-1], left[1:]
    both = np.isfinite(before) & np.isfinite(after)
    squares = float(np.nansum(left**2))
    if squares and float((before[both] * after[both]).sum()) / squares > LIKENESS:
        said.append(because(Because.ALIKE))
    if len(breaks) and breaks["month"].eq("").any():
        said.append(because(Because.BREAK_UNDATED))
    return tuple(said)
