"""What a year is heading for: the months it is projected from, those projected, and the figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import months_of
from dashboard.analysis.siblings import in_its_surroundings
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.metrics.comparability import BREAK, window_of_note
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    financial_year_window,
    later,
    month_at,
    parse_month,
)
from dashboard.metrics.projection.history import FEWEST_EVENTS, FEWEST_MONTHS, Fitted, History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.projection.siblings import fit_chosen
from dashboard.metrics.reasons import NO_REASON, Because, Reasons, because
from dashboard.metrics.status_table import UNRELIABLE
from dashboard.metrics.window_rows import SURVEY_WAVE
from dashboard.store.cache import cached_per_build

LONGEST = 36
"""Months ahead beyond which nothing is projected: the record is of two years."""
GOALS_OF_LEVEL = ("relative_change", "value", "minimum_count")
YEAR_END, DUE_DATE = "year end", "due date"


@dataclass(frozen=True)
class ProjectedTotal:
    """What a year is heading for, in the indicator's unit."""

    end: str
    """"year end" or "due date"."""
    period: str
    """The twelve months, in words."""
    last_month: str
    counted: float
    """So far, in the indicator's unit."""
    months_left: int
    mean: float
    median: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float
    goal: float | None
    """The target's level; for a year end before the due date None: it is not due then."""
    chance_met: float | None
    """P(target met), 0 to 1; None where the goal is no level or is not due then."""


def why_not(path: TrajectoryAnswer) -> Reasons:
    """Return why a target has no probability, whatever its figures; none where it may have one."""
    if path.goal == "not_given":
        return because(Because.GOAL_NOT_GIVEN)
    is_level = path.goal in GOALS_OF_LEVEL
    if path.target is None and is_level:
        return because(Because.GOAL_NOT_KNOWN)
    found = why_not_by(path.due, parse_month(path.as_at))
    return NO_REASON if Because.DUE_FAR_AHEAD in found.names and not is_level else found


def why_not_by(due: str, as_at: pd.Period) -> Reasons:
    """Return why nothing is said of a due date, ISO or "", as at a month; none where it may be."""
    if not due:
        return because(Because.DUE_NOT_GIVEN)
    left = parse_month(due[:7]).ordinal - as_at.ordinal
    if left <= 0:
        return because(Because.IS_DUE)
    return because(Because.DUE_FAR_AHEAD, LONGEST) if left > LONGEST else NO_REASON


def ends_of(as_at: pd.Period, due: pd.Period | None) -> tuple[dict[str, Window], Reasons]:
    """Return the years to project, by what they end with; else why there is none."""
    year = financial_year_window(later(as_at, 1))
    if due is None or due.ordinal - as_at.ordinal > LONGEST:
        return {YEAR_END: year}, NO_REASON
    if due.ordinal <= as_at.ordinal:
        return {}, because(Because.DUE_PASSED)
    to_year_end = {YEAR_END: year} if due.ordinal > year.last_month.ordinal else {}
    return to_year_end | {DUE_DATE: due_window(due)}, NO_REASON


def projected_total(
    end: str,
    window: Window,
    history: History,
    fitted: Fitted,
    unit: float,
    path: TrajectoryAnswer,
) -> ProjectedTotal:
    """Return one year's total as it is projected.

    Args:
        end: `YEAR_END` or `DUE_DATE`.
        window: Its twelve months.
        history: Of one series, up to the last month that counts.
        fitted: A method fitted to it.
        unit: What one event is in the indicator's unit.
        path: The target's, for its goal.
    """
    total = projected_over(fitted, history, window)
    ahead = window.last_month.ordinal - history.last_month.ordinal
    (low_80, high_80), (low_95, high_95) = total.interval(0.8), total.interval(0.95)
    goal = path.target if end == DUE_DATE else None
    chance = None
    if goal is not None and path.goal in GOALS_OF_LEVEL:
        chance = float(total.probability_met(goal / unit, path.lower_is_better)[0])
    return ProjectedTotal(
        end=end,
        period=window.label(),
        last_month=str(window.last_month),
        counted=float(total.counted[0]) * unit,
        months_left=min(ahead, window.month_count),
        mean=float(total.mean[0]) * unit,
        median=float(total.median[0]) * unit,
        low_80=float(low_80[0]) * unit,
        high_80=float(high_80[0]) * unit,
        low_95=float(low_95[0]) * unit,
        high_95=float(high_95[0]) * unit,
        goal=goal,
        chance_met=chance,
    )


