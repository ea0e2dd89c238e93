"""Whether a reader of all that is shown can narrow a small count down: by linear programmes.

For every small count the least and the most that all lines together allow are found, as somebody
would who knows every rule of `protect` and every figure that is shown. scipy is imported only when
there is something to check: a build without small counts must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from etl.disclosure.table import (
    LARGEST,
    WITHOUT_LIMIT,
    Hiding,
    Lines,
    Marks,
    Numbers,
    Places,
    Table,
    components,
)

#: A linear programme is exact to about 1e-7; counts are whole.
_TOLERANCE = 1e-6
#: So many that can be narrowed are mended before the rest are looked at.
AT_ONCE = 25
#: About so many hidden cells, of many groups, go into one programme: most groups need no more.
_TOGETHER = 1500


def narrowed(table: Table, hiding: Hiding) -> list[tuple[int, Places]]:
    """Return the small counts that cannot be any number from 1 up to below their threshold.

    Args:
        table: Counts and lines.
        hiding: What is hidden of them.

    Returns:
        Cells, each with the lines of all that hangs together with it; at most `AT_ONCE` at either
        end of a group, since mending those mends others.
    """
    if not table.small_now.any() or not len(table.line):
        return []
    drawn = _Drawn(table, hiding)
    found: list[tuple[int, Places]] = []
    tried: list[tuple[Places, Places]] = []
    for cells, lines in _groups(table, hiding):
        if len(cells) > LARGEST:
            found.append((int(cells[table.small_now[cells]][0]), lines))
        else:
            tried.append((cells, lines))
    for cells, lines in _not_at_once(drawn, tried):
        bad = cells[table.small_now[cells]][_is_narrow(drawn, cells, lines)]
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
    programme = _Programme(_Drawn(table, hiding), cells, lines)
    one = np.eye(len(cells))
    least = np.array([programme.solve(each)[at] for at, each in enumerate(one)])
    most = np.array([programme.solve(-each)[at] for at, each in enumerate(one)])
    return least, most


def _not_at_once(
    drawn: _Drawn, groups: list[tuple[Places, Places]]
) -> Iterator[tuple[Places, Places]]:
    """Yield the groups of which one programme for many groups does not show that all is well."""
    table = drawn.table
    for many in _batches(groups):
        cells = np.concatenate([each for each, _ in many])
        order = np.argsort(cells)
        programme = _Programme(
            drawn, cells[order], np.unique(np.concatenate([at for _, at in many]))
        )
        left = _left_of_ends(programme, table)
        group = np.repeat(np.arange(len(many)), [len(each) for each, _ in many])[order]
        yield from (many[at] for at in np.unique(group[left]))


def _batches(groups: list[tuple[Places, Places]]) -> Iterator[list[tuple[Places, Places]]]:
    many: list[tuple[Places, Places]] = []
    size = 0
    for each in groups:
        many.append(each)
        size += len(each[0])
        if size > _TOGETHER:
            yield many
            many, size = [], 0
    if many:
        yield many


def _left_of_ends(programme: _Programme, table: Table) -> Marks:
    """Return which small counts one solution after another does not bring to both of their ends."""
    small = table.small_now[programme.cells]
    highest = table.threshold[programme.cells] - 1
    low = _until_none(small, lambda cost: programme.solve(cost) <= 1 + _TOLERANCE)
    high = _until_none(small, lambda cost: programme.solve(-cost) >= highest - _TOLERANCE)
    return low | high


def _until_none(wanted: Marks, is_there: Callable[[Numbers], Marks]) -> Marks:
    """Return which of the wanted cells solutions for all that are left never bring to their end."""
    left = wanted.copy()
    while left.any():
        done = is_there(left.astype("float64")) & left
        if not done.any():
            break
        left &= ~done
    return left


def _is_narrow(drawn: _Drawn, cells: Places, lines: Places) -> Marks:
    """Return which small counts of a group cannot reach both ends of what they may be.

    One solution shows for many cells at once that they can; only what is left is tried alone.
    """
    table = drawn.table
    small = table.small_now[cells]
    programme = _Programme(drawn, cells, lines)
    low = programme.solve
    reached = _reached(small, lambda cost: low(cost) <= 1 + _TOLERANCE)
    highest = table.threshold[cells] - 1
    reached &= _reached(small, lambda cost: low(-cost) >= highest - _TOLERANCE)
    return ~reached[small]


def _reached(wanted: Marks, is_there: Callable[[Numbers], Marks]) -> Marks:
    """Return which of the wanted cells get to their end, in one solution with others or alone."""
    left = _until_none(wanted, is_there)
    stuck = np.zeros(len(wanted), dtype="bool")
    for at in np.flatnonzero(left):
        alone = np.zeros(len(wanted))
        alone[at] = 1.0
        stuck[at] = not is_there(alone)[at]
        if np.count_nonzero(stuck) == AT_ONCE:
            break
    return ~stuck


class _Drawn:
    """A table as a reader has it: what may be of each hidden count, and where each line's are."""

    def __init__(self, table: Table, hiding: Hiding) -> None:
        self.table = table
        self.hiding = hiding
        self.lines = Lines(table)
        least, most = hiding.bounds(table)
        self.least = least
        self.most = np.where(most >= WITHOUT_LIMIT, np.inf, most)


