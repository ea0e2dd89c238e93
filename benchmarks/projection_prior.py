"""Where the projection's prior comes from: its constants fitted again, on the early parts alone.

`python -m benchmarks.projection_prior [--data FOLDER]`: a few minutes on two cores. It reads New
South Wales to December 2009 and London boroughs to March 2015, and no figure of the period that
the record is of.

The criterion (empirical Bayes, type II maximum likelihood). A series' drift and lumpiness are not
known; their logarithms are normal about curves of its mean monthly count n, `a (n + c)^b` and
`a n^b`, with one standard deviation. The six constants fitted are those under which the months of
all series are most probable, drift and lumpiness integrated out on a grid of 20 by 20: the sum over
the two places of the mean over series of the logarithm of that probability. So each place has equal
weight, however many series it has. Of each place what the method would know at the end of its early
part: ten years at most, of the series that would be projected, each month's season made from the
other years.

The constants of an area's share in what its siblings count are fitted likewise, to London.

The resampled column is the middle 95% of fits to series drawn again with replacement. London's
series move together and hold one another, so that it is narrower than it should be.

A constant counts as reproduced when it is within `TOLERANCE` of that in the code, and so does each
curve at each of `SIZES`: half the spread that series of one size have about the curves. Below the
constants: what share of outcomes the intervals hold on the early parts, free of the excess of whole
counts (`docs/methods/projection.md`), and the error, with the code's constants, with those
fitted, and of what pages use, which goes by siblings where there are some. Nothing is written
anywhere.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from benchmarks._early_parts import EarlyPart, distance, early_parts, early_record
from benchmarks._panels import SHARED
from benchmarks._prior_evidence import Surface, most_probable, resampled
from benchmarks._record import ALL, THIRDS
from dashboard.metrics.projection.level import (
    USUAL,
    USUAL_OF_SHARES,
    Usual,
)
from dashboard.metrics.projection.siblings import CHOSEN

SIZES = (3, 30, 300, 3000)
TOLERANCE = 0.25
ROUNDS, SEED = 50, 20100401
IN_CODE, FITTED = "in the code", "fitted"
SHARES = {
    "mass_80": "held by 80%", "mass_95": "held by 95%", "crps": "CRPS, % of the usual total",
    "skill_bare": "better than bare straight pro-rata, %",
}  # fmt: skip


def run(folder: Path = SHARED, console: Console | None = None) -> list[dict[str, object]]:
    """Fit the constants and back-test both; one row a constant, a point of a curve or a share.

    Args:
        folder: The shared data.
        console: Where progress is shown.
    """
    parts = early_parts(folder)
    if len(parts) < 2:  # noqa: PLR2004 - the criterion is of two places
        return [{"what": "the shared data are not here"}]
    surfaces = []
    for part in parts:
        surfaces.append(Surface.of(part.history()))
        _say(console, f"{part.name}: {len(surfaces[-1].size)} series filtered")
    fitted = most_probable(surfaces)
    shares = most_probable([Surface.of_shares(parts[0].history())])
    _say(console, "shares fitted")
    drawn = []
    for each in resampled(surfaces, ROUNDS, SEED):
        drawn.append(constants_of(each))
        if len(drawn) % 10 == 0:
            _say(console, f"resampled {len(drawn)} of {ROUNDS}")
    gain = sum(
        float((each.log_evidence(fitted) - each.log_evidence(USUAL)).mean()) for each in surfaces
    )
    evidence: dict[str, object] = {
        "what": "log probability over the code's, two places", IN_CODE: "0", FITTED: f"{gain:.3f}",
        "resampled": "",
    }  # fmt: skip
    return [
        *_constant_rows(constants_of(USUAL), constants_of(fitted), pd.DataFrame(drawn)),
        evidence,
        *_curve_rows("share", USUAL_OF_SHARES, shares),
        *_coverage_rows(parts, {IN_CODE: USUAL, FITTED: fitted}, console),
    ]


def constants_of(usual: Usual) -> dict[str, float]:
    """Return the constants by name, and the two curves at ``SIZES``."""
    sizes = np.array(SIZES, dtype=float)
    named = {name.replace("_", " "): value for name, value in asdict(usual).items()}
    curves = {"usual drift": usual.drift(sizes), "usual lumpiness": usual.lumps(sizes)}
    points = {
        f"{name} at {size:,} a month": float(value)
        for name, values in curves.items()
        for size, value in zip(SIZES, values, strict=True)
    }
    return {**named, **points}


def is_reproduced(in_code: float, fitted: float) -> bool:
    """Return whether a constant or a point of a curve is within ``TOLERANCE`` of the code's."""
    return abs(fitted - in_code) <= TOLERANCE * abs(in_code)


