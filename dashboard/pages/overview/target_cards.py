"""Cards of targets: verdict, a few big numbers, the fan, and what is known besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projection import projection_in
from dashboard.analysis.rows import Target, Verdict
from dashboard.analysis.status import TOP_KINDS, verdicts_on
from dashboard.analysis.target_trajectory import TrajectoryAnswer, trajectory_in
from dashboard.charts.chart import Chart
from dashboard.charts.wording import day_text, number_text
from dashboard.metrics.periods import month_label, parse_month
from dashboard.metrics.rounding import as_number
from dashboard.ui.big_number import BigNumber
from dashboard.words.help import Kind
from dashboard.words.levels import (
    capital,
    date_text,
    day_month_text,
    in_words,
    level_text,
    lowered,
    named,
)
from dashboard.words.on_target import owner_text, reason_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.sources import source_of_indicators
from dashboard.words.target_words import closed_text
from dashboard.words.targets import due_year_in_words
from dashboard.words.trajectory import goal_text, trajectory_chart
from dashboard.words.verdict import GOAL_MADE_UP, chance_in_figures

NOT_KNOWN = "–"
STRETCH = "stretch"
SMALL, LARGE = 136, 262
"""Pixels of a chart on a card of three side by side, and on one of two."""
ROUNDED_TO = -3
"""Places: an expected reward is to the nearest thousand, for the chance is no nearer."""


@dataclass(frozen=True)
class TargetCard:
    """What a card shows.

    Attributes:
        target_id: The target.
        indicator_id: Its indicator.
        title: Its name and, where the plan gives it, its goal.
        kicker: What kind of target it is, in small letters above: "Stretch target"; "" for none.
        verdict: A word of `dashboard.metrics.status_table`.
        numbers: Chance, reward and days left; the outturn once the plan is over.
        chart: Its figures, path, goal and projection; None without a figure.
        said: What else is known, behind the card, a sentence each.
        help_for: The kind of chart, for how to read it.
    """

    target_id: str
    indicator_id: str
    title: str
    kicker: str
    verdict: str
    numbers: list[BigNumber]
    chart: Chart | None
    said: list[str]
    help_for: Kind = "small_trajectory"


def stretch_card(view: AreaView, target: Target, shared: str = "") -> TargetCard:
    """Return the card of a target that carries a reward, as the plan alone gives it.

    Args:
        view: The area under its plan, as at a month.
        target: It.
        shared: The name of the target whose reward this is too; "" where it has its own.
    """
    target = target.as_given()
    found, answer = _found(view, target)
    stated = reward_stated(found)
    reward = reward_number(found, stated)
    if shared:
        reward = BigNumber("reward", "Shared", "one for both")
    numbers = [chance_number(found), reward, time_number(found, view.as_at_text)]
    one = f"One reward with {lowered(shared)}" if shared else ""
    said = [*_reasons(found, answer), one, _reward_note(stated, found.note)]
    if found.closed:
        numbers = [*_outturn(found), *numbers[1:]]
    return _card(view, target, found, answer, numbers, [each for each in said if each])


def made_up_card(view: AreaView, target: Target) -> TargetCard:
    """Return the card of a target whose goal is made up: no money hangs on its verdict."""
    found, answer = _found(view, target)
    card = _card(view, target, found, answer, [chance_number(found)], _reasons(found, answer))
    return replace(card, kicker="")


def goal_card(view: AreaView, target: Target) -> TargetCard:
    """Return the card of a goal that the plan gives, with its large chart."""
    found, answer = _found(view, target)
    numbers = _outturn(found) if found.closed else [chance_number(found)]
    card = _card(view, target, found, answer, numbers, _reasons(found, answer), height=LARGE)
    due = f" by {day_month_text(found.due)}" if found.due else ""
    return replace(
        card, title=f"{card.title}: {_goal_in_short(answer)}{due}", help_for="trajectory"
    )


def first_goal(view: AreaView) -> Target | None:
    """Return the goal that the plan puts first: a level, which it gives itself; None of none."""
    levels = [each for each in view.targets if each.goal_is_given and each.goal != "rank"]
    own = [each for each in levels if each.kind not in TOP_KINDS]
    return next(iter([*own, *levels]), None)


def reward_stated(target: Verdict) -> list[str]:
    """Return every way in which the plan states a reward, with where it does."""
    return [part.strip() for part in target.reward_stated.split(";") if part.strip()]


def chance_number(target: Verdict) -> BigNumber:
    """Return how likely the goal is, or why that is not known."""
    if target.probability is not None:
        return BigNumber("chance", chance_in_figures(target.probability))
    return BigNumber("chance", NOT_KNOWN, "" if target.goal_is_given else "no goal given")


def reward_number(target: Verdict, stated: Sequence[str]) -> BigNumber:
    """Return the reward as the plan states it, and what is to be expected of a goal it gives."""
    if target.reward_gbp is None:
        return BigNumber("reward", NOT_KNOWN, "not given")
    # Each as the document has it, without where it stands.
    ways = [each.partition(" (")[0] for each in stated] or [f"£{number_text(target.reward_gbp)}"]
    note = "as was stated" if target.closed else "as stated"
    chance = target.probability
    if chance is not None and target.goal_is_given and not target.closed:
        expected = number_text(round(target.reward_gbp * chance, ROUNDED_TO))
        note = f"£{expected} expected"
    return BigNumber("reward", ways[0], note)


def time_number(target: Verdict, as_at: str) -> BigNumber:
    """Return the days left, from the end of the month that the page is as at."""
    if target.closed:
        return BigNumber("closed", month_label(parse_month(target.closed)))
    if not target.due:
        return BigNumber("due", NOT_KNOWN, "not given")
    day = date.fromisoformat(target.due)
    days = (day - parse_month(as_at).end_time.date()).days
    if days <= 0:
        return BigNumber("was due", day_text(day))
    return BigNumber("days left", number_text(days))


def _found(view: AreaView, target: Target) -> tuple[Verdict, TrajectoryAnswer]:
    month = parse_month(view.as_at_text)
    (verdict,) = verdicts_on(view, [target], month)
    return verdict, trajectory_in(view, target, month)


def _card(
    view: AreaView,
    target: Target,
    found: Verdict,
    answer: TrajectoryAnswer,
    numbers: list[BigNumber],
    said: list[str],
    *,
    height: int = SMALL,
) -> TargetCard:
    chart = trajectory_chart(
        answer,
        view.indicator(found.indicator_id),
        source=source_of_indicators(view, found.indicator_id),
        verdict=found,
        projection=projection_in(view, target, parse_month(view.as_at_text)),
        compact=height == SMALL,
    )
    if chart is not None:
        chart.figure.update_layout(height=height, margin={"t": 20, "b": 4})
        if height == SMALL:
            chart.figure.update_xaxes(tickformat="%b %Y")
    kicker = "Stretch target" if found.kind == STRETCH else ""
    return TargetCard(
        found.target_id, found.indicator_id, found.title, kicker, found.status, numbers, chart, said
    )


def _outturn(target: Verdict) -> list[BigNumber]:
    if target.actual is None or target.target is None:
        return []
    goal = f"goal {level_text(target.target, target.unit)}"
    return [BigNumber("outturn", level_text(target.actual, target.unit), goal)]


def _goal_in_short(answer: TrajectoryAnswer) -> str:
    if answer.goal == "relative_change":
        return number_text(answer.goal_number, "percent_change")
    return goal_text(answer)


def _reasons(target: Verdict, answer: TrajectoryAnswer) -> list[str]:
    """Return why the verdict is as it is, the goal, what is needed a month, and who answers."""
    has_goal = target.goal != "not_given"
    goal = goal_text(answer).removesuffix(f", {GOAL_MADE_UP}")
    said = [
        reason_text(target),
        f"Goal: {goal}" if has_goal else "",
        closed_text(target) or (_needed(answer) if has_goal else ""),
        f"Due: {date_text(target.due)}",
        f"Owner: {owner_text(target)}",
    ]
    return [f"{named(target)}. {said[0]}", *(each for each in said[1:] if each)]


def _needed(answer: TrajectoryAnswer) -> str:
    """Return what is needed a month from here, beside the mean month of the last twelve.

    Such as "Needed: at most 95 a month (now 92)", "Needed in 2010/11: at most 435 a month (now 440,
    5 too many)".
    """
    needed = answer.needed
    if needed is None:
        return ""
    if needed.per_month is None:
        return f"What is needed a month: {reason_in_words(needed.reason)}"
    limit = "at most" if answer.lower_is_better else "at least"
    when = f" in {due_year_in_words(needed.later_year)}" if needed.later_year else ""
    text = f"Needed{when}: {limit} {number_text(needed.per_month)} a month"
    now = as_number(needed.mean_last_year)
    if now is None:
        return text
    short = _short_by(round(now), round(needed.per_month), answer.lower_is_better)
    return f"{text} (now {number_text(now)}{short})"


def _short_by(now: int, needed: int, lower_is_better: bool) -> str:
    """Return by how much a month is worse than needed, as both are written: ", 5 too many"."""
    gap = now - needed if lower_is_better else needed - now
    return f", {number_text(gap)} too {'many' if lower_is_better else 'few'}" if gap > 0 else ""


def _reward_note(stated: Sequence[str], note: str) -> str:
    if len(stated) < 2:  # noqa: PLR2004 - one statement does not contradict itself
        return ""
    ways = f"in {in_words(len(stated))} ways: {'; '.join(stated)}"
    return f"The plan states the reward {ways}. {capital(note)}".strip()
