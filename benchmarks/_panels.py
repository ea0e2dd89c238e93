"""The real monthly series that projections are tried on: London boroughs and New South Wales."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._backtest import counts_of_siblings
from dashboard.metrics.periods import parse_month
from etl.sources.met_boroughs import MAJOR, MINOR
from etl.sources.met_boroughs import read as read_boroughs

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
MAJOR_TYPES, ALL_CRIME = "major types", "all crime"
EVERY_FIFTH = 5
"""London's 2,100 series are projected from every fifth month: every month of the year comes."""


@dataclass(frozen=True)
class Panel:
    """Real monthly series, and the first origin that is scored."""

    name: str
    counts: NDArray[np.float64]
    months: pd.PeriodIndex
    first_origin: pd.Period
    every: int = 1
    """Months from one origin to the next."""
    kinds: NDArray | None = None
    """What each series counts; those of one kind are siblings. None for no siblings."""
    siblings: NDArray[np.float64] | None = None
    """What those counted together, of each series."""

    @property
    def apart(self) -> dict[str, NDArray[np.bool_]]:
        """Kinds of series that are told apart in the record."""
        if self.kinds is None:
            return {}
        names = self.kinds.astype(str)
        return {MAJOR_TYPES: np.char.startswith(names, MAJOR), ALL_CRIME: names == ALL_CRIME}

    def origins(self) -> list[pd.Period]:
        """The last months known, from the first that is scored to the last but one."""
        return [each for each in self.months[:-1] if each >= self.first_origin][:: self.every]


def panels(folder: Path) -> list[Panel]:
    """Read the figures that are there.

    Args:
        folder: The shared data.
    """
    found = []
    path = folder / "met_police_boroughs" / "MPS_borough_APR2010-FEB2022.csv"
    if path.is_file():
        counts, months, kinds = borough_series(path)
        others = counts_of_siblings(counts, kinds)
        first = parse_month("2015-03")
        found.append(Panel("London boroughs", counts, months, first, EVERY_FIFTH, kinds, others))
    path = folder / "check_series" / "nsw_offences.csv"
    if path.is_file():
        found.append(Panel("New South Wales", *nsw_counts(path), parse_month("2009-12")))
    return found


def borough_series(
    path: Path, until: pd.Period | None = None
) -> tuple[NDArray[np.float64], pd.PeriodIndex, NDArray]:
    """Return counts of each borough, every minor and major type and all crime; months; kinds.

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
    both = [totals.assign(measure_code=ALL_CRIME), majors, rows[rows["scheme"].eq(MINOR)]]
    wide = pd.concat(both).pivot_table(
        index=["area_code", "measure_code"], columns="month", values="value", aggfunc="sum"
    )
    distinct = wide[
        ~wide.reset_index("measure_code", drop=True).reset_index().duplicated().to_numpy()
    ]
    kinds = distinct.index.get_level_values("measure_code").to_numpy()
    return distinct.to_numpy(dtype=float), pd.PeriodIndex(distinct.columns), kinds


def nsw_counts(
    path: Path, until: pd.Period | None = None
) -> tuple[NDArray[np.float64], pd.PeriodIndex]:
    """Return counts of the offences of New South Wales, to a month or all; see `borough_series`."""
    rows = pd.read_csv(path)
    months = pd.PeriodIndex(pd.to_datetime(rows["Month"], format="%Y %b"), freq="M")
    rows = rows.assign(month=months)
    rows = rows if until is None else rows[rows["month"] <= until]
    wide = rows.pivot_table(index="Type", columns="month", values="Count")
    return wide.to_numpy(dtype=float), pd.PeriodIndex(wide.columns)
