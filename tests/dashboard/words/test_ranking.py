"""A ranking put into words and drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.groups import SAME_FORCE
from dashboard.analysis.ranking import RankingAnswer, ranking
from dashboard.store.warehouse import Warehouse
from dashboard.words.peers import about_group, members_for_download, members_table, rests_on
from dashboard.words.rank_target import rank_target_chart
from dashboard.words.ranking import (
    gap_text,
    group_text,
    headline,
    movement_chart,
    movement_text,
    ranking_chart,
)
from etl.datadir import DataDir


@pytest.fixture(scope="module")
def answer(default_data: Path) -> RankingAnswer:
    return ranking(AreaView.of(Warehouse(DataDir(default_data)), as_at="2009-12"), "all_crime")


def test_place_movement_and_gap_are_sentences(answer) -> None:
    assert headline(answer).endswith("for all crime, April to December 2009; 14th a year before")
    assert movement_text(answer) == "Southampton moved up one place in a year, to 13th"
    third = answer.members.iloc[2]
    needed = answer.gap.events
    own = answer.members[answer.members["is_own"]].iloc[0]
    assert gap_text(answer).startswith(f"Third place needs {needed:,} fewer")
    assert 1000 * (own["count"] - needed) / own["denominator"] <= third["value"]
    assert 1000 * (own["count"] - needed + 1) / own["denominator"] > third["value"]


def test_charts_carry_group_edition_and_area(answer) -> None:
    chart = ranking_chart(answer, source="Source: test")
    assert "Most Similar Group, edition illustrative" in chart.caption.subtitle
    assert "Southampton is 13th of 15" in chart.alt
    moved = movement_chart(answer, source="Source: test")
    assert moved is not None
    assert "among members with figures in both" in moved.caption.subtitle


def test_the_table_holds_every_member_and_the_download_what_it_rests_on(answer) -> None:
    table = members_table(answer)
    assert len(table) == 15
    assert table["Area"].iloc[12] == "Southampton (this area)"
    whole = members_for_download(answer)
    assert set(whole["edition"]) == {"illustrative"}
    assert set(whole["denominator_year"]) == {2009}
    assert "13th of 15" in " ".join(rests_on(answer)["Figure or words"])


def test_a_rank_target_is_outside_or_inside_its_goal(answer) -> None:
    outside = rank_target_chart(answer, goal=3, due="2011-03-31", source="Source: test")
    assert outside is not None
    assert outside.caption.title.endswith("where the plan asks for the top 3")
    assert "due March 2011" in outside.caption.subtitle
    inside = rank_target_chart(answer, goal=13, due="", source="Source: test")
    assert inside is not None
    assert inside.caption.title == "All crime: 13th of 15, inside the top 13 that the plan asks for"


def test_other_groups_are_said_not_to_be_the_police_group(real_data) -> None:
    warehouse = Warehouse(DataDir(real_data))
    dfe = ranking(AreaView.of(warehouse, area="E22000120"), "all_crime")
    assert group_text(dfe).endswith("not the police's Most Similar Group")
    assert "Department for Education" in about_group(dfe)
    force = ranking(AreaView.of(warehouse, area="E22000345"), "all_crime", group=SAME_FORCE)
    assert group_text(force) == f"{SAME_FORCE}: not a group of similar areas"
    assert set(force.members["area_name"]) == {
        "Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield",
    }  # fmt: skip
