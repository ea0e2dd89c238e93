"""Rolling origins: what each method would have said every month, and what then came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._draws import Projection
from benchmarks._methods import Fitted
from benchmarks._scores import crps
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import MONTHS_A_YEAR, parse_financial_year
from dashboard.metrics.projection.history import (
    FEWEST_EVENTS,
    FEWEST_MONTHS,
    History,
    exceptional_months,
)

Array = NDArray[np.float64]
Fits = Callable[[History], Mapping[str, Fitted]]

LEVELS = (0.8, 0.95)
YEAR_END, TARGET_DATE = "year end", "target date"
TARGET_MONTHS = (13, 24)
"""Months ahead of the due year of a target two years off: the window that its goal speaks of."""
APART = parse_financial_year("2020/21")
"""The year of the lockdowns: windows with a month of it are told apart."""


GOALS = (-20, -10, -5, 0, 5, 10)
"""Targets that a chance is given of: at most the usual total and so many per cent of it more."""


def back_test(
    counts: Array,
    months: pd.PeriodIndex,
    origins: Sequence[pd.Period],
    fits: Fits,
    siblings: Array | None = None,
    exceptional: Sequence[tuple[int, int]] = (),
) -> pd.DataFrame:
    """Project every series that has enough to go on, from every origin, to both ends.

    Args:
        counts: shape (n, months): NaN where there is no figure.
        months: of the columns, one after another.
        origins: last months known; from each, the rest of its financial year (in March the whole
            next one) and the twelve months that end two years on are projected, where the figures
            say what came.
        fits: the methods by name, fitted to a history.
        siblings: shape (n, months): what those of each one's kind counted; None for no siblings.
        exceptional: ordinals of first and last month of the periods nothing is learnt from.

    Returns:
        One row a series, origin, window and method: series (row of counts), origin (Period),
        window, ahead (months from origin to the window's end), months (of the window), size
        (events of the twelve months to the origin), is_apart, method, outcome, mean, deviation,
        crps, and for each of ``LEVELS`` held_80 (the interval holds the outcome) and mass_80 (the
        same for a distribution of whole numbers cut at exactly 10% and 90%; see
        `interval_mass`); for each of ``GOALS`` its chance (chance_-20) and whether it was met
        (met_-20); no row where nothing came yet.
    """
    parts = []
    for origin in origins:
        at = months.get_loc(origin)
        history = counts[:, : at + 1]
        enough = _has_enough(history)
        if not enough.any() or at + 1 < FEWEST_MONTHS:
            continue
        so_far = pd.PeriodIndex(months[: at + 1])
        beside = None if siblings is None else siblings[enough, : at + 1]
        apart = exceptional_months(so_far, exceptional)
        known = History.of(history[enough], so_far, beside, apart)
        ahead = counts[enough, at + 1 :]
        for rows in _scored(known, ahead, fits(known)):
            parts.append(rows.assign(series=np.flatnonzero(enough)[rows["series"]]))
    if not parts:
        return pd.DataFrame()
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["outcome"].notna()].reset_index(drop=True)


def counts_of_siblings(counts: Array, kinds: NDArray) -> Array:
    """What the other series of each one's kind counted together, shape (n, months)."""
    _, of_kind = np.unique(kinds, return_inverse=True)
    totals = np.zeros((of_kind.max() + 1, counts.shape[1]))
    np.add.at(totals, of_kind, counts)
    return totals[of_kind] - counts


def _scored(known: History, ahead: Array, methods: Mapping[str, Fitted]) -> Iterator[pd.DataFrame]:
    """Yield the rows of one origin: of each window that came, by each method."""
    origin = known.last_month
    for window, (first, last) in _windows(origin).items():
        if last > ahead.shape[1]:
            continue
        outcome = ahead[:, first - 1 : last].sum(axis=1)
        about = {
            "series": np.arange(len(ahead)), "origin": origin, "window": window, "ahead": last,
            "months": last - first + 1, "outcome": outcome,
            "size": known.last_total(MONTHS_A_YEAR), "is_apart": _touches(origin, first, last),
        }  # fmt: skip
        for name, fitted in methods.items():
            projection = fitted.project(first, last)
            usual = about["size"] * about["months"] / MONTHS_A_YEAR
            scored = scores(projection, outcome) | chances(projection, outcome, usual)
            yield pd.DataFrame({**about, "method": name, **scored})


def scores(projection: Projection, outcome: Array) -> dict[str, Array]:
    """Mean, deviation, CRPS and whether the intervals held, of projections and what came."""
    at_most = projection.probability_at_most(outcome)
    below = projection.probability_at_most(outcome - 1)
    found = {
        "mean": projection.mean,
        "deviation": np.sqrt(projection.remainder_variance),
        "crps": crps(projection, outcome),
    }
    for level in LEVELS:
        low, high = (1 - level) / 2, (1 + level) / 2
        found[f"held_{level:.0%}"[:-1]] = ((at_most >= low) & (below < high)).astype(float)
        found[f"mass_{level:.0%}"[:-1]] = interval_mass(below, at_most, low, high)
    return found


def chances(projection: Projection, outcome: Array, usual: Array) -> dict[str, Array]:
    """The chance of each of ``GOALS``, and whether it was met."""
    found = {}
    for percent in GOALS:
        goal = usual * (1 + percent / PER_CENT)
        found[f"chance_{percent}"] = projection.probability_at_most(goal)
        found[f"met_{percent}"] = (outcome <= goal).astype(float)
    return found


def interval_mass(below: Array, at_most: Array, low: float, high: float) -> Array:
    """Share of an outcome's probability that lies between two cumulative probabilities.

    Counts are whole, so that an interval of them holds more than it says, the more the fewer they
    are; the share of [P(< x), P(<= x)] within [low, high] is free of that, and its mean over many
    outcomes is high - low for right projections (Czado, Gneiting and Held 2009).
    """
    width = at_most - below
    inside = np.minimum(at_most, high) - np.maximum(below, low)
    with np.errstate(over="ignore"):  # of a width next to nothing, which the clip sees to
        share = np.divide(inside, width, out=np.zeros_like(width), where=width > 0)
    # An outcome without probability, such as one between two draws, is inside or it is not.
    at_point = ((at_most >= low) & (at_most <= high)).astype(float)
    return np.where(width > 0, np.clip(share, 0, 1), at_point)


def _has_enough(history: Array) -> NDArray[np.bool_]:
    recent = history[:, -FEWEST_MONTHS:]
    events = recent[:, -MONTHS_A_YEAR:].sum(axis=1)
    return ~np.isnan(recent).any(axis=1) & (events >= FEWEST_EVENTS)


def _windows(origin: pd.Period) -> dict[str, tuple[int, int]]:
    march = (3 - origin.month) % MONTHS_A_YEAR or MONTHS_A_YEAR
    return {YEAR_END: (1, march), TARGET_DATE: TARGET_MONTHS}


def _touches(origin: pd.Period, first: int, last: int) -> bool:
    begins, ends = origin.ordinal + first, origin.ordinal + last
    return begins <= APART.last_month.ordinal and ends >= APART.first_month.ordinal
