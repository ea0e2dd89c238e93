from __future__ import annotations

import pytest

from dashboard.charts import theme
from dashboard.charts.signed_bars import bars_by_type

MINUS = "\N{MINUS SIGN}"


def test_the_largest_fall_comes_first_and_every_bar_is_named_with_its_change(
    types, caption
) -> None:
    names = list(bars_by_type(types, caption=caption).figure.layout.yaxis.ticktext)
    assert names == [
        f"Criminal damage<br><b>{MINUS}1,312 ({MINUS}30%)</b>",
        f"Robbery<br><b>{MINUS}20 ({MINUS}13%)</b>",
        "Dwelling burglary<br><b>+100 (+14%)</b>",
        "Arson<br><b>no figure</b>",
    ]


def test_falls_and_rises_differ_in_side_colour_and_sign(types, caption) -> None:
    bar = bars_by_type(types, caption=caption).figure.data[0]
    assert list(bar.marker.color)[:3] == [theme.DARK_BLUE, theme.DARK_BLUE, theme.ORANGE]
    assert list(bar.x) == [-1312, -20, 100, 0]


def test_the_axis_holds_zero_and_all_bars(types, caption) -> None:
    low, high = bars_by_type(types, caption=caption).figure.layout.xaxis.range
    assert low < -1312
    assert high > 100


@pytest.mark.parametrize("changes", [[-5.0] * 4, [5.0] * 4, [0.0] * 4])
def test_zero_is_on_the_axis_whichever_way_all_go(types, caption, changes) -> None:
    figure = bars_by_type(types.assign(change=changes), caption=caption).figure
    low, high = figure.layout.xaxis.range
    assert low < 0 < high


def test_the_alt_text_lists_every_type(types, caption) -> None:
    alt = bars_by_type(types, caption=caption).alt
    for part in (
        f"Criminal damage {MINUS}1,312 ({MINUS}30%)",
        "Dwelling burglary +100",
        "Arson no",
    ):
        assert part in alt


def test_the_table_is_what_is_drawn(types, caption) -> None:
    chart = bars_by_type(types, caption=caption)
    assert chart.table["Change"].tolist()[:3] == list(chart.figure.data[0].x)[:3]
    assert chart.readable_table().iloc[0].tolist() == [
        "Criminal damage", "3,100", "4,412", f"{MINUS}1,312", f"{MINUS}29.7%",
    ]  # fmt: skip
    assert chart.readable_table().iloc[-1].tolist() == [
        "Arson", "no figure", "25", "no figure", "not calculated",
    ]  # fmt: skip


def test_markup_in_a_name_is_shown_not_obeyed(types, caption) -> None:
    figure = bars_by_type(types.assign(title="<b>Theft</b> & fraud"), caption=caption).figure
    assert figure.layout.yaxis.ticktext[0].startswith("&lt;b&gt;Theft&lt;/b&gt; &amp; fraud")


def test_no_row_is_an_error(types, caption) -> None:
    with pytest.raises(ValueError, match="no crime types to draw: the frame has no row"):
        bars_by_type(types.iloc[:0], caption=caption)
