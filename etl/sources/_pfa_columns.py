"""What the figures of a column by police force area are: their measure and their period.

Read are counts and denominators. Percentages, rates and changes are not: they follow from them.
The same thing has the same measure as in the tables by Community Safety Partnership.
"""

from __future__ import annotations

import re
from collections import Counter

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._ons_figures import HOUSEHOLDS, POPULATION, Figures
from etl.sources._ons_titles import LAYOUT_HINT
from etl.sources._ons_years import (
    counted_year,
    mid_year_of,
    year_between,
    years_of,
)
from etl.sources._pfa_tables import Column, Table
from etl.sources._workbook import without_notes

#: Headings by which these tables call what the partnership tables call otherwise. In the workbook
#: of December 2024 both have the same counts for every force and year; the years of 2018 have the
#: longer names in their tables of rates.
SAME_MEASURE = {
    "death_or_serious_injury_unlawful_driving": "death_or_serious_injury_caused_by_illegal_driving",
    "other_theft_offences": "all_other_theft_offences",
    "miscellaneous_crimes": "miscellaneous_crimes_against_society",
    # misspelt in tables of changes
    "residental_burglary": "residential_burglary",
    "total_recorded_crime_excludinging_fraud": "total_recorded_crime_excluding_fraud",
}

KNIFE_OFFENCES = "ons:total_of_selected_serious_offences_involving_a_knife"

#: What a table counts, by the words of its title: a measure, or None where headings name it.
_MEASURE_OF_TITLE: dict[re.Pattern[str], str | None] = {
    re.compile(words, re.IGNORECASE): measure
    for words, measure in {
        r"police recorded crime by offence group": None,
        r"knife (?:and|or) sharp instrument": KNIFE_OFFENCES,
        r"firearm offences \(excluding air weapons\)": (
            "ons:firearm_offences_excluding_air_weapons"
        ),
        r"fraud and computer misuse offences.* action fraud": (
            "ons:fraud_and_computer_misuse_referred_by_action_fraud"
        ),
        r"anti-social behaviour incidents": "ons:anti_social_behaviour_incidents",
        r"population estimates": POPULATION,
        r"household estimates": HOUSEHOLDS,
    }.items()
}
_DERIVED = re.compile(r"%|\bper ?cent|\brates?\b|\bchange\b", re.IGNORECASE)
_DERIVED_TITLE = re.compile(r"\brates?\b|\bpercentage change\b", re.IGNORECASE)
_COUNT = re.compile(r"\bnumbers?\b", re.IGNORECASE)
_DENOMINATOR = re.compile(r"(population|household) (?:figure|estimate)s?\b", re.IGNORECASE)
_DENOMINATOR_MEASURES = {"population": POPULATION, "household": HOUSEHOLDS}
_INVOLVING_A_KNIFE = " offences involving a knife"


def is_about(title: str) -> bool:
    """Return whether a table of this title is one of those that are read."""
    return any(words.search(title) for words in _MEASURE_OF_TITLE)


def measure_of(title: str) -> str | None:
    """Return the measure that a title names, or None where the headings below it name several."""
    return next(measure for words, measure in _MEASURE_OF_TITLE.items() if words.search(title))


def figure_columns(table: Table, problems: list[Problem]) -> dict[int, Figures]:
    """Return the columns to be read; none in a table of changes.

    Args:
        table: The table.
        problems: Takes up columns without a period, and those of which two have the same measure
            and period; all of these are left out.
    """
    found: dict[int, Figures] = {}
    wrong: list[Problem] = []
    for number, column in table.columns.items():
        try:
            figures = _denominator(table, column) or _count(table, column)
        except InputError as error:
            wrong += error.problems
            continue
        if figures:
            found[number] = figures
    times = Counter(found.values())
    for number in [number for number, figures in found.items() if times[figures] > 1]:
        del found[number]
        rule = "two columns have this heading"
        wrong += _layout_error(table, table.columns[number], rule).problems
    # A title without a year is wrong once, not in every column.
    problems += dict.fromkeys(wrong)
    return found


def _denominator(table: Table, column: Column) -> Figures | None:
    measure = measure_of(table.title)
    if named := _DENOMINATOR.match(column.heading):
        measure = _DENOMINATOR_MEASURES[named[1].casefold()]
    elif measure not in (POPULATION, HOUSEHOLDS):
        return None
    year = mid_year_of(column.heading)
    if year is None:
        raise _layout_error(table, column, "the heading does not say of which mid-year this is")
    return Figures(measure, "year", year)


def _count(table: Table, column: Column) -> Figures | None:
    """Return what a column of counts counts, or None for percentages, rates and changes."""
    over = (column.heading, column.group, column.unit)
    if any(_DERIVED.search(text) for text in over):
        return None
    if _DERIVED_TITLE.search(table.title) and not any(_COUNT.search(text) for text in over):
        return None
    between = year_between(column.heading) or year_between(column.group)
    start = between or counted_year(table.file, _line_with_year(table))
    measure = measure_of(table.title)
    if measure is None:
        name = measure_name(without_notes(column.heading))
        measure = f"ons:{SAME_MEASURE.get(name, name)}"
    elif between is None and measure == KNIFE_OFFENCES:
        measure = _knife_measure(column)
    elif between is None:
        raise _layout_error(table, column, "the heading does not say of which year the counts are")
    return Figures(measure, "rolling_year", start)


def _knife_measure(column: Column) -> str:
    """Return the measure of "Robbery offences involving a knife", in one heading or in two."""
    heading = without_notes(column.heading)
    offence = without_notes(column.group) if _COUNT.match(heading) else heading
    offence = offence.removesuffix("involving a knife").strip().removesuffix("offences").strip()
    return f"ons:{measure_name(offence + _INVOLVING_A_KNIFE)}"


def _line_with_year(table: Table) -> str:
    """Return the title, or where it names no year the first line below it that does."""
    return next((line for line in table.lead.splitlines() if years_of(line)), table.title)


def _layout_error(table: Table, column: Column, rule: str) -> InputError:
    return InputError([Problem(table.file, table.header_row, column.name, "", rule, LAYOUT_HINT)])
