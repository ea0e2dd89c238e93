"""Small areas rolled up: by the codes of their year, of one force each, gaps never a fall."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl import transform
from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.manifest import loads
from etl.raw import add_file
from etl.source_tables import source_tables

HEADER = "Month,Reported by,LSOA code,LSOA name,Crime type\n"
KENT, ESSEX = "E23000032", "E23000028"
DOVER_PLACE, ASHFORD_PLACE, BASILDON_PLACE = "E01000001", "E01000002", "E01000003"
SPLIT_PLACE, OLD_PLACE = "E01000004", "E01000005"
DOVER, ASHFORD, BASILDON = "E07000108", "E07000105", "E07000066"


@cache
def models() -> list[transform.Model]:
    """Every model in order, parsed once."""
    return transform.models()


class Tables:
    """The tables of a build, each made with what it reads when it is first asked for."""

    def __init__(self, data: DataDir) -> None:
        self.connection = duckdb.connect()
        self.made: set[str] = set()
        tables = source_tables(data, load_catalogue(data), loads(data), lambda _what, _share: None)
        for name, frames in tables.items():
            for number, frame in enumerate(frames if isinstance(frames, list) else [frames]):
                self.connection.register("frame", frame)
                verb = "insert into {} by name" if number else "create table {} as"
                self.connection.execute(f"{verb.format(name)} select * from frame")

    def __getitem__(self, name: str) -> pd.DataFrame:
        needed = {name}
        for model in reversed(models()):
            if model.name in needed:
                needed |= model.reads
        for model in models():
            if model.name in needed - self.made:
                transform.make(self.connection, model)
                self.made.add(model.name)
        return self.connection.execute(f'select * from "{name}"').df()

    def series(
        self, area: str, measure: str = "street:all", *, source: str = ""
    ) -> dict[str, float]:
        """Figures by month, of the source named, or of the only one there is."""
        rows = self["stg_latest_observation"]
        rows = rows[rows["area_code"].eq(area) & rows["measure_code"].eq(measure)]
        rows = rows[rows["source_id"].eq(source)] if source else rows
        months = rows["period_start"].dt.strftime("%Y-%m")
        assert months.is_unique
        return dict(sorted(zip(months, rows["value"], strict=True)))


@pytest.fixture
def data(lookups: Path, tmp_path: Path) -> DataDir:
    """Lookups as below, to add figures to."""
    shutil.copytree(lookups, tmp_path / "figures")
    return DataDir(tmp_path / "figures")


@pytest.fixture(scope="module")
def lookups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lookups of two years: a split district, and a small area that only 2011 has."""
    folder = tmp_path_factory.mktemp("lookups")
    data = DataDir(folder / "figures")
    csvs = {
        "lookup11.csv": "lsoa11_code,lsoa11_name,ltla21_code,ltla21_name\n"
        f"{DOVER_PLACE},a,{DOVER},Dover\n{OLD_PLACE},e,{ASHFORD},Ashford\n",
        "lookup21.csv": "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name\n"
        f"{DOVER_PLACE},a,E05000001,A,{DOVER},Dover\n"
        f"{ASHFORD_PLACE},b,E05000002,B,{ASHFORD},Ashford\n"
        f"{BASILDON_PLACE},c,E05000003,C,{BASILDON},Basildon\n"
        f"{SPLIT_PLACE},d,E05000004,D,E07000106,Canterbury\n",
        "authorities.csv": "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name\n"
        + "".join(
            f"{district},x,{partnership},y,{force},z\n"
            for district, partnership, force in [
                (DOVER, "E22000144", KENT),
                (ASHFORD, "E22000140", KENT),
                ("E07000106", "E22000141", KENT),
                ("E07000106", "E22000140", KENT),
                (BASILDON, "E22000113", ESSEX),
            ]
        ),
    }
    for name, text in csvs.items():
        (folder / name).write_text(text)
        add(data, folder / name)
    return folder / "figures"


