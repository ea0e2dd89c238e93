"""A target drawn: its path, where the figures are on it, and what that means in a sentence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.analysis.levels import baseline_window
from dashboard.analysis.projection import ProjectionAnswer
from dashboard.analysis.rows import Indicator, Verdict
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.charts import trajectory as charts
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.monthly_path import monthly_path
from dashboard.charts.wording import NO_FIGURE, NOT_GIVEN, Unit
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    financial_year_window,
    later,
    parse_month,
)
from dashboard.metrics.status_table import AT_RISK, CANNOT_SAY, MET, NOT_MET, OFF_TRACK, ON_TRACK
from dashboard.words.levels import (
    capital,
    day_month_text,
    exact_level_text,
    in_period,
    level_text,
    measure_of_level,
    named,
    places_beside,
    two_levels,
)
from dashboard.words.projection import fan_of
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_words import chance_clause, limit_text, per_of, which_target
from dashboard.words.verdict import GOAL_MADE_UP, chance_in_figures


def trajectory_chart(
    answer: TrajectoryAnswer,
    about: Indicator,
    *,
    source: str,
    verdict: Verdict | None = None,
    projection: ProjectionAnswer | None = None,
    compact: bool = False,
) -> Chart | None:
    """Draw a target's trajectory.

    Args:
        answer: Of one target.
        about: Its indicator, as `AreaView.indicator` gives it.
        source: The line of `dashboard.words.sources`.
        verdict: Word and reason of the row of `dashboard.analysis.status`, for the title.
        projection: Of the same target, drawn as a fan; None for none.
        compact: True for a small multiple: lower, and only the last figure and the goal labelled.

    Returns:
        None where there is neither a path nor a figure to draw.
    """
    months = months_of(answer)
    if months.empty:
        return None
    return charts.trajectory(
        months,
        caption=Caption(
            title=finding(answer, about, verdict),
            subtitle=subtitle(answer, about),
            source=source,
            illustrative=answer.illustrative or answer.goal_is_illustrative,
        ),
        measure=measure_of_level(about),
        unit=_unit(answer),
        baseline_name=answer.baseline_period,
        goal=_goal_point(answer),
        fan=None if projection is None else fan_of(projection),
        chance="" if projection is None else chance_at_end(projection),
        compact=compact,
    )


def months_of(answer: TrajectoryAnswer) -> pd.DataFrame:
    """Return month (Timestamp), path, actual: what is known up to the month it is as at."""
    as_at = parse_month(answer.as_at)
    path = answer.path.rename(columns={"level": "path"})
    actual = answer.actual.rename(columns={"level": "actual"})
    start = _first_month(answer)
    actual = actual[actual["month"].le(as_at) & (actual["month"].ge(start) if start else True)]
    both = path.merge(actual, on="month", how="outer").sort_values("month", ignore_index=True)
    both["month"] = pd.PeriodIndex(both["month"], freq="M").to_timestamp()
    return both.astype({"path": "float64", "actual": "float64"})


def seasonal_chart(answer: TrajectoryAnswer, series: pd.DataFrame, *, source: str) -> Chart | None:
    """Draw the months of a seasonal path beside the months counted, in the year it is as at.

    Args:
        answer: Of one target.
        series: Its indicator's figures, as `AreaView.series` gives them.
        source: The line of `dashboard.words.sources`.

    Returns:
        None where the path is not seasonal.
    """
    as_at = parse_month(answer.as_at)
    year = financial_year_window(as_at)
    months = answer.seasonal[answer.seasonal["month"].isin(list(year.months))]
    if months.empty:
        return None
    counted = series[series["period_kind"].eq("month")]
    starts = pd.PeriodIndex(pd.to_datetime(counted["period_start"]), freq="M")
    actual = pd.Series(counted["numerator"].to_numpy(), index=starts)
    actual = actual[actual.index <= as_at].reindex(pd.PeriodIndex(months["month"]))
    drawn = pd.DataFrame(
        {
            "month": pd.PeriodIndex(months["month"]).to_timestamp(),
            "path": months["level"].to_numpy(dtype=float),
            "actual": actual.to_numpy(dtype=float),
        }
    )
    known = drawn.dropna()
    over = int(known["actual"].gt(known["path"]).sum())
    caption = Caption(
        title=f"{answer.title}: {over} of {len(known)} months of {year.label()} so far were over "
        "their share of the path",
        subtitle=f"Number a month, {answer.area_name}; the path gives each month the share that "
        "it had in the three years before",
        source=source,
        illustrative=answer.illustrative or answer.goal_is_illustrative,
    )
    return monthly_path(drawn, caption=caption)


def finding(answer: TrajectoryAnswer, about: Indicator, verdict: Verdict | None = None) -> str:
    """Return where a target stands, in one sentence."""
    now = answer.actual_now.value
    name = named(about) if verdict is None else f"{named(about)}, {which_target(verdict)}"
    if verdict is not None and verdict.status == CANNOT_SAY:
        return f"{name}: no verdict ({reason_in_words(verdict.reason)})"
    if now is None:
        return f"{name}: {NO_FIGURE}"
    if verdict is not None and verdict.status in (MET, NOT_MET):
        return f"{name}: target {verdict.status}, {reason_in_words(verdict.reason)}"
    if verdict is None or verdict.status not in (ON_TRACK, AT_RISK, OFF_TRACK):
        return f"{name}: {level_text(now, answer.unit)} {in_period(answer.actual_now.period)}"
    return f"{_on_the_way(answer, about, name, now, verdict.status)}{chance_clause(verdict)}"


def _on_the_way(
    answer: TrajectoryAnswer, about: Indicator, name: str, now: float, word: str
) -> str:
    asked = answer.path_now if answer.path_now is not None else answer.target
    what = "to be on its path it must be" if answer.path_now is not None else "the goal is"
    if asked is None:
        when = in_period(answer.actual_now.period)
        return f"{name}: {word} at {level_text(now, answer.unit)} {when}"
    is_now, ask = two_levels(now, asked, answer.unit)
    when = in_period(answer.actual_now.period)
    limit = limit_text(ask, answer.unit, lower_is_better=answer.lower_is_better)
    return f"{name}: {word} at {is_now}{per_of(about)} {when}; {what} {limit}"


def levels_said(target: Verdict) -> str:
    """Return figure, path and goal in short: "Now 27,085, path 27,852, goal 24,492"; or ""."""
    if target.actual is None or target.target is None or target.goal == "rank":
        return ""
    places = places_beside(target.target, target.unit)
    actual = level_text(target.actual, target.unit, places=places)
    now = f"{'Outturn' if target.closed else 'Now'} {actual}"
    has_path = target.path_now is not None and not target.closed
    path = level_text(target.path_now, target.unit, places=places)
    path = f"path {path}" if has_path else ""
    goal = f"goal {exact_level_text(target.target, target.unit)}"
    return ", ".join(filter(None, (now, path, goal)))


def target_subtitle(target: Verdict, area_name: str) -> str:
    """Return which of an indicator's targets it is: "Stretch target, due July 2010, Leeds"."""
    due = f", due {day_month_text(target.due)}" if target.due else ""
    return f"{capital(which_target(target).split(' to ')[0]).rstrip(',')}{due}, {area_name}"


