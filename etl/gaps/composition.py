"""Months in which a whole force's crime types were miscoded: the total as usual, its shares not.

A force whose every figure is wrong at once has no rest to be held against: each of its series is
like the others. What gives it away is what its crime is made of, which changes little from one
month to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.gaps.expected import NEIGHBOURS, Grid, Numbers, Places, nearest, row_median

#: Schemes whose measures share out what a force counted, and their measures that are totals.
SCHEMES = {"street": {"street:all"}, "mps": set[str]()}
#: The share of a month's crime that stands in other types than is usual, from which it is held.
#: Half of 679 real force-months differ by 0.04 or less, the most by 0.12.
DISTANCE = 0.25
#: Where fewer than `OTHERS` forces can be set beside it, a real change of what is counted looks
#: like a part of a miscoding: New South Wales' breaches of health orders in August 2021 made 0.31.
DISTANCE_ALONE = 0.35
OTHERS = 3
#: What swells and what vanishes are each this share of the usual total. A type that only vanishes
#: is itself missing, and one that only swells may have: in neither is the total as usual.
MOVED = 0.125
#: Smaller counts of a type are not told in the reason, which stands beside other types and areas.
LEAST_TOLD = 5
#: Months on each side that are the year around a month.
MONTHS_AROUND = 12
#: Months of the year around that must be there to say what is usual.
LEAST_MONTHS = 3

KEYS = ["source_id", "family", "force_code", "period_start"]
COLUMNS = [*KEYS, "distance", "reason"]


@dataclass(frozen=True, slots=True)
class _Month:
    """Force-months: places in arrays of forces, months and types."""

    rows: Places
    columns: Places


def family_of(measure: str) -> str:
    """Return the family of a measure: "mps" of "mps:…" and "mps_major:…"."""
    return measure.partition(":")[0].partition("_")[0]


def types_of(measures: Iterable[str]) -> list[str]:
    """Return the measures that are crime types, no two of which count the same crime."""
    return [
        each
        for each in measures
        if (scheme := each.partition(":")[0]) in SCHEMES and each not in SCHEMES[scheme]
    ]


def miscoded_months(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the force-months whose crime types are not what the force's year is made of.

    Args:
        counts: As `etl.gaps.suspected_gaps` takes them.

    Returns:
        `COLUMNS`, one row a force and month: distance is the share of the month's crime that
        stands in other types than is usual, 0 to 1; reason says so, with the two types farthest
        off.
    """
    is_type = counts["measure_code"].isin(types_of(counts["measure_code"].unique()))
    rows = counts[is_type & counts["period_kind"].eq("month") & counts["force_code"].ne("")]
    found = [pd.DataFrame(columns=COLUMNS)]
    for (source, _), part in rows.groupby(["source_id", "panel"], sort=True):
        family = family_of(part["measure_code"].iloc[0])
        found.append(_of_panel(part).assign(source_id=source, family=family))
    together = pd.concat(found, ignore_index=True).sort_values("distance", ascending=False)
    together = together.drop_duplicates(KEYS)[COLUMNS].reset_index(drop=True)
    text = dict.fromkeys(COLUMNS, "str")
    return together.astype(text | {"period_start": "datetime64[s]", "distance": "float64"})


def distances(panel: pd.DataFrame) -> pd.DataFrame:
    """Return how far each force-month of one panel is from what is usual of its force.

    The distance of a month is the total variation between its shares of types and the usual ones,
    1/2 * sum |share - usual share|, less what chance would make of it, and the least of it from
    four sides: the median month of the year before and after; the same, changed as the median
    other force is; the three months before; the three after. So a change that other forces share,
    or one that lasts, is none.

    Args:
        panel: Counts of crime types by force and month.

    Returns:
        One row a force-month with three months around it: force_code; period_start; distance;
        alone, whether fewer than `OTHERS` forces stand beside it; gained and lost, what swelled
        and what vanished as shares of the usual total; total; swollen and shrunk, the types
        farthest off, each with the month's count and the usual one (`…_count`, `…_usual`).
    """
    forces, types, first, values = _arrays(panel)
    total = values.sum(axis=2)
    there = total > 0
    shares = np.where(there[:, :, None], values / np.where(there, total, 1)[:, :, None], np.nan)
    at = _Month(*np.nonzero(there))
    usual, months = _usual_around(shares, at)
    at = _Month(at.rows[months], at.columns[months])
    usual, here, size = usual[months], shares[at.rows, at.columns], total[at.rows, at.columns]
    far = _variation(here, usual)
    beside, alone = _beside(here, usual, at)
    for other in (beside, *_sides(there, shares, at)):
        far = np.fmin(far, _variation(here, other))
    chance = np.sqrt(usual * (1 - usual) / (2 * np.pi * size[:, None])).sum(axis=1)
    typical = _usual_total(total, at)[:, None]
    change = (values[at.rows, at.columns] - usual * typical) / typical
    off = here - usual
    found = pd.DataFrame({"force_code": forces[at.rows], "distance": far - chance, "alone": alone})
    found["period_start"] = (first + at.columns).astype("datetime64[M]").astype("datetime64[s]")
    found["gained"] = np.clip(change, 0, None).sum(axis=1)
    found["lost"] = np.clip(-change, 0, None).sum(axis=1)
    found["total"] = size
    for name, which in (("swollen", off.argmax(axis=1)), ("shrunk", off.argmin(axis=1))):
        line = np.arange(len(which))
        found[name] = types[which]
        found[f"{name}_count"] = here[line, which] * size
        found[f"{name}_usual"] = usual[line, which] * size
    return found


