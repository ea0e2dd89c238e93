"""Targets and actions that people change in a table: checked, kept with who and when, or undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from etl import plan_edits_saved, publish
from etl.build_lock import BuildIsRunningError, build_lock
from etl.catalogue import load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.own_plans import COME_WITH_THE_PRODUCT, NewTarget, add_target, is_own_plan
from etl.plan_edits import Part, PlanEdits, RowEdit, rebased, rows_of_part
from etl.plan_edits_saved import ChangedMeanwhileError, edit_plan, own_plan
from etl.plan_folder import add_plan
from etl.plan_history import HISTORY, read_history
from etl.plan_workbook import write_plan_workbook
from etl.problems import InputError, Problem

LEEDS, PLAN = "E22000345", "leeds_2025_26"
ROBBERY, BURGLARY = "robbery_2025_26", "dwelling_burglary_2025_26"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDir:
    """A data folder with a plan of two targets; no build is made until a test asks for one."""
    data = DataDir(tmp_path / "figures")
    with monkeypatch.context() as patch:
        patch.setattr("etl.own_plans.build_locked", lambda _data, _progress: None)
        for indicator in ("robbery", "dwelling_burglary"):
            add_target(data, target_on(indicator))
    return data


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the build out, for what comes before and after it."""
    monkeypatch.setattr(plan_edits_saved, "build_locked", lambda _data, _progress: None)


def target_on(indicator: str) -> NewTarget:
    return NewTarget(
        area_code=LEEDS, area_name="Leeds", plan="", indicator=indicator, goal="relative_change",
        goal_number=-10, goal_stated="10% fewer", baseline_period="2024/25", due=date(2026, 3, 31),
        path="straight", owner="Ann", written_by="Ann", written_on=date(2026, 1, 2),
    )  # fmt: skip


def table(data: DataDir, part: Part = "targets") -> dict[str, dict[str, str]]:
    return rows_of_part(load_catalogue(data).plans[PLAN], part)


def folder(data: DataDir) -> Path:
    return data.root / "plans" / PLAN


def files(data: DataDir) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder(data).iterdir()}


def edits(
    data: DataDir,
    changes: Mapping[str, Mapping[str, str] | None],
    *,
    part: Part = "targets",
    by: str = "Ben",
) -> PlanEdits:
    """Give what somebody wants of rows of the table as it is now; "" is the id of a new one."""
    there = table(data, part)
    lines = {name: line for line, name in enumerate(there, start=1)}
    rows = [
        RowEdit(
            name, lines.get(name, len(there) + 1), there.get(name),
            None if cells is None else there.get(name, {}) | dict(cells),
        )
        for name, cells in changes.items()
    ]  # fmt: skip
    return PlanEdits(PLAN, part, tuple(rows), by, len(read_history(folder(data))))


def problems_of(data: DataDir, wanted: PlanEdits) -> list[Problem]:
    before = files(data)
    with pytest.raises(InputError) as caught:
        edit_plan(data, wanted)
    assert files(data) == before
    return list(caught.value.problems)


def test_it_is_built_and_published_with_who_and_when(data: DataDir) -> None:
    saved = edit_plan(data, edits(data, {ROBBERY: {"goal_number": "-12", "owner": "Zoë"}}))
    published = publish.current(data)
    assert published is not None
    targets = publish.read_mart(data.build / published.database, "target")
    own = targets[targets["plan_id"].eq(PLAN)].set_index("target_id")
    assert own.loc[ROBBERY, ["goal_number", "owner"]].tolist() == [-12.0, "Zoë"]
    assert own.loc[BURGLARY, ["goal_number", "owner"]].tolist() == [-10.0, "Ann"]
    lines = [(each.changed_by, each.row, each.column, each.before, each.after)
             for each in read_history(folder(data)) if each.changed_by == "Ben"]  # fmt: skip
    assert lines == [
        ("Ben", ROBBERY, "goal_number", "-10", "-12"), ("Ben", ROBBERY, "owner", "Ann", "Zoë"),
    ]  # fmt: skip
    assert [each.column for each in saved.changes] == ["goal_number", "owner"]


