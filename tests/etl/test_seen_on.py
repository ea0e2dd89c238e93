"""`safecity add` ends with where a file is to be seen; what nobody will see is said before."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.app import PAGES
from dashboard.cli.main import app
from dashboard.words.series import SHORT_NAMES
from etl import publish, seen_on
from etl.build import build
from etl.datadir import DataDir
from etl.periods import periods_in_words
from etl.raw import add_file
from etl.settings import PUBLISHED_ENVIRONMENT
from etl.sources import all_sources
from etl.sources.ons_csp import SOURCE as ONS
from etl.sources.police_uk_street import SOURCE as STREET

OWN = "area_code,measure_code,period,value\n"
SURVEY = "area_code,question,period,percentage,base\n"
DOVER = "E07000108"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


@pytest.fixture
def with_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLISHED_ENVIRONMENT, "yes")


@pytest.fixture
def street(shared_data: Path, tmp_path: Path) -> Path:
    """Six real months of Hampshire's street-level records."""
    folder = tmp_path / "street"
    folder.mkdir()
    for path in (shared_data / "police_uk_street").glob("2025-*.csv"):
        shutil.copy(path, folder)
    return folder


def added(data: DataDir, path: Path, *more: str, day: str = "2025-08-01") -> str:
    words = ["add", str(path), "--published", day, "--data-dir", str(data.root), *more]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return result.output.rstrip()


