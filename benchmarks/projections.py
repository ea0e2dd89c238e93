"""The record of the projections: every method on real monthly series, from every month.

`python -m benchmarks.projections [--data FOLDER] [--write]`: rolling origins on London boroughs
and New South Wales, whose early parts gave the settings and are not scored; seven minutes on two
cores. With --write the table goes to `data/methods/projection_record.csv`, which the app shows, and
into `docs/methods.md`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rich.console import Console

from benchmarks._backtest import back_test
from benchmarks._methods import METHODS, POOLS, Fitted, Pooled, fit_all
from benchmarks._record import BARE, SEASONAL, STRAIGHT, record_table
from benchmarks._simulated import fit_ets, fit_state_space
from dashboard.metrics.periods import parse_month
from dashboard.metrics.projection.drift import CHOSEN
from dashboard.metrics.projection.history import History
from etl.sources.met_boroughs import MAJOR, MINOR
from etl.sources.met_boroughs import read as read_boroughs

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
RECORD = ROOT / "data" / "methods" / "projection_record.csv"
DOCUMENT = ROOT / "docs" / "methods.md"
BEGIN, END = "<!-- projection record: begin -->", "<!-- projection record: end -->"
SEED = 20100401
#: The slow models are fitted to so many series from each of so many origins, drawn at random.
SAMPLED_SERIES, SAMPLED_ORIGINS = 12, 8
QUICK = (BARE, STRAIGHT, SEASONAL, CHOSEN)
EVERY = (*METHODS, *POOLS)
#: Origins that one process takes at a time.
BATCH = 6


@dataclass(frozen=True)
class Panel:
    """Real monthly series, and the first origin that is scored."""

    name: str
    counts: NDArray[np.float64]
    months: pd.PeriodIndex
    first_origin: pd.Period
    methods: tuple[str, ...] = EVERY
    every: int = 1
    """Months from one origin to the next."""

    def origins(self) -> list[pd.Period]:
        """The last months known, from the first that is scored to the last but one."""
        return [each for each in self.months[:-1] if each >= self.first_origin][:: self.every]


def panels(folder: Path) -> list[Panel]:
    """Read the figures that are there.

    Args:
        folder: The shared data.
    """
    found = []
    boroughs = (("London boroughs", "MPS_borough_APR2010-FEB2022.csv", EVERY, 1),
                ("London, earlier download", "sa06840_MPS_Historical.csv", QUICK, 3))  # fmt: skip
    for name, file, methods, every in boroughs:
        path = folder / "met_police_boroughs" / file
        if path.is_file():
            first = parse_month("2015-03")
            found.append(Panel(name, *borough_counts(path), first, methods, every))
    path = folder / "check_series" / "nsw_offences.csv"
    if path.is_file():
        found.append(Panel("New South Wales", *nsw_counts(path), parse_month("2009-12")))
    return found


def borough_counts(
    path: Path, until: pd.Period | None = None
) -> tuple[NDArray[np.float64], pd.PeriodIndex]:
    """Return counts of each borough: every minor and major type, and all crime.

    A major type that is one minor type is taken once.

    Args:
        path: the file of the Metropolitan Police.
        until: last month that is looked at; None for all.
    """
    rows = read_boroughs(path).observations
    scheme = rows["measure_code"].str.split(":").str[0].add(":")
    month = pd.PeriodIndex(rows["period_start"], freq="M")
    rows = rows.assign(month=month, scheme=scheme)[
        ["area_code", "measure_code", "month", "scheme", "value"]
    ]
    rows = rows if until is None else rows[rows["month"] <= until]
    majors = rows[rows["scheme"].eq(MAJOR)]
    totals = majors.groupby(["area_code", "month"], as_index=False)["value"].sum()
    both = [totals.assign(measure_code="all"), majors, rows[rows["scheme"].eq(MINOR)]]
    wide = pd.concat(both).pivot_table(
        index=["area_code", "measure_code"], columns="month", values="value", aggfunc="sum"
    )
    distinct = wide[
        ~wide.reset_index("measure_code", drop=True).reset_index().duplicated().to_numpy()
    ]
    return distinct.to_numpy(dtype=float), pd.PeriodIndex(distinct.columns)


def nsw_counts(
    path: Path, until: pd.Period | None = None
) -> tuple[NDArray[np.float64], pd.PeriodIndex]:
    """Return counts of the offences of New South Wales, to a month or all; see `borough_counts`."""
    rows = pd.read_csv(path)
    months = pd.PeriodIndex(pd.to_datetime(rows["Month"], format="%Y %b"), freq="M")
    rows = rows.assign(month=months)
    rows = rows if until is None else rows[rows["month"] <= until]
    wide = rows.pivot_table(index="Type", columns="month", values="Count")
    return wide.to_numpy(dtype=float), pd.PeriodIndex(wide.columns)


def run(folder: Path = SHARED, console: Console | None = None) -> list[dict[str, object]]:
    """Back-test on every panel that is there; one row a data set, period, method and slice."""
    tables = []
    with ProcessPoolExecutor(max_workers=2) as workers:
        for panel in panels(folder):
            origins = panel.origins()
            starts = range(0, len(origins), BATCH)
            jobs = [(panel, "", origins[at : at + BATCH]) for at in starts]
            tables.append(_table(panel.name, workers.map(_scored, jobs), len(jobs), console))
            if panel.methods == EVERY:
                samples = list(_samples(panel))
                name = f"{panel.name}, sample"
                tables.append(_table(name, workers.map(_scored, samples), len(samples), console))
    if not tables:
        return [{"data": "the shared data are not here"}]
    return pd.concat(tables, ignore_index=True).to_dict("records")


def _samples(panel: Panel) -> Iterator[tuple[Panel, str, list[pd.Period]]]:
    """Draw series and origins for the models that are too slow for all."""
    chance = np.random.default_rng(SEED)
    origins = panel.origins()
    busy = np.flatnonzero(np.nansum(panel.counts, axis=1) >= len(panel.months))
    for at in sorted(chance.choice(len(origins) - 1, SAMPLED_ORIGINS, replace=False).tolist()):
        rows = chance.choice(busy, SAMPLED_SERIES, replace=False)
        counts = panel.counts[rows]
        yield Panel(panel.name, counts, panel.months, panel.first_origin), "slow", [origins[at]]


def _scored(job: tuple[Panel, str, list[pd.Period]]) -> pd.DataFrame:
    panel, kind, origins = job
    fits = fit_slow if kind else partial(fit_all, names=panel.methods)
    rows = back_test(panel.counts, panel.months, list(origins), fits)
    if rows.empty:
        return rows
    return rows.assign(series=rows["series"].astype(str) + str(origins[0])) if kind else rows


def fit_slow(history: History) -> dict[str, Fitted]:
    """Fit every method, ETS and the state-space model too, and pools with them."""
    fitted = fit_all(history, EVERY)
    ets, structural = fit_ets(history), fit_state_space(history)
    return {
        **fitted,
        "ETS(A,Ad,A) of logarithms": ets,
        "state space of logarithms": structural,
        "pool with both": Pooled((fitted[CHOSEN], ets, structural)),
    }


def _table(
    name: str, results: Iterator[pd.DataFrame], count: int, console: Console | None
) -> pd.DataFrame:
    parts = []
    for done, rows in enumerate(results, start=1):
        parts.append(rows)
        if console:
            console.print(f"{name}: {done} of {count} batches of origins")
    return record_table(pd.concat(parts, ignore_index=True), name)


def document_table(record: pd.DataFrame) -> str:
    """Return the table of `docs/methods.md`, in Markdown."""
    lines = [
        "| figures | window | method | projections | held by 80% | held by 95% | CRPS | better "
        "than straight (bare / Poisson) | than seasonal |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in record.to_dict("records"):
        period = "" if row["period"] == "ordinary" else f", {row['period']}"
        held = [f"{row[f'mass_{n}']:.1f}% ({row[f'held_{n}']:.1f}%)" for n in (80, 95)]
        skills = [f"{row[f'skill_{name}']:.0f}%" for name in ("bare", "straight", "seasonal")]
        cells = [
            f"{row['data']}{period}", row["slice"], row["method"], f"{row['projections']:,}",
            *held, f"{row['crps']:.1f}%", " / ".join(skills[:2]), skills[2],
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def shown_in_document(record: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the record that the document shows: all methods overall, one in parts."""
    is_ordinary, is_sample = record["period"].eq("ordinary"), record["data"].str.contains("sample")
    overall = record["slice"].eq("all") & (is_ordinary | ~is_sample)
    return record[overall | (record["method"].eq(CHOSEN) & is_ordinary & ~is_sample)]


def write(record: pd.DataFrame) -> None:
    """Write the record beside the app's data and into the document, between its markers."""
    RECORD.parent.mkdir(exist_ok=True)
    kept = record.round(2)  # of both, so that a half is not rounded two ways
    kept.to_csv(RECORD, index=False, lineterminator="\n")
    text = DOCUMENT.read_text(encoding="utf-8")
    if BEGIN in text:
        before, rest = text.split(BEGIN)
        table = document_table(shown_in_document(kept))
        after = rest.split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Run, print, and with --write keep the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the shared data")
    parser.add_argument("--write", action="store_true", help="keep the record and the table")
    chosen = parser.parse_args()
    console = Console()
    start = time.perf_counter()
    record = pd.DataFrame(run(chosen.data, console))
    console.print(record.round(1).to_string(index=False))
    console.print(f"{time.perf_counter() - start:.0f} seconds")
    if chosen.write:
        write(record)


if __name__ == "__main__":
    main()
