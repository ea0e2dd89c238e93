"""What is hidden of tables of counts: nobody who knows the rules and the sums can work it out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from etl.disclosure.audit import narrowed
from etl.disclosure.protect import lacking, protect
from etl.disclosure.table import PART, TOTAL, Hiding, Table

THRESHOLD = 5


def cube(inside: np.ndarray) -> Table:
    """A table of counts with all of its margins, each of which is published."""
    full = inside
    for axis in range(inside.ndim):
        full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    places = np.arange(full.size).reshape(full.shape)
    line, cell, sign = [], [], []
    for axis in range(full.ndim):
        for row in np.moveaxis(places, axis, -1).reshape(-1, full.shape[axis]):
            number = line[-1] + 1 if line else 0
            line += [number] * len(row)
            cell += row.tolist()
            sign += [PART] * (len(row) - 1) + [TOTAL]
    value = full.ravel().astype("float64")
    return Table(
        value=value,
        threshold=np.full(full.size, float(THRESHOLD)),
        small=(value > 0) & (value < THRESHOLD),
        latent=np.zeros(full.size, dtype="bool"),
        line=np.array(line),
        cell=np.array(cell),
        sign=np.array(sign),
    )


def attacked(table: Table, hiding: Hiding) -> dict[int, tuple[float, float]]:
    """The least and most that each small count can be for one who reads the table.

    Written apart from the product's own audit: dense, one programme a bound.
    """
    named = table.small & ~hiding.vague
    left = np.zeros((table.lines, len(table.value)))
    left[table.line, table.cell] = table.sign
    bounds = []
    for place, value in enumerate(table.value):
        if not hiding.hidden[place]:
            bounds.append((value, value))
        elif named[place]:
            bounds.append((1, THRESHOLD - 1))
        else:
            bounds.append((0 if hiding.vague[place] else THRESHOLD, 10 * table.value.max() + 100))
    found = {}
    for place in np.flatnonzero(table.small):
        ends = []
        for direction in (1, -1):
            cost = np.zeros(len(table.value))
            cost[place] = direction
            solved = linprog(cost, A_eq=left, b_eq=np.zeros(table.lines), bounds=bounds)
            assert solved.status == 0
            ends.append(solved.x[place])
        found[int(place)] = (ends[0], ends[1])
    return found


def assert_safe(table: Table, hiding: Hiding) -> None:
    assert hiding.hidden[table.small].all()
    for least, most in attacked(table, hiding).values():
        assert least <= 1 + 1e-6
        assert most >= THRESHOLD - 1 - 1e-6


counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


@settings(max_examples=60)
@given(st.data(), st.integers(1, 4), st.integers(2, 5))
def test_no_small_count_of_a_table_with_margins_is_narrowed(data, rows, columns):
    inside = np.array([[data.draw(counts) for _ in range(columns)] for _ in range(rows)])
    table = cube(inside)
    assert_safe(table, protect(table, narrowed))


@settings(max_examples=15)
@given(st.lists(counts, min_size=12, max_size=12))
def test_nor_of_kinds_by_areas_by_months(values):
    table = cube(np.array(values).reshape(2, 3, 2))
    assert_safe(table, protect(table, narrowed))


def test_without_small_counts_nothing_is_hidden():
    table = cube(np.array([[0, 7, 12], [30, 5, 0]]))
    assert not protect(table, narrowed).hidden.any()


def test_one_small_count_takes_the_smallest_that_leaves_room():
    table = cube(np.array([[3, 6, 9, 40]]))
    hiding = protect(table, narrowed)
    # 6 could fall by 1 only; 9 by 4, and 3 may have to rise by 1 and fall by 2. In one row each
    # column's total is the cell again.
    assert hiding.hidden[:5].tolist() == [True, False, True, False, False]
    assert_safe(table, hiding)


def test_lines_alone_would_miss_what_lines_together_tell():
    """Two squares of hidden cells with one cell between them: every line hides two or more."""
    inside = np.full((4, 4), 50)
    hidden = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]
    inside[1, 2] = 3
    table = cube(inside)
    marks = np.zeros((5, 5), dtype="bool")
    for row, column in hidden:
        marks[row, column] = True
    hiding = Hiding(marks.ravel(), np.zeros(25, dtype="bool"))
    assert (lacking(table, hiding) == 0).all()
    assert [place for place, _ in narrowed(table, hiding)] == [7]


def test_zeros_are_shown():
    table = cube(np.array([[0, 2, 8, 9]]))
    assert not protect(table, narrowed).hidden[0]


@pytest.mark.parametrize("small", list(itertools.product([1, 4], repeat=2)))
def test_small_counts_alone_in_a_line_are_not_named_when_that_would_tell(small):
    table = cube(np.array([list(small)]))
    assert_safe(table, protect(table, narrowed))
