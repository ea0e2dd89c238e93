"""Write your first target: chosen, read back, saved, shown; a refused one leaves nothing."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store.warehouse import Warehouse
from etl import publish
from etl.build import build
from etl.build_lock import build_lock
from etl.catalogue import load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.own_plans import NewTarget, add_target
from etl.raw import add_file

SOUTHAMPTON, LEEDS, PORTSMOUTH = "E22000120", "E22000345", "E22000118"
PLAN = "southampton_2010_11_e22000120"
"""The product has a plan of the plainer name already."""


@pytest.fixture(scope="module")
def own_figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Southampton's illustrative figures, loaded as if they were its own: real ones."""
    folder = tmp_path_factory.mktemp("own_figures")
    head, *lines = (PROJECT_DATA / "illustrative/observations.csv").read_text().splitlines()
    file = folder / "own.csv"
    file.write_text("\n".join([head, *(line for line in lines if SOUTHAMPTON in line)]) + "\n")
    data = DataDir(folder / "figures")
    add_file(data, file, published=date(2010, 1, 28), loaded_by="a test")
    build(data)
    return data.root


@pytest.fixture
def data(tmp_path: Path, own_figures: Path) -> DataDir:
    return DataDir(shutil.copytree(own_figures, tmp_path / "figures"))


def field(page: AppTest, kind: str, label: str):
    return next(each for each in getattr(page, kind) if each.label.startswith(label))


def said(page: AppTest) -> str:
    parts = [*page.markdown, *page.warning, *page.error, *page.success]
    return "\n".join(part.value for part in parts).replace("\\", "")


def buttons(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def press(page: AppTest, label: str) -> None:
    field(page, "button", label).click().run()
    assert not page.exception


def fill(
    page: AppTest,
    indicator: str = "dwelling_burglary",
    *,
    number: float | None = 10,
    due: date | None = date(2011, 3, 31),
    owner: str = "",
    way: str = "",
    baseline: str = "",
) -> None:
    field(page, "selectbox", "Indicator").set_value(indicator).run()
    if way:
        field(page, "radio", "Kind of goal").set_value(way).run()
    field(page, "number_input", "").set_value(number)
    if baseline:
        field(page, "selectbox", "Baseline").set_value(baseline)
    field(page, "date_input", "Due").set_value(due)
    field(page, "text_input", "Owner").set_value(owner)
    field(page, "text_input", "Your name").set_value("Ann").run()
    assert not page.exception


def test_those_with_figures_come_first(open_page, data) -> None:
    page = open_page("getting_started", data.root, partnership=SOUTHAMPTON)
    names = field(page, "selectbox", "Indicator").options
    first_without = next(number for number, name in enumerate(names) if "no figures" in name)
    assert 40 < first_without < len(names)
    assert all("no figures yet" in name for name in names[first_without:])


def test_a_target_is_read_back_saved_and_shown(open_page, data) -> None:
    before = publish.current(data)
    page = open_page("getting_started", data.root, partnership=SOUTHAMPTON)
    fill(page, owner='O\'Brien "Bob" \\ Ynys Môn')
    assert field(page, "selectbox", "Baseline").options[0] == "2008/09: 1,123"
    assert "Save this target" not in buttons(page)
    press(page, "Read it back")
    assert (
        "Dwelling burglary in Southampton is to fall by 10%, from 1,123 in 2008/09 to 1,011 in the "
        'twelve months to 31 March 2011, on a straight path; owner: O\'Brien "Bob"  Ynys Môn.'
    ) in said(page)
    assert publish.current(data) == before
    assert not (data.root / "plans").exists()

    press(page, "Save this target")
    assert "is saved and published" in said(page)
    assert publish.current(data) != before
    with Warehouse(data) as warehouse:
        (target,) = warehouse.frame("targets", plan=PLAN).to_dict("records")
    assert (target["target_id"], target["goal"], target["goal_number"], target["goal_stated"]) == (
        "dwelling_burglary_2010_11", "relative_change", -10, "10% fewer",
    )  # fmt: skip
    assert (target["baseline_period"], str(target["due"])[:10], target["path"]) == (
        "2008/09", "2011-03-31", "straight",
    )  # fmt: skip
    assert target["owner"] == 'O\'Brien "Bob" \\ Ynys Môn'
    assert "by Ann on" in target["note"]
    shown = open_page("targets", data.root, plan=PLAN, target="dwelling_burglary_2010_11")
    assert any("10% fewer" in each.proto.body for each in shown.get("html"))


def test_another_is_added_and_what_a_person_wrote_stays(open_page, data) -> None:
    page = open_page("getting_started", data.root, partnership=SOUTHAMPTON)
    fill(page)
    press(page, "Read it back")
    press(page, "Save this target")
    path = data.root / "plans" / PLAN / "targets.toml"
    by_hand = path.read_text(encoding="utf-8") + "# agreed on 1 May, says Zoë; no line end"
    path.write_text(by_hand, encoding="utf-8")

    fill(page, "robbery", way="level", number=300)
    assert field(page, "selectbox", "Plan").options[0] == "Southampton, plan 2010/11"
    press(page, "Read it back")
    assert (
        "to be 300 or fewer in the twelve months to 31 March 2011, against 396 in 2008/09"
        in said(page)
    )
    press(page, "Save this target")
    text = path.read_text(encoding="utf-8")
    assert text.startswith(by_hand)
    ids = [each["id"] for each in tomllib.loads(text)["target"]]
    assert ids == ["dwelling_burglary_2010_11", "robbery_2010_11"]


def test_what_was_changed_after_it_was_read_back_is_not_saved(open_page, data) -> None:
    page = open_page("getting_started", data.root, partnership=SOUTHAMPTON)
    fill(page)
    press(page, "Read it back")
    assert "Save this target" in buttons(page)
    field(page, "number_input", "").set_value(40).run()
    assert "Save this target" not in buttons(page)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"number": None}, "Give the percentage."),
        ({"number": 0.0}, "The percentage must be above 0"),
        ({"number": 101}, "Nothing can fall by more than 100%."),
        ({"due": None}, "Give the date by which it is due."),
        ({"due": date(2009, 3, 31)}, "It must be due after its baseline, which ends on 31 March"),
        ({"baseline": "not given"}, "Choose the period that the change is measured from."),
    ],
)
def test_what_cannot_be_is_said_and_not_offered(open_page, own_figures, given, wrong) -> None:
    page = open_page("getting_started", own_figures, partnership=SOUTHAMPTON)
    fill(page, **given)
    press(page, "Read it back")
    assert wrong in said(page)
    assert "Save this target" not in buttons(page)


