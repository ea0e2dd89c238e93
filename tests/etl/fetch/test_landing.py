"""A release is found by its rule on the publisher's page; if not, it is said which rule failed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.datadir import DataDir
from etl.fetch.asking import BrokenOffError, RefusedError
from etl.fetch.download import Manners
from etl.fetch.landing import NotFoundOnPageError, offered, period_in
from etl.fetch.publishers import RULES, Publication, publications
from etl.problems import InputError

PAGES = Path(__file__).parent / "pages"
HURRIED = Manners(attempts=3, first_wait=0.01, longest_wait=1, timeout=5)
GOV_UK = "https://assets.publishing.service.gov.uk/media"
GEOPORTAL = "https://open-geography-portalx-ons.hub.arcgis.com/api/download/v1/items"
ONS = (
    "/file?uri=/peoplepopulationandcommunity/crimeandjustice/datasets/policeforceareadatatables/"
    "yearendingdecember2024/policeforceareatablesyedecember2024.xlsx"
)
MID_2024 = (
    "/file?uri=/populationestimates/datasets/estimatesofthepopulationforenglandandwales/mid2024/"
    "MYEB3_summary_components_2024.csv"
)
BOROUGHS = "MPS%20Borough%20Level%20Crime%20%28most%20recent%2024%20months%29.csv"
#: Of each publication the shape of its page, where its newest release is, and since when.
SHAPES = {
    "ons_police_force_areas": ("ons_dataset.html", ONS, date(2025, 4, 24)),
    "home_office_partnerships": (
        "gov_uk_statistics.html",
        f"{GOV_UK}/6809a2/prc-csp-mar-2021-onwards-tables-240425.ods",
        date(2025, 4, 24),
    ),
    "home_office_forces": (
        "gov_uk_statistics.html",
        f"{GOV_UK}/6809a3/prc-pfa-mar-2013-onwards-tables-240425.ods",
        date(2025, 4, 24),
    ),
    "home_office_rolling_years": (
        "gov_uk_statistics.html",
        f"{GOV_UK}/6809a4/rec-crime-pfa.csv",
        date(2025, 4, 24),
    ),
    "london_boroughs": (
        "london_datastore.html",
        f"/download/recorded_crime_summary/aaa3/{BOROUGHS}",
        date(2025, 7, 11),
    ),
    "dfe_neighbours": (
        "gov_uk_publication.html",
        f"{GOV_UK}/3/statistical_neighbours_may_2025.csv",
        date(2025, 5, 6),
    ),
    "population_estimates": ("ons_topic.html", MID_2024, date(2025, 7, 30)),
    "census": (
        "ons_census.html",
        "/file?uri=/populationestimates/datasets/census2021/census_2011_2021_lad.csv",
        date(2022, 6, 28),
    ),
    "partnership_lookup": ("geoportal.json", f"{GEOPORTAL}/b24/csv?layers=0", date(2025, 1, 20)),
    "small_area_lookup": ("geoportal.json", f"{GEOPORTAL}/c24/csv?layers=0", date(2024, 7, 3)),
}


@pytest.fixture
def rules(tmp_path) -> dict[str, Publication]:
    return publications(DataDir(tmp_path))


@pytest.fixture
def landing(publisher, rules):
    """Give a rule whose landing page is a saved shape, on this machine."""

    def serve(name: str, page: str) -> Publication:
        publisher.pages["/landing"] = (PAGES / page).read_bytes()
        leads_to = "/populationestimates/datasets/estimatesofthepopulationforenglandandwales"
        publisher.pages[leads_to] = (PAGES / "ons_population.html").read_bytes()
        return rules[name].model_copy(update={"landing": f"{publisher.base}/landing"})

    return serve


def test_every_page_has_a_saved_shape(rules):
    assert {each.id for each in rules.values() if not each.address} == set(SHAPES)
    for page in PAGES.iterdir():
        assert "Not a copy" in page.read_text(encoding="utf-8")[:400]


@pytest.mark.parametrize("name", SHAPES)
def test_the_newest_release_is_found_on_its_page(publisher, landing, name):
    page, address, day = SHAPES[name]
    found = offered(landing(name, page), HURRIED)
    assert found.place.address == (address if "://" in address else publisher.base + address)
    assert found.day == day


def test_a_file_that_a_page_hands_out_is_called_as_in_its_query(landing):
    found = offered(landing("ons_police_force_areas", "ons_dataset.html"), HURRIED)
    assert found.file_name == "policeforceareatablesyedecember2024.xlsx"


def test_the_page_of_a_release_is_one_hop_away(publisher, landing):
    offered(landing("population_estimates", "ons_topic.html"), HURRIED)
    assert [path.rpartition("/")[2] for path in publisher.paths] == [
        "landing",
        "estimatesofthepopulationforenglandandwales",
    ]


# What is not there


def test_a_page_without_a_match_names_the_rule_the_page_and_what_was_looked_for(landing):
    rule = landing("ons_police_force_areas", "gov_uk_statistics.html")
    with pytest.raises(NotFoundOnPageError) as raised:
        offered(rule, HURRIED)
    said = str(raised.value)
    assert f"[ons_police_force_areas] of {RULES}" in said
    assert rule.link in said
    assert rule.file in said
    assert f"none of the 8 links of {rule.landing}" in said


def test_a_page_without_a_date_has_a_release_all_the_same(publisher, landing):
    rule = landing("ons_police_force_areas", "ons_dataset.html")
    publisher.pages["/landing"] = publisher.pages["/landing"].replace(b"Release date", b"Since")
    assert offered(rule, HURRIED).day is None


def test_a_page_that_leads_elsewhere_is_not_followed(publisher, landing):
    rule = landing("ons_police_force_areas", "ons_dataset.html")
    there = b"https://elsewhere.example/file?uri="
    publisher.pages["/landing"] = publisher.pages["/landing"].replace(b"/file?uri=", there)
    with pytest.raises(RefusedError, match=r"leads to https://elsewhere\.example"):
        offered(rule, HURRIED)
    assert publisher.paths == ["/landing"]


@pytest.mark.parametrize("body", [b"{}", b"[]", b"<html>", b'{"dataset": [{"distribution": 1}]}'])
def test_what_is_no_catalogue_is_said_to_be_none(publisher, landing, body):
    rule = landing("partnership_lookup", "geoportal.json")
    publisher.pages["/landing"] = body
    with pytest.raises(RefusedError, match="no catalogue of data sets"):
        offered(rule, HURRIED)


def test_a_passing_failure_of_a_page_is_waited_out(publisher, landing):
    rule = landing("ons_police_force_areas", "ons_dataset.html")
    publisher.faults += [publisher.status(503), publisher.hangs_up()]
    assert offered(rule, HURRIED).day == date(2025, 4, 24)


def test_an_empty_page_is_asked_for_again_and_then_left(publisher, landing):
    rule = landing("ons_police_force_areas", "ons_dataset.html")
    publisher.pages["/landing"] = b""
    with pytest.raises(BrokenOffError, match="an empty page"):
        offered(rule, HURRIED)
    assert len(publisher.paths) == HURRIED.attempts


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("pfatablesdec24.xlsx", (2024, 12)),
        ("policeforceareatablesyearendingsep18corrected.xlsx", (2018, 9)),
        ("year ending March 2016 to year ending March 2020", (2020, 3)),
        ("prc-csp-mar-2021-onwards", (2021, 3)),
        ("Sept_2019", (2019, 9)),
        ("mid2022/MYEB3", (2022, 0)),
        ("the mayor of 12 boroughs", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_latest_period_of_a_name(text, period):
    assert period_in(text) == period


# Rules


def test_a_rule_of_the_data_folder_takes_the_place_of_its_namesake(tmp_path):
    (tmp_path / RULES).write_text(
        '[census]\nsources = ["census"]\nlanding = "https://a.example/"\nlink = "x"\nfile = "y"\n'
    )
    found = publications(DataDir(tmp_path))
    assert found["census"].landing == "https://a.example/"
    assert "ons_police_force_areas" in found


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('sources = ["censuses"]', "there is no source censuses"),
        ('sources = ["census"]', "give either an address, or what link and file have in them"),
        ('sources = ["census"]\nlink = "("\nfile = "x"', "this is no regular expression"),
        ('sources = ["census"]\nlnk = "x"', "Extra inputs are not permitted"),
        (
            'sources = ["census"]\nlink = "x"\nfile = "y"\ndates = [["(.*)", "%Q"]]',
            "this is no form of a date",
        ),
        (
            'sources = ["census"]\naddress = "http://a.example/x.csv"',
            "http://a.example/x.csv is not https",
        ),
    ],
)
def test_a_rule_that_is_wrong_is_named_with_its_field(tmp_path, written, said):
    (tmp_path / RULES).write_text(f'[mine]\nlanding = "https://a.example/"\n{written}\n')
    with pytest.raises(InputError) as raised:
        publications(DataDir(tmp_path))
    (problem, *_) = raised.value.problems
    assert problem.file == RULES
    assert problem.column.startswith("mine")
    assert said in problem.rule
