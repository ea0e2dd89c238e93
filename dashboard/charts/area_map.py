"""A map of areas in a few classes, drawn from their boundaries alone: nothing is asked outside."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.drawing import Drawing, line_of, scatter
from dashboard.charts.wording import Unit, number_text

HEIGHT = 560
CLASSES = 4
"""More shades of one colour cannot be told apart."""
SHADES = (theme.PALE_BLUE, theme.LIGHT_BLUE, theme.MID_BLUE, theme.DARK_BLUE)
FALLS_AND_RISES = (theme.DARK_BLUE, theme.LIGHT_BLUE, theme.PALE_ORANGE, theme.ORANGE)
"""Two blues for falls, two oranges for rises, as everywhere else."""
FINENESS = 1200
"""Corners nearer to each other than this part of the map's width are one."""
MOST_NAMED = 3


class Box(NamedTuple):
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


def box_of(rings: list[NDArray]) -> Box:
    """Return the smallest box around rings of longitude and latitude."""
    corners = np.vstack(rings)
    return Box(*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())


def area_map(
    places: pd.DataFrame,
    *,
    caption: Caption,
    measure: str,
    unit: Unit,
    own: Sequence[str] = (),
    view: Box | None = None,
    height: int = HEIGHT,
) -> Chart:
    """Draw areas shaded by class, the ranges of the classes beside the map.

    Args:
        places: area_code, area_name, value (NaN where there is none), instead (what stands in its
            place), rings (arrays of longitude and latitude); one row an area.
        caption: The words around it.
        measure: What a value is, as a column heading.
        unit: Of the values; changes are shaded by whether they fell or rose.
        own: Codes of areas to draw a frame around.
        view: What of the map is in sight, in degrees; None for all of it.
        height: In pixels.

    Raises:
        ValueError: No area has a value.
    """
    if places["value"].isna().all():
        raise ValueError("no area to shade: none has a value")
    classes = _classes(places, unit)
    drawing = Drawing(height)
    corners = np.vstack([ring for rings in places["rings"] for ring in rings])
    if view is not None:
        corners = np.array([[view.west, view.south], [view.east, view.north]])
    step = float(np.ptp(corners[:, 0]) or 1.0) / FINENESS
    for label, colour, part in classes:
        line, name = {"color": theme.PAGE, "width": 0.7}, html.escape(label)
        shapes = _path(part["rings"], step)
        drawing.add_trace(line_of(*shapes, name=name, line=line, fill="toself", fillcolor=colour))
    framed = places[places["area_code"].isin(list(own))]
    if len(framed):
        line = {"color": theme.TEXT, "width": 2.5}
        frame = _path(framed["rings"], step)
        drawing.add_trace(line_of(*frame, name="Your area", line=line, showlegend=True))
    drawing.add_trace(*_names(places, measure, unit))
    _scale(drawing, corners, is_cut=view is not None)
    legend = {"yanchor": "top", "y": 0, "xanchor": "left", "x": 0}
    drawing.update_layout(showlegend=True, legend=legend)
    notes = places.assign(note=places["instead"].where(places["value"].isna(), ""))
    notes = notes.sort_values("value", ascending=False, ignore_index=True)
    table = table_of(notes, {"Area": "area_name", measure: "value", "Note": "note"}, {})
    alt = _alt(caption, places, unit)
    return Chart(drawing.figure(), caption, alt, table, {measure: unit}, note_column="Note")


def _classes(places: pd.DataFrame, unit: Unit) -> list[tuple[str, str, pd.DataFrame]]:
    """Return label, colour and areas of each class; areas without a value last."""
    known = places.dropna(subset=["value"])
    limits, colours = _limits(known["value"].to_numpy(dtype=float), unit)
    at = np.clip(np.searchsorted(limits, known["value"], side="left") - 1, 0, len(limits) - 2)
    found = []
    for place, colour in zip(range(len(limits) - 1), colours, strict=True):
        part = known[at == place]
        if len(part):
            low, high = (number_text(part["value"].agg(end), unit) for end in ("min", "max"))
            found.append((low if low == high else f"{low} to {high}", colour, part))
    without = places[places["value"].isna()]
    for said in dict.fromkeys(without["instead"]):
        found.append((str(said), theme.GRID, without[without["instead"].eq(said)]))
    return found


