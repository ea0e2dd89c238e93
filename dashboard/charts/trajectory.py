"""A target: where it started, the path to its goal, and where the figures are."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import NOT_FROM_ZERO, fitted_axis, month_axis
from dashboard.charts.chart import Caption, Chart, alt_text, sentence
from dashboard.charts.drawing import Drawing, markers, scatter
from dashboard.charts.fan import FAN_COLUMNS, NOT_PROJECTED, draw_fan, fan_alt, fan_table
from dashboard.charts.gaps import gaps_in, isolated_points, with_gaps
from dashboard.charts.labels import label_point
from dashboard.charts.wording import (
    NO_FIGURE,
    NOT_GIVEN,
    Unit,
    month_text,
    months_table,
    number_text,
    places_of_small,
)

COMPACT_HEIGHT = 220
"""Pixels of a small multiple."""
COMPACT_TICKS = 3
HOVER = "{name}, %{{customdata[0]}}: <b>%{{customdata[1]}}</b><extra></extra>"

SEASON = pd.Timedelta(days=100)
"""Months to a quarter."""

CUTS_FAN = "the fan is cut"
PLACE_OF_PATH = 0.5
"""Share of the path at which it is named."""

Point = tuple[pd.Timestamp, float]
Span = tuple[pd.Timestamp, pd.Timestamp]
"""First and last month of the axis."""


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
    chance: str = "",
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
        chance: How likely the goal is, written under the figure that the fan ends at: "7% chance of
            the goal"; "" for nothing.
        compact: True for a small multiple: lower, with only the last figure and the goal labelled.

    Raises:
        ValueError: There is no row.
    """
    if months.empty:
        raise ValueError("no trajectory to draw: the frame has no row")
    months = months.assign(month=pd.to_datetime(months["month"])).reset_index(drop=True)
    points = _points_of(months, goal)
    bands = pd.DataFrame(columns=FAN_COLUMNS) if fan is None else fan
    if len(bands):
        months = months.merge(bands["month"], how="outer", on="month")
    drawing = Drawing(COMPACT_HEIGHT) if compact else Drawing()
    if len(bands):
        draw_fan(drawing, bands, points.now, unit)
    _draw_lines(drawing, months, unit)
    _draw_points(drawing, points, unit)
    span, axis = _scale(drawing, months, points, bands, unit)
    cut = _what_is_cut(axis, bands)
    _label_points(
        drawing, months, points, bands, unit, span, baseline_name=baseline_name, compact=compact
    )
    if len(bands) and not compact:
        _label_fan(drawing, bands, points, unit, span, chance)
    if cut and not compact:
        side = "right" if _rises(points) else "left"
        drawing.add_annotation(
            x=float(side == "right"), xref="paper", xanchor=side, y=0, yref="paper",
            yanchor="bottom", text=cut, font={"size": 12},
        )  # fmt: skip
    if compact:
        drawing.update_xaxes(dtick=None, tick0=None, nticks=COMPACT_TICKS)
        drawing.update_yaxes(nticks=COMPACT_TICKS)
    alt = _alt(caption, points, unit, baseline_name, gaps_in(months, "actual", "month"))
    alt += f" {cut}." if cut else ""
    alt += f" {sentence(chance)}" if chance else ""
    table, missing = months_table(months, measure), {"Path": "no path"}
    if len(bands):
        projected = fan_table(bands, months["month"])
        alt, table = f"{alt} {fan_alt(bands, unit)}", pd.concat([table, projected], axis=1)
        missing |= dict.fromkeys(projected.columns, NOT_PROJECTED)
    units = dict.fromkeys(table.columns[1:], unit)
    return Chart(drawing.figure(), caption, alt, table, units, missing)


def _scale(
    drawing: Drawing,
    months: pd.DataFrame,
    points: _Points,
    bands: pd.DataFrame,
    unit: Unit,
) -> tuple[Span, tuple[float, float]]:
    """Set both axes so that the goal and the projection are on them; return the ends of both."""
    level = [] if points.goal is None else [points.goal[1]]
    lines = [*months["path"], *months["actual"], *bands["median"], *level]
    likely = [*bands["low_80"], *bands["high_80"]]
    axis = fitted_axis(drawing, lines, likely, unit)
    ends = [months["month"].iloc[0], months["month"].iloc[-1]]
    span = (min(ends), max([*ends, *([points.goal[0]] if points.goal else [])]))
    month_axis(drawing, *span)
    return span, axis


def _what_is_cut(axis: tuple[float, float], bands: pd.DataFrame) -> str:
    """Return what the ends of the vertical axis leave out; "" for nothing."""
    cuts_fan = len(bands) and (bands["low_95"].min() < axis[0] or bands["high_95"].max() > axis[1])
    said = [NOT_FROM_ZERO if axis[0] > 0 else "", CUTS_FAN if cuts_fan else ""]
    return "; ".join(filter(None, said))


