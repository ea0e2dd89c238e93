"""Breaks in a series that people confirmed: a file that is only ever added to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Literal, get_args

import pandas as pd

from etl.datadir import DataDir
from etl.decisions import DecisionsFile
from etl.periods import AmbiguousPeriodError, Period, parse_period
from etl.problems import InputError, Problem

BreakDecision = Literal["confirmed", "withdrawn"]
BREAK_DECISIONS: tuple[BreakDecision, ...] = get_args(BreakDecision)
#: Kinds of period that a break can begin with; a year's break begins in its April.
_KINDS = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """One decision; a later one on the same indicator, area and month takes its place.

    Attributes:
        decided_at: When, as ISO 8601 text.
        decided_by: Who decided.
        indicator_id: The indicator.
        area_code: The area; "" for all.
        period: First month of the new series, "2009-04".
        decision: `confirmed`, or `withdrawn` of what was confirmed before.
        reason: Why.
    """

    decided_at: str
    decided_by: str
    indicator_id: str
    area_code: str
    period: str
    decision: str
    reason: str


COLUMNS = [field.name for field in fields(SeriesBreak)]


def record_break(
    data: DataDir,
    indicator_id: str,
    area_code: str,
    *,
    begins: str,
    reason: str,
    decided_by: str,
    decision: BreakDecision = "confirmed",
) -> SeriesBreak:
    """Add a decision to the file, which the next build reads.

    Args:
        data: The data folder.
        indicator_id: The indicator.
        area_code: The area; "" for all.
        begins: The first period of the new series, as people write it: a month, quarter or year.
        reason: Why, in words.
        decided_by: Who decides.
        decision: confirmed or withdrawn.

    Raises:
        InputError: The period is no month, quarter or year, or no reason is given.
    """
    name = data.breaks.name
    if not reason.strip():
        raise InputError.of(name, "a break needs a reason", "say why, with --reason")
    try:
        month = first_month(begins)
    except ValueError as error:
        what_to_do = "write 2009-04, Q1 2009/10 or 2009/10"
        raise InputError.of(name, str(error), what_to_do, value=begins) from None
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    decided = SeriesBreak(now, decided_by, indicator_id, area_code, month, decision, reason.strip())
    _file(data).add([decided])
    return decided


def read_breaks(data: DataDir) -> pd.DataFrame:
    """Return all decisions in the order in which they were taken.

    Returns:
        The columns of `SeriesBreak`, all text, and position.

    Raises:
        InputError: The file was edited and has a line that is no decision.
    """
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    file = _file(data)
    for line, decided in file.lines():
        try:
            month = first_month(decided.period)
        except ValueError as error:
            problems.append(file.problem(line, "period", decided.period, str(error)))
            continue
        if decided.decision not in BREAK_DECISIONS:
            rule = f"a decision is one of {', '.join(BREAK_DECISIONS)}"
            problems.append(file.problem(line, "decision", decided.decision, rule))
        rows.append(asdict(decided) | {"period": month, "position": line})
    if problems:
        raise InputError(problems)
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "position"])
    return frame.astype(dict.fromkeys(COLUMNS, "str") | {"position": "int64"})


def first_month(text: str) -> str:
    """Return the month that a period begins with, "2009-04".

    Raises:
        ValueError: The text is no month, quarter or year.
    """
    try:
        period = parse_period(text)
    except AmbiguousPeriodError as error:
        period = _month_among(error)
    if period.kind not in _KINDS:
        raise ValueError(f"a break begins with a month, quarter or year, and {text!r} is none")
    return f"{period.start:%Y-%m}"


def _month_among(error: AmbiguousPeriodError) -> Period:
    """Return the month where a text may also be a year: "2009-10" is October 2009.

    Raises:
        AmbiguousPeriodError: It may be two months, or none.
    """
    months = [each for each in error.readings if each.kind == "month"]
    if len(months) != 1:
        raise error
    return months[0]


def _file(data: DataDir) -> DecisionsFile[SeriesBreak]:
    recorded_by = "breaks are recorded by safecity break"
    return DecisionsFile(data.breaks, SeriesBreak, recorded_by, "mend the line, or decide again")
