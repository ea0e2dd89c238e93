"""Crime types: sliced by type, basis and area, compared, mapped, and asked in SQL."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Markdown, Subheader

from dashboard.store.sql_questions import ask, examples, tables
from etl.datadir import DataDir

BOUNDARIES = "ONS_geogLA2022EW.topo.json"

SOUTHAMPTON = "E22000120"


def said(element: Markdown | Subheader) -> str:
    """Return a text as it is read: `plain` puts a backslash before what Markdown would take."""
    return element.value.replace("\\", "")


def run_sql(page: AppTest, query: str) -> AppTest:
    page.text_area(key="sql_question").input(query)
    next(button for button in page.button if button.label == "Run").click()
    return page.run()


def test_all_crime_is_broken_down_into_parts_that_add_up(default_data, open_page) -> None:
    page = open_page("crime_types", default_data)
    assert page.markdown[0].value == (
        "All crime fell 12% in April to December 2009 (20,217, against 23,000 in April to "
        "December 2008)."
    )
    assert page.header[0].value.startswith("All crime fell by 2,783 in April to December 2009")
    assert "criminal damage and arson (−778)" in page.header[0].value
    assert any("The crime types add up to the whole" in each.value for each in page.markdown)


def test_a_change_is_broken_down_by_month_too(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, by="month")
    assert "April 2009" in json.dumps(json.loads(page.get("plotly_chart")[0].proto.spec))
    assert page.selectbox(key="choose_by").options == ["Crime types", "Months"]


def test_the_table_shows_the_tree_with_rates_per_what(default_data, open_page) -> None:
    table = open_page("crime_types", default_data).dataframe[0].value
    assert table["Type"].iloc[0] == "All crime"
    by_type = table.assign(Type=table["Type"].str.strip()).set_index("Type")
    assert by_type.loc["Dwelling burglary", "Rate per"] == "households"
    assert by_type.loc["Robbery", "Change, %"] == "−12.6%"
    assert table["Type"].str.startswith("\N{EM SPACE}\N{EM SPACE}Arson").any()


def test_types_chosen_are_drawn_together(default_data, open_page) -> None:
    chosen = ["robbery", "dwelling_burglary"]
    page = open_page(
        "crime_types", default_data, look="compare", types=chosen, history="twelve_months"
    )
    assert page.header[0].value == (
        "Robbery fell 13%; dwelling burglary rose 17% (April to December 2009 on April to "
        "December 2008)"
    )
    table = page.table[-1].value
    assert table["Type"].tolist() == ["Dwelling burglary", "Robbery"]


def test_areas_chosen_stand_side_by_side(real_data, open_page) -> None:
    areas = ["Southampton", "Leeds"]
    page = open_page(
        "crime_types", real_data, area=SOUTHAMPTON, look="compare", areas=areas, types="robbery"
    )
    assert said(page.header[0]).startswith("Robbery: Southampton from 376 to 319; Leeds from ")
    assert page.table[-1].value["Area"].tolist() == areas
    assert page.table[-1].value["Now"].iloc[0] == "319"


def test_another_basis_and_another_whole(default_data, open_page) -> None:
    query = {"basis": "month", "within": "criminal_damage_and_arson"}
    page = open_page("crime_types", default_data, **query)
    assert "in December 2009" in page.markdown[0].value
    assert page.markdown[0].value.startswith("Criminal damage and arson ")


def test_two_year_data_offer_years_only_and_withhold_small_percentages(
    real_data, open_page
) -> None:
    page = open_page("crime_types", real_data, area=SOUTHAMPTON)
    assert page.markdown[0].value.startswith("All crime fell 7% in the year ending December 2024")
    assert page.selectbox(key="choose_basis").options == ["Twelve months on the twelve before"]
    table = page.dataframe[0].value
    homicide = table[table["Type"].str.endswith("Homicide")].iloc[0]
    assert homicide["Now"] == "fewer than 5" or homicide["Change, %"] == "withheld"
    page = open_page("crime_types", real_data, area=SOUTHAMPTON, look="months")
    assert "no monthly figures" in page.info[0].value


def test_any_partnership_can_be_opened(real_data, open_page) -> None:
    page = open_page("crime_types", real_data, area="Leeds")
    assert "All crime" in page.markdown[0].value
    assert page.get("plotly_chart")


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, plan="safer_communities_2009_10")
    assert page.title[0].value.startswith("No figures are loaded")


def test_the_months_are_set_side_by_side(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, look="months", type="all_crime")
    assert page.header[0].value.startswith("All crime was highest in May (+5% on")
    cells = json.loads(page.get("plotly_chart")[0].proto.spec)["data"][0]["text"]
    assert cells[-1][-1] == ""
    assert cells[8][-1] == "2,136"


def test_a_part_that_is_not_there_is_said(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, look="mapp")
    assert any("Did you mean Map" in each.value for each in page.warning)


@pytest.mark.parametrize(
    ("axes", "heading", "row", "cell"),
    [
        ({}, "Number, crime types by financial years: Southampton", "All crime", "33,404"),
        (
            {"rows": "month", "columns": "type", "cells": "percent", "types": "robbery"},
            "Change on a year before, %, months by crime types: Southampton. The latest 24 periods",
            "January 2008",
            "withheld",
        ),
        (
            {"rows": "area", "columns": "type"},
            "Number, areas by crime types",
            "Southampton",
            "20,217",
        ),
    ],
)
def test_a_table_of_ones_own(default_data, open_page, axes, heading, row, cell) -> None:
    page = open_page("crime_types", default_data, look="pivot", **axes)
    assert said(page.header[0]).startswith(heading)
    table = page.table[0] if page.table else page.dataframe[0]
    assert table.value.iloc[0, :2].tolist() == [row, cell]


def test_a_map_needs_boundaries_and_says_where_to_put_them(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, look="map")
    assert "There are no boundaries" in page.info[0].value
    assert not page.get("plotly_chart")


@pytest.fixture
def mapped_data(real_data: Path, shared_data: Path):
    folder = real_data / "boundaries"
    folder.mkdir()
    shutil.copy(shared_data / "boundaries" / BOUNDARIES, folder)
    (folder / "broken.geojson").write_text("{", encoding="utf-8")
    yield real_data
    shutil.rmtree(folder)


def test_a_map_shades_partnerships_from_the_boundaries_given(mapped_data, open_page) -> None:
    page = open_page(
        "crime_types", mapped_data, area=SOUTHAMPTON, look="map", type="robbery", shade="count"
    )
    assert said(page.header[0]).startswith("Robbery in the year ending December 2024: highest")
    spec = page.get("plotly_chart")[0].proto.spec
    assert "http" not in spec
    assert {trace["type"] for trace in json.loads(spec)["data"]} == {"scatter"}


def test_boundaries_that_cannot_be_drawn_say_why(mapped_data, open_page) -> None:
    page = open_page("crime_types", mapped_data, look="map", boundaries="broken.geojson")
    assert "not a GeoJSON" in page.info[0].value


class TestSql:
    def test_a_link_fills_the_box_and_asks_nothing(self, default_data, open_page) -> None:
        page = open_page("crime_types", default_data, look="sql", sql="select 41 + 1 as answer")
        assert page.text_area(key="sql_question").value == "select 41 + 1 as answer"
        assert not page.dataframe
        assert not page.error

    def test_run_answers_and_puts_the_question_into_the_address(
        self, default_data, open_page
    ) -> None:
        page = open_page("crime_types", default_data, look="sql")
        page = run_sql(page, "select 41 + 1 as answer")
        assert page.dataframe[0].value["answer"].tolist() == [42]
        assert page.query_params["sql"] == "select 41 + 1 as answer"
        assert any(each.value == "1 row." for each in page.markdown)

    def test_what_it_cannot_answer_it_says(self, default_data, open_page) -> None:
        page = open_page("crime_types", default_data, look="sql")
        page = run_sql(page, "drop table indicator")
        assert "Only SELECT" in page.error[0].value

    def test_a_long_answer_is_cut_and_says_so(self, default_data, open_page) -> None:
        page = open_page("crime_types", default_data, look="sql")
        page = run_sql(page, "select range from range(20000)")
        assert any("The first 10,000 rows; there are more" in each.value for each in page.markdown)

    def test_an_example_fills_the_box(self, default_data, open_page) -> None:
        page = open_page("crime_types", default_data, look="sql")
        title = next(iter(examples()))
        page.selectbox(key="sql_example").select(title).run()
        assert page.text_area(key="sql_question").value == examples()[title]

    @pytest.mark.parametrize("title", list(examples()))
    def test_every_example_is_answered(self, default_data, title) -> None:
        assert len(ask(DataDir(default_data), examples()[title]).frame.columns) > 1

    def test_the_data_model_beside_it_is_that_of_the_database(self, default_data) -> None:
        query = "select table_name, column_name from information_schema.columns"
        found = ask(DataDir(default_data), query).frame
        published = {(row.table_name, row.column_name) for row in found.itertuples()}
        described = {(table.name, column) for table in tables() for column in table.columns}
        assert described == published
