"""Verdicts in words: how many targets are on target, which are not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.answers.change import ChangeAnswer
from dashboard.answers.status import TOP_KINDS
from dashboard.charts.status import status_text
from dashboard.charts.wording import NOT_GIVEN, moved_text, number_or_none, number_text
from dashboard.exhibits.words import in_period, named, two_levels
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.status import (
    AT_RISK,
    CANNOT_SAY,
    MET,
    NOT_MET,
    OFF_TRACK,
    ON_TRACK,
    chance_of_goal,
)

Row = Mapping[Any, Any]

GOOD = (MET, ON_TRACK)
NO_TARGET = "no target"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Tally:
    """How many of some targets are on target.

    Attributes:
        on_target: Met or on track.
        of: All of them.
        not_said: On which no verdict can be given.
    """

    on_target: int
    of: int
    not_said: int

    @classmethod
    def of_targets(cls, targets: pd.DataFrame) -> Tally:
        """Count the rows of `dashboard.answers.status.target_status`."""
        words = targets["status"]
        return cls(int(words.isin(GOOD).sum()), len(words), int(words.eq(CANNOT_SAY).sum()))

    @property
    def missed(self) -> int:
        """On a verdict, and not on target."""
        return self.of - self.on_target - self.not_said

    def sentence(self, noun: str, nouns: str) -> str:
        """Return the count in words: "12 of the 14 top-priority targets are on target"."""
        if self.not_said == self.of:
            return f"No verdict can be given on {_any_of(self.of, noun, nouns)}"
        if self.on_target == self.of == 1:
            return f"The {noun} is on target"
        if self.on_target == self.of:
            return f"All {self.of} {nouns} are on target"
        are = "is" if self.on_target == 1 else "are"
        text = f"{_begin(self.on_target)} of the {self.of} {nouns} {are} on target"
        if self.not_said:
            text += f", and on {in_words(self.not_said)} no verdict can be given"
        return text


def in_words(number: int) -> str:
    """Return a number as a sentence has it: in words below ten."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def has_verdict(targets: pd.DataFrame) -> bool:
    """Return whether a verdict can be given on any of some targets."""
    return bool(targets["status"].ne(CANNOT_SAY).any())


def top_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that count as top priorities, or all with a goal where none does."""
    top = targets[targets["kind"].isin(TOP_KINDS)]
    return top if len(top) else targets[targets["goal"].ne("not_given")]


def headline(targets: pd.DataFrame, changes: list[ChangeAnswer]) -> str:
    """Return the page's first sentence.

    Such as "12 of the 14 top-priority targets are on target; all crime fell 12%".

    Args:
        targets: Of `dashboard.answers.status.target_status`; none for an area without plan.
        changes: Of the headline indicator on several bases; the first that compares is said.
    """
    change = first_comparable(changes)
    crime = "" if change is None else f"{_lowered(change.title)} {_moved(change)}"
    top = top_targets(targets)
    if top.empty:
        first = "No target with a goal is loaded" if len(targets) else ""
    else:
        first = Tally.of_targets(top).sentence(*_nouns(top))
    if not first:
        return (
            f"{capital(crime)} in {change.area_name}"
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
        return f"{changes[0].title}: {changes[0].change.sentence()}" if changes else ""
    found = change.change
    now = f"{number_text(found.current)} {in_period(found.current_label)}"
    return f"{change.title}: {now}, {found.sentence()}"


def not_on_target_sentence(targets: pd.DataFrame) -> str:
    """Return which top priorities are not on target, by name; "" where all are or none can be said.

    Such as "Not on target: Repeat incidents of domestic violence (NI 32) and Serious violent
    crime rate (NI 15)".
    """
    missed = missed_of(top_targets(targets))
    names = list(dict.fromkeys(named(row) for _, row in missed.iterrows()))
    return f"Not on target: {joined(names)}" if names else ""


def missed_of(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that have a verdict and are not on target, the worst word first."""
    missed = targets[~targets["status"].isin([*GOOD, CANNOT_SAY])]
    order = {NOT_MET: 0, "off track": 1, "at risk": 2}
    return missed.assign(order=missed["status"].map(order)).sort_values("order", kind="stable")


