"""How often a test at 5% calls a change in pairs of adjacent periods without known change.

Boroughs of London from April 2015 to February 2020 and police forces from March 2013 to December
2018: later than what the constants of `usual_dispersion.py` are fitted on, both as
`benchmarks/_adjacent_years.py` chooses them. Each pair is tested as the product tests a change,
with what the other areas did as the later period's exposure. Beside it the factor as it was until
2026: the larger of that of months and of three-month totals, from the series' own steps alone, and
1 with fewer than twelve of them. And what is usual alone, as for a series with no history.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._adjacent_years import KEYS, Panel, histories, panels
from dashboard.metrics.chance import exact_conditional_test
from dashboard.metrics.dispersion import dispersion_at, history_of_totals
from dashboard.metrics.periods import MONTHS_A_QUARTER
from dashboard.metrics.significance import SIGNIFICANCE_LEVEL

FACTORS = ("factor before", "factor now", "usual factor")
THIRDS = ("smallest third", "middle third", "largest third")
"""Of the pairs of each kind, by their events."""
LENGTHS = {12: "year", 3: "quarter", 1: "month"}
RECORDED_ANEW = {
    "all_crime", "miscellaneous_crimes_against_society", "public_order_offences",
    "sexual_offences", "stalking_and_harassment", "violence_against_the_person",
    "violence_with_injury", "violence_without_injury",
}  # fmt: skip
"""Kinds that forces came to record more fully, each in years of its own, after HM Inspectorate of
Constabulary's "Crime-recording: making the victim count" (November 2014), and all crime with them:
a change that is known, though nobody has dated it force by force."""


def run() -> list[dict[str, object]]:
    """Test every held-out pair; one row a third, a kind and all, one column a source and period.

    "11.8 to 3.4 (2.7) of 5,290": percent called with the factor as it was and as it is, and by what
    is usual alone, of so many pairs.
    """
    known = panels()
    if not known:
        return [{"pairs": "needs ../shared, which is not beside this checkout"}]
    columns = {
        f"{panel.source} by {LENGTHS[panel.months]}": shares_called(called(panel))
        for panel in known
    }
    names = dict.fromkeys(name for column in columns.values() for name in column)
    return [
        {"pairs": name, **{of: column.get(name, "") for of, column in columns.items()}}
        for name in names
    ]


def shares_called(pairs: pd.DataFrame) -> dict[str, str]:
    """Return the shares called of all pairs, of thirds by size, and of each kind of crime."""
    place = pairs.groupby("indicator_id")["size"].rank(pct=True)
    third = np.minimum((3 * place).astype(int), 2)
    is_anew = pairs["indicator_id"].isin(RECORDED_ANEW)
    slices = {"all": pairs, "not recorded anew": pairs[~is_anew], "recorded anew": pairs[is_anew]}
    slices |= {name: pairs[third == number] for number, name in enumerate(THIRDS)}
    slices |= {str(kind): own for kind, own in pairs.groupby("indicator_id")}
    return {name: _in_words(own) for name, own in slices.items()}


def _in_words(pairs: pd.DataFrame) -> str:
    before, now, usual = (f"{100 * pairs[name].mean():.1f}" for name in FACTORS)
    return f"{before} to {now} ({usual}) of {len(pairs):,}"


def called(panel: Panel) -> pd.DataFrame:
    """Return the held-out pairs of a panel: KEYS, size, and whether each of `FACTORS` calls it."""
    pairs = panel.held_out()
    size, kinds = (pairs["before"] + pairs["after"]) / 2, pairs["indicator_id"]
    factors = (
        _as_it_was(panel, pairs),
        dispersion_at(size, kinds, histories(pairs, panel.history_at)),
        dispersion_at(size, kinds),
    )
    calls = {name: _is_called(pairs, each) for name, each in zip(FACTORS, factors, strict=True)}
    return pairs[KEYS].assign(size=size, **calls)


def _as_it_was(panel: Panel, pairs: pd.DataFrame) -> NDArray:
    def of(length: int) -> NDArray:
        found = histories(pairs, lambda end: history_of_totals(panel.known_at(end), length))
        return np.where(found.is_own, found.estimate, 1.0)

    if panel.is_monthly:
        longer = of(MONTHS_A_QUARTER) if panel.months >= MONTHS_A_QUARTER else 1.0
        return np.maximum(np.maximum(of(1), longer), 1.0)
    found = histories(pairs, panel.history_at)
    return np.maximum(np.where(found.is_own, found.estimate, 1.0), 1.0)


def _is_called(pairs: pd.DataFrame, factor: NDArray) -> NDArray:
    both = (pairs["before"], pairs["after"])
    p = exact_conditional_test(*both, exposure_after=pairs["common"], dispersion=factor)
    return p < SIGNIFICANCE_LEVEL
