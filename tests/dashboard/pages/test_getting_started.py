"""Getting started: the files it offers load for real, and the invitation comes and goes."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.intake.own_plans import (
    LARGEST_LOGO,
    logo_of,
    plan_files,
    plan_folder,
    template_file,
)
from dashboard.pages.getting_started.draft import first_due
from dashboard.store.warehouse import Warehouse
from etl.catalogue import load_catalogue
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.sources import recognise
from etl.templates import FILE_FORMATS, KINDS
from tests.dashboard.conftest import html_of

LEEDS = "E22000345"


def asks_which(page) -> bool:
    return any(str(each.key) == "first_partnership" for each in page.selectbox)


def steps_said(page) -> list[str]:
    """What is said of each step, as a chip."""
    heads = [each.proto.body for each in page.get("html") if each.proto.body.startswith("<span")]
    return re.findall(r'class="chip[^"]*">(.*?)<', " ".join(heads))


def test_three_steps_in_plain_words(open_page, default_data) -> None:
    page = open_page("getting_started", default_data, partnership=LEEDS)
    assert [each.value for each in page.header] == [
        "1. Choose your partnership",
        "2. Load your first file",
        "3. Write your first target",
    ]
    assert len(page.selectbox(key="choose_partnership").options) > 300
    assert steps_said(page) == ["✓ Done", "To do", "To do"]
    assert steps_said(open_page("getting_started", default_data)) == ["To do"] * 3
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


def test_a_plan_of_ones_own_is_built_from_its_files(open_page, tmp_path) -> None:
    folder = tmp_path / "plans" / plan_folder("Leeds")
    folder.mkdir(parents=True)
    for file, text in plan_files(LEEDS, "Leeds").items():
        (folder / file).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["build", "--data-dir", str(tmp_path), "--quiet"])
    assert result.exit_code == ExitCode.DONE, result.output
    with Warehouse(DataDir(tmp_path)) as warehouse:
        targets = warehouse.frame("targets", plan=plan_folder("Leeds"))
    assert targets["target_id"].tolist() == ["dwelling_burglary_2025_26"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", FILE_FORMATS)
def test_the_templates_offered_are_recognised(tmp_path, kind, ending) -> None:
    file = tmp_path / f"template.{ending}"
    file.write_bytes(template_file(kind, ending))
    assert len(recognise(file)) == 1


def test_the_first_page_asks_whose_figures_to_show(open_page, default_data) -> None:
    page = open_page("overview", default_data)
    assert asks_which(page)
    assert len(page.selectbox(key="first_partnership").options) > 300
    assert not asks_which(open_page("overview", default_data, plan="southampton_2010_11"))


def test_a_partnership_is_one_choice_away(open_page, real_data) -> None:
    page = open_page("overview", real_data, plan="southampton_2010_11")
    assert not page.exception
    page = open_page("overview", real_data)
    page.selectbox(key="first_partnership").select("E22000118").run()
    assert page.query_params["area"] == "E22000118"
    assert "Portsmouth" in page.title[0].value


def test_an_installation_begins_with_its_own_partnership(
    open_page, real_data, tmp_path_factory
) -> None:
    folder = tmp_path_factory.mktemp("own") / "data"
    shutil.copytree(real_data, folder)
    page = open_page("overview", folder, area="E22000118")
    page.button(key="begin_with").click().run()
    own = open_page("overview", folder)
    assert "Portsmouth" in own.title[0].value
    assert not asks_which(own)
    assert not any(str(each.key) == "begin_with" for each in own.button)
    assert (
        "Portsmouth" not in open_page("overview", folder, plan="southampton_2010_11").title[0].value
    )


def test_the_first_target_is_prefilled(open_page, real_data) -> None:
    page = open_page(
        "getting_started", real_data, partnership="E22000118", indicator="dwelling_burglary"
    )
    chosen = next(each for each in page.selectbox if str(each.key).startswith("target_indicator"))
    assert chosen.value == "dwelling_burglary"


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        (date(2024, 12, 31), date(2026, 3, 31)),
        (date(2025, 3, 31), date(2026, 3, 31)),
        (date(2025, 4, 1), date(2027, 3, 31)),
    ],
)
def test_the_due_day_ends_the_first_whole_year_after_the_baseline(ends, due) -> None:
    assert first_due(ends) == due


LOGO = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
PIXEL = b"\x89PNG\r\n\x1a\n..."


@pytest.mark.parametrize(
    ("file", "content", "shown"),
    [
        ("logo.svg", LOGO, "data:image/svg+xml;base64,"),
        ("logo.png", PIXEL, "data:image/png;base64,"),
        ("logo.png", b"<html>", ""),
        ("logo.svg", LOGO + b" " * LARGEST_LOGO, ""),
    ],
)
def test_the_logo_beside_a_plan_is_shown_as_an_image(tmp_path, file, content, shown) -> None:
    data = DataDir(tmp_path)
    assert logo_of(data, "leeds") == ""
    folder = tmp_path / "plans" / "leeds"
    folder.mkdir(parents=True)
    (folder / file).write_bytes(content)
    address = logo_of(data, "leeds")
    assert address.startswith(shown)
    assert bool(address) == bool(shown)


def test_the_plans_partnership_is_named_in_the_sidebar(open_page, default_data) -> None:
    shown = html_of(open_page("load_figures", default_data))
    assert '<p class="brand own">Southampton Safe City Partnership</p>' in shown
