"""The Overview's first sentence, and the change that it rests on."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import TOP_KINDS
from dashboard.charts.wording import moved_text, number_text
from dashboard.metrics.status_table import AT_RISK, NOT_MET, OFF_TRACK
from dashboard.words.change import change_in_words
from dashboard.words.levels import capital, day_month_text, in_period, lowered
from dashboard.words.on_target import Tally, top_targets
from dashboard.words.top_priorities import count_of_top, goals_given
from dashboard.words.verdict import chance_in_words


def headline(targets: pd.DataFrame, changes: list[ChangeAnswer]) -> str:
    """Return the page's first sentence.

    Such as "One of the 14 top-priority goals is given in the plan, and it is off track; all crime
    fell 12% in April to December 2009, but its target of −18% by March 2011 is at risk (9% chance)"

    Args:
        targets: Of `dashboard.analysis.status.given_status`; none for an area without plan.
        changes: Of the headline indicator on several bases; the first that compares is said.
    """
    change = first_comparable(changes)
    when = "" if change is None else in_period(change.change.current_label)
    crime = "" if change is None else f"{lowered(change.title)} {_moved(change)} {when}"
    if change is not None:
        crime += _goal_beside(targets, change)
    top = top_targets(targets)
    if top.empty:
        first = "No target with a goal is loaded" if len(targets) else ""
    else:
        first = _top_sentence(targets, top)
    if not first:
        return (
            f"{capital(lowered(change.title))} in {change.area_name} {_moved(change)} {when}"
            if change
            else "All crime cannot be compared yet"
        )
    return f"{first}; {crime}" if crime else first


def first_comparable(changes: list[ChangeAnswer]) -> ChangeAnswer | None:
    """Return the first change that has two periods to compare, or None."""
    return next((each for each in changes if each.change.is_comparable), None)


def change_sentence(changes: list[ChangeAnswer]) -> str:
    """Return the headline indicator's change in full, or why no two periods can be compared.

    Such as "All crime: 20,217 in April to December 2009, 2,783 fewer crimes than in April to
    December 2008, a fall of 12%; larger than chance would explain".
    """
    change = first_comparable(changes)
    if change is None:
        return f"{changes[0].title}: {change_in_words(changes[0].change)}" if changes else ""
    found = change.change
    now = f"{number_text(found.current)} {in_period(found.current_label)}"
    return f"{change.title}: {now}, {change_in_words(found)}"


def _goal_beside(targets: pd.DataFrame, change: ChangeAnswer) -> str:
    """Return that the first target on what changed is in danger or missed; "" where it is not."""
    own = targets[targets["indicator_id"].eq(change.indicator) & targets["closed"].eq("")]
    target = next(iter(rows_of(own, Verdict)), None)
    if target is None or target.status not in (AT_RISK, OFF_TRACK, NOT_MET):
        return ""
    is_relative = target.goal == "relative_change"
    goal = f" of {number_text(target.goal_number, 'percent_change')}" if is_relative else ""
    due = f" by {day_month_text(target.due)}" if target.due else ""
    verb = "was" if target.status == NOT_MET else "is"
    chance = target.probability
    said = "" if verb == "was" or chance is None else f" ({chance_in_words(chance)} chance)"
    joint = "but" if _is_better(change, target.lower_is_better) else "and"
    return f", {joint} its target{goal}{due} {verb} {target.status}{said}"


def _is_better(change: ChangeAnswer, lower_is_better: bool) -> bool:
    number = change.change.number or 0.0
    return number < 0 if lower_is_better else number > 0


def _top_sentence(targets: pd.DataFrame, top: pd.DataFrame) -> str:
    tally = Tally.of_targets(top)
    if tally.closed or top["goal"].ne("not_given").all():
        return tally.sentence(*_nouns(top))
    return goals_given(top, count_of_top(targets), "top-priority")


def _nouns(top: pd.DataFrame) -> tuple[str, str]:
    kind = "top-priority " if top["kind"].isin(TOP_KINDS).all() else ""
    return f"{kind}target", f"{kind}targets"


def _moved(change: ChangeAnswer) -> str:
    found = change.change
    if found.in_points or found.percent is None:
        return f"was {number_text(found.current)}"
    return moved_text(found.percent)
