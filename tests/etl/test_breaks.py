"""A break in a series: confirmed by a person, kept, built, and followed by the chart."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.control import control
from dashboard.cli.main import app
from dashboard.store.warehouse import Warehouse
from etl.breaks import COLUMNS, breaks_file, first_month, read_breaks, record_break
from etl.build import build, is_current
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.problems import InputError
from etl.raw import add_file

SOUTHAMPTON, OTHER = "E22000120", "E22000118"
WORDS = ["robbery", "--area", SOUTHAMPTON, "--from", "2024-01"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """Two areas with four years of robberies, whose level halves with January 2024."""
    folder = tmp_path_factory.mktemp("breaks")
    lines = ["area_code,measure_code,period,value"]
    for area in (SOUTHAMPTON, OTHER):
        for month in range(48):
            period = f"{2022 + month // 12}-{month % 12 + 1:02}"
            level = 100 if month < 24 else 50
            lines.append(f"{area},local:robbery,{period},{level + month * 7 % 11}")
    path = folder / "own.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = DataDir(folder / "figures")
    add_file(data, path, published=date(2026, 1, 31), loaded_by="a test")
    build(data)
    return data


@pytest.fixture
def data(built: DataDir, tmp_path: Path) -> DataDir:
    """A copy that a test may change."""
    return DataDir(Path(shutil.copytree(built.root, tmp_path / "figures")))


def confirm(data: DataDir, *words: str) -> Result:
    return CliRunner().invoke(app, ["break", *words, "--data-dir", str(data.root)])


def stretches(data: DataDir, area: str = SOUTHAMPTON) -> int:
    with Warehouse(data) as warehouse:
        found = control(AreaView.of(warehouse, area=area, as_at="2025-12"), "robbery")
        return found.points["stretch"].nunique()


def test_a_break_is_only_suggested_until_a_person_confirms_it(data) -> None:
    with Warehouse(data) as warehouse:
        before = control(AreaView.of(warehouse, area=SOUTHAMPTON, as_at="2025-12"), "robbery")
    assert before.suggested["month"].dt.strftime("%Y-%m").tolist() == ["2024-01"]
    assert before.points["stretch"].nunique() == 1
    result = confirm(data, *WORDS, "--reason", "patrols", "--by", "Ann", "--json")
    assert result.exit_code == ExitCode.DONE, result.output
    assert json.loads(result.stdout)["period"] == "2024-01"
    assert not is_current(data)
    build(data)
    with Warehouse(data) as warehouse:
        after = control(AreaView.of(warehouse, area=SOUTHAMPTON, as_at="2025-12"), "robbery")
        (known,) = AreaView.of(warehouse, area=SOUTHAMPTON).breaks_on("robbery").to_dict("records")
        assert AreaView.of(warehouse, area=OTHER).breaks_on("robbery").empty
    assert (known["period"], known["statement"], known["decided_by"]) == (
        "2024-01", "patrols", "Ann",
    )  # fmt: skip
    assert known["effect"] == "break"
    assert after.suggested.empty
    assert after.points.groupby("stretch")["centre"].first().round().tolist() == [105, 55]
    assert (before.latest, after.latest) == ("special cause: improvement", "common cause")
    assert stretches(data, OTHER) == 1


def test_a_break_of_all_areas_can_be_withdrawn_and_both_lines_stay(data) -> None:
    confirm(data, "robbery", "--area", "all", "--from", "2024-01", "--reason", "counting rules")
    build(data)
    assert [stretches(data, area) for area in (SOUTHAMPTON, OTHER)] == [2, 2]
    confirm(
        data, "robbery", "--area", "all", "--from", "2024-01", "--reason", "error", "--withdraw"
    )
    build(data)
    assert stretches(data) == 1
    assert read_breaks(data)["decision"].tolist() == ["confirmed", "withdrawn"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (WORDS, "needs a reason"),
        (["robery", *WORDS[1:], "--reason", "x"], "did you mean robbery"),
        ([*WORDS[:2], "E2200012", *WORDS[3:], "--reason", "x"], "did you mean E2200"),
        ([*WORDS[:4], "soon", "--reason", "x"], "write 2009-04"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(built, words, message) -> None:
    result = confirm(built, *words)
    assert result.exit_code == ExitCode.INPUT
    assert message in result.output
    assert not built.breaks.exists()


def test_a_file_that_somebody_edited_is_refused(tmp_path) -> None:
    data = DataDir(tmp_path)
    assert read_breaks(data).empty
    record_break(data, "robbery", "", begins="Q1 2009/10", reason="x", decided_by="a test")
    assert read_breaks(data)["period"].tolist() == ["2009-04"]
    data.breaks.write_text(data.breaks.read_text().replace(",confirmed,", ",perhaps,"))
    with pytest.raises(InputError, match="decision"):
        read_breaks(data)
    data.breaks.write_text("when,what\n")
    with pytest.raises(InputError, match="first line"):
        read_breaks(data)
    data.breaks.write_text(",".join(COLUMNS) + "\n,,robbery,,never,confirmed,x\n")
    with pytest.raises(InputError, match="period"):
        read_breaks(data)


@pytest.mark.parametrize(
    ("text", "month"),
    [("2009-04", "2009-04"), ("April 2009", "2009-04"), ("Q3 2009/10", "2009-10"),
     ("2009/10", "2009-04"), ("2009-10", "2009-10")],
)  # fmt: skip
def test_a_break_begins_with_a_month(text, month, tmp_path) -> None:
    assert first_month(breaks_file(DataDir(tmp_path)).period_of(text)) == month


def test_a_survey_is_no_month(tmp_path) -> None:
    with pytest.raises(ValueError, match="begins with"):
        breaks_file(DataDir(tmp_path)).period_of("wave 2009")
