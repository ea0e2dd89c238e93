"""A partnership's own figures: a CSV with one figure a line.

Columns: `area_code`, `measure_code`, `period`, `value`, and optionally `sample_size`, `lower`,
`upper` and `status`. Periods are written "2009-12" (month), "Q3 2009/10" (quarter), "2009/10"
(financial year), "year ending 2024-12" or "wave 2009" (survey).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from etl.observation import STATUSES, observations
from etl.periods import Period, parse_period
from etl.problems import InputError, Problem
from etl.sources import Reading, Source

REQUIRED = ("area_code", "measure_code", "period", "value")
OPTIONAL_NUMBERS = ("sample_size", "lower", "upper")
OPTIONAL = (*OPTIONAL_NUMBERS, "status")

_PERIOD_HINT = (
    'write "2009-12" for a month, "Q3 2009/10" for a quarter, "2009/10" for a financial year, '
    '"year ending 2024-12" or "wave 2009" for a survey'
)


def recognises(path: Path) -> bool:
    """Return whether the first line of the file names the template's required columns."""
    if not path.is_file():
        return False
    # Wrong bytes are no reason to pass the file over: reading it will say what is wrong.
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            header = next(csv.reader(file), [])
        except csv.Error:
            return False
    return set(REQUIRED) <= {name.strip() for name in header}


def read(path: Path) -> Reading:
    """Read the template.

    Args:
        path: A UTF-8 CSV whose first line has the template's columns, in any order.

    Returns:
        Observations for the good lines and a problem for every value that is not one.

    Raises:
        InputError: A column is unknown or doubled, or the file is not UTF-8.
    """
    problems: list[Problem] = []
    lines, ragged = _lines(path, problems)
    periods = _parse_periods(path.name, lines, problems)
    numbers = {
        column: _parse_numbers(path.name, lines, column, problems)
        for column in ("value", *OPTIONAL_NUMBERS)
        if column in lines
    }
    status = _parse_status(path.name, lines, problems)
    spoiled = {problem.line for problem in problems}
    table = lines.assign(
        **numbers,
        status=status,
        period_start=[period and pd.Timestamp(period.start) for period in periods],
        period_kind=[period.kind if period else "" for period in periods],
    )
    good = table[~table["row_number"].isin(spoiled)]
    return Reading(observations(good), len(lines) + ragged, problems=tuple(sorted(problems)))


def _lines(path: Path, problems: list[Problem]) -> tuple[pd.DataFrame, int]:
    """Return the lines as text, with `row_number`, and how many had too few or many values."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader)]
            rows = [(reader.line_num, row) for row in reader if any(row)]
    except UnicodeDecodeError as error:
        raise InputError.of(
            path.name, "the file is not UTF-8 text", 'save it as "CSV UTF-8" and add it again'
        ) from error
    except csv.Error as error:
        raise InputError.of(
            path.name, f"this is not a CSV: {error}", "export it again as CSV"
        ) from error
    _check_columns(path.name, header)
    ragged = [(line, row) for line, row in rows if len(row) != len(header)]
    problems.extend(
        Problem(
            path.name,
            line,
            "",
            ",".join(row),
            f"the line has {len(row)} values, the header {len(header)}",
            "put a comma for every column, and quotes around a value with a comma",
        )
        for line, row in ragged
    )
    whole = [
        [line, *(value.strip() for value in row)] for line, row in rows if len(row) == len(header)
    ]
    return pd.DataFrame(whole, columns=["row_number", *header]), len(ragged)


def _check_columns(file: str, columns: list[str]) -> None:
    allowed = [*REQUIRED, *OPTIONAL]
    problems = [
        Problem(file, 1, name, "", "the template has no such column", f"use {', '.join(allowed)}")
        for name in columns
        if name not in allowed
    ] + [
        Problem(file, 1, name, "", "this column stands twice", "keep one")
        for name in allowed
        if columns.count(name) > 1
    ]
    if problems:
        raise InputError(problems)


def _parse_periods(file: str, lines: pd.DataFrame, problems: list[Problem]) -> list[Period | None]:
    parsed: dict[str, Period | None] = {}
    for text in set(lines["period"]):
        try:
            parsed[text] = parse_period(text)
        except ValueError:
            parsed[text] = None
    problems.extend(
        Problem(file, line, "period", text, "this is not a period", _PERIOD_HINT)
        for line, text in zip(lines["row_number"], lines["period"], strict=True)
        if parsed[text] is None
    )
    return [parsed[text] for text in lines["period"]]


def _parse_numbers(
    file: str, lines: pd.DataFrame, column: str, problems: list[Problem]
) -> pd.Series:
    text = lines[column]
    numbers = pd.to_numeric(text, errors="coerce").astype("float64")
    wrong = numbers.isna() if column == "value" else numbers.isna() & text.ne("")
    wrong |= numbers.isin([float("inf"), float("-inf")])
    problems.extend(
        Problem(
            file, line, column, value, "this is not a number", "write digits, such as 1234 or 12.5"
        )
        for line, value in zip(lines["row_number"][wrong], text[wrong], strict=True)
    )
    return numbers


def _parse_status(file: str, lines: pd.DataFrame, problems: list[Problem]) -> pd.Series:
    if "status" not in lines:
        return pd.Series("final", index=lines.index, dtype="str")
    status = lines["status"].where(lines["status"].ne(""), "final")
    wrong = ~status.isin(STATUSES)
    problems.extend(
        Problem(file, line, "status", value, "this is not a status", f"use one of {STATUSES}")
        for line, value in zip(lines["row_number"][wrong], status[wrong], strict=True)
    )
    return status


SOURCE = Source(
    source_id="own_figures",
    title="a partnership's own figures (CSV template)",
    publisher="the partnership",
    licence="the partnership's own",
    landing_page="",
    cadence="whenever the partnership publishes",
    recognises=recognises,
    read=read,
)
