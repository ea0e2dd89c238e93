"""Reasons in English: why there is no figure, no change, no verdict, or why a point is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, singledispatch

import pandas as pd

from dashboard.metrics.comparability import wave_of_note, window_of_note
from dashboard.metrics.periods import Window, month_label, months_in_words, survey_label
from dashboard.metrics.reasons import (
    Because,
    BrokenRules,
    Changed,
    Cost,
    Reason,
    Reasons,
    Why,
    Worse,
)
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.status import VerdictReason
from dashboard.metrics.status_table import Rule
from dashboard.words.control import rules_in_words
from dashboard.words.verdict import (
    changed_in_words,
    cost_in_words,
    rule_in_words,
    verdict_reason_in_words,
    worse_in_words,
)

HELD = "held as a suspected gap"
MOST_NAMED = 5
"""More names than these are counted instead."""
SUPPRESSED = "suppressed"
"""What the data show for a figure that would give another one away."""
RESTRICTED = "Small counts shown: restricted"
"""Stands on pages and in files of an installation that shows its own area's small counts."""


@singledispatch
def reason_in_words(reason: Reason | str) -> str:
    """Return a reason in English, without a full stop; "" where there is nothing to say.

    Args:
        reason: Of any kind; a text stays as it is.

    Raises:
        TypeError: There are no words for this kind of reason.
    """
    raise TypeError(f"there are no words for {type(reason).__name__}")


reason_in_words.register(str, str)
reason_in_words.register(BrokenRules, rules_in_words)
reason_in_words.register(Changed, changed_in_words)
reason_in_words.register(Cost, cost_in_words)
reason_in_words.register(Rule, rule_in_words)
reason_in_words.register(Worse, worse_in_words)


@reason_in_words.register
def _of_verdict(reason: VerdictReason) -> str:
    return verdict_reason_in_words(reason, reason_in_words(reason.missing))


@reason_in_words.register
def _reasons_text(reasons: Reasons) -> str:
    return "; ".join(_why_text(part) for part in reasons.parts)


def why_left_out(reasons: Reasons) -> str:
    """Return why a figure is left out, to go after words that say that it is; else ""."""
    shown = {str(part.values[0]) for part in reasons.parts if part.name is Because.HIDDEN}
    if shown - {SUPPRESSED}:
        return ". So small a count is not shown, since it could tell of a person"
    if shown:
        return ". A figure is not shown where it would give a small count of people away"
    return ""


def _why_text(why: Why) -> str:
    text = TEXTS[why.name]
    if isinstance(text, str):
        said = text.format(*map(_value_text, why.values))
    else:
        said = text(*why.values)
    if not why.held:
        return said
    verb = "is" if len(why.held) == 1 else "are"
    return f"{said} ({months_in_words(why.held)} {verb} {HELD})"


def _value_text(value: object) -> str:
    """Return a value that a reason is about: a window, a month, months by ordinal, or a number."""
    if isinstance(value, Window):
        return value.label()
    if isinstance(value, pd.Period):
        return month_label(value)
    if isinstance(value, tuple):
        return months_in_words(value)
    return in_words_number(value) if isinstance(value, int | float) else str(value)


def _hidden(shown: str, months: tuple[int, ...]) -> str:
    """Say of which months a count is hidden: each by itself is small, not their sum."""
    each = "each month of " if len(months) > 1 else ""
    return f"{shown} in {each}{months_in_words(months)}"


def _members_missing(with_data: int, of: int, period: str, missing: tuple[str, ...]) -> str:
    when = f" for {period}" if period else ""
    said = f"no place: {with_data} of {of} members have figures{when}"
    return f"{said}; missing: {names_in_short(missing)}" if missing else said


def lowered(title: str) -> str:
    """Return a title as it stands within a sentence."""
    return f"{title[:1].lower()}{title[1:]}"


def names_in_short(names: Sequence[str]) -> str:
    """Return names in a row, the rest of many counted: "Derby, Leeds and 7 more"."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def _unreliable(period: str) -> str:
    of = f" for {_note_period(period)}" if period else ""
    return f"a note calls the figures{of} unreliable"


def _break(period: str) -> str:
    return f"there is a break in the series{f' in {_note_period(period)}' if period else ''}"


def _note_period(period: str) -> str:
    """Return the period of a data note: "the survey of 2009", "February 2009", "2009/10"."""
    if wave := wave_of_note(period):
        return survey_label(wave)
    window = window_of_note(period)
    if window is None or window.month_count > 1:
        return period
    return month_label(window.first_month)


def number_of(number: int, noun: str) -> str:
    """Return so many of something: "1 month", "7 months"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _few_figures(number: int, needed: int) -> str:
    figures = number_of(number, "figure")
    return f"too few to say: {figures}, and a control chart needs {needed}"


