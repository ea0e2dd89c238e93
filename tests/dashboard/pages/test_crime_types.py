"""Crime types: sliced by type, basis and area, compared, mapped, and asked in SQL."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Header, Markdown, Title

from dashboard.store.sql_questions import ask, examples, tables
from etl.datadir import DataDir

BOUNDARIES = "ONS_geogLA2022EW.topo.json"

SOUTHAMPTON = "E22000120"


def said(element: Header | Markdown | Title) -> str:
    """Return a text as it is read: `plain` puts a backslash before what Markdown would take."""
    return element.value.replace("\\", "")


def run_sql(page: AppTest, query: str) -> AppTest:
    page.text_area(key="sql_question").input(query)
    next(button for button in page.button if button.label == "Run").click()
    return page.run()


def scorecard_of(page: AppTest) -> str:
    """Return the table of types as HTML."""
    found = [json.loads(each.proto.json) for each in page.get("bidi_component")]
    return next(each["markup"] for each in found if "markup" in each)


def test_the_first_screen_is_the_change_and_every_type(default_data, open_page) -> None:
    page = open_page("crime_types", default_data)
    assert said(page.title[0]) == "All crime fell 12%; dwelling burglary rose most (+137)"
    assert said(page.header[0]) == "Criminal damage and arson (−778) fell most"
    about = "".join(each.value for each in page.markdown)
    assert "All crime fell by 2,783 in April to December 2009" in about.replace("\\", "")
    assert "The crime types add up to the whole" in about
    table = scorecard_of(page)
    assert 'data-row="all_crime" aria-current="true"' in table
    assert 'aria-label="Story of dwelling burglary"' in table
    assert "Story of robbery" not in table


def test_title_chart_and_table_follow_the_type_chosen(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, type="criminal_damage_and_arson")
    assert (
        said(page.title[0])
        == "Criminal damage and arson fell 16%; criminal damage fell most (−802)"
    )
    assert said(page.header[0]) == "Criminal damage (−802) fell most"
    assert 'data-row="criminal_damage_and_arson" aria-current="true"' in scorecard_of(page)
    page = open_page("crime_types", default_data, type="robbery")
    assert said(page.title[0]) == "Robbery fell 13%: no more than chance"
    assert "April 2009" in json.dumps(json.loads(page.get("plotly_chart")[0].proto.spec))


def test_a_change_is_broken_down_by_month_too(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, by="month")
    assert "April 2009" in json.dumps(json.loads(page.get("plotly_chart")[0].proto.spec))
    assert page.selectbox(key="choose_by").options == ["By type", "By month"]


def test_a_rising_type_opens_as_a_story(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, look="story", type="dwelling_burglary")
    assert said(page.title[0]) == "Dwelling burglary rose 17%: no more than chance"
    assert [said(each) for each in page.header] == [
        "Highest in November (+26%), lowest in July (−19%)",
        "December 2009: within the usual ups and downs",
        "13th of 15, 10th a year before",
    ]
    (numbers,) = [each.proto.body for each in page.get("html") if '"numbers"' in each.proto.body]
    assert ">16%<" in numbers
    assert any("has figures for a map" in each.value for each in page.markdown)


@pytest.mark.parametrize("kind", ["robbery", "theft_offences", "homicide"])
def test_any_type_of_a_real_partnership_has_a_story(real_data, open_page, kind) -> None:
    page = open_page("crime_types", real_data, area=SOUTHAMPTON, look="story", type=kind)
    assert page.get("plotly_chart")
    assert any("not counted by month" in each.value for each in page.markdown)


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
    assert said(page.title[0]) == "Robbery and dwelling burglary in Southampton"
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


def test_another_basis(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, basis="month")
    assert any("December 2009 on December 2008" in each.value for each in page.markdown)


def test_two_year_data_offer_years_only_and_withhold_small_percentages(
    real_data, open_page
) -> None:
    page = open_page("crime_types", real_data, area=SOUTHAMPTON)
    assert said(page.title[0]).startswith("All crime fell 7%; miscellaneous crimes against society")
    assert page.selectbox(key="choose_basis").options == ["Twelve months on the twelve before"]
    table = page.dataframe[0].value
    homicide = table[table["Type"].str.endswith("Homicide")].iloc[0]
    assert homicide["Now"] == "fewer than 5" or homicide["Change, %"] == "withheld"
    page = open_page("crime_types", real_data, area=SOUTHAMPTON, look="months")
    assert "no monthly figures" in page.info[0].value


def test_any_partnership_can_be_opened(real_data, open_page) -> None:
    page = open_page("crime_types", real_data, area="Leeds")
    assert said(page.title[0]).startswith("All crime ")
    assert page.get("plotly_chart")


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, plan="safer_communities_2009_10")
    assert page.title[0].value.startswith("No figures are loaded")


def test_the_months_are_set_side_by_side(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, look="months", type="all_crime")
    assert said(page.header[0]).startswith("Highest in May (+5%), lowest in ")
    cells = json.loads(page.get("plotly_chart")[0].proto.spec)["data"][0]["text"]
    assert cells[-1][-1] == ""
    assert cells[8][-1] == "2,136"


def test_a_part_that_is_not_there_is_said(default_data, open_page) -> None:
    page = open_page("crime_types", default_data, look="storey")
    assert any("Did you mean Story" in each.value for each in page.warning)


@pytest.mark.parametrize(
    ("axes", "heading", "row", "cell"),
    [
        ({}, "Number, crime types by years: Southampton", "All crime", "33,404"),
        (
            {"rows": "month", "columns": "type", "cells": "percent", "types": "robbery"},
            "Change on a year before, %, months by crime types: Southampton, the latest 24",
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
    assert said(page.title[0]).startswith(heading)
    table = page.table[0] if page.table else page.dataframe[0]
    assert table.value.iloc[0, :2].tolist() == [row, cell]


def test_years_that_end_elsewhere_are_in_a_table_of_ones_own(real_data, open_page) -> None:
    page = open_page("crime_types", real_data, area=SOUTHAMPTON, look="pivot")
    assert said(page.title[0]) == "Number, crime types by years: Southampton"
    table = page.table[0] if page.table else page.dataframe[0]
    assert list(table.value)[-1] == "year ending December 2024"


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
    assert said(page.header[0]).startswith("Highest in ")
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
        assert len(ask(DataDir(default_data), examples()[title]).frame) > 0

    def test_the_data_model_beside_it_is_that_of_the_database(self, default_data) -> None:
        query = "select table_name, column_name from information_schema.columns"
        found = ask(DataDir(default_data), query).frame
        published = {(row.table_name, row.column_name) for row in found.itertuples()}
        described = {(table.name, column) for table in tables() for column in table.columns}
        assert described == published
