from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.change import change_between, change_on_basis
from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.words.change import change_in_words
from dashboard.words.reasons import reason_in_words

PUBLISHED = pd.read_csv(Path(__file__).parent / "reference" / "small_bases.csv")
NUMERIC = PUBLISHED[~PUBLISHED["published"].str.startswith("[")]
SMALL = PUBLISHED[PUBLISHED["published"] == "[u]"]
counts = st.integers(1, 10**6)


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


def test_percentages_are_those_ons_published_to_the_last_place():
    found = percent_change(NUMERIC["current"], NUMERIC["previous"])
    np.testing.assert_allclose(found, NUMERIC["published"].astype(float), rtol=1e-12)


def test_the_workbook_withholds_where_either_count_is_under_fifty():
    percent = percent_change(PUBLISHED["current"], PUBLISHED["previous"])
    found = withhold_small_base(percent, PUBLISHED["previous"], PUBLISHED["current"])
    assert np.isnan(found[SMALL.index]).all()
    assert np.isfinite(found[NUMERIC.index]).all()


def test_the_rule_of_the_note_looks_at_the_base_only():
    base, now = np.array([49, 50, 50, 0, np.nan]), np.array([60, 60, 10, 5, 5])
    found = withhold_small_base(percent_change(now, base), base)
    np.testing.assert_array_equal(np.isnan(found), [True, False, False, True, True])


@pytest.mark.parametrize(("now", "base"), [(5, 0), (0, 0), (5, -3), (math.nan, 5), (5, math.nan)])
def test_no_percent_of_nothing_of_less_than_nothing_or_of_the_unknown(now, base):
    assert math.isnan(percent_change(now, base))


def test_a_negative_current_count_still_has_a_percent():
    assert percent_change(-10, 100) == -110


@given(counts, counts)
def test_a_percent_change_takes_the_base_to_the_current_count(now, base):
    assert base * (1 + percent_change(now, base) / 100) == pytest.approx(now, rel=1e-9)


@given(counts, counts)
def test_the_change_back_undoes_the_change(now, base):
    there, back = percent_change(now, base), percent_change(base, now)
    assert (1 + there / 100) * (1 + back / 100) == pytest.approx(1, rel=1e-9)


def test_counts_change_by_number_and_percent():
    change = change_between(31505, 33739)
    assert change.number == -2234
    assert change.percent == pytest.approx(-6.621417350840273, rel=1e-12)
    assert change_in_words(change) == "2,234 fewer than before, a fall of 7%"


def test_a_small_base_keeps_the_number():
    change = change_between(20, 49)
    assert (change.number, change.percent) == (-29, None)
    assert reason_in_words(change.percent_withheld) == "the earlier figure is under 50"
    expected = "29 fewer than before (no percentage: the earlier figure is under 50)"
    assert change_in_words(change) == expected


def test_fifty_is_not_a_small_base():
    assert change_between(49, 50).percent == -2


@pytest.mark.parametrize(
    ("now", "base", "sentence"),
    [
        (100, 100, "the same as before"),
        (10001, 10000, "1 more than before, a rise of less than 1%"),
        (1125, 1000, "125 more than before, a rise of 13%"),
        (875, 1000, "125 fewer than before, a fall of 13%"),
        (0, 100, "100 fewer than before, a fall of 100%"),
    ],
)
def test_a_change_says_itself_in_words(now, base, sentence):
    assert change_in_words(change_between(now, base)) == sentence


@pytest.mark.parametrize(
    ("now", "base", "sentence"),
    [
        (30, 23, "7 percentage points higher than before"),
        (22, 23, "1 percentage point lower than before"),
        (23.25, 23, "0.3 percentage points higher than before"),
    ],
)
def test_percentages_change_in_points(now, base, sentence):
    change = change_between(now, base, "percent")
    assert change.in_points
    assert change.percent is None
    assert (
        reason_in_words(change.percent_withheld)
        == "the change of a percentage is given in percentage points"
    )
    assert change_in_words(change) == sentence


def test_a_rate_is_withheld_by_the_count_behind_it():
    assert change_between(1.1, 1.0, "rate").percent == pytest.approx(10)
    assert change_between(1.1, 1.0, "rate", base_count=49).percent is None
    sentence = change_in_words(change_between(110, 100, "rate", base_count=500))
    assert sentence == "10 higher than before, a rise of 10%"


