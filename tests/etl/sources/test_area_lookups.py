"""The ONS lookups between areas: the real ones, and what is wrong with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.problems import InputError
from etl.sources import Reading, area_lookups

SOUTHAMPTON_PLACE = "E01017180"


@pytest.fixture(scope="module")
def read(shared_data: Path):
    readings: dict[str, Reading] = {}

    def of(name: str) -> Reading:
        if name not in readings:
            readings[name] = area_lookups.read(shared_data / "lookups" / f"{name}.csv")
        return readings[name]

    return of


def kinds(reading: Reading) -> dict[tuple[str, str, str], int]:
    columns = ["area_kind", "parent_kind", "vintage"]
    return reading.links.groupby(columns).size().to_dict()


@pytest.mark.parametrize(
    ("name", "links", "areas"),
    [
        (
            "lookup_lsoa11_ltla21",
            {("lsoa", "district", "2011"): 34_753},
            {"lsoa": 34_753, "district": 331},
        ),
        (
            "lookup_lsoa21_ward24_ltla24",
            {
                ("lsoa", "ward", "2021"): 35_672,
                ("lsoa", "district", "2021"): 35_672,
                ("ward", "district", "2024"): 7_536,
            },
            {"lsoa": 35_672, "ward": 7_536, "district": 318},
        ),
        (
            "lookup_ltla24_csp24_pfa24",
            {
                ("district", "partnership", "2024"): 332,
                ("district", "force", "2024"): 318,
                ("partnership", "force", "2024"): 314,
            },
            {"district": 318},
        ),
        (
            "LAD17_CSP17_PFA17_EW",
            {
                ("district", "partnership", "2017"): 348,
                ("district", "force", "2017"): 348,
                ("partnership", "force", "2017"): 314,
            },
            {"district": 348},
        ),
    ],
)
def test_real_lookups(read, name, links, areas):
    reading = read(name)
    assert kinds(reading) == links
    assert reading.areas["area_kind"].value_counts().to_dict() == areas
    assert reading.areas["area_code"].is_unique
    assert reading.observations.empty
    assert reading.rows_used == reading.rows_read
    assert reading.problems == ()


def test_codes_that_were_replaced(read):
    links = read("lookup_ltla_ltla").links
    assert set(links["parent_kind"]) == {"district"}
    of = links.set_index(["area_code", "vintage"])["parent_code"]
    assert of["E06000028", "2019"] == "E06000058"
    assert of["E07000026", "2023"] == "E06000063"


def test_a_small_area_goes_to_its_district_by_the_codes_of_its_own_year(read):
    eleven, twenty_one = read("lookup_lsoa11_ltla21"), read("lookup_lsoa21_ward24_ltla24")
    for reading, vintage in ((eleven, "2011"), (twenty_one, "2021")):
        links = reading.links.query("area_code == @SOUTHAMPTON_PLACE and parent_kind == 'district'")
        assert links[["parent_code", "vintage"]].to_numpy().tolist() == [["E06000045", vintage]]
    of_lsoas = (r.links[r.links["area_kind"].eq("lsoa")] for r in (eleven, twenty_one))
    old, new = (set(links["area_code"]) for links in of_lsoas)
    assert (len(old & new), len(old - new), len(new - old)) == (33_647, 1_106, 2_025)


def test_one_authority_in_several_partnerships_and_several_in_one(read):
    links = read("lookup_ltla24_csp24_pfa24").links
    partnerships = links[links["parent_kind"].eq("partnership")]
    of = partnerships.groupby("area_code")["parent_code"].nunique()
    assert of[of > 1].to_dict() == {
        "E06000058": 3, "E06000060": 4, "E06000061": 4, "E06000062": 2, "E06000063": 3,
        "E06000064": 3, "E07000244": 2,
    }  # fmt: skip
    north_hampshire = partnerships["parent_code"].eq("E22000374")
    assert sorted(partnerships.loc[north_hampshire, "area_code"]) == [
        "E07000084", "E07000089", "E07000092",
    ]  # fmt: skip


def test_only_lookups_are_recognised(shared_data):
    found = [path.name for path in shared_data.rglob("*.*") if area_lookups.recognises(path)]
    assert sorted(found) == [
        "LAD17_CSP17_PFA17_EW.csv", "lookup_lsoa11_ltla21.csv", "lookup_lsoa21_ward24_ltla24.csv",
        "lookup_ltla24_csp24_pfa24.csv", "lookup_ltla_ltla.csv",
    ]  # fmt: skip


HEADER = "LSOA21CD,LSOA21NM,LAD24CD,LAD24NM\n"


@pytest.mark.parametrize(
    ("lines", "line", "rule"),
    [
        ("E01000001,A,E06000001,X\nE01,B,E06000001,X\n", 3, "this is not the code of an area"),
        ("E01000001,A,E06000001,X\nE01000001,A,E06000002,Y\n", 3,
         "this lsoa stands under another district too"),
        ("E01000001,A,E06000001,X\nE01000002,B,E06000001\n", 3,
         "the line has 3 values, the header 4"),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong(tmp_path, lines, line, rule):
    path = tmp_path / "lookup.csv"
    path.write_text(HEADER + lines)
    (problem,) = area_lookups.read(path).problems
    assert (problem.line, problem.rule) == (line, rule)


def test_wrong_encoding(tmp_path):
    path = tmp_path / "lookup.csv"
    path.write_bytes((HEADER + "W01000001,Ynys Môn,W06000001,X\n").encode("cp1252"))
    with pytest.raises(InputError, match="not UTF-8"):
        area_lookups.read(path)