def _rises(points: _Points) -> bool:
    """Return whether the goal is over the baseline, so that room is left at the end below."""
    return (
        points.baseline is not None
        and points.goal is not None
        and (points.goal[1] > points.baseline[1])
    )


def _draw_lines(drawing: Drawing, months: pd.DataFrame, unit: Unit) -> None:
    styles = (
        ("Path", "path", theme.DARK_GREY, "dash", 2),
        ("Actual", "actual", theme.OWN, "solid", 3),
    )
    for name, column, colour, dash, width in styles:
        # Figures of quarters stand three months apart: only a period left out breaks their line.
        known = with_gaps(months.dropna(subset=[column]), column, "month")
        few = column == "actual" and _are_far_apart(known["month"])
        drawing.add_trace(
            scatter(
                x=known["month"],
                y=known[column].astype(float),
                mode="lines+markers",
                name=name,
                line={"color": colour, "dash": dash, "width": width},
                marker=markers(
                    [8 if few or alone else 0 for alone in isolated_points(known[column])],
                    color=colour,
                ),
                customdata=[
                    (month_text(month), number_text(value, unit))
                    for month, value in zip(known["month"], known[column], strict=True)
                ],
                hovertemplate=HOVER.format(name=name),
                connectgaps=False,
            )
        )


def _are_far_apart(months: pd.Series) -> bool:
    """Return whether figures stand so far apart that each is a point of its own, as surveys do."""
    steps = months.diff().dropna()
    return len(steps) == 0 or bool(steps.median() > SEASON)


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


def _alt(caption: Caption, points: _Points, unit: Unit, baseline_name: str, gaps: int) -> str:
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


def _points_of(months: pd.DataFrame, goal: Point | None) -> _Points:
    """Return the points that are labelled; the goal is the end of the path when not given."""
    path, actual = (
        list(months[["month", column]].dropna().itertuples(index=False, name=None))
        for column in ("path", "actual")
    )
    now = actual[-1] if actual else None
    path_now = None if now is None else dict(path).get(now[0])
    return _Points(path[0] if path else None, goal or (path[-1] if path else None), now, path_now)


def _label_points(
    drawing: Drawing,
    months: pd.DataFrame,
    points: _Points,
    bands: pd.DataFrame,
    unit: Unit,
    span: Span,
    *,
    baseline_name: str,
    compact: bool,
) -> None:
    """Write the latest figure, the goal and the baseline beside their points, and "Path" on it.

    Compact, the latest figure and the goal alone.
    """
    is_over = points.now is None or points.path_now is None or points.now[1] >= points.path_now
    goal_above = not is_over
    if len(bands):
        goal_above = not _ends_over(bands, points)
        # Without a path, away from what stands at the end of the fan.
        is_over = goal_above if points.path_now is None else is_over
    start = None if compact or points.baseline in (points.goal, points.now) else points.baseline
    for name, point, above in (
        ("Now", points.now, is_over),
        ("Goal", points.goal, goal_above),
        ("Baseline", start, not is_over),
    ):
        if point is None:
            continue
        level = number_text(point[1], unit, places=_places(point[1], points, unit))
        when = f"<br>{baseline_name}" if point is start else ""
        text = f"<b>{name} {level}</b>{when}"
        label_point(drawing, point, text, span, above=above)
    path = months.dropna(subset=["path"])
    if len(path) > 1 and not compact:
        # On the side where the figures are not.
        place = path.iloc[round(PLACE_OF_PATH * (len(path) - 1))]
        label_point(
            drawing, (place["month"], float(place["path"])), "Path", span, above=not is_over
        )


def _places(level: float, points: _Points, unit: Unit) -> int | None:
    """Return the places of a label: one of a percentage where the goal has one."""
    if unit == "percent" and points.goal is not None and points.goal[1] % 1 != 0:
        return 1
    return places_of_small(level, unit)


def _label_fan(
    drawing: Drawing, bands: pd.DataFrame, points: _Points, unit: Unit, span: Span, chance: str
) -> None:
    """Write at the end of the fan what is expected, and how likely the goal is."""
    last = bands.iloc[-1]
    level = float(last["median"])
    expected = number_text(level, unit, places=places_of_small(level, unit))
    text = f"<b>Expected {expected}</b>{f'<br>{chance}' if chance else ''}"
    label_point(drawing, (last["month"], level), text, span, above=_ends_over(bands, points))


def _ends_over(bands: pd.DataFrame, points: _Points) -> bool:
    """Return whether the fan ends at or over the goal; so it does where there is none."""
    return points.goal is None or float(bands["median"].iloc[-1]) >= points.goal[1]
