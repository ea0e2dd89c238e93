"""Getting started: the files it offers load for real, and the invitation comes and goes."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.intake.own_plans import plan_files, plan_folder, template_file
from dashboard.layout.first_steps import DISMISSED, NO
from dashboard.store.warehouse import Warehouse
from etl.catalogue import load_catalogue
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.sources import recognise
from etl.templates import FILE_FORMATS, KINDS

LEEDS = "E22000345"


def keys(page) -> list[str]:
    return [str(button.key) for button in page.button]


def test_three_steps_in_plain_words(open_page, default_data) -> None:
    page = open_page("getting_started", default_data, partnership=LEEDS)
    assert [each.value for each in page.header] == [
        "1. Choose your partnership",
        "2. Load your first file",
        "3. Write your first target",
    ]
    assert len(page.selectbox(key="choose_partnership").options) > 300
    assert any(LEEDS in each.value for each in page.markdown)
    assert [each.value for each in page.code] == [
        text.strip() for text in plan_files(LEEDS, "Leeds").values()
    ]


@pytest.mark.parametrize("name", ["Leeds", 'Bath & "North" East\\Somerset', "Ynys Môn"])
def test_the_plan_it_shows_loads_for_real(tmp_path, name: str) -> None:
    folder = tmp_path / "plans" / plan_folder(name)
    folder.mkdir(parents=True)
    for file, text in plan_files(LEEDS, name).items():
        (folder / file).write_text(text, encoding="utf-8")
    plan = load_catalogue(DataDir(tmp_path)).plans[plan_folder(name)]
    assert (plan.area_code, plan.area_name) == (LEEDS, name)
    assert [(each.indicator, each.goal_number) for each in plan.targets] == [
        ("dwelling_burglary", -10)
    ]


def test_with_a_plan_of_ones_own_the_invitation_goes(open_page, tmp_path) -> None:
    folder = tmp_path / "plans" / plan_folder("Leeds")
    folder.mkdir(parents=True)
    for file, text in plan_files(LEEDS, "Leeds").items():
        (folder / file).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["build", "--data-dir", str(tmp_path), "--quiet"])
    assert result.exit_code == ExitCode.DONE, result.output
    with Warehouse(DataDir(tmp_path)) as warehouse:
        targets = warehouse.frame("targets", plan=plan_folder("Leeds"))
    assert targets["target_id"].tolist() == ["dwelling_burglary_2025_26"]
    assert "first_use_dismiss" not in keys(open_page("overview", tmp_path))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_the_templates_offered_are_recognised(tmp_path, kind, ending) -> None:
    file = tmp_path / f"template.{ending}"
    file.write_bytes(template_file(kind, ending))
    assert len(recognise(file)) == 1


def test_the_invitation_can_be_dismissed_and_stays_away(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    assert "first_use_dismiss" in keys(page)
    page.button(key="first_use_dismiss").click().run()
    assert not page.exception
    assert page.query_params[DISMISSED] == NO
    assert "first_use_dismiss" not in keys(page)
    again = open_page("overview", default_data, **{DISMISSED: NO})
    assert "first_use_dismiss" not in keys(again)


def test_with_figures_of_ones_own_the_invitation_goes(open_page, real_data) -> None:
    assert "first_use_dismiss" not in keys(open_page("overview", real_data))
