"""Which figures add up to which: by kinds of crime, by areas, by months.

Only sums that hold in the figures themselves are lines, since only those give anything away. Where
the parts that are published fall short of a total, the rest is a cell of its own (`latent`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.disclosure.kinds import same_counts
from etl.disclosure.table import PART, TOTAL, Table
from etl.periods import MONTHS_IN

#: One line's entries: which line, which cell, whether part or total.
ENTRY = ["line", "cell", "sign"]
#: Kinds of period that other kinds add up to, and those kinds.
_FINER = {
    "quarter": ["month"],
    "year": ["month", "quarter"],
    "rolling_year": ["month", "quarter", "year"],
}
#: Sums of counts in double precision are exact; published rates of them are not added.
_EXACT = 1e-6

Entries = pd.DataFrame


def table_of(cells: pd.DataFrame, area_parts: pd.DataFrame, numerators: pd.DataFrame) -> Table:
    """Return all cells with every line that they stand in.

    Args:
        cells: One row a published figure: indicator_id, part_of, aggregation, area_code,
            period_kind, month (12 * year + month of its first), numerator, threshold, is_small.
        area_parts: parent_code, division (kind and vintage), area_code: areas that make up one.
        numerators: indicator_id, alternative, measure_code of the catalogue.
    """
    cells = cells.reset_index(drop=True)
    found = [
        *_of_periods(cells),
        _of_areas(cells, area_parts),
        *_of_kinds(cells, numerators),
    ]
    found = [each for each in found if len(each)]
    entries = _numbered(found)
    values = cells["numerator"].to_numpy("float64")
    entries, rest = _with_rest(entries, values)
    none = np.zeros(len(rest))
    return Table(
        value=np.concatenate([values, rest]),
        threshold=np.concatenate([cells["threshold"].to_numpy("float64"), none]),
        small=np.concatenate([cells["is_small"].to_numpy("bool"), none.astype("bool")]),
        latent=np.concatenate([np.zeros(len(cells), dtype="bool"), ~none.astype("bool")]),
        line=entries["line"].to_numpy("intp"),
        cell=entries["cell"].to_numpy("intp"),
        sign=entries["sign"].to_numpy("int64"),
    )


def _of_periods(cells: pd.DataFrame) -> list[Entries]:
    """Return the quarters and years of a series whose months or quarters are all there."""
    sums = cells[cells["aggregation"].eq("sum")]
    keyed = sums[["indicator_id", "area_code", "period_kind", "month"]].assign(cell=sums.index)
    found = []
    for coarse, finer in _FINER.items():
        totals = keyed[keyed["period_kind"].eq(coarse)]
        for fine in finer:
            parts = keyed[keyed["period_kind"].eq(fine)].drop(columns="period_kind")
            times = MONTHS_IN[coarse] // MONTHS_IN[fine]
            steps = [_step(totals, parts, step * MONTHS_IN[fine]) for step in range(times)]
            pairs = pd.concat(steps, ignore_index=True)
            whole = pairs.groupby("total")["part"].transform("size").eq(times)
            found.append(_entries(pairs[whole]))
    return found


def _step(totals: pd.DataFrame, parts: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return the parts that begin so many months after their total."""
    moved = totals.assign(month=totals["month"] + months).rename(columns={"cell": "total"})
    keys = ["indicator_id", "area_code", "month"]
    return moved.merge(parts.rename(columns={"cell": "part"}), on=keys)[["total", "part"]]


def _of_areas(cells: pd.DataFrame, area_parts: pd.DataFrame) -> Entries:
    """Return the areas beside the areas that they lie in."""
    keyed = cells[["indicator_id", "area_code", "period_kind", "month"]].assign(cell=cells.index)
    totals = keyed.rename(columns={"area_code": "parent_code", "cell": "total"})
    parts = keyed.rename(columns={"cell": "part"}).merge(area_parts, on="area_code")
    keys = ["indicator_id", "parent_code", "period_kind", "month"]
    pairs = totals.merge(parts, on=keys)
    return _entries(pairs, "division")


def _of_kinds(cells: pd.DataFrame, numerators: pd.DataFrame) -> list[Entries]:
    """Return the kinds of crime beside the total that they are kinds of."""
    keys = ["area_code", "period_kind", "month"]
    wide = cells.assign(cell=cells.index).pivot(index=keys, columns="indicator_id", values="cell")
    values = cells["numerator"].to_numpy("float64")
    part_of = dict(zip(cells["indicator_id"], cells["part_of"], strict=True))
    found = []
    for total, parts in same_counts(wide, values, part_of, numerators):
        there = wide[[total, *parts]].dropna(subset=[total])
        pairs = there.melt(id_vars=total, value_vars=parts, value_name="part").dropna()
        pairs = pairs.rename(columns={total: "total"})[["total", "part"]].astype("int64")
        found.append(_entries(pairs))
    return found


def _entries(pairs: pd.DataFrame, *also: str) -> Entries:
    """Return pairs of a part and its total as lines, one a total (and what else sets them apart).

    The total comes first in its line.
    """
    if pairs.empty:
        return pd.DataFrame(columns=ENTRY)
    line = pairs.groupby(["total", *also], sort=False).ngroup().to_numpy()
    parts = pd.DataFrame({"line": line, "cell": pairs["part"].to_numpy(), "sign": PART})
    totals = pd.DataFrame({"line": line, "cell": pairs["total"].to_numpy(), "sign": TOTAL})
    return pd.concat([totals.drop_duplicates("line"), parts], ignore_index=True)


def _numbered(found: list[Entries]) -> Entries:
    """Return all entries with lines numbered through."""
    start = 0
    numbered = [pd.DataFrame(columns=ENTRY).astype("int64")]
    for each in found:
        numbered.append(each.assign(line=each["line"] + start).astype("int64"))
        start += int(each["line"].max()) + 1
    return pd.concat(numbered, ignore_index=True)


def _with_rest(entries: Entries, values: np.ndarray) -> tuple[Entries, np.ndarray]:
    """Return the lines that hold, each with a cell for what its parts leave of the total.

    Parts that are more than their total overlap, or come from another release: no line.
    """
    if entries.empty:
        return entries, np.empty(0)
    line = entries["line"].to_numpy()
    signed = entries["sign"].to_numpy() * values[entries["cell"].to_numpy()]
    rest = -np.bincount(line, signed)
    short = np.flatnonzero(rest > _EXACT)
    extra = pd.DataFrame({"line": short, "cell": len(values) + np.arange(len(short)), "sign": PART})
    kept = np.flatnonzero(rest >= -_EXACT)
    together = pd.concat([entries, extra], ignore_index=True)
    together = together[np.isin(together["line"], kept)]
    return together.assign(line=np.searchsorted(kept, together["line"])), rest[short]