def _of_panel(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the miscoded months of one panel: force_code, period_start, distance, reason."""
    months = distances(panel)
    least = np.where(months["alone"], DISTANCE_ALONE, DISTANCE)
    is_moved = months[["gained", "lost"]].min(axis=1).ge(MOVED)
    held = months[months["distance"].ge(least) & is_moved]
    reasons = [_reason(row) for row in held.to_dict("records")]
    return held[["force_code", "period_start", "distance"]].assign(reason=reasons)


def _arrays(panel: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, int, Numbers]:
    """Return forces, types, the first month, and counts by force, month and type.

    A type that a force did not name in a month is none: the types are all there is. Corrections of
    earlier months, below zero, are taken as none too.
    """
    month = panel["period_start"].to_numpy().astype("datetime64[M]").astype("int64")
    force, forces = pd.factorize(panel["force_code"], sort=True)
    kind, types = pd.factorize(panel["measure_code"], sort=True)
    first = int(month.min())
    values = np.zeros((len(forces), int(month.max()) - first + 1, len(types)))
    np.add.at(values, (force, month - first, kind), panel["value"].fillna(0).clip(lower=0))
    return np.asarray(forces), np.asarray(types), first, values


def _usual_around(shares: Numbers, at: _Month) -> tuple[Numbers, np.ndarray]:
    """Return the median shares of the year before and after, and where enough months say so."""
    picked = _picked(shares, at, _year_around(shares.shape[1], at))
    months = (~np.isnan(picked).all(axis=2)).sum(axis=1)
    return _median(picked), months >= LEAST_MONTHS


def _usual_total(total: Numbers, at: _Month) -> Numbers:
    """Return the median total of the year before and after."""
    known = np.where(total > 0, total, np.nan)[:, :, None]
    return row_median(_picked(known, at, _year_around(total.shape[1], at))[:, :, 0])


def _year_around(width: int, at: _Month) -> Places:
    """Return the columns of the year before and after each month; -1 where there is none."""
    steps = np.array([step for step in range(-MONTHS_AROUND, MONTHS_AROUND + 1) if step])
    columns = at.columns[:, None] + steps
    return np.where((columns >= 0) & (columns < width), columns, -1)


def _sides(there: np.ndarray, shares: Numbers, at: _Month) -> list[Numbers]:
    """Return the median shares of the three months before and of the three after, if they are."""
    grid = Grid(there.astype("float64"), MONTHS_AROUND, there)
    columns = nearest(grid, at.rows, at.columns, MONTHS_AROUND)
    sides = columns[:, :NEIGHBOURS], columns[:, NEIGHBOURS:]
    # A median of NaN alone, where a side lacks a month, is NaN.
    whole = [np.where((side >= 0).all(axis=1, keepdims=True), side, -1) for side in sides]
    return [_median(_picked(shares, at, side)) for side in whole]


def _beside(here: Numbers, usual: Numbers, at: _Month) -> tuple[Numbers, np.ndarray]:
    """Return the usual shares, changed as in the median other force; and where there are too few.

    Only what is far from usual is looked at: the rest is not held whatever the others do.
    """
    expected = np.full(here.shape, np.nan)
    number = np.bincount(at.columns, minlength=1)[at.columns] - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(usual > 0, here / usual, np.nan)
    for each in np.flatnonzero((_variation(here, usual) >= DISTANCE) & (number >= OTHERS)):
        others = (at.columns == at.columns[each]) & (at.rows != at.rows[each])
        change = np.nan_to_num(row_median(ratio[others].T), nan=1.0)
        expected[each] = _as_shares(usual[each] * change)
    return expected, number < OTHERS


def _picked(shares: Numbers, at: _Month, columns: Places) -> Numbers:
    """Return shares of other months of the same forces; NaN where a column is -1."""
    found = shares[at.rows[:, None], np.maximum(columns, 0)]
    return np.where((columns >= 0)[:, :, None], found, np.nan)


def _median(picked: Numbers) -> Numbers:
    """Return the median share of each type over the columns, made to add up to one."""
    months, columns, types = picked.shape
    flat = picked.transpose(0, 2, 1).reshape(months * types, columns)
    return _as_shares(row_median(flat).reshape(months, types))


def _as_shares(values: Numbers) -> Numbers:
    total = values.sum(axis=-1, keepdims=True)
    return np.divide(values, total, out=np.full(values.shape, np.nan), where=total > 0)


def _variation(here: Numbers, usual: Numbers) -> Numbers:
    """Return the total variation distance between shares, 0 to 1; NaN where one is not known."""
    return np.abs(here - usual).sum(axis=1) / 2


def _reason(month: dict[str, object]) -> str:
    """Return in words why a month is held."""
    parts = [
        f"{_name(month[name])} {_count(month[f'{name}_count'])} where about "
        f"{_count(month[f'{name}_usual'])} is usual"
        for name in ("swollen", "shrunk")
    ]
    return (
        f"crime types of the whole force look miscoded: {month['distance']:.0%} of its crime "
        f"stands in other types than in its other months ({'; '.join(parts)})"
    )


def _count(value: object) -> str:
    count = round(float(str(value)))
    return f"fewer than {LEAST_TOLD}" if 0 < count < LEAST_TOLD else f"{count:,}"


def _name(measure: object) -> str:
    return str(measure).partition(":")[2].replace("_", " ")
