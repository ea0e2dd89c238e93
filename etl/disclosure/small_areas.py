"""What to hide of many wards at once: their kinds of crime, so that the total of each stays.

In a force's wards more than half of the counts by kind and month are small. To look for the fewest
others to hide, with linear programmes over thousands of cells, would take hours and leave little.
So where many small counts of small areas hang together every kind goes (zeros too) and the total of
each small area stays, with all figures above; `protect` then sees to those that are left. Why no
small count can be worked out: `docs/methods/disclosure.md`, "Many small areas"; each condition of
the proof is checked here, and where one does not hold the total of the area goes too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from etl.disclosure.blocks import Blocks
from etl.disclosure.protect import Narrowed, protect
from etl.disclosure.table import (
    AREAS,
    PART,
    Hiding,
    Marks,
    Numbers,
    Table,
    restricted,
)

Audit = Callable[[Table, Hiding], Narrowed]


def hide(table: Table, audit: Audit) -> Hiding:
    """Return what to hide of a table with or without small areas, see `protect.protect`."""
    blocks = Blocks.of(table)
    if blocks is None:
        return protect(table, audit)
    without_total = blocks.without_total()
    while True:
        blank = blocks.blank(without_total)
        hiding = _around(table, blocks, blank, audit)
        more = blocks.given_away(hiding, blank) & ~without_total
        if not more.any():
            return hiding
        without_total |= blocks.spread(more)


def _around(table: Table, blocks: Blocks, blank: Marks, audit: Audit) -> Hiding:
    """Return what to hide when some small areas' figures are all hidden: those, and more above."""
    rest = np.flatnonzero(~blank)
    touched = np.zeros(table.lines, dtype="bool")
    touched[table.line[blank[table.cell]]] = True
    least = wholes_too_small(table, blocks, blank)
    is_whole = least > 0
    small = table.small | is_whole
    upper = replace(
        restricted(table, rest, ~touched),
        threshold=np.maximum(table.threshold, least)[rest],
        small=small[rest],
    )
    around = protect(upper, audit, Hiding((small | table.latent)[rest], is_whole[rest]))
    hiding = Hiding(blank.copy(), blank.copy())
    hiding.hidden[rest] = around.hidden
    hiding.vague[rest] = around.vague
    return hiding


def wholes_too_small(table: Table, blocks: Blocks, blank: Marks) -> Numbers:
    """Return the threshold of small counts that their whole gives away, at the whole; else 0.

    No part can be more than its whole; and one that is alone in it is the whole.
    """
    part = table.sign == PART
    size = np.bincount(table.line[part], minlength=table.lines)
    judged = part & blank[table.cell] & table.small_now[table.cell] & (blocks.axis == AREAS)
    total = blocks.total[table.line]
    judged &= ~blocks.inside[total]
    judged &= (table.value[total] < table.threshold[table.cell] - 1) | (size[table.line] == 1)
    least = np.zeros(len(table.value))
    np.maximum.at(least, total[judged], table.threshold[table.cell[judged]])
    return least
