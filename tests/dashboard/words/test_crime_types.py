"""Types put into words: what is behind a change, what is withheld."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.crime_types import crime_types, history_of_type, tree_of_types
from dashboard.pages.crime_types.headline import moved_most
from dashboard.pages.crime_types.history import histories_chart, history_chart
from dashboard.pages.crime_types.type_tree import in_its_tree, rows_to_show
from dashboard.store.warehouse import Warehouse
from dashboard.words.crime_types import (
    DOWN,
    how_to_read,
    side_by_side_table,
    tree_labels,
    types_table,
)
from etl.datadir import DataDir

AS_AT = "2009-12"


@pytest.fixture(scope="module")
def view(default_data: Path) -> AreaView:
    return AreaView.of(Warehouse(DataDir(default_data)))


@pytest.fixture(scope="module")
def types(view: AreaView) -> pd.DataFrame:
    return crime_types(view.at(AS_AT), basis="ytd")


def test_parts_stand_under_their_whole(view) -> None:
    tree = tree_of_types(view)
    order = list(tree["indicator_id"])
    assert order[:4] == ["all_crime", "criminal_damage_and_arson", "arson", "criminal_damage"]
    assert list(tree["depth"][:4]) == [0, 1, 2, 2]
    assert tree["indicator_id"].is_unique


def test_the_title_says_which_part_moved_most(types) -> None:
    assert moved_most(types, "all_crime") == "dwelling burglary rose most (+137)"
    falling = types[types["change"].lt(0) | types["change"].isna()]
    assert moved_most(falling, "all_crime") == "criminal damage and arson fell most (−778)"
    assert moved_most(types, "robbery") == ""


def test_the_table_is_the_tree_of_the_type_chosen(types) -> None:
    tree = in_its_tree(rows_to_show(types, "arson"), "arson")["indicator_id"].tolist()
    assert tree[:3] == ["all_crime", "criminal_damage_and_arson", "arson"]
    alone = in_its_tree(rows_to_show(types, "common_assault"), "common_assault")
    assert set(alone["indicator_id"]).isdisjoint(tree)
    assert alone["part_of"].eq("").all()


def test_a_search_for_a_whole_finds_its_parts(types) -> None:
    labels = tree_labels(types)
    assert labels["robbery"] == "Robbery"
    assert labels["arson"] == f"Criminal damage and arson{DOWN}Arson"
    assert list(labels) == types["indicator_id"].tolist()


def test_areas_of_a_type_stand_under_each_other(types) -> None:
    both = types[types["indicator_id"].isin(["robbery", "arson"])]
    table = pd.concat([both.assign(area_name=name) for name in ("Here", "There")])
    shown = side_by_side_table(table)
    assert shown["Type"].tolist() == ["Arson", "Arson", "Robbery", "Robbery"]
    assert shown["Area"].tolist() == ["Here", "There"] * 2


def test_lines_of_several_areas_are_named_by_area(view) -> None:
    years = history_of_type(view, "robbery", "twelve_months", AS_AT)
    histories = {("Robbery", "Here"): years, ("Robbery", "There"): years}
    drawn = {"kind": "twelve_months", "source": "Source: test", "illustrative": True}
    chart = histories_chart(histories, **drawn)
    assert chart is not None
    assert chart.caption.title.startswith("Robbery: Here from ")
    assert [trace.name for trace in chart.figure.data] == ["Here", "There"]
    steeper = years.assign(value=years["value"] * pd.Series(range(1, len(years) + 1)))
    many = histories_chart({**histories, ("Robbery", "Beyond"): steeper}, **drawn)
    assert many is not None
    assert many.caption.title.startswith("Robbery: Beyond moved most, from ")
    assert histories_chart({("Robbery", "Here"): years.iloc[:0]}, **drawn) is None


def test_small_bases_withhold_the_percentage_and_small_counts_the_number(types) -> None:
    row = types[types["indicator_id"].eq("robbery")]
    small = row.assign(previous=49.0, percent=None)
    assert types_table(small)["Change, %"].iloc[0] == "withheld"
    hidden = row.assign(
        current=None, change=None, percent=None, rate=None, lower=None,
        current_instead="fewer than 5",
    )  # fmt: skip
    cells = types_table(hidden).iloc[0]
    assert cells["Now"] == "fewer than 5"
    assert cells["Change"] == cells["Change, %"] == "–"
    assert cells["Per 1,000"] == "–"
    assert "under 50" in how_to_read(row)


def test_a_history_ends_where_it_is_as_at(view, types) -> None:
    months = history_of_type(view, "robbery", "months", "2009-06")
    assert months["period"].iloc[-1] == pd.Timestamp("2009-06-01")
    years = history_of_type(view, "robbery", "twelve_months", AS_AT)
    last_twelve = history_of_type(view, "robbery", "months", AS_AT)["value"].tail(12).sum()
    assert years["value"].iloc[-1] == last_twelve
    one = {"robbery": years}
    drawn = {"kind": "twelve_months", "area_name": "Southampton", "source": "Source: test"}
    chart = history_chart(one, types, **drawn)
    assert chart is not None
    assert (
        chart.caption.title == "Robbery fell 13% (April to December 2009 on April to December 2008)"
    )


def test_more_types_than_colours_are_counted_not_drawn(view, types) -> None:
    chosen = types["indicator_id"].head(8)
    histories = {each: history_of_type(view, each, "months", AS_AT) for each in chosen}
    drawn = {"kind": "months", "area_name": "Southampton", "source": "Source: test"}
    chart = history_chart(histories, types, **drawn)
    assert chart is not None
    assert len(chart.figure.data) == 6
    assert "2 more types chosen are not drawn" in chart.caption.subtitle
