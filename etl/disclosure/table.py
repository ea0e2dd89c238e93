"""Counts, the sums that tie them together, and what a reader knows of one that is hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Marks = NDArray[np.bool_]

PART, TOTAL = 1, -1
#: Stands for "without limit" in sums of room; no count of crimes in a country comes near.
WITHOUT_LIMIT = 1e9
#: More hidden cells that hang together are not checked, which would take minutes: `protect` then
#: hides all counts under a rule that hang together with them.
LARGEST = 500


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
    """

    value: Numbers
    threshold: Numbers
    small: Marks
    latent: Marks
    line: Places
    cell: Places
    sign: NDArray[np.int_]

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
