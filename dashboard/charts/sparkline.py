"""A line small enough for the cell of a table, with the words that say what it shows."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.drawing import FEW_POINTS
from dashboard.charts.wording import Unit, month_text, number_text
from dashboard.metrics.left_out import left_out
from dashboard.metrics.periods import month_at
from dashboard.metrics.rounding import as_number

WIDTH, HEIGHT, EDGE = 80, 36, 4
"""Pixels; the edge keeps the last point's dot inside."""
DOT = 3
SPREAD = 0.2
"""What half the height stands for, as a share of the mean of a line."""

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
    """Draw levels as a line, a dot on the last, on a scale that is the same for all lines.

    The height is `SPREAD` of the line's own mean to either side; what goes beyond ends at the edge.
    So the same slope is the same change in percent. A period without a figure, or left out, breaks
    the line. Two or three figures are dots over zero, whose heights compare too.

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
    place = _scale(points, *_ends([level for _, level in known], is_few=is_few))
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


def _ends(levels: list[float], *, is_few: bool) -> tuple[float, float]:
    """Return the levels at the lower and the upper edge."""
    if is_few:
        return min(0.0, *levels), max(0.0, *levels)
    mean = fmean(levels)
    return mean - SPREAD * abs(mean), mean + SPREAD * abs(mean)


def _scale(points: dict[int, float | None], low: float, high: float) -> Place:
    """Return where a month and a level stand in the drawing."""
    first, last = min(points), max(points)

    def place(month: int, level: float) -> tuple[float, float]:
        across = (month - first) / (last - first) if last > first else 1.0
        up = (min(max(level, low), high) - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    return place


def _alt(first: tuple[int, float], last: tuple[int, float], unit: Unit) -> str:
    said = [
        f"{number_text(level, unit)} to {month_text(month_at(month))}"
        for month, level in (first, last)
    ]
    return said[0] if first == last else f"From {said[0]}, now {said[1]}"
