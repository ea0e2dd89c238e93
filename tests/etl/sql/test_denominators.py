"""Denominators: from authorities to partnerships, across reorganisations, years and censuses."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.datadir import PROJECT_DATA, DataDir
from etl.raw import known_areas
from etl.sources import census, ons_csp, population
from etl.transform import SQL_FOLDER

STEPS = [
    "stg_counting_source",
    "stg_stated_denominator",
    "stg_whole_merger",
    "stg_lasting_denominator",
    "stg_area_authority",
    "stg_without_rate",
    "stg_denominator",
]
KEY = ["area_code", "measure_code", "denominator_year"]
GRAIN = [*KEY, "illustrative", "source_id"]
POPULATION, HOUSEHOLDS, CENSUS = "ons:population", "ons:households", "ons:census_population"
SUM = "sum of its local authorities"
SUM_OF_MERGED = "sum of its local authorities, some before they merged"
ITS = "of its local authority"
ITS_BEFORE = "of its local authority before it merged"
MERGED = "sum of the authorities that merged into it"


def denominators(
    observed: pd.DataFrame,
    lineage: pd.DataFrame,
    areas: pd.DataFrame,
    counted: pd.DataFrame | None = None,
    without_rate: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Denominators of figures observed; counted are figures of other measures."""
    notes = pd.DataFrame({"area_code": list(without_rate), "effect": "no_rate"}, dtype="str")
    with duckdb.connect() as connection:
        connection.register("stg_latest_observation", observed)
        connection.register("stg_observation", pd.concat([observed, counted]))
        connection.register("source_area_lineage", lineage)
        connection.register("area", areas)
        connection.register("source_note_of_source", notes)
        for name in STEPS:
            sql = (SQL_FOLDER / "staging" / f"{name}.sql").read_text(encoding="utf-8")
            connection.execute(f'create table "{name}" as {sql}')
        return connection.execute("select * from stg_denominator").df()


