"""Home Office open data: recorded offences by quarter, offence code and force or partnership.

A row of the force tables is a force, of the partnership tables a Community Safety Partnership;
both give `quarter` observations of `ho:<offence code>`. Areas are known by their names. Rows of one
area, quarter and code add up: homicide is four rows (murder, manslaughter, corporate manslaughter,
infanticide), often equal to the letter. Negatives are corrections and count.

The files print a row for every code in force, zero too ("-00 "), in every area and quarter: a code
that a file prints for no area of a quarter was not in force, one that it prints for others only is
missing. Neither is made a zero here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from etl.datadir import PROJECT_DATA, DataDir
from etl.observation import observations
from etl.offences import MEASURE_SCHEME, load_classification
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, NOTE_COLUMNS, PRINTED_OFFENCE_COLUMNS, Reading, Source
from etl.sources._area_names import area_names
from etl.sources._coded import Coded
from etl.sources._ho_columns import (
    UNKNOWN,
    Names,
    area_numbers,
    counts,
    measure_numbers,
    places,
    quarter_months,
    withheld,
)
from etl.sources._open_data import is_open_data, read_tables
from etl.sources._open_table import Table

#: Of the codes of an area and quarter: where more than this share stands more than once, the
#: quarter is in the file twice.
_DOUBLED_SHARE = 0.5
#: Fewer different codes than this tell nothing about the quarter.
_FEWEST_CODES = 10
_SEVERAL_OFFENCES = "/"
_JANUARY_1970 = 1970 * 12


@dataclass(slots=True)
class _Found:
    """What is collected from table to table."""

    names: Names
    problems: list[Problem] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)
    withheld: Counter[str] = field(default_factory=Counter)
    pieces: list[pd.DataFrame] = field(default_factory=list)
    rows_read: int = 0
    rows_used: int = 0


def recognises(path: Path) -> bool:
    """Return whether the file has the headings of the open-data tables."""
    return is_open_data(path)


def read(path: Path) -> Reading:
    """Read every table of a workbook (.xlsx, .ods) or CSV.

    Args:
        path: The file.

    Returns:
        Observations in the order of the file. A blank count, or a marker in place of one, is
        counted as withheld. `rows_used` counts the rows that were added up.

    Raises:
        InputError: The file is damaged or too large, or has no such table or no row.
    """
    found = _Found(Names(area_names(), load_classification(DataDir(PROJECT_DATA))))
    for table in read_tables(path, found.problems):
        if len(table.lines):
            _read_table(table, found)
    found.rows_read += sum(problem.rule.startswith("the line has") for problem in found.problems)
    if not found.rows_read:
        raise InputError.of(
            path.name,
            "no sheet holds offences by quarter and code",
            "use the open-data tables as the Home Office publishes them",
        )
    names = found.names
    return Reading(
        _together(found),
        rows_read=found.rows_read,
        areas=pd.DataFrame(list(names.areas.values()), columns=AREA_COLUMNS, dtype="str"),
        problems=tuple(sorted(found.problems)),
        withheld=dict(sorted(found.withheld.items())),
        notes=_notes(found),
        offences=pd.DataFrame(
            list(names.offences.values()), columns=PRINTED_OFFENCE_COLUMNS, dtype="str"
        ),
        rows_used=found.rows_used,
    )


def _read_table(table: Table, found: _Found) -> None:
    """Add the observations of one table, and what is wrong with it, to what was found."""
    place = places(table)
    month = quarter_months(table, found.problems)
    area = area_numbers(table, place, found.names, found.problems)
    measure = measure_numbers(table, found.names, found.problems)
    value = counts(table, found.problems)
    said = (month != UNKNOWN) & (area != UNKNOWN) & (measure != UNKNOWN)
    said &= ~_doubled(table, place, measure, month, found)
    good = said & ~np.isnan(value)
    found.rows_read += len(table.lines)
    found.rows_used += int(good.sum())
    found.withheld.update(withheld(table, said & np.isnan(value)))
    kept = np.flatnonzero(good)
    key = _key(area[kept], measure[kept], month[kept])
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    total = np.bincount(same, weights=value[kept], minlength=len(first))
    order = np.argsort(first)
    chosen = kept[first[order]]
    piece = {
        "area_code": area[chosen].astype(np.int16),
        "measure_code": measure[chosen].astype(np.int16),
        "month": month[chosen].astype(np.int32),
        "value": total[order],
        "row_number": table.lines[chosen],
    }
    found.pieces.append(pd.DataFrame(piece))


def _key(*parts: np.ndarray) -> np.ndarray:
    """Return one number for each row's combination of small numbers from -1 up."""
    key = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        key = key * (int(part.max(initial=0)) + 2) + part + 1
    return key


