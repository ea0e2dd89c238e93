"""Years from ONS and six street-level months of one area: what a newcomer loads first."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl.build import build
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.own_plans import NewTarget, add_target
from tests.dashboard.conftest import html_of

SOUTHAMPTON, PORTSMOUTH = "E22000120", "E22000118"
WORKED_EXAMPLE = "southampton_2010_11"
STREET = "police_uk_street:month"
ROBBERIES = "area_code,measure_code,period,value\n" + "".join(
    f"{SOUTHAMPTON},local:robbery,{year}-{month:02},20\n"
    for year in (2008, 2009)
    for month in range(1, 13)
)


def title(page: AppTest) -> str:
    return page.title[0].value.replace("\\", "")


def said(page: AppTest) -> str:
    texts = [each.value for part in (page.markdown, page.info, page.warning) for each in part]
    texts += [each.proto.body for each in page.get("html")]
    return "\n".join(texts).replace("\\", "")


def numbers(page: AppTest) -> str:
    """The big numbers of a page, as they are written; "" without any."""
    found = (each.proto.body for each in page.get("html"))
    return next((body for body in found if 'class="numbers"' in body), "")


def chosen(page: AppTest, name: str) -> str:
    return str(page.selectbox(key=f"choose_{name}").value)


@pytest.mark.parametrize("area", [SOUTHAMPTON, PORTSMOUTH])
@pytest.mark.parametrize("page", ["overview", "most_similar_group", "indicator"])
def test_months_take_nothing_from_the_years(page, area, real_data, mixed_data, open_page) -> None:
    alone, mixed = (open_page(page, data, area=area) for data in (real_data, mixed_data))
    assert re.search("Dec(ember)? 2024", title(mixed) + numbers(mixed))
    # What ends in the month that stands at the top of the page has no date of its own.
    values = [re.sub("<dt>.*?</dt>", "", numbers(each)) for each in (mixed, alone)]
    assert values[0] == values[1]
    assert title(mixed) == title(alone)


def test_all_crime_fell_by_seven_percent_and_its_year_can_be_chosen(mixed_data, open_page) -> None:
    page = open_page("overview", mixed_data, area=SOUTHAMPTON)
    assert title(page) == "All crime in Southampton fell 7% in the year ending December 2024"
    assert {"December 2023", "December 2024", "June 2025"} <= set(
        page.selectbox(key="choose_as_at").options
    )
    then = open_page("overview", mixed_data, area=SOUTHAMPTON, as_at="2024-12")
    assert chosen(then, "as_at") == "2024-12"
    assert title(then) == title(page)


def test_each_figure_says_its_own_period(mixed_data, open_page) -> None:
    page = open_page("quarterly_review", mixed_data, area=SOUTHAMPTON)
    assert title(page).startswith("Year ending December 2024")
    assert chosen(page, "as_at") == "2025-06"
    assert re.search(r"April to June 2025</span></th>.*?<strong>1,065</strong>", said(page))


def test_an_indicator_says_which_series_stands_for_it(mixed_data, open_page) -> None:
    page = open_page("indicator", mixed_data, area=SOUTHAMPTON)
    line = "ONS, years; also by month from police.uk (no year before to compare with)."
    assert line in said(page)
    assert page.selectbox(key="choose_series").options == [
        "ONS, years ending December 2023 to December 2024",
        "police.uk, January to June 2025",
    ]
    of_one_source = open_page(
        "indicator", mixed_data, area=SOUTHAMPTON, indicator="anti_social_behaviour_incidents"
    )
    assert "choose_series" not in [each.key for each in of_one_source.selectbox]
    assert "also by" not in said(of_one_source)


def test_a_series_is_chosen_and_kept_in_the_address(mixed_data, open_page) -> None:
    page = open_page("indicator", mixed_data, area=SOUTHAMPTON)
    page.selectbox(key="choose_series").select(STREET).run()
    assert not page.exception
    assert page.query_params["series"] == STREET
    assert title(page) == "All crime: 7,484, not compared"
    assert "<dt>Year to date</dt>" in numbers(page)
    page.selectbox(key="choose_indicator").select("burglary").run()
    assert "series" not in page.query_params
    assert "<dt>Year to Dec 2024</dt>" in numbers(page)


@pytest.mark.parametrize("area", [SOUTHAMPTON, PORTSMOUTH])
def test_types_take_nothing_from_the_years(area, real_data, mixed_data, open_page) -> None:
    alone, mixed = (open_page("crime_types", data, area=area) for data in (real_data, mixed_data))
    assert "year ending December 2024 on year ending December 2023" in said(mixed)
    assert title(mixed) == title(alone)


def test_crime_types_of_a_series(mixed_data, open_page) -> None:
    page = open_page("crime_types", mixed_data, area=SOUTHAMPTON, series=STREET)
    assert chosen(page, "series") == STREET
    assert chosen(page, "basis") == "ytd"


def test_a_place_among_too_few_is_withheld_and_says_who_is_missing(mixed_data, open_page) -> None:
    page = open_page("most_similar_group", mixed_data, area=SOUTHAMPTON, series=STREET)
    assert title(page) == (
        "All crime: no place: 2 of 11 members have figures for April to June 2025; "
        "missing: Bolton, Coventry, Derby, Hillingdon, Leeds and 4 more"
    )
    assert "third place" not in said(page).lower()
    assert "best three" not in said(page)


def test_an_area_alone_shows_its_real_figures_and_the_plan_is_one_choice_away(
    mixed_data, open_page
) -> None:
    page = open_page("overview", mixed_data, area=SOUTHAMPTON)
    assert chosen(page, "plan") == "none"
    assert "Illustrative figures" not in html_of(page)
    page.selectbox(key="choose_plan").select(WORKED_EXAMPLE).run()
    assert page.query_params["plan"] == WORKED_EXAMPLE
    assert "Illustrative figures, not real ones" in html_of(page)
    assert "Real figures" not in html_of(page)
    assert chosen(page, "as_at") == "2009-12"


def test_without_an_address_the_worked_example_opens_and_can_be_left(mixed_data, open_page) -> None:
    page = open_page("overview", mixed_data)
    assert chosen(page, "plan") == WORKED_EXAMPLE
    page.selectbox(key="choose_plan").select("none").run()
    assert dict(page.query_params) == {"plan": "none"}
    assert "Illustrative figures" not in html_of(page)
    assert title(page) == "All crime in Southampton fell 7% in the year ending December 2024"


def test_real_figures_stay_when_another_area_is_chosen_and_left_again(
    mixed_data, open_page
) -> None:
    page = open_page("overview", mixed_data, area=PORTSMOUTH)
    page.selectbox(key="choose_area").select(SOUTHAMPTON).run()
    assert chosen(page, "plan") == "none"
    assert "Illustrative figures" not in html_of(page)


def test_without_real_figures_there_is_nothing_to_see_without_the_plan(
    default_data, open_page
) -> None:
    page = open_page("overview", default_data, area=SOUTHAMPTON)
    assert chosen(page, "plan") == WORKED_EXAMPLE
    assert "No plan: real figures" not in page.selectbox(key="choose_plan").options


def test_the_banner_names_what_is_real_under_the_worked_example(
    default_data, open_page, tmp_path
) -> None:
    folder = shutil.copytree(default_data, tmp_path / "data")
    file = tmp_path / "robberies.csv"
    file.write_text(ROBBERIES, encoding="utf-8")
    for words in (["add", str(file), "--published", "2010-02-01"], ["build"]):
        result = CliRunner().invoke(app, [*words, "--data-dir", str(folder), "--quiet"])
        assert result.exit_code == ExitCode.DONE, result.output
    page = open_page("indicator", folder, plan=WORKED_EXAMPLE, indicator="robbery")
    assert html_of(page).count("Real figures: robbery.") == 1
    assert "<span>180</span>" in html_of(page)


def test_a_target_says_the_period_of_its_figure(mixed_data, open_page, tmp_path) -> None:
    data = DataDir(shutil.copytree(mixed_data, tmp_path / "data"))
    target = NewTarget(
        area_code=PORTSMOUTH, area_name="Portsmouth", plan="", indicator="robbery",
        goal="relative_change", goal_number=-10, goal_stated="10% fewer",
        baseline_period="year ending December 2023", due=date(2027, 3, 31), path="straight",
        owner="Ann", written_by="Ann", written_on=date(2025, 8, 1),
    )  # fmt: skip
    written = add_target(data, target)
    build(data)
    for page in ("targets", "indicator"):
        opened = open_page(page, data.root, area=PORTSMOUTH, indicator="robbery")
        assert chosen(opened, "plan") == written.plan
        assert chosen(opened, "as_at") == "2025-06"
        assert "242 in the year ending December 2024" in said(opened)
    # No figure here is of a quarter and of the same a year before: the years of ONS stand for them.
    overview = open_page("overview", data.root, area=PORTSMOUTH)
    assert "Sexual offences rose 21%" in said(overview)
    alts = " ".join(each.proto.alt for each in overview.get("plotly_chart"))
    assert "Year ending December 2024 on the year before" in alts
    without = open_page("overview", data.root, area=PORTSMOUTH, plan="none")
    finding = "All crime in Portsmouth fell 4% in the year ending December 2024"
    assert without.title[0].value == finding


@pytest.mark.parametrize(
    ("command", "period"),
    [
        (("change", "--basis", "month"), "2025-06"),
        (("control",), "2025-06"),
        (("trend",), "2025-06"),
        (("ranking",), "2025-06"),
        (("movement", "--basis", "ytd"), "2025-06"),
        (("funnel", "--basis", "ytd"), "2025-06"),
    ],
)
def test_safecity_show_answers_of_a_series(mixed_data, command, period) -> None:
    words = ["show", *command, "--indicator", "all_crime", "--area", SOUTHAMPTON]
    found = {
        series: json.loads(run(mixed_data, *words, *series).stdout)
        for series in ((), ("--series", STREET), ("--series", "ons_csp:rolling_year"))
    }
    assert found["--series", STREET]["as_at"] == period
    assert found[()] == found["--series", "ons_csp:rolling_year"]
    assert found[()]["as_at"] == "2024-12"


def test_a_series_that_an_indicator_has_not_is_refused(mixed_data) -> None:
    words = ["show", "change", "--indicator", "homicide", "--area", SOUTHAMPTON]
    refused = run(mixed_data, *words, "--series", STREET)
    assert refused.exit_code == ExitCode.USAGE
    assert f"no series '{STREET}'" in refused.output


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(data)])
