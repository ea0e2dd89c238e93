"""The record of the projections: every method on real monthly series, from one month after another.

`python -m benchmarks.projections [--data FOLDER] [--write]`: rolling origins on London boroughs
and New South Wales, whose early parts gave the settings and are not scored; ten minutes on two
cores. The methods of others that are not installed (`_baselines.py`) are left out, with a word.
With --write the record goes to `data/methods/projection_record.csv`, which the app shows, and the
tables into `docs/methods.md` and `docs/methods/projection.md`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console

from benchmarks._backtest import back_test
from benchmarks._baselines import fit_baselines, missing_libraries
from benchmarks._methods import BEFORE, METHODS, Fitted, fit_all
from benchmarks._panels import MAJOR_TYPES, ROOT, SHARED, Panel, panels
from benchmarks._record import BINS, chance_table, record_table
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import parse_month
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.siblings import CHOSEN
from etl.datadir import DataDir
from etl.exceptional import reference_periods

RECORD = ROOT / "data" / "methods" / "projection_record.csv"
DOCUMENT = ROOT / "docs" / "methods.md"
METHOD = ROOT / "docs" / "methods" / "projection.md"
SEED = 20100401
#: The baselines are fitted to so many series from each of so many origins, drawn at random.
SAMPLED_SERIES, SAMPLED_ORIGINS = 80, 6
EVERY = tuple(METHODS)
#: Origins that one process takes at a time.
BATCH = 6
WORKERS = 2


@dataclass(frozen=True)
class Results:
    """What a run found."""

    record: pd.DataFrame
    """As `record_table`."""
    chances: pd.DataFrame
    """data, and as `chance_table`: of the ordinary windows, of major types where they are told."""


def run(folder: Path = SHARED, console: Console | None = None) -> list[dict[str, object]]:
    """Back-test on every panel that is there; one row a data set, period, method and slice."""
    found = results(folder, console)
    if found is None:
        return [{"data": "the shared data are not here"}]
    return found.record.to_dict("records")


def results(folder: Path = SHARED, console: Console | None = None) -> Results | None:
    """Back-test on every panel that is there; None where none is."""
    tables, chances = [], []
    with ProcessPoolExecutor(max_workers=WORKERS) as workers:
        for panel in panels(folder):
            origins = panel.origins()
            jobs = [(panel, "", origins[at : at + BATCH]) for at in range(0, len(origins), BATCH)]
            rows = _together(panel.name, workers.map(_scored, jobs), len(jobs), console)
            tables.append(record_table(rows, panel.name, panel.apart))
            chances.append(_chances(rows, panel))
            samples = list(_samples(panel))
            name = f"{panel.name}, sample"
            rows = _together(name, workers.map(_scored, samples), len(samples), console)
            tables.append(record_table(rows, name))
    if not tables:
        return None
    return Results(pd.concat(tables, ignore_index=True), pd.concat(chances, ignore_index=True))


def _samples(panel: Panel) -> Iterator[tuple[Panel, str, list[pd.Period]]]:
    """Draw series and origins for the methods that are too slow for all."""
    chance = np.random.default_rng(SEED)
    origins = panel.origins()
    busy = np.flatnonzero(np.nansum(panel.counts, axis=1) >= len(panel.months))
    size = min(SAMPLED_SERIES, len(busy))
    for at in sorted(chance.choice(len(origins) - 1, SAMPLED_ORIGINS, replace=False).tolist()):
        rows = chance.choice(busy, size, replace=False)
        others = None if panel.siblings is None else panel.siblings[rows]
        sample = replace(panel, counts=panel.counts[rows], siblings=others, kinds=None)
        yield sample, "sample", [origins[at]]


def _scored(job: tuple[Panel, str, list[pd.Period]]) -> pd.DataFrame:
    panel, kind, origins = job
    fits = fit_every if kind else partial(fit_all, names=EVERY)
    rows = back_test(
        panel.counts, panel.months, list(origins), fits, panel.siblings, exceptional_periods()
    )
    if rows.empty:
        return rows
    return rows.assign(series=rows["series"].astype(str) + str(origins[0])) if kind else rows


def exceptional_periods() -> list[tuple[int, int]]:
    """Ordinals of the first and last month of the periods of `data/reference`."""
    return [
        (parse_month(each.first_month).ordinal, parse_month(each.last_month).ordinal)
        for each in reference_periods(DataDir(ROOT / "data"))
    ]


def fit_every(history: History) -> dict[str, Fitted]:
    """Fit every method and every baseline whose library is there."""
    return {**fit_all(history, EVERY), **fit_baselines(history)}


def _together(
    name: str, scored: Iterator[pd.DataFrame], count: int, console: Console | None
) -> pd.DataFrame:
    parts = []
    for done, rows in enumerate(scored, start=1):
        parts.append(rows)
        if console:
            console.print(f"{name}: {done} of {count} batches of origins")
    return pd.concat(parts, ignore_index=True)


def _chances(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    rows = rows[~rows["is_apart"] & rows["method"].isin([BEFORE, CHOSEN])]
    major = panel.apart.get(MAJOR_TYPES)
    if major is not None:
        rows = rows[major[rows["series"].to_numpy(dtype=int)]]
    return chance_table(rows).assign(data=panel.name)


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
    """Return the rows that the document shows: all methods overall, what pages use in parts.

    Beside it in parts what they used before.
    """
    is_ordinary, is_sample = record["period"].eq("ordinary"), record["data"].str.contains("sample")
    overall = record["slice"].eq("all") & (is_ordinary | ~is_sample)
    in_parts = record["method"].isin([BEFORE, CHOSEN]) & is_ordinary & ~is_sample
    return record[overall | in_parts]


def chances_in_document(chances: pd.DataFrame) -> str:
    """Return the chances of targets and what came, in Markdown: a row a bin."""
    pairs = [(data, method) for data in chances["data"].unique() for method in (BEFORE, CHOSEN)]
    names = [f"{data}, {'now' if method == CHOSEN else 'before'}" for data, method in pairs]
    lines = [f"| said | {' | '.join(names)} |", "|---|" + "---:|" * len(pairs)]
    for low, rows in chances.groupby("said"):
        by_pair = rows.set_index(["data", "method"])
        cells = [
            f"{row['chance']:.1f} / {row['met']:.1f} ({row['targets']:,.0f})"
            for row in (by_pair.loc[pair] for pair in pairs)
        ]
        lines.append(f"| {low:.0f} to {low + PER_CENT // BINS:.0f}% | {' | '.join(cells)} |")
    return "\n".join(lines)


def write(record: pd.DataFrame, chances: pd.DataFrame) -> None:
    """Write the record beside the app's data and the tables into the documents' markers."""
    RECORD.parent.mkdir(exist_ok=True)
    kept = record.round(2)  # of both, so that a half is not rounded two ways
    kept.to_csv(RECORD, index=False, lineterminator="\n")
    _put(DOCUMENT, "projection record", document_table(shown_in_document(kept)))
    _put(METHOD, "chances", chances_in_document(chances))


def _put(document: Path, name: str, table: str) -> None:
    """Put a table between the markers of a document."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = document.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    document.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


def main() -> None:
    """Run, print, and with --write keep the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the shared data")
    parser.add_argument("--write", action="store_true", help="keep the record and the table")
    chosen = parser.parse_args()
    console = Console()
    start = time.perf_counter()
    if without := missing_libraries():
        console.print(f"without {', '.join(without)}, see benchmarks/baselines.txt")
    found = results(chosen.data, console)
    if found is None:
        console.print("the shared data are not here")
        return
    for table in (found.record, found.chances):
        console.print(table.round(1).to_string(index=False))
    console.print(f"{time.perf_counter() - start:.0f} seconds")
    if chosen.write:
        write(found.record, found.chances)


if __name__ == "__main__":
    main()
