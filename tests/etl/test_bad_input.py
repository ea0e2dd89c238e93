"""What bad input gets: every problem at once, with file, line, column, value, rule, what to do."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from etl import publish
from etl.added import found_in
from etl.build import build
from etl.catalogue import load_catalogue
from etl.console import write_problems
from etl.datadir import PROJECT_DATA, DataDir
from etl.manifest import loads
from etl.problems import InputError, Problem
from etl.raw import add_file

HEADER = "area_code,measure_code,period,value\n"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


def problems_of(data: DataDir, path: Path, **more: bool) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as raised:
        add_file(data, path, published=date(2025, 4, 24), loaded_by="a test", **more)
    assert all(problem.rule and problem.what_to_do for problem in raised.value.problems)
    return raised.value.problems


def own_file(folder: Path, text: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def places(problems: tuple[Problem, ...]) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.value) for problem in problems]


def test_every_problem_of_a_file_is_named_at_once(data, tmp_path) -> None:
    path = own_file(
        tmp_path,
        "E22000120,local:robbery,2009-13,5\n"
        "E22000120,local:robbery,2009-12,five\n"
        "E22000999,local:robbery,2009-12,5\n"
        "E22000120,local:robbery,2026-01,5\n"
        "E22000120,survey:ni_21,2009-12,-5\n",
    )
    found = problems_of(data, path)
    assert sorted(places(found)) == [
        (2, "period", "2009-13"),
        (3, "value", "five"),
        (4, "area_code", "E22000999"),
        (5, "period_start", "2026-01"),
        (6, "value", "-5.0"),
    ]
    assert {problem.file for problem in found} == {"own.csv"}


def test_an_unknown_area_is_answered_with_the_nearest(data, tmp_path) -> None:
    (found,) = problems_of(data, own_file(tmp_path, "Southampton,local:robbery,2009-12,5\n"))
    assert "E22000120 (Southampton)" in found.what_to_do


def test_what_is_wrong_with_many_lines_alike_is_one_problem(data, tmp_path) -> None:
    months = pd.period_range("1733-12", periods=3312, freq="M")
    wrong = "".join(f"E22999999,local:robbery,{month},5\n" for month in months)
    unnamed = "".join(f"E22000120,Robbery,{month},5\n" for month in months[-2:])
    found = problems_of(data, own_file(tmp_path, wrong + unnamed))
    assert places(found) == [(3314, "measure_code", "Robbery"), (2, "area_code", "E22999999")]
    measure, area = (problem.rule for problem in found)
    assert area == "no area has this code (3,312 lines: 2, 3, 4, 5, 6 and more)"
    assert measure == "this is not the code of a measure (2 lines: 3314, 3315)"
    report = tmp_path / "problems.csv"
    write_problems(report, found)
    assert pd.read_csv(report)["rule"].tolist() == [measure, area]


def test_no_line_of_such_a_problem_is_loaded(data, tmp_path) -> None:
    good = "E22000120,local:robbery,2009-12,5\n"
    bad = "E22000120,Robbery,2009-11,5\nE22000120,Robbery,2009-12,5\n"
    bad += "E22999999,local:arson,2009-12,1\n"
    path = own_file(tmp_path, good + bad + bad.replace("2009-1", "2008-1"))
    ((_, checked),) = add_file(
        data, path, published=date(2025, 4, 24), loaded_by="a test", accept_partial=True
    )
    assert checked.good["row_number"].tolist() == [2]
    assert (checked.rows_rejected, len(checked.problems)) == (6, 2)


def test_a_negative_count_of_ones_own_is_loaded_with_a_warning(data, tmp_path) -> None:
    path = own_file(tmp_path, "E22000120,local:arson,2009-11,5\nE22000120,local:arson,2009-12,-2\n")
    ((_, checked),) = add_file(data, path, published=date(2025, 4, 24), loaded_by="a test")
    assert checked.good["value"].tolist() == [5, -2]
    assert found_in(checked).endswith("1 negative count is taken to correct earlier periods.")
    built = build(data)
    notes = publish.read_mart(built.path, "source_note").set_index("area_code")
    assert notes.loc["E22000120", "effect"] == "caution"
    assert str(notes.loc["E22000120", "period_start"]) == "2009-12-01"


def test_the_same_key_with_two_values_is_refused_and_with_one_is_not(data, tmp_path) -> None:
    line = "E22000120,local:robbery,2009-12,"
    found = problems_of(data, own_file(tmp_path, f"{line}5\n{line}6\n"))
    assert places(found) == [(2, "value", "5.0"), (3, "value", "6.0")]
    same = own_file(tmp_path, f"{line}5\n{line}5\n", name="same.csv")
    add_file(data, same, published=date(2025, 4, 24), loaded_by="a test")


def test_good_rows_wait_until_a_person_accepts_them(data, tmp_path) -> None:
    path = own_file(
        tmp_path, "E22000120,local:robbery,2009-12,5\nE22000120,local:robbery,2009-11,?\n"
    )
    problems_of(data, path)
    assert [load for load in loads(data) if not load.illustrative] == []
    ((load, checked),) = add_file(
        data, path, published=date(2025, 4, 24), loaded_by="a test", accept_partial=True
    )
    assert load.accept_partial
    assert (checked.reading.rows_read, len(checked.good), checked.rows_rejected) == (2, 1, 1)
    built = build(data)
    assert built.rows["rejected_row"] == 1


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02", "no source recognises"),
        (b"a,b\n1,2\n", "no source recognises"),
        (HEADER.encode() + b"E22000120,local:robbery,2009-12,5,6,7\n", "6 values, the header 4"),
        (HEADER.replace("value", "value,value").encode(), "stands twice"),
        ((HEADER + "E22000120,local:a,2009-12,1\x00\n").encode(), "not a number"),
        (HEADER.replace("value", "value,colour").encode(), "no such column"),
        ((HEADER + "E22000120,local:caf\u00e9,2009-12,5\n").encode("cp1252"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(data, tmp_path, content, rule) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert rule in problems_of(data, path)[0].rule


def test_a_missing_file_is_named(data, tmp_path) -> None:
    (found,) = problems_of(data, tmp_path / "nowhere.xlsx")
    assert "does not exist" in found.rule


def test_a_truncated_workbook_leaves_everything_as_it_was(data, tmp_path, shared_data) -> None:
    build(data)
    before = publish.current(data)
    whole = shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx"
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    problems_of(data, path)
    assert not data.raw.exists()
    assert publish.current(data) == before


def test_a_workbook_of_another_table_is_not_taken_for_a_known_one(data, tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Table C2"
    book.active.append(["Table C2: Library loans by council, year ending December 2024"])
    book.active.append(["Council code", "Council name", "Loans"])
    other = tmp_path / "loans.xlsx"
    book.save(other)
    assert "no source recognises" in problems_of(data, other)[0].rule


def test_a_file_of_another_date_is_not_loaded_twice(data, tmp_path) -> None:
    path = own_file(tmp_path, "E22000120,local:robbery,2009-12,5\n")
    add_file(data, path, published=date(2025, 1, 1), loaded_by="a test")
    assert "loaded already" in problems_of(data, path)[0].rule


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "field"),
    [
        ("targets.toml", 'kind = "plan"', 'kind = "wish"', "/targets.toml", "kind"),
        ("targets.toml", "goal_number = -18", "", "/targets.toml", "all_crime_2010_11"),
        ("targets.toml", '"all_crime"', '"al_crime"', "/targets.toml", "indicator"),
        ("plan.toml", "display_order", "displayorder", "/plan.toml", "display_order"),
        ("published.csv", ",exact,", ",exactly,", "/published.csv", "mark"),
        ("notes.csv", "unreliable", "dubious", "/notes.csv", "effect"),
    ],
)
def test_a_bad_plan_file_is_named_with_entry_and_field(data, file, old, new, place, field) -> None:
    plan = data.root / "plans" / "southampton_2010_11"
    shutil.copytree(PROJECT_DATA / "plans" / plan.name, plan)
    text = (plan / file).read_text(encoding="utf-8")
    assert old in text
    (plan / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_catalogue(data)
    found = raised.value.problems[0]
    assert found.file.endswith(place)
    assert field in found.column


@pytest.mark.parametrize(
    ("indicator", "more", "said"),
    [
        ("ni_21", "design_effect = 1.2", "go together"),
        ("ni_21", 'design_effect_source = "its report"', "go together"),
        ("robbery", 'design_effect = 1.2\ndesign_effect_source = "its report"', "not percent"),
        ("ni_21", 'design_effect = 0\ndesign_effect_source = "its report"', "greater than 0"),
    ],
)
def test_a_design_effect_has_a_source_and_is_of_a_survey(data, indicator, more, said) -> None:
    folder = data.root / "indicators"
    folder.mkdir(parents=True)
    text = (PROJECT_DATA / "indicators" / f"{indicator}.toml").read_text(encoding="utf-8")
    (folder / f"{indicator}.toml").write_text(f"{more}\n{text}", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_catalogue(data)


def test_a_design_effect_of_a_survey_is_taken(data) -> None:
    folder = data.root / "indicators"
    folder.mkdir(parents=True)
    text = (PROJECT_DATA / "indicators" / "ni_21.toml").read_text(encoding="utf-8")
    given = 'design_effect = 1.2\ndesign_effect_source = "the survey\'s report"\n'
    (folder / "ni_21.toml").write_text(given + text, encoding="utf-8")
    assert load_catalogue(data).indicators["ni_21"].design_effect == 1.2


def test_broken_toml_is_named_with_its_place(data) -> None:
    folder = data.root / "indicators"
    folder.mkdir(parents=True)
    (folder / "all_crime.toml").write_text('title = "All crime\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"all_crime.toml : this is not valid TOML.*line 1"):
        load_catalogue(data)
