"""What data notes say against comparing two periods: unreliable figures, a break in the series."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.metrics.periods import Window, parse_financial_year, parse_month, parse_quarter
from dashboard.metrics.reasons import Because, Reasons, because, together
from dashboard.metrics.status_table import UNRELIABLE

BREAK = "break"
Surveys = tuple[int | None, int | None]
"""Years of the surveys that a later and an earlier figure are of; None where one is of none."""
_WAVE = re.compile(r"wave (\d{4})")


def wave_of_note(period: str) -> int | None:
    """The year of the survey that a note is on; None for a note on months or on all time."""
    found = _WAVE.fullmatch(period)
    return int(found[1]) if found else None


def window_of_note(period: str) -> Window | None:
    """The months of a note: "2009-12", "Q3 2009/10" or "2009/10"; None for "" and for waves.

    Raises:
        ValueError: the text is no period.
    """
    if not period or wave_of_note(period):
        return None
    if period.startswith("Q"):
        return parse_quarter(period)
    if "/" in period:
        return parse_financial_year(period)
    month = parse_month(period)
    return Window(month, month)


def why_not_comparable(
    notes: Iterable[tuple[str, str]],
    now: Window,
    before: Window,
    surveys: Surveys = (None, None),
) -> Reasons:
    """Why notes forbid a comparison; no reason where they do not.

    A note of unreliable figures forbids it when its period shares a month with either window. A
    break takes effect somewhere in its period, at the start of it when that is a single month: it
    forbids a comparison unless the earlier window begins at or after it, or the later one ends
    before it. A note without a period is for all time. A wave's note is held against the waves
    that are compared.

    Args:
        notes: period and effect of each.
        now: the later window.
        before: the earlier window.
        surveys: what the two figures are of.

    Raises:
        ValueError: a note's period is no period.
    """
    reasons = []
    for period, effect in notes:
        if effect == UNRELIABLE and bears_on(period, (now, before), surveys):
            reasons.append(because(Because.UNRELIABLE, period))
        elif effect == BREAK and _is_broken(period, now, before, surveys):
            reasons.append(because(Because.BREAK, period))
    return together(reasons)


def bears_on(period: str, windows: Iterable[Window], surveys: Iterable[int | None] = ()) -> bool:
    """Whether a note's period shares a month with any window, or is one of the surveys' waves.

    A note without a period is for all time.

    Args:
        period: of the note, as `window_of_note` and `wave_of_note` read it.
        windows: the months that figures are of.
        surveys: years of the surveys that figures are of.

    Raises:
        ValueError: the note's period is no period.
    """
    if wave := wave_of_note(period):
        return wave in surveys
    noted = window_of_note(period)
    return noted is None or any(
        noted.first_month.ordinal <= window.last_month.ordinal
        and window.first_month.ordinal <= noted.last_month.ordinal
        for window in windows
    )


def _is_broken(period: str, now: Window, before: Window, surveys: Surveys) -> bool:
    if wave := wave_of_note(period):
        later, earlier = surveys
        return later is not None and earlier is not None and earlier < wave <= later
    noted = window_of_note(period)
    if noted is None:
        return True
    begins_later = noted.last_month.ordinal > before.first_month.ordinal
    return begins_later and noted.first_month.ordinal <= now.last_month.ordinal
