from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.best_run import best_run, best_runs, has_been_done
from dashboard.metrics.periods import parse_month
from dashboard.words.targets import read_together

counts = st.lists(st.integers(0, 500), min_size=1, max_size=48)
AS_AT = parse_month("2009-12")


def monthly(first: str, values) -> pd.DataFrame:
    starts = pd.period_range(first, periods=len(values), freq="M").to_timestamp()
    return pd.DataFrame({"period_start": starts, "period_kind": "month", "value": values})


SERIES = monthly("2008-01", [50.0] * 12 + [40.0] * 6 + [45.0] * 6)


def test_the_best_run_of_any_months_and_of_the_same_season():
    lowest = best_run(SERIES, 6, AS_AT, lower_is_better=True)
    assert (lowest.mean, lowest.window.label()) == (40, "January to June 2009")
    assert lowest.runs == 19
    same_season = best_run(SERIES, 6, AS_AT, lower_is_better=True, ends_in=12)
    assert (same_season.mean, same_season.window.label()) == (45, "July to December 2009")
    assert same_season.runs == 2
    highest = best_run(SERIES, 6, AS_AT, lower_is_better=False)
    assert (highest.mean, str(highest.window.last_month)) == (50, "2008-12")


def test_nothing_after_the_month_it_is_as_at_counts():
    before = best_run(SERIES, 6, parse_month("2009-03"), lower_is_better=True)
    assert before.mean == pytest.approx((3 * 50 + 3 * 40) / 6)


def test_a_run_with_a_missing_month_is_no_run():
    values = [10.0, 1.0, np.nan, 1.0, 1.0, 10.0]
    found = best_run(monthly("2009-01", values), 2, AS_AT, lower_is_better=True)
    assert (found.mean, found.runs, found.window.label()) == (1, 3, "April to May 2009")
    none = best_run(monthly("2009-01", values), 4, AS_AT, lower_is_better=True)
    assert (none.mean, none.window) == (None, None)
    assert best_run(SERIES.iloc[:0], 1, AS_AT, lower_is_better=True).mean is None
    assert has_been_done(5, none, lower_is_better=True) is None


def test_has_been_done_or_not():
    best = best_run(SERIES, 6, AS_AT, lower_is_better=True)
    assert has_been_done(40, best, lower_is_better=True)
    assert has_been_done(39.9, best, lower_is_better=True) is False
    assert has_been_done(39.9, best, lower_is_better=False)


def test_runs_of_a_thousand_series_are_those_of_each():
    table = np.random.default_rng(1).poisson(50, (1000, 45)).astype(float)
    found = best_runs(table, 7, lower_is_better=True)
    assert found.mean.shape == (1000,)
    means = [table[123, at : at + 7].mean() for at in range(39)]
    assert found.mean[123] == pytest.approx(min(means))
    assert found.begins[123] == max(at for at, mean in enumerate(means) if mean == min(means))
    assert not best_runs(table, 46, lower_is_better=True).runs.any()
    with pytest.raises(ValueError, match=r"^a run has 1 month or more, not 0$"):
        best_runs(table, 0, lower_is_better=True)


@given(counts, st.integers(1, 12), st.booleans())
def test_the_best_run_is_on_record_and_nothing_is_better(values, months, lower):
    series = monthly("2006-01", [float(v) for v in values])
    best = best_run(series, months, AS_AT, lower)
    runs = [values[at : at + months] for at in range(len(values) - months + 1)]
    means = np.array([np.mean(run) for run in runs])
    if not len(means):
        assert best.mean is None
        return
    assert best.mean == pytest.approx(means.min() if lower else means.max())
    assert best.window.month_count == months
    assert has_been_done(best.mean, best, lower)
    season = best_run(series, months, AS_AT, lower, ends_in=best.window.last_month.month)
    assert season.mean == pytest.approx(best.mean)


def test_ahead_and_yet_harder_than_ever_reads_as_one_sentence():
    assert read_together("on track", "ahead", 434.6, 453.1, False, True) == (
        "on track: the last twelve months are as good as the path asks, but the months left must "
        "bring 435 each, 4% fewer than a year before; no such run is on record"
    )
    assert read_together("at risk", "clearly behind", 90, 89.9, True, True) == (
        "at risk: the last twelve months are behind the path, and the months left must bring 90 "
        "each, as many as a year before; as good a run is on record"
    )
    assert read_together("on track", "ahead", 12, None, None, False).endswith("bring 12 each")


def test_where_nothing_is_needed_it_says_so_or_nothing():
    assert read_together("on track", "no path", None, None, None, True) == ""
    assert read_together("on track", "ahead", None, None, None, True) == ""
    assert "no month to come" in read_together("off track", "out of reach", None, 1, None, True)
    assert "counted already" in read_together("on track", "reached early", 0, 1, True, False)