class _Programme:
    """All that lines say of the hidden cells of a group, or of several."""

    def __init__(self, drawn: _Drawn, cells: Places, lines: Places) -> None:
        from scipy.sparse import csr_array  # noqa: PLC0415 (only when there is something to check)

        table = drawn.table
        self.cells = cells
        entry = drawn.lines.entries(lines)
        row = np.searchsorted(lines, table.line[entry])
        is_hidden = drawn.hiding.hidden[table.cell[entry]]
        shown = table.sign[entry] * table.value[table.cell[entry]]
        self.right = -np.bincount(row[~is_hidden], shown[~is_hidden], len(lines))
        column = np.searchsorted(cells, table.cell[entry][is_hidden])
        self.left = csr_array(
            (table.sign[entry][is_hidden].astype("float64"), (row[is_hidden], column)),
            shape=(len(lines), len(cells)),
        )
        self.bounds = np.column_stack([drawn.least[cells], drawn.most[cells]])
        #: A maximum may have no end; this is more than any need.
        self.bounds[:, 1] = np.minimum(self.bounds[:, 1], 10 * table.value[cells].max() + 100)

    def solve(self, cost: Numbers) -> Numbers:
        """Return the counts for which the cost is least."""
        from scipy.optimize import linprog  # noqa: PLC0415

        found = linprog(cost, A_eq=self.left, b_eq=self.right, bounds=self.bounds, method="highs")
        if found.status != 0:
            raise ArithmeticError(f"the lines of the table do not hold: {found.message}")
        return found.x


def _groups(table: Table, hiding: Hiding) -> Iterator[tuple[Places, Places]]:
    """Yield the hidden cells that hang together by lines, and their lines: those to be checked.

    Of a single line `protect` has worked out the room exactly.
    """
    hidden = hiding.hidden[table.cell]
    label = components(table, hidden)
    entries = np.flatnonzero(hidden)
    number = int(label.max()) + 1
    of_line = np.zeros(table.lines, dtype="intp")
    of_line[table.line[entries]] = label[table.cell[entries]]
    has_hidden = np.zeros(table.lines, dtype="bool")
    has_hidden[table.line[entries]] = True
    several = np.bincount(of_line[has_hidden], minlength=number) > 1
    needing = np.bincount(label[table.small_now & hiding.hidden], minlength=number) > 0
    judged = several & needing
    cells = np.flatnonzero(hiding.hidden & judged[label])
    lines = np.flatnonzero(has_hidden & judged[of_line])
    yield from zip(_split(cells, label[cells]), _split(lines, of_line[lines]), strict=True)


def _split(numbers: Places, label: Places) -> list[Places]:
    """Return numbers by their label, in its order."""
    if not len(numbers):
        return []
    order = np.argsort(label, kind="stable")
    return np.split(numbers[order], np.flatnonzero(np.diff(label[order])) + 1)
