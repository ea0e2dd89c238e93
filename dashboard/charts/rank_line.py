"""A place in a group as a strip of places: now, a year before, and those that meet the goal."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, markers, scatter
from dashboard.charts.wording import rank_text

HEIGHT = 96
NOW_SIZE, SIZE = 22, 13
LABEL_SHIFT = 13
"""Pixels from the strip to the words above and below it."""


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
    _draw_places(figure, rank, before, of, goal)
    if goal is not None:
        _say(figure, (1 + goal) / 2, f"Goal: top {goal}", above=True, of=of)
    if before is not None and before != rank:
        _say(figure, before, f"{before} a year before", above=False, of=of)
    if rank is not None:
        _say(figure, rank, f"<b>Now {rank} of {of}</b>", above=True, of=of)
    figure.update_xaxes(
        range=[0.2, of + 0.8], tickvals=[1, of], ticktext=["Best", "Worst"], ticks=""
    )
    figure.update_yaxes(range=[-1, 1], visible=False)
    figure.set_margin(t=4, b=4)
    places = pd.DataFrame(
        {"Period": ["Now", "A year before"], "Rank": [rank, before]}, dtype=object
    ).astype({"Rank": "float64"})
    said = f"{rank_text(rank, of)} now"
    said += f", {rank_text(before, of)} a year before" if before is not None else ""
    aim = f"The goal is the top {goal}" if goal is not None else ""
    alt = alt_text(caption, "Strip of places, 1 is best", said, aim)
    return Chart(figure.figure(), caption, alt, places, {"Rank": "rank"})


def _draw_places(
    figure: Drawing, rank: int | None, before: int | None, of: int, goal: int | None
) -> None:
    """Draw a dot a place: large for now, open for a year before, blue where the goal is met."""
    places = range(1, of + 1)
    is_met = [goal is not None and place <= goal for place in places]
    colours = [theme.LIGHT_BLUE if met else theme.GRID for met in is_met]
    edges = [theme.MID_BLUE if met else theme.OTHERS for met in is_met]
    names = ["" for _ in places]
    if before is not None:
        colours[before - 1], edges[before - 1] = theme.PAGE, theme.OWN
        names[before - 1] = "a year before"
    if rank is not None:
        colours[rank - 1] = edges[rank - 1] = theme.OWN
        names[rank - 1] = "now"
    figure.add_trace(
        scatter(
            x=list(places),
            y=[0] * of,
            mode="markers",
            name="Places",
            marker=markers(
                [NOW_SIZE if place == rank else SIZE for place in places],
                color=colours,
                line={"color": edges, "width": 1.5},
            ),
            cliponaxis=False,
        ),
        hover=[
            f"Place <b>{place}</b>{f', {name}' if name else ''}"
            for place, name in zip(places, names, strict=True)
        ],
    )


def _say(figure: Drawing, at: float, text: str, *, above: bool, of: int) -> None:
    """Write words over or under a place, turned inwards at the ends of the strip."""
    share = at / of
    anchor = "left" if share < 1 / 3 else "right" if share > 2 / 3 else "center"
    reach = {"left": -0.5, "right": 0.5, "center": 0.0}[anchor]
    figure.add_annotation(
        x=at + reach, y=0, text=text, xanchor=anchor,
        yanchor="bottom" if above else "top", yshift=LABEL_SHIFT if above else -LABEL_SHIFT,
    )  # fmt: skip
