"""Tables by Community Safety Partnership, found in a workbook by title and header.

Neither sheet names nor row numbers are relied on: both differ between releases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
#: The Government Analysis Function's shorthand for what is too unreliable to be given.
_NO_RATE = re.compile(r"\[u\d?\]")
#: "[u1] indicates rates … are not presented for City of London", as far as the next marker.
_SHORTHAND = re.compile(r"(\[u\d?\]) indicates (?:that )?([^\[]+)", re.IGNORECASE)
#: A row that names so many of the place columns is the header.
_LEAST_PLACE_COLUMNS = 3
#: Headings may be written over so many rows.
_MOST_HEADER_ROWS = 4
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
        problems: Columns that cannot be read, which are left out.
    """

    kind: TableKind
    file: str
    title: str
    header_row: int
    headings: dict[int, str]
    rows: pd.DataFrame
    problems: tuple[Problem, ...] = ()

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

    A column whose heading is missing or doubled is left out.

    Raises:
        InputError: There is no header, a column that says what rows are about is missing, or no
            row follows.
    """
    first, header_row = _header_rows(sheet)
    headings = _headings(sheet, first, header_row)
    problems = _wrong_headings(sheet.file, header_row, headings)
    _check_headings(sheet.file, header_row, headings, kind, problems)
    texts = list(headings.values())
    headings = {n: text for n, text in headings.items() if text and texts.count(text) == 1}
    below = sheet.cells.loc[header_row + 1 :, list(headings)]
    table = Table(kind, sheet.file, title_of(sheet), header_row, headings, below, tuple(problems))
    rows = below[_says_something(table)]
    if rows.empty:
        raise InputError.of(sheet.file, "no row follows the header", LAYOUT_HINT)
    return replace(table, rows=rows)


def figure_columns(table: Table, problems: list[Problem]) -> dict[int, Figures]:
    """Return the columns to be read: denominators, and in a table of counts all other figures.

    Args:
        table: The table.
        problems: Takes up a denominator whose heading has no year.

    Raises:
        InputError: There is nothing to be read.
    """
    found = {}
    for number, heading in table.headings.items():
        if place_column(heading):
            continue
        if denominator := _DENOMINATOR.match(heading.casefold()):
            start = mid_year_of(heading)
            if start is None:
                rule = "the heading does not say of which mid-year these estimates are"
                problems.append(
                    Problem(table.file, table.header_row, heading, "", rule, LAYOUT_HINT)
                )
                continue
            found[number] = Figures(_DENOMINATOR_MEASURES[denominator[1]], "year", start)
        elif table.kind == "counts":
            start = counted_year(table.file, table.title)
            found[number] = Figures(f"ons:{measure_name(heading)}", "rolling_year", start)
    if not found:
        raise InputError.of(table.file, "no column holds figures", LAYOUT_HINT)
    return found


def withheld_rates(table: Table) -> dict[int, str]:
    """Return the rows of a table of rates in which each rate has one marker "[u…]", with it.

    Single rates that are withheld say nothing of the area, and "[x]" says that there is none.
    """
    rates = [
        number
        for number, heading in table.headings.items()
        if not place_column(heading) and not _DENOMINATOR.match(heading.casefold())
    ]
    found: dict[int, str] = {}
    for line, row in zip(table.rows.index.tolist(), table.rows[rates].to_numpy(), strict=True):
        markers = {str(text).casefold() for text in row}
        if len(markers) == 1 and _NO_RATE.fullmatch(marker := markers.pop()):
            found[line] = marker
    return found


def shorthand_of(sheet: Sheet) -> dict[str, str]:
    """Return what a table says of its markers "[u…]" above its header, a sentence for each."""
    found: dict[str, str] = {}
    for text in sheet.cells.head(TOP_ROWS).to_numpy().ravel():
        for marker, said in _SHORTHAND.findall(str(text)):
            sentence = " ".join(said.split()).rstrip(".")
            found.setdefault(marker.casefold(), f"{sentence[:1].upper()}{sentence[1:]}.")
    return found


def _header_rows(sheet: Sheet) -> tuple[int, int]:
    """Return the first and the last row of the header: mostly one, or several read as one."""
    top = sheet.cells.head(TOP_ROWS)
    for depth in range(1, _MOST_HEADER_ROWS + 1):
        for end in range(depth, len(top) + 1):
            rows = top.iloc[end - depth : end]
            named = {place_column(text) for text in _joined(rows) if text} - {None}
            if len(named) >= _LEAST_PLACE_COLUMNS:
                return int(rows.index[0]), int(rows.index[-1])
    rule = 'no row has the headings "Police Force Area code", "Community Safety Partnership code"'
    raise InputError.of(sheet.file, rule, LAYOUT_HINT)


def _joined(rows: pd.DataFrame) -> list[str]:
    """Return what stands in each column of some rows, without notes."""
    return [without_notes(" ".join(filter(None, rows[number]))) for number in rows]


def _headings(sheet: Sheet, first: int, last: int) -> dict[int, str]:
    """Return the heading of every used column; a cell merged upwards has its text further up.

    A heading without a letter or figure, such as ".", is none.
    """
    above = sheet.cells.loc[:last].replace("", None).ffill().iloc[-1].fillna("")
    own = dict(zip(sheet.cells, _joined(sheet.cells.loc[first:last]), strict=True))
    used = sheet.cells.loc[last:].ne("").any()
    texts = {number: own[number] or without_notes(above[number]) for number in sheet.cells}
    return {
        number: text if measure_name(text) else "" for number, text in texts.items() if used[number]
    }


def _wrong_headings(file: str, line: int, headings: dict[int, str]) -> list[Problem]:
    """Return the columns that have no heading, or that of another."""
    texts = list(headings.values())
    problems = [
        Problem(file, line, text, "", "two columns have this heading", LAYOUT_HINT)
        for text in dict.fromkeys(texts)
        if text and texts.count(text) > 1
    ]
    if "" in texts:
        problems.append(Problem(file, line, "", "", "a column has no heading", LAYOUT_HINT))
    return problems


def _check_headings(
    file: str, line: int, headings: dict[int, str], kind: TableKind, problems: list[Problem]
) -> None:
    """Refuse a table without the columns that say what its rows are about, with its problems."""
    named = {place_column(text) for text in headings.values()}
    missing = [
        Problem(file, line, " ... ".join(PLACE_COLUMNS[name]), "", "no such column", LAYOUT_HINT)
        for name in _REQUIRED.get(kind, _REQUIRED["counts"])
        if name not in named
    ]
    if missing:
        raise InputError([*problems, *missing])


def _says_something(table: Table) -> pd.Series:
    """Return which rows are about a place or hold a figure; units and footnotes do neither."""
    places = table.places
    figures = [n for n, heading in table.headings.items() if place_column(heading) is None]
    number = table.rows[figures].apply(lambda column: column.str.fullmatch(NUMBER)).any(axis=1)
    partnership = places["partnership_code"].ne("") | places["partnership_name"].ne("")
    force = places["force_code"].ne("") & places["force_name"].ne("")
    return partnership | force | number | places["authority_code"].ne("")
