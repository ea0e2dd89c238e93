"""What later publications changed, in words: figures that moved, and verdicts with them."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.quarter_changes import ChangedVerdict
from dashboard.analysis.revisions import RevisionsAnswer
from dashboard.analysis.rows import records_of, rows_of
from dashboard.charts.wording import change_text, number_text, table_text
from dashboard.metrics.periods import month_label, parse_month
from dashboard.words.levels import capital, date_text, in_words, named
from dashboard.words.loading import period_text
from dashboard.words.verdict import status_text


def revisions_title(answer: RevisionsAnswer) -> str:
    """Return how many figures moved, in one sentence."""
    since = date_text(answer.since)
    count = len(answer.moved)
    if not count:
        return f"No published figure of {answer.area_name} has moved since {since}"
    number = capital(in_words(count))
    figures = "published figure" if count == 1 else "published figures"
    have = "has" if count == 1 else "have"
    return f"{number} {figures} of {answer.area_name} {have} moved since {since}"


def moved_table(moved: pd.DataFrame, units: dict[str, str]) -> pd.DataFrame:
    """Return figures that moved, as texts.

    Args:
        moved: `dashboard.analysis.revisions.MOVED_COLUMNS`.
        units: Of indicators, by id.
    """
    return pd.DataFrame(
        [
            {
                "Indicator": each.title,
                "Period": period_text(each.period, each.period_kind),
                "Was": f"{_level(each.previous, unit)}, {date_text(each.previous_published)}",
                "Is": f"{_level(each.value, unit)}, {date_text(each.published)}",
                "Moved by": number_text(each.difference, "change", places=1)
                if unit in ("rate", "percent")
                else change_text(each.difference, each.percent),
            }
            for each in records_of(moved)
            for unit in (units.get(each.indicator, "count"),)
        ]
    )


def verdict_lines(answer: RevisionsAnswer) -> list[str]:
    """Return the verdicts that are others now as at the same month; [] when none is."""
    if not answer.as_at:
        return []
    month = month_label(parse_month(answer.as_at))
    return [
        f"{named(each)}: {status_text(each.status)}, with the figures of then "
        f"{status_text(each.status_before)}, both as at {month}"
        for each in rows_of(answer.verdicts, ChangedVerdict)
    ]


def new_periods_line(answer: RevisionsAnswer) -> str:
    """Return how much came since that is no revision; "" for nothing."""
    new = sum(answer.new_periods.values())
    if not new:
        return ""
    indicators = len(answer.new_periods)
    return (
        f"{new:,} new {'period' if new == 1 else 'periods'} of "
        f"{in_words(indicators)} {'indicator' if indicators == 1 else 'indicators'} came as well."
    )


def _level(value: float, unit: str) -> str:
    return table_text(value, unit if unit in ("rate", "percent") else "count")
