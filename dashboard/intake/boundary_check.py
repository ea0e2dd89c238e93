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
        yield from _of_topology(path, content)
        return
    if kind != "FeatureCollection" or not isinstance(features, list):
        rule = "boundaries are a FeatureCollection (GeoJSON) or a Topology (TopoJSON)"
        yield _of(path, "type", kind, rule, _PORTAL)
        return
    if not features:
        yield _of(path, "features", "", "there is no area in it", _PORTAL)
        return
    code = ""
    abouts = [_about(feature) for feature in features]
    try:
        code = code_property([about or {} for about in abouts], path)
    except BoundaryError as error:
        yield _of(path, "properties", "", str(error).removeprefix(f"{path.name} "), _PORTAL)
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        about = abouts[number - 1]
        named = _named(number, (about or {}).get(code))
        if code:
            yield from _of_code(path, named, (about or {}).get(code), code, seen)
        yield from _of_shape(path, named, feature)


def _about(feature: object) -> dict[str, Any] | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else None


def _named(number: int, code: object) -> str:
    return f"feature {number} ({code})" if is_code(code) else f"feature {number}"


def _of_code(path: Path, named: str, value: object, code: str, seen: set[str]) -> Iterator[Problem]:
    if not isinstance(value, str) or not is_code(value):
        rule = f"its property {code} is no area code such as E06000045"
        yield _of(path, named, value, rule, "give the code of the Office for National Statistics")
    elif value in seen:
        yield _of(path, named, value, "its area code stands twice", "keep one feature an area")
    else:
        seen.add(value)


def _of_shape(path: Path, named: str, feature: object) -> Iterator[Problem]:
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    kind = shape.get("type") if isinstance(shape, dict) else None
    if not isinstance(shape, dict) or kind not in POLYGONS:
        rule = "an area is a Polygon or a MultiPolygon"
        yield _of(path, named, kind or "no geometry", rule, "take the boundaries of areas")
        return
    try:
        rings = rings_of(shape)
    except UNREADABLE:
        yield _of(path, named, "", "its corners are not pairs of numbers", _PORTAL)
        return
    yield from _of_rings(path, named, rings)


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


def _of_topology(path: Path, content: dict[str, Any]) -> Iterator[Problem]:
    """Yield the same of a TopoJSON file, whose areas share their lines."""
    try:
        areas = list(features_of(content))
        shapes = [about if isinstance(about, dict) else {} for about, _ in areas]
        code = code_property(shapes, path) if areas else ""
    except BoundaryError as error:
        yield _of(path, "properties", "", str(error).removeprefix(f"{path.name} "), _PORTAL)
        return
    except UNREADABLE:
        yield _of(path, "objects", "", "its arcs are not put together as TopoJSON is", _PORTAL)
        return
    if not areas:
        yield _of(path, "objects", "", "there is no area in it", _PORTAL)
    seen: set[str] = set()
    for number, (_, rings) in enumerate(areas, start=1):
        value = shapes[number - 1].get(code)
        yield from _of_code(path, _named(number, value), value, code, seen)
        yield from _of_rings(path, _named(number, value), rings)


def _of(path: Path, column: str, value: object, rule: str, what_to_do: str) -> Problem:
    text = "" if value is None else str(value)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Problem(path.name, 0, column, shown, rule, what_to_do)
