"""Tables by Community Safety Partnership, found in a workbook by title and header.

Neither sheet names nor row numbers are relied on: both differ between releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._csp_areas import PLACE_COLUMNS, place_column
from etl.sources._ons_figures import HOUSEHOLDS, NUMBER, POPULATION, Figures
from etl.sources._ons_titles import LAYOUT_HINT, TOP_ROWS, only_title
from etl.sources._ons_years import counted_year, mid_year_of
from etl.sources._workbook import Sheet, without_notes

TableKind = Literal["counts", "rates", "changes", "combined"]

#: What a table holds, by the words of its title; the first that fits.
_KIND_WORDS: dict[TableKind, re.Pattern[str]] = {
    "changes": re.compile(r"\bchanges?\b", re.IGNORECASE),
    "combined": re.compile(r"\bcombined local authorit", re.IGNORECASE),
    "rates": re.compile(r"\brates?\b", re.IGNORECASE),
    "counts": re.compile(r"\bnumbers?\b", re.IGNORECASE),
}
_TITLE = re.compile(r"table\s+[a-z]?\d+[a-z]?\b.*community safety partnership", re.IGNORECASE)
_DENOMINATOR_MEASURES = {"population": POPULATION, "household": HOUSEHOLDS}
_DENOMINATOR = re.compile(r"(population|household)s?\b(?!.*\bper\b)")
#: A row that names so many of the place columns is the header.
_LEAST_PLACE_COLUMNS = 3
_REQUIRED = {
    "combined": ("force_name", "partnership_name", "authority_code"),
    "counts": ("force_code", "force_name", "partnership_code", "partnership_name"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet taken apart.

    Attributes:
        kind: What its figures are.
        file: File and sheet as a problem names them.
        title: The title cell.
        header_row: Row number of the header in the sheet.
        headings: Heading by column number, without notes.
        rows: Text below the header by column number; the index is the sheet's row number.
    """

    kind: TableKind
    file: str
    title: str
    header_row: int
    headings: dict[int, str]
    rows: pd.DataFrame

    @property
    def places(self) -> pd.DataFrame:
        """What each row is about: the columns of `PLACE_COLUMNS`, "" for those it lacks."""
        numbers = {place_column(heading): number for number, heading in self.headings.items()}
        absent = pd.Series("", index=self.rows.index, dtype="str")
        return pd.DataFrame(
            {name: self.rows.get(numbers.get(name), absent) for name in PLACE_COLUMNS}
        )


def title_of(sheet: Sheet) -> str:
    """Return the title of a sheet's table; "" where it has none, or lists several (contents)."""
    return only_title(sheet, _TITLE)


def kind_of(title: str) -> TableKind | None:
    """Return what a table of this title holds, or None for no title and for other tables."""
    kinds = (kind for kind, words in _KIND_WORDS.items() if words.search(title))
    return next(kinds, None)


def take_apart(sheet: Sheet, kind: TableKind) -> Table:
    """Return a sheet as a table.

    Raises:
        InputError: There is no header, a heading is missing or doubled, or no row follows.
    """
    header_row = _header_row(sheet)
    headings = _headings(sheet, header_row)
    _check_headings(sheet.file, header_row, headings, kind)
    below = sheet.cells.loc[header_row + 1 :, list(headings)]
    table = Table(kind, sheet.file, title_of(sheet), header_row, headings, below)
    rows = below[_says_something(table)]
    if rows.empty:
        raise InputError.of(sheet.file, "no row follows the header", LAYOUT_HINT)
    return Table(kind, sheet.file, table.title, header_row, headings, rows)


def figure_columns(table: Table) -> dict[int, Figures]:
    """Return the columns to be read: denominators, and in a table of counts all other figures.

    Raises:
        InputError: A denominator's heading has no year, or there is nothing to be read.
    """
    found = {}
    for number, heading in table.headings.items():
        if place_column(heading):
            continue
        if denominator := _DENOMINATOR.match(heading.casefold()):
            start = _mid_year(table, heading)
            found[number] = Figures(_DENOMINATOR_MEASURES[denominator[1]], "year", start)
        elif table.kind == "counts":
            start = counted_year(table.file, table.title)
            found[number] = Figures(f"ons:{measure_name(heading)}", "rolling_year", start)
    if not found:
        raise InputError.of(table.file, "no column holds figures", LAYOUT_HINT)
    return found


def _mid_year(table: Table, heading: str) -> date:
    if year := mid_year_of(heading):
        return year
    rule = "the heading does not say of which mid-year these estimates are"
    raise InputError([Problem(table.file, table.header_row, heading, "", rule, LAYOUT_HINT)])


def _header_row(sheet: Sheet) -> int:
    for number, row in enumerate(sheet.cells.head(TOP_ROWS).to_numpy(), start=1):
        named = {place_column(without_notes(text)) for text in row if text} - {None}
        if len(named) >= _LEAST_PLACE_COLUMNS:
            return number
    rule = 'no row has the headings "Police Force Area code", "Community Safety Partnership code"'
    raise InputError.of(sheet.file, rule, LAYOUT_HINT)


def _headings(sheet: Sheet, header_row: int) -> dict[int, str]:
    """Return the heading of every used column; a cell merged upwards has its text further up."""
    above = sheet.cells.loc[:header_row].replace("", None).ffill().iloc[-1].fillna("")
    header = sheet.cells.loc[header_row]
    used = sheet.cells.loc[header_row:].ne("").any()
    return {
        number: without_notes(header[number] or above[number])
        for number in sheet.cells
        if used[number]
    }


def _check_headings(file: str, line: int, headings: dict[int, str], kind: TableKind) -> None:
    texts = list(headings.values())
    problems = [
        Problem(file, line, text, "", "two columns have this heading", LAYOUT_HINT)
        for text in dict.fromkeys(texts)
        if text and texts.count(text) > 1
    ]
    if "" in texts:
        problems.append(Problem(file, line, "", "", "a column has no heading", LAYOUT_HINT))
    named = {place_column(text) for text in texts}
    problems += [
        Problem(file, line, " ... ".join(PLACE_COLUMNS[name]), "", "no such column", LAYOUT_HINT)
        for name in _REQUIRED.get(kind, _REQUIRED["counts"])
        if name not in named
    ]
    if problems:
        raise InputError(problems)


def _says_something(table: Table) -> pd.Series:
    """Return which rows are about a place or hold a figure; units and footnotes do neither."""
    places = table.places
    figures = [n for n, heading in table.headings.items() if place_column(heading) is None]
    number = table.rows[figures].apply(lambda column: column.str.fullmatch(NUMBER)).any(axis=1)
    partnership = places["partnership_code"].ne("") | places["partnership_name"].ne("")
    force = places["force_code"].ne("") & places["force_name"].ne("")
    return partnership | force | number | places["authority_code"].ne("")
