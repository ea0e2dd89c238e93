from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import wording
from dashboard.metrics.periods import month_label

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "unit", "in_text", "in_table"),
    [
        (3114.0, "count", "3,114", "3,114"),
        (124.678, "rate", "124.7", "124.7"),
        (12.5, "percent", "13%", "12.5%"),
        (-6.62, "percent_change", f"{MINUS}7%", f"{MINUS}6.6%"),
        (3.2, "percent_change", "+3%", "+3.2%"),
        (-1312, "change", f"{MINUS}1,312", f"{MINUS}1,312"),
        (312, "change", "+312", "+312"),
        (0, "change", "0", "0"),
        (-0.04, "percent_change", "0%", "0.0%"),
        (13, "rank", "13th", "13th"),
        (None, "count", "no figure", "no figure"),
        (float("nan"), "percent", "no figure", "no figure"),
        (pd.NA, "rank", "no figure", "no figure"),
    ],
)
def test_numbers_are_written_as_people_read_them(value, unit, in_text, in_table) -> None:
    assert wording.number_text(value, unit) == in_text
    assert wording.table_text(value, unit) == in_table


def test_a_missing_number_is_said_in_the_words_asked_for() -> None:
    assert wording.number_text(None, missing=wording.NOT_GIVEN) == "not given"


def test_a_change_has_number_and_percent_unless_percent_is_withheld() -> None:
    assert wording.change_text(-1312, -29.74) == f"{MINUS}1,312 ({MINUS}30%)"
    assert wording.change_text(4, None) == "+4"


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (-12.4, "fell 12%"),
        (3.5, "rose 4%"),
        (0, "did not change"),
        (-0.3, "changed by less than 1%"),
        (None, "cannot be compared"),
    ],
)
def test_a_change_becomes_a_verb(percent, words) -> None:
    assert wording.moved_text(percent) == words


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((13, 15, 15), "13th of 15"),
        ((13, 15, 14), "13th of 15 (14 with data)"),
        ((None, 15, 14), "not ranked of 15 (14 with data)"),
        ((1, 15), "1st of 15"),
    ],
)
def test_a_rank_says_of_how_many(place, text) -> None:
    assert wording.rank_text(*place) == text


def test_dates_are_written_out() -> None:
    day = pd.Timestamp("2025-04-24")
    assert wording.month_text(pd.Period("2009-12", "M")) == "Dec 2009"
    assert month_label(day) == "April 2025"
    assert wording.day_text(day) == "24 April 2025"
    assert wording.suppressed_text(5) == "fewer than 5"
