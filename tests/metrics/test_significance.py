from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.metrics.change import change_between
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.dispersion import dispersion_of_rolling_years
from dashboard.metrics.intervals import percent_interval
from dashboard.metrics.periods import parse_month, windows_for
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.series_dispersion import histories_of, history_of_series
from dashboard.metrics.significance import (
    LIKE_SERIES,
    OWN_HISTORY,
    Significance,
    significance_of_counts,
    significance_of_percents,
)
from dashboard.words.change import change_in_words, significance_in_words
from dashboard.words.reasons import reason_in_words

NOW, BEFORE = windows_for("ytd", "2009-12")


def monthly(first: str, counts) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(counts), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": counts})


def test_words_say_what_chance_has_to_do_with_it():
    large = significance_of_counts(23000, 19886, dispersion=2.0, dispersion_from=OWN_HISTORY)
    assert significance_in_words(large) == "larger than chance would explain"
    small = significance_of_counts(50, 45, dispersion_from=OWN_HISTORY)
    assert significance_in_words(small) == "no larger than chance would explain"
    elsewhere = significance_of_counts(500, 300, dispersion_from=LIKE_SERIES)
    assert significance_in_words(elsewhere).endswith(", going by how such counts usually change")
    as_much = significance_of_counts(500, 490, dispersion_from=LIKE_SERIES)
    assert significance_in_words(as_much) == (
        "no larger than chance would explain: such counts often change by as much from one year to "
        "the next"
    )
    unknown = significance_of_counts(500, 300)
    assert significance_in_words(unknown).endswith(
        ", without allowance for the usual ups and downs"
    )
    assert significance_in_words(Significance(not_tested=because(Because.STOCK))) == ""


def test_limits_and_verdict_agree():
    found = significance_of_counts(1000, 900, dispersion=1.2)
    assert found.is_beyond_chance
    assert found.ratio_95[1] < 1 < found.ratio_998[1]
    assert found.difference_95[1] < 0 < found.difference_998[1]
    assert found.e_test_p_value == pytest.approx(found.p_value, rel=0.1)


def test_a_rate_has_the_exposure_of_each_period():
    # A tenth more events among a tenth more residents is no change at all.
    found = significance_of_counts(
        1000, 1100, exposure_before=100_000, exposure_after=110_000, per=1000
    )
    assert found.p_value == 1
    assert found.difference_95[0] == pytest.approx(-found.difference_95[1], rel=0.01)
    assert significance_of_counts(1000, 1100).p_value < 0.05


def test_what_cannot_be_tested_says_so():
    assert significance_of_counts(-3, 5).not_tested == because(Because.NO_COUNT)
    open_above = significance_of_counts(0, 5)
    assert open_above.ratio_95[1] is None


def test_surveys_are_called_only_when_clear_of_both():
    near = significance_of_percents(23, 30, sample_before=400, sample_after=400)
    assert significance_in_words(near) == "clear of the error of both surveys"
    fewer = significance_of_percents(23, 30, sample_before=150, sample_after=150)
    assert significance_in_words(fewer) == "within the error of the two surveys"
    assert fewer.difference_95[0] < 0 < fewer.difference_95[1]
    effect = significance_of_percents(23, 30, sample_before=400, sample_after=400, design_effect=3)
    assert not effect.is_beyond_chance
    assert significance_of_percents(23, 30, sample_before=400).not_tested == because(
        Because.NO_SAMPLE
    )


def test_published_limits_stand_for_a_missing_sample():
    limits = [tuple(float(edge) for edge in percent_interval(p, 400)) for p in (23, 30)]
    found = significance_of_percents(23, 30, limits_before=limits[0], limits_after=limits[1])
    own = significance_of_percents(23, 30, sample_before=400, sample_after=400)
    assert found.difference_95 == pytest.approx(own.difference_95)


def test_a_sentence_ends_with_the_verdict():
    change = change_between(19886, 23000)
    tested = significance_of_counts(23000, 19886, dispersion=2.0, dispersion_from=OWN_HISTORY)
    before = "April to December 2008"
    whole = replace(change, noun="crimes", significance=tested, previous_label=before)
    assert change_in_words(whole) == (
        "3,114 fewer crimes than in April to December 2008, a fall of 14%; larger than chance "
        "would explain"
    )


def test_the_history_ends_at_as_at():
    rng = np.random.default_rng(1)
    calm = rng.poisson(100, 48)
    series = monthly("2006-01", [*calm, *rng.integers(10, 400, 24)])
    assert history_of_series(series, parse_month("2009-12")).estimate < 2
    assert history_of_series(series, parse_month("2011-12")).estimate > 3
    years = series.assign(period_kind="rolling_year")
    assert not history_of_series(years.head(36), parse_month("2011-12")).is_own


def test_years_that_end_each_quarter_give_the_factor_of_their_quarters():
    rng = np.random.default_rng(8)
    quarters = 3 * rng.poisson(100, 43)
    years = np.convolve(quarters, np.ones(4), "valid")
    starts = pd.period_range("2000-01", periods=40, freq="Q").to_timestamp()
    series = pd.DataFrame({"period_start": starts, "period_kind": "rolling_year", "value": years})
    # A year that ends between two of them is out of step, and has no say.
    odd = series.iloc[[5]].assign(period_start=pd.Timestamp("2001-05-01"), value=9e9)
    both = pd.concat([series, odd], ignore_index=True)
    found = history_of_series(both, parse_month("2010-09"))
    assert found == pytest.approx(tuple(map(float, dispersion_of_rolling_years(years))))
    assert 1.5 < found.estimate < 5
    many = histories_of(series.assign(area_code="A"), ["area_code"], parse_month("2010-09"))
    assert many.estimate.tolist() == [pytest.approx(float(found.estimate))]


@pytest.mark.parametrize(
    ("period", "is_compared"),
    [
        ("2009/10", False), ("2008/09", False), ("Q1 2009/10", False), ("2009-12", False),
        ("", False), ("2007/08", True), ("2010/11", True), ("2009-02", True), ("wave 2009", True),
    ],
)  # fmt: skip
def test_unreliable_figures_are_not_compared(period, is_compared):
    reason = why_not_comparable([(period, "unreliable")], NOW, BEFORE)
    assert (not reason) == is_compared


@pytest.mark.parametrize(
    ("period", "is_compared"),
    [
        ("2009-02", False), ("2008-05", False), ("2008-04", True), ("2008-03", True),
        ("2010-01", True), ("2008/09", False), ("2009/10", False), ("2007/08", True), ("", False),
    ],
)  # fmt: skip
def test_a_break_between_or_inside_the_windows_stops_the_comparison(period, is_compared):
    reason = why_not_comparable([(period, "break")], NOW, BEFORE)
    assert (not reason) == is_compared


def test_notes_of_a_wave_are_held_against_the_waves():
    surveys = 2010, 2008
    for effect, wave, is_compared in (
        ("unreliable", 2008, False), ("unreliable", 2009, True), ("break", 2009, False),
        ("break", 2010, False), ("break", 2008, True),
    ):  # fmt: skip
        reason = why_not_comparable([(f"wave {wave}", effect)], NOW, BEFORE, surveys)
        assert (not reason) == is_compared


def test_reasons_name_the_period_and_other_notes_give_none():
    notes = [("2009/10", "unreliable"), ("2009-02", "break"), ("", "caution"), ("", "context")]
    assert reason_in_words(why_not_comparable(notes, NOW, BEFORE)) == (
        "a note calls the figures for 2009/10 unreliable; "
        "there is a break in the series in February 2009"
    )
