"""Targets: every target of the plan, and one in full."""

from __future__ import annotations

import base64
import json
import re

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.scenario import scenario
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir


def tables_with(page, column: str) -> list[pd.DataFrame]:
    return [table.value for table in page.table if column in table.value]


def charts_of(page) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]


def test_the_first_line_counts_the_verdicts(default_data, open_page) -> None:
    page = open_page("targets", default_data)
    assert page.title[0].value == (
        "2 of the 34 targets of Southampton are on target, one at risk and five off track"
    )
    assert page.markdown[0].value == (
        "As at December 2009. On 26 no verdict can be given. The plan leaves the goal of 19 open. "
        "The plan counts 14 top priorities and names 10\\: two stretch targets and eight "
        "designated indicators."
    )


def test_every_target_stands_in_the_table_with_a_symbol_and_a_word(default_data, open_page) -> None:
    page = open_page("targets", default_data)
    (markup,) = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    table = _rows_of(markup)
    assert len(table) == 34
    assert set(table["Status"]) == {"● On track", "▲ At risk", "▼ Off track", "– Cannot say"}
    all_crime = table[table["Goal as stated"].eq("at least 18%")].iloc[0]
    assert all_crime["Chance"] == "7%"
    assert all_crime["Actual"] == "27,085"
    assert all_crime["Path now"] == "27,852"
    assert all_crime["Needed a month"] == "2,041"
    assert all_crime["Baseline"] == "29,868 (2008/09)"


def test_small_charts_are_grouped_by_kind_and_open_goals_are_in_words(
    default_data, open_page
) -> None:
    page = open_page("targets", default_data)
    headings = [heading.value for heading in page.header]
    assert headings[-5:] == [
        "Stretch targets, which carry a reward",
        "Designated indicators of the Local Area Agreement",
        "Targets of this plan",
        "Aims of 2009/10",
        "Goals that the plan does not give",
    ]
    assert len(charts_of(page)) == 1 + 0 + 1 + 7 + 0 + 9
    chips = [each for each in page.markdown if "badge[goal made up for the worked" in each.value]
    assert len(chips) == 9
    without = pd.concat(tables_with(page, "Goal as stated"))
    ni_17 = without[without["Target"].str.startswith("NI 17")].iloc[0]
    assert ni_17["Goal as stated"] == "“from x% to y%”\\: no figure given"


def test_a_target_of_the_address_is_shown_in_full(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="criminal_damage_stretch")
    assert page.header[0].value == (
        "Criminal damage, stretch target to July 2010\\: on track at 5,275 in the year ending "
        "December 2009; to be on its path it must be 5,495 or fewer; a 83% chance of meeting the "
        "goal"
    )
    facts = tables_with(page, "What")[0].set_index("What")["Figure or words"]
    assert "£550,000" in facts["Reward"]
    assert "circa £500" in facts["Reward"]
    assert "Stretch Target 5" in facts["Note"]
    assert "made up" in facts["Goal as stated"]
    assert "badge[goal made up for the worked example]" in page.markdown[1].value


def test_a_rank_target_shows_the_place_against_the_goal(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="all_crime_rank_2010_11")
    assert page.header[0].value == (
        "All crime\\: 13th of 15 (14th a year before), where the plan asks for the top 3"
    )
    assert any("Third place needs 4,707 fewer" in text.value for text in page.markdown)
    assert any(
        "When it is due" in text.value and "independently of each other" in text.value
        for text in page.markdown
    )


def test_a_goal_that_is_not_given_has_no_line(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="ni_30_2010_11")
    paths = [trace for trace in charts_of(page)[0]["data"] if trace["name"] == "Path"]
    assert "no verdict (the goal is not given)" in page.header[0].value
    assert all(value is None for trace in paths for value in _plain(trace["y"]))


def test_choosing_another_target_redraws_and_is_kept_in_the_address(
    default_data, open_page
) -> None:
    page = open_page("targets", default_data)
    page.selectbox(key="choose_target").select("ni_21_2010_11").run()
    assert page.query_params["target"] == "ni_21_2010_11"
    assert "NI 21" in page.header[0].value


def test_a_what_if_of_the_address_changes_the_projection_and_the_chance(
    default_data, open_page
) -> None:
    asked = {"target": "all_crime_2010_11", "change": "-20"}
    page = open_page("targets", default_data, **asked)
    said = "\n".join(text.value for text in page.markdown)
    view = AreaView.of(Warehouse(DataDir(default_data)))
    found = scenario(view.at("2009-12"), "all_crime", "all_crime_2010_11", percent=-20)
    assert found.otherwise.chance_met > found.as_things_go.chance_met
    assert f"would come to {found.total.median:,.0f} in 2010/11" in said
    assert (
        f"{found.otherwise.chance_met:.0%} instead of {found.as_things_go.chance_met:.0%}" in said
    )
    fan = next(trace for trace in charts_of(page)[0]["data"] if trace["name"] == "Projected")
    assert _plain(fan["y"])[-1] == found.total.median


def test_moving_the_slider_writes_the_address(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="criminal_damage_stretch")
    page.slider(key="choose_change").set_value(-30).run()
    assert page.query_params["change"] == "-30"
    page.selectbox(key="choose_target").select("ni_21_2010_11").run()
    assert "change" not in page.query_params


def test_a_part_that_returns_to_an_earlier_year(default_data, open_page) -> None:
    asked = {"target": "all_crime_2010_11", "part": "dwelling_burglary", "level_of": "2008/09"}
    page = open_page("targets", default_data, **asked)
    assert any("dwelling burglary returned to its level of 2008/09" in text.value
               for text in page.markdown)  # fmt: skip


def test_a_survey_target_says_what_sample_would_show_it(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="ni_21_2010_11")
    assert any("What the survey can show" in text.value for text in page.markdown)


def test_one_kind_of_target_alone(default_data, open_page) -> None:
    page = open_page("targets", default_data, kind="stretch")
    assert len(charts_of(page)) == 1
    page = open_page("targets", default_data, kind="made_up")
    assert len(charts_of(page)) == 1 + 9


def test_an_area_without_a_plan_says_so(real_data, open_page) -> None:
    page = open_page("targets", real_data, area="Leeds")
    assert page.info[0].value == "There is no plan with targets for Leeds."


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("targets", default_data, plan="safer_communities_2009_10")
    assert page.info[0].value.startswith("No figures are loaded")


def test_a_link_that_names_an_indicator_opens_its_principal_target(default_data, open_page) -> None:
    page = open_page("targets", default_data, indicator="ni_21")
    assert page.selectbox(key="choose_target").value == "ni_21_2010_11"


def test_real_figures_are_not_held_against_the_worked_example(real_data, open_page) -> None:
    page = open_page("targets", real_data, area="E22000120")
    assert page.title[0].value == "No targets to judge"


def _rows_of(markup: str) -> pd.DataFrame:
    """Return the table of a reading table's markup."""
    heads = re.findall(r'<th scope="col">(.*?)</th>', markup)
    cells = re.findall(r'(?:<th scope="row"|<td data-label="[^"]*")>(.*?)</t[hd]>', markup)
    rows = [cells[first : first + len(heads)] for first in range(0, len(cells), len(heads))]
    return pd.DataFrame(rows, columns=heads)


def _plain(values: dict | list) -> list:
    """Return a trace's values; Plotly writes numbers as base64, and gaps among them as NaN."""
    if isinstance(values, list):
        return values
    found = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    return [None if np.isnan(value) else float(value) for value in found]
