"""The Overview's first sentence, in at most 14 words: how the targets stand, what crime did."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.status import TOP_KINDS
from dashboard.charts.wording import moved_text, number_text
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.words.change import first_comparable
from dashboard.words.levels import capital, in_period, lowered
from dashboard.words.on_target import Tally, top_targets
from dashboard.words.top_priorities import count_of_top


def headline(targets: pd.DataFrame, changes: list[ChangeAnswer]) -> str:
    """Return the page's first sentence.

    Such as "One of 14 top-priority goals is given, and off track; all crime fell 12%"; of an area
    without plan "All crime in Leeds fell 7% in the year ending December 2024".

    Args:
        targets: Of `dashboard.analysis.status.given_status`; none for an area without plan.
        changes: Of the headline indicator on several bases; the first that compares is said.
    """
    change = first_comparable(changes)
    moved = "" if change is None else f"{lowered(change.title)} {_moved(change)}"
    if len(targets):
        return "; ".join(filter(None, (_how_targets_stand(targets), moved)))
    if change is None:
        return "All crime cannot be compared yet"
    what = f"{capital(lowered(change.title))} in {change.area_name}"
    return f"{what} {_moved(change)} {in_period(change.change.current_label)}"


def _how_targets_stand(targets: pd.DataFrame) -> str:
    top = top_targets(targets)
    if top.empty:
        return "No target with a goal is loaded"
    kind = "top-priority " if top["kind"].isin(TOP_KINDS).all() else ""
    tally = Tally.of_targets(top)
    if tally.closed:
        return f"{tally.closed}: {_met(tally, kind)}"
    if top["goal"].eq("not_given").any():
        return _goals_given(top, count_of_top(targets), kind)
    if tally.not_said == tally.of:
        return f"No verdict on the {kind}target{'s' if tally.of > 1 else ''} yet"
    if tally.of == 1:
        return f"The {kind}target is {'' if tally.on_target else 'not '}on target"
    unsaid = f", {tally.not_said} without verdict" if tally.not_said else ""
    return f"{tally.on_target or 'None'} of {tally.of} {kind}targets on target{unsaid}"


def _met(tally: Tally, kind: str) -> str:
    if tally.not_said == tally.of:
        return f"no verdict on its {kind}target{'s' if tally.of > 1 else ''}"
    if tally.of == 1:
        return f"its {kind}target was {'' if tally.on_target else 'not '}met"
    return f"{tally.on_target or 'none'} of {tally.of} {kind}targets met"


def _goals_given(top: pd.DataFrame, of: int, kind: str) -> str:
    given = top[top["goal"].ne("not_given")]
    if len(given) == 0:
        return f"None of {of} {kind}goals is given"
    if len(given) == 1:
        word = given["status"].iloc[0]
        stands = "without verdict" if word == CANNOT_SAY else word
        return f"One of {of} {kind}goals is given, and {stands}"
    good = Tally.of_targets(given).on_target
    return f"{len(given)} of {of} {kind}goals are given, {good or 'none'} on target"


def _moved(change: ChangeAnswer) -> str:
    found = change.change
    if found.in_points or found.percent is None:
        return f"was {number_text(found.current)}"
    return moved_text(found.percent)
