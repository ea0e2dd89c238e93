"""Periods as people write them: months, quarters, financial years, years ending, survey waves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

PeriodKind = Literal["month", "quarter", "year", "rolling_year", "survey_wave"]

PERIOD_PLURALS: dict[PeriodKind, str] = {
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "rolling_year": "years",
    "survey_wave": "surveys",
}
MONTHS_IN = {
    "month": 1,
    "quarter": 3,
    "year": 12,
    "rolling_year": 12,
    "survey_wave": 12,
}
FIRST_MONTH_OF_FINANCIAL_YEAR = 4

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTHS |= {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTHS["sept"] = _MONTHS["sep"]

#: Two digits from here on are of the 1900s, as POSIX has it for `%y`.
_FIRST_TWO_DIGITS_OF_THE_1900S = 69
_FIRST_DAY = 1

_Y = "[12][0-9]{3}"
_NAME = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_FY = rf"(?:fy ?)?({_Y}|[0-9]{{2}})[/-]({_Y}|[0-9]{{2}})"

_ISO_MONTH = re.compile(rf"({_Y})-([0-9]{{1,2}})")
_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}})[/.-]({_Y})")
_NAMED_MONTH = re.compile(rf"{_NAME}[ ./'-]{{0,2}}({_Y}|[0-9]{{2}})")
_NAMED_MONTH_LAST = re.compile(rf"({_Y})[ /-]?{_NAME}")
_ISO_DAY = re.compile(rf"({_Y})-([0-9]{{2}})-([0-9]{{2}})(?:[ t]00:00(?::00(?:\.0+)?)?)?")
_DAY = re.compile(rf"([0-9]{{1,2}})[/.]([0-9]{{1,2}})[/.]({_Y})")
_QUARTER = re.compile(rf"q([1-4])[ ,]{{0,2}}{_FY}")
_QUARTER_LAST = re.compile(rf"{_FY}[ ,]{{0,2}}q([1-4])")
_BARE_QUARTER = re.compile(rf"q([1-4])[ ,-]{{0,2}}({_Y})|({_Y})[ ,-]{{0,2}}q([1-4])")
_MONTHS_OF_QUARTER = re.compile(rf"{_NAME} ?(?:-|to) ?{_NAME}[ -]({_Y})")
_FINANCIAL_YEAR = re.compile(rf"(?:fy ?|financial year )?({_Y})[/-]({_Y}|[0-9]{{2}})")
_YEAR_ENDING = re.compile(r"(?:year (?:ending|ended|end|to)|ye) (?:in )?(.+)")
_WAVE = re.compile(rf"wave ({_Y})")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months.

    Attributes:
        start: Its first day.
        kind: What sort of span it is; `year` is a financial year from April.
    """

    start: date
    kind: PeriodKind

    @property
    def end(self) -> date:
        """Return the first day of the last month."""
        return add_months(self.start, MONTHS_IN[self.kind] - 1)

    def __str__(self) -> str:
        """Return the period in words, such as "October 2009" or "the financial year 2009/10"."""
        last = f"{MONTH_NAMES[self.end.month - 1]} {self.end.year}"
        if self.kind == "month":
            return last
        if self.kind == "quarter":
            return f"{MONTH_NAMES[self.start.month - 1]} to {last}"
        if self.kind == "year":
            return f"the financial year {self.start.year}/{self.end.year % 100:02}"
        return f"the year ending {last}" if self.kind == "rolling_year" else f"wave {self.end.year}"


def periods_in_words(kind: PeriodKind, starts: Iterable[date]) -> str:
    """Return the first and last of periods: "January to June 2025".

    Args:
        kind: What sort of span all of them are.
        starts: The first day of each; at least one.
    """
    periods = [Period(start, kind) for start in sorted(set(starts))]
    first, last = periods[0], periods[-1]
    between = "and" if len(periods) == 2 else "to"  # noqa: PLR2004 - a first and a last
    if kind in ("month", "quarter"):
        return _months_in_words(first.start, last.end)
    if first == last:
        return str(first).removeprefix("the ")
    if kind == "survey_wave":
        return f"waves {first.end.year} {between} {last.end.year}"
    if kind == "year":
        words = [str(each).removeprefix("the financial year ") for each in (first, last)]
        return f"financial years {words[0]} {between} {words[1]}"
    words = [str(each).removeprefix("the year ending ") for each in (first, last)]
    if first.end.month == last.end.month:
        words[1] = str(last.end.year)
    return f"years ending {words[0]} {between} {words[1]}"


def _months_in_words(first: date, last: date) -> str:
    names = [f"{MONTH_NAMES[each.month - 1]} {each.year}" for each in (first, last)]
    if first == last:
        return names[0]
    return f"{names[0].removesuffix(f' {last.year}')} to {names[1]}"


