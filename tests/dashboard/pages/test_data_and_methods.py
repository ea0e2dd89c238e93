"""Data and methods: each section at its own address."""

from __future__ import annotations

import re

import pytest

from tests.dashboard.conftest import html_of, numbers_of

LEEDS = "E22000345"
PLAN_2 = "safer_communities_2009_10"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("loads", "All 16 sources are current, to December 2009"),
        ("agreement", "78 of 172 figures of the plan agree; 26 contradict another of them"),
        ("notes", "17 data notes"),
        ("definitions", "indicators and what they mean"),
        ("record", "80% intervals held 81 to 85 outcomes of 100; in 2020/21, 66 to 75"),
        ("methods", "Methods: how every number is worked out"),
        ("licences", "Under which terms"),
        ("accessibility", "Accessibility: what works, what does not yet"),
    ],
)
def test_each_section_has_its_address(open_page, default_data, section, said) -> None:
    page = open_page("data_and_methods", default_data, section=section)
    (title,) = page.title
    assert said in title.value.replace("\\", "")


def test_choosing_a_section_puts_it_into_the_address(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data)
    page.segmented_control(key="choose_section").select("methods").run()
    assert page.query_params["section"] == "methods"
    assert page.title[0].value.startswith("Methods")
    assert any(">>> " in each.value for each in page.markdown)


def test_agreement_is_filtered_by_verdict(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, section="agreement", verdict="contradictory")
    (table,) = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    assert table.count("<tr>") - 1 == 26
    # What asks for something is shown first.
    first = open_page("data_and_methods", default_data, section="agreement")
    assert first.selectbox(key="choose_verdict").value == "contradictory"
    assert table in html_of(first)
    every = open_page("data_and_methods", default_data, section="agreement", verdict="agrees")
    assert "made to agree" in html_of(every)


def test_an_area_without_plan_has_nothing_stated(open_page, real_data) -> None:
    page = open_page("data_and_methods", real_data, area=LEEDS, section="agreement")
    assert page.title[0].value.startswith("No plan is loaded for this area")
    page = open_page("data_and_methods", real_data, area=LEEDS)
    assert page.title[0].value == ("One of two sources ends more than a year before December 2024")
    assert "155 withheld by the publisher" in page.expander[0].label


def test_the_second_plan_has_its_figures_too(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, plan=PLAN_2, section="agreement")
    assert page.title[0].value == ("Nothing can be computed of the 4 figures that the plan states")


def test_every_method_has_its_page(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, section="methods", method="projection")
    assert page.title[0].value == "Projections\\: how every number is worked out"
    (shown,) = (each.value for each in page.main.markdown if "Gelman" in each.value)
    assert "](" not in shown


def test_the_record_of_the_projections_names_the_method_used(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, section="record")
    table = "".join(each.proto.body for each in page.get("html"))
    assert "(used on the pages" in table
    assert "2020/21" in table
    numbers = numbers_of(page)
    assert re.findall(r"<span>(.*?)</span>", numbers) == [
        "85 of 100", "81 of 100", "75 of 100", "66 of 100",
    ]  # fmt: skip
    assert "95 in the 95% interval" in numbers
    assert ">5,649<" in table


def test_the_timeline_has_every_source_and_its_table(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data)
    (chart,) = page.get("plotly_chart")
    assert "Timeline of 16 sources" in chart.proto.alt
    assert "Place Survey of residents: Jan 2009 to Jan 2009, current" in chart.proto.alt
    assert "9,555 rows read, none rejected" in page.expander[0].label


def test_the_statement_says_what_does_not_work_and_no_test(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, section="accessibility")
    said = "\n".join(each.value for each in page.main.markdown)
    assert "## What does not yet" in said
    assert "## Tell us" in said
    assert "tests/" not in said
