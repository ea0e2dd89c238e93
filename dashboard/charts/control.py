"""A control chart: figures, their limits, and special causes marked by shape and colour."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import NOT_FROM_ZERO, labelled_axis, line_axis, month_axis
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.drawing import Drawing, line_of, scatter
from dashboard.charts.wording import Unit, number_text, places_of_small

SPECIAL_SIZE, COMMON_SIZE = 12, 7
RIGHT_MARGIN, LABEL_HEIGHT = 96, 38
"""Pixels, for labels of two lines."""
PLOT_HEIGHT = theme.HEIGHT - 70
"""Pixels between the ends of the axis, nearly: the rest are margins and the months' names."""
HOVER = "%{customdata[0]}: <b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>"


class Mark(NamedTuple):
    """How a point is drawn: shape and colour together, so that neither is needed alone.

    Attributes:
        shape: Plotly's name of it.
        shape_word: What a reader calls it.
        colour: Of the light palette.
    """

    shape: str
    shape_word: str
    colour: str


COMMON = Mark("circle", "circle", theme.OWN)
IMPROVEMENT = Mark("diamond", "diamond", theme.TURQUOISE)
CONCERN = Mark("triangle-up", "triangle", theme.ORANGE)
NEITHER = Mark("square", "square", theme.LIGHT_PURPLE)


def control(
    points: pd.DataFrame,
    *,
    caption: Caption,
    measure: str,
    unit: Unit = "count",
    marks: dict[str, Mark],
    plotted_name: str = "",
    target: float | None = None,
    target_label: str = "",
    proposal: str = "",
) -> Chart:
    """Draw figures with the centre line and limits of every stretch, labelled on the last.

    Args:
        points: month (Timestamp), period (its name), figure (as counted), plotted, centre, lower,
            upper, stretch (number), variation (word) and why; numbers may be missing. In order.
        caption: The words around it; the rules stand in the subtitle.
        measure: What a figure is, as a column heading.
        unit: Of the figures.
        marks: How a point of each special variation is drawn; others are common cause.
        plotted_name: What is plotted where it is not the figure itself: "Seasonally adjusted".
            The figure is then drawn beside it.
        target: A level in the unit of the figures, or None.
        target_label: What it is called.
        proposal: What the line of a column `proposed` is called, which is then drawn in place of
            limits that do not fit, and no point is marked; "" for limits.

    Raises:
        ValueError: There is no row.
    """
    if points.empty:
        raise ValueError("no control chart to draw: the frame has no row")
    drawing = Drawing()
    if plotted_name:
        line = {"color": theme.OTHERS, "width": 1.5, "dash": "dot"}
        figures = points["figure"].astype(float)
        drawing.add_trace(line_of(points["month"], figures, name="As counted", line=line))
    if proposal:
        _draw_proposal(drawing, points, proposal)
    for number in [] if proposal else points["stretch"].unique():
        _draw_limits(drawing, points[points["stretch"].eq(number)])
    _draw_points(drawing, points, unit, {} if proposal else marks)
    if target is not None:
        drawing.add_line(y=target, line={"color": theme.DARK_PINK, "width": 2, "dash": "dot"})
    columns = ["figure", "plotted", *([] if proposal else ["lower", "upper"])]
    drawn = points[columns].to_numpy(dtype=float).ravel()
    axis = line_axis(drawing, [*drawn, target], unit)
    if points["period"].str.fullmatch(r"[A-Z][a-z]+ \d{4}").all():
        month_axis(drawing, points["month"].iloc[0], points["month"].iloc[-1])
    else:
        labelled_axis(drawing, points["month"], points["period"])
    limits = points.iloc[:0] if proposal else points.dropna(subset=["centre"]).tail(1)
    _label_levels(drawing, limits, unit, (target_label, target), axis)
    alt = _alt(caption, points, unit, marks, "" if axis[0] <= 0 else NOT_FROM_ZERO)
    numbers = {measure: "figure"} | ({plotted_name: "plotted"} if plotted_name else {})
    numbers |= {"Centre line": "centre", "Lower limit": "lower", "Upper limit": "upper"}
    units = dict.fromkeys(numbers, unit)
    columns = {"Period": "period", **numbers, "Variation": "variation", "Why": "why"}
    table = table_of(points, columns, units).reset_index(drop=True)
    missing = dict.fromkeys(("Centre line", "Lower limit", "Upper limit"), "too few figures")
    return Chart(drawing.figure(), caption, alt, table, units, missing=missing)


