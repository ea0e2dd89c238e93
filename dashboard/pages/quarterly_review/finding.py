"""The first lines of the quarter's meeting: what needs attention, and what is compared."""

from __future__ import annotations

import pandas as pd

from dashboard.metrics.periods import parse_month, quarter_label, windows_for
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.words.levels import capital, in_words, lowered
from dashboard.words.target_words import plan_closed_text


def meeting_title(review: pd.DataFrame, targets: pd.DataFrame, as_at: str) -> str:
    """Return the page's first sentence: "Q3 2009/10: five of 48 indicators need attention".

    Where none does, it says what that rests on: "Year ending December 2024: no verdict can be given
    on the 34 targets; none of 24 changes tested stands out for the worse".

    Args:
        review: Of `dashboard.analysis.review.review`.
        targets: Of `dashboard.analysis.status.given_status`.
        as_at: The last month that counts.
    """
    period = quarter_label(parse_month(as_at)) if has_quarters(review) else usual_period(review)
    count, of = int(review["needs_attention"].sum()), len(review)
    begin = f"{capital(period)}: " if period else ""
    if not count:
        said = "; ".join(filter(None, (_verdicts_given(targets), _changes_found(review))))
        return f"{begin}{said}" if begin else capital(said)
    needs = (
        "indicator needs" if of == 1 else "indicators needs" if count == 1 else "indicators need"
    )
    return f"{begin}{in_words(count)} of {of} {needs} attention"


def without_verdict(targets: pd.DataFrame) -> str:
    """Return on how many targets no verdict can be given and why, as a sentence; "" for none.

    Such as "No verdict can be given on 17 of the plan's 38 targets: the plan leaves the goal of
    nine of them open, and for the other eight a figure that a verdict needs is missing or not
    reliable".
    """
    if closed := plan_closed_text(targets):
        return f"{closed}: its targets are history."
    unsaid = targets[targets["status"].eq(CANNOT_SAY)]
    count, of = len(unsaid), len(targets)
    if not count:
        return ""
    left_open = int(unsaid["goal"].eq("not_given").sum())
    which = f"{in_words(count)} of the plan's {of}"
    if count == of:
        which = "the plan's only" if of == 1 else f"any of the plan's {of}"
    text = f"No verdict can be given on {which} {'target' if of == 1 else 'targets'}"
    missing = "a figure that a verdict needs is missing or not reliable"
    if not left_open:
        return f"{text}: {missing}."
    text += f": the plan leaves the goal of {in_words(left_open)} open"
    rest = count - left_open
    return f"{text}, and for the other {in_words(rest)} {missing}." if rest else f"{text}."


def quarter_sentence(review: pd.DataFrame, as_at: str) -> str:
    """Return what the quarter and the year to date are, and what they are set against."""
    if not has_quarters(review):
        return f"There are no figures by quarter: changes are those of the {usual_period(review)}."
    quarter, before = windows_for("quarter", as_at)
    year, year_before = windows_for("ytd", as_at)
    return (
        f"The quarter is {quarter.label()}, set against {before.label()}; the year to date is "
        f"{year.label()}, set against {year_before.label()}."
    )


def has_quarters(review: pd.DataFrame) -> bool:
    """Return whether any indicator is compared with the same quarter a year before."""
    return bool(review["quarter_change"].notna().any())


def usual_period(review: pd.DataFrame) -> str:
    """Return the period that most indicators' figures are for: "April to December 2009"."""
    known = review.loc[review["current"].notna(), "current_period"]
    return "" if known.empty else str(known.mode().iloc[0])


def _verdicts_given(targets: pd.DataFrame) -> str:
    """Return what is known of a plan's targets where none of them needs attention."""
    of, unsaid = len(targets), int(targets["status"].eq(CANNOT_SAY).sum())
    if not of:
        return ""
    if closed := plan_closed_text(targets):
        return lowered(closed)
    if unsaid == of:
        return f"no verdict can be given on the {'target' if of == 1 else f'{of} targets'}"
    if unsaid:
        return (
            f"no target with a verdict needs attention, but on {in_words(unsaid)} of {of} none can "
            "be given"
        )
    return f"none of {of} targets needs attention"


def _changes_found(review: pd.DataFrame) -> str:
    """Return what was found where no change needs attention: what was tested, or that none was."""
    tests = 0 if review.empty else int(review["tests_together"].iloc[0])
    if not tests:
        return "no change could be tested"
    return f"none of {tests} changes tested stands out for the worse"
