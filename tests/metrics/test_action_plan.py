"""Dates and money are read from the plan's words as a person reads them, or left open."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.metrics.action_plan import funding_of, is_late, timing_of


@pytest.mark.parametrize(
    ("text", "kind", "month"),
    [
        ("By July 2010", "due", "2010-07"),
        ("Sept 2010", "due", "2010-09"),
        ("Roll-out April/ May 2010", "due", "2010-05"),
        ("On-going to April 2011", "due", "2011-04"),
        ("Business case June 2010", "due", "2010-06"),
        ("By Q2", "due", "2010-09"),
        ("By end Q3", "due", "2010-12"),
        ("By end Q4", "due", "2011-03"),
        ("By end Q1 2010", "due", "2010-06"),
        ("From Q1 onwards", "begins", "2010-04"),
        ("Start April 2010", "begins", "2010-04"),
        ("Commencing by Apr 10", "begins", "2010-04"),
        ("April 2010, on-going", "begins", "2010-04"),
        ("On-going", "on-going", None),
        ("Investment on-going", "on-going", None),
        ("TBA", "to be agreed", None),
        ("", "not given", None),
        ("Jan – September, peak over summer", "unclear", None),
        ("Maybe 10 times", "unclear", None),
    ],
)
def test_when_an_action_is_due(text, kind, month):
    found = timing_of(text, "2010/11")
    assert (found.kind, found.month and str(found.month)) == (kind, month)


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (("✓",), "funded"),
        (("✓", "-", ""), "funded"),
        (("✓ TBA",), "part funded"),
        (("Part funded", "Partnership"), "part funded"),
        (("✓", "Children's Trust", "Funding deficit of £x"), "part funded"),
        (("No additional funding; some changes within existing resources",), "part funded"),
        (("No funding identified", "TBA"), "unfunded"),
        (("TBA", "External funds to be secured"), "unfunded"),
        (("", "TBA", "Not costed, resources not identified"), "unfunded"),
        (("", "Subject to funding from Home Office"), "unfunded"),
        (("TBA", "", "Subject to agreed recommendations"), "to be agreed"),
        (("", "TBA"), "to be agreed"),
        (("Within mainstream budgets",), "funded"),
        (("", "SSCF"), "funded"),
        (("",), "not given"),
    ],
)
def test_whether_the_money_is_there(texts, word):
    assert funding_of(*texts) == word


def test_an_action_is_late_once_its_month_is_past_and_nobody_said_it_is_done():
    due = timing_of("June 2010", "2010/11")
    assert not is_late(due, pd.Period("2010-06", "M"), is_finished=False)
    assert is_late(due, pd.Period("2010-07", "M"), is_finished=False)
    assert not is_late(due, pd.Period("2010-07", "M"), is_finished=True)
    assert not is_late(due, pd.Period("2025-03", "M"), is_finished=False, is_closed=True)
    begins = timing_of("From June 2010", "2010/11")
    assert not is_late(begins, pd.Period("2011-07", "M"), is_finished=False)
