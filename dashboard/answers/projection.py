"""What an indicator with a target is heading for, as a distribution, and the chance to meet it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from dashboard.answers.kept import kept
from dashboard.answers.levels import denominator_of, year_to
from dashboard.answers.picture import NoFiguresError, Picture
from dashboard.answers.trajectory import (
    TrajectoryAnswer,
    choose_target,
    due_of,
    latest_of,
    trajectory_in,
)
from dashboard.metrics.comparability import BREAK, window_of_note
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    financial_year_window,
    later,
    month_label,
    parse_month,
)
from dashboard.metrics.projection.fan import FAN_COLUMNS, rolling_fan
from dashboard.metrics.projection.history import FEWEST_EVENTS, FEWEST_MONTHS, Fitted, History
from dashboard.metrics.projection.method import CHOSEN, fit
from dashboard.metrics.projection.scenario import Scaled
from dashboard.metrics.rounding import as_number
from dashboard.metrics.status import UNRELIABLE
from dashboard.metrics.windows import SURVEY_WAVE, month_ordinals, months_in_words
from dashboard.warehouse import Warehouse

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


@dataclass(frozen=True)
class ProjectionAnswer:
    """A target's indicator projected, or why it is not."""

    indicator: str
    title: str
    unit: str
    area: str
    area_name: str
    as_at: str
    target_id: str
    kind: str
    target: float | None
    due: str
    lower_is_better: bool
    totals: tuple[ProjectedTotal, ...]
    """To the end of the financial year, and to the due date where that is another."""
    reason: str
    """Why nothing is projected; "" when something is."""
    chance_met: float | None
    """P(target met by its due date), 0 to 1."""
    chance_reason: str
    """Why there is no chance given; "" when there is."""
    reward_gbp: float | None
    expected_reward_gbp: float | None
    """Reward times the chance of meeting the target: an average over many such targets, not a
    sum that anybody will be paid."""
    fan: pd.DataFrame
    """month (Period[M]) and quantiles of the twelve months to it; empty without a projection."""
    method: str
    months_of_history: int
    illustrative: bool
    goal_is_illustrative: bool

    @property
    def to_due(self) -> ProjectedTotal | None:
        """The projection that the target is held against; None without one."""
        return next((each for each in self.totals if each.goal is not None), None)

    def to_dict(self) -> dict[str, object]:
        """Return plain values, for JSON."""
        whole = {**vars(self), "totals": [asdict(each) for each in self.totals]}
        fan = self.fan.assign(month=self.fan["month"].astype(str)).to_dict("records")
        return {**whole, "fan": fan}


def projection(
    warehouse: Warehouse,
    indicator: str,
    *,
    area: str = "",
    plan: str = "",
    as_at: str = "",
    target: str = "",
) -> ProjectionAnswer:
    """Return the projection of an indicator's target, to the year's end and to its due date.

    Args:
        warehouse: A published database.
        indicator: An indicator id.
        area: An area code; "" for the plan's own.
        plan: A plan id; "" for the area's, or the first.
        as_at: The last month that counts; "" for the latest with figures.
        target: A target id; "" for the indicator's principal target.

    Raises:
        UnknownChoiceError: No such plan, area, indicator or target.
        NoFiguresError: The plan sets no target on the indicator.
        ValueError: as_at is not a month.
    """
    picture = Picture.of(warehouse, plan, area)
    chosen = choose_target(picture, indicator, target)
    month = parse_month(as_at) if as_at else latest_of(picture, indicator)
    return projection_in(picture, chosen, month)


def projection_in(
    picture: Picture, target: pd.Series, as_at: pd.Period, factor: float = 1.0
) -> ProjectionAnswer:
    """Return the projection of one target; see `projection`.

    Args:
        picture: The area under its plan.
        target: A row of its targets.
        as_at: The last month that counts.
        factor: By which every month to come is multiplied; 1 for what is projected.
    """
    path = trajectory_in(picture, target, as_at)
    history, reason = history_in(picture, path.indicator, as_at)
    due = due_of(target)
    ends: dict[str, Window] = {}
    if history is not None:
        ends, reason = _ends(as_at, None if due is None else parse_month(due))
    totals, fan = _totals_and_fan(picture, path, history, ends, factor)
    reward = as_number(target["reward_gbp"])
    chance = next((each.chance_met for each in totals if each.chance_met is not None), None)
    return ProjectionAnswer(
        indicator=path.indicator,
        title=path.title,
        unit=path.unit,
        area=path.area,
        area_name=path.area_name,
        as_at=path.as_at,
        target_id=path.target_id,
        kind=path.kind,
        target=path.target,
        due=path.due,
        lower_is_better=path.lower_is_better,
        totals=totals,
        reason="" if totals else reason,
        chance_met=chance,
        chance_reason="" if chance is not None else _why_no_chance(path, totals, reason),
        reward_gbp=reward,
        expected_reward_gbp=None if reward is None or chance is None else reward * chance,
        fan=fan,
        method=CHOSEN if totals else "",
        months_of_history=0 if history is None else len(history.months),
        illustrative=path.illustrative,
        goal_is_illustrative=path.goal_is_illustrative,
    )


def _totals_and_fan(
    picture: Picture,
    path: TrajectoryAnswer,
    history: History | None,
    ends: dict[str, Window],
    factor: float,
) -> tuple[tuple[ProjectedTotal, ...], pd.DataFrame]:
    if history is None or not ends:
        return (), pd.DataFrame(columns=FAN_COLUMNS)
    fitted = fitted_of(picture, path.indicator, history.last_month)
    fitted = fitted if factor == 1 else Scaled(fitted, factor)
    unit = _unit_size(picture, path.indicator, history.last_month)
    totals = tuple(
        _projected(end, window, history, fitted, unit, path) for end, window in ends.items()
    )
    ahead = max(each.last_month.ordinal for each in ends.values()) - history.last_month.ordinal
    fan = rolling_fan(history, fitted, ahead)
    fan[FAN_COLUMNS[1:]] *= unit
    return totals, fan


