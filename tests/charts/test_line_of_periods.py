from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.axes import NOT_FROM_ZERO
from dashboard.charts.gaps import with_gaps
from dashboard.charts.line_of_periods import line_of_periods


@pytest.fixture
def quarters() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": pd.date_range("2008-04-01", periods=5, freq="QS"),
            "name": ["Q1 2008/09", "Q2 2008/09", "Q3 2008/09", "Q4 2008/09", "Q1 2009/10"],
            "value": [12.0, 3.0, None, 0.0, 9.0],
        }
    )


def test_the_axis_of_a_line_fits_it_and_says_so(history, caption) -> None:
    figure = line_of_periods(history, caption=caption, measure="Recorded crimes").figure
    low, high = figure.layout.yaxis.range
    assert 0 < low < history["value"].min()
    assert high > history["value"].max()
    assert NOT_FROM_ZERO in [each.text for each in figure.layout.annotations]


def test_the_axis_of_few_figures_starts_at_zero(history, caption) -> None:
    few = line_of_periods(history.head(3), caption=caption, measure="Recorded crimes").figure
    assert few.layout.yaxis.range[0] == 0
    assert few.layout.yaxis.range[1] > history["value"].head(3).max()


def test_both_ends_are_labelled_inside_the_figure(history, caption) -> None:
    figure = line_of_periods(history, caption=caption, measure="Recorded crimes").figure
    first, last = (each for each in figure.layout.annotations if each.text != NOT_FROM_ZERO)
    assert "2,600" in first.text
    assert "Apr 2006" in first.text
    assert first.xanchor == "left"
    assert "1,940" in last.text
    assert "Dec 2009" in last.text
    assert last.xanchor == "right"


@pytest.mark.parametrize(
    ("values", "label_at", "is_led_to"),
    [
        ([5, 9, 4, 8, 7, 6, 5, 9, 9, 4, 12], 12, False),
        ([5, 9, 4, 8, 7, 6, 5, 9, 9, 4, 3], 3, False),
        ([5, 9, 4, 8, 7, 6, 5, 9, 30, 30, 8, 22], 30, True),
    ],
    ids=["highest", "lowest", "between"],
)
def test_the_last_label_stands_at_its_point_or_a_line_leads_to_it(
    values, label_at, is_led_to, caption
) -> None:
    months = pd.date_range("2009-02-01", periods=len(values), freq="MS")
    history = pd.DataFrame({"period": months, "value": values})
    labels = line_of_periods(history, caption=caption, measure="Crimes").figure.layout.annotations
    label = next(each for each in labels if f"<b>{values[-1]}</b>" in each.text)
    assert label.y == label_at
    led_to = [each.y for each in labels if each.showarrow and each.x == months[-1]]
    assert led_to == ([values[-1]] if is_led_to else [])


def test_the_alt_text_has_the_finding_and_its_numbers(history, caption) -> None:
    alt = line_of_periods(history, caption=caption, measure="Recorded crimes").alt
    assert alt.startswith("All crime fell 12% in April to December 2009. Recorded crimes")
    for part in ("2,600 in Apr 2006", "1,940 in Dec 2009", "highest 2,600", "lowest 1,940"):
        assert part in alt


def test_the_table_is_what_is_drawn(history, caption) -> None:
    chart = line_of_periods(history, caption=caption, measure="Recorded crimes")
    assert chart.table["Recorded crimes"].tolist() == list(chart.figure.data[0].y)
    assert list(chart.table.columns) == ["Period", "Recorded crimes"]
    assert chart.readable_table().iloc[0].tolist() == ["Apr 2006", "2,600"]


def test_a_small_count_is_neither_drawn_nor_in_the_table_nor_in_the_alt_text(
    quarters, caption
) -> None:
    chart = line_of_periods(quarters, caption=caption, measure="Fires", suppress_below=5)
    assert [None if pd.isna(y) else y for y in chart.figure.data[0].y] == [12, None, None, None, 9]
    assert chart.table["Fires"].isna().tolist() == [False, True, True, True, False]
    said = ["12", "fewer than 5", "no figure", "fewer than 5", "9"]
    assert chart.readable_table()["Fires"].tolist() == said
    assert "3 of 5 periods are not shown" in chart.alt
    assert "lowest 9" in chart.alt


def test_a_gap_breaks_the_line(quarters, caption) -> None:
    chart = line_of_periods(quarters, caption=caption, measure="Fires")
    assert chart.figure.data[0].connectgaps is False
    assert chart.readable_table()["Fires"].tolist() == ["12", "3", "no figure", "0", "9"]


def test_a_month_left_out_breaks_the_line_and_is_a_row_of_the_table(history, caption) -> None:
    chart = line_of_periods(history.drop(index=[7, 8]), caption=caption, measure="Crimes")
    drawn = chart.figure.data[0]
    assert [number for number, y in enumerate(drawn.y) if pd.isna(y)] == [7, 8]
    assert chart.readable_table().iloc[7].tolist() == ["Nov 2006", "no figure"]
    assert "2 of 45 periods are not shown" in chart.alt


def test_the_table_says_what_stands_for_a_suppressed_figure(quarters, caption) -> None:
    words = quarters.assign(instead=["", "", "fewer than 5", "", ""])
    chart = line_of_periods(words, caption=caption, measure="Fires")
    assert chart.readable_table()["Fires"].tolist() == ["12", "3", "fewer than 5", "0", "9"]


def test_one_period_and_no_figure_at_all_are_drawn_too(history, caption) -> None:
    one = line_of_periods(history.iloc[:1], caption=caption, measure="Recorded crimes")
    assert len(one.figure.layout.annotations) == 1
    none = line_of_periods(
        history.assign(value=float("nan")), caption=caption, measure="Recorded crimes"
    )
    assert "without a figure" in none.alt


def test_percentages_and_zeros_keep_an_axis(history, caption) -> None:
    chart = line_of_periods(
        history.assign(value=0.0), caption=caption, measure="Percent", unit="percent"
    )
    assert chart.figure.layout.yaxis.range[1] > 0
    assert chart.figure.layout.yaxis.ticksuffix == "%"


def test_no_row_is_an_error(history, caption) -> None:
    with pytest.raises(ValueError, match="no history to draw: the frame has no row"):
        line_of_periods(history.iloc[:0], caption=caption, measure="Recorded crimes")


@pytest.mark.parametrize(
    ("figures", "mode"), [(2, "markers"), (3, "markers"), (4, "lines+markers")]
)
def test_two_or_three_figures_are_points(figures, mode, history, caption) -> None:
    chart = line_of_periods(history.head(figures), caption=caption, measure="Recorded crimes")
    assert chart.figure.data[0].mode == mode


def test_a_hole_breaks_a_line_however_irregular_its_steps() -> None:
    # Years that end in another month each time have no step that a reader would miss.
    starts = pd.to_datetime(["2003-01-01", "2004-03-01", "2005-02-01", "2023-01-01", "2024-04-01"])
    history = pd.DataFrame({"period": starts, "value": [1.0, 2.0, 3.0, 4.0, 5.0]})
    assert len(with_gaps(history)) == len(history)
    broken = with_gaps(history, span=12)
    assert broken.loc[broken["value"].isna(), "period"].tolist() == [pd.Timestamp("2006-02-01")]