def _few_events(number: int, every: str, needed: int) -> str:
    periods = number_of(number, every)
    return (
        f"too few to say: {periods} with an event, and a chart of the time between them needs "
        f"{needed}"
    )


def _few_months(number: int, needed: int, missing: pd.Period | bool | None) -> str:
    since = "" if missing is None else f" since {_value_text(missing)}, which is missing"
    since = " since the series broke" if missing is True else since
    return f"only {number} months of figures{since}; {needed} are needed"


def _small_hidden(number: int) -> str:
    figures = f"{number_of(number, 'figure')} {'is' if number == 1 else 'are'}"
    return f"{figures} too small to show, and limits without the small ones would mislead"


def _two_levels(bic_gain: float, p_value: float, shuffles: int) -> str:
    """Say what speaks for a break; of no shuffle the p-value is under one in so many."""
    p = max(p_value, 1 / (shuffles + 1))
    return f"BIC better by {bic_gain:.0f}; p = {p:.3f} in {shuffles} shuffles"


def _contradiction(said: float | None, computed: float | None) -> str:
    if said is None or computed is None:
        return "the document contradicts itself"
    which = "is" if said == computed else "is not"
    return (
        f"the document contradicts itself; computed: {_decimal(computed)}, which {which} this "
        "figure"
    )


def _in_range(found: float, low: float | None, high: float | None, where: str) -> str:
    lowest, highest = (_decimal(each or 0.0) for each in (low, high))
    if low is not None and high is not None:
        return f"{_decimal(found)} is {where} {lowest} to {highest}"
    limit = f"{highest} or less" if low is None else f"{lowest} or more"
    return f"{_decimal(found)} is {'' if where == 'within' else 'not '}{limit}"


def _as_rounded(found: float, said: float, mark: str) -> str:
    words = {"at_least": "at least ", "up_to": "up to "}.get(mark, "")
    return f"{_decimal(found)} as rounded, against {words}{_decimal(said)} stated"


def _decimal(value: float) -> str:
    return in_words_number(value, 2)


