"""Boundaries that are brought: every rule by feature, kept under a name of their own, taken out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.intake import boundary_check, boundary_files
from dashboard.intake.boundaries import shapes_of
from dashboard.intake.boundary_check import is_boundaries, problems_of_boundaries
from dashboard.intake.boundary_files import places_in
from etl.datadir import DataDir

RING = [[-1.5, 50.9], [-1.3, 50.9], [-1.3, 51.0], [-1.5, 50.9]]
SOUTHAMPTON = "E06000045"


def feature(code: object = SOUTHAMPTON, ring: object = RING, kind: str = "Polygon") -> dict:
    shape = {"type": kind, "coordinates": [ring]}
    return {"type": "Feature", "properties": {"LAD24CD": code, "LAD24NM": "x"}, "geometry": shape}


def collection(*features: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def written(folder: Path, text: str, name: str = "areas.geojson") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


OTHER = feature("E06000046")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", [(1, "character 2", "this is not JSON")]),
        ('{\n "type": nix}', [(2, "character 10", "this is not JSON")]),
        ('{"a": ' * 100_000, [(0, "", "cannot be read")]),
        ("{}", [(0, "type", "FeatureCollection")]),
        ('{"type": "FeatureCollection", "features": 3}', [(0, "type", "FeatureCollection")]),
        (collection(), [(0, "features", "no area")]),
        (collection(None, 3, "x", []), [(0, "properties", "names no area codes")]
         + [(0, f"feature {n}", "a Polygon") for n in (1, 2, 3, 4)]),
        (collection({"properties": [1], "geometry": [2]}), [(0, "properties", "no area codes"),
                                                           (0, "feature 1", "a Polygon")]),
        (collection(feature("Southampton")), [(0, "properties", "names no area codes")]),
        (collection(feature(), OTHER, feature(7)), [(0, "feature 3", "LAD24CD is no area code")]),
        (collection(feature(), OTHER, feature()), [(0, f"feature 3 ({SOUTHAMPTON})", "twice")]),
        (collection(feature(), {**OTHER, "geometry": None}),
         [(0, "feature 2 (E06000046)", "a Polygon")]),
        (collection(feature(kind="Point")), [(0, f"feature 1 ({SOUTHAMPTON})", "a Polygon")]),
        (collection(feature(ring=[[442000, 112000], [443000, 112000], [443000, 113000],
                                  [442000, 112000]])), [(0, "feature 1", "WGS 84")]),
        (collection(feature(ring=[[y, x] for x, y in RING])), [(0, "feature 1", "WGS 84")]),
        (collection(feature(ring=RING[:3])), [(0, "feature 1", "four corners")]),
        (collection(feature(ring=[*RING[:3], [-1.5, 50.8]])), [(0, "feature 1", "where it began")]),
        (collection(feature(ring=[])), [(0, "feature 1", "pairs of numbers")]),
        (collection(feature(ring=[[1], [2], [3], [1]])), [(0, "feature 1", "pairs of numbers")]),
        (collection(feature(ring=[RING])), [(0, "feature 1", "pairs of numbers")]),
        (collection(feature(ring=[["a", "b"]] * 4)), [(0, "feature 1", "pairs of numbers")]),
        (collection(feature(ring=[[10**400, 51]] * 4)), [(0, "feature 1", "pairs of numbers")]),
        (collection(feature(ring=[[float("nan"), 51]] * 4)),
         [(0, "feature 1", "where it began"), (0, "feature 1", "WGS 84")]),
        ('{"type": "Topology", "arcs": [], "objects": {"a": {"type": "Polygon", "arcs": [[3]]}}}',
         [(0, "objects", "arcs")]),
        ('{"type": "Topology", "arcs": [], "objects": {}}', [(0, "objects", "no area")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_feature_and_rule(tmp_path: Path, content: str, told) -> None:
    path = written(tmp_path, content)
    assert is_boundaries(path)
    problems = problems_of_boundaries(path)
    assert len(problems) == len(told)
    for problem, (line, column, rule) in zip(problems, told, strict=True):
        assert (problem.file, problem.line) == ("areas.geojson", line)
        assert problem.column.startswith(column)
        assert rule in problem.rule
        assert problem.what_to_do


@pytest.mark.parametrize(
    "name",
    ["LAD_May_2024_UK_BSC.geojson", "ONS_geogLA2022EW.topo.json", "southampton_lsoa2011.geojson"],
)
def test_nothing_is_wrong_with_published_files(shared_data: Path, name: str) -> None:
    assert problems_of_boundaries(shared_data / "boundaries" / name) == []


def test_what_passes_can_be_drawn(tmp_path: Path) -> None:
    with_hole = feature()
    with_hole["geometry"]["coordinates"].append(RING)
    with_height = feature("E06000046", [[*corner, 12.5] for corner in RING])
    path = written(tmp_path, "\ufeff \n" + collection(with_hole, with_height))
    assert problems_of_boundaries(path) == []
    assert [len(rings) for rings in shapes_of(path)["rings"]] == [2, 1]


def test_a_file_full_of_faults_is_told_in_part(tmp_path: Path) -> None:
    path = written(tmp_path, collection(*[3] * 5000))
    problems = problems_of_boundaries(path)
    assert len(problems) == boundary_check.MOST_PROBLEMS + 1
    assert "the rest is not listed" in problems[-1].rule


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary_check, "MOST_BYTES", 10)
    (problem,) = problems_of_boundaries(written(tmp_path, collection(feature())))
    assert "larger than" in problem.rule


@pytest.mark.parametrize("first", [b"", b"area_code,value\n", b"PK\x03\x04", b"[1]", b"\xff\xfe{"])
def test_other_files_are_left_to_the_sources(tmp_path: Path, first: bytes) -> None:
    path = tmp_path / "areas.geojson"
    path.write_bytes(first)
    assert not is_boundaries(path)


def test_areas_are_matched_with_those_that_have_figures(default_data: Path, tmp_path: Path) -> None:
    # A district is matched with the partnership that it is part of.
    path = written(tmp_path, collection(feature(), OTHER, feature("E22000120")))
    places = places_in(DataDir(default_data), path)
    assert places["place"].tolist() == [SOUTHAMPTON, "E06000046", "E22000120"]
    assert places["area_name"].tolist() == ["Southampton", "", "Southampton"]
    assert places_in(DataDir(tmp_path / "nothing"), path)["area_name"].tolist() == ["", "", ""]


def kept(data: DataDir) -> dict[str, str]:
    folder = data.root / "boundaries"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    data, one, other = DataDir(tmp_path / "data"), collection(feature()), collection(OTHER)
    (tmp_path / "brought").mkdir()
    for text, name in ((one, "a.geojson"), (other, "a.geojson"), (one, "b.json"), (other, "C.TXT")):
        with boundary_files.stored(data, [written(tmp_path / "brought", text, name)]):
            pass
    assert kept(data) == {"a.geojson": one, "a (2).geojson": other}
    boundary_files.take_out(data, ["a (2).geojson", "../brought/b.json", "gone.json"])
    assert kept(data) == {"a.geojson": one}
    assert (tmp_path / "brought" / "b.json").exists()
    with boundary_files.stored(data, [written(tmp_path / "brought", other, "C.TXT")]) as found:
        assert found.names == found.new == ("C.TXT.geojson",)
    # What was there before is not said to be new, so that it is not taken out again.
    with boundary_files.stored(data, [tmp_path / "brought" / "b.json"]) as found:
        assert (found.names, found.new) == (("a.geojson",), ())


def test_what_fails_later_takes_the_boundaries_along(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    with (
        pytest.raises(OSError, match="full"),
        boundary_files.stored(data, [written(tmp_path, collection(feature()))]),
    ):
        raise OSError("the disk is full")
    assert kept(data) == {}
