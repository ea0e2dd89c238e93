"""What moved since the last meeting, on a plan whose verdict a revision changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.analysis.revisions import last_meeting, moved_in, revisions, view_as_known
from dashboard.analysis.status import target_status
from dashboard.cli.main import app
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

AREA = "E22000120"
PLAN = f"""
title = "A plan to test with"
period = "2024/25"
display_order = 0
area_code = "{AREA}"
area_name = "Southampton"
document = "none"
[partnership]
name = "A partnership"
[[priority]]
id = "1"
title = "Robbery"
indicators = ["robbery", "arson"]
"""
TARGET = """
[[target]]
id = "robbery_down"
indicator = "robbery"
kind = "plan"
paragraph = "1"
goal = "relative_change"
goal_number = -10
baseline_period = "2022/23"
due = "2024-03-31"
"""
#: 100 a month in the baseline year, 91 a month after: not met by 1%, until two months are revised.
FIRST = {f"{2022 + m // 12}-{m % 12 + 1:02}": 100 if m < 15 else 91 for m in range(3, 27)}
REVISED = {"2024-02": 80, "2024-03": 81}
NEW = {"2024-04": 90, "2024-05": 90}


def lines(months: dict[str, int], measure: str = "robbery") -> str:
    return "".join(f"{AREA},local:{measure},{month},{value}\n" for month, value in months.items())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    root: Path = tmp_path_factory.mktemp("revised")
    plan = root / "plans" / "tested"
    plan.mkdir(parents=True)
    (plan / "plan.toml").write_text(PLAN)
    (plan / "targets.toml").write_text(TARGET)
    data = DataDir(root)
    for name, day, text in (
        ("first.csv", "2024-05-02", lines(FIRST) + lines({"2024-03": 5}, "arson")),
        ("second.csv", "2024-08-01", lines(REVISED | NEW) + lines({"2024-03": 5}, "arson")),
    ):
        path = root / name
        path.write_text("area_code,measure_code,period,value\n" + text)
        add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
    build(data)
    return data


@pytest.fixture(scope="module")
def warehouse(data: DataDir) -> Warehouse:
    return Warehouse(data)


def test_figures_that_moved_are_given_with_their_vintages(warehouse) -> None:
    found = revisions(AreaView.of(warehouse, plan="tested"))
    assert found.since == "2024-06-30"
    assert found.moved[["indicator", "period", "previous", "value", "difference"]].to_numpy(
    ).tolist() == [
        ["robbery", "2024-02", 91.0, 80.0, -11.0], ["robbery", "2024-03", 91.0, 81.0, -10.0],
    ]  # fmt: skip
    assert set(found.moved["previous_published"]) == {"2024-05-02"}
    assert set(found.moved["published"]) == {"2024-08-01"}
    assert found.moved["percent"].iloc[0] == pytest.approx(-100 * 11 / 91)
    assert found.new_periods == {"robbery": 2}


def test_a_verdict_that_a_revision_changed_is_named_as_at_the_same_month(warehouse) -> None:
    found = revisions(AreaView.of(warehouse, plan="tested"))
    assert found.as_at == "2024-03"
    assert found.verdicts[["target_id", "status_before", "status"]].to_numpy().tolist() == [
        ["robbery_down", "not met", "met"]
    ]


def test_figures_that_moved_can_be_had_without_the_verdicts(warehouse) -> None:
    answer = revisions(AreaView.of(warehouse))
    since, moved = moved_in(AreaView.of(warehouse))
    assert since == answer.since
    assert moved.equals(answer.moved)
    assert len(moved)


def test_nothing_moved_since_the_last_publication(warehouse) -> None:
    found = revisions(AreaView.of(warehouse, plan="tested"), since="2024-08-01")
    assert found.moved.empty
    assert found.verdicts.empty
    assert found.new_periods == {}


def test_before_the_first_publication_nothing_was_known(warehouse) -> None:
    found = revisions(AreaView.of(warehouse, plan="tested"), since="2024-05-01")
    assert found.as_at == ""
    assert found.moved.empty
    assert found.verdicts.empty
    assert found.new_periods == {"arson": 1, "robbery": len(FIRST) + len(NEW)}


def test_answers_can_be_asked_as_of_an_earlier_day(warehouse) -> None:
    view = AreaView.of(warehouse, "tested")
    before = view_as_known(view, date(2024, 6, 30))
    assert str(before.latest_month("robbery")) == "2024-03"
    assert change(before, "robbery", basis="month").change.current == 91.0
    assert change(view, "robbery", as_at="2024-03", basis="month").change.current == 81.0
    assert target_status(before, "2024-03")["actual"].tolist() == [12 * 91.0]
    assert before.series("robbery").columns.equals(view.series("robbery").columns)


def test_the_last_meeting_is_the_end_of_the_quarter_before_the_latest_figures(warehouse) -> None:
    assert last_meeting(AreaView.of(warehouse, "tested")) == date(2024, 6, 30)


def test_it_is_shown_as_json(data) -> None:
    words = ["show", "revisions", "--since", "2024-06-30", "--plan", "tested"]
    result = CliRunner().invoke(app, [*words, "--data-dir", str(data.root)])
    found = json.loads(result.stdout)
    assert [row["period"] for row in found["moved"]] == ["2024-02", "2024-03"]
    assert found["verdicts"][0]["status"] == "met"
    words[3] = "last Tuesday"
    result = CliRunner().invoke(app, [*words, "--data-dir", str(data.root)])
    assert result.exit_code == 2
    assert "is not a day" in result.output
