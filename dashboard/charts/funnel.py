"""A funnel plot: each area by its size and rate, and the limits about the common rate."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import known
from dashboard.charts.chart import Caption, Chart, alt_text, table_of
from dashboard.charts.drawing import Drawing, line_of, markers, scatter
from dashboard.charts.labels import wrapped
from dashboard.charts.wording import NO_DATA, Unit, number_text

HEIGHT = 420
ALL_TOGETHER = "All together"
HEADROOM = 1.12
MOST_SHOWN = 0.98
"""Quantile of the rates that the chart reaches to; what lies far over it stands at its edge."""
FAR = 1.25
MOST_NAMED = 20
"""Areas whose names find room beside their points."""
NAME_SIZE = 11
AT_EDGE = 10
"""Size of the triangle of an area that lies over the chart."""
LEVELS = (("99.8%", "998", "solid"), ("95%", "95", "dash"))
"""Of the limits: name, ending of their columns, and how their line is drawn."""
PLACES = {
    "very low": "far below, beyond 99.8%",
    "low": "below, beyond 95%",
    "inside": "within the limits",
    "high": "above, beyond 95%",
    "very high": "far above, beyond 99.8%",
    "": NO_DATA,
}


def funnel_plot(
    areas: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    caption: Caption,
    target: float,
    measure: str,
    size: str,
    about: str = ALL_TOGETHER,
) -> Chart:
    """Draw areas by size and rate, with limits at 95% (dashed) and 99.8% (full).

    The own area is a dark square with its name, members of its group are blue, others grey and
    smaller. An area far over all others stands at the upper edge as a triangle.

    Args:
        areas: area_name, denominator, value, place, is_own, in_group; one row an area.
        limits: denominator, lower_95, upper_95, lower_998, upper_998, in order.
        caption: The words around it.
        target: The rate that the limits are about.
        measure: What a rate is, as a column heading.
        size: What the sizes are, as a column heading: "Residents".
        about: What the limits are about: "All together", "Target".

    Raises:
        ValueError: No area has a rate.
    """
    drawn = areas[areas["value"].notna() & areas["denominator"].notna()]
    if drawn.empty:
        raise ValueError("no area has a rate to draw")
    top = _top(drawn, limits)
    drawing = Drawing(HEIGHT)
    _draw_limits(drawing, limits, target)
    for is_own, in_group in ((False, False), (False, True), (True, True)):
        part = drawn[drawn["is_own"].eq(is_own) & (drawn["in_group"].eq(in_group) | is_own)]
        if len(part):
            _draw_areas(drawing, part, top, are_named=len(drawn) <= MOST_NAMED)
    text = f"{about} {number_text(target, 'rate')}"
    drawing.label_left(target, text, yanchor="bottom", bgcolor=theme.PAGE)
    _scale(drawing, top, size)
    units: dict[str, Unit] = {size: "count", measure: "rate"}
    columns = {"Area": "area_name", size: "denominator", measure: "value"}
    ordered = areas.sort_values("value", na_position="last", ignore_index=True)
    table = table_of(ordered, columns, units)
    table["Against the limits"] = ordered["place"].map(PLACES)
    table["In the group"] = ordered["in_group"].map({True: "yes", False: "no"})
    line = "a common rate" if about == ALL_TOGETHER else "a target"
    alt = _alt(caption, drawn, target, line, int((drawn["value"] > top).sum()))
    return Chart(drawing.figure(), caption, alt, table, units, dict.fromkeys(units, NO_DATA))


def _scale(drawing: Drawing, top: float, size: str) -> None:
    drawing.update_yaxes(range=[0, top], tickformat=",", nticks=6, title={"text": ""})
    drawing.update_xaxes(
        tickformat=",",
        nticks=5,
        title={"text": size, "standoff": 8, "font": {"size": theme.FONT_SIZE}},
        ticks="outside",
        showline=True,
        rangemode="tozero",
    )


def _top(drawn: pd.DataFrame, limits: pd.DataFrame) -> float:
    """The upper end of the rates: over nearly all areas, the own one, and the limits' middle."""
    usual = float(drawn["value"].quantile(MOST_SHOWN))
    highest = float(drawn["value"].max())
    reached = highest if highest <= FAR * usual else usual
    own = drawn.loc[drawn["is_own"], "value"]
    middle = limits["upper_998"].iloc[len(limits) // 2 :]
    return max([reached, *known(own), *known(middle)]) * HEADROOM or 1.0


def _draw_limits(drawing: Drawing, limits: pd.DataFrame, target: float) -> None:
    drawing.add_line(y=target, line={"color": theme.TEXT, "width": 1.5})
    sizes = limits["denominator"]
    for level, ending, dash in LEVELS:
        line = {"color": theme.DARK_PINK, "width": 1.5, "dash": dash}
        for side in ("lower", "upper"):
            rates = limits[f"{side}_{ending}"].astype(float)
            drawing.add_trace(line_of(sizes, rates, name=f"{level} limit", line=line))
    for end in limits.tail(1).to_dict("records"):
        for level, ending, _ in reversed(LEVELS):
            at = {"x": end["denominator"], "y": end[f"upper_{ending}"]}
            drawing.add_annotation(**at, text=level, xanchor="left", yanchor="middle", xshift=4)
        drawing.set_margin(r=48)


def _draw_areas(drawing: Drawing, part: pd.DataFrame, top: float, *, are_named: bool) -> None:
    rows = part.to_dict("records")
    is_own, in_group = bool(rows[0]["is_own"]), bool(rows[0]["in_group"])
    plain, usual = ("square", 14) if is_own else ("circle", 9 if in_group else 5)
    colour = theme.OWN if is_own else theme.MID_BLUE if in_group else theme.OTHERS
    drawing.add_trace(
        scatter(
            x=[row["denominator"] for row in rows],
            y=[min(row["value"], top) for row in rows],
            mode="markers+text" if are_named and not is_own else "markers",
            text=[row["area_name"] for row in rows],
            textposition="middle right",
            textfont={"size": NAME_SIZE, "color": theme.QUIET_TEXT},
            name="This area" if is_own else "Its group" if in_group else "Others",
            marker=markers(
                [AT_EDGE if row["value"] > top else usual for row in rows],
                color=colour,
                symbol=["triangle-up" if row["value"] > top else plain for row in rows],
                line={"color": theme.PAGE, "width": 1},
            ),
            cliponaxis=False,
        ),
        hover=[_hover(row) for row in rows],
    )
    if is_own:
        drawing.add_annotation(
            x=rows[0]["denominator"],
            y=min(rows[0]["value"], top),
            text=wrapped(rows[0]["area_name"], bold=True),
            yanchor="bottom",
            yshift=9,
            bgcolor=theme.PAGE,
        )


def _hover(row: dict[Hashable, Any]) -> str:
    value = number_text(row["value"], "rate")
    size, where = number_text(row["denominator"]), PLACES[row["place"]]
    return f"{wrapped(row['area_name'])}: <b>{value}</b><br>Size {size}<br>{where}"


def _alt(caption: Caption, drawn: pd.DataFrame, target: float, about: str, over: int) -> str:
    beyond = drawn[~drawn["place"].isin(["inside", ""])]
    said = [
        f"{row['area_name']} with {number_text(row['value'], 'rate')} is {PLACES[row['place']]}"
        for row in drawn[drawn["is_own"]].to_dict("records")
    ]
    return alt_text(
        caption,
        f"Funnel plot of {len(drawn)} areas about {about} of {number_text(target, 'rate')}",
        *said,
        f"{len(beyond)} of {len(drawn)} areas lie beyond the 95% limits",
        f"{over} lie over the top of the chart" if over else "",
    )
