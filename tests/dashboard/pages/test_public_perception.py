"""The page Public perception: the numbers of `safecity show perception`, in plain words."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

LEEDS = "E22000345"


def said(page: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in [*page.header, *page.markdown])


def test_each_question_with_survey_and_recorded_side_by_side(open_page, default_data) -> None:
    page = open_page("public_perception", default_data)
    assert (
        page.title[0].value == "Two of four questions answered, each once\\: nothing to compare yet"
    )
    text = said(page)
    assert len(page.get("plotly_chart")) == 2
    assert "45% of residents feel that people being drunk or rowdy" in text
    assert "29% in England; recorded: violence against the person fell 7%" in text
    assert "25% answered don't know." in text
    assert "Goal: not given" in text
    assert "**Is the difference from England real?** It may be, but it is close: 23%" in text
    assert "**Can a survey show a rise from 23% to 30%?** Yes, most likely: if 1,142" in text
    assert "different things" in text


def test_an_area_without_surveys_says_what_to_load(open_page, real_data) -> None:
    page = open_page("public_perception", real_data, area=LEEDS)
    assert page.title[0].value == "No question to residents has been asked here"
    assert "template for surveys" in page.info[0].value


def test_a_plan_without_figures_shows_what_it_reports(open_page, default_data) -> None:
    page = open_page("public_perception", default_data, plan="safer_communities_2009_10")
    assert page.title[0].value.endswith("no figures are loaded")
