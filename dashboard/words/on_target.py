"""Verdicts in words: how many targets are on target, which are not, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.rows import Target, Verdict
from dashboard.analysis.status import TOP_KINDS
from dashboard.charts.wording import NOT_GIVEN
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.status_table import CANNOT_SAY, MET, NO_LEVEL, NO_OUTTURN, NOT_MET, ON_TRACK
from dashboard.words.levels import capital, in_period, in_words, two_levels
from dashboard.words.reasons import reason_in_words
from dashboard.words.target_words import (
    chance_clause,
    closed_text,
    limit_text,
    per_of,
    plan_closed_text,
)
from dashboard.words.verdict import status_text

GOOD = (MET, ON_TRACK)
NO_TARGET = "no target"
ON_PATH = "on path at"


@dataclass(frozen=True)
class Tally:
    """How many of some targets are on target.

    Attributes:
        on_target: Met or on track.
        of: All of them.
        not_said: On which no verdict can be given.
        closed: "The plan closed in March 2011", where all of them are history; "" otherwise.
    """

    on_target: int
    of: int
    not_said: int
    closed: str = ""

    @classmethod
    def of_targets(cls, targets: pd.DataFrame) -> Tally:
        """Count the rows of `dashboard.analysis.status.target_status`."""
        words = targets["status"]
        is_good = words.isin(GOOD)
        return cls(
            on_target=int(is_good.sum()),
            of=len(words),
            not_said=int(words.eq(CANNOT_SAY).sum()),
            closed=plan_closed_text(targets),
        )

    @property
    def missed(self) -> int:
        """On a verdict, and not on target."""
        return self.of - self.on_target - self.not_said

    def sentence(self, noun: str, nouns: str) -> str:
        """Return the count in words: "12 of the 14 top-priority targets are on target".

        Of a plan that is over: "The plan closed in March 2011: 3 of the 14 top-priority targets
        were met, and on two no verdict can be given".
        """
        if self.closed:
            return self._outturn(noun, nouns)
        if self.not_said == self.of:
            return f"No verdict can be given on {_any_of(self.of, noun, nouns)}"
        if self.of == 1:
            return f"The {noun} is {'' if self.on_target else 'not '}on target"
        if self.on_target == self.of:
            return f"All {self.of} {nouns} are on target"
        are = "is" if self.on_target == 1 else "are"
        text = f"{_begin(self.on_target)} of the {self.of} {nouns} {are} on target"
        if self.not_said:
            text += f", and on {in_words(self.not_said)} no verdict can be given"
        return text

    def _outturn(self, noun: str, nouns: str) -> str:
        if self.not_said == self.of:
            return f"{self.closed}: no verdict can be given on {_any_of(self.of, noun, nouns)}"
        were = "was" if self.on_target == 1 else "were"
        met = f"{_begin(self.on_target).lower()} of the {self.of} {nouns} {were} met"
        if self.of == 1:
            met = f"the {noun} was {'' if self.on_target else 'not '}met"
        text = f"{self.closed}: {met}"
        if self.not_said:
            text += f", and on {in_words(self.not_said)} no verdict can be given"
        return text


def top_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that count as top priorities, or all with a goal where none does.

    Those that are closed stand aside while others are open.
    """
    is_open = targets["closed"].eq("")
    at_stake = targets[is_open] if is_open.any() else targets
    top = at_stake[at_stake["kind"].isin(TOP_KINDS)]
    return top if len(top) else at_stake[at_stake["goal"].ne("not_given")]


def reason_text(target: Verdict) -> str:
    """Return why a target has its verdict, in figures with their unit.

    Such as "23% in October to December 2009; to be on its path it must be 22% or less; a 30% chance
    of meeting the goal", or of a target that is closed "Closed March 2011: outturn 26% in April
    2010 to March 2011; the goal was 22% or less".

    Args:
        target: Of `dashboard.analysis.status.target_status`.
    """
    figures, closed = _figures(target), closed_text(target)
    if figures is None:
        return _reason_without_figures(target)
    now, what, ask = figures
    now = f"{closed}: outturn {now}" if closed else now
    if target.goal == "rank":
        return f"{now} in the group; the {what} {ask}{chance_clause(target)}"
    asked = f"to be on its path it must be {ask}" if what == ON_PATH else f"the {what} {ask}"
    return (
        f"{now}{per_of(target)} {in_period(target.actual_period)}; {asked}{chance_clause(target)}"
    )


def against_text(target: Verdict | None) -> str:
    """Return the same in short, for a table: "23%; on path at 22% or less"; "" without a target."""
    if target is None:
        return ""
    figures, closed = _figures(target), closed_text(target)
    if figures is None:
        return _reason_without_figures(target)
    now, what, ask = figures
    now = f"{closed}: outturn {now}" if closed else now
    return f"{now}; {what} {ask}{chance_clause(target)}"


def _reason_without_figures(target: Verdict) -> str:
    reason = reason_in_words(target.reason)
    if target.path_state == NO_LEVEL and target.baseline_period == NOT_GIVEN:
        reason = "the plan does not say which year its change counts from"
    closed = closed_text(target)
    if not closed:
        return capital(reason)
    return f"{closed}{', no outturn' if target.path_state == NO_OUTTURN else ''}: {reason}"


def _figures(target: Verdict) -> tuple[str, str, str] | None:
    """Return the figure, what it is held against, and what that asks for; None without verdict."""
    word, actual = target.status, target.actual
    if word == CANNOT_SAY or actual is None:
        return None
    if target.goal == "rank":
        return (
            ordinal(int(actual)),
            "goal was" if target.closed else "goal is",
            f"the top {target.place_asked}",
        )
    is_due = word in (MET, NOT_MET)
    path, goal = target.path_now, target.target
    by_path = path is not None and not is_due
    asked = path if by_path else goal
    if asked is None:
        return None
    now, ask = two_levels(actual, asked, target.unit)
    what = ON_PATH if by_path else "goal was" if is_due else "goal is"
    return now, what, limit_text(ask, target.unit, lower_is_better=target.lower_is_better)


def status_cell(word: str) -> str:
    """Return symbol and word of a status, "No target" without one."""
    return "No target" if word == NO_TARGET else status_text(word)


def owner_text(target: Target | Verdict) -> str:
    """Return owner and agency: "Linda Haitana, SCC"; "not given" where the plan names neither."""
    return ", ".join(filter(None, (target.owner, target.lead_agency))) or NOT_GIVEN


def _any_of(count: int, noun: str, nouns: str) -> str:
    return f"the {noun}" if count == 1 else f"any of the {count} {nouns}"


def _begin(number: int) -> str:
    return "None" if number == 0 else str(number)
