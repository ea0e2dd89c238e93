"""ONS recorded crime by Community Safety Partnership: counts of each year, and denominators.

Sheets are known by their titles ("Table C2: Number of police recorded crimes ... by Community
Safety Partnership area ... year ending December 2024"), columns by their headings. The printed
percentages and rates are not read: they follow from the counts. Negative counts are genuine (a
force took offences back), and a blank is not a zero.

Counts are `rolling_year` observations. Populations and households ("mid-2022") are `year`
observations that start on 1 January of the year in their heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from etl.observation import observations
from etl.periods import Period
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, Reading, Source
from etl.sources._csp_areas import (
    Combined,
    combined_authorities,
    force_codes,
    place_heading,
    place_of,
)
from etl.sources._csp_tables import (
    Table,
    TableKind,
    figure_columns,
    kind_of,
    take_apart,
    title_of,
)
from etl.sources._ons_areas import Place, PlaceError
from etl.sources._ons_figures import read_figures, without_contradictions, without_repeats
from etl.sources._ons_titles import LAYOUT_HINT, TOP_ROWS
from etl.sources._ons_years import counted_year, years_of
from etl.sources._workbook import Sheet, is_workbook, read_sheets

Sheets = Mapping[TableKind, Sequence[Sheet]]


def recognises(path: Path) -> bool:
    """Return whether the file is a workbook with a sheet of counts by partnership."""
    if not is_workbook(path):
        return False
    try:
        tops = read_sheets(path, first_rows=TOP_ROWS)
    except InputError:
        return False
    return any(kind_of(title_of(top)) == "counts" for top in tops)


def read(path: Path) -> Reading:
    """Read counts, denominators and areas.

    Args:
        path: The workbook.

    Returns:
        Observations of every partnership, force, unassigned and other row. A blank figure cell
        is counted as withheld under "blank".

    Raises:
        InputError: The workbook is damaged, a year is missing, or a table has no header or no
            figures.
    """
    sheets = _sheets_by_kind(path)
    _check_years(path.name, sheets)
    tables = [take_apart(sheet, kind) for kind in ("counts", "rates") for sheet in sheets[kind]]
    lists = [take_apart(sheet, "combined").places for sheet in sheets["combined"]]
    problems: list[Problem] = []
    combined = combined_authorities(pd.concat(lists)) if lists else {}
    places = _places(tables, combined, problems)
    cells = without_repeats(
        pd.concat([_cells(table, places[table.file]) for table in tables], ignore_index=True)
    )
    good, withheld = read_figures(cells, problems)
    areas = [asdict(place) for of_table in places.values() for place in of_table.values()]
    return Reading(
        observations(without_contradictions(good, problems)),
        rows_read=len(cells),
        areas=pd.DataFrame(areas, columns=AREA_COLUMNS, dtype="str").drop_duplicates("area_code"),
        problems=tuple(sorted(problems)),
        withheld=withheld,
    )


def _sheets_by_kind(path: Path) -> Sheets:
    found: dict[TableKind, list[Sheet]] = {"counts": [], "rates": [], "changes": [], "combined": []}
    for sheet in read_sheets(path):
        if kind := kind_of(title_of(sheet)):
            found[kind].append(sheet)
    return found


def _check_years(file: str, sheets: Sheets) -> None:
    """Raise `InputError` where the workbook compares a year that no sheet of it counts."""
    counted = {counted_year(sheet.file, title_of(sheet)) for sheet in sheets["counts"]}
    compared = {year for sheet in sheets["changes"] for year in years_of(title_of(sheet))}
    missing = ", ".join(
        f"{Period(year, 'rolling_year').end:%B %Y}" for year in sorted(compared - counted)
    )
    if missing:
        raise InputError.of(file, f"no sheet counts the year ending {missing}", LAYOUT_HINT)
    if not counted:
        raise InputError.of(file, "no sheet counts crimes by partnership", LAYOUT_HINT)


def _places(
    tables: Sequence[Table], combined: Combined, problems: list[Problem]
) -> dict[str, dict[int, Place]]:
    """Return what the rows are about by sheet and row number; a row that does not say is left."""
    forces = force_codes(pd.concat([table.places for table in tables]))
    found: dict[str, dict[int, Place]] = {}
    for table in tables:
        found[table.file] = {}
        rows = table.places.to_dict("records")
        for line, row in zip(table.rows.index.tolist(), rows, strict=True):
            try:
                found[table.file][line] = place_of(row, forces, combined)
            except PlaceError as error:
                heading = place_heading(error.column, table.headings.values())
                problems.append(
                    Problem(
                        table.file, line, heading, row[error.column], error.rule, error.what_to_do
                    )
                )
    return found


def _cells(table: Table, places: Mapping[int, Place]) -> pd.DataFrame:
    """Return the figure cells of a table, one a row, as text; area_code "" where it is unknown."""
    area_codes = [places[line].area_code if line in places else "" for line in table.rows.index]
    columns = [
        pd.DataFrame(
            {
                "area_code": area_codes,
                "measure_code": figures.measure_code,
                "period_kind": figures.period_kind,
                "period_start": pd.Timestamp(figures.period_start),
                "text": table.rows[number].array,
                "row_number": table.rows.index,
                "file": table.file,
                "heading": table.headings[number],
            }
        )
        for number, figures in figure_columns(table).items()
    ]
    return pd.concat(columns, ignore_index=True)


SOURCE = Source(
    source_id="ons_csp",
    title="ONS recorded crime by Community Safety Partnership area (workbook)",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/"
        "datasets/policeforceareadatatables"
    ),
    cadence="quarterly",
    recognises=recognises,
    read=read,
    short_name="ONS",
)