def _limits(values: NDArray, unit: Unit) -> tuple[NDArray, tuple[str, ...]]:
    """Return the limits of the classes, each upper one within, and their colours.

    Changes are parted at nothing, and each side in two at its middle; other values in quarters.
    """
    if unit in ("change", "percent_change"):
        falls, rises = values[values < 0], values[values >= 0]
        middle = [float(np.median(falls)) if len(falls) else -1.0]
        above = [float(np.median(rises)) if len(rises) else 1.0]
        nothing = -np.finfo(float).tiny
        return np.array([-np.inf, *middle, nothing, *above, np.inf]), FALLS_AND_RISES
    quarters = np.unique(np.quantile(values, np.linspace(0, 1, CLASSES + 1)))
    if len(quarters) == 1:
        quarters = np.array([-np.inf, quarters[0]])
    return quarters, SHADES[-(len(quarters) - 1) :]


def _path(rings: pd.Series, step: float) -> tuple[list[float | None], list[float | None]]:
    """Return the corners of all rings one after the other, with a gap between two."""
    drawn = [_thinned(ring, step) for shape in rings for ring in shape]
    gap = (None, None)
    corners = [corner for ring in drawn if len(ring) for corner in [*ring.tolist(), gap]]
    return [x for x, _ in corners], [y for _, y in corners]


def _thinned(ring: NDArray, step: float) -> NDArray:
    """Return a ring without corners that would be drawn on the one before, closed."""
    places = np.round(ring / step).astype(int)
    is_new = np.any(np.diff(places, axis=0, prepend=places[:1] - 1) != 0, axis=1)
    kept = np.round(ring[is_new], 5)
    # Less than a triangle cannot be seen at this size.
    return np.vstack([kept, kept[:1]]) if len(kept) > 2 else kept[:0]  # noqa: PLR2004


def _names(places: pd.DataFrame, measure: str, unit: Unit) -> tuple[dict[str, Any], list[str]]:
    """Return points in the middle of the areas, and name and value that they say."""
    middles = np.array([_middle(rings) for rings in places["rings"]])
    values = [
        said if pd.isna(value) else number_text(value, unit)
        for value, said in zip(places["value"], places["instead"], strict=True)
    ]
    texts = [
        f"{html.escape(name)}: <b>{html.escape(value)}</b>"
        for name, value in zip(places["area_name"], values, strict=True)
    ]
    points = scatter(
        x=middles[:, 0],
        y=middles[:, 1],
        mode="markers",
        marker={"size": 14, "opacity": 0},
        name=measure,
        showlegend=False,
    )
    return points, texts


def _middle(rings: list[NDArray]) -> NDArray:
    largest = max(rings, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
    return largest.min(axis=0) + np.ptp(largest, axis=0) / 2


def _scale(drawing: Drawing, corners: NDArray, *, is_cut: bool) -> None:
    """Give both axes one scale on the ground: a degree of longitude is shorter in the north."""
    if is_cut:
        drawing.update_xaxes(range=corners[:, 0].tolist())
        drawing.update_yaxes(range=corners[:, 1].tolist())
    latitude = math.radians(float(corners[:, 1].mean()))
    drawing.update_xaxes(visible=False, constrain="domain")
    drawing.update_yaxes(
        visible=False,
        scaleanchor="x",
        scaleratio=1 / math.cos(latitude),
        constrain="domain",
    )


def _alt(caption: Caption, places: pd.DataFrame, unit: Unit) -> str:
    known = places.dropna(subset=["value"]).sort_values("value", ascending=False)
    named = [
        "; ".join(
            f"{row['area_name']} {number_text(row['value'], unit)}"
            for row in part.to_dict("records")
        )
        for part in (known.head(MOST_NAMED), known.tail(MOST_NAMED))
    ]
    without = len(places) - len(known)
    return alt_text(
        caption,
        f"Map of {len(places)} areas. Highest: {named[0]}",
        f"Lowest: {named[1]}",
        f"No figure to show: {without} of {len(places)}" if without else "",
    )
