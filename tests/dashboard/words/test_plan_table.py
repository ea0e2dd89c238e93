"""A plan's table to change: what is shown, what a change comes to, and how it is told."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.rows import Indicator, rows_of
from dashboard.intake.plan_edits import PlanChange, PlanEdits, Problem, RowEdit, SavedEdits
from dashboard.store.warehouse import Warehouse
from dashboard.words.plan_changes import (
    history_table,
    meanwhile_sentence,
    meanwhile_table,
    removed_question,
    saved_sentence,
    wrong_table,
)
from dashboard.words.plan_table import (
    Column,
    columns_of,
    edits_in,
    table_of,
    with_goal_in_words,
)
from etl.catalogue import load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.plan_edits import Part, rows_of_part

CATALOGUE = load_catalogue(DataDir(PROJECT_DATA))
PLAN = CATALOGUE.plans["southampton_2010_11"]
ROWS = {part: rows_of_part(PLAN, part) for part in ("targets", "actions")}
TITLES = {each.id: each.title for each in CATALOGUE.indicators.values()}
COLUMNS = {
    part: columns_of(part, rows, TITLES, {each.id: each.title for each in PLAN.priority})
    for part, rows in ROWS.items()
}
FIRST = "all_crime_2010_11"


def edited(part: Part, **state: object) -> tuple[RowEdit, ...]:
    return edits_in(state, part, COLUMNS[part], ROWS[part])


@pytest.fixture(scope="module")
def about(default_data) -> dict[str, Indicator]:
    with Warehouse(DataDir(default_data)) as warehouse:
        every = rows_of(warehouse.frame("indicators"), Indicator)
        return {each.indicator_id: each for each in every}


@pytest.mark.parametrize("part", ["targets", "actions"])
def test_every_field_but_the_id_can_be_changed(part: Part) -> None:
    fields = set(next(iter(ROWS[part].values()))) - {"id"}
    assert {each.name for each in COLUMNS[part]} == fields
    table = table_of(COLUMNS[part], ROWS[part])
    assert table.index.tolist() == [*range(1, len(ROWS[part]) + 1)]


def test_cells_are_numbers_days_and_lists() -> None:
    table = table_of(COLUMNS["targets"], ROWS["targets"])
    assert table.loc[1, ["goal_number", "due"]].tolist() == [-18.0, date(2011, 3, 31)]
    assert pd.isna(table.loc[1, "baseline_value"])
    assert table_of(COLUMNS["actions"], ROWS["actions"]).loc[2, "indicators"] == ["ni_39"]


def test_what_is_chosen_from_a_list_has_what_stands_there() -> None:
    rows = {"a": {"indicator": "gone", "priority": "9"}}
    columns = {each.name: each for each in columns_of("targets", rows, {"robbery": "Robbery"}, {})}
    assert columns["indicator"].options == {"robbery": "Robbery", "gone": "gone"}
    assert columns["priority"].options == {"9": "9"}


def test_nothing_changed_is_no_edit() -> None:
    assert edited("targets") == ()
    again = {"goal_number": -18, "due": "2011-03-31T00:00:00.000", "owner": ""}
    assert (
        edited(
            "targets", edited_rows={"0": again}, added_rows=[{}, {"owner": None, "kind": "plan"}]
        )
        == ()
    )
    assert edited("actions", edited_rows={1: {"indicators": ["ni_39"]}}) == ()


def test_a_change_is_told_by_row_and_column() -> None:
    (edit,) = edited("targets", edited_rows={0: {"goal_number": -20.5, "owner": " Zoë "}})
    assert (edit.row_id, edit.line, sorted(edit.columns())) == (FIRST, 1, ["goal_number", "owner"])
    assert edit.after is not None
    assert (edit.after["goal_number"], edit.after["owner"]) == ("-20.5", "Zoë")


def test_a_blank_day_is_not_given() -> None:
    (edit,) = edited("targets", edited_rows={0: {"due": None}})
    assert edit.after is not None
    assert edit.after["due"] == "not given"


def test_rows_come_and_go() -> None:
    gone, come = edited("actions", deleted_rows=[1], added_rows=[{"key_action": "Go", "_index": 9}])
    assert (gone.row_id, gone.line, gone.after) == (PLAN.actions[1].id, 2, None)
    assert (come.row_id, come.line, come.before, come.after) == (
        "", 71, None, {"key_action": "Go"},
    )  # fmt: skip


def _typed(column: Column) -> st.SearchStrategy:
    match column.kind:
        case "number":
            return st.none() | st.integers(-1000, 1000) | st.floats(-1e6, 1e6)
        case "day":
            return st.none() | st.dates().map(lambda day: f"{day.isoformat()}T00:00:00.000")
        case "choice":
            return st.sampled_from([*column.options])
        case "several":
            return st.lists(st.sampled_from([*column.options]), unique=True, max_size=3)
    return st.none() | st.text(max_size=20)


@given(st.data())
def test_a_cell_typed_is_shown_as_it_was_typed(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(["targets", "actions"]))
    column = data.draw(st.sampled_from(COLUMNS[part]))
    value = data.draw(_typed(column))
    edits = edited(part, edited_rows={0: {column.name: value}})
    rows = ROWS[part] | {each.row_id: each.after for each in edits}
    shown = table_of([column], rows).iloc[0, 0]
    if isinstance(value, str) and column.kind != "day":
        value = value.strip()
    if value in (None, "", []):
        assert str(shown) in ("", "not given", "[]", "nan", "None")
    else:
        assert shown == (date.fromisoformat(value[:10]) if column.kind == "day" else value)
    # Typed back to what it was, nothing is changed.
    before = table_of([column], ROWS[part]).iloc[0, 0]
    back = None if column.kind == "number" and pd.isna(before) else before
    back = back.isoformat() if isinstance(back, date) else back
    assert edited(part, edited_rows={0: {column.name: back}}) == ()


OWN = {"indicator": "robbery", "goal": "relative_change", "goal_number": "-10",
       "goal_stated": "10% less"}  # fmt: skip


def _stated(about: dict[str, Indicator], before: dict[str, str] | None, **after: str):
    after = {**(before or {}), **after}
    (edit,), problems = with_goal_in_words([RowEdit("a", 4, before, after)], about)
    assert edit.after is not None
    return edit.after.get("goal_stated"), [(each.line, each.column) for each in problems]


def test_words_that_the_app_wrote_follow_the_number(about) -> None:
    own = OWN | {"goal_stated": "10% fewer"}
    assert _stated(about, own, goal_number="-12") == ("12% fewer", [])
    assert _stated(about, own, goal="value", goal_number="900") == ("900 or fewer", [])
    assert _stated(about, own, owner="Ben") == ("10% fewer", [])
    new = {name: value for name, value in OWN.items() if name != "goal_stated"}
    assert _stated(about, None, **new) == ("10% fewer", [])
    assert _stated(about, None, **new | {"goal": "rank"}) == ("", [])


def test_words_of_a_plan_are_left_to_whoever_changes_the_goal(about) -> None:
    plans = OWN | {"goal_stated": "at least a tenth"}
    assert _stated(about, plans, goal_number="-12")[1] == [(4, "goal_stated")]
    assert _stated(about, plans, goal_number="-12", goal_stated="at least 12%") == (
        "at least 12%", [],
    )  # fmt: skip


def line(row: str, column: str, before: str, after: str, when: str = "10:00") -> PlanChange:
    return PlanChange(f"2026-01-05T{when}:00+00:00", "Ann", "targets", row, column, before, after)


def test_the_history_is_told_latest_first() -> None:
    new = [line("x", "id", "", "x", "09:00"), line("x", "indicator", "", "robbery", "09:00"),
           line("x", "goal_number", "", "-5", "09:00")]  # fmt: skip
    table = history_table(
        [*new, line(FIRST, "owner", "", "Zoë")], "targets", ROWS["targets"], TITLES
    )
    assert table.to_numpy().tolist() == [
        ["5 January 2026, 10:00", "Ann", "All crime", "Owner", "", "Zoë"],
        ["5 January 2026, 09:00", "Ann", "Robbery", "Added", "", "Goal: -5"],
    ]
    assert history_table(new, "actions", {}, TITLES).empty


def test_a_time_that_somebody_spoiled_is_shown_as_it_is() -> None:
    spoiled = PlanChange("May", "Ann", "targets", FIRST, "owner", "", "Zoë")
    assert history_table([spoiled], "targets", ROWS["targets"], TITLES).loc[0, "When"] == "May"


def test_what_is_wrong_is_told_in_the_words_of_the_table() -> None:
    found = Problem("targets", 2, "baseline_period", "May", "String should match", "correct; see x")
    (told,) = wrong_table([found], "targets").to_dict("records")
    assert (told["Row"], told["Column"], told["What to do"]) == ("2", "Baseline", "correct")
    assert told["Rule"].startswith("write 2024/25")


def test_what_others_changed_stands_beside_ones_own() -> None:
    mine = PlanEdits("p", "targets", (RowEdit("a", 2, OWN, OWN | {"owner": "Cy"}),), "Cy")
    told = meanwhile_table(mine, [Problem("targets", 2, "owner", "Ben", "Ben changed this", "")])
    assert told.iloc[0].tolist() == ["2", "Owner", "Ben", "Cy", "Ben changed this"]


def test_sentences_count() -> None:
    gone = [RowEdit(name, 1, cells, None) for name, cells in ROWS["targets"].items()]
    assert removed_question("targets", gone[:1], TITLES) == "Take out one target? All crime."
    assert removed_question("targets", gone[:5], TITLES).endswith(" and two more.")
    saved = SavedEdits("p", (line("a", "owner", "", "x"), line("a", "note", "", "y")), ())
    assert saved_sentence("targets", saved) == "Saved and published: one target changed."
    assert meanwhile_sentence(saved) == ""
    others = SavedEdits("p", (), (line("b", "owner", "", "x"),))
    assert meanwhile_sentence(others).startswith("Meanwhile Ann changed other rows")
