"""Goals made up for the worked example count nowhere: with others, all but the marked is the same.

Two databases differ in nothing but the made-up goals: in one of them none can be met.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.app import PAGES
from dashboard.cli.main import app
from dashboard.pages.overview.board import board_of
from dashboard.pages.overview.sections import MADE_UP_HEADING
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.pages.targets.sheet import sheet_of
from dashboard.store.warehouse import Warehouse
from dashboard.words.verdict import GOAL_MADE_UP
from etl import publish
from etl.datadir import DataDir

AS_AT, PLAN = "2009-12", "southampton_2010_11"
MADE_UP = 9
MARK = re.compile(rf'(badge\[|class="chip [^"]*">){GOAL_MADE_UP}', re.IGNORECASE)
"""What stands over a section of such a goal."""
INDICATORS = ("ni_32", "criminal_damage", "assaults_hospital_ed", "ni_15")
HARDER = """
    update target
    set goal_number = case
        when goal = 'relative_change' then -95
        when indicator_id = 'ni_110' then 100
        else 0.001
    end
    where illustrative
"""


@pytest.fixture(scope="module")
def harder(default_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded default with made-up goals that nobody can meet."""
    folder = tmp_path_factory.mktemp("harder") / "data"
    shutil.copytree(default_data, folder)
    data = DataDir(folder)
    published = publish.current(data)
    assert published is not None
    with duckdb.connect(str(data.build / published.database)) as connection:
        connection.execute(HARDER)
    return folder


@pytest.fixture(scope="module")
def views(default_data: Path, harder: Path) -> Iterator[tuple[AreaView, AreaView]]:
    with Warehouse(DataDir(default_data)) as usual, Warehouse(DataDir(harder)) as other:
        yield AreaView.of(usual, PLAN, as_at=AS_AT), AreaView.of(other, PLAN, as_at=AS_AT)


def pieces(page: AppTest) -> list[str]:
    """What a page says and draws, in order, without what stands under a chip in its section.

    Tables come row by row.
    """
    found, is_marked, is_apart = [], False, False
    for element in page.main:
        kind, proto = element.type, getattr(element, "proto", None)
        value = getattr(element, "value", "")
        said = value.to_csv(lineterminator="<tr") if isinstance(value, pd.DataFrame) else str(value)
        said += "".join(str(getattr(proto, name, "")) for name in ("label", "body", "spec"))
        if kind == "bidi_component":
            said += json.loads(proto.json).get("markup", "")
        if kind in ("header", "title"):
            is_marked = False
        is_marked = is_marked or bool(MARK.search(said))
        # The Overview's last part is of them alone.
        is_apart = is_apart or (kind == "header" and value == MADE_UP_HEADING)
        if not (is_marked or is_apart):
            found += said.split("<tr")
    # Of a table nothing but its headings changes where a marked row has no cell under one.
    return [each for each in found if 'scope="col"' not in each]


def asked(folder: Path, *words: str) -> object:
    result = CliRunner().invoke(app, ["show", *words, "--as-at", AS_AT, "--data-dir", str(folder)])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_the_made_up_goals_are_others(views) -> None:
    usual, other = (sheet_of(view).table for view in views)
    is_made_up = usual["Kind"].str.contains(GOAL_MADE_UP)
    assert is_made_up.sum() == MADE_UP
    assert usual.loc[is_made_up, "Status"].eq("● On track").sum() == MADE_UP - 1
    assert not other.loc[is_made_up, "Status"].eq("● On track").any()
    # Every row that differs is marked.
    pd.testing.assert_frame_equal(usual[~is_made_up], other[~is_made_up])


@pytest.mark.parametrize("module", [path for _, path, _, _ in PAGES])
def test_no_page_says_anything_else_for_them(open_page, default_data, harder, module) -> None:
    usual, other = (
        pieces(open_page(module, folder, plan=PLAN, as_at=AS_AT))
        for folder in (default_data, harder)
    )
    assert len(usual) > 1
    differs = [a for a, b in zip(usual, other, strict=True) if a != b]
    assert [each for each in differs if "made up" not in each] == []


@pytest.mark.parametrize("indicator", INDICATORS)
def test_nor_does_the_page_of_an_indicator(open_page, default_data, harder, indicator) -> None:
    for module in ("indicator", "quarterly_review"):
        usual, other = (
            pieces(open_page(module, folder, plan=PLAN, as_at=AS_AT, indicator=indicator))
            for folder in (default_data, harder)
        )
        differs = [a for a, b in zip(usual, other, strict=True) if a != b]
        assert [each for each in differs if "made up" not in each] == []


def test_headline_sums_and_decisions_are_the_same(views) -> None:
    usual, other = (board_of(view) for view in views)
    assert usual.headline == other.headline
    assert usual.headline.startswith("One of 14 top-priority goals is given, and off track")
    for one, two in zip(usual.stretch, other.stretch, strict=True):
        assert (one.verdict, one.numbers, one.said) == (two.verdict, two.numbers, two.said)
        assert [each.note for each in one.numbers if each.label == "chance"] == ["no goal given"]
        assert not any("expected" in each.note for each in one.numbers)
    pd.testing.assert_frame_equal(usual.tiles.table, other.tiles.table)
    assert not usual.made_up.tiles.table.equals(other.made_up.tiles.table)
    for one, two in zip(usual.made_up.stretch, other.made_up.stretch, strict=True):
        assert [each.label for each in one.numbers] == ["chance"]
        assert one.numbers != two.numbers
    first, second = (meeting_sheet(view) for view in views)
    assert first.title == second.title
    pd.testing.assert_frame_equal(first.numbers, second.numbers)
    assert first.said == second.said
    assert first.about == second.about
    assert first.rows == second.rows
    assert sheet_of(views[0]).title == sheet_of(views[1]).title
    assert sheet_of(views[0]).about == sheet_of(views[1]).about
    assert sheet_of(views[0]).given == sheet_of(views[1]).given


def test_the_command_marks_them_and_reckons_no_money(default_data, harder) -> None:
    for question in (
        ("exceptions",),
        ("worth-reporting",),
        ("control", "--indicator", "assaults_hospital_ed"),
    ):
        assert asked(default_data, *question) == asked(harder, *question)
    rows = asked(default_data, "status", "--every-target")
    assert sum(row["goal_is_illustrative"] for row in rows) == MADE_UP
    assert not any(row["goal_is_given"] for row in rows if row["goal_is_illustrative"])
    given = {row["target_id"] for row in rows if row["goal_is_given"]}
    assert {row["kind"] for row in rows if row["target_id"] in given} == {
        "designated", "plan", "aim",
    }  # fmt: skip
    again = asked(harder, "status", "--every-target")
    assert [row for row in rows if row["target_id"] in given] == [
        row for row in again if row["target_id"] in given
    ]
    for indicator in ("criminal_damage", "assaults_hospital_ed"):
        words = ("--indicator", indicator, "--target", f"{indicator}_stretch")
        found = asked(default_data, "projection", *words)
        assert (found["goal_is_given"], found["expected_reward_gbp"]) == (False, None)
        assert 0 < found["chance_met"] < 1
