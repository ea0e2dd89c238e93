"""Types put into words: what is behind a change, what is withheld."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.answers.crime_types import crime_types, history_of_type, parts_of, tree_of_types
from dashboard.answers.picture import Picture
from dashboard.exhibits.crime_types import (
    contribution_chart,
    history_chart,
    how_to_read,
    summary,
    types_table,
)
from dashboard.warehouse import Warehouse
from etl.datadir import DataDir

AS_AT = "2009-12"


@pytest.fixture(scope="module")
def picture(default_data: Path) -> Picture:
    return Picture.of(Warehouse(DataDir(default_data)))


@pytest.fixture(scope="module")
def types(picture: Picture) -> pd.DataFrame:
    return crime_types(picture, AS_AT, "ytd")


def test_parts_stand_under_their_whole(picture) -> None:
    tree = tree_of_types(picture)
    order = list(tree["indicator_id"])
    assert order[:4] == ["all_crime", "criminal_damage_and_arson", "arson", "criminal_damage"]
    assert list(tree["depth"][:4]) == [0, 1, 2, 2]
    assert tree["indicator_id"].is_unique


def test_the_parts_of_all_crime_add_up_to_its_change(types) -> None:
    parts, rest = parts_of(types, "all_crime")
    whole = types.set_index("indicator_id").loc["all_crime"]
    assert rest == 0
    assert parts["change"].sum() == whole["change"]
    assert parts["current"].sum() == whole["current"]


def test_parts_that_do_not_add_up_are_said_not_to(types) -> None:
    fewer = types[types["indicator_id"].ne("robbery")]
    chart = contribution_chart(fewer, "all_crime", source="Source: test")
    assert chart is not None
    assert "The parts leave −39 of the change unexplained" in chart.subtitle
    unknown = types.assign(change=types["change"].where(types["indicator_id"].ne("robbery")))
    chart = contribution_chart(unknown, "all_crime", source="Source: test")
    assert chart is not None
    assert "One of the parts has no change" in chart.subtitle


def test_a_type_without_parts_has_no_such_chart(types) -> None:
    assert contribution_chart(types, "robbery", source="") is None
    assert summary(types, "robbery").startswith("Robbery fell 13% in April to December 2009")


def test_small_bases_withhold_the_percentage_and_small_counts_the_number(types) -> None:
    row = types[types["indicator_id"].eq("robbery")]
    small = row.assign(previous=49.0, percent=None)
    assert types_table(small)["Change, %"].iloc[0] == "withheld"
    hidden = row.assign(current=3.0, small_count_threshold=5)
    cells = types_table(hidden).iloc[0]
    assert cells["Now"] == "fewer than 5"
    assert cells["Change"] == cells["Change, %"] == "no figure"
    assert cells["Per 1,000"] == "–"
    assert "under 50" in how_to_read(row)


def test_a_history_ends_where_it_is_as_at(picture, types) -> None:
    months = history_of_type(picture, "robbery", "months", "2009-06")
    assert months["period"].iloc[-1] == pd.Timestamp("2009-06-01")
    years = history_of_type(picture, "robbery", "twelve_months", AS_AT)
    last_twelve = history_of_type(picture, "robbery", "months", AS_AT)["value"].tail(12).sum()
    assert years["value"].iloc[-1] == last_twelve
    one = {"robbery": years}
    drawn = {"kind": "twelve_months", "area_name": "Southampton", "source": "Source: test"}
    chart = history_chart(one, types, **drawn)
    assert chart is not None
    assert chart.title == "Robbery fell 13% (April to December 2009 on April to December 2008)"


def test_more_types_than_colours_are_counted_not_drawn(picture, types) -> None:
    chosen = types["indicator_id"].head(8)
    histories = {each: history_of_type(picture, each, "months", AS_AT) for each in chosen}
    drawn = {"kind": "months", "area_name": "Southampton", "source": "Source: test"}
    chart = history_chart(histories, types, **drawn)
    assert chart is not None
    assert len(chart.figure.data) == 6
    assert "2 more types chosen are not drawn" in chart.subtitle
