"""Boundaries of any kind that people have are read, and what cannot be drawn says why."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dashboard.intake import boundaries
from dashboard.intake.boundaries import BoundaryError, boundary_files, shapes_of
from etl.datadir import DataDir

CORNERS = [[-1.5, 50.9], [-1.3, 50.9], [-1.3, 51.0], [-1.5, 50.9]]


def geojson(properties: dict, shape: dict | None) -> str:
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def square(**properties: str) -> str:
    return geojson(properties, {"type": "Polygon", "coordinates": [CORNERS]})


@pytest.mark.parametrize(
    ("name", "areas", "first"),
    [
        ("LAD_May_2024_UK_BSC.geojson", 361, "Hartlepool"),
        ("ONS_geogLA2022EW.topo.json", 331, ""),
        ("southampton_lsoa2011.geojson", 148, "Southampton 023A"),
        ("southampton_wards_c2013.geojson", 16, "Bargate"),
    ],
)
def test_published_files_are_read(shared_data: Path, name: str, areas: int, first: str) -> None:
    shapes = shapes_of(shared_data / "boundaries" / name)
    assert len(shapes) == areas
    assert shapes["area_code"].is_unique
    assert shapes["area_name"].iloc[0] == first


def test_both_formats_put_southampton_in_the_same_place(shared_data: Path) -> None:
    middles = []
    for name in ("LAD_May_2024_UK_BSC.geojson", "ONS_geogLA2022EW.topo.json"):
        shapes = shapes_of(shared_data / "boundaries" / name).set_index("area_code")
        middles.append(np.vstack(shapes.loc["E06000045", "rings"]).mean(axis=0))
    assert middles[0] == pytest.approx([-1.40, 50.92], abs=0.03)
    assert middles[0] == pytest.approx(middles[1], abs=0.03)


def test_the_code_is_found_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "mine.geojson"
    path.write_text(square(note="x", wd_code="E05002455", WDNM="Bargate"), encoding="utf-8-sig")
    shapes = shapes_of(path)
    assert shapes.loc[0, ["area_code", "area_name"]].to_list() == ["E05002455", "Bargate"]
    assert shapes.loc[0, "rings"][0].shape == (4, 2)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "not a GeoJSON or TopoJSON"),
        ("[1, 2]", "not a GeoJSON or TopoJSON"),
        ('{"type": "FeatureCollection"}', "not a GeoJSON or TopoJSON"),
        ('{"type": "Topology", "arcs": [], "objects": {"a": {"type": "Polygon", "arcs": [[3]]}}}',
         "not a GeoJSON or TopoJSON"),
        (geojson({"LAD24CD": "E06000045"}, None), "no polygon"),
        (geojson({}, {"type": "Point", "coordinates": [1, 51]}), "no polygon"),
        (square(name="Southampton"), "no area codes"),
        (geojson({"LAD24CD": "E06000045"}, {"type": "Polygon", "coordinates": [
            [[442000, 112000], [443000, 112000], [443000, 113000]]]}), "longitude and latitude"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_says_why(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BoundaryError, match=why):
        shapes_of(path)


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "MOST_BYTES", 10)
    (tmp_path / "large.geojson").write_text(square(LAD24CD="E06000045"), encoding="utf-8")
    with pytest.raises(BoundaryError, match="larger than"):
        shapes_of(tmp_path / "large.geojson")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "boundaries" / "mine.json"
    path.parent.mkdir()
    path.write_text(square(LAD24CD="E06000045"), encoding="utf-8")
    assert boundary_files(DataDir(tmp_path)) == {"mine.json": path.resolve()}
    assert shapes_of(path)["area_code"].to_list() == ["E06000045"]
    path.write_text(square(LAD24CD="E06000046", LAD24NM="Isle of Wight"), encoding="utf-8")
    assert shapes_of(path)["area_code"].to_list() == ["E06000046"]
