"""Whether a reader of all that is shown can narrow a small count down: by linear programmes.

For every small count the least and the most that all lines together allow are found, as somebody
would who knows every rule of `protect` and every figure that is shown. scipy is imported only when
there is something to check: a build without small counts must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from etl.disclosure.table import LARGEST, WITHOUT_LIMIT, Hiding, Marks, Numbers, Places, Table

#: A linear programme is exact to about 1e-7; counts are whole.
_TOLERANCE = 1e-6
#: So many that can be narrowed are mended before the rest are looked at.
AT_ONCE = 25


def narrowed(table: Table, hiding: Hiding) -> list[tuple[int, Places]]:
    """Return the small counts that cannot be any number from 1 up to below their threshold.

    Args:
        table: Counts and lines.
        hiding: What is hidden of them.

    Returns:
        Cells, each with the lines of all that hangs together with it; at most `AT_ONCE` at either
        end of a group, since mending those mends others.
    """
    found = []
    for cells, lines in _groups(table, hiding):
        needing = cells[table.small_now[cells]]
        if len(lines) == 1 or not len(needing):
            # Of a single line `protect` has worked out the room exactly.
            continue
        if len(cells) > LARGEST:
            found.append((int(needing[0]), lines))
            continue
        bad = needing[_is_narrow(table, hiding, cells, lines)]
        if len(bad):
            found += [(int(place), lines) for place in bad]
    return found


def ranges(table: Table, hiding: Hiding, cells: Places, lines: Places) -> tuple[Numbers, Numbers]:
    """Return the least and the most that each hidden cell of a group can be.

    Args:
        table: Counts and lines.
        hiding: What is hidden of them.
        cells: Hidden cells that hang together.
        lines: All lines that they stand in.
    """
    programme = _Programme(table, hiding, cells, lines)
    one = np.eye(len(cells))
    least = np.array([programme.solve(each)[at] for at, each in enumerate(one)])
    most = np.array([programme.solve(-each)[at] for at, each in enumerate(one)])
    return least, most


def _is_narrow(table: Table, hiding: Hiding, cells: Places, lines: Places) -> Marks:
    """Return which small counts of a group cannot reach both ends of what they may be.

    One solution shows for many cells at once that they can; only what is left is tried alone.
    """
    small = table.small_now[cells]
    programme = _Programme(table, hiding, cells, lines)
    low = programme.solve
    reached = _reached(small, lambda cost: low(cost) <= 1 + _TOLERANCE)
    highest = table.threshold[cells] - 1
    reached &= _reached(small, lambda cost: low(-cost) >= highest - _TOLERANCE)
    return ~reached[small]


def _reached(wanted: Marks, is_there: Callable[[Numbers], Marks]) -> Marks:
    """Return which of the wanted cells get to their end, in one solution with others or alone."""
    left = wanted.copy()
    while left.any():
        done = is_there(left.astype("float64")) & left
        left &= ~done
        if not done.any():
            break
    stuck = np.zeros(len(wanted), dtype="bool")
    for at in np.flatnonzero(left):
        alone = np.zeros(len(wanted))
        alone[at] = 1.0
        stuck[at] = not is_there(alone)[at]
        if np.count_nonzero(stuck) == AT_ONCE:
            break
    return ~stuck


class _Programme:
    """All that lines say of the hidden cells of a group."""

    def __init__(self, table: Table, hiding: Hiding, cells: Places, lines: Places) -> None:
        from scipy.sparse import csr_array  # noqa: PLC0415 (only when there is something to check)

        entry = np.flatnonzero(np.isin(table.line, lines))
        row = np.searchsorted(lines, table.line[entry])
        is_hidden = hiding.hidden[table.cell[entry]]
        shown = table.sign[entry] * table.value[table.cell[entry]]
        self.right = -np.bincount(row[~is_hidden], shown[~is_hidden], len(lines))
        column = np.searchsorted(cells, table.cell[entry][is_hidden])
        self.left = csr_array(
            (table.sign[entry][is_hidden].astype("float64"), (row[is_hidden], column)),
            shape=(len(lines), len(cells)),
        )
        least, most = hiding.bounds(table)
        most = np.where(most >= WITHOUT_LIMIT, np.inf, most)
        self.bounds = np.column_stack([least[cells], most[cells]])
        #: A maximum may have no end; this is more than any need.
        self.ceiling = np.minimum(self.bounds[:, 1], 10 * table.value[cells].max() + 100)
        self.bounds[:, 1] = self.ceiling

    def solve(self, cost: Numbers) -> Numbers:
        """Return the counts for which the cost is least."""
        from scipy.optimize import linprog  # noqa: PLC0415

        found = linprog(cost, A_eq=self.left, b_eq=self.right, bounds=self.bounds, method="highs")
        if found.status != 0:
            raise ArithmeticError(f"the lines of the table do not hold: {found.message}")
        return found.x


def _groups(table: Table, hiding: Hiding) -> list[tuple[Places, Places]]:
    """Return the hidden cells that hang together by lines, and all lines of each such group."""
    if not table.small_now.any() or not len(table.line):
        return []
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    hidden = hiding.hidden[table.cell]
    cells, lines = table.cell[hidden], table.line[hidden]
    number = len(table.value)
    size = number + table.lines
    graph = coo_array((np.ones(len(cells)), (cells, number + lines)), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    together = [(each[each < number], each[each >= number] - number) for each in groups]
    return [(inside, at) for inside, at in together if len(at) and len(inside)]
