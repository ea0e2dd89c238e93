"""Which parts make up a change, adding up exactly, in offences, in points, and in rates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.rates import RESIDENTS_PER_RATE
from dashboard.metrics.rounding import DIGITS_KEPT, round_half_up

REMAINDER = "remainder"
POINT_PLACES = 1
"""Percentage points are shown to one decimal place."""
_AMOUNTS = ["previous", "current"]


class RateEffects(NamedTuple):
    """What the count and what the population did to a rate; the two add up to its change."""

    count: NDArray
    population: NDArray


def contributions(
    parts: pd.DataFrame, wholes: pd.DataFrame, by: Sequence[str] = ()
) -> pd.DataFrame:
    """What each part adds to the change of its whole, in number and in percentage points.

    points = 100 * (current - previous of the part) / previous of the whole, so that the points of
    all rows of a whole add up to its percent change. Whatever the parts leave of the whole, and
    the parts that have no figure, is one more row, the remainder: the numbers always add up, and
    there is a remainder row wherever its previous or current is not 0 or a part is missing.

    Args:
        parts: the columns of ``by``, part (a name), previous, current; parts that do not overlap.
        wholes: the columns of ``by``, previous, current; one row a whole.
        by: what tells several wholes apart, such as ("area_code",); empty for one whole.

    Returns:
        The columns of ``by``, part, previous, current, change, points, share (percent of the
        change of the whole; NaN when it did not change), is_remainder; in the order of the wholes,
        then by change (the largest fall first), remainder last. A part with a missing figure keeps
        its row, without change. A whole with a missing figure has parts without points, and no
        remainder. Points are NaN where the whole was 0 before.

    Raises:
        ValueError: two rows for one whole, or two parts of one name in a whole.
    """
    keys = list(by)
    known, whole = _with_key(parts, keys), _with_key(wholes, keys)
    if whole["_whole"].duplicated().any():
        raise ValueError("two rows for one whole")
    if known.duplicated(["_whole", "part"]).any():
        raise ValueError("two parts of one name in a whole")
    place = pd.Series(np.arange(len(whole)), index=pd.Index(whole["_whole"]), dtype="int64")
    known = known.assign(_place=known["_whole"].map(place)).dropna(subset=["_place"])
    known["_place"] = known["_place"].astype("int64")
    rows = pd.concat(
        [
            known[["_place", "part", *_AMOUNTS]].assign(is_remainder=False),
            _remainders(known, whole),
        ],
        ignore_index=True,
    )
    at = rows["_place"].to_numpy(dtype=int)
    before, after = (whole[name].to_numpy(dtype=float)[at] for name in _AMOUNTS)
    change = rows["current"].to_numpy(dtype=float) - rows["previous"].to_numpy(dtype=float)
    found = rows.assign(
        change=change, points=_percent_of(change, before), share=_percent_of(change, after - before)
    )
    ordered = found.sort_values(["_place", "is_remainder", "change", "part"], ignore_index=True)
    named = whole[keys].iloc[ordered["_place"].to_numpy(dtype=int)].reset_index(drop=True)
    columns = ["part", *_AMOUNTS, "change", "points", "share", "is_remainder"]
    return pd.concat([named, ordered[columns]], axis=1)


def rate_effects(
    previous_count: ArrayLike,
    current_count: ArrayLike,
    previous_people: ArrayLike,
    current_people: ArrayLike,
    per: float = RESIDENTS_PER_RATE,
) -> RateEffects:
    """Split the change of a rate into what the count did and what the population did.

    count      = per * (c1 - c0) * (1/p0 + 1/p1) / 2
    population = per * (c0 + c1) / 2 * (1/p1 - 1/p0)

    The two add up to per * (c1/p1 - c0/p0), neither is favoured by the order in which the two
    change (Kitagawa 1955; Das Gupta 1993), and the effects of parts add up to those of the whole.

    Args:
        previous_count: events before, any shape.
        current_count: events now, same shape.
        previous_people: residents or households before; zero, negative or missing gives NaN.
        current_people: the same now.
        per: the rate is per this many.

    Raises:
        ValueError: ``per`` is not above zero.
    """
    if per <= 0:
        raise ValueError(f"a rate is per a number above zero, not {per}")
    before, now = np.asarray(previous_count, float), np.asarray(current_count, float)
    one_before, one_now = _one_over(previous_people), _one_over(current_people)
    count = per * (now - before) * (one_before + one_now) / 2
    population = per * (before + now) / 2 * (one_now - one_before)
    return RateEffects(count, population)


def rounded_to_add_up(values: ArrayLike, places: int = POINT_PLACES) -> NDArray:
    """Round numbers so that what is shown adds up to the rounded sum.

    Each is rounded down, and the steps that the sum still lacks go to those with the largest
    remainders, the first of equals first (Hamilton's method of the largest remainder; Balinski and
    Young 1982). No number moves by a whole step of the last place or more.

    Args:
        values: one whole's parts, one dimension; missing ones stay missing and add nothing.
        places: decimal places.
    """
    numbers = np.asarray(values, dtype=float)
    rounded = numbers.copy()
    known = np.flatnonzero(~np.isnan(numbers))
    scale = 10.0**places
    steps = numbers[known] * scale
    # Binary residue does not turn 2.9999999999 into 2 and a remainder of 1.
    steps = np.round(steps, DIGITS_KEPT)
    whole = np.floor(steps)
    lacking = int(round_half_up(float(steps.sum())) - whole.sum())
    largest = np.argsort(-(steps - whole), kind="stable")[: max(lacking, 0)]
    whole[largest] += 1
    rounded[known] = whole / scale
    return rounded


def nearest_wholes(part_of: Mapping[str, str], present: Collection[str]) -> dict[str, str]:
    """What each thing counted is a part of, among those that are there.

    Where its own whole has no figures, it is a part of the next larger one that has, so that the
    same tree serves figures of different detail.

    Args:
        part_of: id to the id of its whole, "" at the top; never in a circle.
        present: the ids that have figures.

    Returns:
        The whole of each id present; "" for what is part of nothing present.
    """
    found = {}
    for name in present:
        whole = part_of.get(name, "")
        seen = {name}
        while whole and whole not in present and whole not in seen:
            seen.add(whole)
            whole = part_of.get(whole, "")
        found[name] = whole if whole in present and whole not in seen else ""
    return found


def _with_key(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    if not keys:
        return frame.assign(_whole=0)
    if len(keys) == 1:
        return frame.assign(_whole=frame[keys[0]])
    return frame.assign(_whole=pd.MultiIndex.from_frame(frame[keys]).to_flat_index())


def _remainders(parts: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return the remainder of every whole that has parts, where there is one."""
    places = np.arange(len(whole))
    is_whole = parts[_AMOUNTS].notna().all(axis=1)
    counted = parts[is_whole].groupby("_place")[_AMOUNTS].sum().reindex(places, fill_value=0.0)
    rest = {
        name: whole[name].to_numpy(dtype=float) - counted[name].to_numpy(dtype=float)
        for name in _AMOUNTS
    }
    lacks = np.isin(places, parts.loc[~is_whole, "_place"].to_numpy())
    some = (rest["previous"] != 0) | (rest["current"] != 0) | lacks
    has_parts = np.isin(places, parts["_place"].to_numpy())
    known = ~np.isnan(rest["previous"]) & ~np.isnan(rest["current"])
    found = pd.DataFrame({"_place": places, "part": REMAINDER, **rest, "is_remainder": True})
    return found[some & has_parts & known]


def _percent_of(number: NDArray, base: NDArray) -> NDArray:
    return PER_CENT * number / np.where(base == 0, np.nan, base)


def _one_over(people: ArrayLike) -> NDArray:
    some = np.asarray(people, dtype=float)
    return 1.0 / np.where(some > 0, some, np.nan)
