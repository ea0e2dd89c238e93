"""A back-test in a table: how often the intervals held, and how much closer than pro-rata."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._backtest import GOALS, TARGET_DATE, YEAR_END
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import MONTHS_A_YEAR

BARE, STRAIGHT, SEASONAL = "straight pro-rata, bare", "straight pro-rata", "seasonal pro-rata"
"""The methods that others are held against."""
HORIZONS = ((3, "1 to 3 months"), (6, "4 to 6 months"), (12, "7 to 12 months"))
TWO_YEARS = "13 to 24 months"
ALL = "all"
BINS = 10
"""Of the chance that a target is given."""
THIRDS = ("smallest third", "middle third", "largest third")
COLUMNS = [
    "data", "period", "method", "slice", "projections", "held_80", "held_95", "mass_80", "mass_95",
    "spread", "crps", "skill_bare", "skill_straight", "skill_seasonal",
]  # fmt: skip


def record_table(
    rows: pd.DataFrame, data: str, apart: Mapping[str, NDArray[np.bool_]] | None = None
) -> pd.DataFrame:
    """Summarise the rows of a back-test by method and by slice.

    Args:
        rows: as :func:`~benchmarks._backtest.back_test` gives.
        data: name of the figures.
        apart: kinds of series that are shown apart, by name: which series those are.

    Returns:
        ``COLUMNS``: data; period ("ordinary" or "2020/21"); method; slice ("all", a horizon, a
        third of the series by size or a kind of series); projections (how many); held_80 and
        held_95, per cent of outcomes inside the interval that is shown; mass_80 and mass_95,
        the same free of the excess of whole counts; spread, the mean standard deviation in per cent
        of the usual total; crps, its mean in per cent of the usual total; and by how many per cent
        that is smaller than that of the bare straight pro-rata, straight and seasonal pro-rata with
        a Poisson's error. The usual total is that of the twelve months before, by months.
    """
    usual = rows["size"] * rows["months"] / MONTHS_A_YEAR
    rows = rows.assign(
        scaled=PER_CENT * rows["crps"] / usual, spread=PER_CENT * rows["deviation"] / usual
    )
    parts = []
    for period, chosen in (("ordinary", ~rows["is_apart"]), ("2020/21", rows["is_apart"])):
        for name, part in _slices(rows[chosen], apart or {}).items():
            if len(part):
                parts.append(_summary(part).assign(data=data, period=period, slice=name))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def chance_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Hold the chances of targets against how many were met, in ``BINS`` bins of what was said.

    Args:
        rows: as :func:`~benchmarks._backtest.back_test` gives, of the series and windows wanted.

    Returns:
        method; said, the lower end of the bin in per cent; targets, how many; chance and met, in
        per cent of them; off, the difference in points.
    """
    parts = []
    for percent in GOALS:
        part = rows[["method", f"chance_{percent}", f"met_{percent}"]]
        parts.append(part.set_axis(["method", "chance", "met"], axis=1))
    every = pd.concat(parts, ignore_index=True)
    width = PER_CENT // BINS
    every["said"] = np.minimum(every["chance"] * BINS // 1, BINS - 1).astype(int) * width
    by_bin = every.groupby(["method", "said"], sort=False)
    table = PER_CENT * by_bin[["chance", "met"]].mean()
    table.insert(0, "targets", by_bin.size())
    return table.assign(off=table["met"] - table["chance"]).sort_index().reset_index()


def _slices(rows: pd.DataFrame, apart: Mapping[str, NDArray[np.bool_]]) -> dict[str, pd.DataFrame]:
    sizes = rows.groupby("series")["size"].mean().rank(method="first")
    third = np.ceil(len(THIRDS) * sizes / max(len(sizes), 1)).clip(1, len(THIRDS)).astype(int)
    of_row = rows["series"].map(third)
    ends, ahead = rows["window"].eq(YEAR_END), rows["ahead"]
    slices = {ALL: rows, "to year end": rows[ends]}
    fewest = 0
    for most, name in HORIZONS:
        slices[name] = rows[ends & ahead.between(fewest + 1, most)]
        fewest = most
    slices[TWO_YEARS] = rows[rows["window"].eq(TARGET_DATE)]
    for number, name in enumerate(THIRDS, start=1):
        slices[name] = rows[of_row.eq(number)]
    for name, chosen in apart.items():
        slices[name] = rows[chosen[rows["series"].to_numpy(dtype=int)]]
    return slices


def _summary(rows: pd.DataFrame) -> pd.DataFrame:
    by_method = rows.groupby("method", sort=False)
    shares = [f"{what}_{level}" for what in ("held", "mass") for level in (80, 95)]
    table = PER_CENT * by_method[shares].mean()
    table["projections"] = by_method.size()
    table["spread"] = by_method["spread"].mean()
    table["crps"] = by_method["scaled"].mean()
    for column, reference in (
        ("skill_bare", BARE), ("skill_straight", STRAIGHT), ("skill_seasonal", SEASONAL)
    ):  # fmt: skip
        table[column] = PER_CENT * (1 - table["crps"] / table["crps"].get(reference, np.nan))
    return table.reset_index()
