"""Targets: every target of the plan, and one in full."""

from __future__ import annotations

import base64
import json
import re

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.scenario import scenario
from dashboard.analysis.status import target_status
from dashboard.pages.targets import words
from dashboard.store.warehouse import Warehouse
from dashboard.words.verdict import GOAL_MADE_UP
from etl.datadir import DataDir
from tests.dashboard.conftest import html_of, numbers_of


def tables_with(page, column: str) -> list[pd.DataFrame]:
    return [table.value for table in page.table if column in table.value]


def charts_of(page) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]


def picture(page) -> dict[str, str]:
    """The rows of the picture of all targets, as HTML, by target."""
    (found,) = (
        each.proto
        for each in page.get("bidi_component")
        if each.proto.component_name == "scorecard"
    )
    rows = json.loads(found.json)["markup"].split("<tr")
    return {row.split('"')[1]: row for row in rows if row.startswith(" data-row")}


def test_the_first_line_counts_the_verdicts(default_data, open_page) -> None:
    page = open_page("targets", default_data)
    title = page.title[0].value.replace("\\", "")
    assert title == "Eight of 34 targets can be judged: two on track, one at risk, five off track"
    said = "\n".join(text.value for text in page.markdown).replace("\\", "")
    assert "On 26 no verdict can be given." in said
    assert "The plan leaves the goal of 19 open." in said
    assert "The plan counts 14 top priorities and names 10" in said


def test_a_title_of_few_targets_or_of_none_judged(default_data) -> None:
    view = AreaView.of(Warehouse(DataDir(default_data)))
    targets = target_status(view, "2009-12")
    good = targets[targets["status"].eq("on track")]
    assert words.title(good.head(1), "Leeds") == "The target of Leeds is on track"
    bad = targets[targets["status"].eq("off track")]
    both = pd.concat([good.head(1), bad.head(1)])
    assert words.title(both, "Leeds") == "Two targets: one on track, one off track"
    unsaid = targets[targets["status"].eq("cannot say")]
    assert words.title(unsaid.head(1), "Leeds") == "No verdict can be given on the target of Leeds"
    assert words.title(unsaid.head(3), "Leeds") == "No verdict can be given on any of the 3 targets"


def test_all_targets_are_in_one_picture_the_least_likely_first(default_data, open_page) -> None:
    rows = picture(open_page("targets", default_data))
    made_up = [known for known, row in rows.items() if GOAL_MADE_UP in row]
    assert len(rows) == 21
    assert made_up == list(rows)[12:]
    chances = [re.search(r"</span></span>([<>&lgt;]*)(\d+)%", row) for row in rows.values()]
    given = [int(found[2]) for found in chances[:7] if found]
    assert given == sorted(given)
    assert not any(chances[7:12])
    assert "aria-current" in rows["all_crime_2010_11"]


def test_a_lane_is_the_share_of_the_way_and_a_place_its_places(default_data, open_page) -> None:
    rows = picture(open_page("targets", default_data))
    # (29,868 - 27,085) / (29,868 - 24,492), and the path's (29,868 - 27,852) of the same.
    assert (
        "52% of the way from 29,868 to 24,492, where the path today asks for 38%, due March 2011"
        in rows["all_crime_2010_11"]
    )
    assert "195% of the way from none to 10,000" in rows["community_payback_hours_a_year"]
    assert rows["all_crime_rank_2010_11"].count("<circle") == 15
    assert "13th of 15 places; the goal is the top 3" in rows["all_crime_rank_2010_11"]


def test_what_cannot_be_drawn_is_named_with_the_reason(default_data, open_page) -> None:
    page = open_page("targets", default_data)
    tables = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    without = _rows_of(tables[0])
    assert len(without) == 34 - 21
    ni_17 = without[without["Target"].str.startswith("NI 17")].iloc[0]
    assert ni_17["Goal as stated"] == "“from x% to y%”: no figure given"
    assert "– Cannot say. " in ni_17["Status"]


