"""Every page that shows police recorded crime says once what it is, in a fold."""

from __future__ import annotations

import pytest

from dashboard.app import PAGES
from dashboard.ui.frame import WITHOUT_RECORDED_CRIME
from dashboard.words.series import POLICE_RECORDED_CRIME

SAID = POLICE_RECORDED_CRIME.partition(".")[0]
NAMES = [path for _, path, _, _ in PAGES]


@pytest.mark.parametrize("name", NAMES)
def test_what_police_recorded_crime_is_stands_once(open_page, default_data, name) -> None:
    page = open_page(name, default_data)
    said = sum(SAID in each.value for each in page.markdown)
    assert said == (0 if name in WITHOUT_RECORDED_CRIME else 1)


def test_it_says_what_it_is_not_and_who_says_so() -> None:
    for words in ("not accredited official statistics", "January 2014", "recording practice",
                  "Crime Survey for England and Wales", "Source: ONS"):  # fmt: skip
        assert words in POLICE_RECORDED_CRIME
