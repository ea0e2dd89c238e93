"""The offence classification, and how an indicator names a group of it."""

from __future__ import annotations

import csv
from datetime import date

import duckdb
import pandas as pd
import pytest

from etl import publish
from etl.build import build
from etl.catalogue import load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.offences import Classification, load_classification
from etl.problems import InputError
from etl.raw import add_file

HEADER = (
    "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Description,Offence Group,"
    "Offence Subgroup,Offence Code,Number of Offences"
)
SOUTHAMPTON, PORTSMOUTH = "E22000120", "E22000118"


@pytest.fixture(scope="module")
def known() -> Classification:
    return load_classification(DataDir(PROJECT_DATA))


def codes(known: Classification, group: str) -> set[str]:
    return {code for part in known.parts(group).values() for code in part}


class TestTable:
    def test_every_code_of_the_published_lookup_is_there(self, known, shared_data):
        path = shared_data / "lookups" / "HO_offence_code_to_policeuk_category.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        street = {row["Offence_Code"]: row["Police.uk_Cat"] for row in rows}
        offences = known.offences.set_index("offence_code")
        assert offences["street_category"].to_dict() == street
        assert len(offences) == 132

    def test_each_code_has_one_subgroup_of_one_group(self, known):
        both = known.offences.merge(known.subgroups, on="offence_subgroup", suffixes=("", "_of"))
        assert len(both) == len(known.offences)
        assert both["offence_group"].equals(both["offence_group_of"])

    def test_groups_make_up_all_crime_without_overlap(self, known):
        top = [
            "violence_against_the_person", "sexual_offences", "robbery", "theft_offences",
            "criminal_damage_and_arson", "drug_offences", "possession_of_weapons_offences",
            "public_order_offences", "miscellaneous_crimes_against_society",
        ]  # fmt: skip
        assert sum(len(codes(known, group)) for group in top) == 128
        assert set().union(*(codes(known, group) for group in top)) == codes(known, "all_crime")
        assert not codes(known, "fraud_offences") & codes(known, "all_crime")

    def test_what_a_group_counts(self, known):
        assert codes(known, "robbery") == {"ho:34A", "ho:34B"}
        assert codes(known, "homicide") == {"ho:1/4.1/4.10/4.2"}
        assert codes(known, "domestic_burglary") == {
            "ho:28A", "ho:28B", "ho:28C", "ho:28D", "ho:29"
        }  # fmt: skip

    def test_names_that_groups_have_had(self, known):
        assert known.subgroup_of("Rape offences") == "Rape"
        assert known.subgroup_of(" miscellaneous  crimes") == "Miscellaneous crimes against society"
        assert known.subgroup_of("") is None
        assert known.subgroup_of("Witchcraft") is None


class TestCatalogue:
    def test_a_group_that_does_not_exist_is_a_problem(self, tmp_path):
        data = DataDir(tmp_path)
        robbery = (PROJECT_DATA / "indicators/robbery.toml").read_text(encoding="utf-8")
        (tmp_path / "indicators").mkdir()
        (tmp_path / "indicators/robbery.toml").write_text(
            robbery.replace("ho_group:robbery", "ho_group:robery"), encoding="utf-8"
        )
        with pytest.raises(InputError) as error:
            load_catalogue(data)
        (problem,) = error.value.problems
        assert problem.value == "ho_group:robery"
        assert "ho_group:robbery" in problem.what_to_do


def line(place: str, year: str, quarter: int, code: str, count: int) -> str:
    return f"{year},{quarter},Hampshire,{place},,,,{code},{count}"


EARLIER = [
    # 34A in the first and third quarter; Portsmouth lacks it in the third, and the fourth whole
    line("Southampton", "2017/18", 1, "34A", 2), line("Southampton", "2017/18", 1, "34B", 5),
    line("Portsmouth", "2017/18", 1, "34A", 0), line("Portsmouth", "2017/18", 1, "34B", 4),
    line("Southampton", "2017/18", 2, "34B", 6), line("Portsmouth", "2017/18", 2, "34B", 3),
    line("Southampton", "2017/18", 3, "34A", 1), line("Southampton", "2017/18", 3, "34B", 7),
    line("Portsmouth", "2017/18", 3, "34B", 8),
    line("Southampton", "2017/18", 4, "34A", 1), line("Southampton", "2017/18", 4, "34B", 1),
    # dwelling burglary (28A), which residential burglary (28E) replaced in April 2017
    line("Southampton", "2016/17", 4, "28A", 8),
    line("Southampton", "2017/18", 1, "28A", 0), line("Southampton", "2017/18", 1, "28E", 9),
    line("Portsmouth", "2015/16", 1, "34A", 2), line("Portsmouth", "2015/16", 1, "34B", 5),
]  # fmt: skip
#: A year later 34A of 2015/16 was merged into 34B.
LATER = [line("Portsmouth", "2015/16", 1, "34B", 7)]
LOADS = {"2018-07-01": EARLIER, "2019-07-01": LATER}


@pytest.fixture(
    scope="module", params=[list(LOADS), list(LOADS)[::-1]], ids=["in order", "reversed"]
)
def periods(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> pd.DataFrame:
    """`indicator_period` after loading both files, in the one and in the other order."""
    folder = tmp_path_factory.mktemp("offences")
    data = DataDir(folder / "figures")
    for published in request.param:
        path = folder / f"{published}.csv"
        path.write_text("\n".join([HEADER, *LOADS[published], ""]), encoding="utf-8")
        add_file(data, path, published=date.fromisoformat(published), loaded_by="a test")
    build(data)
    pointer = publish.current(data)
    assert pointer is not None
    with duckdb.connect(data.build / pointer.database, read_only=True) as connection:
        return connection.execute("select * from indicator_period where not illustrative").df()


def value(periods: pd.DataFrame, indicator: str, area: str, month: str) -> float | None:
    rows = periods[
        periods["indicator_id"].eq(indicator)
        & periods["area_code"].eq(area)
        & periods["period_start"].eq(pd.Timestamp(month))
    ]
    found = rows["value"].dropna().tolist()
    return found[0] if found else None


class TestGroupTotals:
    @pytest.mark.parametrize(
        ("area", "month", "robberies"),
        [
            (SOUTHAMPTON, "2017-04", 7), (PORTSMOUTH, "2017-04", 4),
            # printed for nobody: not in force
            (SOUTHAMPTON, "2017-07", 6), (PORTSMOUTH, "2017-07", 3),
            # printed for others only: missing
            (SOUTHAMPTON, "2017-10", 8), (PORTSMOUTH, "2017-10", None),
            # the quarter as a whole is absent
            (SOUTHAMPTON, "2018-01", 2), (PORTSMOUTH, "2018-01", None),
        ],
    )  # fmt: skip
    def test_what_is_absent(self, periods, area, month, robberies):
        assert value(periods, "robbery", area, month) == robberies

    def test_an_extract_of_some_groups_is_no_total_of_all(self, periods):
        assert value(periods, "all_crime", SOUTHAMPTON, "2017-04") is None

    def test_a_later_file_replaces_a_group_whole(self, periods):
        assert value(periods, "robbery", PORTSMOUTH, "2015-04") == 7

    def test_codes_printed_after_their_time_are_no_zero(self, periods):
        assert value(periods, "residential_burglary", SOUTHAMPTON, "2017-04") == 9
        assert value(periods, "residential_burglary", SOUTHAMPTON, "2017-01") is None