def subtitle(answer: TrajectoryAnswer, about: Indicator) -> str:
    """Return measure, area and goal, with the baseline it is measured from."""
    return (
        f"{measure_of_level(about)}, {answer.area_name}. "
        f"Goal: {goal_text(answer)}; due {day_month_text(answer.due)}; "
        f"baseline {baseline_text(answer)}"
    )


def goal_text(answer: TrajectoryAnswer) -> str:
    """Return what the goal asks for: "18% lower than in 2008/09, to 24,492"."""
    number = answer.goal_number
    if answer.goal == "not_given" or number is None:
        return NOT_GIVEN
    if answer.goal == "relative_change":
        size = level_text(abs(number), "percent")
        size = f"{size} {'lower' if number < 0 else 'higher'}"
        text = f"{size} than {in_period(answer.baseline_period)}"
        if answer.baseline_period == NOT_GIVEN:
            text = f"{size}, baseline not given"
        elif answer.target is not None:
            text = f"{text}, to {exact_level_text(answer.target, answer.unit)}"
    elif answer.goal == "rank":
        text = f"top {int(number)}"
    elif answer.goal == "minimum_count":
        text = f"at least {level_text(number, 'count')}"
    else:
        text = exact_level_text(number, answer.unit)
    return f"{text}, {GOAL_MADE_UP}" if answer.goal_is_illustrative else text


def baseline_text(answer: TrajectoryAnswer) -> str:
    """Return the baseline with its period, or why there is none: "29,868 in 2008/09"."""
    if answer.baseline is None:
        if answer.baseline_period == NOT_GIVEN:
            return NOT_GIVEN
        return f"{answer.baseline_period}, {reason_in_words(answer.baseline_reason) or NO_FIGURE}"
    level = exact_level_text(answer.baseline, answer.unit)
    if answer.baseline_period == NOT_GIVEN:
        return level
    word = "the " if answer.baseline_period.startswith(("wave", "year")) else ""
    return f"{level} in {word}{answer.baseline_period.replace('wave', 'survey of')}"


def chance_at_end(projection: ProjectionAnswer) -> str:
    """Return how likely the goal is, for the end of the fan: "7% chance of the goal"; or ""."""
    chance = projection.chance_met
    return "" if chance is None else f"{chance_in_figures(chance)} chance of the goal"


def _goal_point(answer: TrajectoryAnswer) -> tuple[pd.Timestamp, float] | None:
    if answer.target is None or not answer.due:
        return None
    due = date.fromisoformat(answer.due)
    return parse_month(due).to_timestamp(), answer.target


def _first_month(answer: TrajectoryAnswer) -> pd.Period | None:
    """Return where the picture begins: with the target, at the end of its baseline; or None.

    A baseline that is still to come has a year of figures before it.
    """
    window, as_at = baseline_window(answer.baseline_period), parse_month(answer.as_at)
    if window is None or window.last_month.ordinal < as_at.ordinal:
        return None if window is None else window.last_month
    return later(as_at, -MONTHS_A_YEAR)


def _unit(answer: TrajectoryAnswer) -> Unit:
    return answer.unit if answer.unit in ("rate", "percent") else "count"
