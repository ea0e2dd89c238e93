"""Which indicators are kinds of another, and which of them make it up without overlap.

An indicator is a kind of another when its file says so (`part_of`) or when its measures are some of
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
    wide: pd.DataFrame, values: np.ndarray, part_of: dict[str, str], numerators: pd.DataFrame
) -> Iterator[tuple[str, list[str]]]:
    """Yield each total with kinds that make it up, or with a kind that is less than all of it.

    Args:
        wide: One row an area and period, one column an indicator: the place of the figure in
            `values`, NaN where there is none.
        values: The figures.
        part_of: Each indicator's total, as its file says.
        numerators: indicator_id, alternative, measure_code.
    """
    places = wide.to_numpy("float64")
    known = np.where(np.isnan(places), np.nan, values[np.nan_to_num(places).astype("intp")])
    figures = pd.DataFrame(known, columns=wide.columns)
    kinds = _kinds(list(wide.columns), part_of, numerators)
    for total, parts in kinds.items():
        sets = _adding_up(figures[[total, *parts]], total, _direct(parts, kinds))
        yield from ((total, each) for each in sets)
        together = {kind for each in sets for kind in each}
        # A kind alone is a line too: it cannot be more than its total.
        yield from ((total, [kind]) for kind in parts if kind not in together)


def _kinds(
    present: list[str], part_of: dict[str, str], numerators: pd.DataFrame
) -> dict[str, list[str]]:
    measures: dict[str, list[frozenset[str]]] = {}
    grouped = numerators[numerators["indicator_id"].isin(present)]
    for (indicator, _), part in grouped.groupby(["indicator_id", "alternative"], sort=True):
        measures.setdefault(str(indicator), []).append(frozenset(part["measure_code"]))
    found = {}
    for total in present:
        parts = [
            kind
            for kind in present
            if kind != total and (part_of.get(kind) == total or _is_within(kind, total, measures))
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
