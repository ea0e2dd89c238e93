"""Areas that share their lines: generalised together, so that neighbours still touch.

A line between two neighbours is written once (TopoJSON 1.0), simplified once, and falls away where
both lie in the same larger area, which is how authorities become partnerships. Corners are whole
steps of a grid, `STEP` degrees apart.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Line = tuple[Point, ...]
Ring = list[Point]
#: Lines of a ring in order: their number, or -1 - number where it is walked backwards.
LinesOfRing = list[int]

#: Degrees: some 11 m from north to south and 7 m from west to east.
STEP = 0.0001
#: A degree of longitude in degrees of latitude, in the middle of England (53 degrees north).
_NARROWER = 0.6
_ENDS = 2


def on_grid(ring: Iterable[Sequence[float]]) -> Ring:
    """Return a ring of degrees as corners of the grid, without those that fall on one another."""
    steps = [(round(x / STEP), round(y / STEP)) for x, y, *_ in ring]
    return [at for number, at in enumerate(steps) if number == 0 or at != steps[number - 1]]


def borders(areas: Mapping[str, list[Ring]], group_of: Mapping[str, str]) -> dict[Line, set[str]]:
    """Return the lines around groups of areas, each with the one or two groups beside it.

    Args:
        areas: Rings of each area; neighbours have the corners of their border in common.
        group_of: Group of each area that is drawn; its own code where it stands for itself.
    """
    beside: dict[frozenset[Point], set[str]] = defaultdict(set)
    for code, group in group_of.items():
        for ring in areas[code]:
            for edge in map(frozenset, itertools.pairwise(ring)):
                # What a group has on both sides is within it, and falls away.
                beside[edge] ^= {group}
    sides = {edge: groups for edge, groups in beside.items() if groups}
    return {line: sides[frozenset(line[:2])] for line in _lines(sides)}


def _lines(sides: Mapping[frozenset[Point], set[str]]) -> Iterator[Line]:
    """Yield lines from one meeting of borders to the next, and loops where there is none."""
    edges_at: dict[Point, list[frozenset[Point]]] = defaultdict(list)
    for edge in sides:
        for point in edge:
            edges_at[point].append(edge)
    meetings = {
        point
        for point, edges in edges_at.items()
        if len(edges) != _ENDS or sides[edges[0]] != sides[edges[1]]
    }
    left = dict.fromkeys(sorted(sides, key=sorted))
    # Loops come last, when every line that begins at a meeting is walked.
    starts = [edge for edge in left if edge & meetings] + list(left)
    for edge in starts:
        if edge not in left:
            continue
        first = min(edge & meetings or edge)
        line = [first]
        following: frozenset[Point] | None = edge
        while following is not None:
            del left[following]
            (point,) = following - {line[-1]}
            line.append(point)
            going_on = [] if point in meetings else edges_at[point]
            following = next((each for each in going_on if each in left), None)
        yield tuple(line)


def simplified(lines: Iterable[Line], tolerance: float) -> list[Line]:
    """Return lines without the corners that lie within a distance of the line without them.

    Ends stay (Douglas and Peucker 1973). Of a loop, and of two lines between the same ends, enough
    stays that they enclose something.

    Args:
        lines: Lines and loops.
        tolerance: Distance in steps of latitude.
    """
    given = list(lines)
    between: dict[frozenset[Point], int] = defaultdict(int)
    for line in given:
        between[frozenset((line[0], line[-1]))] += 1
    return [
        _thinned(line, tolerance, bow=between[frozenset((line[0], line[-1]))] > 1) for line in given
    ]


def _thinned(line: Line, tolerance: float, *, bow: bool) -> Line:
    corners = np.array(line, dtype="float64") * (_NARROWER, 1.0)
    last = len(line) - 1
    is_loop = line[0] == line[-1]
    stays = {0, last}
    if is_loop:
        # The corner farthest from the first, and the one farthest from the line between the two.
        opposite = int(np.hypot(*(corners - corners[0]).T).argmax())
        aside = int(_distances(corners, 0, opposite).argmax())
        stays |= {opposite, aside}
    elif bow and last > 1:
        stays.add(1 + int(_distances(corners, 0, last)[1:-1].argmax()))
    fixed = sorted(stays)
    waiting = list(itertools.pairwise(fixed))
    while waiting:
        first, end = waiting.pop()
        if end - first < _ENDS:
            continue
        distances = _distances(corners[first : end + 1], 0, end - first)
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance:
            stays.add(first + farthest)
            waiting += [(first, first + farthest), (first + farthest, end)]
    return tuple(line[number] for number in sorted(stays))


def _distances(corners: NDArray, first: int, last: int) -> NDArray:
    """Return the distance of each corner from the straight line between two of them."""
    start, along = corners[first], corners[last] - corners[first]
    length = np.hypot(*along)
    if length == 0:
        return np.hypot(*(corners - start).T)
    offsets = corners - start
    share = np.clip(offsets @ along / length**2, 0.0, 1.0)
    return np.hypot(*(offsets - share[:, None] * along).T)


def rings_of(numbers: Sequence[int], lines: Sequence[Line]) -> list[LinesOfRing]:
    """Return the rings that the lines around one group make up.

    Args:
        numbers: Which of the lines are around it.
        lines: All lines.
    """
    starting: dict[Point, list[int]] = defaultdict(list)
    for number in numbers:
        starting[lines[number][0]].append(number)
        starting[lines[number][-1]].append(~number)
    left = dict.fromkeys(numbers)
    rings = []
    for number in numbers:
        if number not in left:
            continue
        ring: LinesOfRing = []
        following: int | None = number
        while following is not None:
            del left[following if following >= 0 else ~following]
            ring.append(following)
            end = lines[following][-1] if following >= 0 else lines[~following][0]
            following = next(
                (each for each in starting[end] if (each if each >= 0 else ~each) in left), None
            )
            if end == lines[ring[0]][0]:
                break
        rings.append(ring)
    return rings


def corners_of(ring: LinesOfRing, lines: Sequence[Line]) -> Ring:
    """Return the corners of a ring, the last as the first."""
    walked = [lines[each] if each >= 0 else lines[~each][::-1] for each in ring]
    return [walked[0][0], *(point for line in walked for point in line[1:])]


def square_steps(ring: Ring) -> float:
    """Return what a ring encloses, in square steps of latitude."""
    corners = np.array(ring, dtype="float64") * (_NARROWER, 1.0)
    x, y = corners.T
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def polygons(rings: Sequence[LinesOfRing], lines: Sequence[Line]) -> list[list[LinesOfRing]]:
    """Return rings as polygons: one that lies in another is a hole of it."""
    ordered = sorted(rings, key=lambda ring: -square_steps(corners_of(ring, lines)))
    found: list[tuple[Ring, list[LinesOfRing]]] = []
    for ring in ordered:
        corners = corners_of(ring, lines)
        around = [polygon for outer, polygon in found if _lies_in(corners, outer)]
        if around:
            around[-1].append(ring)
        else:
            found.append((corners, [ring]))
    return [polygon for _, polygon in found]


def _lies_in(inner: Ring, outer: Ring) -> bool:
    """Return whether a ring lies in another, by its first corner that is not one of the other's."""
    on_outer = set(outer)
    point = next((each for each in inner if each not in on_outer), None)
    if point is None:
        return False
    x, y = point
    is_inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(outer):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside
