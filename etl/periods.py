"""Periods as people write them: months, quarters, financial years, years ending, survey waves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

PeriodKind = Literal["month", "quarter", "year", "rolling_year", "survey_wave"]
PERIOD_KINDS: tuple[PeriodKind, ...] = get_args(PeriodKind)

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "rolling_year": 12, "survey_wave": 12}
FIRST_MONTH_OF_FINANCIAL_YEAR = 4

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"Q([1-4]) (\d{4})/(\d{2})")
_FINANCIAL_YEAR = re.compile(r"(\d{4})/(\d{2})")
_YEAR_ENDING = re.compile(r"year ending (\d{4})-(\d{2})")
_WAVE = re.compile(r"wave (\d{4})")


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


def add_months(day: date, months: int) -> date:
    """Return the first of the month that lies `months` after the month of `day`."""
    ordinal = day.year * 12 + day.month - 1 + months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def parse_period(text: str) -> Period:
    """Read a period as the own-figures template writes it.

    Args:
        text: "2009-12", "Q3 2009/10", "2009/10", "year ending 2024-12" or "wave 2009".

    Raises:
        ValueError: The text is none of these, or names a month or year that does not exist.
    """
    text = text.strip()
    if found := _MONTH.fullmatch(text):
        return Period(_first_of(found[1], found[2]), "month")
    if found := _QUARTER.fullmatch(text):
        year = _financial_year(found[2], found[3])
        return Period(add_months(date(year, 4, 1), 3 * (int(found[1]) - 1)), "quarter")
    if found := _FINANCIAL_YEAR.fullmatch(text):
        year = _financial_year(found[1], found[2])
        return Period(date(year, FIRST_MONTH_OF_FINANCIAL_YEAR, 1), "year")
    if found := _YEAR_ENDING.fullmatch(text):
        return Period(add_months(_first_of(found[1], found[2]), -11), "rolling_year")
    if found := _WAVE.fullmatch(text):
        return Period(date(int(found[1]), 1, 1), "survey_wave")
    raise ValueError(f"{text!r} is not a period")


def _first_of(year: str, month: str) -> date:
    return date(int(year), int(month), 1)


def _financial_year(first: str, second: str) -> int:
    if (int(first) + 1) % 100 != int(second):
        raise ValueError(f"{first}/{second} is not a financial year")
    return int(first)
