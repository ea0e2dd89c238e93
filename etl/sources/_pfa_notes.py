"""What the notes of tables by police force area say of which figures.

A note has a number. Releases until 2021 write it after a word or a year ("Lancashire8",
"Apr '11 to Mar '125, 6") and the notes below the table; later ones write "[note 8]" and have the
notes of several tables on a sheet of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from etl.sources import NOTE_COLUMNS
from etl.sources._ons_areas import Place
from etl.sources._ons_figures import DENOMINATORS, Figures
from etl.sources._ons_years import without_years
from etl.sources._pfa_columns import measure_of
from etl.sources._pfa_tables import Table
from etl.sources._workbook import Sheet

_BRACKETED = re.compile(r"\[ ?notes? ?([0-9]{1,2}(?:, ?[0-9]{1,2})*) ?\]", re.IGNORECASE)
_STUCK = re.compile(r"(?<=[A-Za-z)])[0-9]{1,2}(?:, ?[0-9]{1,2})*(?!\w)")
_TABLE_NUMBER = re.compile(r"^table\s+p\d+[a-z]?\b", re.IGNORECASE)
_FOOTNOTE = re.compile(r"([0-9]{1,2})\. ?(\S.*)")
_NOTES_FOR = re.compile(r"notes for tables?\b(.*)", re.IGNORECASE)
_TABLES = re.compile(r"\bP[0-9]+[A-Z]?\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}")

_BREAK = re.compile(
    r"\bnot (?:\w+ )?comparable|classification changes|meaningful comparisons", re.IGNORECASE
)
_CONTEXT = re.compile(
    r"^(?:\S+ ){0,6}(?:includes?|excludes?|excluded from)\b|^(?:based on|in this table|more)\b"
    r"|designated",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"\b(?:an estimate|estimated)\b", re.IGNORECASE)

#: What the notes of each table say, by table and note number.
Notes = Mapping[str, Mapping[str, str]]


def marks_of(text: str) -> list[str]:
    """Return the note numbers that a heading, name or title carries."""
    bracketed = _BRACKETED.findall(text)
    stuck = _STUCK.findall(without_years(_TABLE_NUMBER.sub("", text)))
    return [mark for found in bracketed or stuck for mark in _NUMBER.findall(found)]


def notes_of(sheets: Iterable[Sheet], tables: Iterable[Table]) -> Notes:
    """Return the notes below each table, and those on sheets of notes that name it.

    Where a number is given twice (9 and 10 in December 2024), the first note has it.
    """
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        of_table = found.setdefault(table.number, {})
        for row in table.rows.to_numpy():
            if note := _FOOTNOTE.fullmatch(next((text for text in row if text), "")):
                of_table.setdefault(note[1], note[2].strip())
    for sheet in sheets:
        numbers: list[str] = []
        for row in sheet.cells.to_numpy():
            if heading := _NOTES_FOR.match(row[0]):
                numbers = [number.upper() for number in _TABLES.findall(heading[1])]
            elif len(row) > 1 and _NUMBER.fullmatch(row[0]) and row[1]:
                for number in numbers:
                    found.setdefault(number, {}).setdefault(row[0], row[1])
    return found


def notes_about(
    table: Table, columns: Mapping[int, Figures], places: Mapping[int, Place], notes: Notes
) -> pd.DataFrame:
    """Return what the notes of a table say, with `etl.sources.NOTE_COLUMNS`.

    A note on a heading is about its measure from its period on, a note on a name about that
    area, a note on the title about the whole table.
    """
    texts = notes.get(table.number, {})
    rows = [
        [figures.measure_code, "", figures.period_start.isoformat(), statement]
        for number, figures in columns.items()
        for text in (table.columns[number].heading, table.columns[number].group)
        for statement in _statements(text, texts)
    ]
    counts = [each for each in columns.values() if each.measure_code not in DENOMINATORS]
    periods = {figures.period_start.isoformat() for figures in counts}
    measure = measure_of(table.title) or ""
    period = periods.pop() if len(periods) == 1 else ""
    if counts:
        rows += [[measure, "", period, each] for each in _statements(table.title, texts)]
        rows += [
            [measure, place.area_code, period, statement]
            for line, place in places.items()
            for statement in _statements(table.rows.at[line, table.names], texts)
        ]
    return pd.DataFrame(
        [[*row[:3], _effect(row[3]), row[3]] for row in rows], columns=NOTE_COLUMNS, dtype="str"
    )


def estimated_lines(table: Table, columns: Mapping[int, Figures], notes: Notes) -> set[int]:
    """Return the row numbers whose figures a note on the area's name calls an estimate.

    Only in a table of counts of one year: the note does not say which of several it means, and
    beside populations and households it is about the rates.
    """
    kinds = {(figures.period_kind, figures.period_start) for figures in columns.values()}
    if len(kinds) != 1 or kinds.pop()[0] != "rolling_year":
        return set()
    texts = notes.get(table.number, {})
    return {
        line
        for line, name in table.rows[table.names].items()
        if any(_ESTIMATE.search(statement) for statement in _statements(name, texts))
    }


def first_of_each(notes: pd.DataFrame) -> pd.DataFrame:
    """Return the notes, each for a measure and area once: from the earliest period it is on."""
    about = [column for column in NOTE_COLUMNS if column != "period_start"]
    ordered = notes.sort_values([*about, "period_start"], kind="stable")
    return ordered.drop_duplicates(about).sort_index().reset_index(drop=True)


def _statements(text: str, notes: Mapping[str, str]) -> list[str]:
    return [notes[mark] for mark in marks_of(text) if mark in notes]


def _effect(statement: str) -> str:
    if _BREAK.search(statement):
        return "break"
    return "context" if _CONTEXT.search(statement) else "caution"
