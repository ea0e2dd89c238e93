"""Exceptional periods: months that projections learn nothing from, once they are over.

Those that come with the product stand in `data/reference/exceptional_periods.toml`; a person's
decisions in a file that is only ever added to.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import Literal, get_args

import pandas as pd

from etl.breaks import first_month
from etl.catalogue.entry import Entry
from etl.catalogue.parse import entry, place, read_toml
from etl.datadir import DataDir
from etl.decisions import DecisionsFile
from etl.periods import Period
from etl.problems import InputError, Problem

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
ExceptionDecision = Literal["confirmed", "withdrawn"]
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
PERIODS = "exceptional_periods.toml"


@dataclass(frozen=True, slots=True)
class ExceptionalPeriod:
    """One decision; a later one on the same indicator, area and months takes its place.

    Attributes:
        decided_at: When, as ISO 8601 text; "" for those that come with the product.
        decided_by: Who decided; "" likewise.
        indicator_id: The indicator; "" for all.
        area_code: The area; "" for all.
        period: Its first month, "2020-03".
        last_month: Its last.
        decision: `confirmed`, or `withdrawn` of what was confirmed before.
        reason: Why.
    """

    decided_at: str
    decided_by: str
    indicator_id: str
    area_code: str
    period: str
    last_month: str
    decision: str
    reason: str


COLUMNS = [field.name for field in fields(ExceptionalPeriod)]


class ReferencePeriod(Entry):
    """One period of the file that comes with the product."""

    first_month: str
    last_month: str
    reason: str
    source: str
    indicator_id: str = ""
    area_code: str = ""


def exceptional_file(data: DataDir) -> DecisionsFile:
    """Return the file of exceptional periods that people added."""
    return DecisionsFile(
        data.exceptional_periods, ExceptionalPeriod, "exceptional period", "safecity except",
        get_args(ExceptionDecision), ("month", "quarter", "year"),
        "it begins and ends with a month, quarter or year, and {text!r} is none",
        "write 2020-03, Q1 2020/21 or 2020/21",
    )  # fmt: skip


def record_exceptional_period(
    data: DataDir,
    *,
    begins: str,
    ends: str,
    reason: str,
    decided_by: str,
    indicator_id: str = "",
    area_code: str = "",
    decision: ExceptionDecision = "confirmed",
) -> ExceptionalPeriod:
    """Add a decision to the file, which the next build reads.

    Args:
        data: The data folder.
        begins: First month, quarter or year, as people write it.
        ends: The last one.
        reason: Why, in words.
        decided_by: Who decides.
        indicator_id: The indicator; "" for all.
        area_code: The area; "" for all.
        decision: confirmed or withdrawn.

    Raises:
        InputError: One of the two is no month, quarter or year, they are the wrong way round, or
            no reason is given.
    """
    file = exceptional_file(data)
    now, first, why = file.decide(begins, reason)
    last = last_month(file.decide(ends, reason)[1])
    decided = ExceptionalPeriod(
        now, decided_by, indicator_id, area_code, first_month(first), last, decision, why
    )
    if decided.last_month < decided.period:
        rule = "the last month is before the first"
        raise InputError.of(file.path.name, rule, "change --from or --to", value=ends)
    file.add([decided])
    return decided


def reference_periods(data: DataDir) -> list[ReferencePeriod]:
    """Return the periods that come with the product.

    Raises:
        InputError: The file was edited, and an entry is no period.
    """
    problems: list[Problem] = []
    found = [
        each
        for path in data.files("reference", PERIODS)
        for number, fields_ in enumerate(read_toml(path).get("period", []), start=1)
        if (each := _period(fields_, place(path), number, problems)) is not None
    ]
    if problems:
        raise InputError(problems)
    return found


def read_exceptional_periods(data: DataDir) -> pd.DataFrame:
    """Return all periods: those of the product, then every decision in order.

    Returns:
        The columns of `ExceptionalPeriod`, all text, and position.

    Raises:
        InputError: A file was edited and has an entry that is no period or decision.
    """
    given = [
        asdict(ExceptionalPeriod("", "", each.indicator_id, each.area_code, each.first_month,
                                 each.last_month, "confirmed", f"{each.reason} ({each.source})"))
        | {"position": 0}
        for each in reference_periods(data)
    ]  # fmt: skip
    file = exceptional_file(data)
    problems: list[Problem] = []
    decided = []
    for row, period in file.read():
        last = _last_of(file, row, problems)
        decided.append(row | {"period": first_month(period), "last_month": last})
    if problems:
        raise InputError(problems)
    frame = pd.DataFrame([*given, *decided], columns=[*COLUMNS, "position"])
    return frame.astype(dict.fromkeys(COLUMNS, "str") | {"position": "int64"})


def last_month(period: Period) -> str:
    """Return the month that a period ends with, "2021-06"."""
    months = period.start.year * 12 + period.start.month - 1 + MONTHS_OF[period.kind] - 1
    return f"{months // 12}-{months % 12 + 1:02}"


def _last_of(file: DecisionsFile, row: dict[str, object], problems: list[Problem]) -> str:
    text = str(row["last_month"])
    try:
        return last_month(file.period_of(text))
    except ValueError as error:
        line = int(str(row["position"]))
        advice = "mend the line, or decide again"
        problems.append(Problem(file.path.name, line, "last_month", text, str(error), advice))
        return ""


def _period(
    given: dict[str, object], file: str, number: int, problems: list[Problem]
) -> ReferencePeriod | None:
    name = f"period {number}"
    found = entry(ReferencePeriod, given, file=file, problems=problems, name=name)
    if found is None:
        return None
    for field in ("first_month", "last_month"):
        text = getattr(found, field)
        if not MONTH.fullmatch(text):
            rule = "this is no month"
            problems.append(Problem(file, 0, f"{name} {field}", text, rule, "write 2020-03"))
            return None
    if found.last_month < found.first_month:
        rule = "the last month is before the first"
        problems.append(Problem(file, 0, name, found.last_month, rule, "put them right"))
        return None
    return found