def _draw_limits(drawing: Drawing, stretch: pd.DataFrame) -> None:
    for column, dash in (("centre", "solid"), ("lower", "dash"), ("upper", "dash")):
        line = {"color": theme.DARK_GREY, "width": 1.5, "dash": dash}
        level = stretch[column].astype(float)
        drawing.add_trace(line_of(stretch["month"], level, name=column, line=line))


def _draw_proposal(drawing: Drawing, points: pd.DataFrame, name: str) -> None:
    """Draw a line through the points: a new level is a jump, so its ends are not joined."""
    line = {"color": theme.ORANGE, "width": 3}
    level = points["proposed"].astype(float)
    drawing.add_trace(line_of(points["month"], level, name=name, line=line))


def _draw_points(
    drawing: Drawing, points: pd.DataFrame, unit: Unit, marks: dict[str, Mark]
) -> None:
    looks = [marks.get(word, COMMON) for word in points["variation"]]
    said = points["variation"].where(
        points["why"].eq(""), points["variation"] + ": " + points["why"]
    )
    numbers = [_text(value, unit) for value in points["plotted"]]
    drawing.add_trace(
        scatter(
            x=points["month"],
            y=points["plotted"].astype(float),
            mode="lines+markers",
            name="Figures",
            line={"color": theme.OWN, "width": 1.5},
            marker={
                "symbol": [look.shape for look in looks],
                "color": [look.colour for look in looks],
                "size": [COMMON_SIZE if look is COMMON else SPECIAL_SIZE for look in looks],
                "line": {"color": theme.DARK_GREY, "width": 1},
            },
            customdata=list(zip(points["period"], numbers, said, strict=True)),
            hovertemplate=HOVER,
            connectgaps=False,
        )
    )


def _label_levels(
    drawing: Drawing,
    limits: pd.DataFrame,
    unit: Unit,
    target: tuple[str, float | None],
    span: tuple[float, float],
) -> None:
    """Name the last limits and the target beside the figure, pushed apart where they are close."""
    lines = (("Upper limit", "upper"), ("Centre", "centre"), ("Lower limit", "lower"))
    named = [(name, float(row[column])) for _, row in limits.iterrows() for name, column in lines]
    named += [] if target[1] is None else [(target[0], target[1])]
    named.sort(key=lambda each: each[1])
    pixels_a_unit = PLOT_HEIGHT / (span[1] - span[0])
    below = -LABEL_HEIGHT * 2.0
    for name, level in named:
        at = (level - span[0]) * pixels_a_unit
        place = max(at, below + LABEL_HEIGHT)
        below = place
        text = f"{name}<br>{_text(level, unit)}"
        drawing.label_right(
            level, text, yanchor="middle", align="left", xshift=6, yshift=place - at
        )
    drawing.set_margin(r=RIGHT_MARGIN)


def _alt(
    caption: Caption, points: pd.DataFrame, unit: Unit, marks: dict[str, Mark], axis: str
) -> str:
    last = points.dropna(subset=["plotted"]).iloc[-1]
    special = {word: int(points["variation"].eq(word).sum()) for word in marks}
    counted = "; ".join(f"{number} {word}" for word, number in special.items() if number)
    centre, lower, upper = (_text(last[each], unit) for each in ("centre", "lower", "upper"))
    figures = int(points["plotted"].notna().sum())
    gaps = len(points) - figures
    return alt_text(
        caption,
        f"Control chart of {figures} figures from {points['period'].iloc[0]} to "
        f"{last['period']}, the last {_text(last['plotted'], unit)}",
        f"Centre line {centre}, limits {lower} and {upper}" if pd.notna(last["centre"]) else "",
        f"The line is broken at {gaps} without a figure" if gaps else "",
        f"Marked points: {counted}" if counted else "No point is marked",
        axis,
    )


def _text(value: float | None, unit: Unit) -> str:
    places = 1 if unit == "percent" else places_of_small(value, unit)
    return number_text(value, unit, places=places)
