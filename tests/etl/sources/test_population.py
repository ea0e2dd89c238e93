"""Residents and households: the real files, and other years and vintages of codes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.observation import KEY
from etl.problems import InputError
from etl.sources import Reading, Source, census, population

SOUTHAMPTON = "E06000045"
WIDE = "ladcode20,laname20,country,population_2001,births_2002,population_2002"


@pytest.fixture
def save(tmp_path: Path):
    def write(text: str, name: str = "download.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def value(reading: Reading, area: str, year: int, measure: str = population.POPULATION) -> float:
    found = reading.observations.set_index(["area_code", "measure_code", "period_start"])["value"]
    return found[area, measure, pd.Timestamp(year, 1, 1)]


@pytest.mark.parametrize(
    ("name", "source", "rows", "areas"),
    [
        ("MYEB3_UK_2001_2019_geog20.csv", population.SOURCE, 379 * 19, 379),
        ("london_borough_components_2011_2024.csv", population.SOURCE, 33 * 14, 33),
        ("census_2011_2021_lad.csv", census.SOURCE, 331 * 2, 331),
        ("households21_england_wales_ltla23.csv", census.SOURCE, 318, 318),
    ],
)
def test_real_files(shared_data: Path, name: str, source: Source, rows: int, areas: int):
    path = shared_data / "population" / name
    assert [each.source_id for each in (population.SOURCE, census.SOURCE) if each.recognises(path)]
    assert source.recognises(path)
    reading = source.read(path)
    assert (len(reading.observations), reading.rows_read, reading.rows_used) == (rows, rows, rows)
    assert reading.problems == ()
    assert reading.withheld == {}
    assert len(reading.areas) == areas
    assert set(reading.areas["area_kind"]) == {"district"}
    assert set(reading.observations["period_kind"]) == {"year"}
    assert not reading.observations.duplicated(KEY).any()


def test_other_published_files_are_not_recognised(shared_data: Path):
    others = [p for p in shared_data.rglob("*.csv") if p.parent.name != "population"]
    assert len(others) > 10
    assert not [p.name for p in others if population.recognises(p) or census.recognises(p)]


def test_southampton(shared_data: Path):
    folder = shared_data / "population"
    estimates = population.read(folder / "MYEB3_UK_2001_2019_geog20.csv")
    counted = census.read(folder / "census_2011_2021_lad.csv")
    homes = census.read(folder / "households21_england_wales_ltla23.csv")
    assert value(estimates, SOUTHAMPTON, 2019) == 252_520
    assert value(counted, SOUTHAMPTON, 2011, census.CENSUS_POPULATION) == 236_882
    assert value(homes, SOUTHAMPTON, 2021, census.HOUSEHOLDS) == 102_291


def test_london_was_estimated_again_after_the_census(shared_data: Path):
    folder = shared_data / "population"
    before = population.read(folder / "MYEB3_UK_2001_2019_geog20.csv")
    after = population.read(folder / "london_borough_components_2011_2024.csv")
    both = before.observations.merge(after.observations, on=KEY)
    assert len(both) == 33 * 9
    assert both["value_x"].eq(both["value_y"]).sum() == 0 + 33  # mid-2011 was not


def test_another_vintage_of_codes_and_years(save):
    path = save("ladcode23,laname23,population_2023\nE06000045,Southampton,256110\n")
    assert population.recognises(path)
    assert value(population.read(path), SOUTHAMPTON, 2023) == 256_110


def test_ages_and_sexes_are_added_up(save):
    lines = [f"E06000045,Southampton,E,{sex},{age},10" for sex in (1, 2) for age in (0, 1, 2)]
    path = save("\n".join(["ladcode20,laname20,country,sex,age,population_2001", *lines]))
    reading = population.read(path)
    assert value(reading, SOUTHAMPTON, 2001) == 60
    assert (reading.rows_read, reading.rows_used, len(reading.observations)) == (6, 6, 1)


def test_a_missing_age_is_not_nobody(save):
    lines = [f"{SOUTHAMPTON},Southampton,E,1,{age},{n}" for age, n in ((0, "10"), (1, ""))]
    reading = population.read(
        save("\n".join(["ladcode20,laname20,country,sex,age,population_2001", *lines]))
    )
    assert len(reading.observations) == 0
    assert reading.withheld == {"blank": 1, "part of an incomplete total": 1}


def test_what_is_wrong_is_named_by_line_and_column(save):
    path = save(
        f"{WIDE}\nE06000045,Southampton,E,1,2,x\nSouthampton,,E,1,2,3\nE06000046,Wight,E,1.5,2,3\n"
        "E06000047,Durham,E,1,2\nE06000049,Cheshire,E,[x],0,-3\nE06000050,West,E,1,2,3\n"
    )
    reading = population.read(path)
    assert [(each.line, each.column) for each in reading.problems] == [
        (2, "population_2002"),
        (3, ""),
        (4, "population_2001"),
        (5, ""),
        (6, "population_2002"),
    ]
    assert set(reading.observations["area_code"]) == {"E06000050"}


def test_a_wrong_year_of_the_long_layout_is_a_problem(save):
    path = save(
        "ladcode23,laname23,Category,Year,Sum\nE06000045,Southampton,population,mid,3\n"
        "E06000045,Southampton,births,2012,3\nE06000045,Southampton,population,2012,4\n"
    )
    reading = population.read(path)
    assert [(each.line, each.column, each.value) for each in reading.problems] == [
        (2, "Year", "mid")
    ]
    assert value(reading, SOUTHAMPTON, 2012) == 4


def test_a_doubled_heading_is_refused(save):
    with pytest.raises(InputError, match="stands twice"):
        population.read(save(f"{WIDE},population_2002\n"))
