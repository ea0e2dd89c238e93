"""Periods as people write them, and the ones that nobody can read for certain."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.periods import MONTH_NAMES, AmbiguousPeriodError, Period, parse_period

DECEMBER_2009 = Period(date(2009, 12, 1), "month")
OCTOBER_TO_DECEMBER_2009 = Period(date(2009, 10, 1), "quarter")
FINANCIAL_YEAR_2009 = Period(date(2009, 4, 1), "year")
YEAR_ENDING_DECEMBER_2024 = Period(date(2024, 1, 1), "rolling_year")


@pytest.mark.parametrize(
    "text",
    [
        "2009-12", "12/2009", "12-2009", "12.2009", "Dec-09", "Dec 09", "dec09", "Dec '09",
        "December 2009", "DECEMBER-2009", "Dec. 2009", "2009 Dec", "2009-Dec", "2009-12-01",
        "2009-12-01 00:00:00", "01/12/2009", "1/12/2009", " December\u00a0 2009 ", "Dec\u201309",
    ],
)  # fmt: skip
def test_a_month(text):
    assert parse_period(text) == DECEMBER_2009


def test_sept_is_september():
    assert parse_period("Sept 2009") == parse_period("Sep-09") == parse_period("2009-09")


@pytest.mark.parametrize(
    "text",
    [
        "Q3 2009/10", "q3 2009/10", "Q3 2009-10", "Q3, 2009/2010", "Q3 09/10", "2009/10 Q3",
        "2009-10 Q3", "Oct-Dec 2009", "October to December 2009", "Q3 FY2009/10",
    ],
)  # fmt: skip
def test_a_quarter(text):
    assert parse_period(text) == OCTOBER_TO_DECEMBER_2009


def test_the_fourth_quarter_lies_in_the_next_calendar_year():
    assert parse_period("Q4 2009/10") == Period(date(2010, 1, 1), "quarter")
    assert parse_period("Jan-Mar 2010") == Period(date(2010, 1, 1), "quarter")


@pytest.mark.parametrize("text", ["2009/10", "2009/2010", "2009-2010", "FY 2009-10", "FY2009/10"])
def test_a_financial_year(text):
    assert parse_period(text) == FINANCIAL_YEAR_2009


def test_a_financial_year_crosses_the_century():
    assert parse_period("1999/00") == parse_period("1999-00") == Period(date(1999, 4, 1), "year")


@pytest.mark.parametrize(
    "text",
    ["year ending 2024-12", "Year ending December 2024", "YE Dec 2024", "year to Dec-24"],
)
def test_a_year_ending(text):
    assert parse_period(text) == YEAR_ENDING_DECEMBER_2024


def test_a_year_ending_in_october_is_not_ambiguous():
    assert parse_period("year ending 2009-10") == Period(date(2008, 11, 1), "rolling_year")


def test_a_wave():
    assert parse_period("Wave 2009") == Period(date(2009, 1, 1), "survey_wave")


@pytest.mark.parametrize("year", range(2000, 2012))
def test_a_year_and_month_that_may_be_two_years_is_refused_with_both_readings(year):
    text = f"{year}-{(year + 1) % 100:02}"
    with pytest.raises(AmbiguousPeriodError) as raised:
        parse_period(text)
    month, financial_year = raised.value.readings
    assert month == Period(date(year, (year + 1) % 100, 1), "month")
    assert financial_year == Period(date(year, 4, 1), "year")


def test_the_error_says_both_readings():
    with pytest.raises(AmbiguousPeriodError, match=r"October 2009 or as the financial year 2009/1"):
        parse_period("2009-10")


def test_from_2012_on_nothing_is_ambiguous():
    assert parse_period("2012-13") == Period(date(2012, 4, 1), "year")
    assert parse_period("2012-12") == Period(date(2012, 12, 1), "month")


@pytest.mark.parametrize("text", ["Q3 2009", "2009 Q3", "2009-Q3"])
def test_a_quarter_of_nobody_knows_which_year_is_refused_with_both_readings(text):
    with pytest.raises(AmbiguousPeriodError) as raised:
        parse_period(text)
    assert [str(each) for each in raised.value.readings] == [
        "July to September 2009",
        "October to December 2009",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "", "2009", "2009-13", "2009-00", "00/2009", "13/2009", "2009/12", "2009/11", "Q5 2009/10",
        "Q3 2009/11", "Nov-Jan 2010", "Oct 2009 to Dec 2009", "09/10", "31/12/2009", "2009-12-31",
        "2009-12-01 13:05:00", "12/1/2009", "40148", "Smarch 2009", "wave", "year ending 2009",
        "२००९-१२", "2009-12\x00", "-2009-12", "2009-1 2", "Dec-9",
    ],
)  # fmt: skip
def test_what_is_not_a_period_is_refused(text):
    with pytest.raises(ValueError, match=r"is|month must") as raised:
        parse_period(text)
    assert not isinstance(raised.value, AmbiguousPeriodError)


@pytest.mark.parametrize("text", ["2009-12", "Q2 2009/10", "1999/00", "YE Oct 2009", "wave 2009"])
def test_a_period_in_words_is_read_back(text):
    period = parse_period(text)
    assert parse_period(str(period)) == period


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_value_error(text):
    with suppress(ValueError):
        parse_period(text)


@given(st.dates(date(1970, 1, 1), date(2068, 12, 1)), st.sampled_from(["%s %d", "%s-%d"]))
def test_a_month_in_words_is_read_back(day, form):
    name = MONTH_NAMES[day.month - 1]
    expected = Period(day.replace(day=1), "month")
    assert parse_period(form % (name, day.year)) == expected
    assert parse_period(f"{name[:3]}-{day.year % 100:02}") == expected
    assert parse_period(str(expected)) == expected
