"""Street-level crime of data.police.uk: records added up to month, small area and crime type.

A file, a folder or the downloaded archive, of any number of forces and months, or the counts that
`etl.spark` made of them. Every record counts: anti-social behaviour carries no Crime ID, so equal
records are different incidents. Counts are of one force each (`reported_by`): a force also reports
some crime outside its own area, and the British Transport Police everywhere.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from etl.observation import measure_name, observations
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, NOTE_COLUMNS, Reading, Source
from etl.sources._police_uk_forces import ReportingForce, areas_without_place, reporting_force
from etl.sources._street_counted import holds_counts, read_counted
from etl.sources._street_counts import ALL_TYPES, MAX_PROBLEMS, Counts, add_up
from etl.sources._street_files import find_street_files, holds_street_files
from etl.sources._street_lines import KEYS

SCHEME = "street:"
TOTAL = "street:all"


def read(path: Path) -> Reading:
    """Read street-level files.

    Args:
        path: A CSV, a folder, a zip archive, or a file of counts made of them.

    Returns:
        Counts of records by small area (or, without a place, by force), crime type and month,
        with `street:all` as their total; `rows_used` says how many records they are.

    Raises:
        InputError: The archive or a file is not usable, or holds no record.
    """
    if holds_counts(path):
        counts, beside = read_counted(path), Counter[str]()
    else:
        found = find_street_files(path)
        counts, beside = add_up(path.name, found.street), found.beside
    if not counts.records:
        raise InputError.of(path.name, "there is no record in it", "download it again")
    codes, forces = _coded(counts)
    problems = counts.problems
    if counts.unusable > MAX_PROBLEMS:
        more = f"{counts.unusable - MAX_PROBLEMS:,} more lines cannot be used"
        problems = [*problems, Problem(path.name, 0, "", "", more, "mend the ones named first")]
    return Reading(
        _observations(codes),
        counts.records,
        areas=_areas(counts, forces),
        problems=tuple(problems),
        notes=_notes(beside, codes),
        rows_used=counts.records - counts.unusable,
    )


#: Categories of each of `KEYS`, and for every group its position among them and its records.
Coded = tuple[dict[str, list[str]], dict[str, np.ndarray], np.ndarray]


def _coded(counts: Counts) -> tuple[Coded, list[ReportingForce]]:
    """Return the parts as one, with codes and measures instead of what is printed."""
    printed = {name: values.to_pylist() for name, values in counts.printed.items()}
    overlap = _overlap(counts)
    positions = {name: np.concatenate([part.pop(name) for part in counts.parts]) for name in KEYS}
    records = np.concatenate([part.pop("records") for part in counts.parts])
    counts.parts.clear()
    forces = [reporting_force(name) for name in printed["reported_by"]]
    _place_unassigned(printed["lsoa_code"], positions, forces)
    categories = {
        "reported_by": [force.code for force in forces],
        "month": printed["month"],
        "lsoa_code": printed["lsoa_code"],
        "crime_type": [
            TOTAL if at == ALL_TYPES else SCHEME + measure_name(name)
            for at, name in enumerate(printed["crime_type"])
        ],
    }
    alike = [name for name in KEYS if len(set(categories[name])) < len(categories[name])]
    for name in alike:
        unique, at = np.unique(categories[name], return_inverse=True)
        categories[name] = [str(each) for each in unique]
        positions[name] = at.astype(positions[name].dtype)[positions[name]]
    coded = categories, positions, records
    return (_summed(coded) if alike or overlap else coded), forces


def _overlap(counts: Counts) -> bool:
    """Return whether a month of a force stands in two parts, so that groups may stand twice."""
    shape = len(counts.printed["reported_by"]), len(counts.printed["month"])
    times = np.zeros(shape, "int64")
    for part in counts.parts:
        there = np.zeros(shape, "bool")
        there[part["reported_by"], part["month"]] = True
        times += there
    return bool((times > 1).any())


def _place_unassigned(
    places: list[str], positions: dict[str, np.ndarray], forces: list[ReportingForce]
) -> None:
    """Put records without a place in the area that their force has for them."""
    if "" not in places:
        return
    nowhere = positions["lsoa_code"] == places.index("")
    first = len(places)
    places.extend(force.unassigned_code for force in forces)
    positions["lsoa_code"][nowhere] = positions["reported_by"][nowhere].astype("int32") + first


def _summed(coded: Coded) -> Coded:
    """Return groups that stand in several parts, or under two spellings, as one."""
    categories, positions, records = coded
    key = np.zeros(len(records), "int64")
    for name in KEYS:
        key = key * len(categories[name]) + positions[name]
    group, unique = pd.factorize(key)
    sums = np.bincount(group, weights=records, minlength=len(unique))
    found = {}
    for name in reversed(KEYS):
        unique, position = np.divmod(unique, len(categories[name]))
        found[name] = position.astype(positions[name].dtype)
    return categories, found, sums


def _observations(coded: Coded) -> pd.DataFrame:
    categories, positions, records = coded
    columns = {
        name: pd.Categorical.from_codes(positions[name], values)
        for name, values in categories.items()
        if name != "month"
    }
    months = pd.to_datetime(pd.Series(categories["month"])).to_numpy("datetime64[s]")
    everywhere = np.zeros(len(records), "int8")
    return observations(
        pd.DataFrame(
            {
                "area_code": columns["lsoa_code"],
                "measure_code": columns["crime_type"],
                "period_start": months[positions["month"]],
                "period_kind": pd.Categorical.from_codes(everywhere, ["month"]),
                "value": records,
                "status": pd.Categorical.from_codes(everywhere, ["final"]),
                "row_number": np.zeros(len(records), "int64"),
                "reported_by": columns["reported_by"],
            },
            copy=False,
        )
    )


def _areas(counts: Counts, forces: list[ReportingForce]) -> pd.DataFrame:
    """Return the small areas of the file, and the areas for what has no place."""
    codes = [code for code in counts.printed["lsoa_code"].to_pylist() if code]
    names = [counts.names.get(code, code) for code in codes]
    blank = dict.fromkeys(AREA_COLUMNS, "")
    small = pd.DataFrame(
        blank | {"area_code": codes, "area_name": names, "area_kind": "lsoa"}, dtype="str"
    )
    return pd.concat([small, areas_without_place(forces)], ignore_index=True)


def _notes(beside: Counter[str], coded: Coded) -> pd.DataFrame:
    """Return what is not in the counts: files left alone; and how many records have no place."""
    categories, positions, records = coded
    total = positions["crime_type"] == categories["crime_type"].index(TOTAL)
    places = categories["lsoa_code"]
    unassigned = np.array([place.startswith("unassigned:") for place in places], "bool")
    unplaced = records[total & unassigned[positions["lsoa_code"]]].sum()
    statements = [
        f"{number:,} files beside the street-level ones were left alone: {kind}"
        for kind, number in sorted(beside.items())
    ]
    if unplaced:
        statements.append(
            f"{unplaced:,.0f} of {records[total].sum():,.0f} records have no place; they are "
            "counted as unassigned of their force"
        )
    rows = [[SCHEME, "", "", "context", statement] for statement in statements]
    return pd.DataFrame(rows, columns=NOTE_COLUMNS, dtype="str")


def recognises(path: Path) -> bool:
    """Return whether there are street-level records at a path, or counts of them."""
    return holds_counts(path) or holds_street_files(path)


SOURCE = Source(
    source_id="police_uk_street",
    title="street-level crime (data.police.uk): a CSV, a folder or the downloaded zip",
    publisher="Home Office, data.police.uk",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page="https://data.police.uk/data/",
    cadence="every month",
    recognises=recognises,
    read=read,
    csv_columns=("Month", "Reported by", "LSOA code", "LSOA name", "Crime type"),
    short_name="police.uk",
)
