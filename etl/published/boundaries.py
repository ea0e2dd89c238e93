"""Boundaries that come with the product: of local authorities, and of partnerships made of them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from etl.published.publications import Publication
from etl.published.topology import (
    STEP,
    Line,
    Ring,
    borders,
    on_grid,
    polygons,
    rings_of,
    simplified,
    square_steps,
)

AUTHORITIES, PARTNERSHIPS = "local_authorities_2024.topojson", "partnerships_2024.topojson"
_COUNTRIES = ("E", "W")
#: Some 330 m: what is nearer to a straight line is not drawn.
_TOLERANCE = 30.0
#: Islands of less than some 1 km² are not drawn, unless an area is nothing else.
_SMALLEST = 1.0 / 0.0111**2


def write_boundaries(
    path: Path, links: pd.DataFrame, publication: Publication, folder: Path
) -> list[Path]:
    """Write the boundaries.

    A partnership that shares an authority with another has no boundary: there is no line between
    the two in the original.

    Args:
        path: GeoJSON of local authorities, with LAD24CD and LAD24NM.
        links: Which district lies in which partnership, with `etl.sources.LINK_COLUMNS`.
        publication: Where they are from.
        folder: Where to; made when it is not there.
    """
    features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    names = {each["properties"]["LAD24CD"]: each["properties"]["LAD24NM"] for each in features}
    areas = {
        each["properties"]["LAD24CD"]: _rings(each["geometry"])
        for each in features
        if each["properties"]["LAD24CD"].startswith(_COUNTRIES)
    }
    of_partnership = _whole_partnerships(links)
    names |= _names_of_partnerships(links)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, prefix, group_of in (
        (AUTHORITIES, "LAD24", {code: code for code in areas}),
        (PARTNERSHIPS, "CSP24", {c: g for c, g in of_partnership.items() if c in areas}),
    ):
        topology = _topology(areas, group_of, names, prefix) | {"source": _source(publication)}
        text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text + "\n", encoding="utf-8")
        written.append(folder / name)
    return written


def _source(publication: Publication) -> str:
    return (
        f"{publication.publisher}, {publication.title}, published {publication.published}. "
        f"{publication.licence}. {publication.reshaped}."
    )


def _rings(geometry: Mapping) -> list[Ring]:
    parts = geometry["coordinates"]
    parts = [parts] if geometry["type"] == "Polygon" else parts
    return [on_grid(ring) for polygon in parts for ring in polygon]


def _whole_partnerships(links: pd.DataFrame) -> dict[str, str]:
    """Return the partnership of each district that lies in one alone; its others do so too."""
    pairs = links[links["area_kind"].eq("district") & links["parent_kind"].eq("partnership")]
    pairs = pairs[["area_code", "parent_code"]].drop_duplicates()
    is_shared = pairs.duplicated("area_code", keep=False)
    cut = pairs.loc[is_shared, "parent_code"]
    whole = pairs[~pairs["parent_code"].isin(cut)]
    return dict(zip(whole["area_code"], whole["parent_code"], strict=True))


def _names_of_partnerships(links: pd.DataFrame) -> dict[str, str]:
    is_one = links["area_kind"].eq("partnership")
    return dict(zip(links.loc[is_one, "area_code"], links.loc[is_one, "area_name"], strict=True))


def _topology(
    areas: Mapping[str, list[Ring]],
    group_of: Mapping[str, str],
    names: Mapping[str, str],
    prefix: str,
) -> dict[str, object]:
    sides = _without_islets(borders(areas, group_of))
    lines = simplified(sides, _TOLERANCE)
    around: dict[str, list[int]] = {code: [] for code in sorted(set(group_of.values()))}
    for number, groups in enumerate(sides.values()):
        for group in groups:
            around[group].append(number)
    geometries = [
        {
            "type": "MultiPolygon",
            "properties": {f"{prefix}CD": code, f"{prefix}NM": names[code]},
            "arcs": polygons(rings_of(numbers, lines), lines),
        }
        for code, numbers in around.items()
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": {prefix.lower(): {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_steps(line) for line in lines],
    }


def _without_islets(sides: dict[Line, set[str]]) -> dict[Line, set[str]]:
    """Leave out loops that enclose next to nothing, but for the largest of each group."""
    size = {line: square_steps(list(line)) for line in sides if line[0] == line[-1]}
    largest: dict[str, float] = {}
    for line, groups in sides.items():
        for group in groups:
            largest[group] = max(largest.get(group, 0.0), size.get(line, float("inf")))
    return {
        line: groups
        for line, groups in sides.items()
        if size.get(line, float("inf")) >= _SMALLEST
        or any(size[line] == largest[group] for group in groups)
    }


def _steps(line: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return a line as TopoJSON has it: where it starts, then each step from corner to corner."""
    moves = [[x - x0, y - y0] for (x0, y0), (x, y) in itertools.pairwise(line)]
    return [list(line[0]), *moves]
