"""Data and methods: each section at its own address."""

from __future__ import annotations

import pytest

LEEDS = "E22000345"
PLAN_2 = "safer_communities_2009_10"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("loads", "One file is loaded: 9,615 rows read"),
        (
            "agreement",
            "Arithmetic checked: 23; worked example made to agree: 55; real figures: 0; none",
        ),
        ("notes", "17 data notes"),
        ("definitions", "indicators and what they mean"),
        ("record", "Of every 100 projections, 81 to 85 ended inside their 80% interval"),
        ("methods", "Methods: how every number is worked out"),
        ("licences", "Under which terms"),
    ],
)
def test_each_section_has_its_address(open_page, default_data, section, said) -> None:
    page = open_page("data_and_methods", default_data, section=section)
    (title,) = page.title
    assert said in title.value.replace("\\", "")


def test_choosing_a_section_puts_it_into_the_address(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data)
    page.segmented_control(key="shown_section").select("methods").run()
    assert page.query_params["section"] == "methods"
    assert page.title[0].value.startswith("Methods")
    assert any(">>> " in each.value for each in page.markdown)


def test_agreement_is_filtered_by_verdict(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, section="agreement", verdict="contradictory")
    (table,) = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    assert table.count('data-label="Verdict">Contradictory') == table.count("<tr>") - 1 == 26


def test_an_area_without_plan_has_nothing_stated(open_page, real_data) -> None:
    page = open_page("data_and_methods", real_data, area=LEEDS, section="agreement")
    assert page.title[0].value.startswith("No plan is loaded for this area")
    page = open_page("data_and_methods", real_data, area=LEEDS)
    assert "155 withheld by the publisher" in page.title[0].value


def test_the_second_plan_has_its_figures_too(open_page, default_data) -> None:
    page = open_page("data_and_methods", default_data, plan=PLAN_2, section="agreement")
    assert page.title[0].value.startswith("4 figures of the plan. Arithmetic checked")


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
    said = " ".join(each.value for each in page.markdown).replace("\\", "")
    held = "New South Wales, 81 inside the 80% interval and 95 inside the 95% interval (5,649 "
    assert held in said
    assert "2020/21 is counted apart: inside the 80% interval 75 in London boroughs and 66" in said
