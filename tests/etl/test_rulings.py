"""A suspected gap from the file to the answer, and a person's decision on it."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.analysis import gaps as gap_answers
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import change
from dashboard.cli.main import app
from dashboard.store.warehouse import Warehouse
from dashboard.words.change import change_in_words
from dashboard.words.reasons import reason_in_words
from etl.build import build, is_current
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.periods import parse_period
from etl.problems import InputError
from etl.raw import add_file
from etl.rulings import COLUMNS, read_rulings, record_rulings, rulings_file, write_period

#: Partnerships of one force.
SOUTHAMPTON, *OTHERS = "E22000120", "E22000118", "E22000117"
OUTAGE = "2024-06"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """Three areas with two years of robberies; one month of one of them is a single robbery."""
    lines = ["area_code,measure_code,period,value"]
    for area in (SOUTHAMPTON, *OTHERS):
        for month in range(24):
            period = f"{2023 + month // 12}-{month % 12 + 1:02}"
            out = area == SOUTHAMPTON and period == OUTAGE
            lines.append(f"{area},local:robbery,{period},{1 if out else 100 + month % 5}")
    path = tmp_path / "own.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = DataDir(tmp_path / "figures")
    add_file(data, path, published=date(2025, 1, 31), loaded_by="a test")
    build(data)
    return data


def run(*words: str, data: DataDir) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(data.root)])


def rule(data: DataDir, *words: str) -> Result:
    return run("rule", *words, data=data)


def gaps(data: DataDir) -> list[dict]:
    result = run("show", "gaps", data=data)
    assert result.exit_code == ExitCode.DONE, result.output
    return json.loads(result.stdout)


def test_a_held_figure_is_listed_and_left_out(data) -> None:
    (gap,) = gaps(data)
    assert (gap["area"], gap["measure"], gap["period"]) == (SOUTHAMPTON, "local:robbery", OUTAGE)
    assert (gap["value"], gap["ruling"]) == (1.0, "")
    assert gap["expected"] == pytest.approx(102, abs=2)
    with Warehouse(data) as warehouse:
        found = change(AreaView.of(warehouse, area=SOUTHAMPTON, as_at="2024-12"), "robbery")
        assert found.change.number is None
        assert found.change.missing == (OUTAGE,)
        assert reason_in_words(found.change.not_comparable) == (
            "no figure for June 2024 (June 2024 is held as a suspected gap)"
        )
        assert "held as a suspected gap" in change_in_words(found.change)
        other = change(AreaView.of(warehouse, area=OTHERS[0], as_at="2024-12"), "robbery")
        assert other.change.number is not None


def test_a_figure_ruled_real_counts_after_the_next_build(data) -> None:
    words = [SOUTHAMPTON, "local:robbery", OUTAGE, "--real", "--reason", "checked", "--by", "Ann"]
    assert rule(data, *words).exit_code == ExitCode.DONE
    assert not is_current(data)
    build(data)
    (gap,) = gaps(data)
    assert (gap["ruling"], gap["ruling_reason"], gap["ruled_by"]) == ("real", "checked", "Ann")
    assert gap["ruled_at"]
    with Warehouse(data) as warehouse:
        found = change(AreaView.of(warehouse, area=SOUTHAMPTON, as_at="2024-12"), "robbery").change
        assert found.number is not None
        assert found.percent is not None


def test_a_later_ruling_takes_the_place_of_an_earlier_and_both_are_kept(data) -> None:
    for decision, reason in (("--real", "as told"), ("--gap", "the system was down")):
        rule(data, SOUTHAMPTON, "local:robbery", OUTAGE, decision, "--reason", reason)
    with data.rulings.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    assert [row["decision"] for row in rows] == ["real", "gap"]
    build(data)
    (gap,) = gaps(data)
    assert (gap["ruling"], gap["ruling_reason"]) == ("gap", "the system was down")


def test_a_person_may_call_a_gap_what_was_not_suspected(data) -> None:
    words = [OTHERS[0], "local:robbery", "2024-09", "--gap", "--reason", "half a month"]
    result = rule(data, *words)
    assert "not suspected" in result.output
    build(data)
    with Warehouse(data) as warehouse:
        found = gap_answers.gaps(warehouse, area=OTHERS[0])
        assert found[["period", "level", "value"]].to_numpy().tolist() == [
            ["2024-09", "person", 100.0]
        ]
        assert change(
            AreaView.of(warehouse, area=OTHERS[0], as_at="2024-12"), "robbery"
        ).change.missing == ("2024-09",)


def test_a_gap_in_a_month_that_nobody_has_is_one_of_every_series(data) -> None:
    words = [OTHERS[0], "local:robbery", "2025-01", "--gap", "--reason", "never sent"]
    assert rule(data, *words).exit_code == ExitCode.DONE
    build(data)
    with Warehouse(data) as warehouse:
        held = warehouse.frame("held_periods", area=OTHERS[0])
    of_robbery = held[held["indicator_id"].eq("robbery")]
    assert of_robbery[["source_id", "ruling", "measures_held"]].to_numpy().tolist() == [
        ["own_figures", "gap", 1]
    ]


def test_all_that_is_suspected_is_ruled_at_once(data) -> None:
    result = rule(data, SOUTHAMPTON, "all", "June 2024", "--gap", "--reason", "outage", "--json")
    (ruling,) = json.loads(result.stdout)
    assert (ruling["measure_code"], ruling["period"]) == ("local:robbery", OUTAGE)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([SOUTHAMPTON, "local:robbery", OUTAGE, "--reason", "x"], "nothing is decided"),
        ([SOUTHAMPTON, "local:robbery", OUTAGE, "--gap"], "needs a reason"),
        ([SOUTHAMPTON, "local:robbery", "2024/25", "--gap", "--reason", "x"], "month or quarter"),
        ([SOUTHAMPTON, "robbery", "2023-01", "--gap", "--reason", "x"], "not a measure"),
        ([SOUTHAMPTON, "all", "2023-01", "--gap", "--reason", "x"], "nothing is suspected"),
        (["E2200012", "local:robbery", OUTAGE, "--gap", "--reason", "x"], "did you mean"),
    ],
)
def test_what_cannot_be_ruled_is_refused(data, words, message) -> None:
    result = rule(data, *words)
    assert result.exit_code == ExitCode.INPUT
    assert message in result.output
    assert not data.rulings.exists()


def test_a_ruling_that_somebody_edited_is_refused(data) -> None:
    record_rulings(
        data, [(SOUTHAMPTON, "local:robbery")], period=OUTAGE, decision="gap", reason="x",
        ruled_by="a test",
    )  # fmt: skip
    assert len(read_rulings(data)) == 1
    data.rulings.write_text(data.rulings.read_text().replace(",gap,", ",perhaps,"))
    with pytest.raises(InputError, match="decision"):
        build(data)
    data.rulings.write_text("when,what\n")
    with pytest.raises(InputError, match="first line"):
        read_rulings(data)


@pytest.mark.parametrize(
    ("text", "written"),
    [("2009-10", "2009-10"), ("Dec-09", "2009-12"), ("Q4 2009/10", "Q4 2009/10"),
     ("Oct-Dec 2009", "Q3 2009/10"), ("Q1 2010/11", "Q1 2010/11")],
)  # fmt: skip
def test_periods_of_gaps_are_months_and_quarters(text, written, tmp_path) -> None:
    gap_period = rulings_file(DataDir(tmp_path)).period_of
    assert write_period(gap_period(text)) == written
    assert gap_period(written) == gap_period(text)


def test_a_quarter_that_may_be_two_is_not_guessed(tmp_path) -> None:
    gap_period = rulings_file(DataDir(tmp_path)).period_of
    with pytest.raises(ValueError, match="can be read as"):
        gap_period("Q3 2009")
    assert parse_period("Q3 2009/10") == gap_period("Q3 2009/10")
