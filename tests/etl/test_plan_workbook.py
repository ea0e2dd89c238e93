"""A whole plan goes into a workbook and comes back equal; a wrong row is named by its row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl import load_files as loading
from etl.catalogue import load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.load_files import load_files
from etl.plan_folder import REPLACED, add_plan, write_plan
from etl.plan_sheets import ROW_SHEETS
from etl.plan_workbook import is_plan_workbook, read_plan_workbook, write_plan_workbook
from etl.problems import InputError, Problem

CATALOGUE = load_catalogue(DataDir(PROJECT_DATA))
SOUTHAMPTON = CATALOGUE.plans["southampton_2010_11"]
PLANS = sorted(CATALOGUE.plans)


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    (tmp_path / "figures").mkdir()
    return DataDir(tmp_path / "figures")


def changed(path: Path, **cells: str) -> Path:
    """Write into cells of a sheet, named `Sheet_A2`."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        sheet, _, cell = name.rpartition("_")
        book[sheet.replace("_", " ")][cell] = value
    book.save(path)
    return path


def southampton(folder: Path) -> Path:
    path = folder / "plan.xlsx"
    write_plan_workbook(path, CATALOGUE, SOUTHAMPTON)
    return path


def problems_in(path: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_plan_workbook(path, CATALOGUE)
    return list(caught.value.problems)


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_plan_comes_back_equal(tmp_path: Path, plan_id: str):
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, CATALOGUE, CATALOGUE.plans[plan_id])
    assert is_plan_workbook(path)
    assert read_plan_workbook(path, CATALOGUE) == CATALOGUE.plans[plan_id]


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_plan_is_read_from_its_written_folder_as_it_was(data: DataDir, plan_id: str):
    write_plan(CATALOGUE.plans[plan_id], data.root / "plans" / plan_id)
    assert load_catalogue(data).plans[plan_id] == CATALOGUE.plans[plan_id]


def test_all_seventy_actions_come_back(tmp_path: Path):
    plan = read_plan_workbook(southampton(tmp_path), CATALOGUE)
    assert len(plan.actions) == 70
    assert len(plan.targets) == len(SOUTHAMPTON.targets)


def test_saved_again_by_another_program_it_is_the_same(tmp_path: Path):
    path = changed(southampton(tmp_path))
    assert read_plan_workbook(path, CATALOGUE) == SOUTHAMPTON


def test_the_template_explains_and_its_examples_are_refused(tmp_path: Path):
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, CATALOGUE)
    found = problems_in(path)
    examples = [each for each in found if each.rule == "this is the example row"]
    assert len(examples) == sum(1 for sheet in ROW_SHEETS if sheet.example)
    assert {each.line for each in examples} == {2}


def test_the_example_rows_are_right_but_for_their_mark(tmp_path: Path):
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, CATALOGUE)
    book = openpyxl.load_workbook(path)
    for sheet in ROW_SHEETS:
        if sheet.example:
            cell = book[sheet.name]["A2"]
            cell.value = str(cell.value).removeprefix("EXAMPLE ")
    plan_sheet = book["Plan"]
    answers = {"title": "Plan", "period": "2025/26", "area_code": "E22000118",
               "area_name": "Portsmouth"}  # fmt: skip
    for row in plan_sheet.iter_rows(min_row=2):
        row[1].value = answers.get(str(row[0].value))
    book.save(path)
    plan = read_plan_workbook(path, CATALOGUE)
    assert (plan.id, len(plan.targets), plan.figure_set) == ("portsmouth_2025_26", 1, "real")


