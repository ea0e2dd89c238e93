"""What data notes say against comparing two periods: unreliable figures, a break in the series."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.metrics.periods import (
    Window,
    month_label,
    parse_financial_year,
    parse_month,
    parse_quarter,
    survey_label,
    surveyed_year,
)
from dashboard.metrics.status import UNRELIABLE

BREAK = "break"
_WAVE = re.compile(r"wave (\d{4})")


def window_of_note(period: str) -> Window | None:
    """The months of a note: "2009-12", "Q3 2009/10" or "2009/10"; None for "" and for waves.

    Raises:
        ValueError: the text is no period.
    """
    if not period or _WAVE.fullmatch(period):
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
    labels: tuple[str, str] = ("", ""),
) -> str:
    """Why notes forbid a comparison, in words; "" where they do not.

    A note of unreliable figures forbids it when its period shares a month with either window. A
    break takes effect somewhere in its period, at the start of it when that is a single month: it
    forbids a comparison unless the earlier window begins at or after it, or the later one ends
    before it. A note without a period is for all time. A wave's note is held against the waves
    that are compared.

    Args:
        notes: period and effect of each.
        now: the later window.
        before: the earlier window.
        labels: what the two figures are for, later first, such as "the survey of 2009".

    Raises:
        ValueError: a note's period is no period.
    """
    waves = [surveyed_year(label) for label in labels]
    reasons = []
    for period, effect in notes:
        if effect == UNRELIABLE and _is_unreliable(period, now, before, waves):
            reasons.append(f"a note calls the figures{_of(period)} unreliable")
        elif effect == BREAK and _is_broken(period, now, before, waves):
            reasons.append(f"there is a break in the series{_in(period)}")
    return "; ".join(dict.fromkeys(reasons))


def _is_unreliable(period: str, now: Window, before: Window, waves: list[int | None]) -> bool:
    if wave := _WAVE.fullmatch(period):
        return int(wave[1]) in waves
    noted = window_of_note(period)
    return noted is None or any(
        noted.first_month.ordinal <= window.last_month.ordinal
        and window.first_month.ordinal <= noted.last_month.ordinal
        for window in (now, before)
    )


def _is_broken(period: str, now: Window, before: Window, waves: list[int | None]) -> bool:
    if wave := _WAVE.fullmatch(period):
        later, earlier = waves
        return later is not None and earlier is not None and earlier < int(wave[1]) <= later
    noted = window_of_note(period)
    if noted is None:
        return True
    begins_later = noted.last_month.ordinal > before.first_month.ordinal
    return begins_later and noted.first_month.ordinal <= now.last_month.ordinal


def _of(period: str) -> str:
    return f" for {_in_words(period)}" if period else ""


def _in(period: str) -> str:
    return f" in {_in_words(period)}" if period else ""


def _in_words(period: str) -> str:
    if wave := _WAVE.fullmatch(period):
        return survey_label(int(wave[1]))
    window = window_of_note(period)
    if window is None or window.month_count > 1:
        return period
    return month_label(window.first_month)
