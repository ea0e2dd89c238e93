"""Verdicts over time as tiles, a row a target, with a bar for how likely each goal is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.axes import row_axis
from dashboard.charts.chart import Caption, Chart, alt_text
from dashboard.charts.drawing import Drawing, bar, scatter
from dashboard.charts.labels import shortened, wrapped

HEAD = 40
"""Pixels above the tiles, for the names of the periods on two lines."""
ROW = 40
"""Pixels of a row."""
ACROSS, UP = 0.46, 0.43
"""How far a tile reaches from its middle, as shares of its column and of its row."""
SMALL = 11
NAME_WIDTH = 26
BAR = 0.3
"""Share of its row that the bar of a chance fills."""
TILES_END, BARS_BEGIN = 0.66, 0.72
"""Shares of the width."""
NOT_SET = "not set yet"


@dataclass(frozen=True)
class Tile:
    """A verdict as at the end of a period.

    Attributes:
        word: A verdict of `dashboard.metrics.status_table`; "" before the target was set.
        symbol: Its symbol.
        chance: How likely the goal was then: "9%"; "" where no chance was given.
    """

    word: str
    symbol: str = ""
    chance: str = ""

    @property
    def said(self) -> str:
        """What the tile says in words: "at risk, 9%"."""
        return ", ".join(filter(None, (self.word, self.chance))) or NOT_SET


@dataclass(frozen=True)
class TileRow:
    """A target.

    Attributes:
        name: Its indicator.
        tiles: One for each period.
        percent: The chance of its goal now, 0 to 100; None where there is none.
    """

    name: str
    tiles: Sequence[Tile]
    percent: float | None


def tiles(rows: Sequence[TileRow], periods: Sequence[str], *, caption: Caption) -> Chart:
    """Draw a row of tiles for each target, and a bar for the chance of its goal now.

    Args:
        rows: In order.
        periods: Their names, the latest last: "Q3 2009/10".
        caption: The words around it.

    Raises:
        ValueError: There is no row.
    """
    if not rows:
        raise ValueError("no tiles to draw: there is no row")
    names = [shortened(row.name, width=NAME_WIDTH) for row in rows]
    drawing = Drawing(HEAD + len(rows) * ROW)
    _draw_tiles(drawing, rows, periods)
    has_chances = any(row.percent is not None for row in rows)
    if has_chances:
        _draw_chances(drawing, rows)
    _scale(drawing, names, periods, has_chances=has_chances)
    table = pd.DataFrame(
        [{"Target": row.name} | dict(zip(periods, _said(row), strict=True)) for row in rows]
    )
    said = "; ".join(f"{row.name}: {' then '.join(_said(row))}" for row in rows)
    how = f"Tiles of verdicts with the chance of the goal, from {periods[0]} to {periods[-1]}"
    return Chart(drawing.figure(), caption, alt_text(caption, how, said), table)


def _said(row: TileRow) -> list[str]:
    return [tile.said for tile in row.tiles]


def _draw_tiles(drawing: Drawing, rows: Sequence[TileRow], periods: Sequence[str]) -> None:
    placed = [
        (at, line, tile, row.name)
        for line, row in enumerate(rows)
        for at, tile in enumerate(row.tiles)
        if tile.word
    ]
    looks = [theme.VERDICTS[tile.word] for _, _, tile, _ in placed]
    for (at, line, _, _), (paper, _) in zip(placed, looks, strict=True):
        drawing.add_shape(
            type="rect", x0=at - ACROSS, x1=at + ACROSS, y0=line - UP, y1=line + UP,
            fillcolor=paper, line={"width": 0}, layer="below",
        )  # fmt: skip
    drawing.add_trace(
        scatter(
            x=[at for at, *_ in placed],
            y=[line for _, line, *_ in placed],
            mode="text",
            name="Verdict",
            text=[
                f"{tile.symbol}<br>{tile.chance}" if tile.chance else tile.symbol
                for _, _, tile, _ in placed
            ],
            textfont={"size": SMALL, "color": [text for _, text in looks]},
            textposition="middle center",
            cliponaxis=False,
        ),
        hover=[
            f"{wrapped(name)}, {periods[at]}: <b>{tile.said}</b>" for at, _, tile, name in placed
        ],
    )


def _draw_chances(drawing: Drawing, rows: Sequence[TileRow]) -> None:
    known = [(line, row) for line, row in enumerate(rows) if row.percent is not None]
    lines = [line for line, _ in known]
    everything = {"y": lines, "orientation": "h", "xaxis": "x2", "width": BAR}
    drawing.add_trace(
        bar(
            x=[100] * len(known), marker={"color": theme.GRID}, hoverinfo="skip", name="All",
            **everything,
        )
    )  # fmt: skip
    drawing.add_trace(
        bar(
            x=[row.percent for _, row in known],
            marker={"color": theme.OWN},
            name="Chance",
            **everything,
        ),
        hover=[
            f"{wrapped(row.name)}: <b>{row.tiles[-1].chance}</b> chance of the goal"
            for _, row in known
        ],
    )


def _scale(
    drawing: Drawing, names: Sequence[str], periods: Sequence[str], *, has_chances: bool
) -> None:
    small = {"size": SMALL}
    row_axis(drawing, names)
    drawing.update_yaxes(tickfont=small)
    drawing.update_xaxes(
        domain=[0, TILES_END if has_chances else 1],
        range=[-0.5, len(periods) - 0.5],
        tickvals=list(range(len(periods))),
        ticktext=[period.replace(" 20", "<br>", 1) for period in periods],
        tickfont=small,
        tickangle=0,
        side="top",
        ticks="",
    )
    drawing.set_margin(t=HEAD)
    drawing.update_layout(
        barmode="overlay", xaxis2={"domain": [BARS_BEGIN, 1], "range": [0, 100], "visible": False}
    )
    if has_chances:
        drawing.label_top(0, "Chance<br>now", xref="x2", xanchor="left", align="left", font=small)