@pytest.mark.usefixtures("unbuilt")
def test_rows_come_and_go_and_all_of_them_is_in_the_history(data: DataDir) -> None:
    new = {"indicator": "all_crime", "kind": "plan", "goal": "value", "goal_number": "900",
           "due": "2027-03-31"}  # fmt: skip
    edit_plan(data, edits(data, {ROBBERY: None, "": new}))
    assert [*table(data)] == [BURGLARY, "all_crime_2026_27"]
    history = read_history(folder(data))
    come = {each.column: each.after for each in history if each.row == ROBBERY and each.after}
    assert come["owner"] == "Ann"
    gone = {each.column: each.before for each in history if each.row == ROBBERY and each.before}
    assert gone["owner"] == "Ann"
    assert gone["goal_number"] == "-10"
    come = {each.column: each.after for each in history if each.row == "all_crime_2026_27"}
    assert come["goal_number"] == "900"


@pytest.mark.usefixtures("unbuilt")
def test_actions_are_begun_and_changed(data: DataDir) -> None:
    first = {"section": "Young people", "key_action": "Open the club", "lead_agency": "Council"}
    edit_plan(data, edits(data, {"": first}, part="actions"))
    edit_plan(data, edits(data, {"": first}, part="actions"))
    assert [*table(data, "actions")] == ["young_people", "young_people_2"]
    edit_plan(data, edits(data, {"young_people": {"indicators": "robbery"}}, part="actions"))
    assert table(data, "actions")["young_people"]["indicators"] == "robbery"


