"""One year's denominators for all members, so that their rates compare."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.members import with_one_years_denominators

MEMBERS = pd.DataFrame({"area_code": ["a", "b", "c"], "count": [10.0, 20.0, None]})


def denominators(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "denominator_year", "denominator"])


def test_the_latest_year_that_all_have_is_taken_not_each_ones_own() -> None:
    known = denominators(("a", 2022, 100), ("a", 2024, 110), ("b", 2022, 200), ("c", 2024, 9))
    found, year = with_one_years_denominators(MEMBERS, known, 2024)
    assert year == 2022
    assert found["denominator"].iloc[:2].tolist() == [100, 200]


def test_a_year_before_the_figures_goes_before_one_after() -> None:
    known = denominators(("a", 2019, 1), ("b", 2019, 1), ("a", 2021, 2), ("b", 2021, 2))
    assert with_one_years_denominators(MEMBERS, known, 2020)[1] == 2019


def test_where_no_year_has_all_the_one_with_most_leaves_the_others_without_a_rate() -> None:
    known = denominators(("a", 2022, 100), ("b", 2020, 200), ("a", 2020, 90), ("b", 2019, 1))
    known = known[~(known["area_code"].eq("a") & known["denominator_year"].eq(2020))]
    found, year = with_one_years_denominators(MEMBERS, known, 2024)
    assert year == 2022
    assert found["denominator"].isna().tolist() == [False, True, True]


def test_without_any_there_is_no_year() -> None:
    found, year = with_one_years_denominators(MEMBERS, denominators(), 2024)
    assert year is None
    assert found["denominator"].isna().all()
