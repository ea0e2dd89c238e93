"""Areas that share their lines: dissolved, generalised and put together again."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.published.topology import (
    borders,
    corners_of,
    on_grid,
    polygons,
    rings_of,
    simplified,
    square_steps,
)

LEFT = [(0, 0), (0, 10), (10, 10), (10, 5), (10, 0), (0, 0)]
RIGHT = [(10, 0), (10, 5), (10, 10), (20, 10), (20, 0), (10, 0)]
#: A square within a square that has a hole for it.
OUTER = [(0, 0), (0, 30), (30, 30), (30, 0), (0, 0)]
INNER = [(10, 10), (20, 10), (20, 20), (10, 20), (10, 10)]


def put_together(sides, lines, group: str) -> list[list[tuple[int, int]]]:
    numbers = [number for number, groups in enumerate(sides.values()) if group in groups]
    return [corners_of(ring, lines) for ring in rings_of(numbers, lines)]


def test_a_line_between_neighbours_is_one_line() -> None:
    sides = borders({"a": [LEFT], "b": [RIGHT]}, {"a": "a", "b": "b"})
    assert sorted(map(sorted, sides.values())) == [["a"], ["a", "b"], ["b"]]
    (between,) = (line for line, groups in sides.items() if len(groups) == 2)
    assert sorted(between) == [(10, 0), (10, 5), (10, 10)]


def test_a_line_within_a_group_falls_away() -> None:
    sides = borders({"a": [LEFT], "b": [RIGHT]}, {"a": "both", "b": "both"})
    (line,) = sides
    assert line[0] == line[-1]
    assert (10, 5) not in line
    assert square_steps(list(line)) == square_steps(LEFT) + square_steps(RIGHT)


def test_neighbours_still_touch_when_they_are_generalised() -> None:
    wavy = [(10, 0), (11, 3), (10, 5), (11, 7), (10, 10)]
    left = [(0, 0), (0, 10), *reversed(wavy), (0, 0)]
    right = [*wavy, (20, 10), (20, 0), (10, 0)]
    sides = borders({"a": [left], "b": [right]}, {"a": "a", "b": "b"})
    lines = simplified(sides, 2.0)
    (between,) = (
        line for line, groups in zip(lines, sides.values(), strict=True) if len(groups) == 2
    )
    for group in ("a", "b"):
        (ring,) = put_together(sides, lines, group)
        assert ring[0] == ring[-1]
        assert set(between) <= set(ring)
    # Of three lines between the same ends each keeps a corner, so that all areas enclose something.
    assert len(between) == 3


def test_an_area_within_another_is_a_hole_of_it() -> None:
    areas = {"around": [OUTER, INNER], "within": [INNER[::-1]]}
    sides = borders(areas, {"around": "around", "within": "within"})
    lines = list(sides)
    numbers = [number for number, groups in enumerate(sides.values()) if "around" in groups]
    (polygon,) = polygons(rings_of(numbers, lines), lines)
    assert [square_steps(corners_of(ring, lines)) for ring in polygon] == [
        square_steps(OUTER),
        square_steps(INNER),
    ]
    (alone,) = put_together(sides, lines, "within")
    assert square_steps(alone) == square_steps(INNER)


def test_corners_that_fall_on_one_another_are_one() -> None:
    ring = [(0.0, 0.0), (0.00001, 0.00002), (0.001, 0.0), (0.001, 0.001), (0.0, 0.0)]
    assert on_grid(ring) == [(0, 0), (10, 0), (10, 10), (0, 0)]


@given(
    heights=st.lists(st.integers(-30, 30), min_size=3, max_size=40),
    tolerance=st.floats(0.5, 20.0),
)
def test_no_corner_is_further_from_the_line_than_the_tolerance(heights, tolerance) -> None:
    line = tuple((4 * number, height) for number, height in enumerate(heights))
    (thin,) = simplified([line], tolerance)
    assert (thin[0], thin[-1]) == (line[0], line[-1])
    assert set(thin) <= set(line)
    assert max(distance_to(corner, thin) for corner in line) <= tolerance + 1e-9


def distance_to(point, line) -> float:
    at, *corners = (np.array(each) * (0.6, 1.0) for each in (point, *line))
    found = []
    for start, end in itertools.pairwise(corners):
        share = np.clip((at - start) @ (end - start) / ((end - start) @ (end - start)), 0, 1)
        found.append(np.hypot(*(at - start - share * (end - start))))
    return min(found)


@pytest.mark.parametrize("tolerance", [1.0, 100.0])
def test_a_loop_goes_on_enclosing_something(tolerance) -> None:
    (loop,) = simplified([tuple(INNER)], tolerance)
    assert loop[0] == loop[-1]
    assert len(loop) >= 4
    assert square_steps(list(loop)) > 0