def _doubled(
    table: Table, place: Coded, measure: np.ndarray, month: np.ndarray, found: _Found
) -> np.ndarray:
    """Return which rows belong to a quarter of an area that the table holds twice.

    A code that stands for several offences has several rows. Of the others a few may repeat
    (two descriptions under one code): they are noted and added up.
    """
    measures = found.names.measures
    single = np.array([_SEVERAL_OFFENCES not in code for code in measures] + [False])[measure]
    quarter = np.unique(_key(place.codes, month), return_inverse=True)[1]
    _, first, same, times = np.unique(
        _key(quarter, measure), return_index=True, return_inverse=True, return_counts=True
    )
    again = single & (times[same] > 1)
    rows = np.zeros(len(again), dtype=bool)
    if not again.any():
        return rows
    share = np.bincount(quarter, weights=again) / np.bincount(quarter)
    is_doubled = (share > _DOUBLED_SHARE) & (np.bincount(quarter[first]) >= _FEWEST_CODES)
    rows = is_doubled[quarter]
    found.repeated |= {measures[number] for number in np.unique(measure[again & ~rows])}
    _, first = np.unique(quarter[rows], return_index=True)
    for row in np.flatnonzero(rows)[first]:
        name = place.texts[place.codes[row]].replace("\t", ", ")
        year, number = (
            table.columns[each].texts[table.columns[each].codes[row]]
            for each in ("year", "quarter")
        )
        found.problems.append(
            Problem(
                table.file, int(table.lines[row]), table.headings["code"], name,
                f"most codes of quarter {number} of {year} stand more than once for this area",
                "leave each only once; none of them is taken",
            )
        )  # fmt: skip
    return rows


def _together(found: _Found) -> pd.DataFrame:
    """Return all pieces as observations, texts as categories: millions of rows in little memory."""
    empty = {"area_code": [], "measure_code": [], "month": [], "value": [], "row_number": []}
    rows = pd.concat(found.pieces, ignore_index=True) if found.pieces else pd.DataFrame(empty)
    found.pieces.clear()
    month = rows.pop("month").to_numpy(np.int64) - _JANUARY_1970
    rows["period_start"] = month.astype("datetime64[M]").astype("datetime64[s]")
    for column, texts in (
        ("area_code", list(found.names.areas)),
        ("measure_code", found.names.measures),
    ):
        rows[column] = pd.Categorical.from_codes(
            rows[column].astype(np.int16), pd.Index(texts, dtype="str")
        )
    none = np.zeros(len(rows), dtype=np.int8)
    for column, text in (("period_kind", "quarter"), ("status", "final"), ("reported_by", "")):
        rows[column] = pd.Categorical.from_codes(none, pd.Index([text], dtype="str"))
    return observations(rows)


def _notes(found: _Found) -> pd.DataFrame:
    """Return what must be known of the figures, with `NOTE_COLUMNS`."""
    names = found.names
    rows = [
        (f"{MEASURE_SCHEME}{code}", "", "", "caution",
         f"Not in the offence table: counted in {subgroup}, where the file has it")
        for code, subgroup in names.new_offences.items()
    ] + [
        ("", area, "", "context", f"The sum of {', '.join(sorted(parts))}, as the file names them")
        for area, parts in names.parts.items()
    ] + [
        (measure, "", "", "context", "Several rows of an area and quarter, added up")
        for measure in sorted(found.repeated)
    ] + _breaks(names)  # fmt: skip
    return pd.DataFrame(rows, columns=NOTE_COLUMNS, dtype="str")


def _breaks(names: Names) -> list[tuple[str, str, str, str, str]]:
    """Return a note for every code met that a change of the classification ended or began."""
    rows = []
    known = names.classification.offences
    for code in known[known["offence_code"].isin(names.offences)].to_dict("records"):
        measure, name = MEASURE_SCHEME + code["offence_code"], code["offence_subgroup"]
        if code["valid_from"]:
            since = pd.Timestamp(code["valid_from"])
            rows.append((measure, "", f"{since:%Y-%m-%d}", "break", f"{name}: since {since:%B %Y}"))
        if code["valid_to"]:
            last = pd.Timestamp(code["valid_to"])
            after = last + pd.Timedelta(days=1)
            rows.append((measure, "", f"{after:%Y-%m-%d}", "break", f"{name}: until {last:%B %Y}"))
    return rows


SOURCE = Source(
    source_id="ho_open_data",
    title="Home Office police recorded crime open data (force and partnership tables)",
    publisher="Home Office",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page="https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
    cadence="quarterly",
    recognises=recognises,
    read=read,
    csv_columns=(
        "Financial Year",
        "Financial Quarter",
        "Force Name",
        "Offence Code",
        "Number of Offences",
    ),
    short_name="Home Office",
)
