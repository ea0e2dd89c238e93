"""What a page says is what `safecity show` prints, what a file holds, and what a link opens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from dashboard.charts.wording import ordinal
from dashboard.cli.main import app
from tests.browser.conftest import Trouble
from tests.browser.pages import DESK, PATHS, choices, new_context, open_page
from tests.browser.serving import READY, serve, wait_until_drawn

CSP_WORKBOOK = Path("ons_csp") / "policeforceareatablesyedecember2024.xlsx"
LEEDS = "E22000345"
ALL_CRIME = "all_crime"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """The ONS workbook of 314 partnerships, loaded; serving it builds it."""
    folder = tmp_path_factory.mktemp("real") / "data"
    words = ["add", str(shared_data / CSP_WORKBOOK), "--published", "2025-04-24", "--quiet"]
    assert CliRunner().invoke(app, [*words, "--data-dir", str(folder)]).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def real_address(real: Path) -> Iterator[str]:
    with serve(real) as address:
        yield address


@pytest.fixture(scope="module")
def watched() -> Trouble:
    return Trouble()


@pytest.fixture(scope="module")
def reader(browser: Browser, watched: Trouble) -> Iterator[Page]:
    context = new_context(browser, "light", DESK)
    page = context.new_page()
    watched.watch(page)
    yield page
    context.close()


@pytest.fixture
def page(reader: Page, watched: Trouble) -> Iterator[Page]:
    """One browser for all of these tests, in which nothing may go wrong."""
    watched.errors.clear()
    watched.outside.clear()
    yield reader
    assert watched.errors == []
    assert watched.outside == []


def shown(folder: Path, *words: str) -> dict | list:
    """What `safecity show` prints."""
    result = CliRunner().invoke(app, ["show", *words, "--data-dir", str(folder)])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def words_of(page: Page) -> str:
    """What the main part of the page says, in one line."""
    return " ".join(page.get_by_test_id("stMain").inner_text().split())


def test_the_overview_says_how_all_crime_changed(page: Page, address: str, served: Path) -> None:
    change = shown(served, "change", "--indicator", ALL_CRIME)
    open_page(page, address)
    way = "fell" if change["change"] < 0 else "rose"
    expect(page.locator("h1")).to_contain_text(f"all crime {way} {abs(change['percent']):.0f}%")


@pytest.mark.parametrize("target", ["all_crime_2010_11", "ni_21_2010_11"])
def test_the_targets_say_the_verdict(page: Page, address: str, served: Path, target: str) -> None:
    verdict = {each["target_id"]: each for each in shown(served, "status")}[target]
    open_page(page, f"{address}/targets?target={target}")
    card = page.locator(f".st-key-card_target_{target}")
    expect(card.locator(".chip")).to_contain_text(verdict["status"].capitalize(), timeout=READY)
    expect(card.get_by_role("heading")).to_contain_text(f"now {verdict['actual']:,.0f}")
    if verdict["status"] == "cannot say":
        # What has no verdict is said with its reason.
        expect(card).to_contain_text(re.compile(re.escape(verdict["reason"]), re.IGNORECASE))


@pytest.mark.parametrize("basis", ["ytd", "rolling_year"])
def test_the_group_says_the_place(page: Page, address: str, served: Path, basis: str) -> None:
    ranking = shown(served, "ranking", "--indicator", ALL_CRIME, "--basis", basis)
    open_page(page, f"{address}/most_similar_group?basis={basis}")
    said = words_of(page)
    assert f"{ordinal(ranking['rank'])} of {ranking['of']}" in said
    assert f"{ranking['fewer_to_reach_third']:,}" in said


@pytest.mark.parametrize("path", PATHS)
def test_real_figures_open_too(page: Page, real_address: str, path: str) -> None:
    open_page(page, f"{real_address}/{path}?area={LEEDS}")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Illustrative figures, not real ones")).to_have_count(0)


def test_a_real_change_is_the_one_that_show_prints(
    page: Page, real_address: str, real: Path
) -> None:
    found = shown(
        real, "change", "--indicator", ALL_CRIME, "--area", LEEDS, "--basis", "rolling_year"
    )
    open_page(page, f"{real_address}/crime_types?area={LEEDS}&basis=rolling_year")
    assert f"{found['current']:,.0f}" in words_of(page)


LINKS = [
    "most_similar_group?indicator=criminal_damage&basis=rolling_year",
    "crime_types?basis=rolling_year&type=all_crime&as_at=2009-09",
    "actions?only=money&agency=SCC",
    "targets?target=criminal_damage_stretch&as_at=2009-09",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_opens_the_same_for_a_colleague(page: Page, address: str, link: str) -> None:
    path = link.partition("?")[0]
    open_page(page, f"{address}/{path}")
    usual = choices(page)
    open_page(page, f"{address}/{link}")
    asked = choices(page)
    assert asked != usual
    said = words_of(page)
    colleague = page.context.browser.new_page(viewport=DESK)
    open_page(colleague, page.url)
    assert choices(colleague) == asked
    assert words_of(colleague) == said
    colleague.close()


def test_back_and_forward_walk_through_what_was_chosen(page: Page, address: str) -> None:
    open_page(page, f"{address}/most_similar_group")
    first = choices(page)
    choose(page, "Indicator", "Criminal damage")
    expect(page).to_have_url(re.compile("indicator=criminal_damage"), timeout=READY)
    second = choices(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile("indicator="), timeout=READY)
    expect(page.get_by_role("combobox", name="Indicator")).to_have_value(
        first["Indicator"], timeout=READY
    )
    page.go_forward()
    expect(page.get_by_role("combobox", name="Indicator")).to_have_value(
        second["Indicator"], timeout=READY
    )


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_choice_redraws_only_its_part(page: Page, address: str) -> None:
    """The title and the sidebar are the same elements before and after; nothing flashes."""
    open_page(page, f"{address}/most_similar_group")
    kept = [page.locator("h1").element_handle(), page.get_by_label("Plan").element_handle()]
    page.evaluate("""() => {
      const title = document.querySelector("h1");
      window.flashes = 0;
      const look = () => {
        if (!title.isConnected || !title.checkVisibility()) window.flashes += 1;
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    }""")
    choose(page, "Indicator", "Criminal damage")
    expect(page).to_have_url(re.compile("indicator=criminal_damage"), timeout=READY)
    wait_until_drawn(page)
    assert all(each.evaluate("(each) => each.isConnected") for each in kept)
    assert page.evaluate("() => window.flashes") == 0


def test_a_download_opens_in_the_program_it_is_for(
    page: Page, address: str, served: Path, tmp_path: Path
) -> None:
    ranking = shown(served, "ranking", "--indicator", ALL_CRIME)
    open_page(page, f"{address}/most_similar_group?tab=members")
    files = {}
    for kind in ("CSV", "Excel", "Parquet"):
        with page.expect_download(timeout=READY) as waiting:
            page.get_by_role("button", name=f"Download as {kind}").last.click()
        files[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    sheet = openpyxl.load_workbook(files["Excel"], read_only=True).active
    heads, *rows = sheet.iter_rows(values_only=True)
    tables = [
        pd.read_csv(files["CSV"]),
        pd.DataFrame(rows, columns=heads),
        pd.read_parquet(files["Parquet"]),
    ]
    assert all(len(table) == ranking["with_data"] for table in tables)
    values = [pd.to_numeric(table["value"]).round(6).tolist() for table in tables]
    assert values[0] == values[1] == values[2]
    assert all(set(table["Figures"]) == {"Illustrative figures, not real ones"} for table in tables)