def test_without_figures_a_level_can_be_a_target(open_page, data) -> None:
    page = open_page("getting_started", data.root, partnership=LEEDS)
    fill(page, "robbery", way="level", number=500)
    assert field(page, "selectbox", "Baseline").options == ["Not given: no figures yet"]
    press(page, "Read it back")
    assert "with baseline and so path not given; owner: not given." in said(page)
    press(page, "Save this target")
    (target,) = load_catalogue(data).plans["leeds_2010_11"].targets
    assert (target.goal_number, target.baseline_period, target.owner) == (500, "not given", "")
    open_page("overview", data.root, plan="leeds_2010_11")


@pytest.mark.parametrize("break_it", ["rulings", "plan"])
def test_a_refused_target_leaves_nothing_behind(open_page, data, break_it) -> None:
    before = publish.current(data)
    page = open_page("getting_started", data.root, partnership=SOUTHAMPTON)
    fill(page)
    press(page, "Read it back")
    if break_it == "rulings":
        data.rulings.write_text("when,what\n")
    else:
        (data.root / "plans" / "mine").mkdir(parents=True)
        (data.root / "plans" / "mine" / "plan.toml").write_text("title = ")
    press(page, "Save this target")
    assert "The target was not saved, and nothing has changed." in said(page)
    assert publish.current(data) == before
    assert not (data.root / "plans" / PLAN).exists()
    assert [each.name for each in data.root.glob(".*")] == []


def test_while_somebody_else_builds_nothing_is_kept(open_page, data) -> None:
    page = open_page("getting_started", data.root, partnership=SOUTHAMPTON)
    fill(page)
    press(page, "Read it back")
    with build_lock(data, "Bob"):
        press(page, "Save this target")
        assert "Not saved: figures are being loaded or built already (begun by Bob" in said(page)
    assert not (data.root / "plans").exists()
    press(page, "Save this target")
    assert "is saved and published" in said(page)


