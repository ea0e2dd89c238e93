"""A target: where it started, the path to its goal, and where the figures are."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import month_axis, value_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, band, scatter
from dashboard.charts.fan import FAN_COLUMNS, NOT_PROJECTED, draw_fan, fan_alt, fan_table
from dashboard.charts.gaps import gaps_in, isolated_points, with_gaps
from dashboard.charts.trajectory_labels import Point, Points, label_points, points_of
from dashboard.charts.wording import (
    NO_FIGURE,
    NOT_GIVEN,
    Unit,
    month_text,
    months_table,
    number_text,
)

COMPACT_HEIGHT = 220
"""Pixels of a small multiple."""
COMPACT_TICKS = 3
ALLOWED_OPACITY = 0.22
HOVER = "{name}, %{{customdata[0]}}: <b>%{{customdata[1]}}</b><extra></extra>"


def trajectory(
    months: pd.DataFrame,
    *,
    caption: Caption,
    measure: str,
    unit: Unit = "count",
    baseline_name: str = "",
    goal: tuple[pd.Timestamp, float] | None = None,
    fan: pd.DataFrame | None = None,
    allowed: pd.DataFrame | None = None,
    compact: bool = False,
) -> Chart:
    """Draw the path of a target as a dashed line and the figures as a solid one.

    Args:
        months: month (Timestamp), path, actual; both may be missing in any month. In order.
        caption: The words around it.
        measure: What a figure is, as a column heading: "Recorded crimes, twelve months to date".
        unit: Of the figures.
        baseline_name: Period of the baseline, such as "2008/09"; the path begins there.
        goal: Due month and level; the end of the path when not given. Without either, the goal is
            said to be not given.
        fan: The projection: month (Timestamp), low_95, low_80, median, high_80, high_95; drawn as
            two bands and a dotted median. None for none.
        allowed: What chance alone gives around the path: month (Timestamp), lower_95, upper_95;
            drawn as a grey band. None for none.
        compact: True for a small multiple: lower, with only the last figure and the goal labelled.

    Raises:
        ValueError: There is no row.
    """
    if months.empty:
        raise ValueError("no trajectory to draw: the frame has no row")
    months = months.assign(month=pd.to_datetime(months["month"])).reset_index(drop=True)
    points = points_of(months, goal)
    bands = pd.DataFrame(columns=FAN_COLUMNS) if fan is None else fan
    if len(bands):
        months = months.merge(bands["month"], how="outer", on="month")
    drawing = Drawing(COMPACT_HEIGHT) if compact else Drawing()
    if allowed is not None and len(allowed):
        limits = (allowed[column].astype(float) for column in ("lower_95", "upper_95"))
        drawing.add_trace(
            band(
                allowed["month"], *limits, name="Chance around the path",
                colour=theme.OTHERS, opacity=ALLOWED_OPACITY,
            )
        )  # fmt: skip
    if len(bands):
        draw_fan(drawing, bands, points.now, unit)
    _draw_lines(drawing, months, unit)
    _draw_points(drawing, points, unit)
    span = _scale(drawing, months, points, bands, unit)
    label_points(drawing, months, points, unit, span, baseline_name=baseline_name, compact=compact)
    if compact:
        drawing.update_xaxes(dtick=None, tick0=None, nticks=COMPACT_TICKS)
        drawing.update_yaxes(nticks=COMPACT_TICKS)
    alt = _alt(caption, points, unit, baseline_name, gaps_in(months, "actual", "month"))
    table, missing = months_table(months, measure), {"Path": "no path"}
    if len(bands):
        projected = fan_table(bands, months["month"])
        alt, table = f"{alt} {fan_alt(bands, unit)}", pd.concat([table, projected], axis=1)
        missing |= dict.fromkeys(projected.columns, NOT_PROJECTED)
    units = dict.fromkeys(table.columns[1:], unit)
    return Chart(drawing.figure(), caption, alt, table, units, missing)


def _scale(
    drawing: Drawing, months: pd.DataFrame, points: Points, bands: pd.DataFrame, unit: Unit
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Set both axes so that the goal and the projection are on them; return the months' ends."""
    level = [] if points.goal is None else [points.goal[1]]
    value_axis(drawing, [*months["path"], *months["actual"], *bands["high_95"], *level], unit)
    ends = [months["month"].iloc[0], months["month"].iloc[-1]]
    span = (min(ends), max([*ends, *([points.goal[0]] if points.goal else [])]))
    month_axis(drawing, *span)
    return span


def _draw_lines(drawing: Drawing, months: pd.DataFrame, unit: Unit) -> None:
    styles = (
        ("Path", "path", theme.DARK_GREY, "dash", 2),
        ("Actual", "actual", theme.OWN, "solid", 3),
    )
    for name, column, colour, dash, width in styles:
        # Figures of quarters stand three months apart: only a period left out breaks their line.
        known = with_gaps(months.dropna(subset=[column]), column, "month")
        few = known[column].notna().sum() * 2 < len(months) and column == "actual"
        drawing.add_trace(
            scatter(
                x=known["month"],
                y=known[column].astype(float),
                mode="lines+markers",
                name=name,
                line={"color": colour, "dash": dash, "width": width},
                marker={
                    "color": colour,
                    "size": [8 if few or alone else 0 for alone in isolated_points(known[column])],
                },
                customdata=[
                    (month_text(month), number_text(value, unit))
                    for month, value in zip(known["month"], known[column], strict=True)
                ],
                hovertemplate=HOVER.format(name=name),
                connectgaps=False,
            )
        )


def _draw_points(drawing: Drawing, points: Points, unit: Unit) -> None:
    looks = (
        ("Baseline", points.baseline, "circle-open", theme.DARK_GREY),
        ("Goal", points.goal, "diamond", theme.DARK_GREY),
        ("Now", points.now, "circle", theme.OWN),
    )
    for name, point, symbol, colour in looks:
        if point is None:
            continue
        drawing.add_trace(
            scatter(
                x=[point[0]],
                y=[point[1]],
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2}},
                customdata=[(month_text(point[0]), number_text(point[1], unit))],
                hovertemplate=HOVER.format(name=name),
                cliponaxis=False,
            )
        )


def _alt(caption: Caption, points: Points, unit: Unit, baseline_name: str, gaps: int) -> str:
    def said(name: str, point: Point | None, otherwise: str) -> str:
        if point is None:
            return f"{name}: {otherwise}"
        return f"{name}: {number_text(point[1], unit)} in {month_text(point[0])}"

    start = f"Baseline {baseline_name}".strip()
    asked = f"The path asks for {number_text(points.path_now, unit)} in that month"
    periods = "period" if gaps == 1 else "periods"
    return alt_text(
        caption,
        "Line chart of the path to a goal and the figures so far",
        said(start, points.baseline, NOT_GIVEN),
        said("Goal", points.goal, NOT_GIVEN),
        said("Latest", points.now, NO_FIGURE),
        "" if points.path_now is None else asked,
        f"The line is broken in {gaps} {periods} without a figure" if gaps else "",
    )
