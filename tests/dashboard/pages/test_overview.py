"""The Overview, as a reader opens it: by default, for an area without plan, for the second plan."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.rows import Target
from dashboard.analysis.status import given_status, verdict_on
from dashboard.pages.overview.board import board_of
from dashboard.pages.overview.headline import headline
from dashboard.pages.overview.target_cards import (
    first_goal,
    made_up_card,
    reward_number,
    stretch_card,
    time_number,
)
from dashboard.pages.overview.verdicts import counted_sentence
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir
from tests.dashboard.conftest import html_of
from tests.dashboard.rows import verdict

PLAN_2 = "safer_communities_2009_10"
LEEDS, SOUTHAMPTON = "E22000345", "E22000120"
AS_AT = "2009-12"
MOST_WORDS = 14


@pytest.fixture(scope="module")
def view(default_data) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)), as_at=AS_AT)


@pytest.fixture(scope="module")
def given(view) -> pd.DataFrame:
    return given_status(view, AS_AT)


def texts(page: AppTest) -> str:
    """What the page says, in its own words, in those that are links, and in its cards."""
    said = [element.value for element in [*page.markdown, *page.header]]
    said += [link.proto.label for link in page.get("page_link")]
    return "\n".join([*said, html_of(page)]).replace("\\", "")


def numbers(page: AppTest) -> list[tuple[str, str]]:
    """Each big number with its label."""
    return re.findall(r"<dt>(.*?)</dt><dd class=\"value\"><span>(.*?)</span>", html_of(page))


def drawn(page: AppTest) -> list[str]:
    """What each chart says of itself to those who do not see it."""
    return [each.proto.alt for each in page.get("plotly_chart")]


def test_the_first_screen_answers_the_board(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    (title,) = page.title
    assert title.value == "One of 14 top-priority goals is given, and off track; all crime fell 12%"
    said, shown = texts(page), numbers(page)
    # Both stretch targets: no chance without a goal, one reward, as the plan states it.
    assert said.count(">no goal given<") == 2
    assert ("reward", "£550k") in shown
    assert ("reward", "Shared") in shown
    assert shown.count(("days left", "212")) == 2
    assert "£402" not in said
    assert ("of 15", "13th") in shown
    assert any(label == "fewer crimes to reach 3rd" for label, _ in shown)
    assert "All crime: −18% by March 2011" in said
    assert said.count("▲ At risk") == 1
    assert "The plan counts 12 designated indicators, names eight and gives one goal" in said
    assert "does not name" not in said
    assert "Illustrative figures" in html_of(page)


def test_one_finding_stands_once(open_page, default_data) -> None:
    said = texts(open_page("overview", default_data))
    assert "in doubt" not in said
    headings = [each.value for each in open_page("overview", default_data).header]
    # Of the stretch targets once as the plan gives them, once with the goal that was made up.
    assert max(headings.count(each) for each in headings) == 2


def test_every_chart_has_its_words_and_its_figures(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    alts = drawn(page)
    assert len(alts) == 9
    assert all(len(each.split()) > 6 for each in alts)
    assert any("Strip of places" in each and "13th of 15 now" in each for each in alts)
    # Behind each of them its table.
    assert len(page.table) + len(page.dataframe) == len(alts)


def test_what_moved_is_one_chart_with_chance(view) -> None:
    found = board_of(view).moved
    assert found is not None
    table = found.chart.table.set_index("Indicator")
    assert found.period == "Q3 2009/10 on a year before"
    for indicator, title in (
        ("dwelling_burglary", "Dwelling burglary"),
        ("theft_from_motor_vehicle", "Theft from a motor vehicle"),
    ):
        answer = change(view, indicator, "quarter").change
        assert table.loc[title, "Change, %"] == pytest.approx(answer.percent)
        is_beyond = answer.significance.is_beyond_chance
        words = "more than chance would explain" if is_beyond else "chance could explain it"
        assert table.loc[title, "Chance"] == words
    assert found.chart.caption.title == (
        "Nothing worse beyond chance; theft from a motor vehicle fell 37%"
    )
    opacity = found.chart.figure.data[0].marker.opacity
    assert len(set(opacity)) == 2


def test_verdicts_and_chances_by_quarter(view) -> None:
    board = board_of(view)
    assert board.tiles is not None
    table = board.tiles.table.set_index("Target")
    assert list(table.columns)[-3:] == ["Q1 2009/10", "Q2 2009/10", "Q3 2009/10"]
    now = verdict_on(view, "all_crime_2010_11")
    assert table.loc["All crime", "Q3 2009/10"] == f"at risk, {now.probability:.0%}"
    assert table.loc["NI 15 Serious violent crime rate", "Q3 2009/10"].startswith("off track")
    assert table.loc["NI 15 Serious violent crime rate", "Q2 2009/10"].startswith("at risk")
    # Its baseline, 2008/09, was not over.
    assert table.loc["All crime", "Q4 2008/09"] == "not set yet"
    assert board.tiles.caption.title == "Two verdicts changed since Q2 2009/10"
    made_up = board.made_up.tiles
    assert made_up is not None
    assert len(made_up.table) == 9
    assert "Assaults presenting" not in " ".join(table.index)


def test_goals_that_were_made_up_stand_apart(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    headings = [each.value for each in page.header]
    apart = headings.index("Goals made up for the worked example")
    assert headings[apart + 1 :] == [
        "Assaults presenting to the Hospital Emergency Department",
        "Criminal damage",
    ]
    # Their chances stand there alone, after those of the plan's goals.
    assert [value for label, value in numbers(page) if label == "chance"] == [
        "–", "–", "7%", "73%", "83%",
    ]  # fmt: skip


def test_the_chart_of_all_crime_has_path_and_projection(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    traces = [
        {trace["name"] for trace in json.loads(each.proto.spec)["data"]}
        for each in page.get("plotly_chart")
    ]
    assert any({"Path", "Actual", "Projected", "95% interval"} <= each for each in traces)


def test_every_card_leads_to_its_evidence(open_page, default_data) -> None:
    page = open_page("overview", default_data, as_at=AS_AT)
    links = {(link.proto.page, link.proto.query_string) for link in page.get("page_link")}
    assert ("targets", f"as_at={AS_AT}&target=criminal_damage_stretch") in links
    assert ("targets", f"as_at={AS_AT}&target=all_crime_2010_11") in links
    assert ("targets", f"as_at={AS_AT}&kind=made_up") in links
    assert ("most_similar_group", f"as_at={AS_AT}&indicator=all_crime") in links
    assert ("quarterly_review", f"as_at={AS_AT}") in links


def test_an_earlier_month_is_another_picture(open_page, default_data) -> None:
    page = open_page("overview", default_data, as_at="2009-06")
    assert numbers(page).count(("days left", "396")) == 2
    assert "September 2009" not in texts(page)


def test_an_area_without_plan_has_its_recorded_crime(open_page, real_data) -> None:
    page = open_page("overview", real_data, area=LEEDS)
    assert page.title[0].value == "All crime in Leeds fell 7% in the year ending December 2024"
    said = texts(page)
    assert ("All crime", "101,892") in numbers(page)
    assert "Set the first target" in said
    assert "Not ranked" in said
    assert "no group is known that Leeds is compared in" in said.lower().replace("leeds", "Leeds")
    assert len(page.get("plotly_chart")) == 1
    assert "Illustrative figures" not in html_of(page)


def test_real_figures_are_not_held_against_the_worked_example(open_page, real_data) -> None:
    page = open_page("overview", real_data, area=SOUTHAMPTON)
    assert (
        page.title[0].value == "All crime in Southampton fell 7% in the year ending December 2024"
    )
    assert ("of 11", "11th") in numbers(page)
    assert "Set the first target" in texts(page)
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


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["on track", "met"], "2 of 2 top-priority targets on target"),
        (["at risk", "off track"], "None of 2 top-priority targets on target"),
        (["on track", "cannot say"], "1 of 2 top-priority targets on target, 1 without verdict"),
        (["cannot say", "cannot say"], "No verdict on the top-priority targets yet"),
        (["at risk"], "The top-priority target is not on target"),
    ],
)
def test_the_headline_counts_where_every_goal_is_given(statuses, said, view) -> None:
    rows = [
        verdict(target_id=str(at), kind="designated", goal="value", status=word)
        for at, word in enumerate(statuses)
    ]
    moved = [change(view, "all_crime", "ytd")]
    full = headline(pd.DataFrame(rows), moved)
    assert full == f"{said}; all crime fell 12%"
    assert len(full.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([], "None of 3 top-priority goals is given"),
        (["on track"], "One of 4 top-priority goals is given, and on track"),
        (["cannot say"], "One of 4 top-priority goals is given, and without verdict"),
        (["met", "off track"], "2 of 5 top-priority goals are given, 1 on target"),
    ],
)
def test_the_headline_says_how_many_goals_are_given(statuses, said, view) -> None:
    rows = [
        verdict(target_id=str(at), kind="designated", goal="value", status=word)
        for at, word in enumerate(statuses)
    ]
    rows += [
        verdict(target_id=f"open {at}", kind="designated", goal="not_given", status="cannot say")
        for at in range(3)
    ]
    full = headline(pd.DataFrame(rows), [change(view, "all_crime", "ytd")])
    assert full == f"{said}; all crime fell 12%"
    assert len(full.split()) <= MOST_WORDS


def test_a_change_that_cannot_be_compared_gives_way_to_one_that_can(view, given) -> None:
    early = change(view, "all_crime", as_at="2006-06", basis="ytd")
    year = change(view, "all_crime", basis="rolling_year")
    none = given.iloc[:0]
    assert headline(none, [early, year]).endswith("in the year ending December 2009")
    assert headline(none, [early]) == "All crime cannot be compared yet"


def test_what_a_plan_counts_and_does_not_name_is_said_once(given) -> None:
    assert counted_sentence(given) == (
        "The plan counts 12 designated indicators, names eight and gives one goal"
    )
    own = given[given["goal_is_given"].astype(bool) & given["kind"].eq("designated")]
    assert counted_sentence(own) == ""
    assert counted_sentence(given.iloc[:0]) == ""


def stretch_of(view: AreaView, target_id: str) -> Target:
    return next(each for each in view.targets if each.target_id == target_id)


def test_a_goal_left_open_has_the_reward_as_stated_and_no_chance(view) -> None:
    card = stretch_card(view, stretch_of(view, "assaults_hospital_ed_stretch"))
    assert card.verdict == "cannot say"
    assert [(each.value, each.note) for each in card.numbers] == [
        ("–", "no goal given"), ("£550k", "as stated"), ("212", ""),
    ]  # fmt: skip
    assert any("in three ways: £550k" in each and "circa £500" in each for each in card.said)
    shared = stretch_card(view, stretch_of(view, "criminal_damage_stretch"), "Assaults")
    assert any(each.startswith("One reward with assaults") for each in shared.said)
    assert card.chart is not None
    assert "Goal: not given" in card.chart.alt


def test_a_made_up_goal_has_a_chance_and_no_money(view) -> None:
    target = stretch_of(view, "assaults_hospital_ed_stretch")
    card = made_up_card(view, target)
    assert [each.label for each in card.numbers] == ["chance"]
    assert card.numbers[0].value == f"{verdict_on(view, target.target_id).probability:.0%}"
    assert any("Goal: 14% lower than in 2006/07" in each for each in card.said)
    assert any(each.startswith("Needed: at most") for each in card.said)


@pytest.mark.parametrize(
    ("changes", "value", "note"),
    [
        ({"goal_is_given": True, "probability": 0.731}, "£550,000", "£402,000 expected"),
        ({"goal_is_given": False, "probability": 0.731}, "£550,000", "as stated"),
        ({"closed": "2011-03", "goal_is_given": True}, "£550,000", "as was stated"),
        ({"reward_gbp": None}, "–", "not given"),
    ],
)
def test_a_reward_is_expected_only_of_a_goal_that_is_given(changes, value, note) -> None:
    found = reward_number(verdict(**{"reward_gbp": 550_000.0} | changes), [])
    assert (found.value, found.note) == (value, note)


def test_time_left_is_counted_from_the_month_looked_at() -> None:
    due = verdict(due="2010-07-31")
    assert time_number(due, "2010-06").value == "31"
    assert time_number(due, "2010-07").label == "was due"
    assert time_number(verdict(), "2010-07").note == "not given"


def test_the_first_goal_is_a_level_that_the_plan_itself_gives(view) -> None:
    first = first_goal(view)
    assert first is not None
    assert first.target_id == "all_crime_2010_11"
