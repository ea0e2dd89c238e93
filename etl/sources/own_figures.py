"""A partnership's own figures: a CSV or workbook with one figure a line.

Columns: `area_code`, `measure_code`, `period`, `value`, and optionally `sample_size`, `lower`,
`upper` and `status`. `etl.periods.parse_period` says how periods are written. "2009-10" is read
as October 2009 only where the same series has a month next to it written in the same way; alone
it could be the year 2009/10 and is refused. A blank value, or shorthand such as "[x]", is no
figure: it is counted as withheld and never as zero.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from etl.observation import STATED, observations
from etl.periods import AmbiguousPeriodError, Period, add_months, parse_period
from etl.problems import Problem
from etl.sources import NOTE_COLUMNS, Reading, Source
from etl.sources._csv import ROW_NUMBER, row_problems
from etl.sources._lines import has_columns, numbers, read_lines
from etl.sources._template_table import Columns, Lines

COLUMNS = Columns(
    sheet="Figures",
    required=("area_code", "measure_code", "period", "value"),
    optional=("sample_size", "lower", "upper", "status"),
)
OPTIONAL_NUMBERS = ("sample_size", "lower", "upper")
BLANK = "blank"
#: What the area code of a template's example row begins with.
EXAMPLE = "example"

PERIOD_HINT = (
    'write "2009-12" or "Dec-09" for a month, "Q3 2009/10" for a quarter, "2009/10" for a '
    'financial year, "year ending 2024-12" or "wave 2009" for a survey'
)
_MEASURE_CODE = re.compile(r"[a-z_]+:[A-Za-z0-9_]+")
_ISO_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def recognises(path: Path) -> bool:
    """Return whether the header of the file names the template's required columns."""
    return has_columns(path, COLUMNS)


def read(path: Path) -> Reading:
    """Read the template.

    Args:
        path: A CSV or workbook with the template's columns, in any order.

    Returns:
        Observations for the good lines and a problem for every value that is not one.

    Raises:
        InputError: A column is unknown or doubled, or the file cannot be read as a whole.
    """
    problems: list[Problem] = []
    lines = read_lines(path, COLUMNS, problems)
    refuse_examples(lines, problems)
    spoiled = _refuse_measures(lines, problems)
    periods = parse_periods(lines, ("area_code", "measure_code"), problems)
    found = {
        column: numbers(lines, column, problems)
        for column in ("value", *OPTIONAL_NUMBERS)
        if column in lines.table
    }
    table = lines.table.assign(
        **found,
        status=parse_status(lines, problems),
        period_start=np.array([period and period.start for period in periods], "datetime64[s]"),
        period_kind=[period.kind if period else "" for period in periods],
    )
    problems += beyond_limits(lines, table, "value", "figure")
    spoiled |= {problem.line for problem in problems}
    good = table[~table[ROW_NUMBER].isin(spoiled)]
    empty = good["value"].isna()
    return Reading(
        observations(good[~empty]),
        lines.rows_read,
        problems=tuple(sorted(problems)),
        withheld=withheld(lines.table.loc[good.index[empty], "value"]),
        notes=_corrections(good[good["value"].lt(0)]),
    )


def _corrections(negative: pd.DataFrame) -> pd.DataFrame:
    """Return a caution for each negative count, with `etl.sources.NOTE_COLUMNS`."""
    return negative.assign(
        period_start=negative["period_start"].astype("datetime64[s]").dt.strftime("%Y-%m-%d"),
        effect="caution",
        statement="A negative count is taken for a correction of an earlier period.",
    )[NOTE_COLUMNS].astype("str")


def refuse_examples(lines: Lines, problems: list[Problem]) -> None:
    """Add a problem for each example row that was left in the template."""
    examples = lines.table[lines.table["area_code"].str.casefold().str.startswith(EXAMPLE)]
    rule = "this is the example row of the template"
    advice = "delete the row, or write your own figure over it"
    problems += row_problems(lines.file, examples, "area_code", rule, advice)


def withheld(texts: Iterable[str]) -> dict[str, int]:
    """Return how often each marker stands in place of a figure."""
    return dict(sorted(Counter(text.lower() or BLANK for text in texts).items()))


