"""Axes that the charts share: bars from zero, lines that fit, months that a reader can name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard.charts.drawing import Drawing
from dashboard.charts.wording import Unit
from dashboard.metrics.rounding import as_number

HEADROOM = 1.18
"""The axis ends so far over the largest value that a label above it has room."""
NOT_FROM_ZERO = "The axis does not begin at zero"
FROM_ZERO_UNDER = 0.5
"""The axis begins at zero where the least is less than so much of the most."""
ROOM = 0.15
"""Of the spread of what is drawn, left free over and under it otherwise."""
ROOM_OF_LABELS = 0.2
"""The same where labels of two lines stand there."""
MOST_BESIDE_LINES = 0.5
"""Of the spread of lines, added on either side for the range around them."""
MONTHS_A_YEAR = 12
MOST_TICKS = 6
"""Month labels that fit side by side at 390 pixels."""

_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120)
_APRIL = "2000-04-01"
"""Ticks fall on the first month of financial years."""


def known(values: Iterable[float | None]) -> list[float]:
    """Return the numbers among values that may be missing."""
    numbers = (as_number(value) for value in values)
    return [number for number in numbers if number is not None]


def value_axis(drawing: Drawing, values: Iterable[float | None], unit: Unit) -> None:
    """Give the vertical axis a range from zero to over the largest value, in the unit's writing."""
    numbers = known(values)
    top = max([*numbers, 0.0]) * HEADROOM or 1.0
    low = min([*numbers, 0.0]) * HEADROOM
    drawing.update_yaxes(
        range=[low, top],
        tickformat=",",
        ticksuffix="%" if unit == "percent" else "",
        nticks=MOST_TICKS,
        rangemode="tozero",
    )


def line_axis(drawing: Drawing, values: Iterable[float | None], unit: Unit) -> tuple[float, float]:
    """Give the vertical axis of lines a range that fits them, and say where it leaves out zero.

    It begins at zero, unless that would press the lines together.

    Args:
        drawing: Takes the axis.
        values: All that is drawn.
        unit: Of the values.

    Returns:
        Both ends of the range.
    """
    numbers = known(values) or [0.0, 1.0]
    value_axis(drawing, numbers, unit)
    low, high = min(numbers), max(numbers)
    ends = (min(low, 0.0) * HEADROOM, high * HEADROOM or 1.0)
    if low > FROM_ZERO_UNDER * high:
        room = (high - low or abs(high) or 1.0) * ROOM
        ends = (low - room, high + room)
    drawing.update_yaxes(range=list(ends), rangemode="normal")
    if ends[0] > 0:
        drawing.label_left(0, NOT_FROM_ZERO, yref="paper", yanchor="bottom", font={"size": 12})
    return ends


def fitted_axis(
    drawing: Drawing,
    lines: Iterable[float | None],
    likely: Iterable[float | None],
    unit: Unit,
) -> tuple[float, float]:
    """Give the vertical axis a range in which the lines take at least half of the height.

    A projection's likely range is on it as far as that leaves it.

    Args:
        drawing: Takes the axis.
        lines: What must be on it whole.
        likely: What is on it where there is room.
        unit: Of the values.

    Returns:
        Both ends of the range.
    """
    numbers = known(lines) or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    most = (high - low or abs(high) or 1.0) * MOST_BESIDE_LINES
    around = known(likely) or numbers
    ends = (max(min(low, *around), low - most), min(max(high, *around), high + most))
    room = (ends[1] - ends[0] or abs(high) or 1.0) * ROOM_OF_LABELS
    bottom = ends[0] - room
    ends = (0.0 if low >= 0 > bottom else bottom, ends[1] + room)
    value_axis(drawing, numbers, unit)
    drawing.update_yaxes(range=list(ends), rangemode="normal")
    return ends


def row_axis(drawing: Drawing, names: Sequence[str]) -> None:
    """Give the vertical axis a name for each row of bars, from the top down."""
    drawing.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=list(names),
        range=[len(names) - 0.4, -0.6],
        showgrid=False,
        ticks="",
        ticklabelstandoff=6,
    )


def thinned(count: int, most: int = MOST_TICKS) -> range:
    """Return which of so many ticks are named, the last among them, where there is little room."""
    step = -(-count // most)
    return range((count - 1) % step, count, step)


def month_axis(drawing: Drawing, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Give the horizontal axis the months from first to last, few of them named."""
    months = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month
    step = next((n for n in _MONTH_STEPS if months / n < MOST_TICKS), _MONTH_STEPS[-1])
    margin = pd.Timedelta(days=max(10.0, 365.25 / MONTHS_A_YEAR * months * 0.02))
    ticks = {"tick0": _APRIL, "dtick": f"M{step}", "tickformat": "%b<br>%Y"}
    _date_axis(drawing, [first - margin, last + margin], **ticks)


def labelled_axis(drawing: Drawing, periods: pd.Series, names: pd.Series) -> None:
    """Give the horizontal axis the periods' own names, as many as a phone has room for."""
    shown = list(thinned(len(periods)))
    first, last = periods.iloc[0], periods.iloc[-1]
    margin = max((last - first) * 0.04, pd.Timedelta(days=20))
    ticktext = [str(name).replace(" ", "<br>", 1) for name in names.iloc[shown]]
    ticks = {"tickvals": list(periods.iloc[shown]), "ticktext": ticktext}
    _date_axis(drawing, [first - margin, last + margin], **ticks)


def _date_axis(drawing: Drawing, ends: Sequence, **ticks: str | list) -> None:
    span = [end.isoformat() for end in ends]
    common = {"tickangle": 0, "ticks": "outside", "showline": True}
    drawing.update_xaxes(type="date", range=span, **ticks, **common)
