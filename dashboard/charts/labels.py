"""Text inside a figure: names that wrap, and labels that stand beside what they name."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.drawing import Drawing
from dashboard.charts.theme import LINE_HEIGHT, ROW_GAP

NAME_WIDTH = 22
"""Characters of a name on one line, so that a phone keeps half its width for the bars."""
LABEL_GAP = 10
"""Pixels between a point and its label."""
LEAD_GAP = 6
"""Pixels between a point and the line that leads to its label."""

_LEFT_THIRD, _RIGHT_THIRD = 1 / 3, 2 / 3


def wrapped(name: str, *, bold: bool = False, width: int = NAME_WIDTH) -> str:
    """Return a name over as many lines as it needs, safe inside a figure."""
    lines = [html.escape(line, quote=False) for line in textwrap.wrap(name, width)] or [""]
    text = "<br>".join(lines)
    return f"<b>{text}</b>" if bold else text


def row_height(names: Iterable[str]) -> int:
    """Return the pixels that a row needs, so that the name of most lines fits."""
    return ROW_GAP + LINE_HEIGHT * max((name.count("<br>") + 1 for name in names), default=1)


def label_point(
    drawing: Drawing | go.Figure,
    at: tuple[pd.Timestamp, float],
    text: str,
    span: tuple[pd.Timestamp, pd.Timestamp],
    *,
    above: bool,
) -> None:
    """Write a label above or below a point, turned inwards so that it stays inside the figure.

    Args:
        drawing: Where it is written.
        at: The point.
        text: The label; Plotly's `<b>` and `<br>` are allowed.
        span: First and last date of the axis.
        above: True for above the point.
    """
    anchor = _turned_inwards(at[0], span)
    drawing.add_annotation(
        x=at[0],
        y=at[1],
        text=text,
        xanchor=anchor,
        yanchor="bottom" if above else "top",
        align=anchor,
        yshift=LABEL_GAP if above else -LABEL_GAP,
        showarrow=False,
    )


def label_over(
    drawing: Drawing | go.Figure,
    at: tuple[pd.Timestamp, float],
    over: float,
    text: str,
    span: tuple[pd.Timestamp, pd.Timestamp],
) -> None:
    """Write a label over what stands between it and its point, with a line that leads there.

    Args:
        drawing: Where it is written.
        at: The point.
        over: The value that the label is over.
        text: The label; Plotly's `<b>` and `<br>` are allowed.
        span: First and last date of the axis.
    """
    label_point(drawing, (at[0], over), text, span, above=True)
    drawing.add_annotation(
        x=at[0], y=at[1], ax=at[0], ay=over, axref="x", ayref="y", yshift=0, text="",
        showarrow=True, arrowhead=0, arrowwidth=1, arrowcolor=theme.DARK_GREY,
        standoff=LEAD_GAP,
    )  # fmt: skip


def _turned_inwards(at: pd.Timestamp, span: tuple[pd.Timestamp, pd.Timestamp]) -> str:
    """Return the side of a label that is held to a date, so that it stays inside the figure."""
    first, last = span
    whole = last.toordinal() - first.toordinal()
    place = (at.toordinal() - first.toordinal()) / whole if whole else 1.0
    return "left" if place < _LEFT_THIRD else "right" if place > _RIGHT_THIRD else "center"


def label_level(
    drawing: Drawing | go.Figure, level: float, text: str, *, above: bool = True
) -> None:
    """Write a label on a horizontal line, at its left end."""
    drawing.add_annotation(
        x=0,
        xref="paper",
        y=level,
        text=text,
        xanchor="left",
        yanchor="bottom" if above else "top",
        showarrow=False,
    )
