from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.periods import (
    BASES,
    Window,
    financial_year_label,
    financial_year_window,
    parse_financial_year,
    parse_month,
    parse_quarter,
    quarter_label,
    quarter_window,
    windows_for,
)

months = st.integers(360, 720).map(lambda ordinal: pd.Period(ordinal=ordinal, freq="M"))


def window(first: str, last: str) -> Window:
    return Window(parse_month(first), parse_month(last))


@pytest.mark.parametrize(
    "value",
    ["2009-12", date(2009, 12, 31), pd.Timestamp("2009-12-05"),
     pd.Period("2009-12", "M"), pd.Period("2009-12-07", "D")],
)  # fmt: skip
def test_a_month_is_read_from_text_dates_and_periods(value):
    assert parse_month(value) == pd.Period("2009-12", "M")


@pytest.mark.parametrize("text", ["2009-13", "2009-00", "12-2009", "2009", "Dec 2009", ""])
def test_a_bad_month_says_how_to_write_it(text):
    with pytest.raises(ValueError, match=f"^'{text}' is not a month; write it as 2009-12$"):
        parse_month(text)


@pytest.mark.parametrize("text", ["2008/09", "2008/9"])
def test_a_financial_year_runs_from_april_to_march(text):
    assert parse_financial_year(text) == window("2008-04", "2009-03")


def test_a_financial_year_crosses_the_century():
    assert parse_financial_year("1999/00") == window("1999-04", "2000-03")


@pytest.mark.parametrize("text", ["2008/10", "2008/08", "2008", "2008-09", "08/09"])
def test_a_bad_financial_year_says_how_to_write_it(text):
    expected = f"^'{text}' is not a financial year; write it as 2008/09$"
    with pytest.raises(ValueError, match=expected):
        parse_financial_year(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q1 2009/10", "2009-04", "2009-06"),
        ("Q2 2009/10", "2009-07", "2009-09"),
        ("Q3 2009/10", "2009-10", "2009-12"),
        ("Q4 2009/10", "2010-01", "2010-03"),
    ],
)
def test_quarters_are_those_of_the_financial_year(text, first, last):
    assert parse_quarter(text) == window(first, last)
    assert quarter_window(parse_month(last)) == window(first, last)
    assert quarter_label(parse_month(first)) == text


def test_a_bad_quarter_says_how_to_write_it():
    with pytest.raises(
        ValueError, match=r"^'Q5 2009/10' is not a quarter; write it as Q3 2009/10$"
    ):
        parse_quarter("Q5 2009/10")


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2009-04", "2009-12", "April to December 2009"),
        ("2009-12", "2009-12", "December 2009"),
        ("2009-10", "2009-12", "October to December 2009"),
        ("2009-04", "2010-03", "2009/10"),
        ("2024-01", "2024-12", "year ending December 2024"),
        ("2009-11", "2010-01", "November 2009 to January 2010"),
        ("2006-04", "2009-12", "April 2006 to December 2009"),
    ],
)
def test_a_window_names_itself(first, last, label):
    assert window(first, last).label() == label


def test_a_window_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match=r"^a window cannot end \(2009-03\) before it begins "):
        window("2009-04", "2009-03")


@pytest.mark.parametrize(
    ("basis", "current", "previous"),
    [
        ("month", "November 2009", "November 2008"),
        ("quarter", "October to November 2009", "October to November 2008"),
        ("ytd", "April to November 2009", "April to November 2008"),
        ("rolling_year", "year ending November 2009", "year ending November 2008"),
        ("baseline", "year ending November 2009", "2008/09"),
    ],
)
def test_each_basis_compares_its_own_windows(basis, current, previous):
    found = windows_for(basis, "2009-11", "2008/09")
    assert [each.label() for each in found] == [current, previous]


def test_in_march_the_year_to_date_is_the_financial_year():
    assert [w.label() for w in windows_for("ytd", "2010-03")] == ["2009/10", "2008/09"]


def test_inside_the_baseline_year_the_rolling_year_is_still_compared_with_it():
    assert windows_for("baseline", "2008-12", "2008/09")[0] == window("2008-01", "2008-12")
    now, before = windows_for("baseline", "2009-03", "2008/09")
    assert now == before


def test_an_unknown_basis_lists_the_known_ones():
    expected = "^'week' is not a basis; choose one of month, quarter, ytd, rolling_year, baseline$"
    with pytest.raises(ValueError, match=expected):
        windows_for("week", "2009-12")


def test_the_baseline_basis_needs_its_year():
    with pytest.raises(ValueError, match=r"^basis 'baseline' needs a baseline year, such as"):
        windows_for("baseline", "2009-12")


@given(months, st.sampled_from(BASES))
def test_both_windows_have_the_same_length_and_the_current_one_ends_as_at(month, basis):
    now, before = windows_for(basis, month, "2008/09")
    assert now.month_count == before.month_count == len(now.months)
    assert now.last_month == month


@given(months)
def test_every_month_lies_in_its_own_year_and_quarter(month):
    assert month in financial_year_window(month).months
    assert month in quarter_window(month).months
    assert parse_financial_year(financial_year_label(month)) == financial_year_window(month)
    assert parse_quarter(quarter_label(month)) == quarter_window(month)


@given(months)
def test_a_window_ends_on_the_last_day_of_its_month(month):
    one = Window(month, month)
    assert (one.last_day - one.first_day).days + 1 == month.days_in_month
