"""What to hide besides the small counts, so that no sum gives them away.

Primary suppression hides the counts from 1 up to below the threshold. Secondary suppression goes
through the lines (parts and their total): a line in which a hidden count could not be any number
that its words allow loses one more figure, the smallest that leaves enough room. A linear
programme over everything that is shown then checks what lines together would tell (`audit`).

Source: Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), chapters 4 and
5; Hundepool et al., Statistical Disclosure Control (2012), section 4.4. Ours is the greedy order
of the hypercube method with the exact audit of the optimal one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from etl.disclosure.table import (
    LARGEST,
    TOTAL,
    Hiding,
    Lines,
    Numbers,
    Places,
    Table,
    components,
    restricted,
)

#: A small count of the table, and the lines (of all) that what it depends on stands in.
Narrowed = list[tuple[int, Places]]
#: More than any table needs.
_PASSES = 200
#: After so many checks all that stands in a line with a count that can still be narrowed is hidden,
#: so that a build ends: a large table of many kinds loses somewhat more than it must.
_PATIENCE = 4


def protect(
    table: Table, audit: Callable[[Table, Hiding], Narrowed], start: Hiding | None = None
) -> Hiding:
    """Return what to hide.

    Args:
        table: Counts and lines; every line holds.
        audit: Gives the small counts that all that is shown narrows down, see `audit.narrowed`.
        start: What is hidden to begin with, where that is more than the small counts.
    """
    first = start or Hiding(table.small | table.latent, np.zeros(len(table.value), dtype="bool"))
    whole = _line_by_line(table, first)
    inside, cells, hiding = table, np.arange(len(table.value)), whole
    for checked in range(_PASSES):
        found = audit(inside, hiding)
        if not found:
            break
        inside, cells, hiding, found = _narrower(inside, cells, hiding, found)
        before, lines = hiding, Lines(inside)
        for place, at in found:
            hiding = _hide_more(inside, lines, hiding, place, at, everything=checked >= _PATIENCE)
        if (before.hidden == hiding.hidden).all() and (before.vague == hiding.vague).all():
            break
        hiding = _line_by_line(inside, hiding)
        whole.hidden[cells] = hiding.hidden
        whole.vague[cells] = hiding.vague
    return whole


def _narrower(
    table: Table, cells: Places, hiding: Hiding, found: Narrowed
) -> tuple[Table, Places, Hiding, Narrowed]:
    """Return what hangs together with counts that were found; the rest is done with."""
    label = components(table)
    wanted = np.zeros(len(table.value), dtype="bool")
    wanted[[place for place, _ in found]] = True
    inside = np.isin(label, label[wanted])
    if inside.all():
        return table, cells, hiding, found
    kept = np.flatnonzero(inside)
    of_line = np.zeros(table.lines, dtype="bool")
    of_line[table.line[inside[table.cell]]] = True
    place_now, line_now = np.cumsum(inside) - 1, np.cumsum(of_line) - 1
    return (
        restricted(table, kept, of_line),
        cells[kept],
        Hiding(hiding.hidden[kept], hiding.vague[kept]),
        [(int(place_now[place]), line_now[lines]) for place, lines in found],
    )


def _line_by_line(table: Table, hiding: Hiding) -> Hiding:
    """Hide one more of every line that gives a count away, until none does."""
    for _ in range(_PASSES):
        missing = lacking(table, hiding)
        if not (missing > 0).any():
            break
        chosen = _cheapest_of_lines(table, hiding, missing)
        if len(chosen):
            hidden = hiding.hidden.copy()
            hidden[chosen] = True
            hiding = Hiding(hidden, hiding.vague)
            continue
        # Nothing is left to hide in these lines: their words are what gives the counts away. Of
        # lines without a small count none would be called so otherwise: those the audit mends.
        small = hiding.hidden & table.small_now
        holds_small = np.bincount(table.line, small[table.cell], table.lines) > 0
        vague = hiding.vague.copy()
        vague[table.cell[((missing > 0) & holds_small)[table.line]]] = True
        if (vague == hiding.vague).all():
            break
        hiding = Hiding(hiding.hidden, vague)
    return hiding


def lacking(table: Table, hiding: Hiding) -> Numbers:
    """Return for each line by how much its hidden counts have too little room; 0 where none.

    A part can rise as far as the other hidden parts can fall and the total, if hidden, can rise.
    """
    least, most = hiding.bounds(table)
    fall, rise = hiding.needs(table)
    of = table.cell
    is_total = table.sign == TOTAL
    hidden = hiding.hidden[of]
    down = np.where(hidden, table.value[of] - least[of], 0.0)
    up = np.where(hidden, most[of] - table.value[of], 0.0)
    # In the direction that makes the parts' side larger, and smaller.
    larger = np.where(is_total, down, up)
    smaller = np.where(is_total, up, down)
    room_larger = np.bincount(table.line, larger, table.lines)[table.line] - larger
    room_smaller = np.bincount(table.line, smaller, table.lines)[table.line] - smaller
    for_rise = np.where(is_total, room_larger, room_smaller)
    for_fall = np.where(is_total, room_smaller, room_larger)
    small = hidden & table.small_now[of]
    # In a line of its own small count a larger one is there to hide it, not to be hidden.
    is_judged = small | (hidden & (np.bincount(table.line, small, table.lines)[table.line] == 0))
    short = np.maximum(rise[of] - for_rise, fall[of] - for_fall)
    worst = np.zeros(table.lines)
    np.maximum.at(worst, table.line, np.where(is_judged, short, 0.0))
    return worst


def _cheapest_of_lines(table: Table, hiding: Hiding, missing: Numbers) -> Places:
    """Return for each line that lacks room the smallest shown count that gives enough.

    Where no count is large enough the largest is taken, and the line is looked at again.
    """
    of = table.cell
    open_to = (missing[table.line] > 0) & ~hiding.hidden[of] & (table.value[of] > 0)
    open_to &= table.may_be_hidden[of]
    entries = np.flatnonzero(open_to)
    if not len(entries):
        return np.empty(0, dtype="intp")
    cells, lines = of[entries], table.line[entries]
    value = table.value[cells]
    enough = value - table.threshold[cells] >= missing[lines]
    # Those that are enough come first, smallest first; of the others the largest.
    order = np.lexsort((cells, np.where(enough, value, -value), ~enough, lines))
    first = np.unique(lines[order], return_index=True)[1]
    return np.unique(cells[order][first])


def _hide_more(
    table: Table, index: Lines, hiding: Hiding, place: int, lines: Places, *, everything: bool
) -> Hiding:
    """Hide one more of each line of a count, or all; then of lines further off; or say less."""
    hidden = hiding.hidden.copy()
    together = index.cells(lines)
    if np.count_nonzero(hidden[together]) > LARGEST:
        return _hide_all(table, hiding, together)
    for line in index.of(place):
        shown = _shown_of(table, hiding, index.cells(np.array([line])))
        if len(shown):
            hidden[shown if everything else _cheapest(table, shown, place)] = True
    if (hidden == hiding.hidden).all():
        shown = _shown_of(table, hiding, together)
        if len(shown):
            hidden[shown if everything else _cheapest(table, shown, place)] = True
            return Hiding(hidden, hiding.vague)
        vague = hiding.vague.copy()
        vague[together] = True
        return Hiding(hidden, vague)
    return Hiding(hidden, hiding.vague)


def _hide_all(table: Table, hiding: Hiding, together: Places) -> Hiding:
    """Hide all counts under a rule that hang together, zeros too, and say of none that it is small.

    Totals to which no rule applies stay: under one of them each hidden count can be any of the
    total's, as long as there are two.
    """
    hidden, vague = hiding.hidden.copy(), hiding.vague.copy()
    has_rule = table.threshold[together] > 0
    under_rule = together[has_rule]
    if hidden[under_rule].all() and vague[under_rule].all():
        return hiding
    # What went before of the totals above is no longer needed; line by line it is tried again.
    hidden[together[~has_rule]] = table.latent[together[~has_rule]]
    hidden[under_rule] = True
    vague[under_rule] = True
    return Hiding(hidden, vague)


def _cheapest(table: Table, shown: Places, place: int) -> int:
    """Return the smallest of some counts that leaves room enough, or else the largest."""
    value = table.value[shown]
    enough = value - table.threshold[shown] >= table.threshold[place] - 2
    return int(shown[np.lexsort((shown, np.where(enough, value, -value), ~enough))[0]])


def _shown_of(table: Table, hiding: Hiding, cells: Places) -> Places:
    """Return the cells whose count is shown, more than nothing, and need not be shown."""
    is_shown = ~hiding.hidden[cells] & (table.value[cells] > 0)
    return cells[is_shown & table.may_be_hidden[cells]]