def test_every_target_stands_in_the_table_with_a_symbol_and_a_word(default_data, open_page) -> None:
    page = open_page("targets", default_data)
    tables = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    table = _rows_of(tables[-1])
    assert len(table) == 34
    assert set(table["Status"]) == {"● On track", "▲ At risk", "▼ Off track", "– Cannot say"}
    all_crime = table[table["Goal as stated"].eq("at least 18%")].iloc[0]
    assert all_crime["Chance"] == "7%"
    assert all_crime["Actual"] == "27,085"
    assert all_crime["Path now"] == "27,852"
    assert all_crime["Needed a month"] == "2,041"
    assert all_crime["Baseline"] == "29,868 (2008/09)"


def test_a_target_of_the_address_is_shown_in_full(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="criminal_damage_stretch", tab="plan")
    assert page.header[0].value == "Criminal damage\\: now 5,275, path 5,495, goal 5,145"
    assert "83%" in numbers_of(page)
    facts = tables_with(page, "What")[0].set_index("What")["Figure or words"]
    assert "£550,000" in facts["Reward"]
    assert "circa £500" in facts["Reward"]
    assert "Stretch Target 5" in facts["Note"]
    assert "made up" in facts["Goal as stated"]
    assert f"Goal {GOAL_MADE_UP[5:]}" in html_of(page)


def test_a_rank_target_shows_the_place_against_the_goal(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="all_crime_rank_2010_11")
    assert page.header[0].value == "All crime\\: 13th, goal top 3"
    assert "4,707" in numbers_of(page)
    said = [text.value for text in page.markdown]
    assert any("Third place needs 4,707 fewer" in text for text in said)
    assert any("When it is due" in text and "independently of each other" in text for text in said)


def test_a_goal_that_is_not_given_has_no_line(default_data, open_page) -> None:
    page = open_page("targets", default_data, target="ni_30_2010_11")
    paths = [trace for trace in charts_of(page)[0]["data"] if trace["name"] == "Path"]
    assert page.header[0].value.endswith("now 81%, no goal to hold it against")
    assert all(value is None for trace in paths for value in _plain(trace["y"]))


def test_choosing_another_target_redraws_and_is_kept_in_the_address(
    default_data, open_page
) -> None:
    page = open_page("targets", default_data)
    page.selectbox(key="choose_target").select("ni_21_2010_11").run()
    assert page.query_params["target"] == "ni_21_2010_11"
    assert "aria-current" in picture(page)["ni_21_2010_11"]
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
    assert f"{found.total.median:,.0f}" in numbers_of(page)
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


def test_an_area_without_a_plan_says_so(real_data, open_page) -> None:
    page = open_page("targets", real_data, area="Leeds")
    assert page.title[0].value == "No plan with targets for Leeds"
    links = [link.proto.label for link in page.get("page_link")]
    assert "Set the first target" in links


def test_a_plan_without_figures_says_so(default_data, open_page) -> None:
    page = open_page("targets", default_data, plan="safer_communities_2009_10")
    assert page.title[0].value == "No target can be judged: no figures are loaded"
    assert "What the plan promises" in [link.proto.label for link in page.get("page_link")]


def test_a_link_that_names_an_indicator_opens_its_principal_target(default_data, open_page) -> None:
    page = open_page("targets", default_data, indicator="ni_21")
    assert page.selectbox(key="choose_target").value == "ni_21_2010_11"


def test_real_figures_are_not_held_against_the_worked_example(real_data, open_page) -> None:
    page = open_page("targets", real_data, area="E22000120")
    assert page.title[0].value == "No plan with targets for Southampton"


def _rows_of(markup: str) -> pd.DataFrame:
    """Return the table of a reading table's markup."""
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', markup)
    cells = re.findall(r'<t(?:h scope="row"|d )[^>]*>(.*?)</t[hd]>', markup)
    rows = [cells[first : first + len(heads)] for first in range(0, len(cells), len(heads))]
    return pd.DataFrame(rows, columns=heads)


def _plain(values: dict | list) -> list:
    """Return a trace's values; Plotly writes numbers as base64, and gaps among them as NaN."""
    if isinstance(values, list):
        return values
    found = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    return [None if np.isnan(value) else float(value) for value in found]
