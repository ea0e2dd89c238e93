"""Months, quarters and financial years from April, and the windows a change compares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas as pd

FIRST_MONTH_OF_FINANCIAL_YEAR = 4
"""UK councils' year runs from 1 April (Local Government Finance Act 1992, section 69)."""
MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3
BASES = ("month", "quarter", "ytd", "rolling_year", "baseline")

_MONTH_TEXT = re.compile(r"(\d{4})-(\d{2})")
_FINANCIAL_YEAR_TEXT = re.compile(r"(\d{4})/(\d{1,2})")
_QUARTER_TEXT = re.compile(r"Q([1-4]) (\d{4}/\d{1,2})")


@dataclass(frozen=True, order=True)
class Window:
    """Whole months from ``first_month`` to ``last_month``, both included (Period[M])."""

    first_month: pd.Period
    last_month: pd.Period

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.last_month.ordinal < self.first_month.ordinal:
            raise ValueError(
                f"a window cannot end ({self.last_month}) before it begins ({self.first_month})"
            )

    @property
    def months(self) -> tuple[pd.Period, ...]:
        """Every month of the window, in order."""
        return tuple(pd.period_range(self.first_month, self.last_month, freq="M"))

    @property
    def month_count(self) -> int:
        """How many months the window has."""
        return self.last_month.ordinal - self.first_month.ordinal + 1

    @property
    def first_day(self) -> date:
        """The first day of the first month."""
        return self.first_month.start_time.date()

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        return self.last_month.end_time.date()

    def moved_by(self, months: int) -> Window:
        """The window of the same length so many months later (earlier when negative)."""
        return Window(later(self.first_month, months), later(self.last_month, months))

    def label(self) -> str:
        """The window in words: "April to December 2009", "2009/10", "year ending December 2024"."""
        if self.month_count == 1:
            return month_label(self.last_month)
        if self.month_count == MONTHS_A_YEAR:
            if self.first_month.month == FIRST_MONTH_OF_FINANCIAL_YEAR:
                return financial_year_label(self.first_month)
            return f"year ending {month_label(self.last_month)}"
        if self.first_month.year == self.last_month.year:
            return f"{self.first_month.strftime('%B')} to {month_label(self.last_month)}"
        return f"{month_label(self.first_month)} to {month_label(self.last_month)}"


def month_at(ordinal: int) -> pd.Period:
    """The month of an ordinal (months since January 1970)."""
    return cast(pd.Period, pd.Period(ordinal=ordinal, freq="M"))


def later(month: pd.Period, months: int) -> pd.Period:
    """The month so many months later (earlier when negative)."""
    return month_at(month.ordinal + months)


def month_of(year: int, month: int) -> pd.Period:
    """The month of a year, 1 to 12."""
    return cast(pd.Period, pd.Period(year=year, month=month, freq="M"))


def parse_month(value: str | date | pd.Period) -> pd.Period:
    """Read a month from "2009-12", a date or datetime in it, or a Period.

    Raises:
        ValueError: the text is not a year and month.
    """
    if isinstance(value, pd.Period):
        return value if value.freqstr == "M" else value.asfreq("M", how="end")
    if isinstance(value, date):
        return month_of(value.year, value.month)
    match = _MONTH_TEXT.fullmatch(value.strip())
    if match is None or not 1 <= int(match[2]) <= MONTHS_A_YEAR:
        raise ValueError(f"'{value}' is not a month; write it as 2009-12")
    return month_of(int(match[1]), int(match[2]))


def parse_financial_year(text: str) -> Window:
    """Read a financial year, "2008/09" or "2008/9", as its twelve months from April.

    Raises:
        ValueError: the text is not a financial year, or its two years do not follow each other.
    """
    match = _FINANCIAL_YEAR_TEXT.fullmatch(text.strip())
    if match is None or int(match[2]) != (int(match[1]) + 1) % 100:
        raise ValueError(f"'{text}' is not a financial year; write it as 2008/09")
    april = month_of(int(match[1]), FIRST_MONTH_OF_FINANCIAL_YEAR)
    return Window(april, later(april, MONTHS_A_YEAR - 1))