def add(data: DataDir, path: Path, published: str = "2025-01-31") -> None:
    add_file(data, path, published=date.fromisoformat(published), loaded_by="a test")


def street(path: Path, *records: tuple[str, str, str, str]) -> Path:
    lines = [f"{month},{force},{place},,{kind}\n" for month, force, place, kind in records]
    path.write_text(HEADER + "".join(lines))
    return path


def test_to_ward_district_partnership_and_force(data, tmp_path):
    kent = [("2014-01", "Kent Police", place, "Drugs") for place in (DOVER_PLACE, DOVER_PLACE, "")]
    add(data, street(tmp_path / "a.csv", *kent))
    tables = Tables(data)
    assert tables.series(DOVER) == tables.series("E22000144") == {"2014-01": 2}
    assert tables.series(KENT) == {"2014-01": 3}
    assert tables.series(f"unassigned:{KENT}") == {"2014-01": 1}
    month = tables["reported_month"].iloc[0]
    assert month[["records", "in_own_area", "without_place"]].tolist() == [3, 2, 1]
    assert set(tables["stg_small_area_count"]["area_code"]) == {DOVER_PLACE}


def test_codes_go_through_the_lookup_of_their_year(data, tmp_path):
    old = [("2014-01", "Kent Police", place, "Drugs") for place in (DOVER_PLACE, OLD_PLACE)]
    new = [("2014-02", "Kent Police", place, "Drugs") for place in (DOVER_PLACE, ASHFORD_PLACE)]
    add(data, street(tmp_path / "a.csv", *old, *new))
    tables = Tables(data)
    assert tables.series(ASHFORD) == {"2014-01": 1, "2014-02": 1}
    vintages = tables["stg_small_area_codes"].sort_values("period_start")["vintage"]
    assert vintages.tolist() == ["2011", "2021"]
    # only the lookup of 2021 has wards
    assert tables.series("E05000001") == {"2014-02": 1}


def test_a_district_of_several_partnerships_is_not_guessed(data, tmp_path):
    places = (DOVER_PLACE, ASHFORD_PLACE, SPLIT_PLACE)
    records = [("2014-01", "Kent Police", place, "Drugs") for place in places]
    add(data, street(tmp_path / "a.csv", *records))
    tables = Tables(data)
    assert tables.series("E07000106") == {"2014-01": 1}
    # neither partnership of Canterbury, though Ashford lies wholly in one of them
    assert tables.series("E22000141") == tables.series("E22000140") == {}
    assert tables.series("E22000144") == {"2014-01": 1}
    said = tables["area_not_rolled_up"]
    assert set(said["area_code"]) == {"E07000106"}
    assert set(said["parent_code"]) == {"E22000140", "E22000141"}


def test_an_absent_force_month_is_a_gap_not_a_fall(data, tmp_path):
    records = [
        ("2014-01", "Kent Police", DOVER_PLACE, "Drugs"),
        ("2014-01", "Essex Police", BASILDON_PLACE, "Drugs"),
        ("2014-02", "Kent Police", DOVER_PLACE, "Drugs"),
        ("2014-02", "Kent Police", BASILDON_PLACE, "Drugs"),
        ("2014-02", "British Transport Police", BASILDON_PLACE, "Drugs"),
        ("2014-03", "Kent Police", DOVER_PLACE, "Drugs"),
        ("2014-03", "Essex Police", BASILDON_PLACE, "Drugs"),
    ]
    add(data, street(tmp_path / "a.csv", *records))
    tables = Tables(data)
    for area in (BASILDON, "E22000113", ESSEX):
        assert tables.series(area) == {"2014-01": 1, "2014-03": 1}
    absent = tables["absent_force_month"]
    assert absent[absent["force_code"].eq(ESSEX)]["month"].dt.strftime("%Y-%m").tolist() == [
        "2014-02"
    ]
    # what others report in Essex is told, in the small area and of the month
    counted = tables["stg_small_area_count"].query("area_code == @BASILDON_PLACE")
    assert counted["value"].sum() == 2 * 4
    months = tables["reported_month"].query("force_code == @KENT")
    assert months.sort_values("month")["in_other_area"].tolist() == [0, 1, 0]