def illustrative_goals(targets: pd.DataFrame) -> str:
    """Return how many goals of these targets are not the plan's own; "" where all are."""
    count = int(targets["goal_is_illustrative"].sum())
    if not count:
        return ""
    if count == 1:
        return f"The goal of 1 of the {len(targets)} is illustrative: the plan does not give it."
    return f"The goals of {count} of the {len(targets)} are illustrative: the plan gives none."


def reason_text(row: Row) -> str:
    """Return why a target has its verdict, in figures with their unit.

    Such as "23% in October to December 2009; the path asks for at most 22%; a 30% chance of meeting
    the goal".

    Args:
        row: Of `dashboard.answers.status.target_status`.
    """
    figures = _figures(row)
    if figures is None:
        return _reason_without_figures(row)
    now, what, ask = figures
    if row["goal"] == "rank":
        return f"{now} in the group; the {what} {ask}"
    return f"{now} {in_period(str(row['actual_period']))}; the {what} {ask}{chance_clause(row)}"


def chance_clause(row: Row) -> str:
    """Return "; a 30% chance of meeting the goal", without which a verdict may seem odd, or ""."""
    chance = number_or_none(row.get("probability"))
    is_open = row["status"] in (ON_TRACK, AT_RISK, OFF_TRACK)
    if chance is None or not is_open:
        return ""
    return f"; {chance_of_goal(chance)}"


def against_text(row: Row) -> str:
    """Return the same in short, for a table: "23%; path asks for at most 22%"."""
    if pd.isna(row["status"]) or row["status"] == NO_TARGET:
        return ""
    figures = _figures(row)
    if figures is None:
        return _reason_without_figures(row)
    now, what, ask = figures
    return f"{now}; {what} {ask}{chance_clause(row)}"


def _reason_without_figures(row: Row) -> str:
    if pd.isna(row["status"]) or row["status"] == NO_TARGET:
        return "The plan sets no target on it"
    return capital(str(row["reason"]))


def _figures(row: Row) -> tuple[str, str, str] | None:
    """Return the figure, what it is held against, and what that asks for; None without verdict."""
    word, actual = row["status"], number_or_none(row["actual"])
    if pd.isna(word) or word in (NO_TARGET, CANNOT_SAY) or actual is None:
        return None
    if row["goal"] == "rank":
        return ordinal(int(actual)), "goal is", f"the top {int(row['goal_number'])}"
    is_due = word in (MET, NOT_MET)
    path, goal = number_or_none(row["path_now"]), number_or_none(row["target"])
    by_path = path is not None and not is_due
    asked = path if by_path else goal
    if asked is None:
        return None
    now, ask = two_levels(actual, asked, str(row["unit"]))
    limit = "at most" if row["lower_is_better"] else "at least"
    what = "path asks for" if by_path else "goal was" if is_due else "goal is"
    return now, what, f"{limit} {ask}"


def status_cell(word: object) -> str:
    """Return symbol and word of a status, "No target" without one."""
    return "No target" if pd.isna(word) or word == NO_TARGET else status_text(str(word))


def owner_text(row: Row) -> str:
    """Return owner and agency: "Linda Haitana, SCC"; "not given" where the plan names neither."""
    parts = [str(row[part]) for part in ("owner", "lead_agency") if _is_there(row[part])]
    return ", ".join(parts) or NOT_GIVEN


def joined(names: list[str]) -> str:
    """Return names as a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def capital(text: str) -> str:
    """Return text that begins with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def _is_there(value: object) -> bool:
    return not pd.isna(value) and bool(value)


def _nouns(top: pd.DataFrame) -> tuple[str, str]:
    kind = "top-priority " if top["kind"].isin(TOP_KINDS).all() else ""
    return f"{kind}target", f"{kind}targets"


def _any_of(count: int, noun: str, nouns: str) -> str:
    return f"the {noun}" if count == 1 else f"any of the {count} {nouns}"


def _begin(number: int) -> str:
    return "None" if number == 0 else str(number)


def _moved(change: ChangeAnswer) -> str:
    found = change.change
    if found.in_points or found.percent is None:
        return f"was {number_text(found.current)}"
    return moved_text(found.percent)


def _lowered(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
