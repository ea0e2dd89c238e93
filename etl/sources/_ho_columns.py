"""What the columns of an open-data table say: each distinct text is understood once.

Every function returns one number a row, `UNKNOWN` where the text cannot be used, and adds one
problem for each such text: its first line, and in how many lines it stands.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

import numpy as np

from etl.offences import MEASURE_SCHEME, Classification
from etl.periods import FIRST_MONTH_OF_FINANCIAL_YEAR
from etl.problems import Problem
from etl.sources._area_names import AreaNames, UnknownNameError
from etl.sources._coded import Coded
from etl.sources._open_table import Table

UNKNOWN = -1
BLANK = "blank"
MONTHS_IN_YEAR, MONTHS_IN_QUARTER = 12, 3

_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s?[/_–-]\s?((?:19|20)?[0-9]{2})")
_QUARTER = re.compile(r"(?:q(?:uarter|tr)?\.?\s*)?([1-4])(?:\.0+)?", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Z][0-9A-Z./ ]{0,23}", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
_MARKER = re.compile(r"\[(?:[cuwxz][0-9]?|low)\]|\.\.|-", re.IGNORECASE)
_AREA_TABLE = "correct the name, or add it to data/reference/area_names.csv with its area code"
_OFFENCE_TABLE = "correct it, or add the code to data/reference/offences.csv"


@dataclass(slots=True)
class Names:
    """What names mean, and what they meant so far in a file.

    Attributes:
        areas_by_name: The reference tables' names.
        classification: The reference tables' offences.
        areas: Areas met, by code, with the fields of `AREA_COLUMNS`; a row's number is its place.
        parts: Names met that are part of an area today, by that area's code.
        measures: Measures met, in the same way.
        offences: Code, description, group and subgroup of every code met, as printed.
        new_offences: Codes that the reference does not have, with the subgroup they count in.
    """

    areas_by_name: AreaNames
    classification: Classification
    areas: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, set[str]] = field(default_factory=dict)
    measures: list[str] = field(default_factory=list)
    offences: dict[str, list[str]] = field(default_factory=dict)
    new_offences: dict[str, str] = field(default_factory=dict)


def quarter_months(table: Table, problems: list[Problem]) -> np.ndarray:
    """Return the first month of each row's quarter, counted from January of the year 0."""
    years = table.columns["year"].each(_first_year)
    quarters = table.columns["quarter"].each(_quarter)
    advice = "write a financial year as 2017/18 and its quarters as 1 to 4"
    _report(table, "year", years, "this is not a financial year", advice, problems)
    _report(table, "quarter", quarters, "this is not a financial quarter", advice, problems)
    year = table.columns["year"].spread(years)
    quarter = table.columns["quarter"].spread(quarters)
    april = year * MONTHS_IN_YEAR + FIRST_MONTH_OF_FINANCIAL_YEAR - 1
    month = april + MONTHS_IN_QUARTER * (quarter - 1)
    return np.where((year == UNKNOWN) | (quarter == UNKNOWN), UNKNOWN, month)


def _first_year(text: str) -> int:
    found = _YEAR.fullmatch(text)
    if found is None or (int(found[1]) + 1) % 10 ** len(found[2]) != int(found[2]):
        return UNKNOWN
    return int(found[1])


def _quarter(text: str) -> int:
    found = _QUARTER.fullmatch(text)
    return int(found[1]) if found else UNKNOWN


def places(table: Table) -> Coded:
    """Return the force, and partnership where there is one, of each row as one text."""
    force, partnership = table.columns["force"], table.columns.get("partnership")
    if partnership is None:
        return force
    pairs = force.codes.astype(np.int64) * len(partnership.texts) + partnership.codes
    used, codes = np.unique(pairs, return_inverse=True)
    both = (divmod(int(pair), len(partnership.texts)) for pair in used)
    return Coded(codes, [f"{force.texts[f]}\t{partnership.texts[p]}" for f, p in both])


def area_numbers(table: Table, place: Coded, names: Names, problems: list[Problem]) -> np.ndarray:
    """Return the number of each row's area in `names.areas`.

    Args:
        table: The table.
        place: Result of `places`.
        names: Gains the areas met.
        problems: Gains names that no area has.
    """
    has_partnerships = "partnership" in table.columns
    numbers: list[int] = []
    first = place.first_rows()
    for number, text in enumerate(place.texts):
        force_name, _, name = text.partition("\t")
        column = "force"
        try:
            force = names.areas_by_name.force(force_name)
            column = "partnership" if has_partnerships else column
            code = names.areas_by_name.partnership(force, name) if has_partnerships else force
        except UnknownNameError as error:
            row, count = first[number]
            hint = f"did you mean {error.nearest}? " if error.nearest else ""
            what = f"no {column} has this name ({count:,} lines)"
            problems.append(_problem(table, row, column, str(error), what, hint + _AREA_TABLE))
            numbers.append(UNKNOWN)
            continue
        shown = name if has_partnerships and name else force_name
        names.areas.setdefault(code, names.areas_by_name.describe(code, shown, force))
        if names.areas_by_name.is_part(code, name):
            names.parts.setdefault(code, set()).add(name)
        numbers.append(list(names.areas).index(code))
    return place.spread(numbers)