def parse_quarter(text: str) -> Window:
    """Read a quarter of a financial year: "Q3 2009/10" is October to December 2009.

    Raises:
        ValueError: the text is not a quarter of a financial year.
    """
    match = _QUARTER_TEXT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a quarter; write it as Q3 2009/10")
    april = parse_financial_year(match[2]).first_month
    first = later(april, MONTHS_A_QUARTER * (int(match[1]) - 1))
    return Window(first, later(first, MONTHS_A_QUARTER - 1))


def month_label(month: pd.Period | date) -> str:
    """Return the month of a period or day in full: "December 2009"."""
    return f"{month.strftime('%B')} {month.year}"


def months_in_words(ordinals: Sequence[int]) -> str:
    """Months by ordinal, runs joined: "April to June 2009 and September 2009"."""
    runs: list[Window] = []
    for ordinal in sorted(ordinals):
        month = month_at(ordinal)
        if runs and ordinal == runs[-1].last_month.ordinal + 1:
            runs[-1] = Window(runs[-1].first_month, month)
        else:
            runs.append(Window(month, month))
    names = [run.label() for run in runs]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def financial_year_window(month: pd.Period) -> Window:
    """The financial year that a month lies in."""
    since_april = (month.month - FIRST_MONTH_OF_FINANCIAL_YEAR) % MONTHS_A_YEAR
    april = later(month, -since_april)
    return Window(april, later(april, MONTHS_A_YEAR - 1))


def financial_year_label(month: pd.Period) -> str:
    """The financial year that a month lies in, as "2009/10"."""
    start = financial_year_window(month).first_month.year
    return f"{start}/{(start + 1) % 100:02d}"


def quarter_window(month: pd.Period) -> Window:
    """The quarter of the financial year that a month lies in."""
    april = financial_year_window(month).first_month
    since_april = month.ordinal - april.ordinal
    first = later(april, since_april - since_april % MONTHS_A_QUARTER)
    return Window(first, later(first, MONTHS_A_QUARTER - 1))


def quarter_label(month: pd.Period) -> str:
    """The quarter that a month lies in, as "Q3 2009/10"."""
    since_april = month.ordinal - financial_year_window(month).first_month.ordinal
    return f"Q{since_april // MONTHS_A_QUARTER + 1} {financial_year_label(month)}"


def survey_label(year: int) -> str:
    """What a figure of a survey is for, as "the survey of 2009"."""
    return f"the survey of {year}"


def windows_for(
    basis: str, as_at: str | date | pd.Period, baseline_year: str | None = None
) -> tuple[Window, Window]:
    """The two windows that a change on a basis compares: (current, previous).

    month, quarter (up to as_at) and ytd (April to as_at) are set against the same months a year
    before; rolling_year is twelve months against the twelve before; baseline is the twelve months
    to as_at against the baseline financial year (they overlap while as_at is less than a year
    after it, and are the same window at its last month). Both always have the same length.

    Args:
        basis: one of ``BASES``.
        as_at: the last month that counts.
        baseline_year: a financial year ("2008/09"); needed for basis "baseline" only.

    Raises:
        ValueError: unknown basis, or basis "baseline" without a baseline year.
    """
    month = parse_month(as_at)
    first_months = {
        "month": month,
        "quarter": quarter_window(month).first_month,
        "ytd": financial_year_window(month).first_month,
        "rolling_year": later(month, 1 - MONTHS_A_YEAR),
        "baseline": later(month, 1 - MONTHS_A_YEAR),
    }
    if basis not in first_months:
        raise ValueError(f"'{basis}' is not a basis; choose one of {', '.join(BASES)}")
    current = Window(first_months[basis], month)
    if basis != "baseline":
        return current, current.moved_by(-MONTHS_A_YEAR)
    if baseline_year is None:
        raise ValueError("basis 'baseline' needs a baseline year, such as 2008/09")
    return current, parse_financial_year(baseline_year)
