"""Street-level crime by month, force and district, and the force-months that are absent."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from etl.observation import KEY
from etl.problems import InputError
from etl.sources import Reading, recognise, street_monthly
from etl.sources.police_uk_street import TOTAL

COUNTS = "street_lad_month_type_to_2025_06.csv"
ABSENT = "street_missing_force_months.csv"
HEADER = "month,reported_by,lad_from_lsoa_name,crime_type,n\n"


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "street_monthly"


@pytest.fixture(scope="module")
def reading(folder: Path) -> Reading:
    return street_monthly.read(folder / COUNTS)


@pytest.fixture
def save(tmp_path: Path):
    def to(*lines: str) -> Path:
        path = tmp_path / "counts.csv"
        path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return to


def test_is_recognised_by_content(folder):
    for name in (COUNTS, ABSENT):
        assert [each.source_id for each in recognise(folder / name)] == ["street_monthly"]


def test_every_line_is_used(reading, folder):
    by_force: Counter[str] = Counter()
    with (folder / COUNTS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_force[row["reported_by"]] += int(row["n"])
    rows = reading.observations
    totals = rows[rows["measure_code"].eq(TOTAL)]
    assert sorted(totals.groupby("reported_by")["value"].sum()) == sorted(by_force.values())
    assert sum(by_force.values()) == totals["value"].sum() == 5_801_569
    assert reading.rows_read == reading.rows_used == 95_976
    assert len(rows) - len(totals) == 95_976
    assert reading.problems == ()
    assert not rows.duplicated(KEY).any()


def test_districts_by_name_and_what_has_no_location(reading):
    assert reading.areas["area_kind"].value_counts().to_dict() == {
        "district": 356, "unassigned": 43, "other": 2,
    }  # fmt: skip
    rows = reading.observations
    totals = rows[rows["measure_code"].eq(TOTAL)].groupby("area_code")["value"].sum()
    assert totals[totals.index.str.startswith("unassigned:")].sum() == 316_817
    assert totals["unassigned:police_service_of_northern_ireland"] == 220_025
    assert totals["E06000010"] == 51_102  # printed "Kingston upon Hull"


def test_absent_force_months(folder):
    reading = street_monthly.read(folder / ABSENT)
    notes = reading.notes
    assert len(notes) == reading.rows_used == 78
    assert set(notes["effect"]) == {"absent"}
    manchester = notes[notes["area_code"].eq("E23000005")]["period_start"]
    assert sorted(manchester) == [f"2014-{month:02}-01" for month in range(1, 12)]


@pytest.mark.parametrize(
    ("line", "column", "rule"),
    [
        ("2014-1,Kent Police,Dover,Drugs,3", "month", "this is not a month"),
        ("2014-01,Kent Police,Dover,Drugs,many", "n", "this is not a count"),
        ("2014-01,Kent Police,Dover,Drugs,-3", "n", "this is not a count"),
        ("2014-01,Kent Police,Dovre,Drugs,3", "lad_from_lsoa_name", "no district has this name"),
        ("2014-01,,Dover,Drugs,3", "reported_by", "no name stands here"),
        ("2014-01,Kent Police,Dover,Drugs", "", "the line has 4 values, the header 5"),
    ],
)
def test_a_line_that_is_wrong(save, line, column, rule):
    reading = street_monthly.read(save("2014-01,Kent Police,Dover,Robbery,2", line))
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.rule) == (3, column, rule)
    assert reading.observations["value"].tolist() == [2, 2]
    if column == "lad_from_lsoa_name":
        assert problem.what_to_do.startswith("did you mean Dover?")


def test_a_file_that_is_none_of_a_force(tmp_path):
    path = tmp_path / "absent.csv"
    path.write_text(
        "month,file,reason\n2014-01,2014-01-kent-street.csv,lost\n"
        "2014-01,2014-01-ruritania-street.csv,lost\n2014-01,2014-02-kent-street.csv,lost\n"
    )
    reading = street_monthly.read(path)
    assert [problem.line for problem in reading.problems] == [3, 4]
    assert reading.notes[["area_code", "period_start"]].to_numpy().tolist() == [
        ["E23000032", "2014-01-01"]
    ]


def test_a_header_alone(save):
    with pytest.raises(InputError, match="no line below the header"):
        street_monthly.read(save())


def test_figures_are_of_one_force_each(save):
    forces = {"Kent Police": 3, "British Transport Police": 1}
    path = save(*[f"2014-01,{force},Dover,Drugs,{n}" for force, n in forces.items()])
    rows = street_monthly.read(path).observations
    drugs = rows[rows["measure_code"].eq("street:drugs")].set_index("reported_by")["value"]
    assert drugs.to_dict() == {"E23000032": 3, "other:british_transport_police": 1}
    assert rows["period_start"].eq(pd.Timestamp("2014-01-01")).all()