def measure_numbers(table: Table, names: Names, problems: list[Problem]) -> np.ndarray:
    """Return the number of each row's measure in `names.measures`."""
    column = table.columns["code"]
    known = {code.casefold(): code for code in names.classification.offences["offence_code"]}
    numbers: list[int] = [UNKNOWN] * len(column.texts)
    for number, (row, count) in column.first_rows().items():
        text = column.texts[number]
        code = known.get(_plain_code(text).casefold(), _plain_code(text).upper())
        printed = [
            table.columns[name].texts[table.columns[name].codes[row]]
            if name in table.columns
            else ""
            for name in ("description", "group", "subgroup")
        ]
        if code.casefold() not in known and not _learn(code, printed, names):
            rule, hint = _unknown_code(code, printed, names)
            what = f"{rule} ({count:,} lines)"
            problems.append(_problem(table, row, "code", text, what, hint + _OFFENCE_TABLE))
            continue
        names.offences[code] = [code, *printed]
        measure = MEASURE_SCHEME + code
        if measure not in names.measures:
            names.measures.append(measure)
        numbers[number] = names.measures.index(measure)
    return column.spread(numbers)


def _plain_code(text: str) -> str:
    """Return a code without blanks round its slashes and without the ".0" of a number."""
    return re.sub(r"\s*/\s*", "/", text).removesuffix(".0")


def _learn(code: str, printed: list[str], names: Names) -> bool:
    """Return whether the file's own subgroup tells where a code belongs that no table has."""
    subgroup = names.classification.subgroup_of(printed[-1])
    if subgroup is None or not _CODE.fullmatch(code):
        return False
    names.new_offences[code] = subgroup
    return True


def _unknown_code(code: str, printed: list[str], names: Names) -> tuple[str, str]:
    subgroup = printed[-1]
    if subgroup and _CODE.fullmatch(code):
        near = names.classification.nearest_subgroup(subgroup)
        hint = f"did you mean {near}? " if near else ""
        return f"no offence has this code, and no subgroup is called {subgroup}", hint
    known = [*names.classification.offences["offence_code"]]
    close = difflib.get_close_matches(code, known, n=1)
    return "no offence has this code", f"did you mean {close[0]}? " if close else ""


def counts(table: Table, problems: list[Problem]) -> np.ndarray:
    """Return the count of each row; NaN where it is no number, a marker or blank."""
    column = table.columns["count"]
    values = column.each(_count)
    bad = [
        UNKNOWN if np.isnan(value) and not is_withheld(text) else 0
        for text, value in zip(column.texts, values, strict=True)
    ]
    rule = "this is not a whole number"
    advice = "write digits; a negative count corrects an earlier quarter"
    _report(table, "count", bad, rule, advice, problems)
    return column.spread(values)


def _count(text: str) -> float:
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else float("nan")


def is_withheld(text: str) -> bool:
    """Return whether a count's text stands in place of a figure."""
    return not text or _MARKER.fullmatch(text) is not None


def withheld(table: Table, rows: np.ndarray) -> dict[str, int]:
    """Return how many of some rows have which marker in place of a count, or none (`BLANK`)."""
    column = table.columns["count"].rows(rows)
    return {
        column.texts[number] or BLANK: count
        for number, (_, count) in column.first_rows().items()
        if is_withheld(column.texts[number])
    }


def _report(
    table: Table, column: str, values: list[int], rule: str, advice: str, problems: list[Problem]
) -> None:
    """Add a problem for every text of a column whose value is `UNKNOWN`."""
    coded = table.columns[column]
    if UNKNOWN not in values:
        return
    for number, (row, count) in coded.first_rows().items():
        if values[number] == UNKNOWN:
            what = f"{rule} ({count:,} lines)" if count > 1 else rule
            problems.append(_problem(table, row, column, coded.texts[number], what, advice))


def _problem(table: Table, row: int, column: str, value: str, rule: str, advice: str) -> Problem:
    line = int(table.lines[row])
    return Problem(table.file, line, table.headings[column], value, rule, advice)
