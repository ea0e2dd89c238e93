"""What people decided on suspected gaps: a file that is only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, get_args

import pandas as pd

from etl.datadir import DataDir
from etl.decisions import DecisionsFile
from etl.periods import Period

Decision = Literal["real", "gap"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision; a later one on the same figure takes its place.

    Attributes:
        ruled_at: When, as ISO 8601 text.
        ruled_by: Who decided.
        area_code: The area.
        measure_code: What is counted.
        period: The month or quarter, "2014-08" or "Q2 2014/15".
        decision: `real`: the figure counts; `gap`: it is left out, or known to be missing.
        reason: Why.
    """

    ruled_at: str
    ruled_by: str
    area_code: str
    measure_code: str
    period: str
    decision: str
    reason: str


COLUMNS = [field.name for field in fields(Ruling)]


def rulings_file(data: DataDir) -> DecisionsFile:
    """Return the file of rulings."""
    return DecisionsFile(
        data.rulings, Ruling, "ruling", "safecity rule", get_args(Decision), ("month", "quarter"),
        "gaps are held by month or quarter, and {text!r} is neither", "write 2014-08 or Q2 2014/15",
    )  # fmt: skip


def record_rulings(
    data: DataDir,
    figures: Iterable[tuple[str, str]],
    *,
    period: str,
    decision: Decision,
    reason: str,
    ruled_by: str,
) -> list[Ruling]:
    """Add a decision on figures of one period to the file, which the next build reads.

    Args:
        data: The data folder.
        figures: Area code and measure code of each.
        period: A month or quarter, as people write it.
        decision: real or gap.
        reason: Why, in words.
        ruled_by: Who decides.

    Raises:
        InputError: The period is no month or quarter, or no reason is given.
    """
    file = rulings_file(data)
    now, found, why = file.decide(period, reason)
    rulings = [
        Ruling(now, ruled_by, area_code, measure_code, write_period(found), decision, why)
        for area_code, measure_code in figures
    ]
    file.add(rulings)
    return rulings


def read_rulings(data: DataDir) -> pd.DataFrame:
    """Return all decisions in the order in which they were taken.

    Returns:
        ruled_at, ruled_by, area_code, measure_code, period_kind, period_start, decision, reason
        and position.

    Raises:
        InputError: The file was edited and has a line that is no decision.
    """
    rows = [
        ruling | {"period_kind": period.kind, "period_start": pd.Timestamp(period.start)}
        for ruling, period in rulings_file(data).read()
    ]
    columns = [*(name for name in COLUMNS if name != "period"), "period_kind"]
    frame = pd.DataFrame(rows, columns=[*columns, "period_start", "position"])
    return frame.astype(
        dict.fromkeys(columns, "str") | {"period_start": "datetime64[s]", "position": "int64"}
    )


def write_period(period: Period) -> str:
    """Return a month as "2014-08" and a quarter as "Q2 2014/15"."""
    start = period.start
    if period.kind == "month":
        return f"{start:%Y-%m}"
    year = start.year if start.month > 3 else start.year - 1  # noqa: PLR2004
    number = (start.month - 4) % 12 // 3 + 1
    return f"Q{number} {year}/{(year + 1) % 100:02}"
