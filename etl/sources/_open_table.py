"""A table of the Home Office's open data: its headings, wherever they stand, and its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from etl.observation import measure_name
from etl.problems import InputError
from etl.sources._coded import Coded

#: Headings of each column, as names; the tables have had several over the years.
HEADINGS = {
    "year": {"financial_year"},
    "quarter": {"financial_quarter"},
    "force": {"force_name", "police_force", "police_force_name", "force"},
    "partnership": {
        "csp_name", "csp", "community_safety_partnership", "community_safety_partnership_name",
    },
    "description": {"offence_description"},
    "group": {"offence_group"},
    "subgroup": {"offence_subgroup", "offence_sub_group"},
    "code": {"offence_code"},
    "count": {"number_of_offences", "offence_count", "recorded_offences"},
}  # fmt: skip
REQUIRED = ("year", "quarter", "force", "code", "count")
HEADER_WITHIN_ROWS = 60


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        file: File and sheet, as a problem names them.
        headings: Heading of each column of `HEADINGS` that it has.
        columns: Those columns, rows that are blank throughout left out.
        lines: For each row, its number in the sheet or file, from 1.
    """

    file: str
    headings: dict[str, str]
    columns: dict[str, Coded]
    lines: np.ndarray


def without_blank_rows(table: Table) -> Table:
    """Return the table without the rows of which no column holds anything."""
    filled = np.zeros(len(table.lines), dtype=bool)
    for column in table.columns.values():
        if "" not in column.texts:
            return table
        filled |= column.spread(column.each(bool))
    columns = {name: column.rows(filled) for name, column in table.columns.items()}
    return Table(table.file, table.headings, columns, table.lines[filled])


def header_row(rows: Iterator[Sequence[str | None]]) -> tuple[int, Sequence[str | None]] | None:
    """Return the first row that names every required column, with its place from 0."""
    for number, cells in zip(range(HEADER_WITHIN_ROWS), rows, strict=False):
        names = {measure_name(cell or "") for cell in cells}
        if all(names & HEADINGS[column] for column in REQUIRED):
            return number, cells
    return None


def places_of(cells: Sequence[str | None], file: str) -> dict[str, int]:
    """Return where each column stands.

    Raises:
        InputError: Two headings name the same column.
    """
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = measure_name(cell or "")
        for column, headings in HEADINGS.items():
            if name in headings:
                if column in places:
                    raise InputError.of(
                        file,
                        "two columns have headings of the same meaning",
                        "leave only one of them",
                        value=f"{cells[places[column]]}, {cell}",
                    )
                places[column] = at
    return places