def every(
    *rows: tuple,
    lineage: tuple = (),
    areas: tuple = (),
    counted: tuple = (),
    without_rate: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Denominators of rows: (area, year, value, measure, made up, source).

    Args:
        rows: Figures; the last three may be left out.
        lineage: (area, successor, year of the change).
        areas: (area, kind, its authorities).
        counted: Sources that publish counts too.
        without_rate: Areas of which the publisher gives no rates.
    """
    blanks = (POPULATION, False, "estimates")
    observed = pd.DataFrame(
        [(*row, *blanks[len(row) - 3 :]) for row in rows],
        columns=["area_code", "year", "value", "measure_code", "illustrative", "source_id"],
    )
    starts = pd.to_datetime(observed["year"].astype("str") + "-01-01")
    found = denominators(
        observed.assign(period_start=starts, published=pd.Timestamp(2020, 1, 1)),
        pd.DataFrame(lineage, columns=["area_code", "successor_code", "changed_year"]).astype(
            {"area_code": "str", "successor_code": "str", "changed_year": "int64"}
        ),
        pd.DataFrame(areas, columns=["area_code", "area_kind", "local_authority_codes"]).astype(
            "str"
        ),
        pd.DataFrame(
            [(source, "ons:robbery", False) for source in counted],
            columns=["source_id", "measure_code", "illustrative"],
        ),
        without_rate,
    )
    assert not found.duplicated(GRAIN).any()
    return found


def given(*rows: tuple, **more: tuple) -> dict:
    """Denominator and note, as all publications together give them, by area and year."""
    found = every(*rows, **more)
    return {
        (row.area_code, row.denominator_year): (row.denominator, row.denominator_note)
        for row in found[found["source_id"].eq("") & ~found["illustrative"]].itertuples()
    }


PARTNERSHIP = ("P", "partnership", "A;B")


class TestAuthoritiesOfAPartnership:
    def test_they_are_added_up(self):
        found = given(("A", 2019, 10), ("B", 2019, 5), areas=(PARTNERSHIP,))
        assert found["P", 2019] == (15, SUM)
        assert found["A", 2019] == (10, "")

    def test_not_when_one_is_missing_in_the_year(self):
        found = given(("A", 2019, 10), ("B", 2018, 5), areas=(PARTNERSHIP,))
        assert {code for code, _ in found} == {"A", "B"}

    def test_not_when_one_is_shared_with_another_partnership(self):
        areas = (PARTNERSHIP, ("Q", "partnership", "B"))
        found = given(("A", 2019, 10), ("B", 2019, 5), areas=areas)
        assert {code for code, _ in found} == {"A", "B"}

    def test_a_force_may_hold_the_same_authorities(self):
        areas = (PARTNERSHIP, ("F", "force", "A;B"))
        found = given(("A", 2019, 10), ("B", 2019, 5), areas=areas)
        assert found["P", 2019] == found["F", 2019] == (15, SUM)

    def test_a_code_within_another_code_is_not_that_code(self):
        found = given(("A", 2019, 10), ("AA", 2019, 5), areas=(("P", "partnership", "AA"),))
        assert found["P", 2019] == (5, ITS)

    def test_what_is_published_for_the_partnership_goes_before(self):
        rows = (("A", 2019, 10), ("A", 2018, 9), ("P", 2019, 11))
        found = given(*rows, areas=(("P", "partnership", "A"),))
        assert found["P", 2019] == (11, "")
        assert found["P", 2018] == (9, ITS)

    def test_made_up_and_real_ones_stand_apart(self):
        rows = (("A", 2019, 10), ("P", 2009, 11, POPULATION, True))
        found = every(*rows, areas=(("P", "partnership", "A"),))
        own = found[found["area_code"].eq("P")].set_index("denominator_year")
        assert own["illustrative"].to_dict() == {2009: True, 2019: False}

    def test_made_up_ones_are_not_added_up_nor_stand_in(self):
        rows = (("A", 2019, 10, POPULATION, True), ("B", 2019, 5))
        assert set(given(*rows, areas=(PARTNERSHIP,))) == {("B", 2019)}

    def test_an_area_without_authorities_has_none(self):
        found = given(("A", 2019, 10), areas=(("P", "partnership", ""),))
        assert list(found) == [("A", 2019)]


class TestMergers:
    LINEAGE = (("A", "M", 2021), ("B", "M", 2021))

    def test_earlier_years_are_the_sum_of_those_that_merged(self):
        rows = (("A", 2019, 10), ("B", 2019, 5), ("M", 2021, 16))
        found = given(*rows, lineage=self.LINEAGE, areas=(("P", "partnership", "M"),))
        assert found["M", 2019] == (15, MERGED)
        assert found["M", 2021] == (16, "")
        assert found["P", 2019] == (15, ITS_BEFORE)
        assert found["P", 2021] == (16, ITS)

    def test_a_partnership_of_several_says_that_some_merged(self):
        rows = (("A", 2019, 10), ("B", 2019, 5), ("C", 2019, 1))
        found = given(*rows, lineage=self.LINEAGE, areas=(("P", "partnership", "C;M"),))
        assert found["P", 2019] == (16, SUM_OF_MERGED)

    def test_not_when_one_is_missing(self):
        assert ("M", 2019) not in given(("A", 2019, 10), lineage=self.LINEAGE)

    def test_not_when_one_went_elsewhere_in_part(self):
        lineage = (*self.LINEAGE, ("B", "N", 2021))
        found = given(("A", 2019, 10), ("B", 2019, 5), lineage=lineage)
        assert set(found) == {("A", 2019), ("B", 2019)}

    def test_not_for_years_after_the_change(self):
        found = given(("A", 2021, 10), ("B", 2021, 5), lineage=self.LINEAGE)
        assert ("M", 2021) not in found

    def test_what_is_published_for_the_new_code_goes_before(self):
        rows = (("A", 2019, 10), ("B", 2019, 5), ("M", 2019, 14))
        assert given(*rows, lineage=self.LINEAGE)["M", 2019] == (14, "")

    def test_a_code_that_was_merged_twice_keeps_its_series(self):
        lineage = (*self.LINEAGE, ("M", "Z", 2023), ("C", "Z", 2023))
        rows = (("A", 2019, 10), ("B", 2019, 5), ("C", 2019, 1), ("C", 2022, 2), ("M", 2022, 17))
        found = given(*rows, lineage=lineage)
        assert found["Z", 2019] == (16, MERGED)
        assert found["Z", 2022] == (19, MERGED)


class TestCensus:
    def test_it_stands_in_where_there_is_no_estimate(self):
        rows = (("A", 2021, 10, CENSUS), ("A", 2011, 7, CENSUS), ("A", 2011, 8))
        found = given(*rows, areas=(("P", "partnership", "A"),))
        assert found["A", 2021] == (10, "census count")
        assert found["A", 2011] == (8, "")
        assert found["P", 2021] == (10, f"{ITS}, census count")

    def test_households_are_a_measure_of_their_own(self):
        found = given(("A", 2021, 4, HOUSEHOLDS))
        assert found == {("A", 2021): (4, "")}


class TestSourcesOfCounts:
    ROWS = (("P", 2019, 10), ("P", 2019, 12, POPULATION, False, "tables"), ("P", 2020, 13))

    def of_source(self, found: pd.DataFrame) -> dict:
        own = found[found["source_id"].ne("")]
        keys = zip(own["source_id"], own["area_code"], own["denominator_year"], strict=True)
        return dict(zip(keys, own["denominator"], strict=True))

    def test_what_a_source_of_counts_gives_itself_is_kept_for_it(self):
        found = every(*self.ROWS, counted=("tables",))
        assert self.of_source(found) == {("tables", "P", 2019): 12}

    def test_others_count_by_publications_of_people_and_homes_where_there_are_any(self):
        counted = ("tables",)
        assert given(*self.ROWS, counted=counted) == {("P", 2019): (10, ""), ("P", 2020): (13, "")}
        later = (self.ROWS[1], ("P", 2020, 13))
        assert given(*later, counted=counted) == {("P", 2020): (13, "")}
        assert given(self.ROWS[1], counted=counted) == {("P", 2019): (12, "")}

    def test_the_two_are_not_added_up(self):
        rows = (("A", 2019, 10), ("B", 2019, 5, POPULATION, False, "tables"))
        assert ("P", 2019) not in given(*rows, areas=(PARTNERSHIP,), counted=("tables",))

    def test_estimates_alone_are_of_all_publications_together(self):
        assert self.of_source(every(*self.ROWS)) == {}

    def test_other_estimates_move_nothing_that_it_gives(self):
        ours = ("P", 2019, 12, POPULATION, False, "tables")
        alone = self.of_source(every(ours, counted=("tables",)))
        assert alone == self.of_source(every(*self.ROWS, counted=("tables",)))


def test_no_code_of_the_reference_table_merged_more_than_twice():
    lineage = pd.read_csv(PROJECT_DATA / "reference" / "area_lineage.csv")
    following = lineage.groupby("area_code")["successor_code"].agg(set).to_dict()
    twice = {code for each in following.values() for code in each & following.keys()}
    assert twice == {"E07000246"}
    assert not {code for each in twice for code in following[each]} & following.keys()


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    folder = shared_data / "population"
    readings = [
        population.read(folder / "MYEB3_UK_2001_2019_geog20.csv"),
        census.read(folder / "census_2011_2021_lad.csv"),
        census.read(folder / "households21_england_wales_ltla23.csv"),
    ]
    observed = pd.concat([reading.observations for reading in readings])
    lineage = pd.read_csv(PROJECT_DATA / "reference" / "area_lineage.csv")
    areas = known_areas(DataDir(tmp_path_factory.mktemp("none")))
    return denominators(
        observed.assign(
            illustrative=False, published=pd.Timestamp(2020, 1, 1), source_id="estimates"
        ),
        lineage,
        areas,
    ).set_index(KEY)


def figure(real: pd.DataFrame, *key: str | int) -> list:
    return real.loc[key, ["denominator", "denominator_note"]].tolist()


class TestRealFiles:
    def test_southampton(self, real):
        assert (
            real.loc[("E22000120", POPULATION, 2009), "denominator"]
            == real.loc[("E06000045", POPULATION, 2009), "denominator"]
        )
        assert figure(real, "E22000120", POPULATION, 2019) == [252_520, ITS]
        assert figure(real, "E22000120", POPULATION, 2021) == [248_200, f"{ITS}, census count"]
        assert figure(real, "E22000120", HOUSEHOLDS, 2021) == [102_291, ITS]

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("E06000061", "North Northamptonshire"),
            ("E06000062", "West Northamptonshire"),
            ("E06000063", "Cumberland"),
            ("E06000064", "Westmorland and Furness"),
            ("E06000065", "North Yorkshire"),
            ("E06000066", "Somerset"),
        ],
    )
    def test_an_authority_keeps_its_series_over_a_reorganisation(self, real, code, name):
        lineage = pd.read_csv(PROJECT_DATA / "reference" / "area_lineage.csv")
        old = lineage.loc[lineage["successor_code"].eq(code), "area_code"]
        for year in (2001, 2019):
            parts = [real.loc[(each, POPULATION, year), "denominator"] for each in old]
            assert figure(real, code, POPULATION, year) == [sum(parts), MERGED], name

    def test_partnerships_with_a_denominator(self, real):
        found = real.reset_index()
        partnerships = found[found["area_code"].str.match("E22|W22|W14")]
        counts = partnerships.groupby(["measure_code", "denominator_year"]).size()
        # 314 less 21 that share an authority: in Buckinghamshire, Cumbria, Dorset, …
        assert counts.loc[POPULATION].to_dict() == dict.fromkeys([*range(2001, 2020), 2021], 293)
        assert counts.loc[HOUSEHOLDS].to_dict() == {2021: 293}

    def test_sums_of_authorities_are_the_households_that_ons_divides_by(self, real, shared_data):
        book = ons_csp.read(shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx")
        stated = book.observations.query("measure_code == @HOUSEHOLDS").set_index("area_code")
        ours = real.xs((HOUSEHOLDS, 2021), level=[1, 2])["denominator"].rename("ours")
        both = stated.join(ours, how="inner")
        # rounded to hundreds, and from a later edition of the census table
        apart = both["value"].sub(both["ours"]).abs()
        assert (apart.le(50) | apart.le(0.003 * both["ours"])).all()
        assert len(both) == 293 + 42


def test_an_area_without_rates_has_no_denominator_under_any_of_its_codes() -> None:
    """City of London is a partnership, a force and a local authority; Hackney is another."""
    city, hackney = "E09000001", "E09000012"
    found = every(
        (city, 2022, 10_800),
        (hackney, 2022, 259_000),
        ("E22000180", 2022, 10_800),
        areas=(
            ("E22000180", "partnership", city),
            ("E23000034", "force", city),
            (city, "district", ""),
            ("E22000192", "partnership", hackney),
        ),
        without_rate=("E22000180",),
    )
    assert set(found["area_code"]) == {hackney, "E22000192"}
