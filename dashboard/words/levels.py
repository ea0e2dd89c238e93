"""Levels and periods as a sentence has them, at a precision that tells them apart."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from typing import Protocol

import pandas as pd

from dashboard.analysis.rows import Indicator, Verdict
from dashboard.charts.wording import MINUS, NO_FIGURE, NOT_GIVEN, Unit, day_text, number_text
from dashboard.metrics.periods import month_label
from dashboard.metrics.reasons import Reason
from dashboard.metrics.rounding import DIGITS_KEPT, as_number
from dashboard.words.reasons import reason_in_words

WHOLE_FROM = {"count": 0, "percent": 0, "rate": 1}
"""Places of a level in a sentence; a small rate has one more."""
SMALL_RATE = 10
MOST_PLACES = 2

_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b(?!-)")
_HYPHEN_AS_MINUS = re.compile(r"(?<![\w\-])-(?=\d)")

_MONTH = re.compile("|".join(month_name[1:]))
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

NOTHING = "–"
"""What stands in a table where nothing is meant to be."""

DENOMINATORS = {"ons:population": "residents", "ons:households": "households"}


class Named(Protocol):
    """What has a title, and a number in the national set or ""."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def national_indicator(self) -> str: ...  # noqa: D102


def in_period(period: str) -> str:
    """Return a period as a sentence has it: "in the year ending December 2009"."""
    return f"in {'the ' if period.startswith('year ending') else ''}{period}"


def short_period(label: str) -> str:
    """Return a period as a label has it: "Apr to Dec 2009", "Year to Dec 2009"."""
    short = _MONTH.sub(lambda month: month[0][:3], label.replace("year ending", "year to"))
    return capital(short)


def level_text(value: float | None, unit: str, *, places: int | None = None) -> str:
    """Return a level: "27,085", "23%", "1.25" (rates under 10 have two places)."""
    number = as_number(value)
    if number is None:
        return NO_FIGURE
    return number_text(number, _unit(unit), places=_places(number, unit, places))


def exact_level_text(value: float | None, unit: str) -> str:
    """Return a level as a goal or baseline states it: a percentage keeps the place it has."""
    return level_text(value, unit, places=places_beside(value, unit))


def places_beside(goal: float | None, unit: str) -> int | None:
    """Return the places of a level beside a goal: one where a percentage's goal has one."""
    known = as_number(goal)
    return 1 if unit == "percent" and known is not None and known % 1 != 0 else None


def interval_text(lower: float | None, upper: float | None, unit: str) -> str:
    """Return an interval of levels: "1.1 to 1.4"; a dash where either end is missing."""
    if as_number(lower) is None or as_number(upper) is None:
        return NOTHING
    return f"{level_text(lower, unit)} to {level_text(upper, unit)}"


def two_levels(now: float, other: float, unit: str) -> tuple[str, str]:
    """Return two levels with enough places to tell them apart, where they differ.

    Where no place tells them apart, they have those of any level; a whole count never has any.
    """
    start = max(_places(now, unit, None), _places(other, unit, None))
    for places in (*range(start, MOST_PLACES + 1), start):
        texts = [
            number_text(level, _unit(unit), places=0 if _is_whole(level, unit) else places)
            for level in (now, other)
        ]
        if texts[0] != texts[1]:
            break
    return texts[0], texts[1]


def _is_whole(level: float, unit: str) -> bool:
    return unit == "count" and round(level, DIGITS_KEPT) % 1 == 0


def per_text(about: Indicator | Verdict) -> str:
    """Return what a rate is per: "per 1,000 residents"."""
    people = DENOMINATORS.get(about.denominator, "residents")
    return f"per {about.rate_per:,} {people}"


def measure_of_level(about: Indicator) -> str:
    """Return what a level of an indicator is, as a column heading."""
    if about.unit == "rate":
        return f"Rate {per_text(about)}, twelve months"
    if about.unit == "percent":
        return "Percentage"
    return "Twelve-month total" if about.adds_up else "Latest figure"


def day_month_text(day: str) -> str:
    """Return the month of an ISO day: "March 2011"; "not given" for ""."""
    return month_label(date.fromisoformat(day)) if day else "not given"


def date_text(day: str | date | pd.Timestamp | None) -> str:
    """Return a day, ISO or of a frame, as text: "31 July 2010"; "not given" for "" or missing."""
    if not day or pd.isna(day):
        return NOT_GIVEN
    return day_text(pd.to_datetime(day))


def readable(text: str) -> str:
    """Return text with its ISO days and months in words, and its hyphens before numbers as minus.

    Such as "year ending 2009-12" to "year ending December 2009", "-12 as rounded" to "−12 as
    rounded".
    """
    return _HYPHEN_AS_MINUS.sub(MINUS, _ISO.sub(_date_in_words, text))


def text_or_nothing(value: object) -> str:
    """Return a cell of a frame as text, a reason in English; "" where it is missing."""
    if isinstance(value, Reason):
        return reason_in_words(value)
    return "" if value is None or pd.isna(value) else str(value)


def in_words(number: int) -> str:
    """Return a number as a sentence has it: in words below ten."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def joined(names: list[str]) -> str:
    """Return names as a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def capital(text: str) -> str:
    """Return text that begins with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def lowered(text: str) -> str:
    """Return text that begins with a small letter, to stand within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def _date_in_words(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    try:
        known = date(int(year), int(month), int(day or 1))
    except ValueError:
        return found.group()
    return day_text(known) if day else month_label(known)


def named(about: Named) -> str:
    """Return an indicator's name with its national number: "Serious violent crime rate (NI 15)"."""
    number, title = about.national_indicator, about.title
    return f"{title} ({number})" if number and number not in title else title


def _unit(unit: str) -> Unit:
    return unit if unit in ("rate", "percent") else "count"


def _places(value: float, unit: str, places: int | None) -> int:
    if places is not None:
        return places
    base = WHOLE_FROM.get(unit, 0)
    return base + 1 if unit == "rate" and abs(value) < SMALL_RATE else base
