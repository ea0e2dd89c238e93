"""What a year is heading for: the months it is projected from, those projected, and the figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import months_of
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.metrics.comparability import BREAK, window_of_note
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    financial_year_window,
    later,
    month_label,
    months_in_words,
    parse_month,
)
from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import FEWEST_EVENTS, FEWEST_MONTHS, Fitted, History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.status_table import UNRELIABLE
from dashboard.metrics.window_rows import SURVEY_WAVE
from dashboard.store.cache import cached_per_build

LONGEST = 36
"""Months ahead beyond which nothing is projected: the record is of two years."""
IS_DUE = "it is due: what was counted settles it"
IS_FAR = f"it is due more than {LONGEST} months from now"
"""Why nothing is said of the due date."""
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


def why_not(path: TrajectoryAnswer) -> str:
    """Return why a target has no probability, whatever its figures; "" where it may have one."""
    if path.goal == "not_given":
        return "the goal is not given"
    if path.target is None and path.goal in GOALS_OF_LEVEL:
        return "the goal cannot be worked out: its baseline is not known"
    if not path.due:
        return "the due date is not given"
    left = parse_month(path.due[:7]).ordinal - parse_month(path.as_at).ordinal
    if left <= 0:
        return IS_DUE
    return IS_FAR if left > LONGEST and path.goal in GOALS_OF_LEVEL else ""


def ends_of(as_at: pd.Period, due: pd.Period | None) -> tuple[dict[str, Window], str]:
    """Return the years to project, by what they end with; else why there is none."""
    year = financial_year_window(later(as_at, 1))
    if due is None or due.ordinal - as_at.ordinal > LONGEST:
        return {YEAR_END: year}, ""
    if due.ordinal <= as_at.ordinal:
        return {}, "the due date has passed"
    to_year_end = {YEAR_END: year} if due.ordinal > year.last_month.ordinal else {}
    return to_year_end | {DUE_DATE: due_window(due)}, ""


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
        title = view.indicator(indicator).title
        raise NoFiguresError(f"{title} is not projected: {reason}")
    return fit_drifting_levels(history)


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
def history_in(view: AreaView, indicator: str, as_at: pd.Period) -> tuple[History | None, str]:
    """Return the months an indicator can be projected from, or none and why.

    They end at the month and go back, without a gap, to the first figure, the last missing month
    or the last break in the series, whichever is latest.
    """
    series = view.series(indicator)
    monthly = series[series["period_kind"].eq("month") & series["coverage"].ge(1)]
    reason = _refusal(view, indicator, monthly)
    if reason:
        return None, reason
    counts = months_of(monthly)["value"].dropna()
    counts.index = counts.index.asi8
    return _unbroken(counts, _first_comparable(view, indicator, as_at), as_at)


def _refusal(view: AreaView, indicator: str, monthly: pd.DataFrame) -> str:
    """Return why an indicator is not projected whatever its months; "" where it may be."""
    about, kinds = view.indicator(indicator), view.series(indicator)["period_kind"]
    notes = view.notes_on(indicator)
    of_it = notes[notes["indicator_id"].eq(indicator)]
    is_survey = about.period_kind == SURVEY_WAVE or kinds.eq(SURVEY_WAVE).any()
    refusals = (
        ("a survey has too few waves to project from", is_survey),
        ("a percentage or a stock is not projected, only what is counted", not about.counts_events),
        ("a note says that the figures are unreliable", of_it["effect"].eq(UNRELIABLE).any()),
        ("it is not counted by month", monthly.empty),
    )
    return next((reason for reason, applies in refusals if applies), "")


def _unbroken(counts: pd.Series, start: int, as_at: pd.Period) -> tuple[History | None, str]:
    """Return the run of months that ends at the month, and begins at or after a start."""
    run = as_at.ordinal
    while run >= start and run in counts.index:
        run -= 1
    months = pd.PeriodIndex.from_ordinals(range(run + 1, as_at.ordinal + 1), freq="M")
    if len(months) == 0:
        return None, f"no figure for {month_label(as_at)}"
    if len(months) < FEWEST_MONTHS:
        why = "" if run not in counts.index else " since the series broke"
        if not why and (counts.index < run).any():
            why = f" since {months_in_words([run])}, which is missing"
        return None, f"only {len(months)} months of figures{why}; {FEWEST_MONTHS} are needed"
    history = History.of(counts.loc[months.asi8].to_numpy(), months)
    if history.last_total(MONTHS_A_YEAR)[0] < FEWEST_EVENTS:
        return None, f"fewer than {FEWEST_EVENTS} in the last twelve months: too few to project"
    return history, ""


def _first_comparable(view: AreaView, indicator: str, as_at: pd.Period) -> int:
    """Return the first month, by ordinal, after the last break in the series."""
    starts = [0]
    for period, effect in view.effects_on(indicator):
        window = window_of_note(period) if effect == BREAK else None
        if window is not None and window.first_month.ordinal <= as_at.ordinal:
            is_month = window.month_count == 1
            starts.append(window.first_month.ordinal if is_month else window.last_month.ordinal + 1)
    return max(starts)