def verdict(rows: list[dict[str, object]]) -> str:
    """Return in words which of the constants and of the curves were reproduced."""
    values = {str(row["what"]): (str(row[IN_CODE]), str(row[FITTED])) for row in rows}
    names = list(constants_of(USUAL))
    constants, points = names[: -2 * len(SIZES)], names[-2 * len(SIZES) :]
    said = []
    for what, chosen in (("constants", constants), ("points of the two curves", points)):
        missed = [name for name in chosen if not is_reproduced(*map(float, values[name]))]
        but = f" (not {', '.join(missed)})" if missed else ""
        said.append(f"{len(chosen) - len(missed)} of {len(chosen)} {what}{but}")
    return f"Within {TOLERANCE:.0%} of those in the code: {' and '.join(said)}."


def _constant_rows(
    in_code: Mapping[str, float], fitted: Mapping[str, float], drawn: pd.DataFrame
) -> list[dict[str, object]]:
    low, high = drawn.quantile(0.025), drawn.quantile(0.975)
    return [
        {
            "what": name,
            IN_CODE: f"{in_code[name]:.3f}",
            FITTED: f"{fitted[name]:.3f}",
            "resampled": f"{low[name]:.3f} to {high[name]:.3f}",
        }
        for name in in_code
    ]


def _curve_rows(name: str, in_code: Usual, fitted: Usual) -> list[dict[str, object]]:
    code, found = constants_of(in_code), constants_of(fitted)
    return [
        {"what": f"{name}: {what}", IN_CODE: f"{code[what]:.3f}", FITTED: f"{found[what]:.3f}",
         "resampled": ""}
        for what in code
    ]  # fmt: skip


def _coverage_rows(
    parts: list[EarlyPart], priors: Mapping[str, Usual], console: Console | None
) -> list[dict[str, object]]:
    record = pd.concat([early_record(part, priors, console) for part in parts])
    by_place = record.set_index(["data", "slice", "method"]).sort_index()
    rows: list[dict[str, object]] = [
        {
            "what": f"{part.name}, {name}: {words}",
            **{prior: f"{by_place.loc[(part.name, name, prior), share]:.1f}" for prior in priors},
            "resampled": "",
            CHOSEN: f"{by_place.loc[(part.name, name, CHOSEN), share]:.1f}",
        }
        for part in parts
        for name in (ALL, *THIRDS)
        for share, words in SHARES.items()
    ]
    names = (*priors, CHOSEN)
    off = {name: f"{distance(record[record['method'].eq(name)]):.1f}" for name in names}
    return [*rows, {"what": "distance from 80 and 95, points", **off, "resampled": ""}]


def _say(console: Console | None, words: str) -> None:
    if console:
        console.print(words)


def main() -> None:
    """Run and print, progress first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the shared data")
    console = Console()
    start = time.perf_counter()
    rows = run(parser.parse_args().data, console)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row.get(name, "")) for name in columns))
    console.print(table)
    if len(rows) > 1:
        console.print(verdict(rows))
    console.print(f"{time.perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    main()
