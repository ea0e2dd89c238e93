"""Counts, the sums that tie them together, and what a reader knows of one that is hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Marks = NDArray[np.bool_]

PART, TOTAL = 1, -1
PERIODS, AREAS, KINDS = 0, 1, 2
#: Stands for "without limit" in sums of room; no count of crimes in a country comes near.
WITHOUT_LIMIT = 1e9
#: More hidden cells that hang together are not checked, which would take minutes: `protect` then
#: hides all counts under a rule that hang together with them.
LARGEST = 500


@dataclass(frozen=True, slots=True)
class Setting:
    """What the cells are of, as numbers that stand for names; cells that nobody publishes are last.

    Attributes:
        kind: The indicator of each published cell.
        area: The area.
        when: The period.
        fine: Whether the area is a ward or smaller.
        axis: What each line adds up: `PERIODS`, `AREAS` or `KINDS`.
    """

    kind: Places
    area: Places
    when: Places
    fine: Marks
    axis: Places


@dataclass(frozen=True, slots=True)
class Table:
    """Counts and the lines that they stand in; a line's parts less its total give 0.

    Attributes:
        value: The count of each cell.
        threshold: Counts of the cell from 1 up to below this are not shown; 0 for no such rule.
        small: Which cells are under their threshold, now or in an earlier vintage.
        latent: Which cells nobody publishes: the rest of a total whose parts are not all there.
        line: The line of each entry, from 0.
        cell: The cell of each entry.
        sign: `PART` or `TOTAL` of each entry.
        setting: What cells and lines are of, where that is known.
        is_open: Cells that are shown as they are, whatever they give away; None for none.
    """

    value: Numbers
    threshold: Numbers
    small: Marks
    latent: Marks
    line: Places
    cell: Places
    sign: NDArray[np.int_]
    setting: Setting | None = None
    is_open: Marks | None = None

    @property
    def may_be_hidden(self) -> Marks:
        """Cells that can go for the sake of a small count."""
        return np.ones(len(self.value), dtype="bool") if self.is_open is None else ~self.is_open

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return int(self.line.max()) + 1 if len(self.line) else 0

    @property
    def small_now(self) -> Marks:
        """Cells whose count as shown now is from 1 up to below the threshold."""
        return self.small & (self.value > 0) & (self.value < self.threshold)


@dataclass(frozen=True, slots=True)
class Hiding:
    """What is hidden of a table, and under which words.

    Attributes:
        hidden: Cells without a figure; those nobody publishes among them.
        vague: Hidden small counts that are only said to be suppressed, not to be under the
            threshold, since both together would tell.
    """

    hidden: Marks
    vague: Marks

    def named(self, table: Table) -> Marks:
        """Return the cells that are said to be under the threshold."""
        return self.hidden & table.small_now & ~self.vague

    def bounds(self, table: Table) -> tuple[Numbers, Numbers]:
        """Return the least and most that each hidden count can be for a reader who knows the rules.

        A cell said to be under its threshold t is 1 to t - 1. A zero is shown, so that another
        cell with a threshold is known to be t or more, unless small ones may be called so too.
        """
        named = self.named(table)
        may_be_small = self.vague | table.latent | (table.threshold <= 0)
        may_be_small |= table.value < table.threshold
        least = np.where(may_be_small, 0.0, table.threshold)
        least = np.where(named, 1.0, least)
        return least, np.where(named, table.threshold - 1, WITHOUT_LIMIT)

    def needs(self, table: Table) -> tuple[Numbers, Numbers]:
        """Return how far each hidden count must be able to fall and to rise, for all one knows.

        A small count must look as if it were any number from 1 up to below its threshold; what
        is hidden for its sake must be as uncertain, or another sum would give it away.
        """
        small = table.small_now
        wide = max(float(table.threshold.max(initial=0.0)) - 2, 0.0)
        least, _ = self.bounds(table)
        fall = np.where(small, table.value - 1, np.minimum(wide, table.value - least))
        rise = np.where(small, table.threshold - 1 - table.value, wide)
        counts = self.hidden & ~table.latent
        return np.where(counts, fall, 0.0), np.where(counts, rise, 0.0)


class Lines:
    """Finds the entries of some lines of a table, and the lines of a cell, without a search."""

    def __init__(self, table: Table) -> None:
        self._cell = table.cell
        self._line = table.line
        self._by_line = np.argsort(table.line, kind="stable")
        self._line_from = np.concatenate([[0], np.cumsum(np.bincount(table.line))]).astype("intp")
        self._by_cell = np.argsort(table.cell, kind="stable")
        count = np.bincount(table.cell, minlength=len(table.value))
        self._cell_from = np.concatenate([[0], np.cumsum(count)]).astype("intp")

    def entries(self, lines: Places) -> Places:
        """Return the entries of some lines, line after line."""
        first, size = self._line_from[lines], self._line_from[lines + 1] - self._line_from[lines]
        within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        return self._by_line[np.repeat(first, size) + within]

    def cells(self, lines: Places) -> Places:
        """Return the cells of some lines, each once."""
        return np.unique(self._cell[self.entries(lines)])

    def of(self, cell: int) -> Places:
        """Return the lines that a cell stands in."""
        return self._line[self._by_cell[self._cell_from[cell] : self._cell_from[cell + 1]]]


def components(table: Table, kept: Marks | None = None) -> Places:
    """Return for each cell a number that all cells which hang together with it by lines share.

    Args:
        table: Counts and lines.
        kept: Entries that count; all where it is left out.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 (only when there is something to hide)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    cells, lines = table.cell, table.line
    if kept is not None:
        cells, lines = cells[kept], lines[kept]
    number = len(table.value)
    size = number + table.lines
    graph = coo_array((np.ones(len(cells)), (cells, number + lines)), shape=(size, size))
    return connected_components(graph, directed=False)[1][:number].astype("intp")


def restricted(table: Table, cells: Places, lines: Marks) -> Table:
    """Return some cells of a table with some of its lines, all of whose cells must be among them.

    Args:
        table: Counts and lines.
        cells: The cells, in order.
        lines: Which lines.
    """
    place = np.full(len(table.value), -1, dtype="intp")
    place[cells] = np.arange(len(cells))
    entry = np.flatnonzero(lines[table.line])
    return Table(
        value=table.value[cells],
        threshold=table.threshold[cells],
        small=table.small[cells],
        latent=table.latent[cells],
        line=(np.cumsum(lines) - 1)[table.line[entry]],
        cell=place[table.cell[entry]],
        sign=table.sign[entry],
        is_open=None if table.is_open is None else table.is_open[cells],
    )
