from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.periods import Window, month_at, parse_month
from dashboard.metrics.reasons import NO_REASON, Because, because
from dashboard.metrics.window_rows import SPAN_MONTHS
from dashboard.metrics.windows import STATUS_ORDER, totals_over, window_total, window_totals
from dashboard.words.reasons import reason_in_words

APRIL_2008 = parse_month("2008-04").ordinal


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
    assert (total.value, total.missing, total.why) == (7.0, (), NO_REASON)
    assert total.period == "April to June 2009"


def test_a_missing_month_is_not_zero():
    total = window_total(monthly("2009-04", 3, None, 4), window("2009-04", "2009-06"))
    assert total.value is None
    assert total.missing == ("2009-05",)
    assert reason_in_words(total.why) == "no figure for May 2009"
    assert total.why == because(Because.MISSING, (parse_month("2009-05").ordinal,))


def test_missing_months_are_named_in_runs():
    total = window_total(monthly("2009-07", 3, 4), window("2009-04", "2009-10"))
    assert total.missing == ("2009-04", "2009-05", "2009-06", "2009-09", "2009-10")
    assert (
        reason_in_words(total.why)
        == "no figure for April to June 2009 and September to October 2009"
    )


def test_an_empty_series_is_missing_everywhere():
    total = window_total(monthly("2009-04"), window("2009-04", "2010-03"))
    assert total.value is None
    assert reason_in_words(total.why) == "no figure for 2009/10"
    assert len(total.missing) == 12


def test_quarters_cover_a_window_they_tile():
    quarters = series(("2009-04-01", "quarter", 10.0), ("2009-07-01", "quarter", 20.0))
    assert window_total(quarters, window("2009-04", "2009-09")).value == 30
    cut = window_total(quarters, window("2009-04", "2009-08"))
    assert cut.value is None
    assert reason_in_words(cut.why) == "no figure for July to August 2009"


@pytest.mark.parametrize("kind", ["year", "rolling_year"])
def test_a_yearly_row_covers_exactly_its_span(kind):
    row = series(("2024-01-01", kind, 31505.0))
    assert window_total(row, window("2024-01", "2024-12")).value == 31505
    assert window_total(row, window("2024-01", "2024-11")).value is None
    assert window_total(row, window("2023-12", "2024-11")).value is None


def test_kinds_are_never_added_to_each_other():
    mixed = pd.concat([series(("2009-04-01", "quarter", 10.0)), monthly("2009-07", 1, 2)])
    assert window_total(mixed, window("2009-04", "2009-08")).value is None
    assert window_total(mixed, window("2009-07", "2009-08")).value == 3


def test_rows_that_overlap_are_no_total():
    overlapping = series(("2009-04-01", "quarter", 10.0), ("2009-06-01", "quarter", 9.0))
    total = window_total(overlapping, window("2009-04", "2009-08"))
    assert total.value is None
    assert (
        reason_in_words(total.why)
        == "the figures overlap and do not fit April to August 2009 exactly"
    )
    assert total.why.names == (Because.OVERLAP,)


def test_the_finest_kind_that_fits_alone_is_taken():
    quarters = [(f"2009-{month:02d}-01", "quarter", 10.0) for month in (1, 4, 7, 10)]
    both = pd.concat([monthly("2009-01", 1, 2), series(*quarters, ("2009-01-01", "year", 41.0))])
    assert window_total(both, window("2009-01", "2009-12")).value == 40
    assert window_total(both, window("2009-01", "2009-02")).value == 3


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
    assert reason_in_words(before.why) == "no figure in May to June 2009 to take in its place"
    assert before.why.names == (Because.NONE_INSIDE,)


def test_a_year_counts_for_a_stock_when_it_ends_inside():
    year = series(("2008-04-01", "year", 31.0))
    assert window_total(year, window("2009-01", "2009-12"), "last").value == 31
    assert window_total(year, window("2009-04", "2009-12"), "last").value is None


def test_the_latest_wave_at_or_before_stands_for_a_survey():
    waves = series(("2008-10-01", "survey_wave", 23.0), ("2010-10-01", "survey_wave", 28.0))
    total = window_total(waves, window("2009-04", "2009-12"), "last")
    assert (total.value, total.survey_year) == (23.0, 2008)
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
    assert reason_in_words(total.why) == "fewer than 5 in May 2009; suppressed in July 2009"
    assert total.why.names == (Because.HIDDEN, Because.HIDDEN)
    assert total.why.parts[0].values == ("fewer than 5", (parse_month("2009-05").ordinal,))
    longer = window_total(figures, window("2009-04", "2009-08"))
    assert reason_in_words(longer.why).endswith("; no figure for August 2009")