def parse_periods(
    lines: Lines, series: tuple[str, ...], problems: list[Problem]
) -> list[Period | None]:
    """Return the period of each line, or None where it is a problem.

    Args:
        lines: Lines with the column `period`.
        series: The columns that tell which series a line belongs to.
        problems: Takes what is no period, or could be two.
    """
    # A column is gone through cell by cell only once: each cell costs as much as a period.
    texts, *of_series = (lines.table[name].to_numpy("object") for name in ("period", *series))
    parsed = {text: _parsed(text) for text in set(texts)}
    keys = list(zip(*of_series, strict=True))
    months = {
        (key, found.start)
        for key, text in zip(keys, texts, strict=True)
        if isinstance(found := parsed[text], Period) and _ISO_MONTH.fullmatch(text)
    }
    periods: list[Period | None] = []
    for key, text, line in zip(keys, texts, lines.table[ROW_NUMBER], strict=True):
        found = parsed[text]
        if isinstance(found, AmbiguousPeriodError) and _has_neighbour(key, found, months):
            found = found.readings[0]
        if not isinstance(found, Period):
            problems.append(_period_problem(lines.file, int(line), text, found))
        periods.append(found if isinstance(found, Period) else None)
    return periods


def _parsed(text: str) -> Period | AmbiguousPeriodError | None:
    try:
        return parse_period(text)
    except AmbiguousPeriodError as error:
        return error
    except ValueError:
        return None


def _has_neighbour(
    key: tuple[str, ...], ambiguous: AmbiguousPeriodError, months: set[tuple[tuple[str, ...], date]]
) -> bool:
    """Return whether the month before or after stands in the same series."""
    month = ambiguous.readings[0]
    if month.kind != "month":
        return False
    return any((key, add_months(month.start, step)) in months for step in (-1, 1))


def _period_problem(
    file: str, line: int, text: str, ambiguous: AmbiguousPeriodError | None
) -> Problem:
    if ambiguous is None:
        return Problem(file, line, "period", text, "this is not a period", PERIOD_HINT)
    one, other = (str(reading).removeprefix("the ") for reading in ambiguous.readings)
    return Problem(
        file,
        line,
        "period",
        text,
        f"this can be read as {one} or as {other}",
        f'write "{one}" or "{other}", whichever is meant',
    )


def parse_status(lines: Lines, problems: list[Problem]) -> pd.Series:
    """Return the status of each line, final where it is left blank."""
    if "status" not in lines.table:
        return pd.Series("final", index=lines.table.index, dtype="str")
    status = lines.table["status"].str.casefold()
    status = status.where(status.ne(""), "final")
    wrong = lines.table[~status.isin(STATED)]
    advice = f"use one of {', '.join(STATED)}"
    problems += row_problems(lines.file, wrong, "status", "this is not a status", advice)
    return status


def _refuse_measures(lines: Lines, problems: list[Problem]) -> set[int]:
    """Add one problem for each code that is none; return all lines that have one."""
    wrong = lines.table[~lines.table["measure_code"].str.fullmatch(_MEASURE_CODE)]
    problems.extend(
        Problem.of_lines(
            lines.file,
            of_code[ROW_NUMBER].tolist(),
            "measure_code",
            str(code),
            "this is not the code of a measure",
            'write a scheme and a name in small letters, such as "local:assaults_hospital_ed"',
        )
        for code, of_code in wrong.groupby("measure_code")
    )
    return set(wrong[ROW_NUMBER])


def beyond_limits(lines: Lines, table: pd.DataFrame, value: str, what: str) -> list[Problem]:
    """Return a problem for each figure that does not lie between its own limits.

    Args:
        lines: The lines.
        table: Their columns as numbers.
        value: The column of the figure.
        what: What the figure is called: "figure".
    """
    rule, advice = f"the {what} does not lie between its limits", f"correct the {what} or the limit"
    return [
        problem
        for column, sign in (("lower", 1), ("upper", -1))
        if column in lines.table
        for problem in row_problems(
            lines.file, lines.table[(table[column] - table[value]).mul(sign).gt(0)],
            column, rule, advice,
        )
    ]  # fmt: skip


SOURCE = Source(
    source_id="own_figures",
    title="a partnership's own figures (template, CSV or workbook)",
    publisher="the partnership",
    licence="the partnership's own",
    landing_page="",
    cadence="whenever the partnership publishes",
    recognises=recognises,
    read=read,
    csv_columns=COLUMNS.required,
    short_name="partnership's own",
)
