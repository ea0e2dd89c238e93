"""Census counts by local authority: residents of 2011 and 2021, households of 2021.

Two layouts: `LAD`, `NAME` and a column such as `POP21` for each census, or `ltla23_code` and
`households`. A census counts the residents of a day in March, a mid-year estimate those of the
30th of June: they are two measures, and a denominator takes the census only where there is no
estimate of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from etl.problems import Problem
from etl.sources import Reading, Source
from etl.sources._authorities import counted, heading_like
from etl.sources._cells import melted
from etl.sources._csv import ROW_NUMBER
from etl.sources._published_csv import headings, read_published_csv

CENSUS_POPULATION = "ons:census_population"
HOUSEHOLDS = "ons:households"
#: The file of households does not say the year of the census; its codes are of 2023.
HOUSEHOLDS_YEAR = 2021

_POPULATION = re.compile(r"POP([0-9]{2})")
_CODE = re.compile(r"(?:ltla|lad)[0-9]{2}_code|LAD")
_NAME = re.compile(r"(?:ltla|lad)[0-9]{2}_name|NAME")
_HOUSEHOLDS = "households"


def recognises(path: Path) -> bool:
    """Return whether the header names authorities, and residents of a census or households."""
    header = headings(path)
    return heading_like(header, _CODE) != "" and (_HOUSEHOLDS in header or bool(_years(header)))


def read(path: Path) -> Reading:
    """Read residents and households.

    Args:
        path: A CSV in either layout.

    Raises:
        InputError: The file cannot be read, or a heading stands twice.
    """
    published = read_published_csv(path)
    problems: list[Problem] = [*published.problems]
    table = published.table
    code, name = heading_like(table.columns, _CODE), heading_like(table.columns, _NAME)
    years = _years(table.columns) | (
        {_HOUSEHOLDS: HOUSEHOLDS_YEAR} if _HOUSEHOLDS in table.columns else {}
    )
    named = table.assign(area_code=table[code], area_name=table[name] if name else table[code])
    cells = melted(named[["area_code", "area_name", ROW_NUMBER, *years]], years)
    measure = cells["heading"].map(
        {heading: HOUSEHOLDS if heading == _HOUSEHOLDS else CENSUS_POPULATION for heading in years}
    )
    cells = cells.assign(measure_code=measure, year=cells["heading"].map(years))
    return counted(path, cells, problems)


def _years(header: Iterable[str]) -> dict[str, int]:
    found = {name: _POPULATION.fullmatch(name) for name in header}
    return {name: 2000 + int(match[1]) for name, match in found.items() if match}


SOURCE = Source(
    source_id="census",
    title="census residents and households by local authority (CSV)",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates/bulletins/populationandhouseholdestimatesenglandandwales/census2021"
    ),
    cadence="every ten years",
    recognises=recognises,
    read=read,
    csv_columns=("LAD", "NAME", "POP21"),
)
