"""A figure while it is drawn: plain parts, made into a Plotly figure once, at the end.

Plotly checks all labels again whenever one is added: a chart of fifteen labelled bars took 75
milliseconds so, and takes 10 when the figure is made at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme

Part = dict[str, Any]


def scatter(**attributes: Any) -> Part:  # noqa: ANN401 - whatever Plotly takes
    """Return a trace of points or lines; the attributes are those of `go.Scatter`."""
    return {"type": "scatter", **attributes}


def bar(**attributes: Any) -> Part:  # noqa: ANN401 - whatever Plotly takes
    """Return a trace of bars; the attributes are those of `go.Bar`."""
    return {"type": "bar", **attributes}


def markers(sizes: list[int], **attributes: Any) -> Part:  # noqa: ANN401 - whatever Plotly takes
    """Return markers of several sizes, which Plotly fades unless told not to."""
    return {"size": sizes, "opacity": 1, **attributes}


def line_of(x: Sequence | pd.Series, y: Sequence | pd.Series, **attributes: Any) -> Part:  # noqa: ANN401 - as above
    """Return a trace of a line that says nothing when it is pointed at: a limit, a frame, a band.

    Args:
        x: Across.
        y: Upwards; missing where the line is broken.
        **attributes: Those of `go.Scatter`.
    """
    return scatter(x=x, y=y, mode="lines", hoverinfo="skip", **attributes)


def band(
    x: Iterable, low: Iterable, high: Iterable, *, name: str, colour: str, opacity: float
) -> Part:
    """Return a trace of an area without an edge, from the lower to the higher of two lines.

    Args:
        x: Across, of both lines.
        low: Of the lower line.
        high: Of the higher line.
        name: Of the trace.
        colour: Of the area.
        opacity: How much it hides of what is behind it, 0 to 1.
    """
    return line_of(
        [*x, *reversed([*x])],
        [*high, *reversed([*low])],
        fill="toself",
        fillcolor=colour,
        line={"width": 0, "color": colour},
        opacity=opacity,
        name=name,
    )


FEW_POINTS = 3
"""So few figures are drawn as points: a line through them would look like a trend."""


class Drawing:
    """Traces, labels, lines and axes, gathered before they become a figure.

    Its methods have the names that they have in `go.Figure`, so that what draws on one draws on
    the other.
    """

    def __init__(self, height: int = theme.HEIGHT) -> None:
        """Begin an empty drawing.

        Args:
            height: In pixels. The width is the reader's.
        """
        self._traces: list[Part] = []
        self._labels: list[Part] = []
        self._shapes: list[Part] = []
        self._layout: Part = {"height": height, "xaxis": {}, "yaxis": {}, "margin": {}}

    def add_trace(self, trace: Part, hover: Sequence[str] | None = None) -> None:
        """Add a trace, on top of those before it.

        Args:
            trace: Of this module's functions.
            hover: What each of its marks says when it is pointed at.
        """
        if hover is not None:
            trace |= {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}
        self._traces.append(trace)

    def add_annotation(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Plotly takes
        """Add a text; the attributes are those of `layout.annotations`."""
        self._labels.append({"showarrow": False, **attributes})

    def add_shape(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Plotly takes
        """Add a shape; the attributes are those of `layout.shapes`."""
        self._shapes.append(attributes)

    def add_line(self, *, line: Part, x: float | None = None, y: float | None = None) -> None:
        """Add a line across the whole figure: upright at x, or level at y."""
        if x is not None:
            place = {"x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1}
        else:
            place = {"y0": y, "y1": y, "xref": "paper", "x0": 0, "x1": 1}
        self.add_shape(type="line", line=line, **place)

    def label_top(self, x: float, text: str, **attributes: Any) -> None:  # noqa: ANN401 - as above
        """Write a text over the figure, at a place across."""
        self.add_annotation(x=x, y=1, yref="paper", yanchor="bottom", text=text, **attributes)

    def label_left(self, y: float, text: str, **attributes: Any) -> None:  # noqa: ANN401 - as above
        """Write a text at the left end of the figure, at a height."""
        self.add_annotation(x=0, xref="paper", xanchor="left", y=y, text=text, **attributes)

    def label_right(self, y: float, text: str, **attributes: Any) -> None:  # noqa: ANN401 - as above
        """Write a text to the right of the figure, at a height."""
        self.add_annotation(x=1, xref="paper", xanchor="left", y=y, text=text, **attributes)

    def update_xaxes(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Plotly takes
        """Set attributes of the horizontal axis."""
        self._layout["xaxis"] |= attributes

    def update_yaxes(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Plotly takes
        """Set attributes of the vertical axis."""
        self._layout["yaxis"] |= attributes

    def set_margin(self, **pixels: int) -> None:
        """Set margins: l, r, t or b."""
        self._layout["margin"] |= pixels

    def update_layout(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Plotly takes
        """Set attributes of the layout."""
        self._layout |= attributes

    def figure(self) -> go.Figure:
        """Return the figure.

        Raises:
            ValueError: A part has an attribute or a value that Plotly does not know.
        """
        parts = {"annotations": self._labels, "shapes": self._shapes}
        layout = {"template": theme.template(), **self._layout, **parts}
        return go.Figure({"data": self._traces, "layout": layout})
