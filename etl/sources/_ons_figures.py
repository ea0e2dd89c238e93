"""Figure cells of ONS crime tables: which hold a figure, which a marker, which neither.

Cells are a frame with `area_code`, `measure_code`, `period_kind`, `period_start`, `text`,
`row_number`, and for problems `file` (with its sheet) and `heading`; one row a cell.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.periods import PeriodKind
from etl.problems import Problem

POPULATION, HOUSEHOLDS = "ons:population", "ons:households"
DENOMINATORS = (POPULATION, HOUSEHOLDS)
BLANK = "blank"
#: What a cell is about; several with the same are one figure, or contradict each other.
_WHAT = ["area_code", "measure_code", "period_kind", "period_start"]

#: A figure as text; a workbook holds it as a number, or as text with thousands separators.
NUMBER = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.0+)?")
#: Shorthand that stands in place of a figure: the Government Analysis Function's guide to
#: symbols in tables ("[x]", also "[ z ]"), and the "..", "-", ":" and "+" of older releases.
MARKER = re.compile(r"\[ ?(?:[cuwxz]\d?|low) ?\]|\.\.|-|:|\+")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures of one column are.

    Attributes:
        measure_code: Their measure.
        period_kind: `rolling_year` for counts, `year` for mid-year estimates.
        period_start: First day of the counted year, or of the calendar year of an estimate.
    """

    measure_code: str
    period_kind: PeriodKind
    period_start: date


def read_figures(
    cells: pd.DataFrame, problems: list[Problem]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the cells that hold a figure, with `value`, and how many hold which marker.

    Args:
        cells: Figure cells; `area_code` "" where the row does not say what it is about.
        problems: Takes up every cell that holds neither.
    """
    known = cells[cells["area_code"].ne("")]
    text = known["text"].str.casefold()
    marked = text.eq("") | text.str.fullmatch(MARKER)
    number = text.str.fullmatch(NUMBER)
    value = pd.to_numeric(text.where(number).str.replace(",", ""))
    good = number & (value.gt(0) | ~known["measure_code"].isin(DENOMINATORS))
    for cell in known[~good & ~marked].itertuples():
        rule = "this is not a count of people" if number[cell.Index] else "this is not a number"
        advice = "correct the cell, or write [x] for a figure that is not available"
        problems.append(Problem(cell.file, cell.row_number, cell.heading, cell.text, rule, advice))
    withheld = Counter(text[marked].replace("", BLANK))
    return known.assign(value=value)[good], dict(sorted(withheld.items()))


def without_repeats(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells without those that repeat a cell before them to the letter."""
    repeats = cells.duplicated([*_WHAT, "text"]) & cells["area_code"].ne("")
    return cells[~repeats]


def without_contradictions(good: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Return the figures of which the file gives one; where it gives several, all are problems."""
    contradicts = good.duplicated(_WHAT, keep=False)
    problems.extend(
        Problem(
            cell.file,
            cell.row_number,
            cell.heading,
            cell.text,
            f"{cell.area_code} has another figure of this period in the same workbook",
            "leave only the right one",
        )
        for cell in good[contradicts].itertuples()
    )
    return good[~contradicts]
