"""Exceptional periods: the product's, a person's own, and what a projection makes of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projected_total import history_in
from dashboard.cli.main import app
from dashboard.metrics.periods import parse_month
from dashboard.metrics.reasons import Because
from dashboard.store.warehouse import Warehouse
from etl.build import build, is_current
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.exceptional import (
    COLUMNS,
    exceptional_file,
    read_exceptional_periods,
    record_exceptional_period,
    reference_periods,
)
from etl.problems import InputError
from etl.raw import add_file

SOUTHAMPTON, OTHER = "E22000120", "E22000118"
WORDS = ["--from", "2023-05", "--to", "2023-08", "--reason", "docks closed", "--by", "Ann"]


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """Two areas with eight years of robberies."""
    lines = ["area_code,measure_code,period,value"]
    for area in (SOUTHAMPTON, OTHER):
        for month in range(96):
            period = f"{2017 + month // 12}-{month % 12 + 1:02}"
            lines.append(f"{area},local:robbery,{period},{100 + month * 7 % 11}")
    path = tmp_path / "own.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = DataDir(tmp_path / "figures")
    add_file(data, path, published=date(2026, 1, 31), loaded_by="a test")
    build(data)
    return data


def told(data: DataDir, *words: str) -> Result:
    return CliRunner().invoke(app, ["except", *words, "--data-dir", str(data.root)])


def left_out(data: DataDir, area: str = SOUTHAMPTON, as_at: str = "2024-12") -> list[str]:
    """Return the months of robbery that nothing is learnt from."""
    with Warehouse(data) as warehouse:
        view = AreaView.of(warehouse, area=area, as_at=as_at)
        history, _ = history_in(view, "robbery", parse_month(as_at))
        assert history is not None
        months = [str(month) for month in history.months]
    return [months[place] for place in np.flatnonzero(np.isnan(history.learnt_from[0]))]


def test_the_pandemic_comes_with_the_product_and_its_reason() -> None:
    (period,) = reference_periods(DataDir(Path("nowhere")))
    assert (period.first_month, period.last_month) == ("2020-03", "2021-06")
    assert "COVID-19" in period.reason
    assert period.source


def test_a_person_names_a_period_and_takes_it_back(data: DataDir) -> None:
    pandemic = left_out(data)
    assert (pandemic[0], pandemic[-1], len(pandemic)) == ("2020-03", "2021-06", 16)
    done = told(data, *WORDS, "--area", SOUTHAMPTON, "--indicator", "robbery", "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    assert json.loads(done.stdout)["last_month"] == "2023-08"
    assert not is_current(data)
    build(data)
    assert left_out(data) == [*pandemic, "2023-05", "2023-06", "2023-07", "2023-08"]
    assert left_out(data, OTHER) == pandemic
    told(data, *WORDS, "--area", SOUTHAMPTON, "--indicator", "robbery", "--withdraw")
    build(data)
    assert left_out(data) == pandemic
    assert len(data.exceptional_periods.read_text(encoding="utf-8").splitlines()) == 3


def test_the_products_own_can_be_taken_back(data: DataDir) -> None:
    done = told(data, "--from", "2020-03", "--to", "2021-06", "--reason", "no change here",
                "--withdraw")  # fmt: skip
    assert done.exit_code == ExitCode.DONE, done.output
    build(data)
    assert left_out(data) == []


def test_while_it_lasts_a_period_is_history(data: DataDir) -> None:
    assert left_out(data, as_at="2021-06") == []
    assert len(left_out(data, as_at="2021-07")) == 16


def test_too_little_outside_the_periods_is_said(data: DataDir) -> None:
    record_exceptional_period(data, begins="2017-01", ends="2019-12", reason="r", decided_by="Ann")
    record_exceptional_period(data, begins="2022-10", ends="2024-06", reason="r", decided_by="Ann")
    build(data)
    with Warehouse(data) as warehouse:
        view = AreaView.of(warehouse, area=SOUTHAMPTON, as_at="2024-12")
        history, reason = history_in(view, "robbery", parse_month("2024-12"))
    assert history is None
    assert Because.FEW_ORDINARY_MONTHS in reason.names


def test_years_and_quarters_are_whole_months(data: DataDir) -> None:
    decided = record_exceptional_period(
        data, begins="2011/12", ends="Q1 2012/13", reason="r", decided_by="Ann"
    )
    assert (decided.period, decided.last_month) == ("2011-04", "2012-06")
    rows = read_exceptional_periods(data)
    assert rows["last_month"].tolist() == ["2021-06", "2012-06"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["--from", "2023-05", "--to", "2023-08"], "needs a reason"),
        (["--from", "May", "--to", "2023-08", "--reason", "r"], "'May'"),
        (["--from", "2023-05", "--to", "2023-04", "--reason", "r"], "is before the first"),
        ([*WORDS, "--area", "E99"], "no such area"),
        ([*WORDS, "--indicator", "robery"], "did you mean robbery?"),
    ],
)
def test_what_is_wrong_is_refused(data: DataDir, words: list[str], rule: str) -> None:
    done = told(data, *words)
    assert done.exit_code == ExitCode.INPUT
    assert rule in " ".join(done.output.split())
    assert not data.exceptional_periods.exists()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("now,Ann,,,someday,2021-06,confirmed,r", "period"),
        ("now,Ann,,,2020-03,someday,confirmed,r", "last_month"),
        ("now,Ann,,,2020-03,2021-06,perhaps,r", "decision"),
    ],
)
def test_an_edited_line_is_named(tmp_path: Path, line: str, column: str) -> None:
    data = DataDir(tmp_path)
    exceptional_file(data).path.write_text(",".join(COLUMNS) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_exceptional_periods(data)
    assert [(each.line, each.column) for each in caught.value.problems] == [(2, column)]


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("first_month", "March 2020", "this is no month"),
        ("last_month", "2019-01", "the last month is before the first"),
        ("colour", "red", ""),
    ],
)
def test_a_period_of_the_reference_is_checked(
    tmp_path: Path, field: str, value: str, rule: str
) -> None:
    given = {"first_month": "2020-03", "last_month": "2021-06", "reason": "r", "source": "s"}
    lines = [f'{name} = "{text}"' for name, text in (given | {field: value}).items()]
    path = tmp_path / "reference" / "exceptional_periods.toml"
    path.parent.mkdir()
    path.write_text("\n".join(["[[period]]", *lines]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        reference_periods(DataDir(tmp_path))
    (problem,) = caught.value.problems
    assert problem.file.endswith("exceptional_periods.toml")
    assert rule in problem.rule
