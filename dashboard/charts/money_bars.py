"""Sums of money as bars under each other: of each what is found, what is open, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import row_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, bar
from dashboard.charts.labels import row_height, wrapped
from dashboard.charts.wording import Unit, pounds_text

FRAME = 64
"""Pixels that the axis and its title take below the bars."""
NAME_WIDTH = 30
"""Characters of a name before it goes on in the next line."""
_HATCHED = {"shape": "/", "fgcolor": theme.ORANGE, "size": 6, "solidity": 0.5}
LOOKS: tuple[dict[str, Any], ...] = (
    {"color": theme.DARK_BLUE},
    {"color": theme.PAGE, "pattern": _HATCHED, "line": {"color": theme.ORANGE, "width": 1}},
    {"color": theme.DARK_PINK},
)
"""Of the parts in order: found, left open, missing. Told apart by pattern as well as by colour."""


def money_bars(rows: pd.DataFrame, *, parts: Mapping[str, str], caption: Caption) -> Chart:
    """Draw each sum as a bar of the same length, cut into its parts, with pounds beside the name.

    Sums of half a million and of a few hundred stand under each other: their shares are compared,
    and their pounds are written.

    Args:
        rows: name, said (the pounds in words) and the columns of `parts`, in pounds. A row of
            nothing has no bar.
        parts: What each column is called, in the order in which they are drawn.
        caption: The words around it.

    Raises:
        ValueError: There is no row.
    """
    if rows.empty:
        raise ValueError("no sums to draw: the frame has no row")
    names = [
        f"{wrapped(row['name'], width=NAME_WIDTH)}<br><b>{row['said']}</b>"
        for row in rows.to_dict("records")
    ]
    drawing = Drawing(FRAME + row_height(names) * len(names))
    whole = rows[list(parts)].sum(axis=1)
    for (column, title), look in zip(parts.items(), LOOKS, strict=False):
        drawing.add_trace(
            bar(
                # A part of nothing would still show its edge.
                x=(100 * rows[column] / whole).where(rows[column] > 0).tolist(),
                y=list(range(len(rows))), orientation="h", name=title, marker=look, width=0.6,
                showlegend=bool(rows[column].any()),
            ),
            hover=[f"{wrapped(row['name'])}<br>{title}: <b>{pounds_text(row[column])}</b>"
                   for row in rows.to_dict("records")],
        )  # fmt: skip
    row_axis(drawing, names)
    drawing.update_xaxes(range=[0, 101], ticksuffix="%", tickvals=[0, 50, 100], showgrid=True)
    drawing.update_layout(
        barmode="stack", showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
    )  # fmt: skip
    drawing.set_margin(t=30)
    said = "; ".join(f"{row['name']}: {row['said']}" for row in rows.to_dict("records"))
    units: dict[str, Unit] = dict.fromkeys((f"{title}, £" for title in parts.values()), "count")
    table = rows[["name", "said", *parts]].set_axis(["Name", "In words", *units], axis=1)
    return Chart(drawing.figure(), caption, alt_text(caption, said), table, units)
