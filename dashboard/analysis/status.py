"""The verdict on every target, and on every indicator by its principal target."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import baseline_window, year_to
from dashboard.analysis.path_range import beyond_chance_in, is_broken_on_the_way
from dashboard.analysis.projected_place import ProjectedPlace, projected_place_in
from dashboard.analysis.projection import chance_of_meeting
from dashboard.analysis.question import question
from dashboard.analysis.ranking import ranking_at
from dashboard.analysis.rows import Target, Verdict, columns_of, rows_of
from dashboard.analysis.target_trajectory import TrajectoryAnswer, is_wave, seen_at, trajectory_in
from dashboard.metrics.intervals import CONFIDENCE_95
from dashboard.metrics.periods import parse_month
from dashboard.metrics.reasons import NO_REASON, Because, Reason, Reasons, because
from dashboard.metrics.status import Status, status_of
from dashboard.metrics.status_table import BREAK, DEFAULT_TOLERANCE, NO_OUTTURN
from dashboard.metrics.window_rows import SPAN_MONTHS
from dashboard.store.cache import cached_per_build

#: Kinds of target that count as the partnership's top priorities.
TOP_KINDS = ("stretch", "designated")

COLUMNS = columns_of(Verdict)


@cached_per_build
def target_status(view: AreaView, as_at: str | pd.Period, *, indicator: str = "") -> pd.DataFrame:
    """Return one row for each target of the view's plan, in the plan's order.

    Args:
        view: The area under its plan.
        as_at: The last month that counts.
        indicator: Of this indicator only; "" for all.

    Returns:
        `COLUMNS`: the verdict with its reason in figures; because, its rule, and the five states
        it hangs on (`dashboard.metrics.status_table`); the probability of meeting the target with
        its method, or why there is none; of a place, the chance of it on the due date if every
        member goes on as it does, and that place; closed, the last month of a plan that is over,
        "2011-03", or "". Empty when the area has no plan.
    """
    month = parse_month(as_at)
    targets = view.targets_on(indicator) if indicator else view.targets
    rows = [_row(view, target, month) for target in targets]
    return pd.DataFrame(rows, columns=COLUMNS)


@cached_per_build
def given_status(view: AreaView, as_at: str | pd.Period, *, indicator: str = "") -> pd.DataFrame:
    """Return the rows of `target_status` as the plan alone gives them.

    Headlines, sums and what a meeting decides on are made of these: a goal that was made up for the
    worked example is open, so that it has no verdict, chance or level.
    """
    month = parse_month(as_at)
    whole = target_status(view, month, indicator=indicator)
    given = {each.target_id: each.as_given() for each in view.targets}
    rows = [
        _row(view, given[row[0]], month) if is_made_up else row
        for row, is_made_up in zip(
            whole.astype("object").to_numpy().tolist(), whole["goal_is_illustrative"], strict=True
        )
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def verdicts_on(view: AreaView, targets: Iterable[Target], month: pd.Period) -> list[Verdict]:
    """Return the verdict on each of some targets, taken as they are given, as at a month."""
    rows = [_row(view, target, month) for target in targets]
    return rows_of(pd.DataFrame(rows, columns=COLUMNS), Verdict)


def verdict_on(view: AreaView, target: str) -> Verdict:
    """Return the verdict on one target of the view's plan, as at the view's month."""
    rows = target_status(view, view.as_at_text)
    return rows_of(rows[rows["target_id"].eq(target)], Verdict)[0]


@question
def status(
    view: AreaView,
    every_target: Annotated[bool, "Every target, where an indicator has several."] = False,
) -> pd.DataFrame:
    """The verdict on every indicator that the plan sets a target on.

    Returns:
        `COLUMNS` and as_at, one row for each indicator (its principal target), or each target.
    """
    month = view.as_at or view.latest_month()
    found = target_status(view, month)
    return (found if every_target else principal(found)).assign(as_at=str(month))


def principal(statuses: pd.DataFrame) -> pd.DataFrame:
    """Return the principal target of each indicator, of the rows of `target_status`."""
    return statuses.drop_duplicates("indicator_id", ignore_index=True)


def _row(view: AreaView, target: Target, month: pd.Period) -> list[object]:
    path, seen = trajectory_in(view, target, month), seen_at(view, target, month)
    # What was due is judged by the series that stood for the indicator then.
    view, as_at = seen.view, seen.judged
    chance = chance_of_meeting(view, path)
    about = view.indicator(path.indicator)
    actual, missing = _actual(view, path, as_at)
    verdict = _verdict(view, target, path, as_at, actual, missing, chance.probability)
    if verdict.path == NO_OUTTURN:
        # A figure of an earlier period is no outturn.
        actual = None
    at_due = _place_at_due(view, path, as_at)
    return [
        path.target_id, path.indicator, path.title, about.national_indicator, path.unit,
        path.kind, verdict.word, verdict.reason, actual, path.actual_now.period, path.path_now,
        path.target, path.goal, path.goal_number, path.goal_stated, path.baseline,
        path.baseline_period, path.due, target.due_stated,
        path.needed.per_month if path.needed else None,
        path.needed or "",
        target.reward_gbp, target.reward_stated, target.reward_shared_with, target.owner,
        target.lead_agency, target.priority, path.lower_is_better, target.paragraph,
        target.note, path.illustrative, path.goal_is_illustrative,
        path.goal_is_given,
        verdict.because, verdict.path, verdict.projection, verdict.significance, verdict.notes,
        verdict.coverage, chance.probability, chance.reason, chance.method,
        about.rate_per, about.denominator,
        at_due.chance if at_due else None, at_due or "", path.closed,
    ]  # fmt: skip


def _place_at_due(
    view: AreaView, path: TrajectoryAnswer, as_at: pd.Period
) -> ProjectedPlace | None:
    """Return where the group is heading for; None of a goal that is no place."""
    if path.goal != "rank" or path.goal_number is None or path.closed:
        return None
    return projected_place_in(view, path.indicator, int(path.goal_number), as_at, path.due)


def _actual(
    view: AreaView, path: TrajectoryAnswer, as_at: pd.Period
) -> tuple[float | None, Reason | str]:
    """Return the figure that the goal speaks of, or why there is none."""
    if path.goal == "rank":
        try:
            place = ranking_at(view, path.indicator, as_at).place
        except NoFiguresError as error:
            return None, str(error)
        why = place.why_withheld() if place.is_withheld else because(Because.NO_FIGURE_OF_AREA)
        return (None, why) if place.rank is None else (float(place.rank), "")
    if is_wave(path.baseline_period) and path.actual_now.period.endswith(
        path.baseline_period.removeprefix("wave ")
    ):
        return path.actual_now.value, because(Because.NO_WAVE_SINCE)
    return path.actual_now.value, path.actual_now.why or _not_there_yet(view, path, as_at)


def _is_of_the_baseline(path: TrajectoryAnswer) -> bool:
    """Return whether the figure is of a period no later than the baseline's.

    The path begins there, so that every target would be on it, whatever it asks for.
    """
    start = baseline_window(path.baseline_period)
    if start is None or path.actual_now.value is None or path.path_now is None:
        return False
    last = parse_month(path.as_at).ordinal - (path.actual_now.months_before_end or 0)
    return last <= start.last_month.ordinal


def _not_there_yet(view: AreaView, path: TrajectoryAnswer, as_at: pd.Period) -> Reasons:
    """Return why the latest figure does not settle a target that is due; none where it does.

    On the way the latest figure stands in; once due, one that ends before is another: of a stock or
    percentage, one of a whole period earlier.
    """
    about = view.indicator(path.indicator)
    if not _is_due(path, as_at) or path.actual_now.survey_year is not None:
        return NO_REASON
    behind = parse_month(path.due[:7]).ordinal - parse_month(path.as_at).ordinal
    behind += path.actual_now.months_before_end or 0
    if behind < (1 if about.adds_up else SPAN_MONTHS.get(about.period_kind, 1)):
        return NO_REASON
    return because(Because.OF_BEFORE_DUE, path.actual_now.period)


def _is_due(path: TrajectoryAnswer, as_at: pd.Period) -> bool:
    return bool(path.due) and as_at.end_time.date() >= date.fromisoformat(path.due)


def _verdict(
    view: AreaView,
    target: Target,
    path: TrajectoryAnswer,
    as_at: pd.Period,
    actual: float | None,
    missing: Reason | str,
    probability: float | None,
) -> Status:
    is_level = path.goal in ("value", "minimum_count")
    # A level to be held, with no baseline to start from, is its own path.
    path_now = path.target if path.path_now is None and is_level else path.path_now
    if _is_of_the_baseline(path):
        path_now = None
        missing = missing or ("" if probability is not None else "no figure since the baseline")
    return status_of(
        actual=actual,
        path_value=path_now,
        goal=path.goal_number if path.goal == "rank" else path.target,
        lower_is_better=path.lower_is_better,
        is_due=_is_due(path, as_at),
        tolerance=DEFAULT_TOLERANCE if target.tolerance is None else target.tolerance,
        note_effects=_effects(view, path, as_at),
        missing_reason=missing,
        goal_given=path.goal != "not_given",
        goal_is_rank=path.goal == "rank",
        probability=probability,
        is_beyond_chance=_place_is_clear(probability)
        if path.goal == "rank"
        else beyond_chance_in(view, path, actual, path_now),
        passed_by=path.needed.beyond if path.needed else 0.0,
        is_closed=bool(path.closed),
    )


def _place_is_clear(probability: float | None) -> bool | None:
    """Return whether chance does not explain on which side of a goal a place lies, at 95%."""
    if probability is None:
        return None
    return min(probability, 1 - probability) < (1 - CONFIDENCE_95) / 2


def _effects(view: AreaView, path: TrajectoryAnswer, as_at: pd.Period) -> list[str]:
    """Return the effects of notes on this very indicator: one on all does not take its verdict.

    A note counts where its period is one that the verdict rests on: the figure's own year, and the
    baseline's where the goal is a change on it. A break, noted or confirmed, counts where it parts
    the baseline from the figure.
    """
    start = baseline_window(path.baseline_period)
    rests_on = [year_to(as_at)]
    surveys = [path.actual_now.survey_year]
    if start is not None and path.goal == "relative_change":
        rests_on.append(start)
        surveys.append(start.first_month.year if is_wave(path.baseline_period) else None)
    own = view.own_effects(path.indicator, rests_on, [each for each in surveys if each])
    effects = [effect for effect in own if effect != BREAK]
    return [*effects, BREAK] if is_broken_on_the_way(view, path, as_at) else effects
