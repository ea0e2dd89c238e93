"""What is wrong with a file of boundaries, feature by feature: every rule that it breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.intake.boundaries import (
    MOST_BYTES,
    POLYGONS,
    UNREADABLE,
    BoundaryError,
    Ring,
    code_property,
    features_of,
    is_code,
    rings_of,
)
from etl.problems import Problem

#: Longitude and latitude that hold the United Kingdom, whose codes these are: Rockall to Lowestoft,
#: Scilly to Shetland.
WEST, EAST, SOUTH, NORTH = -14.0, 2.5, 49.0, 61.5
FEWEST_CORNERS = 4
"""Of a ring, whose last corner is its first again (RFC 7946, section 3.1.6)."""
MOST_PROBLEMS = 1000
FIRST_BYTES = 1024
_LONGEST = 60
Shape = list[Ring] | tuple[str, str, str]
"""The rings of an area; or what stands there instead, the rule, and what to do."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PORTAL = "download the GeoJSON of the areas from the ONS Open Geography portal"
_WGS_84 = "download it in WGS 84 (EPSG:4326), or convert it"


def is_boundaries(path: Path) -> bool:
    """Return whether a file is to be read as boundaries: it begins as JSON does, as no other."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return begins_as_boundaries(file.read(FIRST_BYTES))


def begins_as_boundaries(content: bytes | memoryview) -> bool:
    """Return whether the bytes of a file are to be read as boundaries, going by the first."""
    first = bytes(content[:FIRST_BYTES])
    return first.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"{")


def problems_of_boundaries(path: Path) -> list[Problem]:
    """Return what is wrong with a file of boundaries; [] when a map can be drawn with it.

    A feature is named by its number in the file, and its code where it has one; no more than
    `MOST_PROBLEMS` are told.
    """
    if path.stat().st_size > MOST_BYTES:
        size = f"{MOST_BYTES // 1_000_000} MB"
        return [_of(path, "", "", f"larger than {size}", "take generalised boundaries (BSC, BUC)")]
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        where = f"character {error.colno}"
        rule = f"this is not JSON: {error.msg}"
        return [Problem(path.name, error.lineno, where, "", rule, _PORTAL)]
    except UnicodeDecodeError as error:
        return [_of(path, f"byte {error.start}", "", "this is not text in UTF-8", _PORTAL)]
    except (RecursionError, ValueError):
        return [_of(path, "", "", "this JSON cannot be read", _PORTAL)]
    return list(_first(_problems(path, content)))


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    for number, problem in enumerate(problems):
        if number == MOST_PROBLEMS:
            rule = f"more than {MOST_PROBLEMS:,} things are wrong; the rest is not listed"
            yield Problem(problem.file, 0, "", "", rule, "mend these first")
            return
        yield problem


def _problems(path: Path, content: object) -> Iterator[Problem]:
    kind = content.get("type") if isinstance(content, dict) else None
    features = content.get("features") if isinstance(content, dict) else None
    if isinstance(content, dict) and kind == "Topology":
        where = "objects"
        try:
            areas: list[tuple[dict[str, Any], Shape]] = list(features_of(content))
        except UNREADABLE:
            yield _of(path, where, "", "its arcs are not put together as TopoJSON is", _PORTAL)
            return
    elif kind == "FeatureCollection" and isinstance(features, list):
        where = "features"
        areas = [(_dict(_dict(each).get("properties")), _shape(each)) for each in features]
    else:
        rule = "boundaries are a FeatureCollection (GeoJSON) or a Topology (TopoJSON)"
        yield _of(path, "type", kind, rule, _PORTAL)
        return
    if not areas:
        yield _of(path, where, "", "there is no area in it", _PORTAL)
        return
    code = ""
    try:
        code = code_property([about for about, _ in areas], path)
    except BoundaryError as error:
        yield _of(path, "properties", "", str(error).removeprefix(f"{path.name} "), _PORTAL)
        if where == "objects":
            return
    seen: set[str] = set()
    for number, (about, shape) in enumerate(areas, start=1):
        value = about.get(code)
        named = f"feature {number} ({value})" if is_code(value) else f"feature {number}"
        if code:
            yield from _of_code(path, named, value, code, seen)
        if isinstance(shape, tuple):
            yield _of(path, named, *shape)
        else:
            yield from _of_rings(path, named, shape)


def _dict(part: object) -> dict[str, Any]:
    return part if isinstance(part, dict) else {}


def _shape(feature: object) -> Shape:
    shape = _dict(_dict(feature).get("geometry"))
    kind = shape.get("type")
    if kind not in POLYGONS:
        rule = "an area is a Polygon or a MultiPolygon"
        return str(kind or "no geometry"), rule, "take the boundaries of areas"
    try:
        return rings_of(shape)
    except UNREADABLE:
        return "", "its corners are not pairs of numbers", _PORTAL


def _of_code(path: Path, named: str, value: object, code: str, seen: set[str]) -> Iterator[Problem]:
    if not isinstance(value, str) or not is_code(value):
        rule = f"its property {code} is no area code such as E06000045"
        yield _of(path, named, value, rule, "give the code of the Office for National Statistics")
    elif value in seen:
        yield _of(path, named, value, "its area code stands twice", "keep one feature an area")
    else:
        seen.add(value)


def _of_rings(path: Path, named: str, rings: list[Ring]) -> Iterator[Problem]:
    if not rings:
        yield _of(path, named, "", "it has no ring of corners", _PORTAL)
        return
    if any(len(ring) < FEWEST_CORNERS for ring in rings):
        yield _of(
            path, named, "", "a ring has four corners or more, the last as the first", _PORTAL
        )
        return
    if any(not np.array_equal(ring[0], ring[-1]) for ring in rings):
        yield _of(path, named, "", "a ring ends where it began", "close it, or download it again")
    corners = np.vstack(rings)
    longitude, latitude = corners[:, 0], corners[:, 1]
    inside = (longitude >= WEST) & (longitude <= EAST) & (latitude >= SOUTH) & (latitude <= NORTH)
    if not inside.all():
        east, north = corners[~inside][0]
        rule = "a corner is longitude, then latitude, in WGS 84, within the United Kingdom"
        yield _of(path, named, f"{east:g}, {north:g}", rule, _WGS_84)


def _of(path: Path, column: str, value: object, rule: str, what_to_do: str) -> Problem:
    text = "" if value is None else str(value)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Problem(path.name, 0, column, shown, rule, what_to_do)
