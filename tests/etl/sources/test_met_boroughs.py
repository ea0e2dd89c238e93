"""London boroughs: both real downloads, what they revise, and other layouts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.observation import KEY
from etl.problems import InputError
from etl.sources import Reading, met_boroughs

HEADER = "MajorText,MinorText,LookUp_BoroughName,202001,202002"
CAMDEN = "E22000191"


@pytest.fixture(scope="module")
def readings(shared_data: Path) -> tuple[Reading, Reading]:
    folder = shared_data / "met_police_boroughs"
    names = ("sa06840_MPS_Historical.csv", "MPS_borough_APR2010-FEB2022.csv")
    earlier, later = (met_boroughs.read(folder / name) for name in names)
    return earlier, later


@pytest.fixture
def save(tmp_path: Path):
    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / "download.csv"
        path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        return path

    return write


def values(reading: Reading) -> dict[tuple[str, str, str], float]:
    rows = reading.observations
    months = rows["period_start"].dt.strftime("%Y-%m")
    keys = zip(rows["area_code"], rows["measure_code"], months, strict=True)
    return dict(zip(keys, rows["value"], strict=True))


class TestRealFiles:
    def test_counts(self, readings):
        # rows x months; and 12 major types of 33 areas in each month
        for reading, rows, months in zip(readings, (1725, 1730), (136, 142), strict=True):
            assert reading.rows_read == reading.rows_used == rows * months
            assert len(reading.observations) == rows * months + 12 * 33 * months
            assert reading.problems == ()
            assert reading.withheld == {}
            assert not reading.observations.duplicated(KEY).any()

    def test_months(self, readings):
        spans = [
            (each.observations["period_start"].min(), each.observations["period_start"].max())
            for each in readings
        ]
        first = pd.Timestamp(2010, 4, 1)
        assert spans == [(first, pd.Timestamp(2021, 7, 1)), (first, pd.Timestamp(2022, 1, 1))]

    def test_every_borough_is_a_partnership_and_the_airports_are_not(self, readings):
        areas = readings[1].areas.set_index("area_name")
        assert areas["area_kind"].value_counts().to_dict() == {"partnership": 32, "other": 1}
        assert areas.loc["Camden", "area_code"] == CAMDEN
        airports = areas.loc["London Heathrow and London City Airports"]
        assert airports["area_code"] == "other:london_heathrow_and_london_city_airports"
        assert airports["force_code"] == "E23000001"
        assert readings[0].areas["area_code"].isin(areas["area_code"]).all()

    def test_the_later_download_revises_the_earlier(self, readings):
        earlier, later = (each.observations for each in readings)
        both = earlier.merge(later, on=KEY, suffixes=("_before", "_after"))
        revised = both[both["value_before"].ne(both["value_after"])]
        minor = revised["measure_code"].str.startswith(met_boroughs.MINOR)
        assert len(both) == len(earlier)
        assert (minor.sum(), (~minor).sum()) == (389, 335)
        assert (revised["value_after"] - revised["value_before"])[minor].sum() == 116
        assert revised["period_start"].min() == pd.Timestamp(2010, 5, 1)

    def test_rows_that_appear_later_hold_nothing_before(self, readings):
        earlier, later = (each.observations for each in readings)
        new = later.merge(earlier[KEY], on=KEY, how="left", indicator=True)
        new = new[new["_merge"].eq("left_only") & new["period_start"].le(pd.Timestamp(2021, 7, 1))]
        assert len(new) == 5 * 136
        assert new["value"].eq(0).all()

    def test_major_types_are_the_sum_of_their_minors(self, readings):
        found = values(readings[1])
        month = "2019-12"
        parts = ("rape", "other_sexual_offences")
        total = found[CAMDEN, "mps_major:sexual_offences", month]
        assert total == sum(found[CAMDEN, f"mps:{part}", month] for part in parts) > 0

    def test_only_these_files_are_recognised(self, shared_data: Path):
        found = {path.parent.name for path in shared_data.rglob("*.csv") if recognised(path)}
        assert found == {"met_police_boroughs"}


def recognised(path: Path) -> bool:
    return met_boroughs.recognises(path)


@pytest.mark.parametrize(
    "header",
    [
        "LookUp_BoroughName,MajorText,MinorText,202001,202002",
        "BoroughName,Major Category,Minor Category,202001,202002",
        "Borough,Major Text,Minor Text,202001,202002",
    ],
)
def test_other_headings_and_orders(save, header):
    path = save("Camden,Robbery,Robbery of Personal Property,1,2", header=header)
    assert met_boroughs.recognises(path)
    assert values(met_boroughs.read(path))[CAMDEN, "mps_major:robbery", "2020-02"] == 2


def test_a_major_figure_of_the_file_goes_before_the_sum(save):
    found = values(
        met_boroughs.read(
            save("Robbery,,Camden,9,9", "Robbery,Business,Camden,1,2", "Theft,A,Camden,3,4")
        )
    )
    assert found[CAMDEN, "mps_major:robbery", "2020-01"] == 9
    assert found[CAMDEN, "mps:business", "2020-01"] == 1
    assert found[CAMDEN, "mps_major:theft", "2020-01"] == 3


def test_a_major_without_all_its_minors_is_no_total(save):
    reading = met_boroughs.read(save("Theft,A,Camden,,4", "Theft,B,Camden,1,[x]"))
    assert values(reading) == {
        (CAMDEN, "mps:a", "2020-02"): 4,
        (CAMDEN, "mps:b", "2020-01"): 1,
    }
    assert reading.withheld == {"blank": 1, "[x]": 1}
    assert (reading.rows_read, reading.rows_used) == (4, 2)


def test_places_that_are_no_borough(save):
    lines = [f"Theft,A,{name},1,2" for name in ("City of London", "Aviation Security", "Unknown")]
    areas = met_boroughs.read(save(*lines)).areas.set_index("area_code")
    assert set(areas.index) == {
        "other:city_of_london", "other:aviation_security", "unassigned:E23000001",
    }  # fmt: skip
    assert "Metropolitan Police" in areas.loc["other:city_of_london", "area_name"]


def test_what_is_wrong_is_named_by_line_and_column(save):
    path = save(
        "Theft,A,Camdem,1,2", "Theft,A,Camden,x,2", "Theft,A,Barnet,1", "Theft,A,Brent,-1,2"
    )
    reading = met_boroughs.read(path)
    assert [(each.line, each.column, each.value) for each in reading.problems] == [
        (2, "borough", "Camdem"),
        (3, "202001", "x"),
        (4, "", "Theft,A,Barnet,1"),
        (5, "202001", "-1"),
    ]
    assert "did you mean Camden (E22000191)?" in reading.problems[0].what_to_do
    assert len(reading.observations) == 0


def test_a_thirteenth_month_is_refused(save):
    with pytest.raises(InputError, match="no month"):
        met_boroughs.read(save("Theft,A,Camden,1,2", header=HEADER.replace("202002", "202013")))


def test_every_measure_that_an_indicator_names_is_counted(readings, tmp_path):
    indicators = load_catalogue(DataDir(tmp_path)).indicators.values()
    named = {
        measure
        for indicator in indicators
        for numerator in indicator.numerator
        for measure in numerator.measures
        if measure.startswith((met_boroughs.MINOR, met_boroughs.MAJOR))
    }
    assert len(named) > 20
    assert not named - set(readings[1].observations["measure_code"])
