"""Totals of all crime types, added to what was counted by type."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from etl.sources._street_lines import KEYS

#: Sums are kept for every possible key where there are at most so many keys a group: no hashing.
_DENSE = 16


def with_totals(part: dict[str, np.ndarray], all_types: int) -> dict[str, np.ndarray]:
    """Return groups, and behind them the records of all types of each force, month and area.

    Args:
        part: Position of each group's value by `KEYS`, and its `records`.
        all_types: The position that stands for all crime types.
    """
    sizes = {name: int(part[name].max(initial=0)) + 1 for name in KEYS[:-1]}
    key = np.zeros(len(part["records"]), "int64")
    for name in KEYS[:-1]:
        key = key * sizes[name] + part[name]
    unique, sums = _sums(key, math.prod(sizes.values()), part["records"])
    totals = {"records": sums}
    for name in reversed(KEYS[:-1]):
        unique, totals[name] = np.divmod(unique, sizes[name])
    totals["crime_type"] = np.full(len(sums), all_types)
    return {
        name: np.concatenate([groups, totals[name].astype(groups.dtype)])
        for name, groups in part.items()
    }


def _sums(key: np.ndarray, size: int, records: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each key once, and the sum of its records, of which each group has at least one."""
    if size <= _DENSE * len(key):
        sums = np.bincount(key, weights=records, minlength=size)
        unique = np.flatnonzero(sums)
        return unique, sums[unique]
    group, unique = pd.factorize(key)
    return np.asarray(unique), np.bincount(group, weights=records, minlength=len(unique))