class AmbiguousPeriodError(ValueError):
    """A text that two people would read as two periods; carries both readings."""

    def __init__(self, text: str, readings: tuple[Period, Period]) -> None:
        """Keep the readings, a month or an earlier one first."""
        self.readings = readings
        super().__init__(f"{text!r} can be read as {readings[0]} or as {readings[1]}")


def add_months(day: date, months: int) -> date:
    """Return the first of the month that lies `months` after the month of `day`."""
    ordinal = day.year * 12 + day.month - 1 + months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def parse_period(text: str) -> Period:
    """Read a period as people write it, whatever the case, blanks and kind of dash.

    Args:
        text: A month ("2009-12", "Dec-09", "December 2009", "12/2009", or its first day, as a
            date cell gives it), a quarter of a financial year ("Q3 2009/10", "Oct-Dec 2009"), a
            financial year ("2009/10", "FY 2009-10"), "year ending 2024-12" or "wave 2009".

    Raises:
        AmbiguousPeriodError: "2009-10" is October 2009 or 2009/10; "Q3 2009" is the third quarter
            of a calendar or of a financial year.
        ValueError: The text is no period, or names a month or year that does not exist.
    """
    words = " ".join(text.translate(_DASHES).casefold().split()).removeprefix("the ")
    if found := _YEAR_ENDING.fullmatch(words):
        return Period(add_months(_month(found[1], text), -11), "rolling_year")
    if found := _WAVE.fullmatch(words):
        return Period(date(int(found[1]), 1, 1), "survey_wave")
    if quarter := _quarter(words, text):
        return quarter
    if year := _financial_year(words):
        if _ISO_MONTH.fullmatch(words) and _is_month(words):
            raise AmbiguousPeriodError(text, (Period(_month(words, text), "month"), year))
        return year
    return Period(_month(words, text), "month")


def _month(words: str, text: str) -> date:
    """Return the first day of the month that a text names."""
    for pattern, year, month in ((_ISO_MONTH, 1, 2), (_MONTH_YEAR, 2, 1)):
        if found := pattern.fullmatch(words):
            return date(int(found[year]), int(found[month]), 1)
    if found := _NAMED_MONTH.fullmatch(words):
        return date(_whole_year(found[2]), _MONTHS[found[1]], 1)
    if found := _NAMED_MONTH_LAST.fullmatch(words):
        return date(int(found[1]), _MONTHS[found[2]], 1)
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_DAY, (3, 2, 1))):
        if found := pattern.fullmatch(words):
            day = date(*(int(found[part]) for part in order))
            if day.day != _FIRST_DAY:
                raise ValueError(f"{text!r} is a day, not the first of a month")
            return day
    raise ValueError(f"{text!r} is not a period")


def _is_month(words: str) -> bool:
    try:
        _month(words, words)
    except ValueError:
        return False
    return True


def _quarter(words: str, text: str) -> Period | None:
    if found := _QUARTER.fullmatch(words):
        return _quarter_of(int(found[1]), _first_year(found[2], found[3]))
    if found := _QUARTER_LAST.fullmatch(words):
        return _quarter_of(int(found[3]), _first_year(found[1], found[2]))
    if found := _BARE_QUARTER.fullmatch(words):
        number, year = int(found[1] or found[4]), int(found[2] or found[3])
        calendar = Period(date(year, 3 * number - 2, 1), "quarter")
        raise AmbiguousPeriodError(text, (calendar, _quarter_of(number, year)))
    if found := _MONTHS_OF_QUARTER.fullmatch(words):
        last = date(int(found[3]), _MONTHS[found[2]], 1)
        first = add_months(last, -2)
        if first.month != _MONTHS[found[1]] or last.month % 3:
            raise ValueError(f"{text!r} is not a quarter of a year")
        return Period(first, "quarter")
    return None


def _quarter_of(number: int, year: int) -> Period:
    april = date(year, FIRST_MONTH_OF_FINANCIAL_YEAR, 1)
    return Period(add_months(april, 3 * (number - 1)), "quarter")


def _financial_year(words: str) -> Period | None:
    """Return the financial year that a text of two years that follow each other names."""
    found = _FINANCIAL_YEAR.fullmatch(words)
    if found is None or not _follows(found[1], found[2]):
        return None
    return Period(date(int(found[1]), FIRST_MONTH_OF_FINANCIAL_YEAR, 1), "year")


def _first_year(first: str, second: str) -> int:
    if not _follows(first, second):
        raise ValueError(f"{first}/{second} is not a financial year")
    return _whole_year(first)


def _follows(first: str, second: str) -> bool:
    digits = 10 ** len(second)
    return len(second) <= len(first) and (int(first) + 1) % digits == int(second)


def _whole_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return year
    return year + (1900 if year >= _FIRST_TWO_DIGITS_OF_THE_1900S else 2000)
