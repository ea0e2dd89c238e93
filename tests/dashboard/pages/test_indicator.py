"""Everything about one indicator: the numbers of `safecity show`, and a plain word for each gap."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.pages.indicator.page import TABS
from etl.build_lock import build_lock
from etl.datadir import DataDir
from tests.dashboard.conftest import numbers_of

LEEDS = "E22000345"
SOUTHAMPTON = "E22000120"


def said(page: AppTest) -> str:
    """All words of the page, in order of kind."""
    parts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.info, *page.success]
    tables = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    return "\n".join([*(part.value for part in [*parts, *page.warning]), *tables]).replace("\\", "")


def shown(data: Path, *words: str) -> dict:
    """What `safecity show` answers."""
    result = CliRunner().invoke(app, ["show", *words, "--json", "--data-dir", str(data)])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_draws_and_says_its_help(open_page, default_data, tab) -> None:
    page = open_page("indicator", default_data, indicator="all_crime", tab=tab)
    finding = "All crime fell 12%: beyond chance"
    assert page.title[0].value.replace("\\", "") == finding
    charts = page.get("plotly_chart")
    assert len(charts) == (tab in ("history", "target", "compare", "parts"))
    helps = [each for each in page.markdown if "**When not to trust it.**" in each.value]
    assert len(helps) == len(charts)


def test_the_numbers_are_those_of_show(open_page, default_data) -> None:
    page = open_page("indicator", default_data, indicator="all_crime")
    found = numbers_of(page)
    for basis, label in (("ytd", "Year to date"), ("rolling_year", "12 months")):
        change = shown(default_data, "change", "--indicator", "all_crime", "--basis", basis)
        assert f"<dt>{label}</dt>" in found
        assert f"<span>{change['current']:,.0f}</span>" in found
        assert f"−{-change['percent']:.0f}%{' in a year' if basis == 'ytd' else '<'}" in found
    place = shown(default_data, "ranking", "--indicator", "all_crime")
    assert f"<span>{place['rank']}th</span>" in found
    assert f"of {place['of']}, was {place['rank_a_year_before']}th" in found
    ahead = shown(default_data, "projection", "--indicator", "all_crime")
    assert f"<span>{100 * ahead['chance_met']:.0f}%</span>" in found
    assert "▲ At risk" in found
    parts = shown(default_data, "contribution", "--indicator", "all_crime", "--basis", "ytd")
    least = min(parts["parts"], key=lambda each: each["change"])
    assert f"<span>−{-least['change']:,.0f}</span>" in found


@pytest.mark.parametrize("basis", ["month", "quarter", "ytd", "rolling_year", "baseline"])
def test_every_basis_has_the_numbers_that_show_gives(open_page, default_data, basis) -> None:
    text = said(open_page("indicator", default_data, indicator="all_crime"))
    found = shown(default_data, "change", "--indicator", "all_crime", "--basis", basis)
    assert f"{found['current']:,.0f}, {found['current_period']}" in text
    assert f"−{-found['change']:,.0f} (−{-found['percent']:.0f}%)" in text


def test_verdict_limits_place_and_projection_are_those_of_show(open_page, default_data) -> None:
    def text_of(tab: str, indicator: str = "all_crime") -> str:
        return said(open_page("indicator", default_data, indicator=indicator, tab=tab))

    last = shown(default_data, "control", "--indicator", "robbery")["points"][-1]
    limits = f"limits {last['lower']:,.0f} to {last['upper']:,.0f}"
    assert limits in text_of("history", "robbery")
    place = shown(default_data, "ranking", "--indicator", "all_crime")
    assert f"is {place['rank']}th of {place['of']} in its Most Similar Group" in text_of("compare")
    ahead = shown(default_data, "projection", "--indicator", "all_crime")["totals"][0]
    assert f"Heading for {ahead['median']:,.0f} in {ahead['period']}" in text_of("target")


def test_the_parts_of_the_change_are_those_of_the_basis_chosen(open_page, default_data) -> None:
    page = open_page("indicator", default_data, indicator="all_crime", tab="parts", basis="quarter")
    parts = shown(default_data, "contribution", "--indicator", "all_crime", "--basis", "quarter")
    assert f"All crime fell by {-parts['change']:,.0f} in October to December 2009" in said(page)


def every_tab(open_page, data: Path, **chosen: str) -> str:
    """All words of the page, under whichever tab."""
    return "\n".join(said(open_page("indicator", data, tab=tab, **chosen)) for tab in TABS)


def test_a_survey_says_what_cannot_be_said(open_page, default_data) -> None:
    text = every_tab(open_page, default_data, indicator="ni_21")
    for words in (
        "1 figure, and a control chart needs",
        "Latest survey on that of a year before",
        "a survey has too few waves to project",
        "is not counted per resident, so it is not ranked",
        "is not a count that adds up, so it has no parts",
        "A quarter of residents answered don't know",
        "Public Reassurance campaign",
    ):
        assert words in text


def test_an_indicator_without_figures_says_so_in_every_section(open_page, default_data) -> None:
    text = every_tab(open_page, default_data, indicator="ni_17")
    assert "Perceptions of ASB in the local area: no figure for Southampton" in text
    assert "No figure of it is loaded for Southampton up to December 2009." in text
    assert "There is no figure to compare." in text
    assert "The plan does not give the goal as a figure" in text
    assert "No figure of this indicator is loaded for this area." in text


def test_a_rate_has_its_counts_and_says_what_changes_are_of(open_page, default_data) -> None:
    text = every_tab(open_page, default_data, indicator="ni_15")
    assert "Changes are those of the count behind the rate." in text
    assert "Serious violent crime rate is not a count that adds up" in text


def test_an_area_of_yearly_figures_and_no_plan(open_page, real_data) -> None:
    text = every_tab(open_page, real_data, area=LEEDS, indicator="robbery")
    found = shown(
        real_data, "change", "--indicator", "robbery", "--area", LEEDS, "--basis", "rolling_year"
    )
    assert f"{found['current']:,.0f}, year ending December 2024" in text
    for words in (
        "No plan is loaded.",
        "2 figures, and a control chart needs 12",
        "No figure for either period: month on the same month last year",
        "No group is known that Leeds is compared in",
        "Nothing is counted within it, by type or by month",
        "policeforceareatablesyedecember2024.xlsx",
    ):
        assert words in text


def test_an_unknown_indicator_in_the_address_is_said(open_page, default_data) -> None:
    page = open_page("indicator", default_data, indicator="robery")
    assert "Did you mean" in page.warning[-1].value
    assert page.title[0].value.startswith("All crime")


def test_choosing_another_indicator_is_kept_in_the_address(open_page, default_data) -> None:
    page = open_page("indicator", default_data)
    page.selectbox(key="choose_indicator").select("robbery").run()
    assert not page.exception
    assert page.query_params["indicator"] == "robbery"
    assert page.title[0].value.startswith("Robbery")


def test_a_plan_without_figures_shows_what_it_reports(open_page, default_data) -> None:
    page = open_page("indicator", default_data, plan="safer_communities_2009_10")
    assert page.header[0].value == "What the plan reports"
    assert page.title


@pytest.fixture
def data(default_data, tmp_path) -> DataDir:
    """The default, to be changed."""
    return DataDir(shutil.copytree(default_data, tmp_path / "figures"))


def decide(page: AppTest, which: str, reason: str, *, everywhere: bool = False) -> AppTest:
    """Fill in and send the form of breaks of `robbery`."""
    page.selectbox(key="break_which_robbery").select(which)
    if everywhere:
        page.checkbox(key="break_all_robbery").check()
    page.text_input(key="break_reason_robbery").set_value(reason)
    page.text_input(key="loaded_by").set_value("Ann")
    press(page, "Record")
    return page


def recorded(data: DataDir) -> list[dict[str, str]]:
    with data.breaks.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_break_is_confirmed_followed_and_withdrawn(open_page, data) -> None:
    page = open_page("indicator", data.root, indicator="robbery")
    page = decide(page, "New series from April 2009", "a new crime recording system")
    assert "The break is confirmed" in said(page)
    (first,) = recorded(data)
    assert (first["area_code"], first["period"]) == (SOUTHAMPTON, "2009-04")
    assert "New limits from April 2009: a new crime recording system (confirmed by Ann)" in said(
        page
    )
    page = decide(page, "Withdraw the break from April 2009, Southampton, confirmed by Ann", "no")
    assert "The break is withdrawn" in said(page)
    assert [each["decision"] for each in recorded(data)] == ["confirmed", "withdrawn"]
    assert "New limits from" not in said(page)


def test_a_break_in_all_areas_names_none(open_page, data) -> None:
    page = open_page("indicator", data.root, indicator="robbery")
    decide(page, "New series from April 2008", "a national counting rule", everywhere=True)
    assert recorded(data)[0]["area_code"] == ""


def test_a_break_without_a_reason_or_while_somebody_builds_is_not_recorded(open_page, data) -> None:
    page = open_page("indicator", data.root, indicator="robbery")
    page = decide(page, "New series from April 2009", " ")
    assert "give a reason and your name" in said(page)
    with build_lock(data, "Bob"):
        page = decide(page, "New series from April 2009", "a new system")
    assert "Not recorded: figures are being loaded or built already" in said(page)
    assert not data.breaks.exists()
