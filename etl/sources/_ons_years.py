"""Years as titles and headings of ONS tables write them, note marks stuck to them or not.

"year ending December 2024", "year ending March 181,2,3" (2018, with the notes 1 to 3),
"Apr '11 to Mar '125, 6" (April 2011 to March 2012, notes 5 and 6), "mid-2022".
"""

from __future__ import annotations

import re
from datetime import date

from etl.periods import MONTHS_IN, Period, add_months
from etl.problems import InputError
from etl.sources._ons_titles import LAYOUT_HINT

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<{{0}}month>{'|'.join(_MONTHS)})[a-z]*\.?"
#: Four digits from 1980 on, or the last two; what follows them are note marks.
_YEAR = r"(?:[’']\s?(?P<{0}short>[0-9]{{2}})|(?P<{0}year>(?:19[89]|20[0-9])[0-9]|[0-9]{{2}}))"
_MARKS = r"(?:[0-9]{1,2}(?:,\s?[0-9]{1,2})*)?"


def _month_and_year(name: str) -> str:
    return rf"{_MONTH.format(name)}\s*{_YEAR.format(name)}"


_YEAR_ENDING = re.compile(rf"year ending {_month_and_year('')}(?P<marks>{_MARKS})", re.IGNORECASE)
_SPAN = re.compile(
    rf"\b{_month_and_year('first')}\s+to\s+{_month_and_year('last')}(?P<marks>{_MARKS})",
    re.IGNORECASE,
)
_MID_YEAR = re.compile(r"\bmid[- ]?((?:19|20)[0-9]{2})", re.IGNORECASE)
_CALENDAR_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?(?P<marks>[0-9]?)")
#: Two digits below this are of this century.
_FIRST_OF_LAST_CENTURY = 70


def years_of(title: str) -> list[date]:
    """Return the first day of every year that a title names by its last month."""
    return [
        add_months(_month(found, ""), 1 - MONTHS_IN["rolling_year"])
        for found in _YEAR_ENDING.finditer(title)
    ]


def counted_year(file: str, title: str) -> date:
    """Return the first day of the one year that a title of counts names.

    Raises:
        InputError: It names none, or several.
    """
    years = set(years_of(title))
    if len(years) != 1:
        rule = 'the title does not say of which "year ending <month> <year>" the counts are'
        raise InputError.of(file, rule, LAYOUT_HINT, value=title)
    return years.pop()


def year_between(heading: str) -> date | None:
    """Return the first day of "Apr '10 to Mar '11"; None where a heading names no twelve months."""
    found = _SPAN.search(heading)
    if found is None:
        return None
    start = _month(found, "first")
    return start if Period(start, "rolling_year").end == _month(found, "last") else None


def mid_year_of(heading: str) -> date | None:
    """Return 1 January of the year of "mid-2022" or of a bare "2016"; None for another heading."""
    found = _MID_YEAR.search(heading) or _CALENDAR_YEAR.fullmatch(heading.strip())
    return date(int(found[1]), 1, 1) if found else None


def without_years(text: str) -> str:
    """Return a title or heading with its years replaced by the note marks that follow them."""
    for year in (_YEAR_ENDING, _SPAN):
        text = year.sub(r"x\g<marks>", text)
    return _CALENDAR_YEAR.sub(r"x\g<marks>", text)


def _month(found: re.Match[str], name: str) -> date:
    text = found[f"{name}year"] or found[f"{name}short"]
    year = int(text)
    if len(text) == len("18"):
        year += 1900 if year >= _FIRST_OF_LAST_CENTURY else 2000
    return date(year, _MONTHS.index(found[f"{name}month"].casefold()) + 1, 1)
