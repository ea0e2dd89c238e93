"""Targets: every promise of the plan, and one in full."""

from __future__ import annotations

import base64
import json

import numpy as np
import pandas as pd


def tables_with(page, column: str) -> list[pd.DataFrame]:
    return [table.value for table in page.table if column in table.value]


def charts_of(page) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]


def test_the_first_line_counts_the_verdicts(default_data, open_page) -> None:
    page = open_page("targets", default_data)
    assert page.title[0].value == "Targets"
    assert page.markdown[0].value == (
        "Of the 38 targets of Southampton, as at December 2009, 15 are on track, 1 is at risk and "
        "5 are off track. On 17 no verdict can be given. The plan leaves the goal of 10 open\\: "
        "they are shown as not given."
    )


def test_every_target_stands_in_the_table_with_a_symbol_and_a_word(default_data, open_page) -> None:
    table = open_page("targets", default_data).dataframe[0].value
    assert len(table) == 38
    assert set(table["Status"]) == {"● On track", "▲ At risk", "▼ Off track", "– Cannot say"}
    all_crime = table[table["Goal as stated"].eq("at least 18%")].iloc[0]
    assert all_crime["Actual"] == "27,085"
    assert all_crime["Path now"] == "27,852"
    assert all_crime["Needed a month"] == "2,041"
    assert all_crime["Baseline"] == "29,868 (2008/09)"


def test_small_charts_are_grouped_by_kind_and_open_goals_are_in_words(
    default_data, open_page
) -> None:
    page = open_page("targets", default_data)
    headings = [heading.value for heading in page.subheader]
    assert headings[-4:] == [
        "Stretch targets, which carry a reward",
        "Designated indicators of the Local Area Agreement",
        "Targets of this plan",
        "Aims of 2009/10",
    ]
    assert len(charts_of(page)) == 1 + 2 + 12 + 7
    without = pd.concat(tables_with(page, "Goal as stated"))
    ni_17 = without[without["Target"].str.startswith("NI 17")].iloc[0]
    assert ni_17["Goal as stated"] == "“from x% to y%”\\: no figure given"


def test_a_target_of_the_address_is_shown_in_full(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="criminal_damage_stretch")
    assert page.subheader[1].value == (
        "Criminal damage\\: on track at 5,275 in the year ending December 2009; "
        "the path asks for at most 5,495"
    )
    facts = tables_with(page, "What")[0].set_index("What")["Figure or words"]
    assert "£550,000" in facts["Reward"]
    assert "circa £500" in facts["Reward"]
    assert "Stretch Target 5" in facts["Note"]
    assert "illustrative" in facts["Goal as stated"]


def test_a_rank_target_shows_the_place_against_the_goal(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="all_crime_rank_2010_11")
    assert page.subheader[1].value == (
        "All crime\\: 13th of 15 (14th a year before), where the plan asks for the top 3"
    )
    assert any(text.value.startswith("Third place needs 4,707 fewer") for text in page.markdown)


def test_a_goal_that_is_not_given_has_no_line(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="ni_30_2010_11")
    paths = [trace for trace in charts_of(page)[0]["data"] if trace["name"] == "Path"]
    assert "no verdict (the goal is not given)" in page.subheader[1].value
    assert all(value is None for trace in paths for value in _plain(trace["y"]))


def test_choosing_another_target_redraws_and_is_kept_in_the_address(
    default_data, open_page
) -> None:
    page = open_page("targets", default_data)
    page.selectbox(key="choose_target").select("ni_21_2010_11").run()
    assert page.query_params["target"] == "ni_21_2010_11"
    assert "NI 21" in page.subheader[1].value


def test_an_area_without_a_plan_says_so(real_data, open_page) -> None:
    page = open_page("targets", real_data, area="Leeds")
    assert page.info[0].value == "There is no plan with targets for Leeds."


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("targets", default_data, plan="safer_communities_2009_10")
    assert page.info[0].value.startswith("No figures are loaded")


def test_a_link_that_names_an_indicator_opens_its_principal_target(default_data, open_page) -> None:
    page = open_page("targets", default_data, indicator="ni_21")
    assert page.selectbox(key="choose_target").value == "ni_21_2010_11"


def test_real_figures_of_other_years_give_no_verdict(real_data, open_page) -> None:
    page = open_page("targets", real_data)
    assert page.markdown[0].value.startswith(
        "None of the 34 targets of Southampton can be judged as at December 2024."
    )


def _plain(values: dict | list) -> list:
    """Return a trace's values; Plotly writes numbers as base64, and gaps among them as NaN."""
    if isinstance(values, list):
        return values
    found = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    return [None if np.isnan(value) else float(value) for value in found]
