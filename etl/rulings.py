"""What people decided on suspected gaps: a file that is only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Literal, get_args

import pandas as pd

from etl.datadir import DataDir
from etl.decisions import DecisionsFile
from etl.periods import AmbiguousPeriodError, Period, parse_period
from etl.problems import InputError, Problem

Decision = Literal["real", "gap"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
#: Kinds of period that gaps are looked for in.
_KINDS = ("month", "quarter")


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
    name = data.rulings.name
    if not reason.strip():
        raise InputError.of(name, "a ruling needs a reason", "say why, with --reason")
    try:
        written = write_period(gap_period(period))
    except ValueError as error:
        raise InputError.of(name, str(error), "write 2014-08 or Q2 2014/15", value=period) from None
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    rulings = [
        Ruling(now, ruled_by, area_code, measure_code, written, decision, reason.strip())
        for area_code, measure_code in figures
    ]
    _file(data).add(rulings)
    return rulings


def read_rulings(data: DataDir) -> pd.DataFrame:
    """Return all decisions in the order in which they were taken.

    Returns:
        ruled_at, ruled_by, area_code, measure_code, period_kind, period_start, decision, reason
        and position.

    Raises:
        InputError: The file was edited and has a line that is no decision.
    """
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    file = _file(data)
    for line, ruling in file.lines():
        try:
            period = gap_period(ruling.period)
        except ValueError as error:
            problems.append(file.problem(line, "period", ruling.period, str(error)))
            continue
        if ruling.decision not in DECISIONS:
            rule = f"a decision is one of {', '.join(DECISIONS)}"
            problems.append(file.problem(line, "decision", ruling.decision, rule))
        start = pd.Timestamp(period.start)
        rows.append(
            asdict(ruling) | {"period_kind": period.kind, "period_start": start, "position": line}
        )
    if problems:
        raise InputError(problems)
    columns = [*(name for name in COLUMNS if name != "period"), "period_kind"]
    frame = pd.DataFrame(rows, columns=[*columns, "period_start", "position"])
    return frame.astype(
        dict.fromkeys(columns, "str") | {"period_start": "datetime64[s]", "position": "int64"}
    )


def gap_period(text: str) -> Period:
    """Read the month or quarter of a gap: "2009-10" is October 2009, since a year has no gap.

    Raises:
        ValueError: The text is no month or quarter, or can be read as two of them.
    """
    try:
        period = parse_period(text)
    except AmbiguousPeriodError as error:
        readings = [each for each in error.readings if each.kind in _KINDS]
        if len(readings) != 1:
            raise
        period = readings[0]
    if period.kind not in _KINDS:
        raise ValueError(f"gaps are held by month or quarter, and {text!r} is neither")
    return period


def write_period(period: Period) -> str:
    """Return a month as "2014-08" and a quarter as "Q2 2014/15"."""
    start = period.start
    if period.kind == "month":
        return f"{start:%Y-%m}"
    year = start.year if start.month > 3 else start.year - 1  # noqa: PLR2004
    number = (start.month - 4) % 12 // 3 + 1
    return f"Q{number} {year}/{(year + 1) % 100:02}"


def _file(data: DataDir) -> DecisionsFile[Ruling]:
    recorded_by = "rulings are recorded by safecity rule"
    return DecisionsFile(data.rulings, Ruling, recorded_by, "mend the line, or rule again")