TEXTS: dict[Because, str | Callable[..., str]] = {
    Because.MISSING: "no figure for {}",
    Because.HIDDEN: _hidden,
    Because.OVERLAP: "the figures overlap and do not fit {} exactly",
    Because.NONE_INSIDE: "no figure in {} to take in its place",
    Because.NO_RESIDENTS: "there is no number of residents for it",
    Because.NO_FIGURES: "there are no figures",
    Because.TOO_FEW_YEARS: (
        "it takes five years' values with their error, or eight years that end quarter after "
        "quarter"
    ),
    Because.NO_EVENTS: "no events in {}",
    Because.NO_FIGURE_OF_AREA: "no figure for this area",
    Because.PLACE_WITHHELD: "too few members of the group have a figure for a place to be given",
    Because.MEMBERS_MISSING: _members_missing,
    Because.NO_FIGURE_OF: "no figure for {} period",
    Because.STOCK: "a stock is no count of events",
    Because.SAME_PERIODS: "the two periods are the same",
    Because.SHARED_MONTHS: "the two periods share months whose figures are not known apart",
    Because.NO_COUNT: "a count is missing or under zero",
    Because.NO_FIGURE: "a figure is missing",
    Because.NO_SAMPLE: "the number of people asked is not given",
    Because.SMALL_BASE: "the earlier figure is under {}",
    Because.NOT_ABOVE_ZERO: "the earlier figure is not above zero",
    Because.IN_POINTS: "the change of a percentage is given in percentage points",
    Because.SAME_WAVE: "{} is the latest for both periods",
    Because.UNLIKE_PERIODS: "the latest figure is for {}, the earlier one for {}",
    Because.BASELINE_NOT_OVER: "{}, the baseline, was not over in {}",
    Because.BASELINE_NOT_GIVEN: "the baseline is not given",
    Because.GOAL_NOT_GIVEN: "the goal is not given",
    Because.DUE_PASSED: "the due date has passed",
    Because.REACHED: "{} past the goal already: it is reached",
    Because.OUT_OF_REACH: (
        "{} past the goal already: no monthly figure can bring the due year back to it"
    ),
    Because.UNRELIABLE: _unreliable,
    Because.BREAK: _break,
    Because.FEW_FIGURES: _few_figures,
    Because.FEW_EVENTS: _few_events,
    Because.SMALL_HIDDEN: _small_hidden,
    Because.OF_SAMPLES: (
        "percentages of samples of known size, with limits widened as their figures vary (Laney)"
    ),
    Because.OF_UNKNOWN: "percentages without the numbers that they are out of",
    Because.RARE: "rare events: the {}s without one, from one to the next",
    Because.RATE_CHANGES: (
        "a rate whose number of residents changes, with limits widened by how much more its "
        "figures vary than chance alone (Laney)"
    ),
    Because.WITHOUT_SEASON: "counts with their season taken out",
    Because.SMALL_COUNTS: "small counts that vary as chance alone would make them",
    Because.LUMPY_COUNTS: "small counts that vary more than chance alone would make them",
    Because.LARGE_COUNTS: "counts large enough for limits from the changes between neighbours",
    Because.TWO_LEVELS: _two_levels,
    Because.NO_LATEST_CHANGE: "no change for the latest year",
    Because.NO_EARLIER_FALL: "no earlier year in the data fell",
    Because.FEW_WHOLE_YEARS: "fewer than two whole years of figures",
    Because.SAME_THROUGHOUT: "the same figure throughout",
    Because.NOTHING_LEFT: "nothing left to tell chance by",
    Because.NOT_WITHIN_YEAR: "it is not counted within the year",
    Because.LEFT_OPEN: "the document leaves the figure open",
    Because.NOT_IN_DATA: "no figure in the data",
    Because.CONTRADICTION: _contradiction,
    Because.WITHIN_RANGE: partial(_in_range, where="within"),
    Because.OUTSIDE_RANGE: partial(_in_range, where="outside"),
    Because.AS_ROUNDED: _as_rounded,
    Because.NO_METHOD: "no method computes it",
    Because.NO_EARLIER_YEAR: "no earlier year to compare",
    Because.YEAR_MISSING: "a year is missing",
    Because.NOT_IN_PLAN: "the plan data do not give it",
    Because.VERDICTS_MISSING: "no verdict can be given on {} of the {} targets",
    Because.NO_VERDICT: "verdict cannot be given",
    Because.NOT_COMPARED: "not compared",
    Because.SURVEY: "a survey has too few waves to project from",
    Because.NOT_COUNTED: "a percentage or a stock is not projected, only what is counted",
    Because.CALLED_UNRELIABLE: "a note says that the figures are unreliable",
    Because.NOT_BY_MONTH: "it is not counted by month",
    Because.FEW_MONTHS: _few_months,
    Because.FEW_ORDINARY_MONTHS: (
        "only {} months of figures outside exceptional periods; {} are needed"
    ),
    Because.FEW_EVENTS_A_YEAR: "fewer than {} in the last twelve months: too few to project",
    Because.FEW_MEMBERS: (
        "too few to say: {} of the {} members with a figure cannot be projected, for want of {} "
        "months of figures in a row and {} events in the last twelve"
    ),
    Because.PLAN_OVER: "the plan is over",
    Because.GOAL_NOT_KNOWN: "the goal cannot be worked out: its baseline is not known",
    Because.DUE_NOT_GIVEN: "the due date is not given",
    Because.IS_DUE: "it is due: what was counted settles it",
    Because.DUE_FAR_AHEAD: "it is due more than {} months from now",
    Because.PLACE_OF_OTHERS: "the goal is a place in the group, which depends on the others too",
    Because.BREAK_ON_THE_WAY: (
        "a break in the series: the goal was set on what was counted before it"
    ),
    Because.NO_WAVE_SINCE: "no survey since the baseline",
    Because.OF_BEFORE_DUE: "the latest figure is for {}, before it was due",
    Because.FEW_SINCE_BREAK: "{} figures since the break: new limits need {}",
    Because.PROVISIONAL: "limits from {} figures are provisional until there are {}",
    Because.ALIKE: (
        "neighbouring figures resemble each other, so that more are marked than have a cause"
    ),
    Because.BREAK_UNDATED: (
        "a break of the plan's notes does not say where it begins, and is not applied"
    ),
    Because.BREAKS_OF_GAPS: "breaks are not applied to a chart of the time between events",
    Because.LONG_GAP: "{} {}s since the last event are more than the limit",
}
"""A text whose brackets are filled with the values of a reason, or a function of them."""
