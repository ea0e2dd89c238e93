"""Text inside a figure: names that wrap, and labels that stand beside what they name."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.drawing import Drawing
from dashboard.charts.theme import LINE_HEIGHT, ROW_GAP

NAME_WIDTH = 22
"""Characters of a name on one line, so that a phone keeps half its width for the bars."""
WIDTH_OF_PLACED = 20
"""Characters of a name at its place on one line."""
PIXELS_A_LETTER = 8
"""Width of a bold letter, by which room is kept for the names."""
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


def shortened(name: str, *, width: int = NAME_WIDTH) -> str:
    """Return a name over at most two lines, safe inside a figure; the rest of it is left out."""
    lines = textwrap.wrap(name, width, max_lines=2, placeholder="…")
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def row_height(names: Iterable[str]) -> int:
    """Return the pixels that a row needs, so that the name of most lines fits."""
    return ROW_GAP + LINE_HEIGHT * max((name.count("<br>") + 1 for name in names), default=1)


def name_places(
    drawing: Drawing,
    x: float,
    placed: pd.DataFrame,
    *,
    marker: int,
    shift: float,
    width_of_tied: int,
) -> None:
    """Write areas' names beside their places, with room for them; those that tie share it.

    Args:
        drawing: Where they are written.
        x: Where the places are, across.
        placed: area_name, rank (not missing) and is_own.
        marker: Pixels of a place's marker.
        shift: Pixels from the place to the name.
        width_of_tied: Characters of a name that ties, before it goes on in the next line.
    """
    for rank, tied in placed.groupby(placed["rank"].astype(int)):
        is_alone = len(tied) == 1
        width = WIDTH_OF_PLACED if is_alone else width_of_tied
        drawing.add_annotation(
            x=x,
            y=rank,
            text="<br>".join(
                wrapped(str(name), bold=bool(own), width=width)
                for name, own in zip(tied["area_name"], tied["is_own"], strict=True)
            ),
            xanchor="left",
            xshift=shift,
            yanchor="middle" if is_alone else "top",
            yshift=0 if is_alone else LINE_HEIGHT / 2 + 2,
            align="left",
        )
    longest = max((min(len(name), WIDTH_OF_PLACED) for name in placed["area_name"]), default=0)
    drawing.set_margin(r=marker + PIXELS_A_LETTER * longest)


def label_point(
    drawing: Drawing,
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
    )


def label_over(
    drawing: Drawing,
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