@pytest.mark.parametrize(
    ("now", "base", "which"),
    [(None, 5, "the later"), (5, None, "the earlier"), (math.nan, None, "either")],
)
def test_a_missing_figure_is_not_compared(now, base, which):
    change = change_between(now, base)
    assert not change.is_comparable
    assert change_in_words(change) == f"not compared: no figure for {which} period"


def test_an_unknown_unit_is_refused():
    expected = "^'weight' is not a unit; choose count, rate or percent$"
    with pytest.raises(ValueError, match=expected):
        change_between(1, 2, "weight")


def test_a_basis_names_both_windows():
    series = monthly("2008-04", [1000] * 12 + [880] * 9)
    change = change_on_basis(series, "2009-12", "ytd")
    assert (change.current, change.previous, change.number) == (7920, 9000, -1080)
    assert change.current_label == "April to December 2009"
    expected = "1,080 fewer than in April to December 2008, a fall of 12%"
    assert change_in_words(change) == expected


def test_a_missing_month_on_either_side_stops_the_comparison():
    values = [1000.0] * 21
    values[2], values[20] = None, None
    change = change_on_basis(monthly("2008-04", values), "2009-12", "ytd")
    assert not change.is_comparable
    assert change.missing == ("2008-06", "2009-12")
    assert (
        reason_in_words(change.not_comparable)
        == "no figure for December 2009; no figure for June 2008"
    )
    assert (change.number, change.percent) == (None, None)


def test_one_side_known_is_kept_but_not_compared():
    change = change_on_basis(monthly("2009-04", [10] * 9), "2009-12", "ytd")
    assert (change.current, change.previous, change.number) == (90, None, None)


def test_the_baseline_year_is_set_against_the_rolling_year():
    series = monthly("2008-04", [100] * 12 + [80] * 12)
    change = change_on_basis(series, "2010-03", "baseline", baseline_year="2008/09")
    assert change.percent == pytest.approx(-20)
    assert (change.current_label, change.previous_label) == ("2009/10", "2008/09")


def test_nothing_is_compared_with_a_baseline_year_that_is_not_over():
    series = monthly("2007-04", [120] * 12 + [100] * 12)
    early = change_on_basis(series, "2009-02", "baseline", baseline_year="2008/09")
    assert (early.number, early.percent) == (None, None)
    assert (
        reason_in_words(early.not_comparable)
        == "2008/09, the baseline, was not over in February 2009"
    )
    assert change_on_basis(series, "2009-03", "baseline", baseline_year="2008/09").number == 0


def test_years_published_as_rows_compare_on_the_rolling_year():
    series = pd.DataFrame(
        {
            "period_start": ["2023-01-01", "2024-01-01"],
            "period_kind": "rolling_year",
            "value": [33739, 31505],
        }
    )
    change = change_on_basis(series, "2024-12", "rolling_year")
    expected = "2,234 fewer than in the year ending December 2023, a fall of 7%"
    assert change_in_words(change) == expected
    assert not change_on_basis(series, "2024-12", "ytd").is_comparable


def test_unlike_months_of_a_stock_are_not_compared():
    values = [100.0] * 21
    values[20] = None
    change = change_on_basis(monthly("2008-04", values), "2009-12", "ytd", aggregation="last")
    expected = "the latest figure is for November 2009, the earlier one for December 2008"
    assert reason_in_words(change.not_comparable) == expected


def test_one_survey_wave_is_not_compared_with_itself():
    wave = pd.DataFrame(
        {"period_start": ["2008-10-01"], "period_kind": ["survey_wave"], "value": [23.0]}
    )
    change = change_on_basis(wave, "2010-03", "rolling_year", aggregation="last", unit="percent")
    assert (
        reason_in_words(change.not_comparable)
        == "the survey of 2008 is the latest for both periods"
    )


def test_two_survey_waves_compare_in_points():
    waves = pd.DataFrame(
        {
            "period_start": ["2008-10-01", "2009-10-01"],
            "period_kind": "survey_wave",
            "value": [23.0, 26.0],
        }
    )
    change = change_on_basis(waves, "2009-12", "ytd", aggregation="last", unit="percent")
    expected = "3 percentage points higher than in the survey of 2008"
    assert change_in_words(change) == expected
