"""Statistical neighbours: both editions of the real file, and what is wrong with others."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.sources import PEER_COLUMNS, Reading, dfe_neighbours

SOUTHAMPTON = "E22000120"
ROWS = 2_089
WITHHELD = {dfe_neighbours.NOT_ONE: 620, dfe_neighbours.PEER_NOT_ONE: 431}
HEADER = "vintage,dfe_la_no,la_name,rank,peer_dfe_la_no,peer_name,band"


@pytest.fixture(scope="module")
def path(shared_data: Path) -> Path:
    return shared_data / "peers" / "dfe_statistical_neighbours_2021_2025.csv"


@pytest.fixture(scope="module")
def reading(path: Path) -> Reading:
    return dfe_neighbours.read(path)


def save(folder: Path, *lines: str) -> Path:
    path = folder / "neighbours.csv"
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return path


class TestRealFile:
    def test_only_this_file_is_recognised(self, path: Path, shared_data: Path):
        found = [each for each in shared_data.rglob("*.*") if dfe_neighbours.recognises(each)]
        assert found == [path]

    def test_every_row_is_a_peer_or_withheld(self, reading: Reading):
        assert reading.rows_read == 3_140 == reading.rows_used + sum(reading.withheld.values())
        assert reading.rows_used == len(reading.peers) == ROWS
        assert reading.withheld == WITHHELD
        assert reading.problems == ()
        assert len(reading.observations) == 0

    def test_editions_and_how_long_they_hold(self, reading: Reading):
        editions = reading.peers.groupby("edition")[["valid_from", "valid_to"]].agg(set)
        assert editions.loc["2021"].tolist() == [{"2021-04-01"}, {"2025-04-30"}]
        assert editions.loc["2025"].tolist() == [{"2025-05-01"}, {""}]
        counts = reading.peers.groupby("edition")["of_area_code"].nunique()
        assert counts.to_dict() == {"2021": 126, "2025": 126}

    def test_no_member_stands_twice_and_none_is_its_own(self, reading: Reading):
        key = ["peer_group", "edition", "of_area_code", "area_code"]
        assert not reading.peers.duplicated(key).any()
        assert reading.peers["of_area_code"].ne(reading.peers["area_code"]).all()
        assert list(reading.peers.columns) == PEER_COLUMNS

    def test_a_county_of_several_partnerships_is_left_out(self, reading: Reading):
        names = set(reading.peers["area_name"])
        assert not names & {"Hampshire", "Kent", "Cumbria", "Buckinghamshire", "Dorset (Pre LG)"}
        assert {"North Yorkshire", "York", "Bedford Borough", "Durham", "Somerset"} <= names

    def test_southampton_is_as_its_plan_has_it(self, reading: Reading, tmp_path: Path):
        plan = load_catalogue(DataDir(tmp_path)).plans["southampton_2010_11"]
        own = {
            (peer.edition, peer.area_code, str(peer.closeness_rank), peer.source, peer.valid_from)
            for peer in plan.peers
            if peer.peer_group == dfe_neighbours.PEER_GROUP
        }
        ours = reading.peers[reading.peers["of_area_code"].eq(SOUTHAMPTON)]
        columns = ["edition", "area_code", "closeness_rank", "source", "valid_from"]
        assert own <= set(ours[columns].itertuples(index=False, name=None))
        assert ours.groupby("edition").size().to_dict() == {"2021": 10, "2025": 10}


def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path):
    reading = dfe_neighbours.read(
        save(
            tmp_path,
            "2025,1,Southampton,1,2,Derby,Close",
            "2025-05,1,Southampton,first,2,Derby,Close",
            "2025-05,1,Southampton,2,2,Southampton,Close",
            "2025-05,1,Southampton,3,2,Leeds,Close",
            "2025-05,1,Southampton,4,2,Leeds,Close",
            "2025-05,1,Southampton,5,2,,Close",
            "2025-05,1,Southampton,6,2,Bolton,Close",
        )
    )
    assert [(each.line, each.column, each.value) for each in reading.problems] == [
        (2, "vintage", "2025"),
        (3, "rank", "first"),
        (4, "peer_name", "Southampton"),
        (5, "peer_name", "Leeds"),
        (6, "peer_name", "Leeds"),
        (7, "peer_name", ""),
    ]
    assert reading.peers["area_name"].tolist() == ["Bolton"]


def test_an_unknown_neighbour_is_withheld_and_its_rank_stays_free(tmp_path: Path):
    lines = [
        f"2025-05,1,Southampton,{rank},2,{name},Close"
        for rank, name in enumerate(("Derby", "Atlantis", "Leeds"), start=1)
    ]
    reading = dfe_neighbours.read(save(tmp_path, *lines))
    assert reading.peers["closeness_rank"].tolist() == ["1", "3"]
    assert reading.withheld == {dfe_neighbours.PEER_NOT_ONE: 1}
