"""The history of several types in one picture: a line each, named at its end."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import HEADROOM, month_axis, value_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, markers, scatter
from dashboard.charts.gaps import isolated_points, with_gaps
from dashboard.charts.labels import wrapped
from dashboard.charts.wording import NO_FIGURE, month_text, number_text

MOST_LINES = len(theme.CATEGORICAL)
"""More lines than colours cannot be told apart."""
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
HEIGHT = 400
ROW = 0.12
"""Share of the axis that the name of a line takes, at two lines of text."""
NAME_WIDTH = 15
ROOM_FOR_NAMES = 118
"""Pixels at the right of the lines."""
MARKED_UP_TO = 15
"""Periods of a line that carry a symbol each; a longer line has them at its ends only."""


def lines_of_types(histories: pd.DataFrame, *, caption: Caption) -> Chart:
    """Draw the history of each type, from zero; colour, dash and symbol tell them apart.

    A line is broken where a period has no figure, and the subtitle says how often.

    Args:
        histories: title, period (Timestamp), value; in order of the periods within a type. What
            stands for a suppressed figure may be in `instead`, "" for others.
        caption: The words around it.

    Raises:
        ValueError: There is no row, or more than `MOST_LINES` types.
    """
    names = list(dict.fromkeys(histories["title"]))
    if not 0 < len(names) <= MOST_LINES:
        raise ValueError(f"{len(names)} types to draw: there must be 1 to {MOST_LINES}")
    drawing = Drawing(HEIGHT)
    value_axis(drawing, histories["value"], "count")
    first, last = histories["period"].min(), histories["period"].max()
    month_axis(drawing, first, last)
    parts = {name: _between_ends(histories[histories["title"].eq(name)]) for name in names}
    for position, (name, part) in enumerate(parts.items()):
        _draw_line(drawing, name, part, position)
    ends = {name: float(part["value"].iloc[-1]) for name, part in parts.items()}
    _name_lines(drawing, ends, max(histories["value"].max(), 0.0) * HEADROOM)
    gaps = _gaps_text(parts)
    caption = replace(caption, subtitle=f"{caption.subtitle}. {gaps}" if gaps else caption.subtitle)
    table, missing = _table(histories, parts)
    said = "; ".join(
        f"{name} from {number_text(part['value'].iloc[0])} to {number_text(part['value'].iloc[-1])}"
        for name, part in parts.items()
    )
    alt = alt_text(caption, f"Line chart, {month_text(first)} to {month_text(last)}", said)
    return Chart(drawing.figure(), caption, alt, table, dict.fromkeys(names, "count"), missing)


def _between_ends(history: pd.DataFrame) -> pd.DataFrame:
    """Return a type's periods from its first figure to its last, with those left out between."""
    known = history["value"].notna()
    first, last = known.idxmax(), known[::-1].idxmax()
    return with_gaps(history.loc[first:last].reset_index(drop=True))


def _gaps_text(parts: dict[str, pd.DataFrame]) -> str:
    """Return how many periods of each line have no figure: "Rape has no figure to show in 6 …"."""
    gaps = {name: int(part["value"].isna().sum()) for name, part in parts.items()}
    said = [f"{name} {count} of {len(parts[name])}" for name, count in gaps.items() if count]
    return f"A line is broken where a period has no figure to show: {', '.join(said)}" * bool(said)


def _table(
    histories: pd.DataFrame, parts: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Return the figures, a column a type, and what stands in each column where one is missing."""
    rows = pd.concat(
        [histories, *(part.assign(title=name) for name, part in parts.items())]
    ).drop_duplicates(["title", "period"])
    if "instead" not in rows:
        rows["instead"] = ""
    wide = rows.pivot(index="period", columns="title", values=["value", "instead"])
    words = wide["instead"].fillna("").replace("", NO_FIGURE)
    table = wide["value"][list(parts)].astype(float).rename_axis(None, axis=1).reset_index()
    table.insert(0, "Month", table.pop("period").map(month_text))
    return table, {name: list(words[name]) for name in parts}


def _draw_line(drawing: Drawing, name: str, part: pd.DataFrame, position: int) -> None:
    colour, few = theme.CATEGORICAL[position], len(part) <= MARKED_UP_TO
    alone = isolated_points(part["value"])
    marked = [few or at or i == len(part) - 1 for i, at in enumerate(alone)]
    drawing.add_trace(
        scatter(
            x=part["period"],
            y=part["value"].astype(float),
            mode="lines+markers",
            name=name,
            line={"color": colour, "width": 2.5, "dash": DASHES[position]},
            marker=markers(
                [9 if each else 0 for each in marked],
                color=colour,
                symbol=SYMBOLS[position],
                line={"width": 0},
            ),
            connectgaps=False,
            cliponaxis=False,
        ),
        hover=[
            f"{name}, {month_text(period)}: <b>{number_text(value)}</b>"
            for period, value in zip(part["period"], part["value"], strict=True)
        ],
    )


def _name_lines(drawing: Drawing, ends: dict[str, float], top: float) -> None:
    """Write the names at the lines' ends, moved apart where they would stand on each other."""
    text = {name: wrapped(name, width=NAME_WIDTH) for name in ends}
    half = {name: top * ROW * max((text[name].count("<br>") + 1) / 4, 0.5) for name in ends}
    at: dict[str, float] = {}
    free = float("-inf")
    for name in sorted(ends, key=ends.__getitem__):
        at[name] = max(ends[name], free + half[name])
        free = at[name] + half[name]
    for name in ends:
        colour = theme.CATEGORICAL[list(ends).index(name)]
        name_in_bold = f"<b>{text[name]}</b>"
        drawing.label_right(at[name], name_in_bold, font={"color": colour}, align="left")
    drawing.set_margin(r=ROOM_FOR_NAMES)