def test_what_a_reported_month_does_not_name_is_a_zero(data, tmp_path):
    records = [
        ("2014-01", "Kent Police", DOVER_PLACE, "Drugs"),
        ("2014-02", "Kent Police", ASHFORD_PLACE, "Drugs"),
        ("2014-02", "Kent Police", DOVER_PLACE, "Robbery"),
        ("2014-03", "Kent Police", DOVER_PLACE, "Drugs"),
    ]
    add(data, street(tmp_path / "a.csv", *records))
    tables = Tables(data)
    assert tables.series(DOVER, "street:drugs") == {"2014-01": 1, "2014-02": 0, "2014-03": 1}
    # the file knows no robbery in the other months, and Ashford not at all
    assert tables.series(DOVER, "street:robbery") == {"2014-02": 1}
    assert tables.series(ASHFORD) == {"2014-02": 1}


def test_a_later_file_replaces_the_whole_month_of_its_force(data, tmp_path):
    kinds = ("Drugs", "Drugs", "Robbery")
    first = [("2014-01", "Kent Police", DOVER_PLACE, kind) for kind in kinds]
    again = [("2014-01", "Kent Police", place, "Drugs") for place in (DOVER_PLACE, ASHFORD_PLACE)]
    add(data, street(tmp_path / "a.csv", *first), "2014-03-01")
    add(data, street(tmp_path / "b.csv", *again), "2014-04-01")
    essex = street(tmp_path / "c.csv", ("2014-01", "Essex Police", DOVER_PLACE, "Drugs"))
    add(data, essex, "2014-05-01")
    tables = Tables(data)
    assert tables.series(DOVER) == {"2014-01": 1}
    revised = tables["observation_revision"].query("area_code == @DOVER")
    assert revised.query("measure_code == 'street:all'")[["previous_value", "value"]].to_numpy(
    ).tolist() == [[3, 1]]  # fmt: skip
    counted = tables["stg_small_area_count"].query("measure_code == 'street:all'")
    assert sorted(zip(counted["area_code"], counted["value"], strict=True)) == [
        (DOVER_PLACE, 1), (DOVER_PLACE, 1), (ASHFORD_PLACE, 1),
    ]  # fmt: skip


def test_every_source_is_rolled_up_on_its_own(data, tmp_path):
    add(data, street(tmp_path / "a.csv", *[
        (month, "Kent Police", DOVER_PLACE, "Drugs") for month in ("2014-01", "2014-02")
    ]))  # fmt: skip
    districts = tmp_path / "b.csv"
    districts.write_text(
        "month,reported_by,lad_from_lsoa_name,crime_type,n\n2014-01,Kent Police,Dover,Drugs,5\n"
    )
    add(data, districts)
    own = tmp_path / "own.csv"
    own.write_text("area_code,measure_code,period,value\nE22000144,street:drugs,2014-01,9\n")
    add(data, own)
    tables = Tables(data)
    # all three have the partnership of Dover: none is put after another or takes its place
    for area in (DOVER, "E22000144"):
        places = tables.series(area, "street:drugs", source="police_uk_street")
        assert places == {"2014-01": 1, "2014-02": 1}
        assert tables.series(area, "street:drugs", source="street_monthly") == {"2014-01": 5}
    assert tables.series(KENT, "street:drugs", source="street_monthly") == {"2014-01": 5}
    assert tables.series("E22000144", "street:drugs", source="own_figures") == {"2014-01": 9}


