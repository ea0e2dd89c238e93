"""A CSV that no source recognises is answered in three lines: what it is like, and what to do."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl.problems import InputError
from etl.sources import all_sources, recognise

MOST_LINES = 3
SOURCES = {name: source for name, source in all_sources().items() if source.csv_columns}
#: Real files, each with a column that is then left out.
REAL = {
    "area_lookups": ("lookups/lookup_lsoa11_ltla21.csv", "ltla21_code", "LAD24CD"),
    "census": ("population/census_2011_2021_lad.csv", "LAD", "LAD"),
    "dfe_neighbours": ("peers/dfe_statistical_neighbours_2021_2025.csv", "rank", "rank"),
    "ho_open_data": (
        "home_office_pfa/prc-pfa-2017-18.csv", "Number of Offences", "Number of Offences"
    ),
    "ho_rolling_year": ("home_office_pfa/rec-crime-pfa.csv", "PFA", "PFA"),
    "met_boroughs": (
        "met_police_boroughs/MPS_borough_APR2010-FEB2022.csv", "MinorText", "MinorText"
    ),
    "police_uk_street": ("police_uk_street/2025-01-hampshire-street.csv", "LSOA code", "LSOA code"),
    "population": ("population/MYEB3_UK_2001_2019_geog20.csv", "ladcode20", "ladcode20"),
    "street_monthly": ("street_monthly/street_lad_month_type_to_2025_06.csv", "n", "n"),
}  # fmt: skip


def without(path: Path, column: str, folder: Path) -> Path:
    """Write the first lines of a CSV without one of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row, _ in zip(csv.reader(file), range(20), strict=False)]
    place = rows[0].index(column)
    return written(folder, [row[:place] + row[place + 1 :] for row in rows])


def written(folder: Path, rows: list[list[str]], name: str = "wrong.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def answer(path: Path, folder: Path, *more: str) -> list[str]:
    """Return what `safecity add` says of a file that it refuses, line by line."""
    words = ["add", str(path), "--published", "2025-01-01", "--data-dir", str(folder / "figures")]
    result = CliRunner().invoke(app, [*words, *more])
    assert result.exit_code == 3, result.output
    assert not (folder / "figures").exists()
    return result.output.strip().splitlines()


@pytest.mark.parametrize("name", SOURCES)
def test_the_columns_that_are_named_make_a_csv_recognised(name, tmp_path) -> None:
    columns = [*SOURCES[name].csv_columns]
    path = written(tmp_path, [columns, ["2024-01"] * len(columns)])
    assert name in {source.source_id for source in recognise(path)}


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_without_a_column_is_told_which(name, shared_data, tmp_path) -> None:
    file, column, called = REAL[name]
    lines = answer(without(shared_data / file, column, tmp_path), tmp_path)
    assert len(lines) == MOST_LINES
    assert lines[0].endswith(f"it looks most like {SOURCES[name].title}")
    assert called in lines[1].removeprefix("Missing columns: ").split(", ")
    assert SOURCES[name].landing_page in lines[2]


def test_figures_of_ones_own_are_told_what_their_columns_may_be(tmp_path) -> None:
    path = written(tmp_path, [["Area code", "Indicator", "month", "amount"], ["E22000120"] * 4])
    assert answer(path, tmp_path) == [
        "wrong.csv : no source recognises the content of this file; it looks most like "
        "a partnership's own figures (template, CSV or workbook)",
        "Missing columns: measure_code (perhaps “Indicator”), period (perhaps “month”), "
        "value (perhaps “amount”)",
        "Fill in the template: safecity template figures, or the page Getting started. "
        "More: --more",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_results_of_a_survey_are_told_the_template_of_surveys(separator, tmp_path) -> None:
    path = tmp_path / "survey.csv"
    path.write_text(separator.join(["area_code", "question", "period", "percent", "n"]) + "\n")
    _, missing, template = answer(path, tmp_path)
    assert missing == "Missing columns: percentage (perhaps “percent”), base (perhaps “n”)"
    assert template.startswith("Fill in the template: safecity template survey")


def test_a_sheet_is_told_like_a_csv(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["area_code", "measure_code", "period", "how many"])
    path = tmp_path / "own.xlsx"
    book.save(path)
    assert answer(path, tmp_path)[1] == "Missing columns: value"


def test_columns_that_a_template_has_not_are_told_in_one_line(tmp_path) -> None:
    columns = ["area_code", "measure_code", "period", "value", "colour", "size", "weight"]
    problem, count = answer(written(tmp_path, [columns, ["E22000120"] * 7]), tmp_path)
    assert "colour, size, weight : the template has no such column : use area_code" in problem
    assert count == "1 problem found."


@pytest.mark.parametrize("content", [b"\0\1\2", b"a,b\n1,2\n", b"Dear Ann,\n", b'"' * 9000])
def test_what_is_like_nothing_is_told_the_templates_alone(content, tmp_path) -> None:
    path = tmp_path / "letter.csv"
    path.write_bytes(content)
    first, last = answer(path, tmp_path)
    assert first == "letter.csv : no source recognises the content of this file"
    assert last.startswith("Fill in the template: safecity template figures")


def test_the_rest_is_said_to_those_who_ask(tmp_path) -> None:
    path = written(tmp_path, [["area_code", "measure_code", "period", "amount"]])
    lines = answer(path, tmp_path, "--more")
    assert lines[3:5] == [
        "Columns of the file: area_code, measure_code, period, amount.",
        "Columns of such a file: area_code, measure_code, period, value.",
    ]
    assert {f"- {source.title}" for source in all_sources().values()} <= set(lines)


def test_scripts_and_the_csv_of_problems_have_all_of_it(tmp_path) -> None:
    path = written(tmp_path, [["area_code", "measure_code", "period", "amount"]])
    words = ["add", str(path), "--published", "2025-01-01", "--data-dir", str(tmp_path / "figures")]
    report = tmp_path / "problems.csv"
    result = CliRunner().invoke(app, [*words, "--json", "--report", str(report)])
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["column"] == "value (perhaps “amount”)"
    with report.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["more"] == problem["more"]


def test_a_header_of_any_length_is_answered_at_once(tmp_path) -> None:
    path = written(tmp_path, [[f"column {number}" * 20 for number in range(20_000)]])
    with pytest.raises(InputError) as raised:
        recognise(path)
    (problem,) = raised.value.problems
    assert len(problem.more) < 10_000
