"""Home Office rolling-year table: offences of each force in twelve months to each quarter's end.

`rolling_year` observations of `ho_total:<category>` ("Violence with injury", "Robbery"). A date
that is not the last day of its month is read as that month and noted. Negatives are corrections.

The categories changed: burglary in April 2017, and fraud left the forces in April 2013. Each year
that crosses such a day holds a part of the year only; `data/reference/offence_totals.csv` says
when a category was counted, and the marts use it then only.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from etl.datadir import PROJECT_DATA, DataDir
from etl.observation import measure_name, observations
from etl.offences import TOTAL_SCHEME, load_classification
from etl.periods import add_months
from etl.problems import Problem
from etl.sources import AREA_COLUMNS, NOTE_COLUMNS, Reading, Source
from etl.sources._area_names import UnknownNameError, area_names
from etl.sources._csv import ROW_NUMBER
from etl.sources._published_csv import headings, read_published_csv

#: Headings as names, and the column that each is.
COLUMNS = {
    "12_months_ending": "ending",
    "pfa": "force",
    "offence": "category",
    "rolling_year_total_number_of_offences": "count",
}
MONTHS_BEFORE_THE_LAST = 11

_DAY = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
_COUNT = re.compile(r"-?[0-9]+")
_AREA_TABLE = "correct the name, or add it to data/reference/area_names.csv with its area code"
_BREAKS = (
    ("residential_burglary", "2017-04-01", "Replaced domestic burglary; takes in sheds"),
    ("non_residential_burglary", "2017-04-01", "Replaced non-domestic burglary"),
    ("domestic_burglary", "2017-04-01", "Ended; residential burglary replaced it"),
    ("non_domestic_burglary", "2017-04-01", "Ended; non-residential burglary replaced it"),
    ("fraud_offences", "2013-04-01", "Ended for forces: fraud is recorded nationally"),
)  # fmt: skip


def recognises(path: Path) -> bool:
    """Return whether the file is a CSV with the headings of the table."""
    return set(COLUMNS) <= {measure_name(heading) for heading in headings(path)}


def read(path: Path) -> Reading:
    """Read the table.

    Raises:
        InputError: The file is not the whole CSV that its first line announces.
    """
    content = read_published_csv(path)
    table = content.table.rename(columns=lambda name: COLUMNS.get(measure_name(name), name))
    shown = {COLUMNS.get(measure_name(name), name): name for name in content.table.columns}
    problems = list(content.problems)
    reading = _Columns(path.name, table, shown, problems)
    ending, areas = reading.each("ending", _last_month), reading.areas()
    measure, value = reading.each("category", _categories()), reading.each("count", _count)
    rows = pd.DataFrame(
        {
            "area_code": table["force"].map(areas),
            "measure_code": table["category"].map(measure),
            "period_start": pd.to_datetime(table["ending"].map(ending)),
            "period_kind": "rolling_year",
            "value": table["count"].map(value),
            "row_number": table[ROW_NUMBER],
        }
    )
    return Reading(
        observations(rows[rows.notna().all(axis=1)]),
        rows_read=content.rows_read,
        areas=pd.DataFrame(list(reading.described.values()), columns=AREA_COLUMNS, dtype="str"),
        problems=tuple(sorted(problems)),
        notes=_notes(table, set(rows["measure_code"].dropna())),
    )


class _Columns:
    """Understands each distinct text of a column once; one problem for each that it cannot."""

    def __init__(
        self, file: str, table: pd.DataFrame, shown: dict[str, str], problems: list[Problem]
    ) -> None:
        self._file, self._table, self._shown, self._problems = file, table, shown, problems
        self.described: dict[str, dict[str, str]] = {}

    def each(self, column: str, function: Callable[[str], object]) -> dict[str, object]:
        """Return what each text means, leaving out those that mean nothing."""
        meanings: dict[str, object] = {}
        for text in self._table[column].unique():
            try:
                meanings[text] = function(text)
            except _NotUnderstoodError as error:
                self._report(column, text, error.rule, error.what_to_do)
        return meanings

    def areas(self) -> dict[str, object]:
        """Return the area code of each force."""
        return self.each("force", self._area)

    def _area(self, name: str) -> str:
        try:
            code = area_names().force(name)
        except UnknownNameError as error:
            hint = f"did you mean {error.nearest}? " if error.nearest else ""
            raise _NotUnderstoodError("no force has this name", hint + _AREA_TABLE) from error
        self.described[code] = area_names().describe(code, name, code)
        return code

    def _report(self, column: str, text: str, rule: str, what_to_do: str) -> None:
        rows = self._table.index[self._table[column].eq(text)]
        line = int(self._table.at[rows[0], ROW_NUMBER])
        what = f"{rule} ({len(rows):,} lines)" if len(rows) > 1 else rule
        self._problems.append(
            Problem(self._file, line, self._shown[column], text, what, what_to_do)
        )


class _NotUnderstoodError(Exception):
    """A text means nothing here; carries the rule and what to do."""

    def __init__(self, rule: str, what_to_do: str) -> None:
        super().__init__(rule)
        self.rule, self.what_to_do = rule, what_to_do


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _last_month(text: str) -> date:
    day = _day(text)
    if day is None:
        raise _NotUnderstoodError("this is not a day", "write the last day as dd-mm-yyyy")
    return add_months(day, -MONTHS_BEFORE_THE_LAST)


def _is_last_of_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _count(text: str) -> float:
    plain = text.replace(",", "").replace(" ", "")
    if not _COUNT.fullmatch(plain):
        raise _NotUnderstoodError("this is not a whole number", "write digits")
    return float(plain)


def _categories() -> Callable[[str], str]:
    known = load_classification(DataDir(PROJECT_DATA)).totals["category"].map(measure_name)
    names = set(known)

    def measure(text: str) -> str:
        name = measure_name(text)
        if name in names:
            return TOTAL_SCHEME + name
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0].replace('_', ' ')}? " if near else ""
        advice = "correct it, or add the category to data/reference/offence_totals.csv"
        raise _NotUnderstoodError("no such category is known", hint + advice)

    return measure


def _notes(table: pd.DataFrame, measures: set[str]) -> pd.DataFrame:
    """Return what must be known of the figures, with `NOTE_COLUMNS`."""
    rows = [
        (TOTAL_SCHEME + name, "", since, "break", statement)
        for name, since, statement in _BREAKS
        if TOTAL_SCHEME + name in measures
    ]
    for text in table["ending"].unique():
        day = _day(text)
        if day is not None and not _is_last_of_month(day):
            statement = f"{text} is not the last day of a month: read as the year to {day:%B %Y}"
            rows.append(("", "", _last_month(text).isoformat(), "caution", statement))
    return pd.DataFrame(rows, columns=NOTE_COLUMNS, dtype="str")


SOURCE = Source(
    source_id="ho_rolling_year",
    title="Home Office recorded crime by police force area, rolling years from March 2003",
    publisher="Home Office",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page="https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
    cadence="quarterly, 2003 to 2018",
    recognises=recognises,
    read=read,
    csv_columns=("12 months ending", "PFA", "Offence", "Rolling year total number of offences"),
    short_name="Home Office",
)