def _why_no_chance(path: TrajectoryAnswer, totals: tuple[ProjectedTotal, ...], reason: str) -> str:
    if not totals:
        return reason
    if path.goal == "rank":
        return "the goal is a place in the group, which depends on the others too"
    if path.goal == "not_given":
        return "the goal is not given"
    if path.target is None:
        return "the goal cannot be worked out: its baseline is not known"
    if not path.due:
        return "the due date is not given"
    return f"it is due more than {LONGEST} months from now"


@kept
def history_in(picture: Picture, indicator: str, as_at: pd.Period) -> tuple[History | None, str]:
    """Return the same as `history_of`, which is worked out once for each picture."""
    return history_of(picture, indicator, as_at)


@kept
def fitted_of(picture: Picture, indicator: str, as_at: pd.Period) -> Fitted:
    """Return the method that pages use, fitted once to an indicator's months up to one.

    Raises:
        NoFiguresError: There is nothing to project from.
    """
    history, reason = history_in(picture, indicator, as_at)
    if history is None:
        title = picture.indicator(indicator)["title"]
        raise NoFiguresError(f"{title} is not projected: {reason}")
    return fit(history)


def history_of(picture: Picture, indicator: str, as_at: pd.Period) -> tuple[History | None, str]:
    """Return the months an indicator can be projected from, or none and why.

    They end at the month and go back, without a gap, to the first figure, the last missing month
    or the last break in the series, whichever is latest.
    """
    about, series = picture.indicator(indicator), picture.series(indicator)
    monthly = series[series["period_kind"].eq("month") & series["coverage"].ge(1)]
    notes = picture.notes_on(indicator)
    of_it = notes[notes["indicator_id"].eq(indicator)]
    is_survey = about["period_kind"] == SURVEY_WAVE or series["period_kind"].eq(SURVEY_WAVE).any()
    is_counted = about["unit"] != "percent" and about["aggregation"] == "sum"
    refusals = (
        ("a survey has too few waves to project from", is_survey),
        ("a percentage or a stock is not projected, only what is counted", not is_counted),
        ("a note says that the figures are unreliable", of_it["effect"].eq(UNRELIABLE).any()),
        ("it is not counted by month", monthly.empty),
    )
    for reason, applies in refusals:
        if applies:
            return None, reason
    counts = pd.Series(
        monthly["numerator"].to_numpy(dtype=float), index=month_ordinals(monthly["period_start"])
    ).dropna()
    return _unbroken(counts, _first_comparable(picture, indicator, as_at), as_at)


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


def _first_comparable(picture: Picture, indicator: str, as_at: pd.Period) -> int:
    """Return the first month, by ordinal, after the last break in the series."""
    starts = [0]
    for period, effect in picture.effects_on(indicator):
        window = window_of_note(period) if effect == BREAK else None
        if window is not None and window.first_month.ordinal <= as_at.ordinal:
            is_month = window.month_count == 1
            starts.append(window.first_month.ordinal if is_month else window.last_month.ordinal + 1)
    return max(starts)


def _ends(as_at: pd.Period, due: pd.Period | None) -> tuple[dict[str, Window], str]:
    """Return the years to project, by what they end with; else why there is none."""
    year = financial_year_window(later(as_at, 1))
    if due is None:
        return {YEAR_END: year}, ""
    if due.ordinal <= as_at.ordinal:
        return {}, "the due date has passed"
    if due.ordinal - as_at.ordinal > LONGEST:
        return {YEAR_END: year}, ""
    if due == year.last_month:
        return {DUE_DATE: year}, ""
    window = due_window(due)
    return (
        {DUE_DATE: window}
        if due.ordinal < year.last_month.ordinal
        else {YEAR_END: year, DUE_DATE: window}
    ), ""


def _projected(
    end: str,
    window: Window,
    history: History,
    fitted: Fitted,
    unit: float,
    path: TrajectoryAnswer,
) -> ProjectedTotal:
    first = window.first_month.ordinal - history.last_month.ordinal
    last = window.last_month.ordinal - history.last_month.ordinal
    known = max(0, 1 - first)
    counted = float(history.counts[0][-known:].sum()) if known else 0.0
    total = fitted.project(max(1, first), last, np.array([counted]))
    bounds = [*total.interval(0.8), *total.interval(0.95)]
    figures = [counted, total.mean, total.median, *bounds]
    goal = path.target if end == DUE_DATE else None
    chance = None
    if goal is not None and path.goal in GOALS_OF_LEVEL:
        chance = float(total.probability_met(goal / unit, path.lower_is_better)[0])
    so_far, mean, median, low_80, high_80, low_95, high_95 = (
        float(np.ravel(each)[0]) * unit for each in figures
    )
    return ProjectedTotal(
        end=end,
        period=window.label(),
        last_month=str(window.last_month),
        counted=so_far,
        months_left=last - max(0, first - 1),
        mean=mean,
        median=median,
        low_80=low_80,
        high_80=high_80,
        low_95=low_95,
        high_95=high_95,
        goal=goal,
        chance_met=chance,
    )


def _unit_size(picture: Picture, indicator: str, as_at: pd.Period) -> float:
    """Return what one event is in the indicator's unit: 1, or a rate of the latest residents."""
    about = picture.indicator(indicator)
    if about["unit"] != "rate":
        return 1.0
    people = denominator_of(picture.series(indicator), year_to(as_at))
    return float("nan") if people is None else float(about["rate_per"]) / people
