"""A place in a group on one line: now, a year before, and the places that meet the goal."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, line_of, scatter
from dashboard.charts.wording import rank_text

HEIGHT = 140
NOW_SIZE, BEFORE_SIZE = 18, 14
LABEL_SHIFT = 14
"""Pixels from the line to the words above and below it."""


def rank_line(
    *, rank: int | None, before: int | None, of: int, goal: int | None, caption: Caption
) -> Chart:
    """Draw places 1 (best) to the last of a group, with the area's place now and a year before.

    Args:
        rank: The place now; None without a figure.
        before: The place a year before; None when not known.
        of: Members of the group, one or more.
        goal: The last place that meets the goal; None when there is no goal.
        caption: The words around it.
    """
    figure = Drawing(HEIGHT)
    line = {"color": theme.OTHERS, "width": 2}
    figure.add_trace(line_of([1, of], [0, 0], name="Places", line=line))
    if goal is not None:
        figure.add_shape(
            type="rect", x0=0.5, x1=goal + 0.5, y0=-0.3, y1=0.3, layer="below",
            line={"color": theme.MID_BLUE, "width": 2, "dash": "dash"},
        )  # fmt: skip
        _say(figure, (1 + goal) / 2, f"Goal: top {goal}", above=True, of=of)
    if before is not None and before != rank:
        _place(figure, before, "A year before", is_now=False)
        _say(figure, before, f"{before} a year before", above=False, of=of)
    if rank is not None:
        _place(figure, rank, "Now", is_now=True)
        _say(figure, rank, f"<b>Now {rank} of {of}</b>", above=True, of=of)
    figure.update_xaxes(
        range=[0.2, of + 0.8], tickvals=[1, of], ticktext=["Best", "Worst"], ticks=""
    )
    figure.update_yaxes(range=[-1, 1], visible=False)
    places = pd.DataFrame(
        {"Period": ["Now", "A year before"], "Rank": [rank, before]}, dtype=object
    ).astype({"Rank": "float64"})
    said = f"{rank_text(rank, of)} now"
    said += f", {rank_text(before, of)} a year before" if before is not None else ""
    aim = f"The goal is the top {goal}" if goal is not None else ""
    alt = alt_text(caption, "Line of places, 1 is best", said, aim)
    return Chart(figure.figure(), caption, alt, places, {"Rank": "rank"})


def _place(figure: Drawing, rank: int, name: str, *, is_now: bool) -> None:
    figure.add_trace(
        scatter(
            x=[rank],
            y=[0],
            mode="markers",
            name=name,
            marker={
                "color": theme.OWN if is_now else theme.PAGE,
                "size": NOW_SIZE if is_now else BEFORE_SIZE,
                "line": {"color": theme.OWN, "width": 2},
            },
            hovertemplate=f"{name}: <b>{rank}</b><extra></extra>",
            cliponaxis=False,
        )
    )


def _say(figure: Drawing, at: float, text: str, *, above: bool, of: int) -> None:
    """Write words over or under a place, turned inwards at the ends of the line."""
    share = at / of
    anchor = "left" if share < 1 / 3 else "right" if share > 2 / 3 else "center"
    reach = {"left": -0.5, "right": 0.5, "center": 0.0}[anchor]
    figure.add_annotation(
        x=at + reach, y=0, text=text, xanchor=anchor,
        yanchor="bottom" if above else "top", yshift=LABEL_SHIFT if above else -LABEL_SHIFT,
    )  # fmt: skip
