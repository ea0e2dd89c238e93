"""Which figures add up to which: by kinds of crime, by areas, by months.

Only sums that hold in the figures themselves are lines, since only those give anything away. Where
the parts that are published fall short of a total, the rest is a cell of its own (`latent`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.disclosure.kinds import same_counts
from etl.disclosure.table import AREAS, KINDS, PART, PERIODS, TOTAL, Setting, Table
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


def table_of(
    cells: pd.DataFrame,
    area_parts: pd.DataFrame,
    numerators: pd.DataFrame,
    part_of: dict[str, str],
) -> Table:
    """Return all cells with every line that they stand in.

    Args:
        cells: One row a published figure: indicator_id, aggregation, area_code, period_kind,
            month (12 * year + month of its first), numerator, threshold, is_small,
            is_small_area, is_open.
        area_parts: parent_code, division (kind and vintage), area_code: areas that make up one.
        numerators: indicator_id, alternative, measure_code of the catalogue.
        part_of: The total that each indicator of the catalogue is part of, or "".
    """
    cells = cells.reset_index(drop=True)
    coded, areas, kinds = _coded(cells)
    values = cells["numerator"].to_numpy("float64")
    axes = (
        (PERIODS, _of_periods(coded, cells["aggregation"].eq("sum").to_numpy())),
        (AREAS, [_of_areas(coded, _codes_of(area_parts, areas))]),
        (KINDS, _of_kinds(coded, values, list(kinds), numerators, part_of)),
    )
    found = [(axis, each) for axis, many in axes for each in many if len(each)]
    entries = _numbered([each for _, each in found])
    axis = np.repeat(
        np.array([axis for axis, _ in found], dtype="intp"),
        [int(each["line"].max()) + 1 for _, each in found],
    )
    entries, rest, kept = _with_rest(entries, values)
    none = np.zeros(len(rest))
    return Table(
        value=np.concatenate([values, rest]),
        threshold=np.concatenate([cells["threshold"].to_numpy("float64"), none]),
        small=np.concatenate([cells["is_small"].to_numpy("bool"), none.astype("bool")]),
        latent=np.concatenate([np.zeros(len(cells), dtype="bool"), ~none.astype("bool")]),
        line=entries["line"].to_numpy("intp"),
        cell=entries["cell"].to_numpy("intp"),
        sign=entries["sign"].to_numpy("int64"),
        setting=Setting(
            kind=coded["kind"].to_numpy("intp"),
            area=coded["area"].to_numpy("intp"),
            when=coded["when"].to_numpy("intp"),
            fine=cells["is_small_area"].to_numpy("bool"),
            axis=axis[kept],
        ),
        is_open=np.concatenate([cells["is_open"].to_numpy("bool"), none.astype("bool")]),
    )


def _coded(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.Index, pd.Index]:
    """Return the cells with numbers for names, and the names of areas and kinds."""
    area, areas = pd.factorize(cells["area_code"])
    kind, kinds = pd.factorize(cells["indicator_id"])
    period = pd.Categorical(cells["period_kind"], categories=list(MONTHS_IN)).codes
    month = cells["month"].to_numpy("int64")
    when = np.unique(month * len(MONTHS_IN) + period, return_inverse=True)[1]
    return (
        pd.DataFrame({"kind": kind, "area": area, "when": when, "period": period, "month": month}),
        pd.Index(areas),
        pd.Index(kinds),
    )


def _codes_of(area_parts: pd.DataFrame, areas: pd.Index) -> pd.DataFrame:
    """Return which area lies in which, those with figures, by their numbers."""
    found = pd.DataFrame(
        {
            "parent": areas.get_indexer(area_parts["parent_code"]),
            "division": pd.factorize(area_parts["division"])[0],
            "area": areas.get_indexer(area_parts["area_code"]),
        }
    )
    return found[found["parent"].ge(0) & found["area"].ge(0)]


def _of_periods(coded: pd.DataFrame, is_sum: np.ndarray) -> list[Entries]:
    """Return the quarters and years of a series whose months or quarters are all there."""
    keyed = coded[["kind", "area", "period", "month"]].assign(cell=coded.index)[is_sum]
    number = {kind: at for at, kind in enumerate(MONTHS_IN)}
    present = set(keyed["period"].unique())
    found = []
    for coarse, finer in _FINER.items():
        for fine in finer:
            if not {number[coarse], number[fine]} <= present:
                continue
            totals = keyed[keyed["period"].eq(number[coarse])].drop(columns="period")
            parts = keyed[keyed["period"].eq(number[fine])].drop(columns="period")
            times = MONTHS_IN[coarse] // MONTHS_IN[fine]
            steps = [_step(totals, parts, step * MONTHS_IN[fine]) for step in range(times)]
            pairs = pd.concat(steps, ignore_index=True)
            whole = pairs.groupby("total")["part"].transform("size").eq(times)
            found.append(_entries(pairs[whole]))
    return found


def _step(totals: pd.DataFrame, parts: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return the parts that begin so many months after their total."""
    moved = totals.assign(month=totals["month"] + months, total=totals["cell"])
    keys = ["kind", "area", "month"]
    found = moved[[*keys, "total"]].merge(parts, on=keys)
    return pd.DataFrame({"total": found["total"], "part": found["cell"]})


