"""The embedded default: the same bytes again, accepted like any loaded file, and plausible."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl.build import build
from etl.catalogue import load_catalogue
from etl.datadir import PROJECT_DATA, DataDir
from etl.illustrative import write_illustrative
from etl.illustrative.shapes import Window, generator_of, months_of, share_out
from etl.manifest import loads
from etl.raw import check_file, check_load, known_areas, reading_of
from etl.sources import recognise

ILLUSTRATIVE = PROJECT_DATA / "illustrative"
SOUTHAMPTON = "E22000120"
COMPARATORS = [f"comparator-{number:02d}" for number in range(1, 15)]
CRIME_TYPES = [
    "violence_against_the_person", "sexual_offences", "robbery", "dwelling_burglary",
    "other_burglary", "theft_of_motor_vehicle", "theft_from_motor_vehicle", "other_theft",
    "criminal_damage", "arson", "drug_offences", "other_offences",
]  # fmt: skip


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    return pd.read_csv(ILLUSTRATIVE / "observations.csv")


@pytest.fixture(scope="module")
def months(lines: pd.DataFrame) -> pd.DataFrame:
    """Monthly counts: a column for each area and local measure, a row for each month."""
    monthly = lines[lines["period"].str.fullmatch(r"\d{4}-\d{2}")]
    monthly = monthly.assign(measure=monthly["measure_code"].str.removeprefix("local:"))
    return monthly.pivot(index="period", columns=["area_code", "measure"], values="value")


def test_made_again_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    made = write_illustrative(tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in made}
    there = {path.relative_to(ILLUSTRATIVE).as_posix() for path in ILLUSTRATIVE.rglob("*.*")}
    assert names == there - {"README.md"}
    for name in sorted(names):
        assert (tmp_path / name).read_bytes() == (ILLUSTRATIVE / name).read_bytes(), name
        assert b"\r" not in (tmp_path / name).read_bytes()


def test_it_passes_every_check_of_a_loaded_file(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    path = ILLUSTRATIVE / "observations.csv"
    (checked,) = check_file(path, published=date(2010, 1, 31), areas=known_areas(data))
    assert checked.problems == ()
    assert [checked.source] == recognise(path)
    assert checked.reading.rows_read == len(checked.good) > 9_000


def test_its_load_says_that_it_is_illustrative(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    (load,) = loads(data)
    assert load.illustrative
    assert load.checksum.startswith(load.file_id)
    assert check_load(load, reading_of(load), known_areas(data)).problems == ()


def test_everything_in_it_says_that_it_is_made_up() -> None:
    with (ILLUSTRATIVE / "peers.csv").open(encoding="utf-8", newline="") as file:
        peers = list(csv.DictReader(file))
    assert [peer["area_code"] for peer in peers] == COMPARATORS
    assert all("made up" in peer["source"] for peer in peers)
    assert {peer["edition"] for peer in peers} == {"illustrative"}
    assert "None of these figures is real" in (ILLUSTRATIVE / "README.md").read_text("utf-8")


def test_goals_are_made_up_only_where_the_plan_leaves_them_open() -> None:
    catalogue = load_catalogue(DataDir(PROJECT_DATA))
    targets = {target.id: target for target in catalogue.plans["southampton_2010_11"].targets}
    filled = {goal.target for goal in catalogue.goals_filled_in}
    open_ones = {
        target.id
        for target in targets.values()
        if target.kind in {"stretch", "designated"} and target.goal == "not_given"
    }
    assert filled == open_ones
    # The plan counts twelve designated indicators and names eight: the others are not made up.
    assert sum(target.kind == "designated" for target in targets.values()) == 8


def test_every_month_is_there_and_none_is_negative(
    lines: pd.DataFrame, months: pd.DataFrame
) -> None:
    wanted = pd.period_range("2006-04", "2009-12", freq="M").astype("str").tolist()
    assert months.index.tolist() == wanted
    assert months.notna().all(axis=None)
    assert lines["value"].ge(0).all()
    assert not lines.duplicated(["area_code", "measure_code", "period"]).any()


def test_every_area_has_all_crime_types_and_residents_of_every_year(
    lines: pd.DataFrame, months: pd.DataFrame
) -> None:
    for area in [SOUTHAMPTON, *COMPARATORS]:
        assert set(CRIME_TYPES) | {"most_serious_violence"} <= set(months[area].columns)
        for measure in ("ons:population", "ons:households"):
            own = lines[lines["area_code"].eq(area) & lines["measure_code"].eq(measure)]
            assert own["period"].tolist() == ["2006/07", "2007/08", "2008/09", "2009/10"]
            assert own["value"].mod(100).eq(0).all()


@pytest.mark.parametrize("area", [SOUTHAMPTON, *COMPARATORS])
def test_a_part_is_never_more_than_its_whole(area: str, months: pd.DataFrame) -> None:
    own = months[area]
    violence = own["violence_against_the_person"]
    assert own["most_serious_violence"].lt(violence).all()
    if area != SOUTHAMPTON:
        return
    centre = own["violence_against_the_person_city_centre"]
    assert own["violence_against_the_person_city_centre_night"].lt(centre).all()
    assert (centre + own["violence_against_the_person_domestic"]).lt(violence).all()
    kinds = ["most_serious_violence", "assault_with_less_injury", "common_assault"]
    assert own[kinds].sum(axis=1).lt(violence).all()
    assert own["primary_arson"].le(own["arson"]).all()


def test_it_has_the_size_of_a_city(months: pd.DataFrame) -> None:
    year = months[SOUTHAMPTON][CRIME_TYPES].loc["2006-04":"2007-03"].sum(axis=1).sum()
    assert 30_000 < year < 35_000


@pytest.mark.parametrize(
    ("measure", "busy", "quiet"),
    [
        ("dwelling_burglary", [11, 12, 1], [5, 6, 7]),
        ("violence_against_the_person", [5, 6, 7], [1, 2, 12]),
        ("criminal_damage", [4, 5, 10, 11], [12, 1, 2]),
        ("asb_reports", [5, 6, 7, 8], [12, 1, 2]),
    ],
)
def test_it_has_seasons(
    measure: str, busy: list[int], quiet: list[int], months: pd.DataFrame
) -> None:
    own = months[SOUTHAMPTON][measure].loc["2006-04":"2009-03"]
    calendar_month = own.index.str[-2:].astype(int)
    assert own[calendar_month.isin(busy)].mean() > 1.08 * own[calendar_month.isin(quiet)].mean()


def test_months_vary_more_than_a_season_alone_would(months: pd.DataFrame) -> None:
    crime = months[SOUTHAMPTON][CRIME_TYPES].sum(axis=1)
    monthly_change = crime.pct_change().abs()
    assert 0.01 < monthly_change.median() < 0.10


def test_shares_add_up_and_the_first_of_equals_gets_the_remainder() -> None:
    assert share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert share_out(0, [5, 7]) == [0, 0]
    with pytest.raises(ValueError, match="more than zero"):
        share_out(3, [0, 0])


def test_windows_keep_their_totals() -> None:
    windows = [Window(0, 9, 1_000), Window(9, 3, 17), Window(12, 9, 0)]
    counts = months_of(windows, "winter", generator_of("an area", "a measure"))
    assert [sum(counts[:9]), sum(counts[9:12]), sum(counts[12:])] == [1_000, 17, 0]
    assert min(counts) >= 0


def test_it_builds_without_a_rejected_row(tmp_path: Path) -> None:
    result = build(DataDir(tmp_path))
    assert result.rows["rejected_row"] == 0
    assert result.rows["peer_group_member"] >= 15
