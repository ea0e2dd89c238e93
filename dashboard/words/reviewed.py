"""A row of the meeting's review as an object, with the verdict on its principal target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.metrics.change import Change
from dashboard.metrics.reasons import Reason


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An indicator that a meeting reads: a row of `dashboard.analysis.review.review`."""

    indicator_id: str
    title: str
    national_indicator: str
    unit: str
    lower_is_better: bool
    priority_id: str
    current: float | None
    current_period: str
    change: float | None
    percent: float | None
    change_in_full: Change
    quarter_change: float | None
    quarter_percent: float | None
    quarter_is_beyond_chance: bool | None
    notes: str
    status: str
    """The word of `verdict`, or "no target"."""
    why: Reason
    needs_attention: bool
    is_discovery: bool
    tests_together: int
    verdict: Verdict | None
    """On its principal target; None where the plan sets none."""
    others: str = ""
    """The verdicts on its other targets, in words."""
    repeats: str = ""
    """The indicator with a target whose figures these are too."""
    same_as: Sequence[str] = ()
    """Titles of others that count the same."""


def reviewed_in(review: pd.DataFrame) -> list[Reviewed]:
    """Return the rows of `dashboard.analysis.review.review`, each with its verdict."""
    targets = review[review["target_id"].notna()]
    verdicts = pd.Series(rows_of(targets, Verdict), targets.index, dtype="object")
    return rows_of(review.assign(verdict=verdicts), Reviewed)
