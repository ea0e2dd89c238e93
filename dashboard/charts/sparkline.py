"""A line small enough for the cell of a table, with the words that say what it shows."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.drawing import FEW_POINTS
from dashboard.charts.wording import Unit, month_text, number_text
from dashboard.metrics.left_out import left_out
from dashboard.metrics.periods import month_at
from dashboard.metrics.rounding import as_number

WIDTH, HEIGHT, EDGE = 90, 26, 4
"""Pixels; the edge keeps the last point's dot inside."""
DOT = 3

Place = Callable[[int, float], tuple[float, float]]


@dataclass(frozen=True)
class Sparkline:
    """A drawing for a cell.

    Attributes:
        svg: The drawing; readable on white and on the dark page alike.
        alt: What it shows, in words.
    """

    svg: str
    alt: str

    @property
    def address(self) -> str:
        """The drawing as the address of an image."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode()}"

    def __str__(self) -> str:
        """Return the words, for where no drawing can be."""
        return self.alt


def sparkline(levels: pd.DataFrame, *, unit: Unit = "count") -> Sparkline | None:
    """Draw levels as a line from their lowest to their highest, a dot on the last.

    Its height says nothing of the size of a change: that is in the figures beside it. A period
    without a figure, or left out, breaks the line. Two or three figures are dots over zero, whose
    heights do compare.

    Args:
        levels: month (Period[M]), level (missing allowed), in order.
        unit: Of the levels.

    Returns:
        None without a figure.
    """
    points = {
        month.ordinal: as_number(level)
        for month, level in zip(levels["month"], levels["level"], strict=True)
    }
    known = [(month, level) for month, level in points.items() if level is not None]
    if not known:
        return None
    points = dict.fromkeys(left_out([month for month, _ in known])) | points
    is_few = len(known) <= FEW_POINTS
    place = _scale(points, [0.0] * is_few + [level for _, level in known])
    line = (
        ""
        if is_few
        else (
            f'<path d="{_path(points, place)}" fill="none" '
            f'stroke="{theme.MID_BLUE}" stroke-width="2" stroke-linejoin="round"/>'
        )
    )
    dots = "".join(_dot(*place(*each)) for each in (known if is_few else known[-1:]))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{line}{dots}</svg>'
    )
    return Sparkline(svg, _alt(known[0], known[-1], unit))


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{theme.MID_BLUE}"/>'


def _path(points: dict[int, float | None], place: Place) -> str:
    """Return the steps of the line; after a gap it is taken up anew."""
    runs = groupby(sorted(points.items()), lambda each: each[1] is not None)
    lines = [
        [place(month, level) for month, level in run if level is not None]
        for is_known, run in runs
        if is_known
    ]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) for line in lines)


def _scale(points: dict[int, float | None], levels: list[float]) -> Place:
    """Return where a month and a level stand in the drawing."""
    first, last, low, high = min(points), max(points), min(levels), max(levels)

    def place(month: int, level: float) -> tuple[float, float]:
        across = (month - first) / (last - first) if last > first else 1.0
        up = (level - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    return place


def _alt(first: tuple[int, float], last: tuple[int, float], unit: Unit) -> str:
    said = [
        f"{number_text(level, unit)} to {month_text(month_at(month))}"
        for month, level in (first, last)
    ]
    return said[0] if first == last else f"From {said[0]}, now {said[1]}"
