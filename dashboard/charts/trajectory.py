"""A target: where it started, the path to its goal, and where the figures are."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import month_axis, value_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, scatter
from dashboard.charts.fan import FAN_COLUMNS, NOT_PROJECTED, draw_fan, fan_alt, fan_table
from dashboard.charts.labels import label_point
from dashboard.charts.wording import (
    NO_FIGURE,
    NOT_GIVEN,
    Unit,
    month_text,
    number_or_none,
    number_text,
)

COMPACT_HEIGHT = 220
"""Pixels of a small multiple."""
COMPACT_TICKS = 3
ALLOWED_OPACITY = 0.22
SMALL_RATE, SMALL_RATE_PLACES = 10, 2
HOVER = "{name}, %{{customdata[0]}}: <b>%{{customdata[1]}}</b><extra></extra>"

PLACES_OF_PATH = (0.75, 0.4)
"""Shares of the path at which it can be named."""

Point = tuple[pd.Timestamp, float]


@dataclass(frozen=True)
class _Points:
    """The points that are labelled; None for those that are not there."""

    baseline: Point | None
    goal: Point | None
    now: Point | None
    path_now: float | None


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
    points = _points(months, goal)
    drawing = Drawing(COMPACT_HEIGHT) if compact else Drawing()
    if allowed is not None and len(allowed):
        _draw_allowed(drawing, allowed)
    bands = pd.DataFrame(columns=FAN_COLUMNS) if fan is None else fan
    if len(bands):
        draw_fan(drawing, bands, points.now, unit)
        months = months.merge(bands["month"], how="outer", on="month")
    _draw_lines(drawing, months, unit)
    _draw_points(drawing, points, unit)
    level = [] if points.goal is None else [points.goal[1]]
    value_axis(drawing, [*months["path"], *months["actual"], *bands["high_95"], *level], unit)
    ends = [months["month"].iloc[0], months["month"].iloc[-1]]
    span = (min(ends), max([*ends, *([points.goal[0]] if points.goal else [])]))
    month_axis(drawing, *span)
    _label(drawing, points, unit, span, compact=compact)
    if compact:
        drawing.update_xaxes(dtick=None, tick0=None, nticks=COMPACT_TICKS)
        drawing.update_yaxes(nticks=COMPACT_TICKS)
    else:
        _label_start(drawing, months, points, unit, baseline_name, span)
    table = pd.DataFrame(
        {
            "Month": months["month"].map(month_text),
            "Path": months["path"].astype(float),
            measure: months["actual"].astype(float),
        }
    )
    alt = _alt(caption, points, unit, baseline_name)
    units: dict[str, Unit] = {"Path": unit, measure: unit}
    missing = {"Path": "no path"}
    if len(bands):
        projected = fan_table(bands, months["month"])
        table = pd.concat([table, projected], axis=1)
        units |= dict.fromkeys(projected.columns, unit)
        missing |= dict.fromkeys(projected.columns, NOT_PROJECTED)
        alt = f"{alt} {fan_alt(bands, unit)}"
    return Chart(drawing.figure(), caption, alt, table, units, missing=missing)


def _draw_allowed(drawing: Drawing, allowed: pd.DataFrame) -> None:
    """Draw the band in which a figure is no further from the path than chance alone gives."""
    drawing.add_trace(
        scatter(
            x=[*allowed["month"], *reversed(list(allowed["month"]))],
            y=[
                *allowed["upper_95"].astype(float),
                *reversed(list(allowed["lower_95"].astype(float))),
            ],
            mode="lines",
            fill="toself",
            fillcolor=theme.OTHERS,
            line={"width": 0, "color": theme.OTHERS},
            opacity=ALLOWED_OPACITY,
            name="Chance around the path",
            hoverinfo="skip",
        )
    )


def _points(months: pd.DataFrame, goal: Point | None) -> _Points:
    path, actual = months.dropna(subset=["path"]), months.dropna(subset=["actual"])
    if goal is None and not path.empty:
        goal = _point(path, "path", -1)
    now = _point(actual, "actual", -1) if not actual.empty else None
    path_now = None
    if now is not None:
        path_now = number_or_none(months.loc[months["month"].eq(now[0]), "path"].iloc[0])
    return _Points(_point(path, "path", 0) if not path.empty else None, goal, now, path_now)


def _point(rows: pd.DataFrame, column: str, position: int) -> Point:
    row = rows.iloc[position]
    return row["month"], float(row[column])


def _draw_lines(drawing: Drawing, months: pd.DataFrame, unit: Unit) -> None:
    styles = (
        ("Path", "path", theme.DARK_GREY, "dash", 2),
        ("Actual", "actual", theme.OWN, "solid", 3),
    )
    for name, column, colour, dash, width in styles:
        few = months[column].notna().sum() * 2 < len(months)
        drawing.add_trace(
            scatter(
                x=months["month"],
                y=months[column].astype(float),
                mode="lines+markers" if few and column == "actual" else "lines",
                name=name,
                line={"color": colour, "dash": dash, "width": width},
                marker={"color": colour, "size": 8},
                customdata=[
                    (month_text(month), number_text(value, unit))
                    for month, value in zip(months["month"], months[column], strict=True)
                ],
                hovertemplate=HOVER.format(name=name),
                connectgaps=True,
            )
        )


def _draw_points(drawing: Drawing, points: _Points, unit: Unit) -> None:
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


def _label(
    drawing: Drawing,
    points: _Points,
    unit: Unit,
    span: tuple[pd.Timestamp, pd.Timestamp],
    *,
    compact: bool,
) -> None:
    """Write the latest figure and the goal beside their points."""
    over = _is_over_path(points)
    for name, point, above in (("Now", points.now, over), ("Goal", points.goal, not over)):
        if point is None:
            continue
        when = "" if compact else f"<br>{month_text(point[0])}"
        text = f"<b>{name} {number_text(point[1], unit, places=_places(point[1], unit))}</b>{when}"
        label_point(drawing, point, text, span, above=above)


def _label_start(
    drawing: Drawing,
    months: pd.DataFrame,
    points: _Points,
    unit: Unit,
    baseline_name: str,
    span: tuple[pd.Timestamp, pd.Timestamp],
) -> None:
    if points.baseline is None or points.baseline == points.goal:
        return
    over = _is_over_path(points)
    level = number_text(points.baseline[1], unit, places=_places(points.baseline[1], unit))
    text = f"<b>Baseline {level}</b><br>{baseline_name}"
    label_point(drawing, points.baseline, text, span, above=not over)
    _label_path(drawing, months, points, span, above=over)


def _is_over_path(points: _Points) -> bool:
    return points.now is None or points.path_now is None or points.now[1] >= points.path_now


def _places(value: float, unit: Unit) -> int | None:
    """Return two places for a small rate, so that its goal can be told from it."""
    return SMALL_RATE_PLACES if unit == "rate" and abs(value) < SMALL_RATE else None


def _label_path(
    drawing: Drawing,
    months: pd.DataFrame,
    points: _Points,
    span: tuple[pd.Timestamp, pd.Timestamp],
    *,
    above: bool,
) -> None:
    """Write "Path" on the dashed line, on the side where the goal's label is not.

    Of two places on the line it takes the one that is farther from the latest figure's label.
    """
    path = months.dropna(subset=["path"])
    places = [path.iloc[round(share * (len(path) - 1))] for share in PLACES_OF_PATH]
    now = points.now[0] if points.now else span[0]
    place = max(places, key=lambda row: abs(row["month"] - now))
    label_point(drawing, (place["month"], float(place["path"])), "Path", span, above=above)


def _alt(caption: Caption, points: _Points, unit: Unit, baseline_name: str) -> str:
    def said(name: str, point: Point | None, otherwise: str) -> str:
        if point is None:
            return f"{name}: {otherwise}"
        return f"{name}: {number_text(point[1], unit)} in {month_text(point[0])}"

    start = f"Baseline {baseline_name}".strip()
    held = ""
    if points.path_now is not None:
        held = f"The path asks for {number_text(points.path_now, unit)} in that month"
    return alt_text(
        caption,
        "Line chart of the path to a goal and the figures so far",
        said(start, points.baseline, NOT_GIVEN),
        said("Goal", points.goal, NOT_GIVEN),
        said("Latest", points.now, NO_FIGURE),
        held,
    )
