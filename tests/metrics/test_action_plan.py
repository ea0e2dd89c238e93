"""Dates and money are read from the plan's words as a person reads them, or left open."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.metrics.action_plan import (
    Payer,
    funding_of,
    is_late,
    money_of,
    payers_in,
    pounds_in,
    timing_of,
)


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


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£15,000", 15_000),
        ("Circa £1M", 1_000_000),
        ("Est. £20,000", 20_000),
        ("£54,000 to April 2010 for set up costs", 54_000),
        ("(£15k)", 15_000),
        ("£2.5m", 2_500_000),
        ("£1,000; £500 for posters", 1_500),
        ("£20,000 to £30,000", None),
        ("Funding deficit of £x", None),
        ("TBA", None),
        ("", None),
    ],
)
def test_a_sum_is_read_or_left_open(text, pounds):
    assert pounds_in(text) == pounds


def test_payers_are_read_with_their_sums_and_nobody_is_made_up():
    assert payers_in("Justice Seen Justice Done (£40K); £5,000 SCP; Police Comms TBA") == (
        Payer("Justice Seen Justice Done", 40_000), Payer("SCP", 5_000), Payer("Police Comms"),
    )  # fmt: skip
    for nobody in ("", "-", "TBA", "To be identified", "No extra funding identified",
                   "Subject to funding from Home Office"):  # fmt: skip
        assert payers_in(nobody) == ()


@pytest.mark.parametrize(
    ("texts", "asked", "found", "left_open", "missing", "over"),
    [
        (("£15,000", "£5,000 Home Office; £5,000 SCP; £5,000 Partners", "funded"),
         15_000, 15_000, 0, 0, 0),
        (("£65,000", "A (£40K); B (£15k); C (£25K)", "funded"), 65_000, 80_000, 0, 0, 15_000),
        (("£65,000", "A (£40K); B (£15k)", "funded"), 65_000, 55_000, 0, 10_000, 0),
        (("£20,000", "SCC; SCP £10k; Police TBA", "funded"), 20_000, 10_000, 10_000, 0, 0),
        (("£8,000", "Home Office; Police", "funded"), 8_000, 8_000, 0, 0, 0),
        (("£60,000", "Police; SCP", "part funded"), 60_000, None, 60_000, 0, 0),
        (("£9,000", "", "unfunded"), 9_000, 0, 0, 9_000, 0),
        (("On-going costs", "Trade; Home Office £3,000", "part funded"), None, 3_000, 0, 0, 0),
        (("TBA", "TBA", "to be agreed"), None, None, 0, 0, 0),
        (("", "", "funded"), None, None, 0, 0, 0),
    ],
)  # fmt: skip
def test_what_is_asked_is_held_against_what_is_found(texts, asked, found, left_open, missing, over):
    money = money_of(*texts)
    assert (money.asked, money.found) == (asked, found)
    assert (money.left_open, money.missing, money.over) == (left_open, missing, over)


def test_the_only_payer_of_what_is_funded_pays_it_all():
    assert money_of("£3,000", "Police", "funded").payers == (Payer("Police", 3_000),)
    assert money_of("£3,000", "Police", "to be agreed").payers == (Payer("Police"),)
