"""Boundaries: GeoJSON and TopoJSON in `boundaries/` of the data folder, and the product's own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
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
_FILES_READ = 4
_FILES_KNOWN = 64
_CODE = re.compile(r"[EWNSK]\d{8}")
POLYGONS = {"Polygon", "MultiPolygon"}
_EARTH = (180.0, 90.0)
UNREADABLE = (
    ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError, OverflowError,
)  # fmt: skip
"""What comes of JSON that is not put together as GeoJSON or TopoJSON is."""
_MOST = 0.5
_FLAT = 2

Ring = NDArray
"""Longitude and latitude of the corners of a polygon, of shape (corners, 2)."""


class BoundaryError(Exception):
    """The file cannot be drawn; the message says why, and what to do."""


def boundary_files(data: DataDir) -> dict[str, Path]:
    """Return the files of boundaries, by name; a reader's own hides its namesake of the product."""
    paths = [*data.published(f"{FOLDER}/*json"), *data.files(FOLDER, "*json")]
    found = {path.name: path for path in paths}
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


def codes_in(path: Path) -> frozenset[str]:
    """Return the codes of the areas of a file; kept for more files than their shapes are.

    Raises:
        BoundaryError: As of `shapes_of`.
    """
    state = path.stat()
    return _codes(path, state.st_mtime_ns, state.st_size)


@lru_cache(_FILES_KNOWN)
def _codes(path: Path, _changed: int, _size: int) -> frozenset[str]:
    return frozenset(shapes_of(path)["area_code"])


@lru_cache(_FILES_READ)
def _read(path: Path, _changed: int, _size: int) -> pd.DataFrame:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        rows = list(features_of(content))
    except UNREADABLE:
        raise BoundaryError(
            f"{path.name} is not a GeoJSON or TopoJSON file of areas. Download one from the ONS "
            "Open Geography portal."
        ) from None
    if not rows:
        raise BoundaryError(f"{path.name} has no polygon in it.")
    abouts = [about for about, _ in rows]
    code = code_property(abouts, path)
    shapes = pd.DataFrame(
        {
            "area_code": [str(about.get(code)) for about in abouts],
            "area_name": _area_names(abouts, code),
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


def features_of(content: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Ring]]]:
    """Yield properties and rings of every area of a file; what is no area is passed over."""
    if content["type"] == "Topology":
        arcs = _arcs(content)
        for group in content["objects"].values():
            for part in group.get("geometries", [group]):
                if part.get("type") in POLYGONS:
                    yield _properties(part), _stitched(part, arcs)
        return
    for feature in content["features"]:
        shape = feature.get("geometry")
        if shape and shape["type"] in POLYGONS:
            yield _properties(feature), rings_of(shape)


def _properties(part: dict[str, Any]) -> dict[str, Any]:
    found = part.get("properties")
    return found if isinstance(found, dict) else {}


def rings_of(shape: dict[str, Any]) -> list[Ring]:
    """Return the rings of a Polygon or MultiPolygon, holes and all."""
    polygons = shape["coordinates"]
    polygons = [polygons] if shape["type"] == "Polygon" else polygons
    return [_corners(ring) for polygon in polygons for ring in polygon]


def _corners(ring: object) -> Ring:
    """Return longitude and latitude of corners, which may have a height as well."""
    corners = np.array(ring, dtype=float)
    if corners.ndim != _FLAT or corners.shape[1] < _FLAT:
        raise ValueError("corners are pairs of numbers")
    return corners[:, :_FLAT]


def _arcs(content: dict[str, Any]) -> list[Ring]:
    """Return the lines that a TopoJSON file shares among its areas, as longitude and latitude."""
    arcs = [_corners(arc) for arc in content["arcs"]]
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


def code_property(abouts: Sequence[dict[str, Any]], path: Path) -> str:
    """Return the property that holds the codes of most areas.

    Args:
        abouts: The properties of each area.
        path: Where they are from, for the error.

    Raises:
        BoundaryError: None does.
    """
    found = Counter(str(name) for about in abouts for name in about if is_code(about[name]))
    for name in _names_in(abouts):
        if found[name] > _MOST * len(abouts):
            return name
    raise BoundaryError(
        f"{path.name} names no area codes such as E06000045 in the properties of its areas."
    )


def is_code(cell: object) -> bool:
    """Return whether a value is a code such as E06000045."""
    return isinstance(cell, str) and _CODE.fullmatch(cell) is not None


def _area_names(abouts: Sequence[dict[str, Any]], code: str) -> list[str]:
    known = _names_in(abouts)
    namesake = f"{code.removesuffix('CD')}NM"
    if namesake not in known:
        namesake = next((name for name in known if name.endswith("NM")), "")
    return [str(about.get(namesake) or "") for about in abouts]


def _names_in(abouts: Sequence[dict[str, Any]]) -> dict[str, None]:
    """Return the names of all properties, in order; not as a table, which could have no end."""
    return dict.fromkeys(str(name) for about in abouts for name in about)
