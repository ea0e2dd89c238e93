"""A plan ends with its period; what it set for later stays open until that is due."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.metrics.goals import closing_month


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (None, "2011-03"),
        (date(2010, 7, 31), "2011-03"),
        (date(2011, 3, 31), "2011-03"),
        (date(2012, 6, 1), "2012-06"),
    ],
)
def test_the_last_month_is_that_of_the_period_or_of_a_later_due_date(due, last):
    assert str(closing_month("2010/11", pd.Period("2020-01", "M"), due)) == last


def test_in_its_last_month_a_plan_is_not_closed_yet():
    assert closing_month("2010/11", pd.Period("2011-03", "M")) is None
    assert str(closing_month("2010/11", pd.Period("2011-04", "M"))) == "2011-03"
    assert closing_month("2010/11", pd.Period("2011-04", "M"), date(2011, 9, 30)) is None


def test_a_period_that_is_no_financial_year_names_no_end():
    assert closing_month("2009 to 2012", pd.Period("2025-03", "M")) is None