def test_a_month_with_miscoded_types_is_held_from_ward_to_force(data, tmp_path):
    usual = {"Burglary": 40, "Drugs": 30, "Robbery": 30, "Vehicle crime": 40}
    records = []
    for month in range(1, 13):
        of_month = {"Drugs": 140} if month == 6 else usual
        for place in (DOVER_PLACE, ASHFORD_PLACE):
            for kind, number in of_month.items():
                records += [(f"2023-{month:02}", "Kent Police", place, kind)] * number
    add(data, street(tmp_path / "a.csv", *records))
    tables = Tables(data)
    held = tables["stg_gap"]
    assert held["period_start"].dt.strftime("%Y-%m").unique().tolist() == ["2023-06"]
    of_type = held[held["measure_code"].eq("street:drugs")]
    partnerships, wards = ["E22000144", "E22000140"], ["E05000001", "E05000002"]
    assert sorted(of_type["area_code"]) == sorted([*wards, DOVER, ASHFORD, *partnerships, KENT])
    assert held["reason"].str.startswith("crime types of the whole force look miscoded").all()
    assert tables["stg_used_observation"].query("period_start == '2023-06-01'").empty


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    data = DataDir(tmp_path_factory.mktemp("real"))
    for name in (
        "lookups/LAD17_CSP17_PFA17_EW.csv",
        "lookups/lookup_lsoa11_ltla21.csv",
        "lookups/lookup_lsoa21_ward24_ltla24.csv",
        "lookups/lookup_ltla24_csp24_pfa24.csv",
        "police_uk_street",
    ):
        add(data, shared_data / name, "2025-08-01")
    return Tables(data)


def test_hampshire_adds_up(real):
    months = real["reported_month"]
    assert months["records"].sum() == 226_786
    parts = ["in_own_area", "in_other_area", "in_unknown_area", "without_place"]
    assert months[parts].sum().tolist() == [226_476, 297, 0, 13]
    southampton = real.series("E22000120")
    assert southampton == real.series("E06000045")
    assert sum(n for month, n in southampton.items() if month < "2015") == 30_262
    assert sum(n for month, n in southampton.items() if month > "2015") == 16_971
    # Basingstoke and Deane, Hart and Rushmoor
    assert sum(real.series("E22000374").values()) == 11_490 + 4_110 + 7_098 + 6_752 + 2_371 + 4_301
    assert real["area_not_rolled_up"].empty


def test_the_wards_of_southampton_add_up_to_it(real):
    links = real["area_link"]
    wards = links[links["parent_code"].eq("E06000045") & links["area_kind"].eq("ward")]
    rows = real["stg_rolled_up_observation"].query("measure_code == 'street:all'")
    summed = rows[rows["area_code"].isin(wards["area_code"])].groupby("period_start")["value"].sum()
    assert len(summed) == 6
    whole = rows[rows["area_code"].eq("E06000045")].set_index("period_start")["value"]
    assert summed.eq(whole.loc[summed.index]).all()


def test_no_absent_month_of_the_real_monthly_table_shows_as_a_fall(shared_data, tmp_path):
    data = DataDir(tmp_path / "figures")
    for name in (
        "lookups/LAD17_CSP17_PFA17_EW.csv",
        "lookups/lookup_ltla24_csp24_pfa24.csv",
        "street_monthly/street_lad_month_type_to_2025_06.csv",
        "street_monthly/street_missing_force_months.csv",
    ):
        add(data, shared_data / name, "2026-01-31")
    tables = Tables(data)
    absent, months = tables["absent_force_month"], tables["reported_month"]
    parts = ["in_own_area", "in_other_area", "in_unknown_area", "without_place"]
    assert months[parts].sum().tolist() == [5_421_830, 62_922, 0, 316_817]
    assert len(absent) == 78 + 5
    assert absent["reason"].value_counts().to_dict() == {
        "file of 4 MiB or more: not in snapshot": 78,
        "the file of the other forces does not hold it": 5,
    }
    # West Midlands: January and February 2014 only, and no zero after them
    assert list(tables.series("E22000335")) == ["2014-01", "2014-02"]
    rows = tables["stg_rolled_up_observation"].query("measure_code == 'street:all'")
    rows = rows[~rows["area_code"].str.startswith("unassigned:")].sort_values("period_start")
    before = rows.groupby("area_code")["value"].shift()
    collapsed = rows[rows["value"].lt(before * 0.4) & before.gt(200)]
    assert collapsed.empty
