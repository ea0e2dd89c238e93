"""Shades say what the numbers say; what is missing is said, never shaded as nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.charts import theme
from dashboard.charts.area_map import area_map
from dashboard.charts.chart import Caption
from dashboard.charts.heat_map import heat_map

NAMES = ("Month", "Year", "Number")
YEARS = ["2008/09", "2009/10"]


@pytest.fixture
def months() -> tuple[pd.DataFrame, pd.DataFrame]:
    index = ["April", "May"]
    table = pd.DataFrame([[1200.0, 900.0], [np.nan, np.nan]], index=index, columns=YEARS)
    instead = pd.DataFrame([["", ""], ["fewer than 5", ""]], index=index, columns=YEARS)
    return table, instead


@pytest.fixture
def places() -> pd.DataFrame:
    ring = np.array([[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]], dtype=float)
    values = [-20.0, -5.0, 0.0, 30.0, None]
    return pd.DataFrame(
        {
            "area_code": [f"E0600000{n}" for n in range(5)],
            "area_name": ["Ash", "Birch", "Cedar", "<b>Dogwood</b>", "Elm"],
            "value": values,
            "instead": ["", "", "", "", "suppressed"],
            "rings": [[ring + np.array([n, 0])] for n in range(5)],
        }
    )


class TestHeatMap:
    def test_each_cell_has_its_number_or_says_why_not(self, months, caption: Caption):
        figure = heat_map(*months, caption=caption, names=NAMES).figure
        assert list(figure.data[0].text[0]) == ["1,200", "900"]
        assert figure.data[0].z[1][0] is None
        assert [note.text for note in figure.layout.annotations] == ["fewer<br>than 5"]

    def test_the_table_has_numbers_and_leaves_out_what_is_to_come(self, months, caption: Caption):
        chart = heat_map(*months, caption=caption, names=NAMES)
        assert len(chart.table) == 3
        assert chart.table["Number"].dropna().to_list() == [1200, 900]
        assert chart.readable_table()["Number"].to_list() == ["1,200", "fewer than 5", "900"]

    def test_the_alt_text_names_the_ends(self, months, caption: Caption):
        alt = heat_map(*months, caption=caption, names=NAMES).alt
        assert "lowest 900 in April 2009/10, highest 1,200 in April 2008/09" in alt

    def test_many_years_have_no_numbers_on_a_phone(self, caption: Caption):
        table = pd.DataFrame([range(1, 21)], index=["April"], columns=range(2000, 2020))
        figure = heat_map(
            table.astype(float), table.map(lambda _: ""), caption=caption, names=NAMES
        ).figure
        assert not figure.data[0].texttemplate
        assert len(figure.layout.xaxis.tickvals) <= 6

    def test_without_a_number_there_is_no_chart(self, months, caption: Caption):
        table, instead = months
        with pytest.raises(ValueError, match="no number"):
            heat_map(table * np.nan, instead, caption=caption, names=NAMES)


class TestAreaMap:
    def drawn(self, places: pd.DataFrame, caption: Caption, unit="percent_change", own=()):
        return area_map(places, caption=caption, measure="Change, %", unit=unit, own=own)

    def test_falls_are_blue_and_rises_orange(self, places, caption: Caption):
        figure = self.drawn(places, caption).figure
        shades = {trace.name: trace.fillcolor for trace in figure.data if trace.fill}
        assert shades == {
            "−20%": theme.DARK_BLUE,
            "−5%": theme.LIGHT_BLUE,
            "0%": theme.PALE_ORANGE,
            "+30%": theme.ORANGE,
            "suppressed": theme.GRID,
        }

    def test_every_area_is_in_one_class(self, places, caption: Caption):
        for unit in ("rate", "count", "percent_change"):
            figure = self.drawn(places, caption, unit).figure
            rings = sum(trace.x.count(None) for trace in figure.data if trace.fill)
            assert rings == len(places)

    def test_equal_values_are_one_class(self, places, caption: Caption):
        same = places.assign(value=3.0)
        figure = self.drawn(same, caption, "count").figure
        assert [trace.name for trace in figure.data if trace.fill] == ["3"]

    def test_names_of_files_are_text(self, places, caption: Caption):
        chart = self.drawn(places, caption)
        said = [
            text
            for trace in chart.figure.data
            if trace.mode == "markers"
            for text in trace.customdata
        ]
        assert "&lt;b&gt;Dogwood&lt;/b&gt;: <b>+30%</b>" in said
        assert "Elm: <b>suppressed</b>" in said

    def test_the_own_area_is_framed(self, places, caption: Caption):
        figure = self.drawn(places, caption, own=("E06000001",)).figure
        frame = next(trace for trace in figure.data if trace.name == "Your area")
        assert min(x for x in frame.x if x is not None) == 1

    def test_the_table_says_what_is_suppressed(self, places, caption: Caption):
        table = self.drawn(places, caption).readable_table().set_index("Area")
        assert table.loc["Elm", "Change, %"] == "suppressed"
        assert table.index[0] == "<b>Dogwood</b>"
        assert "No figure to show: 1 of 5" in self.drawn(places, caption).alt
