"""Small areas that share a larger one, and whether their totals can stay when all kinds go.

A block is what the small areas of one larger area have in one period: a table of areas by kinds.
With every kind hidden it is free but for its margins: the total of each small area (T), the count
of each kind in the larger area (D), and that area's total (N). A count can then be anything from
T + D - N to the lesser of T and D, see `docs/methods/disclosure.md`, "Many small areas".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.disclosure.table import (
    AREAS,
    KINDS,
    PART,
    PERIODS,
    TOTAL,
    Hiding,
    Marks,
    Places,
    Table,
    components,
)

#: Where more small counts of small areas than this hang together, all their kinds go.
MANY = 100
_NONE = -1
#: Kinds of kinds, and areas of areas, are not deeper than this.
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Blocks:
    """Small areas whose many small counts hang together, and what is above each of their cells.

    Attributes:
        table: Counts and lines.
        axis: What the line of each entry adds up.
        total: The total of each line.
        inside: The cells of those areas.
        root: Of each such cell the largest kind of the same area and period: itself, where it is.
        above: The same kind in the next area that is no small one; -1 where there is none.
        block: What cells of one block share.
        label: What cells that hang together share.
        kind: The indicator of each cell; -1 of those nobody publishes.
        is_torn: Cells with several largest kinds.
    """

    table: Table
    axis: Places
    total: Places
    inside: Marks
    root: Places
    above: Places
    block: Places
    label: Places
    kind: Places
    is_torn: Marks

    @classmethod
    def of(cls, table: Table) -> Blocks | None:
        """Find them; none where there are few small counts, or areas and kinds lie across."""
        setting = table.setting
        if setting is None or not len(table.line):
            return None
        number = len(table.value)
        fine, kind = np.zeros(number, dtype="bool"), np.full(number, _NONE)
        fine[: len(setting.fine)], kind[: len(setting.kind)] = setting.fine, setting.kind
        if np.count_nonzero(fine & table.small_now) <= MANY:
            return None
        axis, total = setting.axis[table.line], np.zeros(table.lines, dtype="intp")
        total[table.line[table.sign == TOTAL]] = table.cell[table.sign == TOTAL]
        label = components(table)
        many = np.bincount(label[fine & table.small_now], minlength=int(label.max()) + 1) > MANY
        inside = fine & many[label]
        part = (table.sign == PART) & inside[table.cell]
        kinds, areas = part & (axis == KINDS), part & (axis == AREAS)
        is_root = inside.copy()
        is_root[table.cell[kinds]] = False
        root, other = _climbed(is_root, table.cell[kinds], total[table.line[kinds]])
        above, beside = _climbed(~inside, table.cell[areas], total[table.line[areas]])
        # Those that lie in two areas, or have sums that are not there for the areas above; and
        # those beside small areas that are shown as they are, which the proof knows nothing of.
        across = inside & ((above != beside) | _sums_apart(table, axis, total, above))
        across |= inside & ~table.may_be_hidden
        inside &= ~np.isin(label, label[across])
        if not inside.any():
            return None
        block = np.where(above[root] == _NONE, root, above[root])
        return cls(table, axis, total, inside, root, above, block, label, kind, root != other)

    def blank(self, without_total: Marks) -> Marks:
        """Return the cells that go: all kinds, and the totals of some blocks."""
        is_root = self.root == np.arange(len(self.root))
        has_kinds = np.zeros(len(self.root), dtype="bool")
        has_kinds[self.root[self.inside & ~is_root]] = True
        return self.inside & (~is_root | (has_kinds & without_total[self.block]))

    def without_total(self) -> Marks:
        """Return the blocks, by their number, in which the totals of the areas must go too."""
        torn = np.isin(self.label, self.label[self.inside & self.is_torn])
        bad = self.inside & (torn | self._has_rest() | self._lies_across())
        marks = np.zeros(len(self.root), dtype="bool")
        marks[self.block[bad]] = True
        cells = np.flatnonzero(self.blank(marks) & self.table.small_now)
        marks[self.block[cells[self._is_narrow(cells)]]] = True
        marks[self._incomplete()] = True
        return self.spread(marks)

    def spread(self, marks: Marks) -> Marks:
        """Return blocks with all that hang together with them by quarters and years."""
        period = (self.axis == PERIODS) & self.inside[self.table.cell]
        tied = np.isin(self.label, self.label[self.table.cell[period]])
        own = self.inside & tied & np.isin(self.label, self.label[self.inside & marks[self.block]])
        found = marks.copy()
        found[self.block[own]] = True
        return found

    def given_away(self, hiding: Hiding, blank: Marks) -> Marks:
        """Return the blocks whose margins hang together: their total is hidden, or T with D."""
        table = self.table
        hidden = hiding.hidden & ~blank
        label = components(table, hidden[table.cell])
        cells = np.flatnonzero(blank & (self.root != np.arange(len(self.root))) & table.small_now)
        root, above = self.root[cells], self.above[cells]
        tied = hidden[root] & (above != _NONE) & hidden[above] & (label[root] == label[above])
        whole = self.above[root]
        bad = tied | ((whole != _NONE) & hidden[whole])
        marks = np.zeros(len(self.root), dtype="bool")
        marks[self.block[cells[bad]]] = True
        return marks

    def _limits(self, cells: Places) -> tuple[np.ndarray, np.ndarray]:
        """Return T + D - N and the lesser of T and D."""
        value, root, above = self.table.value, self.root[cells], self.above[cells]
        free = above == _NONE
        in_whole = np.where(free, np.inf, value[above])
        least = np.where(free, 0.0, value[root] + value[above] - value[self.above[root]])
        return np.maximum(least, 0.0), np.minimum(value[root], in_whole)

    def _is_narrow(self, cells: Places) -> Marks:
        """Return which small counts the margins narrow down; small margins are hidden later."""
        table, root = self.table, self.root[cells]
        least, _ = self._limits(cells)
        apart = (self.above[cells] == _NONE) != (self.above[root] == _NONE)
        top = table.threshold[cells] - 1
        small_total = (table.value[root] < top) & ~(
            table.small_now[root] & (table.threshold[root] >= top + 1)
        )
        return apart | small_total | (least > 1) | self._is_narrow_in_periods(cells)

    def _is_narrow_in_periods(self, cells: Places) -> Marks:
        """Return which are sums of periods that together have too little room."""
        table = self.table
        entry = np.flatnonzero(
            (self.axis == PERIODS) & (table.sign == PART) & self.inside[table.cell]
        )
        least, most = self._limits(table.cell[entry])
        line = table.line[entry]
        has_parts = np.bincount(line, minlength=table.lines) > 0
        short = np.bincount(line, least, table.lines) > 1
        short |= np.bincount(line, most, table.lines) < table.threshold[self.total] - 1
        return np.isin(cells, self.total[has_parts & short])

    def _has_rest(self) -> Marks:
        """Return the cells of lines, other than of periods, that have a part nobody publishes."""
        table = self.table
        rest = np.zeros(table.lines, dtype="bool")
        rest[table.line[table.latent[table.cell]]] = True
        # One kind alone is never all of its total: that line says no more than the others.
        size = np.bincount(table.line, minlength=table.lines)
        alone = (self.axis == KINDS) & (size[table.line] == 3)  # noqa: PLR2004 (total, kind, rest)
        return self._marked(rest[table.line] & ~alone & (self.axis != PERIODS))

    def _lies_across(self) -> Marks:
        """Return the cells that stand in several lines of kinds on one side, or kinds alone."""
        table = self.table
        size = np.bincount(table.line, minlength=table.lines)[table.line]
        kinds = (self.axis == KINDS) & self.inside[table.cell]
        found = np.zeros(len(table.value), dtype="bool")
        for sign in (PART, TOTAL):
            chosen = kinds & (table.sign == sign) & ((size > 3) | ~self._ends_in_rest())  # noqa: PLR2004
            found |= np.bincount(table.cell[chosen], minlength=len(table.value)) > 1
        return found

    def _ends_in_rest(self) -> Marks:
        rest = np.zeros(self.table.lines, dtype="bool")
        rest[self.table.line[self.table.latent[self.table.cell]]] = True
        return rest[self.table.line]

    def _incomplete(self) -> Places:
        """Return the blocks in which some area lacks some kind, or there is only one kind."""
        table = self.table
        is_total = (table.sign == TOTAL) & (self.axis != PERIODS) & self.inside[table.cell]
        within = self.inside.copy()
        within[table.cell[is_total]] = False
        within &= self.root != np.arange(len(self.root))
        cells = np.flatnonzero(within)
        size = int(self.kind.max()) + 2
        pairs = np.unique(self.block[cells].astype("int64") * size + self.kind[cells])
        number = len(self.root)
        kinds = np.bincount(pairs // size, minlength=number)
        areas = np.bincount(self.block[np.unique(self.root[cells])], minlength=number)
        counts = np.bincount(self.block[cells], minlength=number)
        return np.flatnonzero((counts > 0) & ((counts != kinds * areas) | (kinds == 1)))

    def _marked(self, entries: Marks) -> Marks:
        marks = np.zeros(len(self.root), dtype="bool")
        marks[self.table.cell[entries]] = True
        return marks & self.inside


def _climbed(ends: Marks, parts: Places, totals: Places) -> tuple[Places, Places]:
    """Return the first and the last of the ends to which each cell leads; -1 where to none."""
    number = len(ends)
    own = np.arange(number)
    first, last = np.where(ends, own, number), np.where(ends, own, _NONE)
    for _ in range(_DEPTH):
        before = first.copy(), last.copy()
        np.minimum.at(first, parts, first[totals])
        np.maximum.at(last, parts, last[totals])
        if (before[0] == first).all() and (before[1] == last).all():
            break
    return np.where(first == number, _NONE, first), last


def _sums_apart(table: Table, axis: Places, total: Places, above: Places) -> Marks:
    """Return the cells that are sums of kinds or periods, while what is above them is not."""
    found = np.zeros(len(table.value), dtype="bool")
    for each in (KINDS, PERIODS):
        is_sum = np.zeros(len(table.value), dtype="bool")
        is_sum[table.cell[(axis == each) & (table.sign == TOTAL)]] = True
        found |= is_sum & (above != _NONE) & ~is_sum[above]
    return found
