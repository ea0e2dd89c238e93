"""A base that a published change implies is a later vintage of the year before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import ChangeAnswer, change
from dashboard.analysis.revisions import revisions
from dashboard.cli.main import app
from dashboard.store.warehouse import Warehouse
from dashboard.words.sources import source_of_indicators
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

HAMPSHIRE, KENT = "E23000030", "E23000032"
FORCES = {HAMPSHIRE: "Hampshire", KENT: "Kent"}
OFFENCE = "Robbery"
FIRST, SECOND = "2018-04-26", "2019-04-25"


def workbook(
    path: Path, year: int, counts: dict[str, int], changes: dict[str, float] | None = None
) -> Path:
    """A release with one offence, and its changes where they are given."""
    title = "Police recorded crime by offence group and police force area"
    with xlsxwriter.Workbook(str(path)) as book:
        counted = f"number of offences, year ending December {year}"
        pages = {"P1": (f"Table P1: {title}, {counted}", counts)}
        if changes is not None:
            compared = f"year ending December {year - 1} compared with year ending December {year}"
            pages["P2"] = (f"Table P2: {title}, percentage change, {compared}", changes)
        for name, (line, figures) in pages.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [line])
            sheet.write_row(2, 0, ["Area Code", "Area Name", OFFENCE])
            for number, (code, figure) in enumerate(figures.items(), start=3):
                sheet.write_row(number, 0, [code, FORCES[code], figure])
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """1,000 in each force, revised in one of them: a rise on the first figure, a fall since."""
    root = tmp_path_factory.mktemp("bases")
    data = DataDir(root / "figures")
    now, before = {HAMPSHIRE: 1_050, KENT: 1_050}, {HAMPSHIRE: 1_100, KENT: 1_000}
    changes = {force: round(100 * (now[force] / before[force] - 1), 9) for force in now}
    first = workbook(root / "first.xlsx", 2017, dict.fromkeys(FORCES, 1_000))
    second = workbook(root / "second.xlsx", 2018, now, changes)
    for path, day in ((first, FIRST), (second, SECOND)):
        add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
    build(data)
    return data


@pytest.fixture(scope="module")
def warehouse(data: DataDir) -> Warehouse:
    return Warehouse(data)


def changed(warehouse: Warehouse, area: str, as_at: str = "2018-12") -> ChangeAnswer:
    return change(AreaView.of(warehouse, area=area), "robbery", "rolling_year", as_at=as_at)


def test_the_change_is_on_the_revised_base(warehouse: Warehouse) -> None:
    found = changed(warehouse, HAMPSHIRE).change
    assert (found.current, found.previous, found.number) == (1_050, 1_100, -50)
    assert found.status == "implied"


def test_a_base_that_the_change_confirms_stays_what_it_was(warehouse: Warehouse) -> None:
    found = changed(warehouse, KENT).change
    assert (found.previous, found.number, found.status) == (1_000, 50, "final")
    view = AreaView.of(warehouse, area=KENT)
    assert revisions(view, since="2018-12-31").moved.empty
    before = view.series("robbery").sort_values("period_start")["published"].iloc[0]
    assert before.date() == date.fromisoformat(FIRST)


def test_revisions_say_what_it_was_first(warehouse: Warehouse) -> None:
    found = revisions(AreaView.of(warehouse, area=HAMPSHIRE), since="2018-12-31")
    (moved,) = found.moved.to_dict("records")
    assert (moved["period"], moved["previous"], moved["value"]) == ("2017-01", 1_000, 1_100)
    assert (moved["previous_published"], moved["published"]) == (FIRST, SECOND)


def test_the_source_line_names_the_year_that_no_table_prints(warehouse: Warehouse) -> None:
    said = source_of_indicators(AreaView.of(warehouse, area=HAMPSHIRE), "robbery")
    assert said.endswith("; year to Dec 2017 implied by the published percentage change")
    assert "implied" not in source_of_indicators(AreaView.of(warehouse, area=KENT), "robbery")


def test_a_figure_has_the_date_of_its_own_publication(warehouse: Warehouse, data: DataDir) -> None:
    assert changed(warehouse, KENT, "2017-12").published == FIRST
    assert changed(warehouse, KENT).published == SECOND
    arguments = ["show", "change", "--area", KENT, "--indicator", "robbery", "--as-at", "2017-12"]
    shown = CliRunner().invoke(app, [*arguments, "--data-dir", str(data.root)])
    assert json.loads(shown.stdout)["published"] == FIRST


@pytest.fixture(scope="module")
def rounded(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Changes in whole per cent: 1,050 after 5% more is 996 to 1,004 before."""
    root = tmp_path_factory.mktemp("rounded")
    data = DataDir(root / "figures")
    first = workbook(root / "first.xlsx", 2017, {HAMPSHIRE: 950, KENT: 1_004})
    second = workbook(
        root / "second.xlsx", 2018, dict.fromkeys(FORCES, 1_050), dict.fromkeys(FORCES, 5)
    )
    for path, day in ((first, FIRST), (second, SECOND)):
        add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
    build(data)
    return Warehouse(data)


def test_a_first_figure_that_gives_the_rounded_change_stands(rounded: Warehouse) -> None:
    found = changed(rounded, KENT).change
    assert (found.previous, found.status) == (1_004, "final")


def test_another_base_keeps_its_rounding_and_is_tested_at_the_least_change(
    rounded: Warehouse,
) -> None:
    found = changed(rounded, HAMPSHIRE).change
    assert (found.previous, found.status) == (1_000, "implied")
    row = AreaView.of(rounded, area=HAMPSHIRE).series("robbery").iloc[0]
    assert row[["lower", "upper"]].tolist() == [996, 1_004]
    # Kent's change is from 1,004 to 1,050: so is what is tested of Hampshire's, but for the
    # dispersion, which goes by the size of the figures that are shown.
    tests = [changed(rounded, area).change.significance for area in (HAMPSHIRE, KENT)]
    assert tests[0].p_value == pytest.approx(tests[1].p_value, abs=0.001)
    assert tests[0].dispersion == pytest.approx(tests[1].dispersion, rel=0.002)
