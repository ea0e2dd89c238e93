"""The Home Office rolling-year table: the real file, and what may be wrong with one."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file
from etl.sources import Reading, recognise
from etl.sources.ho_rolling_year import read, recognises

COUNT = "Rolling year total number of offences"
HEADER = f"12 months ending,PFA,Region,Offence,{COUNT}"
HAMPSHIRE = "E23000030"
FRAUD = "ho_total:fraud_offences"


@pytest.fixture(scope="module")
def table(shared_data: Path) -> Path:
    return shared_data / "home_office_pfa" / "rec-crime-pfa.csv"


@pytest.fixture(scope="module")
def reading(table: Path) -> Reading:
    return read(table)


@pytest.fixture(scope="module")
def by_hand(table: Path) -> list[list[str]]:
    """The file's own lines, read without any of our code."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return path


class TestRealTable:
    def test_it_is_recognised_by_its_content(self, table):
        assert [source.source_id for source in recognise(table)] == ["ho_rolling_year"]

    def test_every_line_is_an_observation(self, reading):
        assert reading.problems == ()
        assert len(reading.observations) == reading.rows_read == 46_469
        assert set(reading.observations["period_kind"]) == {"rolling_year"}
        assert reading.observations["period_start"].nunique() == 52
        kinds = reading.areas["area_kind"].value_counts().to_dict()
        assert kinds == {"force": 43, "other": 4}

    def test_totals_by_category_are_the_files_own(self, reading, by_hand):
        expected: Counter[str] = Counter()
        for _, _, _, category, count in by_hand:
            name = "_".join(category.lower().replace("-", " ").split())
            expected[f"ho_total:{name}"] += int(count)
        rows = reading.observations
        found = rows.groupby("measure_code")["value"].sum().astype(int).to_dict()
        assert found == dict(expected)
        assert (rows["value"] < 0).sum() == 25

    @pytest.mark.parametrize(
        ("start", "stated"), [("2008-04-01", 157_443), ("2009-04-01", 140_451)]
    )
    def test_hampshire_without_fraud(self, reading, start, stated):
        rows = reading.observations
        of_year = rows[rows["area_code"].eq(HAMPSHIRE) & rows["period_start"].eq(start)]
        assert of_year.loc[of_year["measure_code"].ne(FRAUD), "value"].sum() == stated

    def test_the_wrong_date_is_its_month_and_noted(self, reading):
        starts = reading.observations["period_start"]
        assert starts.eq(pd.Timestamp(2017, 1, 1)).sum() == 927
        assert starts.dt.day.eq(1).all()
        assert starts.dt.month.isin([1, 4, 7, 10]).all()
        cautions = reading.notes[reading.notes["effect"].eq("caution")]
        assert cautions["period_start"].tolist() == ["2017-01-01"]
        assert "30-12-2017" in cautions["statement"].iloc[0]

    def test_breaks_are_noted(self, reading):
        breaks = reading.notes[reading.notes["effect"].eq("break")]
        assert breaks.set_index("measure_code")["period_start"].to_dict() == {
            "ho_total:residential_burglary": "2017-04-01",
            "ho_total:non_residential_burglary": "2017-04-01",
            "ho_total:domestic_burglary": "2017-04-01",
            "ho_total:non_domestic_burglary": "2017-04-01",
            FRAUD: "2013-04-01",
        }


@pytest.fixture(scope="module")
def periods(table, tmp_path_factory) -> pd.Series:
    """`indicator_period` of Hampshire, from its lines of the real file."""
    folder = tmp_path_factory.mktemp("rolling")
    data, own = DataDir(folder), folder / "hampshire.csv"
    header, *lines = table.read_text(encoding="utf-8-sig").splitlines()
    own.write_text("\n".join([header, *(line for line in lines if ",Hampshire," in line)]))
    add_file(data, own, published=date(2019, 4, 25), loaded_by="a test")
    result = build(data)
    with duckdb.connect(result.path, read_only=True) as connection:
        rows = connection.execute(
            "select * from indicator_period where area_code = ? and source_id = ?",
            [HAMPSHIRE, "ho_rolling_year"],
        ).df()
    return rows.set_index(["indicator_id", "period_start"])["numerator"]


class TestWhatIndicatorsMakeOfIt:
    def test_all_crime_is_the_published_total_without_fraud(self, periods):
        before, now = (periods["all_crime", day] for day in ("2008-04-01", "2009-04-01"))
        assert (before, now) == (157_443, 140_451)
        assert round(100 * (now - before) / before, 1) == -10.8

    def test_burglary_goes_through_the_break_and_its_categories_do_not(self, periods):
        # 12 months to December 2017: three of domestic, nine of residential burglary
        assert periods["burglary", "2017-01-01"] == 1_128 + 6_187 + 2_216 + 3_125
        assert pd.isna(periods["residential_burglary", "2017-01-01"])
        assert pd.isna(periods["residential_burglary", "2014-04-01"])  # printed as zero
        assert periods["residential_burglary", "2018-01-01"] == 7_612


class TestOtherTables:
    def test_a_day_that_does_not_exist(self, tmp_path):
        lines = [
            "31-02-2010,Hampshire,South East,Robbery,5",
            "31-03-2010,Hampshire,South East,Robbery,6",
        ]
        reading = read(write(tmp_path / "a.csv", *lines))
        (problem,) = reading.problems
        assert (problem.line, problem.column, problem.value) == (
            2,
            "12 months ending",
            "31-02-2010",
        )
        assert reading.observations["value"].tolist() == [6]

    @pytest.mark.parametrize(
        ("line", "column", "nearest"),
        [
            ("31-03-2010,Hamphire,South East,Robbery,5", "PFA", HAMPSHIRE),
            ("31-03-2010,Hampshire,South East,Robery,5", "Offence", "robbery"),
            ("31-03-2010,Hampshire,South East,Robbery,x", COUNT, "digits"),
        ],
    )
    def test_what_is_wrong_is_said_where(self, tmp_path, line, column, nearest):
        reading = read(write(tmp_path / "a.csv", line))
        (problem,) = reading.problems
        assert (problem.line, problem.column) == (2, column)
        assert nearest in problem.what_to_do
        assert reading.observations.empty

    def test_a_line_cut_short(self, tmp_path):
        whole = "31-03-2010,Hampshire,South East,Robbery,5"
        reading = read(write(tmp_path / "a.csv", whole, "31-03-2010,Hamps"))
        assert [problem.line for problem in reading.problems] == [3]
        assert len(reading.observations) == 1

    def test_columns_in_another_order(self, tmp_path):
        path = tmp_path / "a.csv"
        head = "Offence,Rolling year total number of offences,PFA,12 months ending,Region"
        path.write_text(f"{head}\nRobbery,7,Hampshire,31/03/2010,x\n", encoding="utf-8")
        assert recognises(path)
        assert read(path).observations["value"].tolist() == [7]
