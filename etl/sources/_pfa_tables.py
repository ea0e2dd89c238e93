"""Tables by police force area, found in a workbook by title and header.

Neither sheet names nor row numbers are relied on, nor how many rows a header has: it ends above
the first row with an area's code. A heading can have another above it that spans several columns
("Robbery" over "Number of offences involving a knife"), and a unit below it ("Numbers").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from etl.observation import measure_name
from etl.problems import InputError, Problem
from etl.sources._ons_areas import AREA_CODE
from etl.sources._ons_titles import LAYOUT_HINT, TOP_ROWS, only_title
from etl.sources._workbook import Sheet, without_notes

_TITLE = re.compile(r"table\s+(p\d+[a-z]?)\b", re.IGNORECASE)
_PARTNERSHIPS = re.compile(r"community safety partnership", re.IGNORECASE)
_CODE_HEADING = re.compile(r"(?:police force )?area codes?", re.IGNORECASE)
_NAME_HEADING = re.compile(r"(?:police force )?area(?: names?)?", re.IGNORECASE)
_UNIT = re.compile(r"numbers?|percentages?|percentage change|rates?(?: per .*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """What stands over a column of figures, as it is written, note marks included.

    Attributes:
        heading: The lowest heading.
        group: The heading above it, which may span several columns; "" where there is none.
        unit: What stands below it or below a column to its left, such as "Percentages"; or "".
    """

    heading: str
    group: str
    unit: str

    @property
    def name(self) -> str:
        """Return what a problem calls the column."""
        return without_notes(f"{self.group}: {self.heading}" if self.group else self.heading)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet taken apart.

    Attributes:
        file: File and sheet as a problem names them.
        number: Number of the table, such as "P1".
        title: The title cell.
        lead: The title and the lines between it and the header.
        header_row: Row number of the lowest heading row in the sheet.
        codes: Number of the column with area codes.
        names: Number of the column with area names.
        columns: Every other column that has a heading or figures, by its number.
        rows: Text below the header by column number; the index is the sheet's row number.
        problems: Columns of figures that have no heading, which are left out.
    """

    file: str
    number: str
    title: str
    lead: str
    header_row: int
    codes: int
    names: int
    columns: dict[int, Column]
    rows: pd.DataFrame
    problems: tuple[Problem, ...] = ()


def title_of(sheet: Sheet) -> str:
    """Return the title of a sheet's table by police force area.

    It is "" where the sheet has none, lists several (contents), or is about partnerships.
    """
    title = only_title(sheet, _TITLE)
    return "" if _PARTNERSHIPS.search(title) else title


def take_apart(sheet: Sheet) -> Table:
    """Return a sheet as a table.

    A column of figures without a heading is left out.

    Raises:
        InputError: There is no header, or no row follows.
    """
    title = title_of(sheet)
    found = _TITLE.match(title)
    top = sheet.cells.head(TOP_ROWS)
    code_row, codes = _find(sheet, top, _CODE_HEADING, "Area Code")
    name_row, names = _find(sheet, top, _NAME_HEADING, "Area Name")
    below = sheet.cells.loc[max(code_row, name_row) + 1 :]
    coded = below.index[below[codes].str.match(AREA_CODE)]
    if coded.empty:
        raise InputError.of(sheet.file, "no row with an area's code follows", LAYOUT_HINT)
    title_row = next(row for row in top.index if title in set(top.loc[row]))
    header = sheet.cells.loc[title_row + 1 : coded[0] - 1]
    rows = sheet.cells.loc[coded[0] :]
    columns = _columns(header, rows, {codes, names}, max(code_row, name_row))
    # "." says no more than a blank.
    named = {number: each for number, each in columns.items() if measure_name(each.heading)}
    problem = Problem(sheet.file, code_row, "", "", "a column has no heading", LAYOUT_HINT)
    lines = sheet.cells.loc[title_row : code_row - 1].to_numpy().ravel()
    return Table(
        file=sheet.file,
        number=found[1].upper() if found else "",
        title=title,
        lead="\n".join(text for text in lines if text),
        header_row=max(code_row, name_row),
        codes=codes,
        names=names,
        columns=named,
        rows=rows,
        problems=() if len(named) == len(columns) else (problem,),
    )


def _find(sheet: Sheet, top: pd.DataFrame, words: re.Pattern[str], example: str) -> tuple[int, int]:
    """Return row and column of the first cell that has this heading."""
    for row in top.index:
        for number in top:
            if words.fullmatch(without_notes(top.at[row, number])):
                return int(row), number
    raise InputError.of(sheet.file, f'no column has the heading "{example}"', LAYOUT_HINT)


def _columns(
    header: pd.DataFrame, rows: pd.DataFrame, place: set[int], label_row: int
) -> dict[int, Column]:
    """Return what stands over every column that has a heading in the label row, or figures."""
    figures = header.drop(columns=list(place))
    unit = figures.map(lambda text: bool(_UNIT.fullmatch(without_notes(text))))
    unit.loc[:label_row] = False
    units = figures.where(unit, "").replace("", None).ffill(axis="columns").fillna("")
    headings = figures.mask(unit, "")
    # A cell that spans several columns has its text in the first of them
    spanning = headings.replace("", None).ffill(axis="columns").fillna("")
    about = rows[list(place)].ne("").all(axis="columns")
    found = {}
    for number in figures:
        filled = [row for row in headings.index if headings.at[row, number]]
        own = filled[-1] if filled else None
        has_figures = rows.loc[about, number].ne("").any()
        if has_figures or own == label_row:
            above = spanning.loc[: (own or label_row) - 1, number] if own else []
            found[number] = Column(
                heading=headings.at[own, number] if own else "",
                group=next((text for text in reversed(list(above)) if text), ""),
                unit=next((text for text in reversed(list(units[number])) if text), ""),
            )
    return found