def written(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("with_product")
def test_street_level_files_are_seen_beside_the_years_that_come_along(data, street) -> None:
    last = added(data, street).splitlines()[-1]
    assert last == (
        "Kept street. Next: safecity build; now to be seen on: Crime types of 12 partnerships, "
        "January to June 2025, beside the ONS years."
    )
    areas, periods = (
        publish.read_mart(build(data).path, name) for name in ("area", "indicator_period")
    )
    partnerships = areas.loc[areas["area_kind"].eq("partnership"), "area_code"]
    there = periods[periods["area_code"].isin(partnerships) & periods["value"].notna()]
    months = there[there["source_id"].eq(STREET.source_id)]
    assert months["area_code"].nunique() == 12
    starts = pd.to_datetime(months["period_start"])
    assert (starts.min(), starts.max()) == (pd.Timestamp(2025, 1, 1), pd.Timestamp(2025, 6, 1))
    years = there[there["source_id"].eq(ONS.source_id)]
    assert set(months["area_code"]) <= set(years["area_code"])


def test_what_no_partnership_will_show_is_said_before_it_is_kept(data, street) -> None:
    said = added(data, street)
    assert said.index("No partnership will show") < said.index("Kept street.")
    assert "those that come with the product (safecity build --with-published)" in said
    assert said.endswith("Next: safecity build, though no page shows it yet.")


def test_it_is_said_even_where_nothing_is_kept_then(data, street) -> None:
    add_file(data, street, published=date(2025, 7, 1), loaded_by="a test")
    words = ["add", str(street), "--published", "2025-08-01", "--data-dir", str(data.root)]
    result = CliRunner().invoke(app, words)
    assert "loaded already" in result.output
    assert "No partnership will show" in result.output
    assert "Kept" not in result.output


def test_figures_of_a_district_are_not_added_up_to_its_partnership(
    data, shared_data, tmp_path
) -> None:
    lookup = shared_data / "lookups" / "lookup_ltla24_csp24_pfa24.csv"
    assert added(data, lookup).endswith("Crime types, wherever figures of its areas are loaded.")
    said = added(data, written(tmp_path, f"{OWN}{DOVER},local:robbery,2025-01,3\n"))
    assert said.index("of which only the counts of a police force are added up") < said.index(
        "Kept"
    )
    assert "now to be seen on: Crime types of Dover, January 2025." in said


def test_a_workbook_of_two_tables_is_seen_on_several_pages(data, shared_data) -> None:
    monthly = shared_data / "met_police_boroughs" / "MPS_borough_APR2010-FEB2022.csv"
    assert added(data, monthly, day="2022-03-01").endswith(
        "now to be seen on: Crime types of 32 partnerships, April 2010 to January 2022."
    )
    workbook = shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx"
    assert added(data, workbook, "--accept-partial").endswith(
        "now to be seen on: Crime types of 314 partnerships, years ending December 2023 and 2024, "
        "beside the Metropolitan Police months; rates on Most Similar Group and Crime types of "
        "314 partnerships, 2021 to 2023."
    )


@pytest.mark.parametrize(
    ("file", "where"),
    [
        (
            "population/MYEB3_UK_2001_2019_geog20.csv",
            "rates on Most Similar Group and Crime types of 300 partnerships, 2001 to 2019",
        ),
        (
            "peers/dfe_statistical_neighbours_2021_2025.csv",
            "Most Similar Group of 126 partnerships, editions 2021 and 2025",
        ),
        ("street_monthly/street_missing_force_months.csv", "Data and methods"),
        (
            "home_office_pfa/rec-crime-pfa.csv",
            "Crime types of 43 police forces, years ending March 2003 to December 2018",
        ),
    ],
)
def test_every_source_says_where_it_is_seen(data, shared_data, file, where) -> None:
    said = added(data, shared_data / file, "--accept-partial")
    assert said.endswith(f"Next: safecity build; now to be seen on: {where}.")


def test_surveys_rates_and_good_rows_only(data, tmp_path) -> None:
    survey = f"{SURVEY}E22000120,ni_21,wave 2008,25,1100\nE22000120,ni_21,wave 2009,26,1100\n"
    assert added(data, written(tmp_path, survey)).endswith(
        "now to be seen on: Public perception of Southampton, waves 2008 and 2009."
    )
    own = f"{OWN}E22000120,local:neighbourhood_watches,2009-11,4\nE22000120,local:robbery,2009-12,?"
    assert added(data, written(tmp_path, own), "--accept-partial").endswith(
        "now to be seen on: Indicator of Southampton, November 2009."
    )


def test_scripts_are_told_the_same(data, tmp_path) -> None:
    path = written(tmp_path, f"{OWN}E22000120,local:robbery,2025-01,3\n")
    (document,) = json.loads(added(data, path, "--json"))
    assert document["seen_on"] == [
        {"page": "Crime types", "areas": "Southampton", "periods": "January 2025", "beside": []}
    ]


def test_the_pages_are_pages_of_the_app() -> None:
    titles = {title for title, *_ in PAGES}
    names = (seen_on.CRIME_TYPES, seen_on.INDICATOR, seen_on.PERCEPTION, seen_on.PEERS)
    assert {*names, seen_on.METHODS} <= titles


def test_sources_are_called_as_on_the_pages() -> None:
    of_publishers = {
        name: source.short_name
        for name, source in all_sources().items()
        if source.landing_page and name in SHORT_NAMES
    }
    assert of_publishers.pop("street_monthly") == "police.uk"
    assert of_publishers == {name: SHORT_NAMES[name] for name in of_publishers}


@pytest.mark.parametrize(
    ("kind", "starts", "text"),
    [
        ("month", [(2025, 1)], "January 2025"),
        ("month", [(2025, 6), (2025, 1)], "January to June 2025"),
        ("month", [(2010, 4), (2022, 1)], "April 2010 to January 2022"),
        ("quarter", [(2009, 10)], "October to December 2009"),
        ("quarter", [(2009, 4), (2009, 10)], "April to December 2009"),
        ("year", [(2009, 4)], "financial year 2009/10"),
        ("year", [(2008, 4), (2009, 4)], "financial years 2008/09 and 2009/10"),
        ("rolling_year", [(2024, 1)], "year ending December 2024"),
        ("rolling_year", [(2023, 1), (2024, 1)], "years ending December 2023 and 2024"),
        ("rolling_year", [(2002, 4), (2010, 4), (2018, 1)],
         "years ending March 2003 to December 2018"),
        ("survey_wave", [(2009, 1)], "wave 2009"),
        ("survey_wave", [(2006, 1), (2008, 1), (2009, 1)], "waves 2006 to 2009"),
    ],
)  # fmt: skip
def test_the_first_and_last_period_are_told(kind, starts, text) -> None:
    assert periods_in_words(kind, [date(*start, 1) for start in starts]) == text
