"""The early parts of the real series: all that the projection's settings were chosen on."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console

from benchmarks._backtest import LEVELS, back_test, counts_of_siblings
from benchmarks._methods import Fitted, fit
from benchmarks._panels import Panel, borough_series, nsw_counts
from benchmarks._record import BARE, HORIZONS, THIRDS, TWO_YEARS, record_table
from benchmarks.projections import BATCH
from dashboard.metrics.periods import MONTHS_A_YEAR, parse_month
from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import FEWEST_EVENTS, History
from dashboard.metrics.projection.level import Usual
from dashboard.metrics.projection.siblings import CHOSEN, fit_chosen

LONDON, NEW_SOUTH_WALES = "London boroughs", "New South Wales"
HORIZON_NAMES = (*(name for _, name in HORIZONS), TWO_YEARS)
HALF = {(LONDON, TWO_YEARS): 0.5}
"""Its origins are of one year, and boroughs move together."""


class EarlyPart(Panel):
    """Monthly series up to the month from which on the record is scored."""

    def history(self) -> History:
        """What the method would know at the end: ten years at most, of what it would project."""
        enough = self.counts[:, -MONTHS_A_YEAR:].sum(axis=1) >= FEWEST_EVENTS
        others = None if self.siblings is None else self.siblings[enough]
        return History.of(self.counts[enough], self.months, others)


def early_parts(folder: Path) -> list[EarlyPart]:
    """Read the early parts that are there; of a later month no figure is looked at.

    Args:
        folder: The shared data.
    """
    found = []
    path = folder / "met_police_boroughs" / "MPS_borough_APR2010-FEB2022.csv"
    if path.is_file():
        counts, months, kinds = borough_series(path, parse_month("2015-03"))
        others = counts_of_siblings(counts, kinds)
        first = parse_month("2012-03")
        found.append(EarlyPart(LONDON, counts, months, first, kinds=kinds, siblings=others))
    path = folder / "check_series" / "nsw_offences.csv"
    if path.is_file():
        early = nsw_counts(path, parse_month("2009-12"))
        found.append(EarlyPart(NEW_SOUTH_WALES, *early, parse_month("1996-12")))
    return found


def early_record(
    part: EarlyPart, priors: Mapping[str, Usual], console: Console | None = None
) -> pd.DataFrame:
    """Back-test what pages use on an early part, and each series alone with one prior and another.

    Args:
        part: Of one place.
        priors: By name.
        console: Where progress is shown.

    Returns:
        As `record_table`; the method is the prior's name, or what pages use.
    """
    origins = part.origins()
    jobs = [(part, priors, origins[at : at + BATCH]) for at in range(0, len(origins), BATCH)]
    scored = []
    with ProcessPoolExecutor(max_workers=2) as workers:
        for done, rows in enumerate(workers.map(_scored, jobs), start=1):
            scored.append(rows)
            if console:
                console.print(f"{part.name}: {done} of {len(jobs)} batches of origins")
    table = record_table(pd.concat(scored, ignore_index=True), part.name)
    return table[table["method"].isin([*priors, CHOSEN])].reset_index(drop=True)


def distance(record: pd.DataFrame) -> float:
    """How far the shares held are from what they should be, in points; the criterion of the docs.

    The mean over places and thirds of the distances from 80 and 95, each pair added, plus the same
    over places and horizons.

    Args:
        record: Rows of one prior, of every place.
    """
    rows = record.set_index(["data", "slice"])
    off = sum((rows[f"mass_{level:.0%}"[:-1]] - 100 * level).abs() for level in LEVELS)
    weights = pd.Series([HALF.get(each, 1.0) for each in off.index], index=off.index)
    total = 0.0
    for names in (THIRDS, HORIZON_NAMES):
        chosen = off.index.get_level_values("slice").isin(names)
        total += float(np.average(off[chosen], weights=weights[chosen]))
    return total


def _scored(job: tuple[EarlyPart, Mapping[str, Usual], list[pd.Period]]) -> pd.DataFrame:
    part, priors, origins = job
    fits = partial(_fits, priors=priors)
    return back_test(part.counts, part.months, origins, fits, part.siblings)


def _fits(history: History, priors: Mapping[str, Usual]) -> dict[str, Fitted]:
    drifting = {name: fit_drifting_levels(history, usual) for name, usual in priors.items()}
    return {BARE: fit(history, BARE), **drifting, CHOSEN: fit_chosen(history)}
