"""The year before, as the published percentage change implies it.

The quarterly tables print the counts of one year and, in Table P2, their change on the year before
as it stands now: revised since it was first published, and in most releases not printed. The base
is the whole number that, with the count, gives the printed percentage:

    base = count / (1 + percent / 100), for any percent that rounds to the printed one

Percentages have nine decimals in the releases of 2018 and 2024, and one number fits. Where they
are rounded to fewer, several may: the one nearest to the printed percentage stands, and the least
and the greatest are its lower and upper limit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from etl.observation import measure_name
from etl.periods import MONTHS_IN, add_months
from etl.problems import Problem
from etl.sources._ons_areas import PlaceError
from etl.sources._ons_years import years_of
from etl.sources._pfa_areas import place_of
from etl.sources._pfa_columns import SAME_MEASURE, measure_of
from etl.sources._pfa_tables import Table
from etl.sources._workbook import without_notes

#: A percentage as a workbook's cell holds it.
PERCENT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?", re.IGNORECASE)
_CHANGES = re.compile(r"\bpercentage change\b", re.IGNORECASE)
#: More decimals than the publisher prints are those of a binary fraction.
_MOST_DECIMALS = 9
#: A whole number this near to the end of the interval is in it: the arithmetic of 5,000,000.
_TOLERANCE = 1e-6
_WHOLE = 100.0

#: Counts by area, measure and first day of the year.
Counts = Mapping[tuple[str, str, date], float]


class Base(NamedTuple):
    """Whole numbers that give a printed change: the nearest, the least and the greatest."""

    value: float
    lower: float
    upper: float


def base_of(count: float, percent: float, half_a_unit: float) -> Base | None:
    """Return the base of a count that changed by a percentage; None where no whole number gives it.

    Args:
        count: The later count.
        percent: Its change in per cent, more than -100.
        half_a_unit: Half of the last decimal that is printed, in per cent.
    """
    ends = sorted(
        count / (1 + max(percent + off, -_WHOLE + half_a_unit) / _WHOLE)
        for off in (-half_a_unit, half_a_unit)
    )
    lower, upper = math.ceil(ends[0] - _TOLERANCE), math.floor(ends[1] + _TOLERANCE)
    if lower > upper:
        return None
    nearest = round(count / (1 + percent / _WHOLE))
    return Base(float(min(max(nearest, lower), upper)), float(lower), float(upper))


def bases_in(tables: Iterable[Table], counts: Counts, problems: list[Problem]) -> pd.DataFrame:
    """Return the figures of the year before that the workbook implies and does not print.

    Args:
        tables: The workbook's tables.
        counts: What it prints.
        problems: Takes up every change that no whole number gives, and rows of no known area.

    Returns:
        Rows of observations with the status "implied".
    """
    rows: list[dict[str, object]] = []
    for table in tables:
        year = _compared_year(table, {start for _, _, start in counts})
        if year is not None:
            rows += _of_table(table, year, counts, problems)
    return pd.DataFrame(rows)


def _compared_year(table: Table, counted: set[date]) -> date | None:
    """Return the later year of a table of changes by offence on the year before; else None."""
    if not _CHANGES.search(table.title) or measure_of(table.title) is not None:
        return None
    line = next((line for line in table.lead.splitlines() if years_of(line)), "")
    years = sorted(set(years_of(line)))
    if len(years) != len(("before", "now")) or years[0] != _year_before(years[1]):
        return None
    return years[1] if years[1] in counted else None


def _year_before(year: date) -> date:
    return add_months(year, -MONTHS_IN["rolling_year"])


def _of_table(
    table: Table, year: date, counts: Counts, problems: list[Problem]
) -> list[dict[str, object]]:
    columns = {number: _measure(column.heading) for number, column in table.columns.items()}
    texts = table.rows[list(columns)]
    printed = texts.stack()
    half_a_unit = 0.5 * 10.0 ** -_decimals(printed[printed.str.fullmatch(PERCENT)])
    rows: list[dict[str, object]] = []
    for line, of_line in texts.iterrows():
        if not of_line.str.fullmatch(PERCENT).any():
            continue
        area = _area(table, line, problems)
        for number, text in of_line.items():
            count = counts.get((area, columns[number], year))
            before = (area, columns[number], _year_before(year))
            if not count or before in counts or not PERCENT.fullmatch(text):
                continue
            percent = float(text)
            if percent <= -_WHOLE:
                continue
            base = base_of(count, percent, half_a_unit)
            if base is None:
                problems.append(_no_base(table, line, number, text, count))
                continue
            rows.append(
                {
                    "area_code": area,
                    "measure_code": columns[number],
                    "period_kind": "rolling_year",
                    "period_start": pd.Timestamp(_year_before(year)),
                    **base._asdict(),
                    "status": "implied",
                    "row_number": line,
                }
            )
    return rows


def _measure(heading: str) -> str:
    name = measure_name(without_notes(heading))
    return f"ons:{SAME_MEASURE.get(name, name)}"


def _decimals(printed: pd.Series) -> int:
    """Return how many decimals the percentages of a table have at most."""
    found = (-int(Decimal(text).as_tuple().exponent) for text in printed)
    return min(max(found, default=0), _MOST_DECIMALS)


def _area(table: Table, line: object, problems: list[Problem]) -> str:
    """Return the code of a row's area; "" where the row has none that is known, a problem."""
    code, name = table.rows.at[line, table.codes], table.rows.at[line, table.names]
    try:
        return place_of(code, name).area_code
    except PlaceError as error:
        value = code if error.column == "Area Code" else name
        row = int(str(line))
        problems.append(Problem(table.file, row, error.column, value, error.rule, error.what_to_do))
        return ""


def _no_base(table: Table, line: object, number: int, text: str, count: float) -> Problem:
    return Problem(
        table.file,
        int(str(line)),
        table.columns[number].name,
        text,
        f"no whole number of offences in the year before gives this change to {count:,.0f}",
        "compare count and change with the publisher's own table",
    )
