"""What a page says when it cannot say what it is for: each state has words, none is blank."""

from __future__ import annotations

import shutil
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.store.builds import Builds
from dashboard.store.partner_records import URL_SETTING
from dashboard.ui import frame
from etl.command_options import ExitCode
from etl.datadir import DataDir

PAGES = ("overview", "quarterly_review", "targets", "public_perception", "getting_started")
SOUTHAMPTON = "E22000120"
FEW = "area_code,measure_code,period,value\n" + "".join(
    f"{SOUTHAMPTON},local:assaults_hospital_ed,{year}-{month:02},{value}\n"
    for year, value in ((2023, 3), (2024, 9))
    for month in range(1, 13)
)


def said(page: AppTest) -> str:
    headings = [page.title, page.header, page.subheader]
    parts = [*headings, page.markdown, page.info, page.warning, page.error]
    texts = [each.value for part in parts for each in part]
    texts += [each.proto.body for each in page.get("html")]
    return "\n".join(texts).replace("\\", "")


@pytest.mark.parametrize("module", PAGES)
def test_no_data_yet(open_page, tmp_path, module: str) -> None:
    page = open_page(module, tmp_path)
    assert page.title[0].value == "The figures cannot be read this moment"
    assert "No database is built yet. Run: safecity build" in said(page)
    assert [button.label for button in page.button] == ["Try again"]


def test_a_database_published_this_moment(open_page, default_data, monkeypatch) -> None:
    """The pointer named one build, and by the time it is opened there is another."""
    known = frame.shown_warehouse
    earlier = partial(Builds(DataDir(default_data)).of, "safecity-of-a-moment-ago.duckdb")
    monkeypatch.setattr(frame, "shown_warehouse", earlier)
    page = open_page("overview", default_data)
    assert "New figures were published this moment" in page.info[0].value
    monkeypatch.setattr(frame, "shown_warehouse", known)
    page.button(key="try_again").click().run()
    assert not page.exception
    assert "cannot be read" not in page.title[0].value


def test_a_commentary_store_that_is_down(open_page, default_data, monkeypatch) -> None:
    monkeypatch.setenv(URL_SETTING, "sqlite:////no/such/folder/commentary.sqlite")
    page = open_page("quarterly_review", default_data, indicator="all_crime")
    assert len(page.error) == 1
    assert page.get("plotly_chart")


def test_a_target_that_is_not_given(open_page, default_data) -> None:
    assert "not given" in said(open_page("quarterly_review", default_data, indicator="ni_17"))
    assert "Goal: not given" in said(open_page("public_perception", default_data))


@pytest.fixture(scope="module")
def few(default_data, tmp_path_factory):
    """Real counts of something sensitive, so few that some are not shown."""
    folder = shutil.copytree(default_data, tmp_path_factory.mktemp("few") / "data")
    file = folder.parent / "few.csv"
    file.write_text(FEW, encoding="utf-8")
    for words in (["add", str(file), "--published", "2025-04-24"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == ExitCode.DONE, result.output
    return folder


def test_too_few_to_say(open_page, default_data) -> None:
    few = {"indicator": "acceptable_behaviour_contract_breaches"}
    assert "(small numbers)" in said(open_page("quarterly_review", default_data, **few))


def test_suppressed(open_page, few) -> None:
    page = open_page("quarterly_review", few, area="E22000120", indicator="assaults_hospital_ed")
    assert "not compared: fewer than 5" in said(page)


def test_no_survey_and_no_people_asked(open_page, default_data) -> None:
    text = said(open_page("public_perception", default_data))
    assert "No survey result is loaded for Southampton." in text
    assert "where the number of people asked is not given there is no interval" in text
