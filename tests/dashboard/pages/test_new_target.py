"""A new target read back: one plain sentence whatever its unit, and what is wrong with it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest

from dashboard.analysis.levels import Baseline
from dashboard.analysis.rows import Indicator
from dashboard.pages.getting_started.draft import (
    Draft,
    against_the_grain,
    goal_of,
    goal_stated,
    indicators_to_target,
    number_label,
    read_back,
    what_is_wrong,
)
from tests.dashboard.rows import indicator as an_indicator

DRAFT = Draft(
    area_code="E22000120", area_name="Southampton", plan="", indicator="robbery", way="fall",
    number=12.5, baseline_period="2008/09", due=date(2011, 3, 31), path="seasonal", owner="",
    written_by="Ann",
)  # fmt: skip
IN_2008 = Baseline("2008/09", 400, illustrative=False, may_be_seasonal=True)


def about(**changes: object) -> Indicator:
    return an_indicator(**{"indicator_id": "robbery", "title": "Robbery"} | changes)


RATE = {"unit": "rate", "denominator": "ons:population", "title": "Violence",
        "national_indicator": "NI 15"}  # fmt: skip
SURVEY = {"unit": "percent", "aggregation": "last", "lower_is_better": False, "title": "Confidence"}


@pytest.mark.parametrize(
    ("draft", "indicator", "baseline", "sentence"),
    [
        ({}, {}, IN_2008,
         "Robbery in Southampton is to fall by 12.5%, from 400 in 2008/09 to 350 in the twelve "
         "months to 31 March 2011, on a seasonal path; owner: not given."),
        ({"way": "level", "number": 300, "owner": "Supt. Ó Briain", "path": "straight"}, {},
         IN_2008,
         "Robbery in Southampton is to be 300 or fewer in the twelve months to 31 March 2011, "
         "against 400 in 2008/09, on a straight path; owner: Supt. Ó Briain."),
        ({"way": "fall", "number": 20}, RATE, dataclasses.replace(IN_2008, value=1.25),
         "Violence (NI 15) in Southampton is to fall by 20%, from 1.25 per 1,000 residents in "
         "2008/09 to 1.00 per 1,000 residents in the twelve months to 31 March 2011, on a seasonal "
         "path; owner: not given."),
        ({"way": "level", "number": 30.5, "path": "straight"}, SURVEY,
         Baseline("wave 2009", 23, illustrative=True, may_be_seasonal=False),
         "Confidence in Southampton is to be 30.5% or more by 31 March 2011, against 23% in the "
         "survey of 2009, on a straight path; owner: not given."),
        ({"way": "rise", "number": 10, "path": "straight"}, {},
         Baseline("year ending December 2009", 400, illustrative=False, may_be_seasonal=False),
         "Robbery in Southampton is to rise by 10%, from 400 in the year ending December 2009 to "
         "440 in the twelve months to 31 March 2011, on a straight path; owner: not given."),
        ({"way": "level", "number": 0, "baseline_period": "not given"}, {}, None,
         "Robbery in Southampton is to be 0 or fewer in the twelve months to 31 March 2011, with "
         "baseline and so path not given; owner: not given."),
    ],
)  # fmt: skip
def test_it_is_read_back_in_one_sentence(draft, indicator, baseline, sentence) -> None:
    assert read_back(dataclasses.replace(DRAFT, **draft), about(**indicator), baseline) == sentence


@pytest.mark.parametrize(
    ("draft", "goal", "stated"),
    [
        ({}, ("relative_change", -12.5), "12.5% fewer"),
        ({"way": "rise", "number": 3}, ("relative_change", 3), "3% more"),
        ({"way": "level", "number": 1234}, ("value", 1234), "1,234 or fewer"),
    ],
)
def test_the_goal_is_stated_as_it_is_written(draft, goal, stated) -> None:
    changed = dataclasses.replace(DRAFT, **draft)
    assert goal_of(changed.way, changed.number or 0) == goal
    assert goal_stated(changed, about()) == stated


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"indicator": ""}, "Choose an indicator."),
        ({"number": None, "way": "level"}, "Give the level."),
        ({"number": float("nan")}, "Give the percentage."),
        ({"number": -1, "way": "level"}, "The number must be between 0 and"),
        ({"number": 1e300, "way": "rise"}, "The number must be between 0 and"),
        ({"number": -1}, "The percentage must be above 0"),
        ({"due": date(2009, 3, 31)}, "It must be due after its baseline, which ends on 31 March"),
        ({"baseline_period": "not given"}, "Choose the period"),
        ({"written_by": ""}, "Give your name."),
    ],
)
def test_what_is_wrong_is_said(changes, first) -> None:
    assert what_is_wrong(DRAFT) == []
    (only,) = what_is_wrong(dataclasses.replace(DRAFT, **changes))
    assert only.startswith(first)


@pytest.mark.parametrize(
    ("draft", "indicator", "is_said"),
    [
        ({}, {}, False),
        ({"way": "rise"}, {}, True),
        ({"way": "level", "number": 500}, {}, True),
        ({"way": "level", "number": 400}, {}, False),
        ({}, SURVEY, True),
    ],
)
def test_a_goal_that_asks_for_worse_is_pointed_out(draft, indicator, is_said) -> None:
    changed = dataclasses.replace(DRAFT, **draft)
    assert bool(against_the_grain(changed, about(**indicator), IN_2008)) == is_said


def test_the_number_says_its_unit() -> None:
    assert number_label("fall", about()) == "Fall (%)"
    assert number_label("level", about()) == "Twelve-month total to reach"
    assert "per 1,000 residents" in number_label("level", about(**RATE))
    assert number_label("level", about(**SURVEY)).endswith("(%)")


def test_single_offences_get_no_target() -> None:
    rows = [about(indicator_id=f"i{n}", title=f"T{n}") for n in range(3)]
    frame = pd.DataFrame(rows).assign(catalogued=[True, True, False])
    assert indicators_to_target(frame, {"i1"}) == {"i1": "T1", "i0": "T0 (no figures yet)"}
