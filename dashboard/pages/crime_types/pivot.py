"""A table of the reader's own, in words."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.pivot import (
    AREA,
    CHANGE,
    COUNT,
    MONTH,
    MOST_PERIODS,
    PERCENT,
    QUARTER,
    RATE,
    TYPE,
    YEAR,
    PivotAnswer,
)
from dashboard.charts.wording import Unit, table_text
from dashboard.words.levels import in_period, text_or_nothing

AXIS_NAMES = {
    TYPE: "Crime types",
    AREA: "Areas",
    YEAR: "Financial years",
    QUARTER: "Quarters",
    MONTH: "Months",
}
CELL_NAMES = {
    COUNT: "Number",
    CHANGE: "Change on a year before",
    PERCENT: "Change on a year before, %",
    RATE: "Rate per 1,000",
}
_UNITS: dict[str, Unit] = {
    COUNT: "count", CHANGE: "change", PERCENT: "percent_change", RATE: "rate",
}  # fmt: skip
SMALL_RATE = 1.0
WITHHELD = "withheld"
NO_RATE = "no rate"


def pivot_table(answer: PivotAnswer) -> pd.DataFrame:
    """Return the table as texts, with words where there is no number."""
    texts = answer.table.map(lambda value: table_text(value, _UNITS[answer.cells]))
    if answer.cells == RATE:
        texts = answer.table.map(_rate_text)
    # A number that is there but has no percent or rate is not "missing".
    otherwise = {PERCENT: WITHHELD, RATE: NO_RATE}.get(answer.cells, "")
    said = answer.instead.map(text_or_nothing)
    words = said.mask(said.eq(""), otherwise)
    shown = texts.where(answer.table.notna(), words)
    return shown.rename_axis(index=AXIS_NAMES[answer.rows]).reset_index()


def pivot_caption(answer: PivotAnswer) -> str:
    """Return what the table shows, in one line."""
    what = f"{CELL_NAMES[answer.cells]}, {AXIS_NAMES[answer.rows].lower()} by "
    what += AXIS_NAMES[answer.columns].lower()
    fixed = []
    if TYPE not in (answer.rows, answer.columns):
        fixed.append(str(answer.long[TYPE].iloc[0]))
    if AREA not in (answer.rows, answer.columns):
        fixed.append(str(answer.long[AREA].iloc[0]))
    said = f"{what}: {', '.join(fixed)}" if fixed else what
    said += f", {in_period(answer.period).removeprefix('in ')}" if answer.period else ""
    return f"{said}. The latest {MOST_PERIODS} periods" if answer.is_cut else said


def _rate_text(value: float) -> str:
    return table_text(value, "rate") if value >= SMALL_RATE else f"{value:.2f}"