@cached_per_build
def fitted_of(view: AreaView, indicator: str, as_at: pd.Period) -> Fitted:
    """Return the method that pages use, fitted once to an indicator's months up to one.

    Raises:
        NoFiguresError: There is nothing to project from.
    """
    history, reason = history_in(view, indicator, as_at)
    if history is None:
        raise NoFiguresError(f"{view.indicator(indicator).title} is not projected", reason)
    return fit_chosen(history)


def projected_over(fitted: Fitted, history: History, window: Window) -> NegativeBinomials:
    """Return the totals of a window of series: what is counted of it and what is to come.

    Args:
        fitted: A method fitted to the history.
        history: Up to the last month that counts; one series a row.
        window: The last of its months is to come.
    """
    now, counts = history.last_month.ordinal, history.counts
    first, last = window.first_month.ordinal - now, window.last_month.ordinal - now
    counted = counts[:, counts.shape[1] - max(0, 1 - first) :].sum(axis=1)
    return fitted.project(max(1, first), last, counted)


@cached_per_build
def history_in(view: AreaView, indicator: str, as_at: pd.Period) -> tuple[History | None, Reasons]:
    """Return the months an indicator can be projected from, or none and why.

    They end at the month and go back, without a gap, to the first figure, the last missing month
    or the last break in the series, whichever is latest. With them stand what the siblings counted,
    and which of the months are exceptional.
    """
    series = view.series(indicator)
    monthly = series[series["period_kind"].eq("month") & series["coverage"].ge(1)]
    reason = _refusal(view, indicator, monthly, as_at)
    if reason:
        return None, reason
    counts = months_of(monthly)["value"].dropna()
    counts.index = counts.index.asi8
    history, reason = _unbroken(counts, _first_comparable(view, indicator, as_at), as_at)
    if history is None:
        return None, reason
    known = in_its_surroundings(view, indicator, history.counts[0], history.months)
    ordinary = int((~np.isnan(known.learnt_from)).sum())
    if ordinary < FEWEST_MONTHS:
        return None, because(Because.FEW_ORDINARY_MONTHS, ordinary, FEWEST_MONTHS)
    return known, NO_REASON


def _refusal(view: AreaView, indicator: str, monthly: pd.DataFrame, as_at: pd.Period) -> Reasons:
    """Return why an indicator is not projected whatever its months; none where it may be.

    A note of unreliable figures forbids it while its period, or none, holds the month; later on the
    history begins after that period.
    """
    about, kinds = view.indicator(indicator), view.series(indicator)["period_kind"]
    effects = view.own_effects(indicator, [Window(as_at, as_at)])
    is_survey = about.period_kind == SURVEY_WAVE or kinds.eq(SURVEY_WAVE).any()
    refusals = (
        (Because.SURVEY, is_survey),
        (Because.NOT_COUNTED, not about.counts_events),
        (Because.CALLED_UNRELIABLE, UNRELIABLE in effects),
        (Because.NOT_BY_MONTH, monthly.empty),
    )
    return next((because(name) for name, applies in refusals if applies), NO_REASON)


def _unbroken(counts: pd.Series, start: int, as_at: pd.Period) -> tuple[History | None, Reasons]:
    """Return the run of months that ends at the month, and begins at or after a start."""
    run = as_at.ordinal
    while run >= start and run in counts.index:
        run -= 1
    months = pd.PeriodIndex.from_ordinals(range(run + 1, as_at.ordinal + 1), freq="M")
    if len(months) == 0:
        return None, because(Because.MISSING, as_at)
    if len(months) < FEWEST_MONTHS:
        since = month_at(run) if (counts.index < run).any() else None
        since = True if run in counts.index else since
        return None, because(Because.FEW_MONTHS, len(months), FEWEST_MONTHS, since)
    history = History.of(counts.loc[months.asi8].to_numpy(), months)
    if history.last_total(MONTHS_A_YEAR)[0] < FEWEST_EVENTS:
        return None, because(Because.FEW_EVENTS_A_YEAR, FEWEST_EVENTS)
    return history, NO_REASON


def _first_comparable(view: AreaView, indicator: str, as_at: pd.Period) -> int:
    """Return the first month, by ordinal, after the last break or unreliable figures."""
    starts = [0]
    breaks = [each for each in view.effects_on(indicator) if each[1] == BREAK]
    unreliable = [each for each in view.effects.get(indicator, []) if each[1] == UNRELIABLE]
    for period, effect in (*breaks, *unreliable):
        window = window_of_note(period)
        if window is not None and window.first_month.ordinal <= as_at.ordinal:
            is_month = effect == BREAK and window.month_count == 1
            starts.append(window.first_month.ordinal if is_month else window.last_month.ordinal + 1)
    return max(starts)
