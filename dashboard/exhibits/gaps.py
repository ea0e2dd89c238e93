"""Suspected gaps in words: what is held, why, and what a person decided."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.wording import NO_FIGURE, number_text
from dashboard.exhibits.loading import period_text
from dashboard.exhibits.words import capital, date_text, in_words

RULINGS = {
    "": "Held: nobody has decided",
    "real": "Real: it counts",
    "gap": "A gap: it stays left out",
}
"""What each ruling means."""


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
                "Figure": figure_name(row),
                "Value": number_text(row["value"]),
                "Usual": number_text(row["expected"], missing=""),
                "Why": str(row["reason"]),
                "Decision": _decision(row),
            }
            for row in gaps.to_dict("records")
        ]
    )


def figure_name(row: dict) -> str:
    """Return which figure a row is: "Southampton, local:robbery, June 2024"."""
    period = period_text(row["period"], str(row["period_kind"]))
    return f"{row['area_name'] or row['area']}, {row['measure']}, {period}"


def held_lines(held: pd.DataFrame, indicator_id: str) -> list[str]:
    """Return what is held of an indicator, a sentence each.

    Such as "June 2024 is held as a suspected gap and not compared: 1 where about 102 is usual".

    Args:
        held: Of `dashboard.analysis.area_view.AreaView.held_periods`.
        indicator_id: An indicator.
    """
    own = held[held["indicator_id"].eq(indicator_id)].sort_values("period_start")
    return [
        f"{capital(period_text(row['period_start'], str(row['period_kind'])))} is "
        f"{'a gap, as was decided,' if row['ruling'] == 'gap' else 'held as a suspected gap'} and "
        f"not compared: {row['reason'] or NO_FIGURE}"
        for row in own.to_dict("records")
    ]


def _decision(row: dict) -> str:
    what = RULINGS[str(row["ruling"] or "")]
    if not row["ruling"]:
        return what
    return f"{what}. {row['ruling_reason']} ({row['ruled_by']}, {date_text(row['ruled_at'])})"
