"""The templates: every column explained, read by their source, and never loaded by mistake."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl.command_options import ExitCode
from etl.sources import own_figures, recognise, survey_results
from etl.templates import COLUMNS, FIELDS, FILE_FORMATS, GUIDE, KINDS, write_template

SOURCES = {"figures": own_figures.SOURCE, "survey": survey_results.SOURCE}
EVERY = pytest.mark.parametrize(
    ("kind", "file_format"), [(kind, each) for kind in KINDS for each in FILE_FORMATS]
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_that_is_read_is_in_the_template(kind):
    assert [field.name for field in FIELDS[kind]] == list(COLUMNS[kind].all)
    assert all(field.meaning for field in FIELDS[kind])


@EVERY
def test_a_template_is_recognised_and_its_example_refused(tmp_path: Path, kind, file_format):
    path = tmp_path / f"figures.{file_format}"
    write_template(path, kind, file_format)
    assert recognise(path) == [SOURCES[kind]]
    reading = SOURCES[kind].read(path)
    assert [(each.line, each.column) for each in reading.problems] == [(2, "area_code")]
    assert "example row" in reading.problems[0].rule
    assert len(reading.observations) == 0


@EVERY
def test_the_example_is_right_but_for_its_mark(tmp_path: Path, kind, file_format):
    path = tmp_path / f"figures.{file_format}"
    write_template(path, kind, file_format)
    if file_format == "csv":
        path.write_text(path.read_text(encoding="utf-8").replace("EXAMPLE ", ""), encoding="utf-8")
    else:
        book = openpyxl.load_workbook(path)
        sheet = book[COLUMNS[kind].sheet]
        sheet["A2"] = sheet["A2"].value.removeprefix("EXAMPLE ")
        book.save(path)
    reading = SOURCES[kind].read(path)
    assert reading.problems == ()
    assert reading.observations["area_code"].iloc[0] == "E22000120"
    assert reading.observations["value"].iloc[0] in (25, 31)


def test_the_workbook_explains_each_column_and_keeps_periods_as_text(tmp_path: Path):
    path = tmp_path / "figures.xlsx"
    write_template(path, "figures", "xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Figures", GUIDE]
    explained = [row[0] for row in book[GUIDE].iter_rows(min_row=6, values_only=True)]
    assert explained == list(COLUMNS["figures"].all)
    assert book["Figures"]["C2"].number_format == "@"


class TestCommand:
    def run(self, *arguments: str):
        return CliRunner().invoke(app, ["template", *arguments])

    def test_the_ending_of_the_name_chooses_the_format(self, tmp_path: Path):
        path = tmp_path / "own.xlsx"
        assert self.run(str(path), "--kind", "survey").exit_code == ExitCode.DONE
        assert openpyxl.load_workbook(path).sheetnames == ["Survey", GUIDE]

    def test_a_format_goes_before_the_ending(self, tmp_path: Path):
        path = tmp_path / "own.txt"
        assert self.run(str(path), "--format", "csv", "--quiet").exit_code == ExitCode.DONE
        with path.open(encoding="utf-8-sig") as file:
            assert next(csv.reader(file)) == list(COLUMNS["figures"].all)

    def test_nothing_is_overwritten(self, tmp_path: Path):
        path = tmp_path / "own.csv"
        path.write_text("mine")
        assert self.run(str(path)).exit_code == ExitCode.INPUT
        assert path.read_text() == "mine"

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path):
        assert self.run(str(tmp_path / "no" / "own.csv")).exit_code == ExitCode.INPUT