@pytest.mark.parametrize(
    ("row", "cells", "line", "column", "rule"),
    [
        (ROBBERY, {"indicator": "robery"}, 1, "indicator", "there is no such indicator"),
        (BURGLARY, {"goal_number": "a lot"}, 2, "goal_number", "valid number"),
        (BURGLARY, {"goal_number": ""}, 2, "", "goal_number must be given"),
        (BURGLARY, {"goal_number": "inf"}, 2, "goal_number", "this is no number"),
        (BURGLARY, {"goal_number": "-101"}, 2, "goal_number", "more than 100%"),
        (BURGLARY, {"baseline_period": "last year"}, 2, "baseline_period", "should match"),
        (BURGLARY, {"path": "steps"}, 2, "", "steps"),
        ("", {"indicator": "all_crime", "goal": "not_given"}, 3, "kind", "Input should be"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(data, row, cells, line, column, rule) -> None:
    found = problems_of(data, edits(data, {row: cells}))
    assert [(each.line, each.column) for each in found if rule in each.rule] == [(line, column)]


def test_every_problem_is_told_at_once(data: DataDir) -> None:
    wanted = edits(data, {ROBBERY: {"goal": "win"}, BURGLARY: {"due": "soon"}, "": {}})
    assert {each.line for each in problems_of(data, wanted)} == {1, 2, 3}


def test_an_action_needs_its_words(data: DataDir) -> None:
    found = problems_of(data, edits(data, {"": {"lead_agency": "Police"}}, part="actions"))
    assert [each.column for each in found] == ["section", "key_action"]


@pytest.mark.usefixtures("unbuilt")
def test_who_changes_another_row_meanwhile_loses_nothing_and_is_told_of(data: DataDir) -> None:
    mine = edits(data, {BURGLARY: {"owner": "Cy"}}, by="Cy")
    edit_plan(data, edits(data, {ROBBERY: {"owner": "Ben"}}))
    saved = edit_plan(data, mine)
    assert {name: row["owner"] for name, row in table(data).items()} == {
        ROBBERY: "Ben", BURGLARY: "Cy",
    }  # fmt: skip
    assert [(each.changed_by, each.row) for each in saved.meanwhile] == [("Ben", ROBBERY)]


@pytest.fixture
def second_of_two(data: DataDir, unbuilt: None) -> PlanEdits:
    """What Cy wants of a row, and of another, after Ben changed the one."""
    wanted = {ROBBERY: {"owner": "Cy", "note": "mine"}, BURGLARY: {"owner": "Cy"}}
    mine = edits(data, wanted, by="Cy")
    edit_plan(data, edits(data, {ROBBERY: {"owner": "Ben", "goal_number": "-15"}}))
    return mine


def resolved(data: DataDir, mine: PlanEdits, *, keep: bool) -> dict[str, dict[str, str]]:
    seen = len(read_history(folder(data)))
    edit_plan(data, rebased(mine, load_catalogue(data).plans[PLAN], keep=keep, seen=seen))
    return table(data)


def test_who_changes_the_same_row_is_told_what_changed(data, second_of_two) -> None:
    with pytest.raises(ChangedMeanwhileError) as caught:
        edit_plan(data, second_of_two)
    told = [(each.line, each.column, each.value) for each in caught.value.problems]
    assert told == [(1, "goal_number", "-15"), (1, "owner", "Ben")]
    assert "Ben changed this from -10 since" in caught.value.problems[0].rule
    assert table(data)[BURGLARY]["owner"] == "Ann"


def test_kept_over_theirs_only_what_was_typed_is_written(data, second_of_two) -> None:
    now = resolved(data, second_of_two, keep=True)
    assert (now[ROBBERY]["owner"], now[ROBBERY]["note"]) == ("Cy", "mine")
    assert now[ROBBERY]["goal_number"] == "-15"
    assert now[BURGLARY]["owner"] == "Cy"


def test_left_to_them_other_rows_are_saved(data, second_of_two) -> None:
    now = resolved(data, second_of_two, keep=False)
    assert (now[ROBBERY]["owner"], now[BURGLARY]["owner"]) == ("Ben", "Cy")


@pytest.mark.usefixtures("unbuilt")
def test_a_row_that_somebody_took_out_can_be_kept(data: DataDir) -> None:
    mine = edits(data, {ROBBERY: {"owner": "Cy"}}, by="Cy")
    edit_plan(data, edits(data, {ROBBERY: None}))
    with pytest.raises(ChangedMeanwhileError, match="Ben took this row out"):
        edit_plan(data, mine)
    assert resolved(data, mine, keep=True)[ROBBERY]["owner"] == "Cy"


@pytest.mark.usefixtures("unbuilt")
def test_two_who_want_the_same_both_have_it(data: DataDir) -> None:
    mine = edits(data, {ROBBERY: {"owner": "Cy"}}, by="Cy")
    edit_plan(data, edits(data, {ROBBERY: {"owner": "Cy"}}))
    assert edit_plan(data, mine).changes == ()


def test_while_somebody_builds_nothing_is_kept(data: DataDir) -> None:
    wanted, before = edits(data, {ROBBERY: {"owner": "Cy"}}), files(data)
    with build_lock(data, "Di"), pytest.raises(BuildIsRunningError, match="Di"):
        edit_plan(data, wanted)
    assert files(data) == before


@pytest.mark.parametrize(
    "error", [InputError.of("x", "y", "z"), OSError("full"), KeyboardInterrupt()]
)
def test_of_a_build_that_fails_nothing_is_kept(data, monkeypatch, error) -> None:
    path = folder(data) / "targets.toml"

    def fail(_data: DataDir, _progress: object) -> None:
        assert b"Cy" in path.read_bytes()
        raise error

    before = files(data)
    monkeypatch.setattr(plan_edits_saved, "build_locked", fail)
    wanted = edits(data, {ROBBERY: {"owner": "Cy"}, BURGLARY: None})
    with pytest.raises(type(error)):
        edit_plan(data, wanted)
    assert files(data) == before


def test_what_somebody_wrote_by_hand_while_it_was_built_stays(data, monkeypatch) -> None:
    path = folder(data) / "targets.toml"
    before = path.read_bytes()

    def fail(_data: DataDir, _progress: object) -> None:
        with path.open("ab") as file:
            file.write(b"# by hand\n")
        raise OSError("full")

    monkeypatch.setattr(plan_edits_saved, "build_locked", fail)
    with pytest.raises(OSError, match="full"):
        edit_plan(data, edits(data, {ROBBERY: {"owner": "Cy"}}))
    assert path.read_bytes() == before + b"# by hand\n"


@pytest.mark.usefixtures("unbuilt")
def test_the_history_is_only_added_to_and_outlives_a_plan_that_is_replaced(data, tmp_path) -> None:
    edit_plan(data, edits(data, {ROBBERY: {"owner": "Cy"}}))
    first = (folder(data) / HISTORY).read_bytes()
    edit_plan(data, edits(data, {ROBBERY: {"owner": "Ann"}}))
    history = (folder(data) / HISTORY).read_bytes()
    assert history.startswith(first)
    catalogue = load_catalogue(data)
    write_plan_workbook(tmp_path / "plan.xlsx", catalogue, catalogue.plans[PLAN])
    add_plan(data, tmp_path / "plan.xlsx", added_by="Ann", replace=True)
    assert (folder(data) / HISTORY).read_bytes() == history


def test_a_plan_that_comes_with_the_product_is_copied_not_edited(data: DataDir) -> None:
    catalogue = load_catalogue(data)
    assert catalogue.plans.keys() - {PLAN} == COME_WITH_THE_PRODUCT
    assert is_own_plan(data, PLAN)
    for plan in COME_WITH_THE_PRODUCT:
        assert not is_own_plan(DataDir(PROJECT_DATA), plan)
        with pytest.raises(InputError, match=f"safecity template plan --of {plan}"):
            own_plan(data, catalogue, plan)