def test_with_the_published_workbook_alone_a_target_is_held_against_it(
    open_page, real_data, tmp_path
) -> None:
    data = DataDir(shutil.copytree(real_data, tmp_path / "figures"))
    page = open_page("getting_started", data.root, partnership=LEEDS)
    fill(page, "robbery", due=date(2026, 12, 31))
    (latest, *_) = field(page, "selectbox", "Baseline").options
    assert latest.startswith("year ending December 2024: ")
    press(page, "Read it back")
    assert "in the year ending December 2024 to" in said(page)
    press(page, "Save this target")
    assert "is saved and published" in said(page)
    shown = open_page("targets", data.root, plan="leeds_2026_27", target="robbery_2026_27")
    assert "Goal: 10% lower than in the year ending December 2024, to" in said(shown)


def test_the_app_is_on_the_plan_of_a_target_that_was_saved(open_page, real_data, tmp_path) -> None:
    data = DataDir(shutil.copytree(real_data, tmp_path / "figures"))
    page = open_page("getting_started", data.root, partnership=PORTSMOUTH)
    fill(page, "all_crime", due=date(2026, 12, 31))
    press(page, "Read it back")
    press(page, "Save this target")
    plan = "portsmouth_2026_27"
    assert page.query_params["plan"] in (plan, [plan])
    assert page.query_params["area"] in (PORTSMOUTH, [PORTSMOUTH])
    assert page.selectbox(key="choose_plan").value == plan
    assert page.selectbox(key="choose_plan").options[0] == "Portsmouth, 2026/27"
    assert "✓ 1 target" in "".join(each.proto.body for each in page.get("html"))


def test_the_invitation_goes_once_there_is_a_target(open_page, portsmouth) -> None:
    first = open_page("overview", portsmouth)
    assert not any(str(each.key) == "first_partnership" for each in first.selectbox)
    asked = {"area": PORTSMOUTH, "indicator": "all_crime", "tab": "target"}
    page = open_page("indicator", portsmouth, plan="none", **asked)
    assert "No plan is loaded" not in said(page)


def test_an_area_is_seen_under_its_own_plan_on_every_page(open_page, portsmouth) -> None:
    for module in ("overview", "targets", "indicator", "quarterly_review"):
        # As it was before the area was chosen: on the plan of another one.
        page = open_page(
            module, portsmouth, plan="southampton_2010_11", area=PORTSMOUTH, indicator="all_crime"
        )
        assert page.selectbox(key="choose_plan").value == "portsmouth_2026_27"
        assert page.selectbox(key="choose_area").value == PORTSMOUTH
        assert "No plan is loaded" not in said(page)
    assert "plan" not in page.query_params


@pytest.mark.parametrize("plan", ["", "none"])
def test_once_a_target_is_there_the_overview_invites_no_first_one(
    open_page, portsmouth, plan
) -> None:
    page = open_page("overview", portsmouth, area=PORTSMOUTH, **({"plan": plan} if plan else {}))
    assert "Set the first target" not in [each.proto.label for each in page.get("page_link")]
    assert page.get("plotly_chart")


def test_a_figure_of_the_baseline_itself_is_not_on_the_way(open_page, portsmouth) -> None:
    page = open_page("targets", portsmouth, area=PORTSMOUTH)
    assert page.title[0].value == "No verdict can be given on the target of Portsmouth"
    shown = said(page) + "".join(each.proto.body for each in page.get("html"))
    assert "no figure since the baseline" in shown.lower()
    assert ".00" not in shown
    assert "1 of the 1" not in shown


@pytest.fixture(scope="module")
def portsmouth(real_data, tmp_path_factory) -> Path:
    """The workbook of all partnerships, and one target of Portsmouth from its latest year on."""
    data = DataDir(shutil.copytree(real_data, tmp_path_factory.mktemp("own") / "figures"))
    add_target(
        data,
        NewTarget(
            area_code=PORTSMOUTH, area_name="Portsmouth", plan="", indicator="all_crime",
            goal="relative_change", goal_number=-10, goal_stated="10% fewer",
            baseline_period="year ending December 2024", due=date(2026, 12, 31), path="straight",
            owner="", written_by="Ann", written_on=date(2025, 5, 1),
        ),
    )  # fmt: skip
    return data.root
