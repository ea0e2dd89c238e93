"""The command line as a script or a person uses it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.cli.main import app
from etl.command_options import ExitCode


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    assert run("build", "--quiet", data_dir=folder).exit_code == ExitCode.DONE
    return folder


def run(*words: str, data_dir: Path) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(data_dir)])


def shown(*words: str, data_dir: Path) -> dict:
    result = run("show", *words, data_dir=data_dir)
    assert result.exit_code == ExitCode.DONE, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("basis", ["month", "quarter", "ytd", "rolling_year", "baseline"])
def test_change_is_shown_on_every_basis(data_dir, basis) -> None:
    words = ["change", "--indicator", "all_crime", "--as-at", "2009-12", "--basis", basis]
    found = shown(*words, data_dir=data_dir)
    assert list(found)[:9] == [
        "indicator", "area", "as_at", "basis", "current", "previous", "change", "percent",
        "illustrative",
    ]  # fmt: skip
    assert found["change"] == found["current"] - found["previous"]
    assert found["percent"] == pytest.approx(100 * found["change"] / found["previous"])
    assert found["illustrative"] is True


def test_ranking_is_shown_with_its_members(data_dir) -> None:
    words = ["ranking", "--indicator", "all_crime", "--as-at", "2009-12"]
    found = shown(*words, data_dir=data_dir)
    assert (found["rank"], found["of"], found["with_data"]) == (13, 15, 15)
    assert found["group"] == "Most Similar Group"
    assert [member["rank"] for member in found["members"]] == list(range(1, 16))


def test_trajectory_runs_from_the_baseline_to_the_goal(data_dir) -> None:
    found = shown("trajectory", "--indicator", "all_crime", data_dir=data_dir)
    assert found["baseline_period"] == "2008/09"
    assert found["target_percent"] == -18
    assert found["due"] == "2011-03-31"
    assert found["target"] == pytest.approx(0.82 * found["baseline"])
    assert found["path"][0]["path"] == found["baseline"]
    assert found["path"][-1] == {
        "month": "2011-03", "path": pytest.approx(found["target"]), "actual": None
    }  # fmt: skip
    assert found["needed_per_month"] == pytest.approx(found["target"] / 12)


def test_status_has_one_row_an_indicator(data_dir) -> None:
    rows = shown("status", data_dir=data_dir)
    ids = [row["indicator_id"] for row in rows]
    assert len(ids) == len(set(ids))
    by_id = {row["indicator_id"]: row for row in rows}
    assert by_id["ni_17"]["status"] == "cannot say"
    assert by_id["ni_17"]["reason"] == "the goal is not given"
    assert by_id["arson"]["status"] == "cannot say"
    # Ahead of its path, and yet more likely to be missed than met.
    assert by_id["all_crime"]["path_state"] == "ahead"
    assert by_id["all_crime"]["probability"] < 0.5
    assert by_id["all_crime"]["status"] == "at risk"


def test_agreement_has_one_row_a_published_figure(data_dir) -> None:
    answer = shown("agreement", data_dir=data_dir)
    rows = answer["figures"]
    assert len(rows) == answer["stated"]
    assert not [row for row in rows if row["verdict"] == "differs"]
    robbery = [row for row in rows if row["indicator"] == "robbery"]
    assert {row["verdict"] for row in robbery} == {"contradictory"}
    assert {row["number"] for row in robbery} == {-12, -13}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("change", "--indicator", "al_crime"), ExitCode.USAGE, "did you mean all_crime?"),
        (("change", "--indicator", "all_crime", "--area", "X"), ExitCode.USAGE, "no area 'X'"),
        (("change", "--indicator", "all_crime", "--basis", "week"), ExitCode.USAGE, "not a basis"),
        (("change", "--indicator", "all_crime", "--as-at", "soon"), ExitCode.USAGE, "not a month"),
        (("ranking", "--indicator", "ni_21"), ExitCode.NOTHING_TO_SHOW, "not counted per"),
        (("trajectory", "--indicator", "robbery"), ExitCode.NOTHING_TO_SHOW, "no target"),
    ],
)
def test_a_question_without_answer_says_why(data_dir, words, code, said) -> None:
    result = run("show", *words, data_dir=data_dir)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_nothing_built_says_what_to_do(tmp_path) -> None:
    result = run("show", "status", data_dir=tmp_path)
    assert result.exit_code == ExitCode.NOTHING_TO_SHOW
    assert "safecity build" in result.stderr


def test_a_bad_file_gives_its_problems_to_people_scripts_and_spreadsheets(tmp_path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("area_code,measure_code,period,value\nE22000120,local:a,2009-12,=1+1\n")
    report = tmp_path / "problems.csv"
    words = ["add", str(bad), "--published", "2025-01-01", "--json", "--report", str(report)]
    result = run(*words, data_dir=tmp_path / "figures")
    assert result.exit_code == ExitCode.INPUT
    assert "bad.csv : 2 : value : =1+1" in result.stderr
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["line"], problem["column"]) == (2, "value")
    with report.open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert row["value"] == "'=1+1"


def test_a_publication_date_is_asked_for(tmp_path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("area_code,measure_code,period,value\nE22000120,local:a,2009-12,1\n")
    result = run("add", str(own), data_dir=tmp_path / "figures")
    assert result.exit_code == ExitCode.INPUT
    assert "--published" in result.stderr


def test_check_finds_nothing_wrong_with_the_default(data_dir) -> None:
    result = run("check", "--json", data_dir=data_dir)
    assert result.exit_code == ExitCode.DONE, result.output
    assert json.loads(result.stdout)["plans"] == 2


def test_status_tells_what_is_loaded_and_whether_it_is_built(data_dir) -> None:
    found = json.loads(run("status", "--json", data_dir=data_dir).stdout)
    assert found["up_to_date"] is True
    assert [load["illustrative"] for load in found["loads"]] == [True]


def test_building_again_is_not_needed(data_dir) -> None:
    found = json.loads(run("build", "--if-needed", "--json", data_dir=data_dir).stdout)
    assert found == {"built": False}
