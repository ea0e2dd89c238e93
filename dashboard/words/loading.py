"""Problems of what is brought, the progress of work, and periods of figures, in words."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.intake.background_work import Step
from dashboard.metrics.periods import month_label, parse_month

PROBLEMS = {
    "file": "File",
    "line": "Line",
    "column": "Column",
    "value": "Value",
    "rule": "Rule",
    "what_to_do": "What to do",
}
TABLES = "Putting the tables together"


def problems_table(problems: pd.DataFrame) -> pd.DataFrame:
    """Return problems as texts; line 0 is the whole file."""
    texts = problems.assign(line=problems["line"].map(lambda line: f"{line:,}" if line else "All"))
    return texts[list(PROBLEMS)].rename(columns=PROBLEMS)


def progress_text(step: Step | None) -> str:
    """Return what is done now, in plain words: tables have no names that a reader knows."""
    if step is None:
        return "Waiting for a turn"
    return TABLES if step.is_of_a_table else str(step)


def period_text(start: str | date, kind: str) -> str:
    """Return a period: "June 2024", "quarter from April 2024"; `start` is any day or month."""
    month = month_label(parse_month(start))
    return month if kind == "month" else f"{kind.replace('_', ' ')} from {month}"
