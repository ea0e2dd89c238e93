"""Load figures: nothing is published before it is said so, nothing is kept of what fails."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.intake.own_plans import plan_workbook
from etl import publish
from etl.build import build
from etl.build_lock import build_lock
from etl.datadir import DataDir
from etl.manifest import loads
from tests.dashboard.conftest import html_of, numbers_of

SOUTHAMPTON = "E22000120"
HEADER = "area_code,measure_code,period,value\n"
GOOD = f"{SOUTHAMPTON},local:robbery,2024-01,31\n"
BAD = f"{SOUTHAMPTON},local:robbery,2024-02,many\nE22000121x,local:robbery,2024-02,3\n"
RING = [[-1.5, 50.9], [-1.3, 50.9], [-1.3, 51.0], [-1.5, 50.9]]
ACCEPT = "Load the good rows without the bad ones"


@pytest.fixture
def data(tmp_path: Path, default_data: Path) -> DataDir:
    return DataDir(shutil.copytree(default_data, tmp_path / "figures"))


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for temporary files, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield
    assert list(folder.glob("safecity-*")) == []


def check(page: AppTest, *files: tuple[str, str], published: date | None = date(2025, 1, 31)):
    page.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files])
    page.date_input[0].set_value(published)
    page.text_input(key="loaded_by").set_value("Ann")
    page.button[0].click().run()
    assert not page.exception
    return page


def own_loads(data: DataDir) -> list[str]:
    return [load.file_name for load in loads(data) if not load.illustrative]


def said(page: AppTest) -> str:
    parts = [*page.markdown, *page.warning, *page.error, *page.success, *page.header]
    return "\n".join(part.value for part in parts).replace("\\", "")


def table(page: AppTest) -> str:
    return next(each.proto.body for each in page.get("html") if "<table" in each.proto.body)


def read(page: AppTest) -> list[str]:
    """How many cells or lines were read, good, rejected and withheld."""
    return re.findall(r"<span>(.*?)</span>", numbers_of(page))


def chips(page: AppTest) -> list[str]:
    """What is said of the files as chips."""
    heads = [each.proto.body for each in page.get("html") if each.proto.body.startswith("<span")]
    return re.findall(r'class="chip[^"]*">(.*?)<', " ".join(heads))


def load_button(page: AppTest):
    return next(button for button in page.button if button.label.startswith("Load"))


@pytest.mark.usefixtures("uploads")
def test_a_good_file_is_looked_at_then_loaded(open_page, data) -> None:
    before = publish.current(data)
    page = check(open_page("load_figures", data.root), ("own.csv", HEADER + GOOD))
    assert page.title[0].value == "The file can be loaded"
    assert read(page) == ["1", "1", "0", "0"]
    assert chips(page) == ["Can be loaded"]
    assert "To be seen on: Crime types of Southampton, January 2024" in said(page)
    changes = [each.label.partition(":")[0] for each in page.expander]
    assert changes == ["Latest values", "New periods"]
    assert "Illustrative figures" in html_of(page)
    assert publish.current(data) == before
    assert own_loads(data) == []

    load_button(page).click().run()
    assert not page.exception
    assert "own.csv is loaded and published. Now to be seen on: Crime types of" in said(page)
    assert page.title[0].value.startswith("Load figures")
    assert publish.current(data) != before
    (load,) = [load for load in loads(data) if not load.illustrative]
    assert (load.loaded_by, str(load.published), load.accept_partial) == (
        "Ann",
        "2025-01-31",
        False,
    )
    # The worked example stays what it is: what was loaded is seen without it.
    assert "Illustrative figures" in html_of(page)
    assert page.file_uploader[0].value == []


@pytest.mark.usefixtures("uploads")
def test_a_file_with_bad_rows_waits_until_that_is_accepted(open_page, data) -> None:
    page = check(open_page("load_figures", data.root), ("own.csv", HEADER + GOOD + BAD))
    assert page.title[0].value == "The file can be loaded; 2 problems found"
    assert read(page) == ["3", "1", "2", "0"]
    assert chips(page) == ["Can be loaded", "Two problems"]
    assert re.findall('"Line">(.*?)<', table(page)) == ["3", "4"]
    assert '"Value">many<' in table(page)
    assert load_button(page).disabled
    page.checkbox[0].check().run()
    assert page.checkbox[0].label == ACCEPT
    load_button(page).click().run()
    assert "own.csv is loaded and published" in said(page)
    (load,) = [load for load in loads(data) if not load.illustrative]
    assert load.accept_partial


@pytest.mark.usefixtures("uploads")
def test_what_is_no_known_file_cannot_be_loaded(open_page, data) -> None:
    page = check(open_page("load_figures", data.root), ("letter.csv", "Dear,Ann\n"))
    assert page.title[0].value == "The file cannot be loaded"
    assert "letter.csv : no source recognises" in said(page)
    assert "safecity template figures, or the page Getting started" in said(page)
    assert [each.label for each in page.expander] == ["More"]
    assert "Columns of the file: Dear, Ann." in said(page)
    assert chips(page)[0] == "Cannot be loaded"
    assert not any(button.label.startswith("Load") for button in page.button)


@pytest.mark.usefixtures("uploads")
def test_of_several_files_those_that_can_be_are_loaded(open_page, data) -> None:
    page = check(
        open_page("load_figures", data.root),
        ("own.csv", HEADER + GOOD), ("letter.csv", "Dear,Ann\n"),
        ("own.csv", HEADER + GOOD.replace("2024-01", "2024-02")),
    )  # fmt: skip
    assert page.title[0].value == "Two of three files can be loaded; 1 problem found"
    assert load_button(page).label == "Load 2 of 3 files"
    load_button(page).click().run()
    assert "2 files are loaded and published" in said(page)
    assert own_loads(data) == ["own.csv", "own.csv"]


def test_what_is_left_out_of_the_form_is_asked_for(open_page, data) -> None:
    page = check(open_page("load_figures", data.root), ("own.csv", HEADER + GOOD), published=None)
    assert "Give the day on which it was published." in said(page)
    assert not page.expander


@pytest.mark.usefixtures("uploads")
def test_while_somebody_else_loads_nothing_is_kept(open_page, data) -> None:
    page = check(open_page("load_figures", data.root), ("own.csv", HEADER + GOOD))
    with build_lock(data, "Bob"):
        load_button(page).click().run()
        assert "figures are being loaded or built already (begun by Bob at" in said(page)
    assert own_loads(data) == []
    load_button(page).click().run()
    assert "own.csv is loaded and published" in said(page)


@pytest.mark.usefixtures("uploads")
def test_a_build_that_fails_keeps_nothing_and_says_why(open_page, data) -> None:
    before = publish.current(data)
    page = check(open_page("load_figures", data.root), ("own.csv", HEADER + GOOD))
    data.rulings.write_text("when,what\n")
    load_button(page).click().run()
    assert "Nothing was loaded, and nothing has changed." in said(page)
    assert "the first line is not" in table(page)
    assert publish.current(data) == before
    assert own_loads(data) == []
    assert not list(data.raw.iterdir())


@pytest.mark.usefixtures("uploads")
def test_figures_published_meanwhile_ask_for_another_check(open_page, data) -> None:
    page = check(open_page("load_figures", data.root), ("own.csv", HEADER + GOOD))
    build(data)
    page.run()
    assert "Other figures were published since" in said(page)
    assert not any(button.label.startswith("Load") for button in page.button)


def boundaries(code: str = "E06000045") -> str:
    shape = {"type": "Polygon", "coordinates": [RING]}
    area = {"type": "Feature", "properties": {"LAD24CD": code, "n": 1}, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [area]})


def kept_boundaries(data: DataDir) -> list[str]:
    return sorted(path.name for path in (data.root / "boundaries").glob("*"))


@pytest.mark.usefixtures("uploads")
def test_boundaries_are_checked_kept_and_drawn(open_page, data) -> None:
    before = publish.current(data)
    assert (
        "There are no boundaries" in open_page("crime_types", data.root, look="map").info[0].value
    )
    page = check(open_page("load_figures", data.root), ("areas.txt", boundaries()), published=None)
    assert page.title[0].value == "The file can be loaded"
    assert "Recognised as boundaries for maps." in said(page)
    assert "1 area, of which 1 has figures: Southampton." in said(page)
    assert kept_boundaries(data) == []
    load_button(page).click().run()
    assert not page.exception
    assert "areas.txt.geojson is kept." in said(page)
    assert publish.current(data) == before
    drawn = open_page("crime_types", data.root, look="map", boundaries="areas.txt.geojson")
    assert [each.proto.alt for each in drawn.get("plotly_chart")]

    page.button(key="boundaries_out").click().run()
    assert not page.exception
    assert "taken out again" in page.info[0].value
    assert kept_boundaries(data) == []


@pytest.mark.usefixtures("uploads")
def test_wrong_boundaries_say_where_and_are_not_kept(open_page, data) -> None:
    page = check(
        open_page("load_figures", data.root), ("areas.geojson", boundaries("Southampton")),
        published=None,
    )  # fmt: skip
    assert page.title[0].value == "The file cannot be loaded"
    assert "names no area codes such as E06000045" in table(page)
    assert not any(button.label.startswith("Load") for button in page.button)
    assert kept_boundaries(data) == []


@pytest.mark.usefixtures("uploads")
def test_boundaries_go_where_the_figures_beside_them_fail(open_page, data) -> None:
    page = check(
        open_page("load_figures", data.root), ("own.csv", HEADER + GOOD),
        ("areas.geojson", boundaries()),
    )  # fmt: skip
    data.rulings.write_text("when,what\n")
    load_button(page).click().run()
    assert "Nothing was loaded, and nothing has changed." in said(page)
    assert kept_boundaries(data) == []
    data.rulings.unlink()
    load_button(page).click().run()
    assert "own.csv is loaded and published" in said(page)
    assert kept_boundaries(data) == ["areas.geojson"]


@pytest.mark.usefixtures("uploads")
def test_street_level_figures_without_a_lookup_say_what_to_load(open_page, data) -> None:
    page = open_page("load_figures", data.root)
    street = (
        "Month,Reported by,LSOA code,LSOA name,Crime type\n"
        "2024-01,Kent Police,E01000001,Dover 001A,Burglary\n"
    )
    check(page, ("2024-01-kent-street.csv", street))
    (warning,) = [each.value for each in page.warning if "No partnership" in each.value]
    assert "will show 2 of these figures" in warning
    assert "Load a lookup of small areas" in warning


@pytest.mark.usefixtures("uploads")
def test_the_workbook_of_a_plan_is_checked_and_published_without_a_day(open_page, data) -> None:
    page = open_page("load_figures", data.root)
    page.file_uploader[0].set_value(
        [("plan.xlsx", plan_workbook(data, "southampton_2010_11"), "application/octet-stream")]
    )
    page.date_input[0].set_value(None)
    page.text_input(key="loaded_by").set_value("Ann")
    page.button[0].click().run()
    assert "70 actions" in said(page)
    assert "takes the place" not in said(page)
    load_button(page).click().run()
    assert "The plan southampton_2010_11 is loaded and published." in said(page)
    assert (data.root / "plans" / "southampton_2010_11" / "actions.csv").is_file()
