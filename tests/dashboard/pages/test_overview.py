"""The Overview, as a reader opens it: by default, for an area without plan, for the second plan."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli.main import app
from tests.dashboard.conftest import html_of

PLAN_2 = "safer_communities_2009_10"
LEEDS, SOUTHAMPTON = "E22000345", "E22000120"


def texts(page: AppTest) -> str:
    """What the page says, in its own words and in those that are links."""
    said = [element.value for element in page.markdown]
    said += [link.proto.label for link in page.get("page_link")]
    return "\n".join(said).replace("\\", "")


def test_the_first_screen_answers_the_board(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    (title,) = page.title
    assert title.value.startswith(
        "One of the 14 top-priority goals is given in the plan, and it is off track; all crime "
        "fell 12% in April to December 2009, but its target of −18% by March 2011 is at risk"
    )
    said = texts(page)
    assert "▼ Off track** Serious violent crime rate (NI 15)" in said
    assert said.count("Cannot say: goal not given") == 2
    assert said.count("Reward as stated: £550k; up to £550k; circa £500") == 1
    assert said.count("One reward with assaults") == 1
    assert said.count("Due 31 July 2010: 212 days left") == 2
    assert "chance of less than 1%" in said or "best three is less than 1%" in said
    assert "One of the eight designated goals is given in the plan" in said
    assert "The plan counts 14 top priorities and names 10" in said
    assert "All crime: 18% lower than in 2008/09, to 24,492" in said
    assert "(NI 21): from 23% to 30%" in said
    assert "13th in the group; the goal is the top 3" in said
    assert "Dwelling burglary rose 24%" in said
    assert len(page.get("plotly_chart")) == 3
    assert "Illustrative figures" in html_of(page)


def test_a_made_up_goal_is_marked_and_its_chance_is_that_of_the_projection(
    open_page, default_data
) -> None:
    said = texts(open_page("overview", default_data))
    for target in ("assaults_hospital_ed", "criminal_damage"):
        shown = CliRunner().invoke(
            app, ["show", "projection", "--indicator", target, "--target", f"{target}_stretch",
                  "--as-at", "2009-12", "--data-dir", str(default_data), "--json"]
        )  # fmt: skip
        found = json.loads(shown.output)
        assert f"On track: {found['chance_met']:.0%} chance" in said
        assert found["expected_reward_gbp"] is None
    assert "Expected" not in said
    # Two stretch targets, and the designated indicator that is off track.
    assert said.count("badge[goal made up for the worked example]") == 3
    assert [each.value for each in open_page("overview", default_data).header][1:] == [
        "Goals that the plan does not give",
        "About these targets",
    ]


def test_the_small_chart_of_all_crime_has_path_and_projection(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    traces = {trace["name"] for trace in json.loads(page.get("plotly_chart")[0].proto.spec)["data"]}
    assert {"Path", "Actual", "Projected", "95% interval"} <= traces


def test_the_contradiction_of_the_reward_is_one_hover_away(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    helps = [
        each.proto.help
        for each in page.markdown
        if "Reward as stated" in each.value or "One reward with" in each.value
    ]
    assert all("circa £500" in text and "up to £550k" in text for text in helps)


def test_every_card_and_every_line_leads_to_its_evidence(open_page, default_data) -> None:
    page = open_page("overview", default_data, as_at="2009-12")
    links = {(link.proto.page, link.proto.query_string) for link in page.get("page_link")}
    assert ("indicator", "as_at=2009-12&indicator=ni_32") in links
    assert ("indicator", "as_at=2009-12&indicator=dwelling_burglary") in links
    assert ("indicator", "as_at=2009-12&indicator=theft_from_motor_vehicle") in links
    assert ("indicator", "as_at=2009-12&indicator=ni_15&target=ni_15_2010_11") in links
    assert ("targets", "as_at=2009-12&target=criminal_damage_stretch") in links
    assert ("targets", "as_at=2009-12&kind=designated") in links
    assert ("targets", "as_at=2009-12&target=all_crime_2010_11") in links
    assert ("most_similar_group", "as_at=2009-12&indicator=all_crime") in links
    assert ("quarterly_review", "as_at=2009-12") in links


def test_an_earlier_month_is_another_picture(open_page, default_data) -> None:
    page = open_page("overview", default_data, as_at="2009-06")
    assert "Due 31 July 2010: 396 days left" in texts(page)
    assert "September 2009" not in texts(page)


def test_an_area_without_plan_has_its_recorded_crime(open_page, real_data) -> None:
    page = open_page("overview", real_data, area=LEEDS)
    assert page.title[0].value == ("All crime in Leeds fell 7% in the year ending December 2024")
    said = texts(page)
    assert "101,892 in the year ending December 2024" in said
    assert "has no plan here" in said
    assert "Not ranked: no group is known that Leeds is compared in" in said
    assert len(page.get("plotly_chart")) == 1
    assert "Illustrative figures" not in html_of(page)


def test_real_figures_are_not_held_against_the_worked_example(open_page, real_data) -> None:
    page = open_page("overview", real_data, area=SOUTHAMPTON)
    assert (
        page.title[0].value == "All crime in Southampton fell 7% in the year ending December 2024"
    )
    said = texts(page)
    assert any("11th of 11" in each.value for each in page.subheader)
    assert "has no plan here" in said
    assert "Illustrative figures" not in html_of(page)


def test_the_second_plan_shows_what_it_leaves_open(open_page, default_data) -> None:
    page = open_page("overview", default_data, plan=PLAN_2)
    assert (
        page.title[0]
        .value.replace("\\", "")
        .endswith("reports six indicators; no figures are loaded")
    )
    (table,) = [each for each in page.get("html") if "<table" in each.proto.body]
    assert table.proto.body.count('data-label="Goal">not given') == 6
