"""ONS recorded crime by Community Safety Partnership: counts of each year, and denominators.

Sheets are known by their titles ("Table C2: Number of police recorded crimes ... by Community
Safety Partnership area ... year ending December 2024"), columns by their headings. The printed
percentages and rates are not read: they follow from the counts. Negative counts are genuine (a
force took offences back), and a blank is not a zero.

Where the tables of rates have a marker `[u1]` for every rate of a partnership (City of London,
whose residents are few), a note says so, in the publisher's words.

Counts are `rolling_year` observations. Populations and households ("mid-2022") are `year`
observations that start on 1 January of the year in their heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from etl.observation import observations
from etl.periods import Period
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, NOTE_COLUMNS, Reading, Source
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
    shorthand_of,
    take_apart,
    title_of,
    withheld_rates,
)
from etl.sources._ons_areas import Place, PlaceError
from etl.sources._ons_figures import Figures, read_figures, without_contradictions, without_repeats
from etl.sources._ons_sheets import sheets_of, tops_of
from etl.sources._ons_titles import LAYOUT_HINT
from etl.sources._ons_years import years_of
from etl.sources._workbook import Sheet

NO_RATE = "The publisher gives no rates of this area."
Sheets = Mapping[TableKind, Sequence[Sheet]]


def recognises(path: Path) -> bool:
    """Return whether the file is a workbook or CSV with a table of counts by partnership."""
    return any(kind_of(title_of(top)) == "counts" for top in tops_of(path))


def read(path: Path) -> Reading:
    """Read counts, denominators and areas.

    Args:
        path: The workbook, or one of its tables of counts saved as CSV.

    Raises:
        InputError: As `reading_of`, or the file is damaged.
    """
    return reading_of(path.name, sheets_of(path))


def reading_of(file: str, sheets: Iterable[Sheet]) -> Reading:
    """Read the sheets of a workbook. A sheet or column that cannot be read is left out and told.

    Returns:
        Observations of every partnership, force, unassigned and other row. A blank figure cell
        is counted as withheld under "blank".

    Raises:
        InputError: No sheet of counts can be read.
    """
    problems: list[Problem] = []
    by_kind = _sheets_by_kind(sheets)
    _check_years(file, by_kind, problems)
    tables = _tables(by_kind, ("counts", "rates"), problems)
    if not any(table.kind == "counts" for table, _ in tables):
        none = InputError.of(file, "no sheet counts crimes by partnership", LAYOUT_HINT)
        raise InputError(problems) if problems else none
    lists = [table.places for table, _ in _tables(by_kind, ("combined",), problems)]
    combined = combined_authorities(pd.concat(lists)) if lists else {}
    places = _places([table for table, _ in tables], combined, problems)
    cells = without_repeats(
        pd.concat(
            [_cells(table, columns, places[table.file]) for table, columns in tables],
            ignore_index=True,
        )
    )
    good, withheld = read_figures(cells, problems)
    areas = [asdict(place) for of_table in places.values() for place in of_table.values()]
    return Reading(
        observations(without_contradictions(good, problems)),
        rows_read=len(cells),
        areas=pd.DataFrame(areas, columns=AREA_COLUMNS, dtype="str").drop_duplicates("area_code"),
        problems=tuple(sorted(problems)),
        withheld=withheld,
        notes=_without_rates(
            [table for table, _ in tables if table.kind == "rates"], places, by_kind
        ),
    )


def _without_rates(
    tables: Sequence[Table], places: Mapping[str, Mapping[int, Place]], sheets: Sheets
) -> pd.DataFrame:
    """Return a note on each partnership of which no rate is given, with `NOTE_COLUMNS`."""
    said = {sheet.file: shorthand_of(sheet) for sheet in sheets["rates"]}
    rows = [
        [
            "",
            places[table.file][line].area_code,
            "",
            "no_rate",
            said[table.file].get(marker, NO_RATE),
        ]
        for table in tables
        for line, marker in withheld_rates(table).items()
        if line in places[table.file]
    ]
    return pd.DataFrame(rows, columns=NOTE_COLUMNS, dtype="str").drop_duplicates()


def _sheets_by_kind(sheets: Iterable[Sheet]) -> Sheets:
    found: dict[TableKind, list[Sheet]] = {"counts": [], "rates": [], "changes": [], "combined": []}
    for sheet in sheets:
        if kind := kind_of(title_of(sheet)):
            found[kind].append(sheet)
    return found


def _check_years(file: str, sheets: Sheets, problems: list[Problem]) -> None:
    """Tell of years that the workbook compares and no sheet of it counts."""
    counted = {year for sheet in sheets["counts"] for year in years_of(title_of(sheet))}
    compared = {year for sheet in sheets["changes"] for year in years_of(title_of(sheet))}
    missing = ", ".join(
        f"{Period(year, 'rolling_year').end:%B %Y}" for year in sorted(compared - counted)
    )
    if missing:
        rule = f"no sheet counts the year ending {missing}"
        problems.append(Problem(file, 0, "", "", rule, LAYOUT_HINT))


def _tables(
    sheets: Sheets, kinds: Iterable[TableKind], problems: list[Problem]
) -> list[tuple[Table, dict[int, Figures]]]:
    """Return the tables of some kinds that can be read, each with its columns of figures."""
    found = []
    for kind in kinds:
        for sheet in sheets[kind]:
            try:
                table = take_apart(sheet, kind)
                columns = {} if kind == "combined" else figure_columns(table, problems)
            except InputError as error:
                problems += error.problems
                continue
            problems += table.problems
            found.append((table, columns))
    return found


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


def _cells(
    table: Table, figures_of: Mapping[int, Figures], places: Mapping[int, Place]
) -> pd.DataFrame:
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
        for number, figures in figures_of.items()
    ]
    return pd.concat(columns, ignore_index=True)


SOURCE = Source(
    source_id="ons_csp",
    title="ONS recorded crime by Community Safety Partnership area (workbook)",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/"
        "datasets/policeforceareadatatables"
    ),
    cadence="quarterly",
    recognises=recognises,
    read=read,
    short_name="ONS",
)
