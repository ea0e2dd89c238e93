"""Held periods of an indicator: of the source in which they are suspected, or as a person ruled."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
import pytest

from etl.transform import SQL_FOLDER

GAP = {
    "area_code": "E1", "measure_code": "ho:1", "source_id": "police", "period_kind": "month",
    "period_start": date(2024, 1, 1), "value": None, "reason": "missing", "ruling": "",
}  # fmt: skip


def held(*gaps: dict) -> list[tuple]:
    """Source, ruling and measures held of an indicator of two measures, counted by three."""
    sources = ["police", "council", "illustrative"]
    frames = {
        "stg_gap": pd.DataFrame([GAP | gap for gap in gaps]).astype({"value": "float64"}),
        "stg_chosen_numerator": pd.DataFrame({"source_id": sources}).assign(
            indicator_id="theft", area_code="E1", period_kind="month", alternative=0
        ),
        "source_numerator": pd.DataFrame(
            {"indicator_id": "theft", "alternative": 0, "measure_code": ["ho:1", "ho:2"]}
        ),
        "stg_measure_threshold": pd.DataFrame(
            {
                "area_code": ["E9"],
                "measure_code": ["ho:1"],
                "source_id": ["police"],
                "threshold": 5.0,
            }
        ),
    }
    with duckdb.connect() as connection:
        for name, frame in frames.items():
            connection.register(name, frame)
        sql = (SQL_FOLDER / "marts" / "indicator_gap.sql").read_text(encoding="utf-8")
        found = connection.sql(sql).df().sort_values("source_id")
    return list(found[["source_id", "ruling", "measures_held"]].itertuples(index=False, name=None))


def test_what_is_suspected_of_one_source_is_not_held_of_another() -> None:
    assert held({}) == [("police", "", 1)]


@pytest.mark.parametrize("source", ["", "police"])
def test_what_a_person_calls_a_gap_is_one_of_every_real_source(source) -> None:
    ruled = held({"source_id": source, "ruling": "gap"})
    assert ruled == [("council", "gap", 1), ("police", "gap", 1)]


def test_a_measure_counts_once_however_many_sources_have_it() -> None:
    both = [{"source_id": source, "ruling": "gap"} for source in ("police", "council")]
    other = {"measure_code": "ho:2"}
    assert held(*both, other) == [("council", "gap", 1), ("police", "gap", 2)]


def test_what_is_ruled_real_is_held_nowhere() -> None:
    assert held({"ruling": "real"}) == []
