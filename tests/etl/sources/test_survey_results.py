"""Survey results: effective base, don't knows, the nation beside the area, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from etl.problems import Problem
from etl.sources import Reading, recognise, survey_results

COLUMNS = [*survey_results.COLUMNS.required, "weighted", "design_effect", "dont_know", "national"]
AREA, ENGLAND = "E22000120", "E92000001"
LINE = {"area_code": AREA, "question": "ni_21", "period": "wave 2009", "percentage": "25",
        "base": "1100"}  # fmt: skip


@pytest.fixture
def save(tmp_path: Path):
    def write(*lines: dict[str, str]) -> Path:
        path = tmp_path / "survey.csv"
        rows = pd.DataFrame([LINE | line for line in lines]).fillna("")
        rows.to_csv(path, index=False)
        return path

    return write


def figures(reading: Reading) -> dict[tuple[str, str], tuple[float, float]]:
    assert reading.problems == ()
    return {
        (row.area_code, row.measure_code): (row.value, row.sample_size)
        for row in reading.observations.fillna({"sample_size": -1}).itertuples()
    }


def places(problems: tuple[Problem, ...]) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.value) for problem in problems]


def test_a_percentage_and_its_base(save):
    path = save({})
    assert [source.source_id for source in recognise(path)] == ["survey_results"]
    reading = survey_results.read(path)
    assert figures(reading) == {(AREA, "survey:ni_21"): (25, 1100)}
    assert reading.observations["period_kind"].tolist() == ["survey_wave"]
    assert reading.observations["period_start"].tolist() == [pd.Timestamp(2009, 1, 1)]


def test_the_sample_size_is_the_base_divided_by_the_design_effect(save):
    reading = survey_results.read(save({"weighted": "yes", "design_effect": "1.25"}))
    assert figures(reading) == {(AREA, "survey:ni_21"): (25, 880)}
    assert reading.observations["design_effect"].tolist() == [1.25]
    assert len(reading.notes) == 0


def test_a_weighted_percentage_without_design_effect_has_a_caution(save):
    reading = survey_results.read(save({"weighted": "Yes"}, {"question": "ni_17"}))
    assert reading.notes[["measure_code", "area_code", "period_start", "effect"]].to_numpy().tolist(
    ) == [["survey:ni_21", AREA, "2009-01-01", "caution"]]  # fmt: skip


def test_dont_know_and_the_nation_are_figures_of_their_own(save):
    path = save({"dont_know": "24", "national": "26", "design_effect": "1.25"})
    reading = survey_results.read(path)
    assert figures(reading) == {
        (AREA, "survey:ni_21"): (25, 880),
        (AREA, "survey:ni_21_dont_know"): (24, 880),
        (ENGLAND, "survey:ni_21"): (26, -1),
    }
    effects = reading.observations.set_index("area_code")["design_effect"]
    assert effects[AREA].tolist() == [1.25, 1.25]
    assert pd.isna(effects[ENGLAND])
    assert (reading.rows_read, reading.rows_used) == (1, 1)


def test_the_nation_of_many_lines_is_one_figure(save):
    one = {"national": "26"}
    reading = survey_results.read(save(one, one | {"area_code": "E22000118"}))
    assert reading.observations["area_code"].tolist().count(ENGLAND) == 1


def test_a_published_interval_is_kept_and_only_for_the_percentage(save):
    reading = survey_results.read(save({"lower": "22", "upper": "28.5%", "dont_know": "24"}))
    rows = reading.observations.set_index("measure_code")
    assert rows.loc["survey:ni_21", ["lower", "upper"]].tolist() == [22, 28.5]
    assert rows.loc["survey:ni_21_dont_know", ["lower", "upper"]].isna().all()


def test_a_blank_percentage_is_withheld(save):
    reading = survey_results.read(save({"percentage": "[x]"}, {"question": "ni_17"}))
    assert figures(reading) == {(AREA, "survey:ni_17"): (25, 1100)}
    assert (reading.withheld, reading.rows_used) == ({"[x]": 1}, 1)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("percentage", "101", "between 0 and 100"),
        ("percentage", "-1", "between 0 and 100"),
        ("percentage", "25,5", "decimal comma"),
        ("dont_know", "124", "between 0 and 100"),
        ("base", "0", "number of people"),
        ("base", "12.5", "number of people"),
        ("design_effect", "0", "above 0"),
        ("weighted", "maybe", "neither yes nor no"),
        ("lower", "26", "between its limits"),
        ("upper", "24", "between its limits"),
        ("question", "NI 21", "id of a question"),
        ("status", "draft", "not a status"),
        ("period", "2009-10", "October 2009"),
    ],
)
def test_what_is_wrong(save, column, value, rule):
    reading = survey_results.read(save({column: value}))
    assert places(reading.problems) == [(2, column, value)]
    assert rule in reading.problems[0].rule
    assert len(reading.observations) == 0


def test_fractions_of_one_are_not_taken_for_percentages(save):
    reading = survey_results.read(save({"percentage": "0.25"}, {"percentage": "0.3"}))
    assert places(reading.problems) == [(2, "percentage", "0.25"), (3, "percentage", "0.3")]
    assert figures(survey_results.read(save({"percentage": "0.25%"})))
    among_others = survey_results.read(save({"percentage": "0.25"}, {"question": "ni_17"}))
    assert among_others.problems == ()


def test_a_workbook_whose_percentages_are_formatted_as_such(tmp_path: Path):
    path = tmp_path / "survey.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Survey")
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, [AREA, "ni_21", "wave 2009", 0.255, 1100, "no", 1.25, 0.24])
        sheet.write_number(1, 3, 0.255, percent)
        sheet.write_number(1, 7, 0.24, percent)
    reading = survey_results.read(path)
    assert figures(reading) == {
        (AREA, "survey:ni_21"): (25.5, 880),
        (AREA, "survey:ni_21_dont_know"): (24, 880),
    }
