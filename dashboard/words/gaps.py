"""Suspected gaps in words: what is held, why, and what a person decided."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.rows import records_of, rows_of
from dashboard.charts.wording import NO_FIGURE, number_text
from dashboard.words.levels import capital, date_text, in_words
from dashboard.words.loading import period_text

RULINGS = {
    "": "Held: nobody has decided",
    "real": "Real: it counts",
    "gap": "A gap: it stays left out",
}
"""What each ruling means."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that is held as a suspected gap: a row of `dashboard.analysis.gaps.gaps`."""

    area: str
    area_name: str | None
    measure: str
    period: str
    period_kind: str
    value: float | None
    expected: float | None
    reason: str
    ruling: str
    ruling_reason: str
    ruled_by: str
    ruled_at: str


def gaps_title(gaps: pd.DataFrame, where: str) -> str:
    """Return how many figures are held: "Two figures of Southampton are held as suspected gaps"."""
    held = int(gaps["ruling"].eq("").sum())
    ruled = len(gaps) - held
    if not len(gaps):
        return f"No figure of {where} is held as a suspected gap"
    are = "figures of {} are held as suspected gaps"
    is_one = "figure of {} is held as a suspected gap"
    text = f"{capital(in_words(held))} {(is_one if held == 1 else are).format(where)}"
    return f"{text}; {in_words(ruled)} {'is' if ruled == 1 else 'are'} decided" if ruled else text


def gaps_table(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return figures that are held or were ruled on; `dashboard.analysis.gaps.gap_table`."""
    return pd.DataFrame(
        [
            {
                "Figure": figure_name(each),
                "Value": number_text(each.value),
                "Usual": number_text(each.expected, missing=""),
                "Why": each.reason,
                "Decision": _decision(each),
            }
            for each in rows_of(gaps, Gap)
        ]
    )


def figure_name(gap: Gap) -> str:
    """Return which figure is held: "Southampton, local:robbery, June 2024"."""
    period = period_text(gap.period, gap.period_kind)
    return f"{gap.area_name or gap.area}, {gap.measure}, {period}"


def held_lines(held: pd.DataFrame, indicator_id: str) -> list[str]:
    """Return what is held of an indicator, a sentence each.

    Such as "June 2024 is held as a suspected gap and not compared: 1 where about 102 is usual".

    Args:
        held: Of `dashboard.analysis.area_view.AreaView.held_periods`.
        indicator_id: An indicator.
    """
    own = held[held["indicator_id"].eq(indicator_id)].sort_values("period_start")
    return [
        f"{capital(period_text(each.period_start, each.period_kind))} is "
        f"{'a gap, as was decided,' if each.ruling == 'gap' else 'held as a suspected gap'} and "
        f"not compared: {each.reason or NO_FIGURE}"
        for each in records_of(own)
    ]


def _decision(gap: Gap) -> str:
    what = RULINGS[gap.ruling]
    if not gap.ruling:
        return what
    return f"{what}. {gap.ruling_reason} ({gap.ruled_by}, {date_text(gap.ruled_at)})"
