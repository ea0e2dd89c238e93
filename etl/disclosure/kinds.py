"""Which indicators are kinds of another, and which of them make it up without overlap.

An indicator is a kind of another when its file says so (`part_of`, up to the nearest whole that has
figures) or when its measures are some of
the other's. Several classifications may stand side by side under one total, so which kinds add up
to it is read from the figures: those sets whose sum is the total wherever all of them are there.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

#: Of more kinds than this not every set is tried, only all together.
_MOST_KINDS = 14
#: So many rows show whether a set adds up.
_ROWS = 300
#: Sets of kinds of one total that are kept, the largest first.
_MOST_SETS = 4
_EXACT = 1e-6


def same_counts(
    places: np.ndarray,
    names: list[str],
    values: np.ndarray,
    part_of: dict[str, str],
    numerators: pd.DataFrame,
) -> Iterator[tuple[np.ndarray, int, list[int]]]:
    """Yield rows, a total and kinds that make it up there, or a kind that is less than all of it.

    A source that has no figures of a kind's whole may have those of a larger one: what is between
    is left out, row by row.

    Args:
        places: One row an area and period, one column an indicator: the place of the figure in
            `values`, or -1.
        names: The indicator of each column.
        values: The figures.
        part_of: Each indicator's total, as its file says, of the whole catalogue.
        numerators: indicator_id, alternative, measure_code.

    Yields:
        Numbers of rows, the column of the total, the columns of the kinds.
    """
    present = places >= 0
    measures = _measures(names, numerators)
    above = {kind: _wholes_above(kind, part_of) for kind in names}
    wholes = sorted(
        {whole for each in above.values() for whole in each}.union(
            total for total in names if any(_is_within(kind, total, measures) for kind in names)
        )
    )
    column = {name: at for at, name in enumerate(names)}
    marks = present[:, [column[whole] for whole in wholes if whole in column]]
    which = np.unique(np.packbits(marks, axis=1), axis=0, return_inverse=True)[1].ravel()
    order = np.argsort(which, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(which[order])) + 1):
        there = present[rows]
        known = np.where(there, values[places[rows]], np.nan)
        here = [name for name, at in column.items() if there[:, at].any()]
        figures = pd.DataFrame(known, columns=pd.Index(names))
        kinds = _kinds(here, above, measures)
        for total, parts in kinds.items():
            for each in _lines_of(figures, total, parts, kinds):
                yield rows, column[total], [column[kind] for kind in each]


def _lines_of(
    figures: pd.DataFrame, total: str, parts: list[str], kinds: dict[str, list[str]]
) -> Iterator[list[str]]:
    sets = _adding_up(figures[[total, *parts]], total, _direct(parts, kinds))
    yield from sets
    together = {kind for each in sets for kind in each}
    # A kind alone is a line too: it cannot be more than its total.
    yield from ([kind] for kind in parts if kind not in together)


def _measures(names: list[str], numerators: pd.DataFrame) -> dict[str, list[frozenset[str]]]:
    measures: dict[str, list[frozenset[str]]] = {}
    grouped = numerators[numerators["indicator_id"].isin(names)]
    for (indicator, _), part in grouped.groupby(["indicator_id", "alternative"], sort=True):
        measures.setdefault(str(indicator), []).append(frozenset(part["measure_code"]))
    return measures


def _wholes_above(kind: str, part_of: dict[str, str]) -> list[str]:
    """Return what an indicator is part of, the nearest first."""
    above: list[str] = []
    whole = part_of.get(kind, "")
    while whole and whole != kind and whole not in above:
        above.append(whole)
        whole = part_of.get(whole, "")
    return above


def _kinds(
    here: list[str], above: dict[str, list[str]], measures: dict[str, list[frozenset[str]]]
) -> dict[str, list[str]]:
    """Return the kinds of each total, of indicators that have figures."""
    nearest = {kind: next((whole for whole in above[kind] if whole in here), "") for kind in here}
    found = {}
    for total in here:
        parts = [
            kind
            for kind in here
            if kind != total and (nearest[kind] == total or _is_within(kind, total, measures))
        ]
        if parts:
            found[total] = parts
    return found


def _direct(parts: list[str], kinds: dict[str, list[str]]) -> list[str]:
    """Return the kinds that are not kinds of another: those stand in lines of their own."""
    further = {kind for each in parts for kind in kinds.get(each, [])}
    return [kind for kind in parts if kind not in further]


def _is_within(kind: str, total: str, measures: dict[str, list[frozenset[str]]]) -> bool:
    """Return whether some source counts a kind by some of the measures of the total.

    Of two indicators that are counted the same way, the first by name is the total.
    """
    return any(
        small < large or (small == large and total < kind)
        for small in measures.get(kind, [])
        for large in measures.get(total, [])
    )


def _adding_up(figures: pd.DataFrame, total: str, parts: list[str]) -> list[list[str]]:
    """Return the sets of kinds whose sum is the total wherever all of them have figures."""
    parts = [kind for kind in parts if figures[kind].notna().any()]
    there = figures[figures[total].notna()]
    if not parts or there.empty:
        return []
    if len(parts) > _MOST_KINDS:
        rest = there[total] - there[parts].sum(axis=1, min_count=len(parts))
        return [parts] if (rest.dropna().abs() <= _EXACT).all() and rest.notna().any() else []
    # Rows with the most figures say the most.
    order = there[parts].notna().sum(axis=1).sort_values(ascending=False, kind="stable").index
    rows = there.loc[order[:_ROWS]]
    numbers = rows[parts].to_numpy("float64")
    chosen = (np.arange(1, 2 ** len(parts))[:, None] >> np.arange(len(parts))) & 1
    sums = chosen.astype("float64") @ np.nan_to_num(numbers).T
    lacks = chosen @ np.isnan(numbers).T.astype("int64") > 0
    off = np.abs(sums - rows[total].to_numpy("float64")) > _EXACT
    holds = ~(off & ~lacks).any(axis=1) & (~lacks).any(axis=1)
    sets = chosen[holds]
    sets = sets[np.argsort(-sets.sum(axis=1), kind="stable")]
    return [[parts[at] for at in np.flatnonzero(each)] for each in _widest(sets)]


def _widest(sets: np.ndarray) -> list[np.ndarray]:
    """Return sets that are not within one taken before: those differ by what is always zero."""
    taken: list[np.ndarray] = []
    for each in sets:
        if not any((each <= larger).all() for larger in taken):
            taken.append(each)
        if len(taken) == _MOST_SETS:
            break
    return taken
