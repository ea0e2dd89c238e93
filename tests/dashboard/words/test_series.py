"""A series in words: its source, how often it is counted, from when to when."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.analysis.series import Series
from dashboard.words.series import headline_line, real_figures_of, series_label

LOADS = pd.DataFrame({"source_id": ["a_survey"], "publisher": ["Some publisher"]})


def series(source: str, frequency: str, *starts: str) -> Series:
    figures = pd.DataFrame(
        {"period_start": pd.to_datetime(list(starts)), "value": 1.0, "suppression": ""}
    )
    return Series("robbery", "E22000120", source, frequency, 0, 1.0, None, figures)


@pytest.mark.parametrize(
    ("source", "frequency", "starts", "expected"),
    [
        ("ons_csp", "rolling_year", ("2023-01-01",), "ONS, year ending December 2023"),
        (
            "ons_csp",
            "rolling_year",
            ("2023-01-01", "2024-01-01"),
            "ONS, years ending December 2023 to December 2024",
        ),
        (
            "police_uk_street",
            "month",
            ("2025-01-01", "2025-06-01"),
            "police.uk, January to June 2025",
        ),
        ("ho_open_data", "quarter", ("2017-10-01",), "Home Office, October to December 2017"),
        ("own_figures", "year", ("2008-04-01",), "The partnership, year ending March 2009"),
        (
            "a_survey",
            "survey_wave",
            ("2006-05-01", "2008-05-01"),
            "Some publisher, surveys of 2006 to 2008",
        ),
        ("a_survey", "survey_wave", ("2008-05-01",), "Some publisher, surveys of 2008"),
    ],
)
def test_what_a_series_is_called_in_a_choice(source, frequency, starts, expected) -> None:
    assert series_label(series(source, frequency, *starts), None, LOADS) == expected


def test_it_reaches_no_further_than_as_at() -> None:
    months = series("police_uk_street", "month", "2025-01-01", "2025-02-01", "2025-03-01")
    label = series_label(months, pd.Period("2025-02", "M"), LOADS)
    assert label == "police.uk, January to February 2025"


def test_the_line_names_the_headline_first_and_why_others_are_not() -> None:
    years = series("ons_csp", "rolling_year", "2023-01-01", "2024-01-01")
    months = replace(series("police_uk_street", "month", "2025-01-01"), alternative=5)
    old = replace(series("own_figures", "month", "2009-12-01", "2008-12-01"), alternative=3)
    assert headline_line([years, months, old], None, LOADS) == (
        "ONS, years; also by month from police.uk (no year before to compare with); "
        "also by month from the partnership (ends earlier)"
    )
    assert headline_line([years], None, LOADS) == ""


def test_of_many_real_indicators_five_are_named() -> None:
    titles = ["All crime", "Robbery", "Arson", "Burglary", "Homicide", "Theft", "Rape"]
    assert real_figures_of(titles) == (
        " Real figures: all crime, robbery, arson, burglary, homicide and 2 more."
    )
    assert real_figures_of([]) == ""
