"""Which counts a threshold applies to: by source, indicator and kind of place."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from etl.transform import SQL_FOLDER

#: Code, kind, code of the force. An airport lies in a force; a body without territory in none, or
#: in itself where it reports its own street-level records.
AREAS = [
    ("E22000120", "partnership", "E23000030"),
    ("E05000001", "ward", ""),
    ("other:manchester_airport", "other", "E23000005"),
    ("other:british_transport_police", "other", ""),
    ("other:railway_police", "other", "other:railway_police"),
    ("unassigned:E23000005", "unassigned", "E23000005"),
]
INDICATORS = [
    ("sexual_offences", "count", True, 0),
    ("robbery", "count", False, 0),
    ("first_time_entrants", "rate", False, 10),
    ("ni_21", "percent", True, 0),
]


@pytest.fixture(scope="module")
def thresholds() -> dict[tuple[str, str], int]:
    """Threshold by indicator and area."""
    areas = pd.DataFrame(AREAS, columns=["area_code", "area_kind", "force_code"])
    names = ["id", "unit", "sensitive", "small_count_threshold"]
    indicators = pd.DataFrame(INDICATORS, columns=names)
    series = pd.DataFrame(
        [
            (each[0], area[0], source, "month")
            for each in INDICATORS
            for area in AREAS
            for source in ("own", "open")
        ],
        columns=["indicator_id", "area_code", "source_id", "period_kind"],
    )
    protected = pd.DataFrame({"area_code": [area for area, _, _ in AREAS], "source_id": "own"})
    text = (SQL_FOLDER / "staging" / "stg_count_threshold.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.register("stg_indicator_period", series)
        connection.register("source_indicator", indicators)
        connection.register("area", areas)
        connection.register("stg_protected_area", protected)
        found = connection.execute(text).df()
    assert set(found["source_id"]) == {"own"}
    return found.set_index(["indicator_id", "area_code"])["threshold"].to_dict()


def areas_with(thresholds: dict[tuple[str, str], int], indicator: str) -> dict[str, int]:
    return {area: count for (each, area), count in thresholds.items() if each == indicator}


def test_a_sensitive_count_has_one_wherever_there_is_a_place(thresholds) -> None:
    places = ["E05000001", "E22000120", "other:manchester_airport"]
    assert areas_with(thresholds, "sexual_offences") == dict.fromkeys(places, 5)


def test_any_other_count_has_one_in_small_areas_only(thresholds) -> None:
    assert areas_with(thresholds, "robbery") == {"E05000001": 5}


def test_an_indicators_own_holds_everywhere(thresholds) -> None:
    assert areas_with(thresholds, "first_time_entrants") == {area: 10 for area, _, _ in AREAS}


def test_a_percentage_has_none(thresholds) -> None:
    assert areas_with(thresholds, "ni_21") == {}
