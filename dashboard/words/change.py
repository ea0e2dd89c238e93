"""Changes in English, with what chance has to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.metrics.change import COUNT, Change
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.significance import LIKE_SERIES, NOWHERE, OWN_HISTORY, SURVEY_METHOD
from dashboard.metrics.trend import NO_CHANGE
from dashboard.words.reasons import reason_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.analysis.change import ChangeAnswer
    from dashboard.analysis.trend import TrendAnswer
    from dashboard.metrics.significance import Significance

LARGER, NO_LARGER = "larger than chance would explain", "no larger than chance would explain"
GOING_BY = {
    OWN_HISTORY: "",
    LIKE_SERIES: ", going by how such counts usually change",
    NOWHERE: ", without allowance for the usual ups and downs",
}
"""Added to `LARGER`."""
AS_MUCH_USUALLY = ": such counts often change by as much from one year to the next"
"""Added to `NO_LARGER` where a series has too short a history of its own."""
CLEAR, NOT_CLEAR = "clear of the error of both surveys", "within the error of the two surveys"
_FINE_BELOW = 1.0
"""Rates that differ by less than this are given to two places instead of one."""


def first_comparable(changes: Sequence[ChangeAnswer]) -> ChangeAnswer | None:
    """Return the first change that has two periods to compare, or None."""
    return next((each for each in changes if each.change.is_comparable), None)


def change_in_words(change: Change) -> str:
    """Return a change in English, with what chance has to do with it where that was tested.

    Such as "3,114 fewer crimes than in April to December 2008, a fall of 12%; larger than chance
    would explain".
    """
    if change.number is None:
        return f"not compared: {reason_in_words(change.not_comparable)}"
    article = "the " if change.previous_label.startswith("year ending") else ""
    than = f"in {article}{change.previous_label}" if change.previous_label else "before"
    if change.number == 0:
        return f"the same as {than}"
    judged = significance_in_words(change.significance) if change.significance else ""
    return "; ".join(part for part in (_moved(change, change.number, than), judged) if part)


def _moved(change: Change, number: float, than: str) -> str:
    if change.in_points:
        points = in_words_number(abs(number), 1)
        noun = "percentage point" if points == "1" else "percentage points"
        return f"{points} {noun} {'lower' if number < 0 else 'higher'} than {than}"
    places = 0 if change.unit == COUNT else 1 if abs(number) >= _FINE_BELOW else 2
    words = ("fewer", "more") if change.unit == COUNT else ("lower", "higher")
    noun = f" {change.noun}" if change.noun and change.unit == COUNT else ""
    text = f"{in_words_number(abs(number), places)} {words[number > 0]}{noun} than {than}"
    if change.percent is None:
        return f"{text} (no percentage: {reason_in_words(change.percent_withheld)})"
    direction = "fall" if number < 0 else "rise"
    share = in_words_number(abs(change.percent))
    return f"{text}, a {direction} of {'less than 1' if share == '0' else share}%"


def significance_in_words(found: Significance) -> str:
    """Return whether chance would explain a change: "larger than chance would explain".

    For surveys "clear of the error of both surveys" or "within the error of the two surveys"; ""
    where it was not tested.
    """
    if found.is_beyond_chance is None:
        return ""
    if found.method == SURVEY_METHOD:
        return CLEAR if found.is_beyond_chance else NOT_CLEAR
    if not found.is_beyond_chance:
        is_usual = found.dispersion_from == LIKE_SERIES
        return NO_LARGER + (AS_MUCH_USUALLY if is_usual else "")
    return LARGER + GOING_BY[found.dispersion_from]


def beyond_chance(change: Change) -> str:
    """Return the same in a few words: "beyond chance", "no more than chance"; "" untested."""
    tested = change.significance
    if tested is None or tested.is_beyond_chance is None:
        return ""
    return "beyond chance" if tested.is_beyond_chance else "no more than chance"


def trend_in_words(answer: TrendAnswer) -> str:
    """Return a recent trend: "recent trend: decreasing and getting better (2005/06 to 2009/10)"."""
    if answer.reason:
        return f"recent trend {answer.word}: {reason_in_words(answer.reason)}"
    periods = answer.values["period"]
    span = f"{periods.iloc[0]} to {periods.iloc[-1]}"
    if answer.is_overlapping:
        span += ", quarter by quarter, allowing for the quarters that the years share"
    # A trend that is called from too narrow an error says so, as a change does.
    by = "" if answer.word == NO_CHANGE else GOING_BY.get(answer.dispersion_from, "")
    return f"recent trend: {answer.word} ({span}){by}"
