"""Mid-year population estimates by local authority, of any years and vintage of codes.

Two layouts: wide, with a column `population_2019` for each year among the components of change
(MYEB3; or with a row for each sex and age, MYEB1, which are added up), and long, with `Category`,
`Year` and `Sum` (London boroughs). The vintage of codes stands in the heading: `ladcode20`. Only
populations are read; births, deaths and migration are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.problems import Problem
from etl.sources import Reading, Source
from etl.sources._authorities import counted, heading_like
from etl.sources._cells import melted
from etl.sources._csv import ROW_NUMBER, row_problems
from etl.sources._published_csv import headings, read_published_csv

POPULATION = "ons:population"

_CODE = re.compile(r"ladcode([0-9]{2})?", re.IGNORECASE)
_NAME = re.compile(r"laname([0-9]{2})?", re.IGNORECASE)
_YEAR = re.compile(r"population_([12][0-9]{3})", re.IGNORECASE)
_LONG = ("Category", "Year", "Sum")
_WHOLE_YEAR = re.compile(r"[12][0-9]{3}")


def recognises(path: Path) -> bool:
    """Return whether the header names authorities, and populations in either layout."""
    header = headings(path)
    return heading_like(header, _CODE) != "" and (set(_LONG) <= set(header) or bool(_years(header)))


def read(path: Path) -> Reading:
    """Read the populations.

    Args:
        path: A CSV in either layout.

    Raises:
        InputError: The file cannot be read, or a heading stands twice.
    """
    published = read_published_csv(path)
    problems: list[Problem] = [*published.problems]
    table = published.table
    code, name = heading_like(table.columns, _CODE), heading_like(table.columns, _NAME)
    table = table.assign(area_code=table[code], area_name=table[name] if name else table[code])
    long = set(_LONG) <= set(table.columns)
    cells = _long(path.name, table, problems) if long else _wide(table)
    return counted(path, cells.assign(measure_code=POPULATION), problems)


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    years = _years(table.columns)
    cells = melted(table[["area_code", "area_name", ROW_NUMBER, *years]], years)
    return cells.assign(year=cells["heading"].map(years))


def _long(file: str, table: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    rows = table[table["Category"].str.casefold().eq("population")]
    wrong = rows[~rows["Year"].str.fullmatch(_WHOLE_YEAR)]
    problems += row_problems(file, wrong, "Year", "this is not a year", "write it in four digits")
    return rows.assign(
        year=pd.to_numeric(rows["Year"], errors="coerce").fillna(0).astype("int64"),
        text=rows["Sum"],
        heading="Sum",
    )


def _years(header: Iterable[str]) -> dict[str, int]:
    found = {name: _YEAR.fullmatch(name) for name in header}
    return {name: int(match[1]) for name, match in found.items() if match}


SOURCE = Source(
    source_id="population",
    title="mid-year population estimates by local authority (CSV)",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates"
    ),
    cadence="yearly",
    recognises=recognises,
    read=read,
    csv_columns=("ladcode20", "laname20", "population_2019"),
)
