"""Every figure of an indicator: a table, how many there are, and the files they come from."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Indicator, SeriesPoint, rows_of
from dashboard.charts.wording import day_text, number_text
from dashboard.metrics.window_rows import SURVEY_WAVE
from dashboard.metrics.windows import IMPLIED
from dashboard.words.indicator import KINDS, period_name
from dashboard.words.levels import (
    DENOMINATORS,
    NOTHING,
    capital,
    interval_text,
    level_text,
    per_text,
)

COUNTED_BY = {
    "month": "month",
    "quarter": "quarter",
    "rolling_year": "twelve months",
    "year": "financial year",
    SURVEY_WAVE: "survey",
}


def figures_table(series: pd.DataFrame, about: Indicator) -> pd.DataFrame:
    """Return every figure of an indicator as texts, the shortest periods first, latest first.

    Args:
        series: Of `AreaView.series`.
        about: The indicator, as `AreaView.indicator` gives it.
    """
    latest_first = rows_of(
        series.sort_values("period_start", ascending=False, kind="stable"), SeriesPoint
    )
    points = sorted(latest_first, key=lambda each: KINDS.index(each.period_kind))
    people = DENOMINATORS.get(about.denominator, "residents").capitalize()
    table = pd.DataFrame([_figure_row(each, about, people) for each in points])
    is_blank = [name for name in table if table[name].eq(NOTHING).all()]
    return table.drop(columns=is_blank)


def files_of(series: pd.DataFrame, loads: pd.DataFrame) -> pd.DataFrame:
    """Return the loads that figures come from; a file may be read by a source for each subject.

    Args:
        series: Of `AreaView.series`.
        loads: The query of that name.
    """
    used = loads["file_id"].isin(series["file_id"]) & loads["source_id"].isin(series["source_id"])
    return loads[used]


def figures_counted(series: pd.DataFrame) -> str:
    """Return how many figures there are and when they were published, in one sentence."""
    known = int(series["value"].notna().sum())
    days = pd.to_datetime(series["published"])
    first, last = day_text(days.min()), day_text(days.max())
    when = f"on {first}" if first == last else f"between {first} and {last}"
    periods = "1 period" if known == 1 else f"{known:,} periods"
    without = len(series) - known
    rest = f"; {without:,} more without one" if without else ""
    return f"A figure for {periods}{rest}, published {when}."


def _figure_row(point: SeriesPoint, about: Indicator, people: str) -> dict[str, str]:
    unit = about.unit
    is_rate = unit == "rate"
    figure = f"Rate {per_text(about)}" if is_rate else "Figure"
    base = number_text(point.denominator, missing=NOTHING)
    return {
        "Period": period_name(point.period_start, point.period_kind),
        "Counted by": COUNTED_BY.get(point.period_kind, point.period_kind),
        figure: _level(point.value, point, unit),
        "Count": _level(point.numerator, point, "count") if is_rate else NOTHING,
        people: base if point.denominator_year is None else f"{base} ({point.denominator_year})",
        "95% interval": _interval(point, unit),
        "Asked": number_text(point.sample_size, missing=NOTHING),
        "Status": capital(point.status),
        "Published": day_text(point.published),
    }


def _interval(point: SeriesPoint, unit: str) -> str:
    """Return the published limits of 95%; those of an implied figure are of its rounding."""
    if point.status == IMPLIED:
        return NOTHING
    return interval_text(point.lower, point.upper, unit)


def _level(value: float | None, point: SeriesPoint, unit: str) -> str:
    """Return a figure, or what stands for it: "fewer than 5", "suppressed", "no figure"."""
    if value is None and point.suppression:
        return point.suppression
    return level_text(value, unit, places=1 if unit == "percent" else None)