@st.composite
def many_series(draw):
    """Up to four series, each of rows of one kind with gaps, a quarter or a month apart."""
    rows = []
    for area in draw(st.sets(st.sampled_from("ABCD"), min_size=1)):
        kind = draw(st.sampled_from(list(SPAN_MONTHS)))
        step = min(SPAN_MONTHS[kind], draw(st.sampled_from([1, 3])))
        for place in draw(st.sets(st.integers(0, 36 // step), min_size=1)):
            value = draw(st.one_of(st.none(), st.integers(-9, 99)))
            start = month_at(APRIL_2008 + step * place).start_time
            rows.append((area, start, kind, value, draw(st.sampled_from(STATUS_ORDER))))
    columns = ["area_code", "period_start", "period_kind", "value", "status"]
    frame = pd.DataFrame(draw(st.permutations(rows)), columns=columns)
    return frame.astype({"value": float})


windows_of_any_length = st.lists(
    st.builds(
        lambda start, length: Window(month_at(start), month_at(start + length - 1)),
        st.integers(APRIL_2008 - 2, APRIL_2008 + 30),
        st.one_of(st.sampled_from([1, 3, 6, 9, 12, 24]), st.integers(1, 26)),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def step_by_step(rows: pd.DataFrame, window: Window) -> tuple[float | None, str]:
    """The total and status of one series of one kind: row after row from the window's start."""
    known = rows[rows["value"].notna()]
    of_month = {
        pd.Period(row.period_start, freq="M").ordinal: (row.value, row.status)
        for row in known.itertuples()
    }
    month, total, statuses = window.first_month.ordinal, 0.0, []
    while month <= window.last_month.ordinal:
        if month not in of_month:
            return None, ""
        value, status = of_month[month]
        total, month = total + value, month + SPAN_MONTHS[rows["period_kind"].iloc[0]]
        statuses.append(STATUS_ORDER.index(status))
    is_exact = month == window.last_month.ordinal + 1
    return (total, STATUS_ORDER[max(statuses)]) if is_exact else (None, "")


@given(many_series(), windows_of_any_length)
def test_many_series_and_windows_are_as_each_row_by_row(frame, windows):
    found = totals_over(frame, ["area_code"], windows)
    assert found.keys["area_code"].tolist() == sorted(frame["area_code"].unique())
    for area, values in zip(found.keys["area_code"], found.values, strict=True):
        own = frame[frame["area_code"].eq(area)]
        expected = [step_by_step(own, window) for window in windows]
        np.testing.assert_array_equal(values, np.array([each[0] for each in expected], float))
        alone = window_totals(own, windows)
        assert [(each.value, each.status) for each in alone] == expected
        assert [bool(each.why) for each in alone] == [each[0] is None for each in expected]


@given(many_series(), windows_of_any_length)
def test_months_that_are_missing_lie_in_no_row_of_the_window(frame, windows):
    own = frame[frame["area_code"].eq(frame["area_code"].iloc[0])]
    starts = pd.PeriodIndex(own.loc[own["value"].notna(), "period_start"], freq="M")
    span = SPAN_MONTHS[own["period_kind"].iloc[0]]
    for window, total in zip(windows, window_totals(own, windows), strict=True):
        if total.why.names != (Because.MISSING,):
            continue
        inside = [each for each in starts if each in window.months]
        covered = {
            str(each + step) for each in inside for step in range(span)
            if each + span - 1 in window.months
        }  # fmt: skip
        assert total.missing == tuple(
            str(month) for month in window.months if str(month) not in covered
        )


def test_a_table_without_rows_or_windows_is_empty():
    frame = monthly("2009-04", 1).assign(area_code="A")
    assert totals_over(frame, ["area_code"], []).values.shape == (1, 0)
    assert window_totals(frame, []) == []
    none = totals_over(frame.iloc[:0], ["area_code"], [window("2009-04", "2009-04")])
    assert none.values.shape == (0, 1)
