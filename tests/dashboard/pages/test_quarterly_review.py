"""The Quarterly review: quarter, scorecard, the indicator chosen, every indicator on paper."""

from __future__ import annotations

import json

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard.analysis.area_view import AreaView
from dashboard.pages.quarterly_review.agenda import Item
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.pages.quarterly_review.slide_words import LONGEST, indicator_said
from dashboard.store.agenda import AgendaEntry
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir
from tests.dashboard.conftest import html_of

PLAN_2 = "safer_communities_2009_10"
LEEDS = "E22000345"


def scorecard(page: AppTest) -> str:
    """The rows that can be chosen."""
    parts = [each.proto for each in page.get("bidi_component")]
    (found,) = (each for each in parts if each.id.endswith("-scorecard"))
    return str(json.loads(found.json)["markup"])


def headings(page: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in page.header]


def said(page: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in page.markdown)


def lists(page: AppTest) -> list[str]:
    return [each.content for each in page.segmented_control(key="choose_list").proto.options]


def test_the_list_is_of_what_needs_attention_the_most_pressing_first(
    open_page, default_data
) -> None:
    page = open_page("quarterly_review", default_data)
    assert page.title[0].value.replace("\\", "") == (
        "Q3 2009/10: five of 49 indicators need attention"
    )
    rows = scorecard(page).split("<tr ")[1:]
    assert len(rows) == 5
    assert 'data-row="ni_15" aria-current="true"' in rows[0]
    assert all(mark in rows[0] for mark in ("1.25", "path 1.23", "26% chance", "▼ Off track"))
    assert "no owner" in rows[1]
    assert 'alt="From ' in rows[0]
    assert "Serious violent crime rate (NI 15)" in headings(page)


def test_lists_are_counted_and_kept_in_the_address(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data)
    assert lists(page) == [
        "Needs attention 5",
        "All 49",
        "1 All crime",
        "2a Violent crime",
        "2b Criminal damage",
        "3 Fear of crime",
        "Without owner 7",
    ]
    page = open_page("quarterly_review", default_data, list="all")
    assert scorecard(page).count("<tr ") == 49
    page = open_page("quarterly_review", default_data, list="no_owner", indicator="ni_32")
    assert scorecard(page).count("no owner") == scorecard(page).count("<tr ") == 7
    # Another list begins with its own first row, not with one chosen in the list before.
    page.segmented_control(key="choose_list").select("2a").run()
    assert "indicator" not in page.query_params
    assert page.query_params["list"] in ("2a", ["2a"])


def test_another_quarter_sets_the_month_of_the_app(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data)
    page.selectbox(key="quarter").select("Q1 2009/10").run()
    assert not page.exception
    assert page.query_params["as_at"] == "2009-06"
    assert page.title[0].value.startswith("Q1 2009/10")
    page = open_page("quarterly_review", default_data, as_at="2009-11")
    assert page.selectbox(key="quarter").value == "Q3 2009/10"
    assert "October to November 2009" in said(page)
    assert "as_at=2009-11" in page.code[0].value


def test_the_chart_of_the_panel_is_what_the_verdict_rests_on(open_page, default_data) -> None:
    for indicator, drawn in {
        "ni_15": "Rate per 1,000 residents, twelve months",
        "all_crime": "Twelve-month total",
        "dwelling_burglary": "Count, by month",
    }.items():
        page = open_page("quarterly_review", default_data, indicator=indicator)
        assert len(page.get("plotly_chart")) == 1
        assert drawn in said(page), indicator


def test_an_address_opens_a_part_of_any_indicator(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, indicator="criminal_damage", part="targets")
    assert "its actions that serve this are led by HFRS, Police and SCC." in said(page)
    found = html_of(page)
    # The stretch target is there as the plan has it, without the goal made up for it.
    assert 'data-label="Goal">not given' in found
    assert "2006/07" not in found
    page = open_page("quarterly_review", default_data, indicator="criminal_damage", part="actions")
    assert "Monitor progress to Stretch Target 5" in said(page)
    page = open_page("quarterly_review", default_data, indicator="criminal_damage", part="notes")
    assert "A count. Lower is better." in said(page)
    page = open_page("quarterly_review", default_data, indicator="all_crime", part="place")
    assert len(page.get("plotly_chart")) == 2


def test_an_indicator_without_figures_says_so(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, indicator="ni_17")
    assert any("No figures of this indicator are loaded" in info.value for info in page.info)
    assert not page.get("plotly_chart")


def test_an_area_without_plan_has_its_figures(open_page, real_data) -> None:
    page = open_page("quarterly_review", real_data, area=LEEDS, indicator="robbery")
    assert "There are no figures by quarter" in said(page)
    assert "Recorded figures" in headings(page)
    assert lists(page)[0].startswith("All ")
    assert "Year ending December 2024" in scorecard(page)
    assert "Owner" not in scorecard(page)


def test_the_second_plan_shows_what_it_leaves_open(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, plan=PLAN_2)
    assert page.title[0].value.endswith("no figures are loaded")


def test_on_paper_is_every_indicator_by_priority_with_the_notes(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data)
    assert "1. Reduce all crime, year on year" in headings(page)
    assert "Under no priority of the plan" in headings(page)
    tables = [
        each.proto.body for each in page.get("html") if 'class="scorecard"' in each.proto.body
    ]
    assert sum(table.count("<tr>") - 1 for table in tables) == 49
    assert "A quarter of residents answered don't know." in said(page)


def test_the_projector_shows_one_thing_at_a_time(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, view="projector")
    assert page.title[0].value == "Q3 2009/10\\: Southampton"
    assert not page.header
    assert page.button(key="previous").disabled
    page.button(key="next").click().run()
    assert not page.exception
    assert page.query_params["slide"] == "2"
    assert page.title[0].value.endswith("five of 49 indicators need attention")
    page.button(key="next").click().run()
    assert page.title[0].value.startswith("1. Serious violent crime rate")
    assert len(page.get("plotly_chart")) == 1
    last = open_page("quarterly_review", default_data, view="projector", slide="999")
    assert last.button(key="next").disabled
    last.button(key="projector").click().run()
    assert "view" not in last.query_params
    assert scorecard(last)


def test_a_slide_that_is_no_number_is_the_first(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, view="projector", slide="x")
    assert page.button(key="previous").disabled


def test_a_slide_has_what_partners_wrote_and_what_is_asked(default_data) -> None:
    view = AreaView.of(Warehouse(DataDir(default_data)), as_at="2009-12")
    said = meeting_sheet(view).said["ni_15"]
    written = pd.DataFrame({"heading": ["did"], "body": ["Patrols. " * 60]})
    asked = AgendaEntry("Q3 2009/10", "ni_15", "C. Chair", asked="Fund patrols?", owner="Police")
    lines = dict(indicator_said(said, written, Item(1, "NI 15", True, asked, "", False)))
    assert list(lines) == ["Change", "Owner", "We did", "Decision asked"]
    assert len(lines["We did"]) <= LONGEST
    assert lines["We did"].endswith(" …")
    assert lines["Decision asked"] == "Fund patrols?"
