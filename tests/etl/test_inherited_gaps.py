"""A total that is added up from districts is held when one of them is."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
import pytest

from etl.transform import SQL_FOLDER

MONTH = date(2014, 9, 1)
RULING = ["area_code", "measure_code", "period_kind", "period_start", "decision"]


def inherited(
    lacking: float, *, ruled: str = "", rolled_up: bool = True, total_from: str = "street"
) -> list[tuple]:
    """Return what follows for partnership P and force F when district D lacks so many of 1,000."""
    found = pd.DataFrame({"area_code": ["D"], "measure_code": "street:a", "source_id": "street",
                          "period_kind": "month", "period_start": MONTH, "value": 0.0,
                          "expected": lacking})  # fmt: skip
    rulings = [["D", "street:a", "month", MONTH, ruled]] if ruled else []
    tables = {
        "stg_found_gap": found,
        "stg_ruling": pd.DataFrame(rulings, columns=RULING),
        "stg_district_parent": pd.DataFrame(
            {"district_code": ["D"], "partnership_code": "P", "force_code": "F", "partnerships": 1}
        ),
        "area": pd.DataFrame({"area_code": ["D"], "area_name": "Mendip"}),
        "stg_latest_observation": pd.DataFrame(
            {"area_code": ["P", "F"], "measure_code": "street:a", "source_id": total_from,
             "period_kind": "month", "period_start": MONTH, "value": [1000.0, 9000.0]}
        ),
        "stg_rolled_up_observation": pd.DataFrame(
            {"area_code": ["P", "F"] if rolled_up else ["X", "Y"], "measure_code": "street:a",
             "source_id": total_from}
        ),
    }  # fmt: skip
    sql = (SQL_FOLDER / "staging" / "stg_inherited_gap.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.register(name, frame)
        rows = connection.execute(f"select area_code, expected, reason from ({sql})").fetchall()
    return sorted(rows)


@pytest.mark.parametrize(("lacking", "held"), [(10.0, []), (100.0, ["P"]), (300.0, ["F", "P"])])
def test_a_total_is_held_when_it_lacks_more_than_a_fiftieth(lacking, held) -> None:
    assert [row[0] for row in inherited(lacking)] == held


def test_it_says_which_part_and_what_is_lacking() -> None:
    assert inherited(100.0) == [("P", 1100.0, "Mendip, a part of it, is held")]


def test_a_part_that_is_ruled_real_holds_nothing() -> None:
    assert inherited(300.0, ruled="real") == []
    assert len(inherited(300.0, ruled="gap")) == 2


def test_a_figure_that_is_published_as_such_does_not_depend_on_districts() -> None:
    assert inherited(300.0, rolled_up=False) == []


def test_a_total_of_another_source_lacks_nothing() -> None:
    assert inherited(300.0, total_from="local") == []
