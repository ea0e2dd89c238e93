"""ONS recorded crime by police force area: quarterly workbooks of counts and denominators.

Sheets are known by their titles ("Table P1: Police recorded crime by offence group and police
force area ... number of offences, year ending March 18"), columns by their headings. Read are the
counts by offence, of the year and where printed of the year before, and the longer series that
come with them: offences with a knife, with a firearm, fraud referred by Action Fraud, incidents of
anti-social behaviour, populations and households. Percentages and rates follow from counts and are
not read; nor are the Crime Survey's percentages. Changes are read where the year before is not
printed: they imply it (`_pfa_bases`).

Counts are `rolling_year` observations. Populations and households ("mid-2016") are `year`
observations that start on 1 January of the year in their heading. The notes of the tables come
with them; a count that a note on its area calls an estimate has the status `estimated`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pandas as pd

from etl.observation import observations
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, NOTE_COLUMNS, Reading, Source
from etl.sources._ons_areas import Place, PlaceError
from etl.sources._ons_figures import (
    DENOMINATORS,
    MARKER,
    NUMBER,
    Figures,
    read_figures,
    without_contradictions,
    without_repeats,
)
from etl.sources._ons_sheets import sheets_of, tops_of
from etl.sources._ons_titles import LAYOUT_HINT
from etl.sources._pfa_areas import NamesElsewhere, looks_like_code, place_of
from etl.sources._pfa_bases import bases_in
from etl.sources._pfa_columns import figure_columns, is_about
from etl.sources._pfa_notes import Notes, estimated_lines, first_of_each, notes_about, notes_of
from etl.sources._pfa_tables import Table, take_apart, title_of
from etl.sources._workbook import Sheet

Columns = Mapping[int, Figures]
#: What the rows of each sheet are about, by row number.
Places = Mapping[str, Mapping[int, Place]]


def recognises(path: Path) -> bool:
    """Return whether the file is a workbook or CSV with a table by police force area."""
    return any(is_about(title_of(top)) for top in tops_of(path))


def read(path: Path) -> Reading:
    """Read counts, denominators, areas and notes.

    Args:
        path: The workbook, or one of its tables saved as CSV.

    Raises:
        InputError: As `reading_of`, or the file is damaged.
    """
    return reading_of(path.name, sheets_of(path))


def reading_of(file: str, sheets: Sequence[Sheet]) -> Reading:
    """Read the sheets of a workbook. A sheet or column that cannot be read is left out and told.

    Returns:
        Observations of every force, region, country and other row. A blank figure cell is counted
        as withheld under "blank".

    Raises:
        InputError: No sheet of counts can be read.
    """
    problems: list[Problem] = []
    tables = _tables(sheets, problems)
    columns = {table.file: figure_columns(table, problems) for table in tables}
    if not any(_counts(table, columns[table.file]) for table in tables):
        none = InputError.of(file, "no sheet counts offences by police force area", LAYOUT_HINT)
        raise InputError(problems) if problems else none
    places = _places(tables, columns, problems)
    notes = notes_of(sheets, tables)
    cells = without_repeats(
        pd.concat(
            [_cells(table, columns[table.file], places[table.file], notes) for table in tables],
            ignore_index=True,
        )
    )
    good, withheld = read_figures(cells, problems)
    good = without_contradictions(good, problems)
    known = len(problems)
    bases = bases_in(tables, _by_key(good), problems)
    rows_read = len(cells) + len(bases) + len(problems) - known
    areas = [asdict(place) for of_table in places.values() for place in of_table.values()]
    return Reading(
        observations(pd.concat([good, bases], ignore_index=True)),
        rows_read=rows_read,
        areas=pd.DataFrame(areas, columns=AREA_COLUMNS, dtype="str").drop_duplicates("area_code"),
        problems=tuple(sorted(problems)),
        withheld=withheld,
        notes=_notes(tables, columns, places, notes),
    )


def _tables(sheets: Iterable[Sheet], problems: list[Problem]) -> list[Table]:
    """Return the tables that can be read."""
    found = []
    for sheet in sheets:
        if not is_about(title_of(sheet)):
            continue
        try:
            table = take_apart(sheet)
        except InputError as error:
            problems += error.problems
            continue
        problems += table.problems
        found.append(table)
    return found


def _by_key(good: pd.DataFrame) -> dict[tuple[str, str, date], float]:
    """Return the counts by area, measure and first day of the year."""
    counts = good[good["period_kind"].eq("rolling_year")]
    starts = counts["period_start"].dt.date
    keys = zip(counts["area_code"], counts["measure_code"], starts, strict=True)
    return dict(zip(keys, counts["value"].tolist(), strict=True))


def _counts(table: Table, columns: Columns) -> bool:
    return any(figures.measure_code not in DENOMINATORS for figures in columns.values())


def _places(
    tables: Sequence[Table], columns: Mapping[str, Columns], problems: list[Problem]
) -> Places:
    """Return what the rows are about; a row that does not say, or wrongly, is a problem."""
    rows = {
        table.file: _rows_with_figures(table, columns[table.file])[[table.codes, table.names]]
        for table in tables
    }
    elsewhere = NamesElsewhere(
        (file, code, name) for file, pairs in rows.items() for code, name in pairs.to_numpy()
    )
    found: dict[str, dict[int, Place]] = defaultdict(dict)
    for file, pairs in rows.items():
        for line, code, name in pairs.itertuples():
            try:
                elsewhere.check(file, code, name)
                found[file][int(line)] = place_of(code, name)
            except PlaceError as error:
                value = code if error.column == "Area Code" else name
                problems.append(
                    Problem(file, int(line), error.column, value, error.rule, error.what_to_do)
                )
    return found


def _rows_with_figures(table: Table, columns: Columns) -> pd.DataFrame:
    """Return the rows that are about an area or hold a figure; footnotes do neither."""
    rows, read = table.rows, list(columns)
    number = rows[read].apply(lambda column: column.str.fullmatch(NUMBER)).any(axis="columns")
    marker = rows[read].apply(lambda column: column.str.fullmatch(MARKER)).any(axis="columns")
    named = rows[table.names].ne("")
    coded = rows[table.codes].map(looks_like_code)
    return rows[number | (named & (marker | coded))] if read else rows.iloc[:0]


def _cells(
    table: Table, columns: Columns, places: Mapping[int, Place], notes: Notes
) -> pd.DataFrame:
    """Return the figure cells of a table, one a row, as text; area_code "" where it is unknown."""
    rows = _rows_with_figures(table, columns)
    codes = [places[line].area_code if line in places else "" for line in rows.index]
    estimated = estimated_lines(table, columns, notes)
    parts = [
        pd.DataFrame(
            {
                "area_code": codes,
                "measure_code": figures.measure_code,
                "period_kind": figures.period_kind,
                "period_start": pd.Timestamp(figures.period_start),
                "text": rows[number].array,
                "status": ["estimated" if line in estimated else "final" for line in rows.index],
                "row_number": rows.index,
                "file": table.file,
                "heading": table.columns[number].name,
            }
        )
        for number, figures in columns.items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _notes(
    tables: Sequence[Table], columns: Mapping[str, Columns], places: Places, notes: Notes
) -> pd.DataFrame:
    found = [
        notes_about(table, columns[table.file], places[table.file], notes)
        for table in tables
        if columns[table.file]
    ]
    return first_of_each(pd.concat([pd.DataFrame(columns=NOTE_COLUMNS), *found]))


SOURCE = Source(
    source_id="ons_pfa",
    title="ONS recorded crime by police force area (workbook)",
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
