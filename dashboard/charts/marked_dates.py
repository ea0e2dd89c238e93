"""Dates that people marked, drawn over a chart of time: a day as a line, a range as a band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.chart import Chart, sentence
from dashboard.charts.wording import day_text

COLUMN = "Marked"
ROW_HEIGHT = 16
"""Pixels that a name takes: the next one stands so far below it."""
_DASHED = {"color": theme.QUIET_TEXT, "width": 1, "dash": "dot"}


class Marked(Protocol):
    """What is marked: first and last day, and what it is called."""

    @property
    def begins(self) -> date: ...  # noqa: D102
    @property
    def ends(self) -> date: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102


def with_marked_dates(chart: Chart, marked: Sequence[Marked]) -> Chart:
    """Return a chart with the marked dates that fall in its time, in alt text and table too.

    Args:
        chart: Of anything; one without an axis of dates comes back as it is.
        marked: In the order that their names stand in, from the top.
    """
    days = _days_of(chart.figure)
    if not marked or days.empty:
        return chart
    first, last = days.min(), days.max() + pd.offsets.MonthEnd(0)
    shown = [each for each in marked if each.begins <= last.date() and each.ends >= first.date()]
    if not shown:
        return chart
    figure = go.Figure(chart.figure)
    for place, each in enumerate(shown):
        _draw(figure, each, first, last, place)
    names = "; ".join(f"{each.title}, {days_text(each)}" for each in shown)
    return replace(
        chart,
        figure=figure,
        alt=f"{chart.alt} {sentence(f'Marked: {names}')}",
        table=_with_column(chart, shown),
    )


def days_text(marked: Marked) -> str:
    """Return when it was: "1 June 2009", "1 June 2009 to 31 August 2009"."""
    if marked.begins == marked.ends:
        return day_text(marked.begins)
    return f"{day_text(marked.begins)} to {day_text(marked.ends)}"


def _draw(
    figure: go.Figure, marked: Marked, first: pd.Timestamp, last: pd.Timestamp, place: int
) -> None:
    begins = max(pd.Timestamp(marked.begins), first)
    ends = min(pd.Timestamp(marked.ends), last)
    across = {"x0": begins, "x1": ends, "xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    if marked.begins == marked.ends:
        figure.add_shape(type="line", line=_DASHED, **across)
    else:
        figure.add_shape(
            type="rect", fillcolor=theme.GRID, opacity=0.6, line={"width": 0}, layer="below",
            **across,
        )  # fmt: skip
    # A name in the last third ends at its date, so that it stays within the chart.
    is_late = begins > first + (last - first) * 2 / 3
    figure.add_annotation(
        x=begins, y=1, yref="paper", yanchor="top", yshift=-ROW_HEIGHT * place,
        xanchor="right" if is_late else "left", xshift=-3 if is_late else 3,
        text=marked.title.replace("<", "&lt;"), showarrow=False,
        font={"size": 12, "color": theme.QUIET_TEXT},
    )  # fmt: skip


def _days_of(figure: go.Figure) -> pd.Series:
    """Return the days across all traces; none where the axis has no dates."""
    found = [pd.Series(trace.x) for trace in figure.data if getattr(trace, "x", None) is not None]
    dated = [each for each in found if pd.api.types.is_datetime64_any_dtype(each)]
    return pd.concat(dated) if dated else pd.Series(dtype="datetime64[ns]")


def _with_column(chart: Chart, shown: Sequence[Marked]) -> pd.DataFrame:
    """Return the table with what was marked in each row's month, where its rows are the marks."""
    rows = next(
        (
            days
            for trace in chart.figure.data
            if getattr(trace, "x", None) is not None
            and len(days := pd.Series(trace.x)) == len(chart.table)
            and pd.api.types.is_datetime64_any_dtype(days)
        ),
        None,
    )
    if rows is None:
        return chart.table
    names = [
        "; ".join(
            each.title
            for each in shown
            if pd.Timestamp(each.begins).replace(day=1) <= day <= pd.Timestamp(each.ends)
        )
        for day in rows
    ]
    return chart.table.assign(**{COLUMN: names})
