"""The Quarterly review: quarter, exceptions, the indicator chosen, every indicator."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

PLAN_2 = "safer_communities_2009_10"
LEEDS = "E22000345"


def tables(page: AppTest) -> list[str]:
    return [each.proto.body for each in page.get("html") if "<table" in each.proto.body]


def headings(page: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in [*page.header, *page.subheader]]


def test_exceptions_come_first_then_every_indicator_by_priority(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data)
    title = page.title[0].value.replace("\\", "")
    assert title == "Q3 2009/10: five of 49 indicators need attention"
    assert headings(page)[:3] == [
        "What needs a decision",
        "Look closer at one indicator",
        "1. Reduce all crime, year on year",
    ]
    closer = [button.key for button in page.button if str(button.key).startswith("closer_")]
    assert closer[:2] == ["closer_ni_15", "closer_violence_against_the_person"]
    assert len(closer) == 5
    assert sum(table.count("<tr>") - 1 for table in tables(page)) == 49


def test_another_quarter_sets_the_month_of_the_app(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data)
    page.selectbox(key="quarter").select("Q1 2009/10").run()
    assert not page.exception
    assert page.query_params["as_at"] == "2009-06"
    assert page.title[0].value.startswith("Q1 2009/10")
    page = open_page("quarterly_review", default_data, as_at="2009-11")
    assert page.selectbox(key="quarter").value == "Q3 2009/10"
    assert "October to November 2009" in page.markdown[0].value


def test_looking_closer_opens_the_panel_and_is_kept_in_the_address(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data)
    assert not page.get("plotly_chart")
    page.button(key="closer_ni_15").click().run()
    assert page.query_params["indicator"] == "ni_15"
    assert len(page.get("plotly_chart")) == 1
    assert any("**Data notes**" in each.value for each in page.markdown)
    page.button(key="closer_ni_15").click().run()
    assert "indicator" not in page.query_params
    assert not page.get("plotly_chart")


def test_the_chart_of_the_panel_is_what_the_verdict_rests_on(open_page, default_data) -> None:
    for indicator, drawn in {
        "ni_15": "Rate per 1,000 residents, twelve months",
        "all_crime": "Twelve-month total",
        "dwelling_burglary": "Count, by month",
    }.items():
        page = open_page("quarterly_review", default_data, indicator=indicator)
        assert any(each.value.startswith(drawn) for each in page.markdown), indicator


def test_an_address_opens_the_panel_of_any_indicator(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, indicator="criminal_damage")
    assert any("at risk at 5,275 in the year ending" in text for text in headings(page))
    found = "".join(tables(page))
    # The stretch target is there as the plan has it, without the goal made up for it.
    assert 'data-label="Goal">not given' in found
    assert "2006/07" not in found
    assert "Stretch Target 5" in found


def test_an_indicator_without_figures_says_so(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, indicator="ni_17")
    assert any("No figures of this indicator are loaded" in info.value for info in page.info)
    assert not page.get("plotly_chart")


def test_an_area_without_plan_has_its_figures(open_page, real_data) -> None:
    page = open_page("quarterly_review", real_data, area=LEEDS, indicator="robbery")
    assert "There are no figures by quarter" in page.markdown[0].value
    assert "Recorded figures" in headings(page)
    assert "Year ending December 2024" in tables(page)[-1]
    assert "Owner" not in tables(page)[-1]


def test_the_second_plan_shows_what_it_leaves_open(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, plan=PLAN_2)
    assert page.title[0].value.endswith("no figures are loaded")


def test_every_indicator_has_its_line_its_notes_and_how_many_actions(
    open_page, default_data
) -> None:
    page = open_page("quarterly_review", default_data)
    whole = "".join(tables(page))
    assert "Last three years" in whole
    assert 'alt="From ' in whole
    assert '<td data-label="Actions">12</td>' in whole
    said = "\n".join(each.value.replace("\\", "") for each in page.markdown)
    assert "A quarter of residents answered don't know." in said


def test_the_projector_shows_one_thing_at_a_time(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, view="projector")
    assert len(page.header) == 1
    assert page.button(key="previous").disabled
    page.button(key="next").click().run()
    assert not page.exception
    assert page.query_params["slide"] == "2"
    last = open_page("quarterly_review", default_data, view="projector", slide="999")
    assert last.button(key="next").disabled
    assert len(tables(last)) == 1
    assert "Owner" not in tables(last)[0]
    last.button(key="projector").click().run()
    assert "view" not in last.query_params
    assert len(tables(last)) > 1


def test_a_slide_that_is_no_number_is_the_first(open_page, default_data) -> None:
    page = open_page("quarterly_review", default_data, view="projector", slide="x")
    assert page.button(key="previous").disabled
