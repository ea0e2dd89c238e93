"""Crime of London boroughs by month: one row a borough and minor type, one column a month.

Each download holds all its months again, so that a later one revises an earlier one. Minor types
are `mps:…`, major ones `mps_major:…`: a row without a minor type where the file has one, else the
sum of the major's minor types. A minor type that a borough never had has no row, which is none.
Airports, and what the Metropolitan Police recorded in the City of London, are areas of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from etl.observation import measure_name, observations
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, Reading, Source
from etl.sources._area_names import OTHER, UnknownNameError, area_names
from etl.sources._cells import figures, melted
from etl.sources._csv import ROW_NUMBER
from etl.sources._published_csv import headings, read_published_csv

METROPOLITAN_POLICE = "E23000001"
MINOR, MAJOR = "mps:", "mps_major:"
BLANK = "blank"

_HEADINGS = {
    "major": re.compile(r"major ?_?(?:text|category)", re.IGNORECASE),
    "minor": re.compile(r"minor ?_?(?:text|category)", re.IGNORECASE),
    "borough": re.compile(r"(?:lookup_)?borough(?:_?name)?", re.IGNORECASE),
}
_MONTH = re.compile(r"[12][0-9]{5}")
#: Rows that are no borough of the Metropolitan Police; the City has a force of its own.
_OUTSIDE = re.compile(r"city of london|.*\bairports?\b.*|.*\baviation\b.*", re.IGNORECASE)
_NOT_KNOWN = re.compile(r"unknown|not known|other ?/ ?nk|nk", re.IGNORECASE)


def recognises(path: Path) -> bool:
    """Return whether the header names major and minor type, borough, and months such as 201004."""
    header = headings(path)
    return len(_columns(header)) == len(_HEADINGS) and any(map(_MONTH.fullmatch, header))


def read(path: Path) -> Reading:
    """Read the counts.

    Args:
        path: A download.

    Returns:
        Observations by month of minor and major types.

    Raises:
        InputError: The file cannot be read, or a heading is no month.
    """
    published = read_published_csv(path)
    problems = [*published.problems]
    months = _months(path.name, published.table.columns)
    table = published.table.rename(
        columns={heading: name for name, heading in _columns(published.table.columns).items()}
    )
    areas = _areas(path.name, table, problems)
    cells = melted(table[["major", "minor", "borough", ROW_NUMBER, *months]], months)
    value = figures(path.name, cells, problems)
    spoiled = {problem.line for problem in problems}
    known = cells.assign(
        value=value,
        period_start=pd.to_datetime(cells["heading"].map(months)),
        area_code=cells["borough"].map({name: row["area_code"] for name, row in areas.items()}),
    )[~cells[ROW_NUMBER].isin(spoiled)]
    counted = pd.concat([_minor(known), _major(known)], ignore_index=True)
    empty = known["value"].isna()
    return Reading(
        observations(counted.assign(period_kind="month").dropna(subset=["value"])),
        rows_read=len(cells),
        rows_used=int((~empty).sum()),
        areas=pd.DataFrame(areas.values(), columns=AREA_COLUMNS, dtype="str").drop_duplicates(),
        problems=tuple(sorted(problems)),
        withheld=dict(Counter(known.loc[empty, "text"].str.lower().replace("", BLANK))),
    )


def _columns(header: Iterable[str]) -> dict[str, str]:
    """Return the headings of major type, minor type and borough that are there."""
    names = list(header)
    found = {
        name: next((heading for heading in names if pattern.fullmatch(heading)), "")
        for name, pattern in _HEADINGS.items()
    }
    return {name: heading for name, heading in found.items() if heading}


def _months(file: str, header: Iterable[str]) -> dict[str, date]:
    found = {name: name[4:] for name in header if _MONTH.fullmatch(name)}
    wrong = [name for name, month in found.items() if not 1 <= int(month) <= 12]  # noqa: PLR2004
    if wrong:
        raise InputError(
            Problem(file, 1, name, "", "the heading is no month", "download the file again")
            for name in wrong
        )
    return {name: date(int(name[:4]), int(month), 1) for name, month in found.items()}


def _areas(file: str, table: pd.DataFrame, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Return what each borough is, with the fields of `AREA_COLUMNS`; unknown ones are problems."""
    areas = {}
    for name, rows in table.groupby("borough", sort=False):
        try:
            areas[str(name)] = _area(str(name))
        except UnknownNameError as error:
            hint = f"did you mean {error.nearest}? " if error.nearest else ""
            advice = f"{hint}Correct the name, or add it to data/reference/area_names.csv"
            problems.extend(
                Problem(file, line, "borough", str(name), "no partnership has this name", advice)
                for line in rows[ROW_NUMBER]
            )
    return areas


def _area(name: str) -> dict[str, str]:
    known = area_names()
    if _NOT_KNOWN.fullmatch(name):
        code = known.partnership(METROPOLITAN_POLICE, "")
        return known.describe(code, name, METROPOLITAN_POLICE)
    if not _OUTSIDE.fullmatch(name):
        code = known.partnership(METROPOLITAN_POLICE, name)
        return known.describe(code, name, METROPOLITAN_POLICE)
    described = known.describe(f"{OTHER}{measure_name(name)}", name, METROPOLITAN_POLICE)
    is_city = not re.search("airport|aviation", name, re.IGNORECASE)
    by = " (recorded by the Metropolitan Police)" if is_city else ""
    return described | {"area_name": name + by}


def _minor(cells: pd.DataFrame) -> pd.DataFrame:
    rows = cells[cells["minor"].ne("")]
    names = {text: MINOR + measure_name(text) for text in rows["minor"].unique()}
    return rows.assign(measure_code=rows["minor"].map(names))


def _major(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the major types: their own rows, and where there are none the sums of the minors.

    A sum with a minor type that is withheld is not a total and is left out.
    """
    names = {text: MAJOR + measure_name(text) for text in cells["major"].unique()}
    key = ["area_code", "measure_code", "period_start"]
    rows = cells.assign(measure_code=cells["major"].map(names))
    own = rows[rows["minor"].eq("")]
    summed = (
        rows[rows["minor"].ne("")]
        .assign(missing=lambda each: each["value"].isna())
        .groupby(key, as_index=False, sort=False)
        .agg(
            value=("value", "sum"),
            missing=("missing", "any"),
            row_number=(ROW_NUMBER, "first"),
        )
    )
    whole = summed[~summed["missing"]]
    return pd.concat([own, whole], ignore_index=True).drop_duplicates(key)


SOURCE = Source(
    source_id="met_boroughs",
    title="Metropolitan Police crime by borough and month (CSV)",
    publisher="Metropolitan Police Service",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page="https://data.london.gov.uk/dataset/recorded_crime_summary",
    cadence="monthly",
    recognises=recognises,
    read=read,
    csv_columns=("MajorText", "MinorText", "LookUp_BoroughName", "202104"),
    short_name="Metropolitan Police",
)
