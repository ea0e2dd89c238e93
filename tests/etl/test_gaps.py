"""Suspected gaps: what must be held, what must not, on made-up series and on real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.gaps import met_boroughs, street_districts, street_forces
from etl.gaps import FOUND_COLUMNS, suspected_gaps

MONTHS = pd.date_range("2018-01-01", periods=36, freq="MS")
DISTRICTS = ("North", "South", "East", "West")


def counts(force: str = "F1", level: float = 200.0, measures: int = 1) -> pd.DataFrame:
    """A force of four districts in which nothing happens but chance and the seasons."""
    chance = np.random.default_rng(len(force) + measures)
    rows = [
        (f"{force} {district}", force, f"street:{measure}", month, chance.poisson(
            level * (1 + 0.2 * np.sin(month.month / 12 * 2 * np.pi))))
        for district in DISTRICTS
        for measure in range(measures)
        for month in MONTHS
    ]  # fmt: skip
    names = ["area_code", "force_code", "measure_code", "period_start", "value"]
    frame = pd.DataFrame(rows, columns=names).assign(panel="street", period_kind="month")
    return frame.astype({"value": "float64"}).assign(source_id="street", file_id="a")


def at(frame: pd.DataFrame, month: str, *areas: str) -> pd.Series:
    chosen = frame["period_start"].eq(pd.Timestamp(month))
    return chosen & (frame["area_code"].isin(areas) if areas else True)


def with_value(frame: pd.DataFrame, where: pd.Series, value: float) -> pd.DataFrame:
    return frame.assign(value=frame["value"].mask(where, value))


def held(frame: pd.DataFrame) -> set[tuple[str, str]]:
    found = suspected_gaps(frame)
    return set(zip(found["area_code"], found["period_start"].dt.strftime("%Y-%m"), strict=True))


def test_nothing_is_held_where_nothing_is_wrong() -> None:
    found = suspected_gaps(pd.concat([counts(), counts("F22", level=5.0)]))
    assert found.empty
    assert list(found.columns) == FOUND_COLUMNS
    assert suspected_gaps(counts().iloc[:0]).empty


@pytest.mark.parametrize("value", [0.0, 3.0, 30.0])
def test_a_collapse_in_one_district_is_held_with_its_reason(value) -> None:
    frame = counts()
    found = suspected_gaps(with_value(frame, at(frame, "2019-06-01", "F1 North"), value))
    assert found[["area_code", "value"]].to_numpy().tolist() == [["F1 North", value]]
    usual = frame.loc[frame["area_code"].eq("F1 North"), "value"].median()
    assert found["expected"].iloc[0] == pytest.approx(usual, rel=0.3)
    assert found["reason"].iloc[0].startswith(f"{value:.0f} where about ")


def test_a_missing_month_is_held_when_the_rest_has_one() -> None:
    frame = counts()
    assert held(frame[~at(frame, "2019-06-01", "F1 North")]) == {("F1 North", "2019-06")}
    assert held(frame[~at(frame, "2020-12-01", "F1 North")]) == {("F1 North", "2020-12")}


def test_what_nobody_has_yet_is_not_missing() -> None:
    frame = counts()
    assert held(frame[~at(frame, "2020-12-01", "F1 North", "F1 South", "F1 East")]) == set()


def test_a_fall_of_a_half_is_a_fall() -> None:
    frame = counts()
    assert held(with_value(frame, at(frame, "2019-06-01", "F1 North"), 100.0)) == set()


def test_a_negative_is_a_correction_and_no_gap() -> None:
    frame = counts()
    assert held(with_value(frame, at(frame, "2019-06-01", "F1 North"), -4.0)) == set()


def test_a_fall_in_all_districts_is_real() -> None:
    frame = pd.concat([counts(), counts("F22")], ignore_index=True)
    fallen = frame.assign(value=frame["value"].mask(at(frame, "2020-04-01"), frame["value"] * 0.2))
    assert held(fallen) == set()


def test_an_outage_of_a_whole_force_is_held_while_others_go_on() -> None:
    frame = pd.concat([counts(measures=3), counts("F22", measures=3)], ignore_index=True)
    own = tuple(f"F1 {district}" for district in DISTRICTS)
    out = frame[~at(frame, "2020-04-01", *own)]
    found = suspected_gaps(out)
    assert set(found["level"]) == {"force"}
    assert len(found) == len(DISTRICTS) * 3
    assert held(with_value(frame, at(frame, "2020-04-01", *own), 20.0)) == {
        (area, "2020-04") for area in own
    }


def test_all_of_an_area_is_held_with_its_small_series() -> None:
    large = pd.concat([counts(measures=3), counts("F1", level=4.0).assign(measure_code="street:s")])
    frame = large.reset_index(drop=True)
    out = with_value(frame, at(frame, "2019-06-01", "F1 North"), 0.0)
    found = suspected_gaps(out)
    assert set(found["level"]) == {"area"}
    assert set(found["measure_code"]) == {"street:0", "street:1", "street:2", "street:s"}


def test_a_long_run_of_zeros_is_held_but_not_a_series_that_ended() -> None:
    frame = counts()
    months = frame["period_start"].between("2019-03-01", "2019-10-01")
    north = frame["area_code"].eq("F1 North")
    assert len(held(with_value(frame, months & north, 0.0))) == 8
    over = frame["period_start"].ge("2019-03-01")
    assert held(with_value(frame, over & north, 0.0)) == set()
    assert held(frame[~(over & north)]) == set()


def test_a_new_level_is_no_gap() -> None:
    frame = counts()
    lower = frame["period_start"].ge("2019-03-01") & frame["area_code"].eq("F1 North")
    assert held(frame.assign(value=frame["value"].mask(lower, frame["value"] * 0.2))) == set()


def test_too_small_a_series_is_never_held() -> None:
    frame = counts(level=5.0)
    assert held(with_value(frame, at(frame, "2019-06-01", "F1 North"), 0.0)) == set()


def test_quarters_are_judged_as_quarters() -> None:
    frame = counts().loc[lambda each: each["period_start"].dt.month.isin([1, 4, 7, 10])]
    frame = frame.assign(period_kind="quarter")
    assert held(with_value(frame, at(frame, "2019-07-01", "F1 North"), 0.0)) == {
        ("F1 North", "2019-07")
    }


def test_the_order_of_rows_does_not_matter() -> None:
    frame = counts()
    out = with_value(frame, at(frame, "2019-06-01", "F1 North"), 0.0)
    shuffled = out.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(suspected_gaps(out), suspected_gaps(shuffled))


def test_a_gap_of_one_source_is_no_gap_of_another() -> None:
    street = counts()
    out = with_value(street, at(street, "2019-06-01", "F1 North"), 0.0)
    local = counts().assign(source_id="local")
    found = suspected_gaps(pd.concat([out, local], ignore_index=True))
    assert found[["source_id", "area_code"]].to_numpy().tolist() == [["street", "F1 North"]]
    pd.testing.assert_frame_equal(found, suspected_gaps(out))


def test_a_month_that_another_source_has_is_missing_all_the_same() -> None:
    local = counts().assign(source_id="local")
    without = local[~at(local, "2019-06-01", "F1 North")]
    found = suspected_gaps(pd.concat([without, counts()], ignore_index=True))
    assert found[["source_id", "level"]].to_numpy().tolist() == [["local", "series"]]
    assert found["value"].isna().all()


@pytest.mark.parametrize(
    "download", ["MPS_borough_APR2010-FEB2022.csv", "sa06840_MPS_Historical.csv"]
)
def test_the_lockdown_in_london_is_no_gap(shared_data: Path, download: str) -> None:
    boroughs = met_boroughs(shared_data / "met_police_boroughs" / download)
    whole = boroughs.groupby(["area_code", "period_start"])["value"].sum().unstack()
    april = whole[pd.Timestamp("2020-04-01")] / whole[pd.Timestamp("2020-02-01")]
    assert april.median() < 0.75
    assert suspected_gaps(boroughs).empty


IN_2014 = [f"2014-{month:02}" for month in range(3, 12)]
IN_2025 = [f"2025-{month:02}" for month in range(1, 7)]
STREET = Path("street_monthly") / "street_lad_month_type_to_2025_06.csv"


def test_every_absent_force_month_with_a_history_is_found(shared_data: Path) -> None:
    found = suspected_gaps(street_forces(shared_data / STREET))
    assert set(
        zip(found["area_code"], found["period_start"].dt.strftime("%Y-%m"), strict=True)
    ) == (
        {("West Midlands Police", month) for month in IN_2014 + IN_2025}
        | {("West Yorkshire Police", f"2014-{month:02}") for month in (3, 4, 5, 7)}
        | {("West Yorkshire Police", month) for month in IN_2025}
        | {("Avon and Somerset Constabulary", month) for month in IN_2025[4:]}
        | {("British Transport Police", month) for month in IN_2025[1:]}
    )
    listed = pd.read_csv(shared_data / "street_monthly" / "street_missing_force_months.csv")
    named = listed["file"].str.extract(r"\d{4}-\d{2}-(.+)-street")[0]
    is_here = listed["month"].le("2025-06") & ~named.isin(["metropolitan", "greater-manchester"])
    # All that the list names of forces that are there at all; British Transport's it leaves out.
    assert is_here.sum() == found.drop_duplicates(["area_code", "period_start"]).shape[0] - 5


def test_a_crime_type_that_two_districts_lost_is_found(shared_data: Path) -> None:
    found = suspected_gaps(street_districts(shared_data / STREET))
    rest = found[~found["level"].eq("force")]
    assert set(rest["measure_code"]) == {"street:Anti-social behaviour"}
    assert set(rest["area_code"].str.partition("|")[2]) == {"Mendip", "South Somerset"}
    assert sorted(rest["period_start"].dt.strftime("%Y-%m").unique()) == IN_2014[5:]
    assert len(rest) == 8
    absent = found[found["level"].eq("force")]
    force = absent["area_code"].str.partition("|")[0]
    months = set(zip(force, absent["period_start"].dt.strftime("%Y-%m"), strict=True))
    # Districts may be reorganised: theirs are missed for a year, their force's for good.
    assert {month for name, month in months if name == "West Midlands Police"} == set(IN_2014)
    assert {month for name, month in months if name.startswith("Avon")} == set(IN_2025[4:])


def test_districts_that_became_one_authority_are_not_missed() -> None:
    frame = counts(measures=3)
    before = frame["period_start"].lt("2019-01-01")
    by = ["force_code", "measure_code", "source_id", "period_start", "panel", "period_kind"]
    by += ["file_id"]
    unitary = frame[~before].groupby(by, as_index=False)["value"].sum()
    frame = pd.concat([frame[before], unitary.assign(area_code="F1 unitary")], ignore_index=True)
    assert held(frame) == set()


def julys() -> pd.DataFrame:
    frame = counts(measures=3)
    return frame[frame["period_start"].dt.month.eq(7)]


def test_months_that_nobody_loaded_are_no_gaps() -> None:
    each = julys()
    assert held(each) == set()
    a_file_each = each.assign(file_id=each["period_start"].dt.strftime("%Y"))
    assert held(a_file_each) == set()
    # Nor are they where another force was loaded whole, from files of its own.
    other = counts("F22", measures=3).assign(file_id="b")
    assert held(pd.concat([a_file_each, other], ignore_index=True)) == set()


def test_a_month_that_the_file_of_the_other_forces_should_hold_is_a_gap() -> None:
    together = pd.concat([julys(), counts("F22", measures=3)], ignore_index=True)
    assert ("F1 North", "2018-08") in held(together)


def test_a_month_between_loaded_ones_is_a_gap_whatever_file_they_come_from() -> None:
    frame = counts(measures=3)
    monthly = frame.assign(file_id=frame["period_start"].dt.strftime("%Y-%m"))
    own = tuple(f"F1 {district}" for district in DISTRICTS)
    without = monthly[~at(monthly, "2019-06-01")]
    assert held(without) == {(area, "2019-06") for area in own}
    # What was not loaded yet is none.
    assert held(monthly[~at(monthly, "2020-12-01")]) == set()


def test_a_force_that_the_newest_national_file_lacks_is_missed() -> None:
    forces = [f"F{'x' * number}" for number in range(12)]
    frame = pd.concat([counts(force) for force in forces], ignore_index=True)
    monthly = frame.assign(file_id=frame["period_start"].dt.strftime("%Y-%m"))
    gone = monthly["force_code"].eq(forces[0]) & at(monthly, "2020-12-01")
    assert {month for _, month in held(monthly[~gone])} == {"2020-12"}
