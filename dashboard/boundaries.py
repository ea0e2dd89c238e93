"""Boundaries that the user gives: GeoJSON and TopoJSON in `boundaries/` of the data folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.datadir import DataDir

FOLDER = "boundaries"
MOST_BYTES = 60_000_000
#: Shape files kept read; a national one takes some ten megabytes.
_KEPT = 4
_CODE = re.compile(r"[EWNSK]\d{8}")
_POLYGONS = {"Polygon", "MultiPolygon"}
_EARTH = (180.0, 90.0)
_MOST = 0.5

Ring = NDArray
"""Longitude and latitude of the corners of a polygon, of shape (corners, 2)."""


class BoundaryError(Exception):
    """The file cannot be drawn; the message says why, and what to do."""


def boundary_files(data: DataDir) -> dict[str, Path]:
    """Return the files of boundaries, by name."""
    found = {path.name: path for path in data.files(FOLDER, "*json")}
    return dict(sorted(found.items()))


def shapes_of(path: Path) -> pd.DataFrame:
    """Return the areas of a file: area_code, area_name ("" where it has none), rings (of `Ring`).

    The code is the property whose values are codes of the Office for National Statistics, such as
    LAD24CD; the name its namesake, such as LAD24NM.

    Raises:
        BoundaryError: It is no such file, has no codes, or is not in longitude and latitude.
    """
    state = path.stat()
    if state.st_size > MOST_BYTES:
        raise BoundaryError(
            f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. Use the generalised "
            "boundaries (BSC or BUC) of the ONS Open Geography portal."
        )
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(_KEPT)
def _read(path: Path, _changed: int, _size: int) -> pd.DataFrame:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        rows = list(_features(content))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError):
        raise BoundaryError(
            f"{path.name} is not a GeoJSON or TopoJSON file of areas. Download one from the ONS "
            "Open Geography portal."
        ) from None
    if not rows:
        raise BoundaryError(f"{path.name} has no polygon in it.")
    properties = pd.DataFrame([about for about, _ in rows])
    code = _code_column(properties, path)
    shapes = pd.DataFrame(
        {
            "area_code": properties[code].astype("str"),
            "area_name": _names(properties, code),
            "rings": [rings for _, rings in rows],
        }
    )
    shapes = shapes[shapes["area_code"].str.fullmatch(_CODE.pattern)]
    corners = np.vstack([ring for rings in shapes["rings"] for ring in rings])
    if (np.abs(corners) > _EARTH).any():
        raise BoundaryError(
            f"{path.name} is not in longitude and latitude. Download it as GeoJSON in WGS 84 "
            "(EPSG:4326), or convert it."
        )
    return shapes.reset_index(drop=True)


def _features(content: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Ring]]]:
    if content["type"] == "Topology":
        arcs = _arcs(content)
        for group in content["objects"].values():
            for part in group.get("geometries", [group]):
                if part.get("type") in _POLYGONS:
                    yield part.get("properties") or {}, _stitched(part, arcs)
        return
    for feature in content["features"]:
        shape = feature.get("geometry")
        if shape and shape["type"] in _POLYGONS:
            yield feature.get("properties") or {}, _rings(shape)


def _rings(shape: dict[str, Any]) -> list[Ring]:
    polygons = shape["coordinates"]
    polygons = [polygons] if shape["type"] == "Polygon" else polygons
    return [np.array(ring, dtype=float)[:, :2] for polygon in polygons for ring in polygon]


def _arcs(content: dict[str, Any]) -> list[Ring]:
    """Return the lines that a TopoJSON file shares among its areas, as longitude and latitude."""
    arcs = [np.array(arc, dtype=float)[:, :2] for arc in content["arcs"]]
    if "transform" not in content:
        return arcs
    scale, move = (np.array(content["transform"][part]) for part in ("scale", "translate"))
    return [np.cumsum(arc, axis=0) * scale + move for arc in arcs]


def _stitched(part: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    polygons = [part["arcs"]] if part["type"] == "Polygon" else part["arcs"]
    # An index of -1 - i is line i backwards.
    return [
        np.vstack([arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring])
        for polygon in polygons
        for ring in polygon
    ]


def _code_column(properties: pd.DataFrame, path: Path) -> str:
    texts = properties.select_dtypes(["object", "str"])
    for name in texts:
        if texts[name].map(_is_code).mean() > _MOST:
            return str(name)
    raise BoundaryError(
        f"{path.name} names no area codes such as E06000045 in the properties of its areas."
    )


def _is_code(cell: object) -> bool:
    return isinstance(cell, str) and _CODE.fullmatch(cell) is not None


def _names(properties: pd.DataFrame, code: str) -> pd.Series:
    namesake = f"{code.removesuffix('CD')}NM"
    if namesake not in properties:
        namesake = next((str(name) for name in properties if str(name).endswith("NM")), "")
    if not namesake:
        return pd.Series("", index=properties.index, dtype="str")
    return properties[namesake].fillna("").astype("str")
