"""What is held and what moved is said on the pages, and a person's decision is followed."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from etl.build import build
from etl.build_lock import build_lock
from etl.datadir import DataDir
from etl.raw import add_file

SOUTHAMPTON, *OTHERS = "E22000120", "E22000118", "E22000117"
OUTAGE = "2024-06"
HELD = "no figure for June 2024 (June 2024 is held as a suspected gap)"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three areas with two years of robberies: one month is a single robbery, one was revised."""
    folder = tmp_path_factory.mktemp("gaps")
    data = DataDir(folder / "figures")
    lines = []
    for area in (SOUTHAMPTON, *OTHERS):
        for month in range(24):
            period = f"{2023 + month // 12}-{month % 12 + 1:02}"
            out = area == SOUTHAMPTON and period == OUTAGE
            lines.append(f"{area},local:robbery,{period},{1 if out else 100 + month % 5}")
    later = [f"{SOUTHAMPTON},local:robbery,2023-02,111"]
    for name, rows, day in (("first", lines, "2025-01-31"), ("second", later, "2025-05-31")):
        path = folder / f"{name}.csv"
        path.write_text("\n".join(["area_code,measure_code,period,value", *rows]) + "\n")
        add_file(data, path, published=date.fromisoformat(day), loaded_by="a test")
    build(data)
    return data.root


@pytest.fixture
def data(built: Path, tmp_path: Path) -> DataDir:
    """The same, to be changed."""
    return DataDir(shutil.copytree(built, tmp_path / "figures"))


def said(page) -> str:
    parts = [*page.title, *page.markdown, *page.warning, *page.error, *page.success]
    tables = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    return "\n".join([*(part.value for part in parts), *tables]).replace("\\", "")


def test_the_section_lists_what_is_held(open_page, built) -> None:
    page = open_page("data_and_methods", built, section="gaps")
    assert page.title[0].value == "One figure of Southampton is held as a suspected gap"
    text = said(page)
    assert "Southampton, local:robbery, June 2024" in text
    assert ">1 where about 10" in text
    assert "Held: nobody has decided" in text


def test_of_another_area_nothing_is_held_but_of_all_one(open_page, built) -> None:
    page = open_page("data_and_methods", built, section="gaps", area=OTHERS[0])
    assert page.title[0].value.startswith("No figure of")
    assert not page.multiselect
    page = open_page("data_and_methods", built, section="gaps", area=OTHERS[0], gaps="all")
    assert page.title[0].value == "One figure of all areas is held as a suspected gap"


def decide(page, decision: str, reason: str):
    page.multiselect(key="rule_figures").select(0)
    page.radio(key="rule_decision").set_value(decision)
    page.text_input(key="rule_reason").set_value(reason)
    page.text_input(key="loaded_by").set_value("Ann")
    next(button for button in page.button if button.label == "Record").click().run()
    assert not page.exception
    return page


def test_a_decision_is_recorded_and_followed(open_page, data) -> None:
    page = open_page("data_and_methods", data.root, section="gaps")
    page = decide(page, "real", "the force confirms it")
    assert "Your decision on 1 figure is recorded" in said(page)
    assert "Real: it counts. the force confirms it (Ann," in said(page)
    with data.rulings.open(encoding="utf-8", newline="") as file:
        (ruling,) = csv.DictReader(file)
    assert (ruling["ruled_by"], ruling["period"], ruling["decision"]) == ("Ann", OUTAGE, "real")
    page = open_page(
        "quarterly_review", data.root, indicator="robbery", as_at="2024-12", part="notes"
    )
    assert "suspected gap" not in said(page)


def test_a_decision_without_a_reason_is_not_recorded(open_page, data) -> None:
    page = decide(open_page("data_and_methods", data.root, section="gaps"), "gap", " ")
    assert "give a reason and your name" in said(page)
    assert not data.rulings.exists()


def test_while_somebody_loads_a_decision_is_not_recorded(open_page, data) -> None:
    page = open_page("data_and_methods", data.root, section="gaps")
    with build_lock(data, "Bob"):
        page = decide(page, "gap", "an outage")
    assert "Not recorded: figures are being loaded or built already" in said(page)
    assert not data.rulings.exists()


@pytest.mark.parametrize("module", ["quarterly_review", "crime_types"])
def test_the_pages_say_that_a_month_is_held(open_page, built, module) -> None:
    page = open_page(
        module, built, area=SOUTHAMPTON, indicator="robbery", as_at="2024-12", basis="ytd"
    )
    headings = "\n".join(each.value for each in [*page.header, *page.subheader])
    text = said(page) + headings.replace("\\", "")
    assert HELD in text


def test_the_panel_says_what_is_held_and_why(open_page, built) -> None:
    page = open_page(
        "quarterly_review",
        built,
        area=SOUTHAMPTON,
        indicator="robbery",
        as_at="2024-12",
        part="notes",
    )
    assert "June 2024 is held as a suspected gap and not compared: 1 where about" in said(page)


def test_the_section_says_what_moved(open_page, built) -> None:
    page = open_page("data_and_methods", built, area=SOUTHAMPTON, section="revisions")
    assert page.title[0].value == (
        "One published figure of Southampton has moved since 31 March 2025"
    )
    moved = page.dataframe[0].value
    assert moved.iloc[0].tolist() == [
        "Robbery", "February 2023", "101, 31 January 2025", "111, 31 May 2025", "+10 (+10%)",
    ]  # fmt: skip
    assert page.date_input[0].value == date(2025, 3, 31)


def test_another_day_stands_in_the_address(open_page, built) -> None:
    page = open_page("data_and_methods", built, area=SOUTHAMPTON, section="revisions")
    page.date_input[0].set_value(date(2025, 6, 1)).run()
    assert page.query_params["since"] == "2025-06-01"
    assert page.title[0].value == "No published figure of Southampton has moved since 1 June 2025"
    page = open_page("data_and_methods", built, section="revisions", since="yesterday")
    assert "which is no day" in said(page)
