"""Breaks in a series that people confirmed: a file that is only ever added to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

import pandas as pd

from etl.datadir import DataDir
from etl.decisions import DecisionsFile
from etl.periods import Period

BreakDecision = Literal["confirmed", "withdrawn"]


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


def breaks_file(data: DataDir) -> DecisionsFile:
    """Return the file of breaks; a year's break begins in its April."""
    return DecisionsFile(
        data.breaks, SeriesBreak, "break", "safecity break", get_args(BreakDecision),
        ("month", "quarter", "year"),
        "a break begins with a month, quarter or year, and {text!r} is none",
        "write 2009-04, Q1 2009/10 or 2009/10",
    )  # fmt: skip


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
    file = breaks_file(data)
    now, found, why = file.decide(begins, reason)
    month = first_month(found)
    decided = SeriesBreak(now, decided_by, indicator_id, area_code, month, decision, why)
    file.add([decided])
    return decided


def read_breaks(data: DataDir) -> pd.DataFrame:
    """Return all decisions in the order in which they were taken.

    Returns:
        The columns of `SeriesBreak`, all text, and position.

    Raises:
        InputError: The file was edited and has a line that is no decision.
    """
    rows = [
        decided | {"period": first_month(period)} for decided, period in breaks_file(data).read()
    ]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "position"])
    return frame.astype(dict.fromkeys(COLUMNS, "str") | {"position": "int64"})


def first_month(period: Period) -> str:
    """Return the month that a period begins with, "2009-04"."""
    return f"{period.start:%Y-%m}"
