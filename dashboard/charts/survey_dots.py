"""What a survey found: a dot with its interval for every wave, others' and the goal beside it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Literal

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import known
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.drawing import Drawing, scatter
from dashboard.charts.labels import row_height, wrapped
from dashboard.charts.wording import Unit, number_text

Kind = Literal["own", "national", "dont_know"]

MARKERS: dict[Kind, tuple[str, str, str, int]] = {
    "own": ("This area", theme.OWN, "circle", 13),
    "national": ("England", theme.DARK_PINK, "diamond", 12),
    "dont_know": ("Don't know", theme.DARK_GREY, "square-open", 11),
}
"""Name of each kind of row, and colour, shape and size of what it is drawn as."""
HEADROOM = 1.2
"""The axis ends so far over the largest limit."""
MOST = 100
MARGIN = 70
ROW_SPACE = 36
"""Pixels of a row besides the lines of its name: its label stands over the dot."""
LABEL_SHIFT = 10
EDGE = 0.6
"""Share of the axis from which a label is turned inwards, so that it stays on a phone's screen."""
LIMITS = {"Lower 95% limit": "lower", "Upper 95% limit": "upper"}


def survey_dots(
    rows: pd.DataFrame, *, caption: Caption, measure: str, goal: float | None = None
) -> Chart:
    """Draw percentages of surveys, a row each, with their intervals, from zero.

    Args:
        rows: name ("Southampton, 2009 survey"), kind ("own", "national" or "dont_know"), value,
            lower and upper (percent; limits may be missing), in the order read from the top.
        caption: The words around it.
        measure: What a value is, as a column heading.
        goal: A percentage to draw as a labelled line; None for none.

    Raises:
        ValueError: There is no row.
    """
    if rows.empty:
        raise ValueError("no survey to draw: the frame has no row")
    rows = rows.reset_index(drop=True)
    names = [
        wrapped(name, bold=kind == "own")
        for name, kind in zip(rows["name"], rows["kind"], strict=True)
    ]
    drawing = Drawing(MARGIN + len(names) * (row_height(names) + ROW_SPACE))
    for kind in MARKERS:
        part = rows[rows["kind"].eq(kind)]
        if len(part):
            _draw(drawing, part, kind)
    end = min(MOST, max(known([*rows["upper"], *rows["value"], goal])) * HEADROOM) or MOST
    if goal is not None:
        drawing.add_line(x=goal, line={"color": theme.TEXT, "width": 1.5, "dash": "dash"})
        drawing.label_top(goal, f"Goal {number_text(goal, 'percent')}", yshift=2)
    for place, row in enumerate(rows.to_dict("records")):
        text, share = _text(row), float(row["value"]) / end
        # The page's colour behind a label keeps the goal's line off.
        drawing.add_annotation(
            x=row["value"],
            y=place,
            text=f"<b>{text}</b>" if row["kind"] == "own" else text,
            xanchor="right" if share > EDGE else "left" if share < 1 - EDGE else "center",
            yanchor="bottom",
            yshift=LABEL_SHIFT,
            bgcolor=theme.PAGE,
        )
    drawing.update_xaxes(
        range=[0, end], ticksuffix="%", nticks=5, showgrid=True, showline=True, ticks="outside"
    )
    drawing.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[len(names) - 0.5, -0.75],
        showgrid=False,
    )
    drawing.set_margin(t=36)
    columns = {"Survey": "name", measure: "value", **LIMITS}
    units: dict[str, Unit] = dict.fromkeys([measure, *LIMITS], "percent")
    missing = dict.fromkeys(LIMITS, "no interval")
    alt, table = _alt(caption, rows, goal), table_of(rows, columns, units)
    return Chart(drawing.figure(), caption, alt, table, units, missing)


def interval_text(value: float, lower: float | None, upper: float | None) -> str:
    """Return a percentage with its interval: "23% (21% to 26%)", "26% (no interval)"."""
    limits = known([lower, upper])
    if len(limits) < 2:  # noqa: PLR2004 - an interval has two ends
        return f"{number_text(value, 'percent')} (no interval)"
    low, high = (number_text(limit, "percent") for limit in limits)
    return f"{number_text(value, 'percent')} ({low} to {high})"


def _draw(drawing: Drawing, part: pd.DataFrame, kind: Kind) -> None:
    name, colour, symbol, size = MARKERS[kind]
    rows = part.to_dict("records")
    limits = part[["lower", "upper"]].astype(float)
    reaches = limits.sub(part["value"].astype(float), axis=0).abs().fillna(0.0)
    drawing.add_trace(
        scatter(
            x=[row["value"] for row in rows],
            y=[int(place) for place in part.index],
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": size, "line": {"width": 2}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": reaches["upper"].tolist(),
                "arrayminus": reaches["lower"].tolist(),
                "color": colour,
                "thickness": 2.5,
                "width": 6,
            },
            cliponaxis=False,
        ),
        hover=[f"{row['name']}: <b>{_text(row)}</b>" for row in rows],
    )


def _text(row: dict[Hashable, Any]) -> str:
    return interval_text(row["value"], row["lower"], row["upper"])


def _alt(caption: Caption, rows: pd.DataFrame, goal: float | None) -> str:
    said = "; ".join(f"{row['name']} {_text(row)}" for row in rows.to_dict("records"))
    line = "" if goal is None else f"The goal, {number_text(goal, 'percent')}, is a line"
    return alt_text(caption, f"Dots with their 95% intervals: {said}", line)
