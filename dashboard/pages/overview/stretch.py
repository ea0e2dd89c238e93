"""A target that carries a reward, as a card: verdict, reward, time left, what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.analysis.rows import Verdict
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.charts.wording import NOT_GIVEN, day_text, number_text
from dashboard.metrics.periods import parse_month
from dashboard.metrics.rounding import as_number
from dashboard.words.levels import capital, in_words, lowered, named
from dashboard.words.on_target import reason_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_words import closed_text, status_and_chance
from dashboard.words.targets import due_year_in_words
from dashboard.words.trajectory import goal_text
from dashboard.words.verdict import GOAL_MADE_UP

EXPECTED_REWARD = "Expected, reward times chance"
STRETCH, NO_GOAL = "Stretch", "goal not given"
ROUNDED_TO = -3
"""Places: an expected reward is to the nearest thousand, for the chance is no nearer."""


@dataclass(frozen=True)
class StretchCard:
    """What a card says, line by line; "" for a line that it does not have.

    Attributes:
        target_id: The target.
        indicator_id: Its indicator.
        title: Its name, and that it is the stretch target on it, not another.
        status: Symbol, word and chance: "● On track: 73% chance", of meeting the goal.
        reason: The figures behind the verdict.
        reward: "Reward as stated: £550k; up to £550k; circa £500"; of a plan that is over, "The
            reward was £550,000"; of one that another target shares, that it is counted there.
        expected: "Expected, reward times chance: £402,000"; "" without reward or chance.
        reward_note: How the plan states it, where it does so in more than one way; else "".
        due: "Due 31 July 2010: 212 days left"; "Was due 31 July 2010; closed March 2011".
        needed: What is needed a month; "" once the plan is over, and without a goal.
        goal: "Goal: 14% lower than in 2006/07, to 1,120".
        others: The verdicts on the other targets of the same indicator; "" for none.
        chip: That the goal is made up; "" where it is the plan's own.
    """

    target_id: str
    indicator_id: str
    title: str
    status: str
    reason: str
    reward: str = ""
    expected: str = ""
    reward_note: str = ""
    due: str = ""
    needed: str = ""
    goal: str = ""
    others: str = ""
    chip: str = ""


def stretch_card(
    target: Verdict, answer: TrajectoryAnswer, as_at: str, others: str = "", shared: str = ""
) -> StretchCard:
    """Return the card of a target.

    Args:
        target: Of `dashboard.analysis.status.given_status`.
        answer: The trajectory of the same target.
        as_at: The month that the page is as at.
        others: Of `dashboard.words.target_words.other_targets`.
        shared: The name of the target whose reward this is too; "" where it has its own.
    """
    stated = [part.strip() for part in target.reward_stated.split(";") if part.strip()]
    has_goal = target.goal_is_given
    return StretchCard(
        target_id=target.target_id,
        indicator_id=target.indicator_id,
        title=f"{STRETCH}: {named(target)}",
        status=status_and_chance(target) if has_goal else f"{status_and_chance(target)}: {NO_GOAL}",
        reason=reason_text(target),
        reward=f"One reward with {lowered(shared)}" if shared else _reward(target, stated),
        expected=_expected(target),
        reward_note=_reward_note(stated, target.note),
        due=due_text(target.due, as_at, lowered(closed_text(target))),
        needed="" if target.closed or not has_goal else needed_text(answer),
        goal=f"Goal: {goal_text(answer)}" if has_goal else "",
        others=others,
    )


def made_up_stretch_card(target: Verdict, answer: TrajectoryAnswer) -> StretchCard:
    """Return the card of a target whose goal is made up: no money hangs on its verdict.

    Args:
        target: Of `dashboard.analysis.status.target_status`.
        answer: The trajectory of the same target.
    """
    goal = goal_text(answer).removesuffix(f", {GOAL_MADE_UP}")
    return StretchCard(
        target_id=target.target_id,
        indicator_id=target.indicator_id,
        title=f"{STRETCH}: {named(target)}",
        status=status_and_chance(target),
        reason=reason_text(target),
        goal=f"Goal: {goal}",
        chip=GOAL_MADE_UP,
    )


def due_text(due: str, as_at: str, closed: str = "") -> str:
    """Return the due date and the time left: "Due 31 July 2010: 212 days left".

    The days are counted from the end of the month that the page is as at; of a plan that is over,
    "Was due 31 July 2010; closed March 2011".

    Args:
        due: An ISO day, or "" where none is given.
        as_at: The month that the page is as at.
        closed: When the plan was over, "closed March 2011"; "" while it is open.
    """
    after = f"; {closed}" if closed else ""
    if not due:
        return f"Due date {NOT_GIVEN}{after}"
    day = date.fromisoformat(due)
    left = parse_month(day).ordinal - parse_month(as_at).ordinal
    if left <= 0:
        return f"Was due {day_text(day)}{after}"
    days = (day - parse_month(as_at).end_time.date()).days
    return f"Due {day_text(day)}: {days} days left"


def needed_text(answer: TrajectoryAnswer) -> str:
    """Return what is needed a month from here, beside the mean month of the last twelve.

    Such as "Needed: at most 95 a month (now 92)", "Needed in 2010/11: at most 435 a month (now 440,
    5 too many)".
    """
    needed = answer.needed
    if needed is None and answer.goal == "not_given":
        return f"What is needed a month: the goal is {NOT_GIVEN}"
    if needed is None:
        return "What is needed a month: it is not counted by month"
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


def _expected(target: Verdict) -> str:
    reward, chance = target.reward_gbp, target.probability
    # The chance of a place is of the place now, not of the day that the reward is paid on.
    if reward is None or chance is None or target.goal == "rank":
        return ""
    return f"{EXPECTED_REWARD}: £{number_text(round(reward * chance, ROUNDED_TO))}"


def _reward(target: Verdict, stated: list[str]) -> str:
    reward = target.reward_gbp
    begin = "The reward was" if target.closed else "Reward"
    if reward is None:
        return f"{begin} {NOT_GIVEN}"
    if len(stated) < 2:  # noqa: PLR2004 - one statement does not contradict itself
        return f"{begin} £{number_text(reward)}"
    # Each as the document has it, without where it stands.
    ways = "; ".join(each.partition(" (")[0] for each in stated)
    return f"{begin} {'' if target.closed else 'as '}stated{' as' if target.closed else ':'} {ways}"


def _reward_note(stated: list[str], note: str) -> str:
    if len(stated) < 2:  # noqa: PLR2004 - one statement does not contradict itself
        return ""
    ways = f"in {in_words(len(stated))} ways: {'; '.join(stated)}"
    return f"The plan states the reward {ways}. {capital(note)}".strip()
