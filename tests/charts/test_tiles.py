"""Verdicts over time as tiles."""

from __future__ import annotations

import pytest

from dashboard.charts import theme
from dashboard.charts.chart import Caption
from dashboard.charts.tiles import Tile, TileRow, tiles

CAPTION = Caption("One verdict changed", "Verdict at each quarter's end", "Source: test")
PERIODS = ("Q2 2009/10", "Q3 2009/10")
ROWS = [
    TileRow("All crime", [Tile("on track", "●", "73%"), Tile("at risk", "▲", "9%")], 9.0),
    TileRow("Robbery", [Tile(""), Tile("off track", "▼")], None),
]


def test_each_tile_has_colour_symbol_and_word() -> None:
    chart = tiles(ROWS, PERIODS, caption=CAPTION)
    papers = [shape.fillcolor for shape in chart.figure.layout.shapes]
    assert papers == [theme.VERDICTS[word][0] for word in ("on track", "at risk", "off track")]
    (verdicts,) = [trace for trace in chart.figure.data if trace.name == "Verdict"]
    assert list(verdicts.text) == ["●<br>73%", "▲<br>9%", "▼"]
    assert "All crime: on track, 73% then at risk, 9%" in chart.alt
    assert "Robbery: not set yet then off track" in chart.alt


def test_the_table_has_every_quarter_in_words() -> None:
    table = tiles(ROWS, PERIODS, caption=CAPTION).table
    assert table.to_dict("list") == {
        "Target": ["All crime", "Robbery"],
        "Q2 2009/10": ["on track, 73%", "not set yet"],
        "Q3 2009/10": ["at risk, 9%", "off track"],
    }


def test_the_chance_now_is_a_bar_where_there_is_one() -> None:
    (bar,) = [each for each in tiles(ROWS, PERIODS, caption=CAPTION).figure.data
              if each.name == "Chance"]  # fmt: skip
    assert (list(bar.x), list(bar.y)) == ([9.0], [0])
    without = tiles(ROWS[1:], PERIODS, caption=CAPTION)
    assert not [each for each in without.figure.data if each.name == "Chance"]


def test_every_verdict_has_another_colour_in_the_dark() -> None:
    dark = {theme.in_the_dark(paper) for paper, _ in theme.VERDICTS.values()}
    assert len(dark) == len(theme.VERDICTS)
    assert not dark & {paper for paper, _ in theme.VERDICTS.values()}


def test_without_a_row_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="no row"):
        tiles([], PERIODS, caption=CAPTION)