@pytest.mark.parametrize(
    ("cells", "line", "column", "rule"),
    [
        ({"Targets_B3": "burglry"}, 3, "indicator", "there is no such indicator"),
        ({"Targets_D2": "fewer"}, 2, "goal", "Input should be"),
        ({"Targets_E2": "a lot"}, 2, "goal_number", "Input should be a valid number"),
        ({"Targets_A3": SOUTHAMPTON.targets[0].id}, 3, "id", "this id stands twice"),
        ({"Actions_A5": SOUTHAMPTON.actions[0].id}, 5, "id", "this id stands twice"),
        ({"Notes_F2": "bad"}, 2, "effect", "Input should be"),
        ({"Targets_C1": "sort"}, 1, "sort", "the sheet has no such column"),
        ({"Plan_A3": "tittle"}, 3, "field", "a plan has no such field"),
        ({"Plan_B4": ""}, 4, "period", "Field required"),
        ({"Plan_B2": "../elsewhere"}, 2, "id", "this cannot be a folder's name"),
    ],
)
def test_what_is_wrong_is_named_by_sheet_row_and_column(tmp_path, cells, line, column, rule):
    path = changed(southampton(tmp_path), **cells)
    sheet = next(iter(cells)).rpartition("_")[0]
    found = problems_in(path)
    assert any(
        each.file == f"plan.xlsx, sheet {sheet}"
        and (each.line, each.column) == (line, column)
        and rule in each.rule
        for each in found
    ), found


def test_every_problem_is_told_at_once(tmp_path: Path):
    path = changed(southampton(tmp_path), Targets_B3="burglry", Actions_A5="", Notes_F2="bad")
    assert {each.line for each in problems_in(path)} >= {2, 3}


def test_a_day_that_a_spreadsheet_made_a_date_is_read(tmp_path: Path):
    path = changed(southampton(tmp_path), Targets_I2=date(2011, 3, 31))
    assert read_plan_workbook(path, CATALOGUE) == SOUTHAMPTON


def test_a_plan_that_is_there_is_replaced_only_when_asked_and_nothing_is_lost(
    data: DataDir, tmp_path: Path
):
    path = southampton(tmp_path)
    with pytest.raises(InputError, match="is there already"):
        add_plan(data, path, added_by="Ann")
    add_plan(data, path, added_by="Ann", replace=True)
    first = (data.root / "plans" / SOUTHAMPTON.id / "plan.toml").read_bytes()
    changed(path, Plan_B3="Another title")
    added = add_plan(data, path, added_by="Ann", replace=True)
    assert added.replaced is not None
    assert added.replaced.parent.name == REPLACED
    assert (added.replaced / "plan.toml").read_bytes() == first
    assert load_catalogue(data).plans[SOUTHAMPTON.id].title == "Another title"


def test_a_build_that_fails_leaves_the_plan_as_it_was(data, tmp_path, monkeypatch):
    path = southampton(tmp_path)
    add_plan(data, path, added_by="Ann", replace=True)
    before = {each: each.read_bytes() for each in data.root.rglob("*.toml")}
    changed(path, Plan_B3="Another title")

    def failing(_data, _progress):
        raise InputError.of("a build", "it fails", "nothing")

    monkeypatch.setattr(loading, "build_locked", failing)
    with pytest.raises(InputError, match="it fails"):
        load_files(data, {}, plans=[path], published=date(2026, 1, 2), loaded_by="Ann")
    assert {each: each.read_bytes() for each in data.root.rglob("*.toml")} == before


def safecity(*words: object) -> str:
    done = CliRunner().invoke(app, [str(each) for each in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_terminal_writes_checks_and_adds_a_plan(data: DataDir, tmp_path: Path):
    path = tmp_path / "plan.xlsx"
    safecity("template", path, "--of", SOUTHAMPTON.id, "--data-dir", data.root)
    assert "70 actions" in safecity("check", path, "--data-dir", data.root)
    changed(path, Plan_B2="southampton_2011_12")
    told = safecity("add", path, "--by", "Ann", "--data-dir", data.root, "--json")
    assert json.loads(told)["plan"] == "southampton_2011_12"
    own = load_catalogue(data).plans["southampton_2011_12"]
    assert own.actions == SOUTHAMPTON.actions


def test_the_template_is_named_by_its_kind_alone(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    safecity("template", "plan")
    assert is_plan_workbook(tmp_path / "plan.xlsx")
