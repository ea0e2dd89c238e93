"""A line in a cell: every point inside it, gaps left open, and its words."""

from __future__ import annotations

import base64
import re

import pandas as pd
import pytest

from dashboard.charts.sparkline import EDGE, HEIGHT, WIDTH, sparkline


def levels(*values: float | None) -> pd.DataFrame:
    months = pd.period_range("2009-01", periods=len(values), freq="M")
    return pd.DataFrame({"month": months, "level": values})


def path(svg: str) -> str:
    return re.search(r'd="([^"]*)"', svg)[1]


def test_it_runs_from_the_first_to_the_last_inside_its_frame() -> None:
    line = sparkline(levels(1200, 900, 1000, 1000))
    numbers = [float(each) for each in re.findall(r"[\d.]+", path(line.svg))]
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])
    # The mean is 1,025: 1,200 and 900 are within a fifth of it.
    assert numbers[1] < numbers[5] < numbers[3]
    assert str(line) == "From 1,200 to Jan 2009, now 1,000 to Apr 2009"
    assert base64.b64decode(line.address.partition(",")[2]).decode() == line.svg


def test_lines_of_any_size_have_one_scale() -> None:
    first, second = (path(sparkline(levels(*figures)).svg) for figures in (
        (95, 105, 95, 105), (9500, 10500, 9500, 10500),
    ))  # fmt: skip
    assert first == second
    assert path(sparkline(levels(98, 102, 98, 102)).svg) != first


def test_a_gap_breaks_the_line() -> None:
    assert path(sparkline(levels(1, None, 2, 3, 4)).svg).count("M") == 2


def test_a_month_left_out_breaks_the_line_where_a_quarter_does_not() -> None:
    months = levels(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    assert path(sparkline(months.drop(index=4)).svg).count("M") == 2
    assert path(sparkline(months.iloc[::3]).svg).count("M") == 1


@pytest.mark.parametrize("figures", [(100.0, 120.9), (100.0, 100.7, 120.9)])
def test_two_or_three_figures_are_dots_over_zero(figures: tuple[float, ...]) -> None:
    svg = sparkline(levels(*figures)).svg
    assert "<path" not in svg
    heights = [HEIGHT - EDGE - float(y) for y in re.findall(r'cy="([\d.]+)"', svg)]
    assert len(heights) == len(figures)
    assert heights[0] / heights[-1] == pytest.approx(figures[0] / figures[-1], abs=0.01)


def test_four_figures_are_a_line() -> None:
    assert path(sparkline(levels(1, 2, 3, 4)).svg)


def test_one_figure_is_a_dot_and_none_is_nothing() -> None:
    assert sparkline(levels(23.0), unit="percent").alt == "23% to Jan 2009"
    assert sparkline(levels(5, 5, 5)).svg
    assert sparkline(levels(None, None)) is None
