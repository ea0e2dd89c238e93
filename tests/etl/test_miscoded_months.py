"""A force-month whose crime types were miscoded is held at every level, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.gaps import met_boroughs, nsw_offences, street_districts, street_forces
from etl.gaps import suspected_gaps
from etl.gaps.composition import DISTANCE, DISTANCE_ALONE, distances, miscoded_months

MONTHS = pd.date_range("2021-01-01", periods=24, freq="MS")
BAD = pd.Timestamp("2022-03-01")
#: Usual counts of a district, of the size and mix of a city's.
USUAL = {
    "violence": 700, "anti_social_behaviour": 400, "burglary": 150, "drugs": 120, "robbery": 40,
    "vehicle_crime": 250, "weapons": 30, "shoplifting": 200,
}  # fmt: skip
VANISHED = ("burglary", "drugs", "robbery", "vehicle_crime")
DISTRICTS = ("City", "County")


def counts(*forces: str, size: float = 1.0) -> pd.DataFrame:
    """Forces of two districts in which nothing happens but chance."""
    chance = np.random.default_rng(len(forces))
    rows = [
        (f"{force} {district}", force, f"street:{kind}", month, float(chance.poisson(usual * size)))
        for force in forces
        for district in DISTRICTS
        for kind, usual in USUAL.items()
        for month in MONTHS
    ]
    names = ["area_code", "force_code", "measure_code", "period_start", "value"]
    return pd.DataFrame(rows, columns=names).assign(
        panel="street district", period_kind="month", source_id="street", file_id="a"
    )


def cells(frame: pd.DataFrame, *kinds: str, force: str = "F1", month=BAD) -> pd.Series:
    found = frame["force_code"].eq(force) & frame["period_start"].eq(month)
    return found & (frame["measure_code"].str[7:].isin(kinds) if kinds else True)


def miscoded(frame: pd.DataFrame, force: str = "F1", month: pd.Timestamp = BAD) -> pd.DataFrame:
    """The month of the audit: four types gone, violence and weapons swollen, the total as usual."""
    lost = cells(frame, *VANISHED, force=force, month=month)
    swollen = cells(frame, "violence", "weapons", force=force, month=month)
    more = frame.loc[lost, "value"].sum() / int(swollen.sum())
    value = frame["value"].mask(lost, 0.0)
    return frame.assign(value=value.mask(swollen, value + more))


def found_in(frame: pd.DataFrame) -> list[tuple[str, str]]:
    found = miscoded_months(frame)
    return list(zip(found["force_code"], found["period_start"].dt.strftime("%Y-%m"), strict=True))


FOUR = ("F1", "F2", "F3", "F4")


def test_every_series_of_the_force_is_held_with_the_reason() -> None:
    found = suspected_gaps(miscoded(counts(*FOUR)))
    assert len(found) == len(DISTRICTS) * len(USUAL)
    assert set(found["level"]) == {"types"}
    assert found["period_start"].eq(BAD).all()
    assert found["reason"].nunique() == 1
    reason = found["reason"].iloc[0]
    assert reason.startswith("crime types of the whole force look miscoded: ")
    assert "weapons" in reason or "violence" in reason
    assert "vehicle crime 0 where about " in reason
    usual = found.set_index(["area_code", "measure_code"])["expected"]
    assert usual["F1 City", "street:robbery"] == pytest.approx(USUAL["robbery"], rel=0.3)


def half_as_drugs(frame: pd.DataFrame) -> pd.DataFrame:
    """Half of every type counted as drugs: no type at zero, or near it."""
    here, drugs = cells(frame), cells(frame, "drugs")
    half = frame["value"].mask(here, frame["value"] // 2)
    more = (frame["value"] - half)[here].sum() / int(drugs.sum())
    return frame.assign(value=half.mask(drugs, half + more))


def test_what_swells_is_as_wrong_as_what_vanishes() -> None:
    assert found_in(half_as_drugs(counts(*FOUR))) == [("F1", "2022-03")]


def test_a_force_alone_is_held_against_itself_from_a_greater_distance() -> None:
    alone = half_as_drugs(counts("F1"))
    assert found_in(alone) == [("F1", "2022-03")]
    assert distances(alone)["distance"].max() > DISTANCE_ALONE
    # A distance of 0.3: enough beside three others, as above, and not alone.
    assert found_in(miscoded(counts("F1"))) == []


def test_nothing_is_held_where_nothing_is_wrong() -> None:
    assert suspected_gaps(counts(*FOUR)).empty


def test_levels_above_and_below_are_held_too() -> None:
    districts = miscoded(counts(*FOUR))
    by = ["force_code", "measure_code", "period_start", "period_kind", "source_id", "file_id"]
    force = districts.groupby(by, as_index=False)["value"].sum()
    force = force.assign(area_code=force["force_code"], panel="street force")
    whole = ["area_code", "force_code", "panel", *by[2:]]
    total = pd.concat([districts, force]).groupby(whole, as_index=False)["value"].sum()
    total = total.assign(measure_code="street:all")
    found = suspected_gaps(pd.concat([districts, force, total], ignore_index=True))
    assert found.groupby("area_code").size().to_dict() == {
        area: len(USUAL) + 1 for area in ("F1 City", "F1 County", "F1")
    }


def test_a_month_another_source_counts_is_not_held() -> None:
    frame = counts(*FOUR)
    both = pd.concat([miscoded(frame), frame.assign(source_id="other")], ignore_index=True)
    assert set(suspected_gaps(both)["source_id"]) == {"street"}


def test_a_change_that_other_forces_share_is_real() -> None:
    frame = counts(*FOUR)
    for force in FOUR:
        frame = miscoded(frame, force)
    assert found_in(frame) == []


def test_a_change_that_lasts_is_a_new_composition() -> None:
    frame = counts(*FOUR)
    for month in MONTHS[MONTHS >= BAD]:
        frame = miscoded(frame, month=month)
    assert found_in(frame) == []


def test_two_months_running_are_both_held() -> None:
    later = BAD + pd.DateOffset(months=1)
    frame = miscoded(miscoded(counts(*FOUR)), month=later)
    assert sorted(found_in(frame)) == [("F1", "2022-03"), ("F1", "2022-04")]


def test_a_type_that_only_vanishes_is_missing_itself() -> None:
    frame = counts(*FOUR)
    gone = frame.assign(value=frame["value"].mask(cells(frame, "violence"), 0.0))
    assert distances(gone)["distance"].max() > DISTANCE
    assert found_in(gone) == []
    assert set(suspected_gaps(gone)["level"]) == {"measure"}


def test_a_surge_is_no_miscoding() -> None:
    frame = counts(*FOUR)
    surge = cells(frame, "anti_social_behaviour")
    assert found_in(frame.assign(value=frame["value"].mask(surge, frame["value"] * 4))) == []


def test_the_chance_of_small_numbers_is_none() -> None:
    assert found_in(counts(*FOUR, size=0.01)) == []


def test_an_area_without_a_figure_then_is_not_held() -> None:
    frame = miscoded(counts(*FOUR))
    hamlet = frame[frame["area_code"].eq("F1 County") & ~cells(frame)]
    hamlet = hamlet.assign(area_code="F1 Hamlet", value=hamlet["value"] // 100)
    of_types = suspected_gaps(pd.concat([frame, hamlet])).query("level == 'types'")
    assert set(of_types["area_code"]) == {"F1 City", "F1 County"}


STREET = "street_monthly/street_lad_month_type_to_2025_06.csv"


def test_no_real_month_is_held(shared_data: Path) -> None:
    forces = street_forces(shared_data / STREET)
    months = distances(forces)
    # The largest before what other forces and the months around explain is 0.12.
    assert len(months) == 679
    assert months["distance"].max() < DISTANCE / 2
    assert miscoded_months(forces).empty
    assert miscoded_months(street_districts(shared_data / STREET)).empty
    for force, alone in forces.groupby("force_code"):
        assert miscoded_months(alone).empty, force
    # London as one force and, smaller and beside others, each borough as one: lockdowns, riots and
    # the Carnival among them.
    london = met_boroughs(shared_data / "met_police_boroughs" / "MPS_borough_APR2010-FEB2022.csv")
    assert miscoded_months(london).empty
    assert miscoded_months(london.assign(force_code=london["area_code"])).empty
    wales = nsw_offences(shared_data / "check_series" / "nsw_offences.csv")
    as_types = wales["measure_code"].str.replace("nsw:", "street:")
    assert miscoded_months(wales.assign(measure_code=as_types)).empty


def test_a_real_month_with_its_types_mixed_up_is_held(shared_data: Path) -> None:
    frame = street_districts(shared_data / STREET)
    month = pd.Timestamp("2014-06-01")
    here = cells(frame, force="Hampshire Constabulary", month=month)
    kinds = sorted(frame["measure_code"].unique())
    following = dict(zip(kinds, [*kinds[1:], kinds[0]], strict=True))
    mixed = frame.assign(
        measure_code=frame["measure_code"].mask(here, frame["measure_code"].map(following))
    )
    assert found_in(mixed) == [("Hampshire Constabulary", "2014-06")]
