"""Bump chart and funnel plot: everybody drawn, the own area apart, numbers in words too."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import theme
from dashboard.charts.bump import bump
from dashboard.charts.funnel import funnel_plot

OWN = "E22000120"


@pytest.fixture
def places() -> pd.DataFrame:
    rows = [
        (code, name, period, rank)
        for code, name, ranks in (
            ("C1", "Comparator 1", (1, 1, 2)),
            (OWN, "Southampton", (3, None, 1)),
            ("C2", "Comparator 2", (2, 2, 2)),
        )
        for period, rank in zip(("2006", "2007", "2008"), ranks, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "area_name", "period", "rank"])
    return frame.astype({"rank": "Int64"})


@pytest.fixture
def bumped(places, caption):
    return bump(
        places,
        caption=caption,
        own_area=OWN,
        periods=["2006", "2007", "2008"],
        marks=[(0.5, "Edition 2007 begins")],
    )


def test_every_member_has_a_line_and_the_own_one_lies_on_top(bumped) -> None:
    assert [trace.name for trace in bumped.figure.data][-1] == "Southampton"
    assert len(bumped.figure.data) == 3
    own, other = bumped.figure.data[-1], bumped.figure.data[0]
    assert own.line.width > other.line.width
    assert own.marker.symbol != other.marker.symbol
    assert own.line.color == theme.OWN


def test_a_period_without_data_breaks_the_line_and_says_so(bumped) -> None:
    assert list(bumped.figure.data[-1].y) == [3, None, 1]
    assert not bumped.figure.data[-1].connectgaps
    table = bumped.readable_table()
    assert table.loc[table["Area"].eq("Southampton"), "Rank, 2007"].item() == "no data"
    assert table["Area"].iloc[0] == "Southampton"


def test_one_is_at_the_top_and_a_change_of_edition_is_marked(bumped) -> None:
    low, high = bumped.figure.layout.yaxis.range
    assert low > high
    assert bumped.figure.layout.shapes[0].x0 == 0.5
    assert "Edition 2007 begins" in bumped.alt
    assert "2008: 1st of 3" in bumped.alt


def test_a_stranger_and_missing_names_are_errors(places, caption) -> None:
    with pytest.raises(ValueError, match="not among the members"):
        bump(places, caption=caption, own_area="X", periods=["a", "b", "c"])
    with pytest.raises(ValueError, match="2 names for 3 periods"):
        bump(places, caption=caption, own_area=OWN, periods=["a", "b"])


@pytest.fixture
def areas() -> pd.DataFrame:
    many = pd.DataFrame(
        {
            "area_name": [f"Area {n}" for n in range(60)],
            "denominator": [50_000.0 + 3_000 * n for n in range(60)],
            "value": [9.0 + n % 3 for n in range(60)],
            "place": "inside",
            "is_own": False,
            "in_group": [n < 5 for n in range(60)],
        }
    )
    many.loc[7, ["value", "place"]] = [400.0, "very high"]
    many.loc[9, ["value", "place"]] = [None, ""]
    many.loc[3, ["area_name", "is_own"]] = ["Southampton", True]
    return many


@pytest.fixture
def limits() -> pd.DataFrame:
    sizes = [50_000.0, 120_000.0, 227_000.0]
    return pd.DataFrame(
        {
            "denominator": sizes,
            "lower_95": [8.0, 8.5, 9.0],
            "upper_95": [12.0, 11.5, 11.0],
            "lower_998": [7.0, 7.5, 8.0],
            "upper_998": [13.0, 12.5, 12.0],
        }
    )


@pytest.fixture
def funnelled(areas, limits, caption):
    return funnel_plot(
        areas, limits, caption=caption, target=10.0, measure="Crimes", size="Residents"
    )


def test_a_far_area_stands_at_the_edge_and_is_still_in_the_table(funnelled) -> None:
    top = funnelled.figure.layout.yaxis.range[1]
    assert top < 20
    others = next(trace for trace in funnelled.figure.data if trace.name == "Others")
    assert max(others.y) == top
    assert "triangle-up" in others.marker.symbol
    assert funnelled.table["Crimes"].max() == 400
    assert "1 lie over the top" in funnelled.alt


def test_the_own_area_its_group_and_the_others_differ_in_more_than_colour(funnelled) -> None:
    traces = {trace.name: trace for trace in funnelled.figure.data}
    assert traces["This area"].marker.symbol[0] == "square"
    sizes = [traces[name].marker.size[0] for name in ("This area", "Its group", "Others")]
    assert sizes == sorted(sizes, reverse=True)
    assert len(traces["Its group"].x) == 4
    assert len(traces["Others"].x) == 54


def test_limits_are_told_apart_by_their_dashes_and_named(funnelled) -> None:
    dashes = {trace.name: trace.line.dash for trace in funnelled.figure.data if trace.line.dash}
    assert dashes == {"99.8% limit": "solid", "95% limit": "dash"}
    texts = {note.text for note in funnelled.figure.layout.annotations}
    assert {"95%", "99.8%"} <= texts


def test_nothing_to_draw_is_an_error(areas, caption) -> None:
    with pytest.raises(ValueError, match="no area has a rate"):
        funnel_plot(
            areas.assign(value=None),
            pd.DataFrame(),
            caption=caption,
            target=1.0,
            measure="a",
            size="b",
        )


def test_every_area_of_a_small_funnel_is_named(areas, limits, caption) -> None:
    """A label that only the own area has would leave a reader to guess who the others are."""
    few = areas[areas["in_group"]]
    chart = funnel_plot(
        few,
        limits,
        caption=caption,
        target=10.0,
        measure="Crimes",
        size="Residents",
        about="Target",
    )
    (group,) = (trace for trace in chart.figure.data if trace.name == "Its group")
    assert group.mode == "markers+text"
    assert list(group.text) == few.loc[~few["is_own"], "area_name"].tolist()
    labels = [each.text for each in chart.figure.layout.annotations]
    assert "<b>Southampton</b>" in labels
    assert any(text.startswith("Target 10") for text in labels)
