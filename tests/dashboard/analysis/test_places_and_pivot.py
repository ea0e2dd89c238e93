"""Tables and maps of the analyst: every cell is a total that can be checked, or says why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.change import change
from dashboard.analysis.pivot import pivot
from dashboard.analysis.places import places
from dashboard.analysis.season import MONTHS, season
from dashboard.analysis.window_figures import instead_of, window_figures
from dashboard.intake.boundaries import shapes_of
from dashboard.metrics.periods import Window, parse_financial_year, parse_month
from dashboard.metrics.windows import window_total
from dashboard.store.cache import Cache
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir

SOUTHAMPTON, LEEDS = "E22000120", "E22000343"


@pytest.fixture(scope="module")
def made_up(default_data: Path) -> Warehouse:
    return Warehouse(DataDir(default_data))


@pytest.fixture(scope="module")
def real(real_data: Path) -> Warehouse:
    return Warehouse(DataDir(real_data))


def hidden_month(series: pd.DataFrame, month: str, words: str) -> pd.DataFrame:
    is_month = pd.to_datetime(series["period_start"]).eq(pd.Timestamp(month))
    return series.assign(
        numerator=series["numerator"].mask(is_month),
        value=series["value"].mask(is_month),
        suppression=series["suppression"].mask(is_month, words),
    )


class TestWindows:
    def test_totals_are_those_of_each_window_alone(self, made_up):
        series = made_up.frame("series_of_area", area=SOUTHAMPTON)
        counts = made_up.frame("indicators").query("unit == 'count' and aggregation == 'sum'")
        series = series[series["indicator_id"].isin(counts["indicator_id"])]
        windows = [
            parse_financial_year(f"{year}/{year + 1 - 2000:02d}") for year in range(2006, 2010)
        ]
        found = window_figures(series, windows)
        for place, window in enumerate(windows):
            own = found[found["window"].eq(place)].set_index("indicator_id")["count"]
            for indicator, rows in series.groupby("indicator_id"):
                alone = window_total(rows.assign(value=rows["numerator"]), window).value
                assert own[indicator] == pytest.approx(
                    np.nan if alone is None else alone, nan_ok=True
                )

    def test_what_is_suppressed_is_said_and_never_added_up(self, made_up):
        series = AreaView.of(made_up).series("robbery")
        series = hidden_month(series, "2009-11-01", "fewer than 5")
        month = parse_month("2009-11")
        assert instead_of(series, Window(month, month)) == "fewer than 5"
        quarter = Window(parse_month("2009-10"), parse_month("2009-12"))
        assert instead_of(series, quarter) == "suppressed"
        found = window_figures(series, [quarter]).iloc[0]
        assert pd.isna(found["count"])
        assert found["instead"] == "suppressed"

    def test_a_small_base_has_no_percentage(self, made_up):
        series = AreaView.of(made_up).series("arson")
        month = parse_month("2009-12")
        found = window_figures(series, [Window(month, month)]).iloc[0]
        assert found["before"] < 50
        assert pd.isna(found["percent"])
        assert pd.notna(found["change"])


class TestPivot:
    def test_a_cell_is_the_change_that_show_gives(self, made_up):
        answer = pivot(AreaView.of(made_up), ("robbery", "all_crime"), rows="area", columns="type")
        assert answer.period == "April to December 2009"
        for cells, attribute in (
            ("count", "current"),
            ("change", "number"),
            ("percent", "percent"),
        ):
            table = pivot(
                AreaView.of(made_up),
                ("robbery", "all_crime"),
                rows="area",
                columns="type",
                cells=cells,
            )
            expected = getattr(change(AreaView.of(made_up), "robbery").change, attribute)
            assert table.table.loc["Southampton", "Robbery"] == pytest.approx(expected)

    def test_the_latest_year_is_named_by_its_months(self, made_up):
        table = pivot(AreaView.of(made_up), ("all_crime",)).table
        assert list(table.columns) == ["2006/07", "2007/08", "2008/09", "April to December 2009"]
        assert table.loc["All crime", "April to December 2009"] == 20217

    def test_without_types_as_an_axis_only_the_first_is_counted(self, made_up):
        both = pivot(AreaView.of(made_up), ("all_crime", "robbery"), rows="area", columns="year")
        assert both.table.equals(
            pivot(AreaView.of(made_up), ("all_crime",), rows="area", columns="year").table
        )

    def test_only_the_latest_months_are_shown(self, made_up):
        answer = pivot(AreaView.of(made_up), ("all_crime",), rows="month", columns="type")
        assert len(answer.table) == 24
        assert answer.is_cut
        assert answer.table.index[-1] == "December 2009"

    def test_two_areas_of_one_name_keep_a_row_each(self, made_up):
        areas = ("comparator-01", "comparator-02")
        apart, alike = (
            pivot(AreaView.of(each), ("all_crime",), rows="area", columns="type", areas=areas).table
            for each in (made_up, OfOneName(made_up))
        )
        assert list(apart.index) == ["Comparator 1", "Comparator 2"]
        assert list(alike.index) == ["Milton (comparator-01)", "Milton (comparator-02)"]
        assert alike.to_numpy().tolist() == apart.to_numpy().tolist()

    def test_rolling_years_are_columns_where_there_is_nothing_finer(self, real):
        table = pivot(AreaView.of(real, area=SOUTHAMPTON), ("all_crime",)).table
        assert list(table.columns) == ["year ending December 2023", "year ending December 2024"]
        assert table.loc["All crime"].to_list() == [33739, 31505]

    @pytest.mark.parametrize(
        ("axes", "error"),
        [
            ({"rows": "type", "columns": "type"}, ValueError),
            ({"rows": "year", "columns": "month"}, ValueError),
            ({"cells": "average"}, ValueError),
            ({"areas": ("E22999999",)}, UnknownChoiceError),
        ],
    )
    def test_what_is_no_table_is_refused(self, made_up, axes, error):
        with pytest.raises(error):
            pivot(AreaView.of(made_up), ("all_crime",), **axes)


class TestSeason:
    def test_every_month_stands_in_its_year(self, made_up):
        answer = season(AreaView.of(made_up), "all_crime")
        table = answer.table()
        assert list(table.columns) == list(MONTHS)
        assert list(table.index) == ["2006/07", "2007/08", "2008/09", "2009/10"]
        assert table.loc["2009/10", :"December"].sum() == 20217
        assert table.loc["2009/10", ["January", "February", "March"]].isna().all()

    def test_usual_months_average_one_over_complete_years_only(self, made_up):
        answer = season(AreaView.of(made_up), "all_crime")
        assert answer.complete_years == ("2006/07", "2007/08", "2008/09")
        assert answer.usual["ratio"].mean() == pytest.approx(1)
        assert answer.usual["ratio"].is_monotonic_decreasing

    def test_one_complete_year_is_no_season(self, made_up):
        assert season(AreaView.of(made_up, as_at="2008-01"), "all_crime").usual.empty

    def test_yearly_figures_have_no_months(self, real):
        with pytest.raises(NoFiguresError, match="no monthly figures"):
            season(AreaView.of(real, area=SOUTHAMPTON), "all_crime")


class TestPlaces:
    def test_a_district_has_the_figures_of_its_partnership(self, real, shared_data):
        shapes = shapes_of(shared_data / "boundaries" / "LAD_May_2024_UK_BSC.geojson")
        answer = places(
            AreaView.of(real, area=SOUTHAMPTON),
            "all_crime",
            tuple(shapes["area_code"]),
            basis="rolling_year",
        )
        own = answer.figures.set_index("place").loc["E06000045"]
        assert answer.own == ("E06000045",)
        assert (own["area_code"], own["count"], own["before"]) == (SOUTHAMPTON, 31505, 33739)
        assert answer.figures["place"].is_unique
        assert len(answer.figures) > 300

    def test_boundaries_of_elsewhere_have_no_figures(self, real):
        with pytest.raises(NoFiguresError, match="None of the areas"):
            places(
                AreaView.of(real, area=SOUTHAMPTON),
                "all_crime",
                ("S12000033",),
                basis="rolling_year",
            )


class OfOneName(Warehouse):
    """A warehouse whose areas are all called Milton, as two wards of Hampshire are."""

    def __init__(self, made_up: Warehouse) -> None:
        self._made_up, self.cache = made_up, Cache()

    def own_partnership(self) -> str:
        return self._made_up.own_partnership()

    def frame(self, query: str, **parameters: object) -> pd.DataFrame:
        found = self._made_up.frame(query, **parameters)
        return found.assign(area_name="Milton") if query == "areas" else found
