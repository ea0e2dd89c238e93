from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.periods import Window, parse_month
from dashboard.metrics.windows import window_total


def window(first: str, last: str) -> Window:
    return Window(parse_month(first), parse_month(last))


def series(*rows: tuple) -> pd.DataFrame:
    columns = ["period_start", "period_kind", "value", "status"]
    return pd.DataFrame([(*row, "final")[:4] for row in rows], columns=columns)


def monthly(first: str, *values: float | None) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return series(*((start, "month", value) for start, value in zip(starts, values, strict=True)))


def test_months_add_up_and_zeros_are_figures():
    total = window_total(monthly("2009-04", 3, 0, 4), window("2009-04", "2009-06"))
    assert (total.value, total.missing, total.reason) == (7.0, (), "")
    assert total.period == "April to June 2009"


def test_a_missing_month_is_not_zero():
    total = window_total(monthly("2009-04", 3, None, 4), window("2009-04", "2009-06"))
    assert total.value is None
    assert total.missing == ("2009-05",)
    assert total.reason == "no figure for May 2009"


def test_missing_months_are_named_in_runs():
    total = window_total(monthly("2009-07", 3, 4), window("2009-04", "2009-10"))
    assert total.missing == ("2009-04", "2009-05", "2009-06", "2009-09", "2009-10")
    assert total.reason == "no figure for April to June 2009 and September to October 2009"


def test_an_empty_series_is_missing_everywhere():
    total = window_total(monthly("2009-04"), window("2009-04", "2010-03"))
    assert total.value is None
    assert total.reason == "no figure for 2009/10"
    assert len(total.missing) == 12


def test_quarters_cover_a_window_they_tile():
    quarters = series(("2009-04-01", "quarter", 10.0), ("2009-07-01", "quarter", 20.0))
    assert window_total(quarters, window("2009-04", "2009-09")).value == 30
    cut = window_total(quarters, window("2009-04", "2009-08"))
    assert cut.value is None
    assert cut.reason == "no figure for July to August 2009"


@pytest.mark.parametrize("kind", ["year", "rolling_year"])
def test_a_yearly_row_covers_exactly_its_span(kind):
    row = series(("2024-01-01", kind, 31505.0))
    assert window_total(row, window("2024-01", "2024-12")).value == 31505
    assert window_total(row, window("2024-01", "2024-11")).value is None
    assert window_total(row, window("2023-12", "2024-11")).value is None


def test_kinds_mix_only_when_they_fit_end_to_end():
    mixed = pd.concat([series(("2009-04-01", "quarter", 10.0)), monthly("2009-07", 1, 2)])
    assert window_total(mixed, window("2009-04", "2009-08")).value == 13
    overlapping = series(("2009-04-01", "quarter", 10.0), ("2009-06-01", "quarter", 9.0))
    total = window_total(overlapping, window("2009-04", "2009-08"))
    assert total.value is None
    assert total.reason == "the figures overlap and do not fit April to August 2009 exactly"


def test_months_are_preferred_to_longer_rows():
    both = pd.concat([monthly("2009-04", 1, 1, 1), series(("2009-04-01", "quarter", 99.0))])
    assert window_total(both, window("2009-04", "2009-06")).value == 3


def test_a_total_is_as_firm_as_its_least_firm_month():
    rows = series(
        ("2009-04-01", "month", 1.0, "final"),
        ("2009-05-01", "month", 1.0, "estimated"),
        ("2009-06-01", "month", 1.0, "provisional"),
    )
    assert window_total(rows, window("2009-04", "2009-06")).status == "estimated"
    without = rows.drop(columns="status")
    assert window_total(without, window("2009-04", "2009-06")).status == ""


def test_negative_counts_are_corrections_and_add():
    assert window_total(monthly("2009-04", 5, -2), window("2009-04", "2009-05")).value == 3


def test_the_last_value_inside_stands_for_a_stock():
    total = window_total(monthly("2009-04", 120, 130, None), window("2009-04", "2009-06"), "last")
    assert (total.value, total.period, total.months_before_end) == (130.0, "May 2009", 1)
    before = window_total(monthly("2009-04", 120), window("2009-05", "2009-06"), "last")
    assert before.value is None
    assert before.reason == "no figure in May to June 2009 to take in its place"


def test_a_year_counts_for_a_stock_when_it_ends_inside():
    year = series(("2008-04-01", "year", 31.0))
    assert window_total(year, window("2009-01", "2009-12"), "last").value == 31
    assert window_total(year, window("2009-04", "2009-12"), "last").value is None


def test_the_latest_wave_at_or_before_stands_for_a_survey():
    waves = series(("2008-10-01", "survey_wave", 23.0), ("2010-10-01", "survey_wave", 28.0))
    total = window_total(waves, window("2009-04", "2009-12"), "last")
    assert (total.value, total.is_survey_wave) == (23.0, True)
    assert total.period == "the survey of 2008"
    assert window_total(waves, window("2008-04", "2008-09"), "last").value is None
    assert window_total(waves, window("2008-10", "2008-10")).value is None


def test_two_values_for_a_month_are_refused():
    twice = pd.concat([monthly("2009-04", 1), monthly("2009-04", 2)])
    with pytest.raises(ValueError, match=r"^two values for the month that begins in 2009-04$"):
        window_total(twice, window("2009-04", "2009-04"))


def test_unknown_kinds_and_aggregations_are_refused():
    with pytest.raises(ValueError, match=r"^'week' is not a period kind$"):
        window_total(series(("2009-04-01", "week", 1.0)), window("2009-04", "2009-04"))
    with pytest.raises(ValueError, match=r"^'mean' is not an aggregation; choose sum or last$"):
        window_total(monthly("2009-04", 1), window("2009-04", "2009-04"), "mean")


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=40), st.data())
def test_a_window_is_the_sum_of_its_parts(values, data):
    rows = monthly("2006-04", *map(float, values))
    cut = data.draw(st.integers(1, len(values) - 1))
    first = parse_month("2006-04")
    whole = window_total(rows, Window(first, first + len(values) - 1)).value
    left = window_total(rows, Window(first, first + cut - 1)).value
    right = window_total(rows, Window(first + cut, first + len(values) - 1)).value
    assert whole == left + right == sum(values)


def test_a_suppressed_month_is_said_to_be_so_and_not_missing():
    figures = monthly("2009-04", 3, None, 4, None).assign(
        suppression=["", "fewer than 5", "", "suppressed"]
    )
    total = window_total(figures, window("2009-04", "2009-07"))
    assert total.value is None
    assert total.reason == "fewer than 5 in May 2009; suppressed in July 2009"
    longer = window_total(figures, window("2009-04", "2009-08"))
    assert longer.reason.endswith("; no figure for August 2009")