def _of_areas(coded: pd.DataFrame, parts: pd.DataFrame) -> Entries:
    """Return the areas beside the areas that they lie in."""
    if parts.empty:
        return pd.DataFrame(columns=ENTRY)
    keys = ["kind", "parent", "when"]
    of_parent = coded["area"].isin(parts["parent"].unique()).to_numpy()
    totals = pd.DataFrame(
        {"kind": coded["kind"], "parent": coded["area"], "when": coded["when"]}
    ).assign(total=coded.index)[of_parent]
    within = coded[["kind", "area", "when"]].assign(part=coded.index).merge(parts, on="area")
    pairs = within[[*keys, "division", "part"]].merge(totals, on=keys)
    return _entries(pairs[["total", "division", "part"]], "division")


def _of_kinds(
    coded: pd.DataFrame,
    values: np.ndarray,
    kinds: list[str],
    numerators: pd.DataFrame,
    part_of: dict[str, str],
) -> list[Entries]:
    """Return the kinds of crime beside the total that they are kinds of."""
    key = coded["area"].to_numpy("int64") * (int(coded["when"].max()) + 1)
    rows, row = np.unique(key + coded["when"].to_numpy("int64"), return_inverse=True)
    places = np.full((len(rows), len(kinds)), -1, dtype="int64")
    places[row, coded["kind"].to_numpy()] = coded.index
    found = []
    for at, total, parts in same_counts(places, kinds, values, part_of, numerators):
        totals = places[at, total]
        inside = places[at][:, parts]
        there = (inside >= 0) & (totals >= 0)[:, None]
        which = np.broadcast_to(totals[:, None], inside.shape)[there]
        found.append(_entries(pd.DataFrame({"total": which, "part": inside[there]})))
    return found


def _entries(pairs: pd.DataFrame, *also: str) -> Entries:
    """Return pairs of a part and its total as lines, one a total (and what else sets them apart).

    The total comes first in its line.
    """
    if pairs.empty:
        return pd.DataFrame(columns=ENTRY)
    total = pairs["total"].to_numpy("int64")
    line = pd.factorize(total)[0]
    for column in also:
        code, others = pd.factorize(pairs[column])
        line = pd.factorize(line * len(others) + code)[0]
    # Lines are numbered as they appear, so that these are in order.
    first = np.unique(line, return_index=True)[1]
    return pd.DataFrame(
        {
            "line": np.concatenate([line[first], line]),
            "cell": np.concatenate([total[first], pairs["part"].to_numpy("int64")]),
            "sign": np.repeat([TOTAL, PART], [len(first), len(line)]),
        }
    )


def _numbered(found: list[Entries]) -> Entries:
    """Return all entries with lines numbered through."""
    start = 0
    numbered = [pd.DataFrame(columns=ENTRY).astype("int64")]
    for each in found:
        numbered.append(each.assign(line=each["line"] + start).astype("int64"))
        start += int(each["line"].max()) + 1
    return pd.concat(numbered, ignore_index=True)


def _with_rest(entries: Entries, values: np.ndarray) -> tuple[Entries, np.ndarray, np.ndarray]:
    """Return the lines that hold, each with a cell for what its parts leave of the total.

    Then the counts of those cells, and what the lines that hold were numbered before.

    Parts that are more than their total overlap, or come from another release: no line.
    """
    if entries.empty:
        return entries, np.empty(0), np.empty(0, dtype="intp")
    line = entries["line"].to_numpy()
    signed = entries["sign"].to_numpy() * values[entries["cell"].to_numpy()]
    rest = -np.bincount(line, signed)
    short = np.flatnonzero(rest > _EXACT)
    extra = pd.DataFrame({"line": short, "cell": len(values) + np.arange(len(short)), "sign": PART})
    kept = np.flatnonzero(rest >= -_EXACT)
    together = pd.concat([entries, extra], ignore_index=True)
    holds = rest >= -_EXACT
    together = together[holds[together["line"]]]
    return together.assign(line=(np.cumsum(holds) - 1)[together["line"]]), rest[short], kept
