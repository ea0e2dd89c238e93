from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import theme
from dashboard.charts.waterfall import MOST_STEPS, waterfall

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def parts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "part": ["Criminal damage", "Robbery", "Dwelling burglary", "None of these"],
            "previous": [4412.0, 150, 700, 738],
            "current": [3100.0, 130, 800, 738],
            "change": [-1312.0, -20, 100, 0],
            "points_shown": [-21.9, -0.3, 1.7, 0.0],
            "is_remainder": [False, False, False, True],
        }
    )


def test_each_step_begins_where_the_one_before_ended(parts, caption) -> None:
    bars = waterfall(parts, "All crime", -20.5, caption=caption).figure.data[0]
    assert list(bars.x) == [-1312, -20, 100, 0, -1232]
    assert list(bars.base) == [0, -1312, -1332, -1232, 0]
    ends = [base + step for base, step in zip(bars.base, bars.x, strict=True)]
    assert ends[-1] == ends[-2] == -1232


def test_falls_rises_and_the_whole_differ_in_side_colour_and_sign(parts, caption) -> None:
    figure = waterfall(parts, "All crime", -20.5, caption=caption).figure
    colours = list(figure.data[0].marker.color)
    assert colours[0] == theme.DARK_BLUE
    assert colours[2] == theme.ORANGE
    assert colours[-1] == theme.DARK_GREY
    names = list(figure.layout.yaxis.ticktext)
    assert names[0] == f"Criminal damage<br><b>{MINUS}1,312 ({MINUS}21.9 points)</b>"
    assert names[-1] == f"All crime<br><b>{MINUS}1,232 ({MINUS}20.5 points)</b>"


def test_the_axis_holds_zero_and_every_step(parts, caption) -> None:
    low, high = waterfall(parts, "All crime", None, caption=caption).figure.layout.xaxis.range
    assert low < -1332
    assert high > 0


def test_the_alt_text_lists_every_step_and_the_table_has_all_parts(parts, caption) -> None:
    chart = waterfall(parts, "All crime", -20.5, caption=caption)
    assert f"Robbery {MINUS}20 ({MINUS}0.3 points)" in chart.alt
    assert caption.title in chart.alt
    assert chart.table["Change"].sum() == -1232
    assert chart.readable_table().iloc[0].tolist() == [
        "Criminal damage", "4,412", "3,100", f"{MINUS}1,312", f"{MINUS}21.9",
    ]  # fmt: skip


def test_the_smallest_of_many_are_one_step_and_all_add_up(parts, caption) -> None:
    many = pd.DataFrame(
        {
            "part": [f"Area {n}" for n in range(40)],
            "previous": 100.0,
            "current": [100.0 + n for n in range(40)],
            "change": [float(n) for n in range(40)],
            "points_shown": [n / 40 for n in range(40)],
            "is_remainder": False,
        }
    )
    chart = waterfall(many, "Force", None, caption=caption)
    bars = chart.figure.data[0]
    assert len(bars.x) == MOST_STEPS + 1
    assert sum(bars.x[:-1]) == bars.x[-1] == sum(range(40))
    assert len(chart.table) == 40
    assert "The other 27" in chart.alt


def test_nothing_to_draw_is_refused(parts, caption) -> None:
    with pytest.raises(ValueError, match=r"^no parts to draw: none has a change$"):
        waterfall(parts.assign(change=None), "All crime", None, caption=caption)
