"""Street-level crime already added up to month, force, district and crime type; and what is absent.

Two files belong together: the counts, and the list of the force-months whose file was not there
when they were made. A force-month on that list has no counts, which is not the same as no crime.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePosixPath

import pandas as pd

from etl.datadir import PROJECT_DATA
from etl.observation import measure_name, observations
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, NOTE_COLUMNS, Reading, Source
from etl.sources._csv import ROW_NUMBER, row_problems
from etl.sources._police_uk_forces import (
    areas_without_place,
    force_of_file,
    forces_by_printed_name,
)
from etl.sources._published_csv import PublishedCsv, headings, read_published_csv
from etl.sources.police_uk_street import SCHEME, TOTAL

COUNTS = ("month", "reported_by", "lad_from_lsoa_name", "crime_type", "n")
ABSENT = ("month", "file", "reason")
NO_LOCATION = "(no location)"
#: What a note says of a force-month without figures; the mart `absent_force_month` holds these.
ABSENT_EFFECT = "absent"
DISTRICTS = PROJECT_DATA / "reference" / "districts.csv"

_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_COUNT = re.compile(r"\d{1,9}")
_FILE = re.compile(r"(?P<month>\d{4}-\d{2})-(?P<force>[a-z-]+)-street\.csv")


def recognises(path: Path) -> bool:
    """Return whether the first line has the columns of the counts, or of the absent files."""
    found = set(headings(path))
    return set(COUNTS) <= found or found == set(ABSENT)


def read(path: Path) -> Reading:
    """Read the counts, or the list of what is absent.

    Returns:
        Of the counts: observations by district and force, with `street:all` as their total; of the
        list: notes of effect "absent", one a force-month.

    Raises:
        InputError: The file is not usable as a whole.
    """
    lines = read_published_csv(path)
    if not lines.rows_read:
        raise InputError.of(path.name, "there is no line below the header", "make it again")
    return _read_absent(path, lines) if "file" in lines.table else _read_counts(path, lines)


@cache
def district_codes() -> dict[str, str]:
    """Return the code of every district since 2016, by its name in lower case."""
    table = pd.read_csv(DISTRICTS, dtype="str", keep_default_na=False)
    return dict(zip(table["area_name"].str.casefold(), table["area_code"], strict=True))


def _read_counts(path: Path, lines: PublishedCsv) -> Reading:
    table = lines.table
    problems = [
        *lines.problems,
        *_unlike(path.name, table, "month", _MONTH, "this is not a month", "write it as 2014-01"),
        *_unlike(path.name, table, "n", _COUNT, "this is not a count", "write a whole number"),
        *_without_name(path.name, table, ("reported_by", "crime_type")),
        *_unknown_districts(path.name, table),
    ]
    good = table[~table[ROW_NUMBER].isin([problem.line for problem in problems])]
    forces = forces_by_printed_name(good["reported_by"].unique())
    placed = good["lad_from_lsoa_name"].ne(NO_LOCATION)
    district = good["lad_from_lsoa_name"].str.casefold().map(district_codes())
    nowhere = good["reported_by"].map({name: f.unassigned_code for name, f in forces.items()})
    types = {name: SCHEME + measure_name(name) for name in good["crime_type"].unique()}
    figures = pd.DataFrame(
        {
            "area_code": district.where(placed, nowhere),
            "measure_code": good["crime_type"].map(types),
            "period_start": pd.to_datetime(good["month"], format="%Y-%m"),
            "period_kind": "month",
            "value": good["n"].astype("float64"),
            "row_number": good[ROW_NUMBER],
            "reported_by": good["reported_by"].map({n: f.code for n, f in forces.items()}),
        }
    )
    names = good.loc[placed, "lad_from_lsoa_name"].groupby(district[placed]).first()
    rows = [[code, name, "district", "", "", ""] for code, name in names.items()]
    areas = pd.DataFrame(rows, columns=AREA_COLUMNS, dtype="str")
    return Reading(
        observations(pd.concat([figures, _totals(figures)], ignore_index=True)),
        lines.rows_read,
        areas=pd.concat([areas, areas_without_place(forces.values())], ignore_index=True),
        problems=tuple(sorted(problems)),
        rows_used=len(good),
    )


def _totals(figures: pd.DataFrame) -> pd.DataFrame:
    key = ["area_code", "period_start", "period_kind", "reported_by"]
    totals = figures.groupby(key, as_index=False)[["value"]].sum()
    return totals.assign(measure_code=TOTAL, row_number=0)


def _unlike(
    file: str, table: pd.DataFrame, column: str, pattern: re.Pattern[str], rule: str, what: str
) -> list[Problem]:
    return row_problems(file, table[~table[column].str.fullmatch(pattern)], column, rule, what)


def _without_name(file: str, table: pd.DataFrame, columns: Iterable[str]) -> list[Problem]:
    printed = re.compile(r".*[^\W_].*")
    return [
        problem
        for column in columns
        for problem in _unlike(file, table, column, printed, "no name stands here", "write it")
    ]


def _unknown_districts(file: str, table: pd.DataFrame) -> list[Problem]:
    codes = district_codes()
    names = table["lad_from_lsoa_name"]
    unknown = table[names.ne(NO_LOCATION) & ~names.str.casefold().isin(codes)]
    near = {
        name: next(iter(difflib.get_close_matches(name.casefold(), codes, n=1)), "")
        for name in unknown["lad_from_lsoa_name"].unique()
    }
    return [
        Problem(
            file, int(line), "lad_from_lsoa_name", name, "no district has this name",
            (f"did you mean {near[name].title()}? " if near[name] else "")
            + "Use a name of data/reference/districts.csv, or add the district there",
        )
        for line, name in zip(unknown[ROW_NUMBER], unknown["lad_from_lsoa_name"], strict=True)
    ]  # fmt: skip


def _read_absent(path: Path, lines: PublishedCsv) -> Reading:
    problems = list(lines.problems)
    notes = []
    table = lines.table
    for line, month, file, reason in zip(
        table[ROW_NUMBER], table["month"], table["file"], table["reason"], strict=True
    ):
        parts = _FILE.fullmatch(PurePosixPath(file).name)
        force = force_of_file(parts["force"]) if parts else None
        if not parts or not force or parts["month"] != month or not _MONTH.fullmatch(month):
            rule = "this names no force's street-level file of the month"
            what_to_do = "write it as 2014-01-hampshire-street.csv"
            problems.append(Problem(path.name, int(line), "file", file, rule, what_to_do))
            continue
        notes.append([SCHEME, force.code, f"{month}-01", ABSENT_EFFECT, reason])
    return Reading(
        observations([]),
        lines.rows_read,
        problems=tuple(problems),
        notes=pd.DataFrame(notes, columns=NOTE_COLUMNS, dtype="str"),
        rows_used=len(notes),
    )


SOURCE = Source(
    source_id="street_monthly",
    title="street-level crime by month, force and district; and its absent force-months",
    publisher="derived from Home Office, data.police.uk",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page="https://data.police.uk/data/",
    cadence="every month",
    recognises=recognises,
    read=read,
    csv_columns=COUNTS,
    short_name="police.uk",
)
