"""Members of peer groups: one row a member, whoever names it."""

from __future__ import annotations

import duckdb
import pandas as pd

from etl.sources import PEER_COLUMNS
from etl.transform import SQL_FOLDER


def members(*rows: tuple) -> pd.DataFrame:
    """Members of peers given as (edition, of, area, rank, valid_to, source, illustrative)."""
    columns = [
        "edition", "of_area_code", "area_code", "closeness_rank", "valid_to", "source",
        "illustrative",
    ]  # fmt: skip
    peers = pd.DataFrame(rows, columns=columns).astype({"closeness_rank": "float64"})
    peers = peers.assign(peer_group="G", area_name="", valid_from="2025-05-01")
    sql = (SQL_FOLDER / "marts" / "peer_group_member.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.register("source_peer", peers[[*PEER_COLUMNS, "illustrative"]])
        return connection.execute(f"select * from ({sql}) order by area_code").df()


def test_the_area_itself_is_a_member():
    found = members(("2025", "S", "A", 1, "", "plan", False))
    assert found["area_code"].tolist() == ["A", "S"]
    assert found["closeness_rank"].isna().tolist() == [False, True]


def test_a_member_that_a_plan_and_a_file_name_is_one_member():
    found = members(
        ("2025", "S", "A", 1, "", "plan", False),
        ("2025", "S", "A", 1, "2026-01-01", "file", False),
        ("2025", "S", "B", 2, "", "file", False),
    )
    assert found["area_code"].tolist() == ["A", "B", "S"]


def test_editions_and_areas_are_groups_of_their_own():
    found = members(
        ("2021", "S", "A", 1, "", "file", False),
        ("2025", "S", "A", 1, "", "file", False),
        ("2025", "T", "A", 1, "", "file", False),
    )
    assert len(found) == 6


def test_a_made_up_group_and_a_real_one_of_the_same_name_are_two():
    found = members(
        ("2010", "S", "C", 1, "", "made up", True),
        ("2010", "S", "A", 1, "", "file", False),
    )
    by_set = found.groupby("illustrative")["area_code"].agg(list).to_dict()
    assert by_set == {False: ["A", "S"], True: ["C", "S"]}
