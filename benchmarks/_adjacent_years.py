"""Pairs of periods a year apart in which nothing is known to have changed, of real series.

Boroughs of London by month, quarter and year (Metropolitan Police), and police forces by the years
that end each quarter (Home Office), read and built as `safecity add` and `safecity build` do.

A pair is without known change when the same period a year before it and that a year after it
count alike: what they differ by, after what the other areas did together, is under ``SAME_LEVEL``.
These two have no part in the pair's own counts, so that choosing by them favours no outcome. What
the other areas did together between the two periods is known as well, and is taken as the later
period's exposure. Nothing after February 2020 is looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.chance_of_changes import EVER, FOREVER
from dashboard.metrics.dispersion import History, dispersion_of, dispersion_of_rolling_years
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, parse_month
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
FILES = {
    SHARED / "met_police_boroughs" / "MPS_borough_APR2010-FEB2022.csv": date(2022, 3, 1),
    SHARED / "home_office_pfa" / "rec-crime-pfa.csv": date(2019, 4, 25),
}
SAME_LEVEL = 0.05
LAST = parse_month("2020-02")
KEYS = ["area_code", "indicator_id"]
BOROUGHS, FORCES = "boroughs of London", "police forces"
FORCES_BY_QUARTER_FROM = parse_month("2007-03")
EARLY = {BOROUGHS: parse_month("2015-03"), FORCES: parse_month("2012-03")}
"""Up to when the constants are fitted; no later figure has a part in them."""


@dataclass(frozen=True)
class Panel:
    """Totals of many series over periods of one length, and the history behind them."""

    source: str
    months: int
    """Of a period."""
    keys: pd.DataFrame
    """area_code, indicator_id; one row a series."""
    ends: list[int]
    """Last month of each period, as an ordinal."""
    totals: NDArray[np.float64]
    """(series, periods)."""
    figures: NDArray[np.float64]
    """What the history is of: (series, months), or (series, years that end each quarter)."""
    figure_ends: list[int]
    """Last month of each."""

    @property
    def is_monthly(self) -> bool:
        """Whether the history is of months."""
        return self.source == BOROUGHS

    def history_at(self, month: int) -> History:
        """What each series' figures up to a month say."""
        known = self.known_at(month)
        return dispersion_of(known) if self.is_monthly else dispersion_of_rolling_years(known)

    def known_at(self, month: int) -> NDArray[np.float64]:
        """The figures up to a month."""
        return self.figures[:, [end <= month for end in self.figure_ends]]

    def early(self) -> pd.DataFrame:
        """Pairs of which even the year after is in the early part."""
        pairs = self.pairs
        return pairs[pairs["end"] + MONTHS_A_YEAR <= EARLY[self.source].ordinal]

    def held_out(self) -> pd.DataFrame:
        """Pairs of which both periods begin after the early part."""
        pairs = self.pairs
        begins = pairs["end"] - MONTHS_A_YEAR - self.months
        return pairs[begins >= EARLY[self.source].ordinal]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Pairs without known change: KEYS, end, series, before, after, common (exposure)."""
        at = {end: place for place, end in enumerate(self.ends)}
        year = MONTHS_A_YEAR
        found = []
        for end in self.ends:
            four = [at.get(end + step * year) for step in (-2, -1, 0, 1)]
            if None not in four and end + year <= LAST.ordinal:
                found.append(self._pairs_of(end, self.totals[:, four]))
        return pd.concat(found, ignore_index=True)

    def _pairs_of(self, end: int, four: NDArray) -> pd.DataFrame:
        known = pd.DataFrame(np.where(np.isfinite(four).all(axis=1, keepdims=True), four, np.nan))
        together = known.groupby(self.keys["indicator_id"].to_numpy()).transform("sum")
        others = (together - known).to_numpy()
        with np.errstate(divide="ignore", invalid="ignore"):
            outer = np.log(four[:, 3] / four[:, 0] * others[:, 0] / others[:, 3])
            common = others[:, 2] / others[:, 1]
        good = (np.abs(outer) < SAME_LEVEL) & np.isfinite(common) & (common > 0)
        good &= four[:, 1] + four[:, 2] > 0
        rows = self.keys.assign(
            end=end, series=np.arange(len(four)), before=four[:, 1], after=four[:, 2], common=common
        )
        return rows[good]


@contextmanager
def both_sources() -> Generator[Warehouse]:
    """Give a database of both files, built for as long as it is used."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        for file, published in FILES.items():
            add_file(data, file, published=published, loaded_by="benchmark")
        build(data)
        with Warehouse(data) as warehouse:
            yield warehouse


def panels() -> list[Panel]:
    """Read the panels; none where the shared data are not beside this checkout."""
    if not all(file.is_file() for file in FILES):
        return []
    with both_sources() as warehouse:
        areas = warehouse.frame("areas")["area_code"].tolist()
        counts = warehouse.frame("counts_of_areas", areas=areas, since=EVER, until=FOREVER)
        monthly, years = (
            _side_by_side(
                counts[counts["source_id"].eq(source) & counts["period_kind"].eq(kind)], kind
            )
            for source, kind in (("met_boroughs", "month"), ("ho_rolling_year", "rolling_year"))
        )
    lengths = (MONTHS_A_YEAR, MONTHS_A_QUARTER, 1)
    return [*(_of_months(*monthly, length) for length in lengths), _of_years(*years)]


def _side_by_side(figures: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, list[int], NDArray]:
    """Return the series, each period's last month, and the counts, of one kind of period."""
    wide = figures.pivot(index=KEYS, columns="period_start", values="value")
    first = [pd.Period(each, freq="M").ordinal for each in wide.columns]
    span = MONTHS_A_YEAR if kind == "rolling_year" else 1
    return wide.index.to_frame(index=False), [each + span - 1 for each in first], wide.to_numpy()


def _of_months(keys: pd.DataFrame, ends: list[int], counts: NDArray, length: int) -> Panel:
    totals = np.lib.stride_tricks.sliding_window_view(counts, length, axis=1).sum(axis=-1)
    return Panel(BOROUGHS, length, keys, ends[length - 1 :], totals, counts, ends)


def _of_years(keys: pd.DataFrame, ends: list[int], totals: NDArray) -> Panel:
    begin = ends.index(FORCES_BY_QUARTER_FROM.ordinal)
    return Panel(FORCES, MONTHS_A_YEAR, keys, ends, totals, totals[:, begin:], ends[begin:])


def histories(pairs: pd.DataFrame, history_at: Callable[[int], History]) -> History:
    """Return the history of each pair's series up to the pair's end, in order of the pairs."""
    found = [np.full(len(pairs), no) for no in (np.nan, np.nan, 0.0)]
    for end in pairs["end"].unique():
        own = pairs["end"].eq(end).to_numpy()
        for column, each in zip(found, history_at(int(end)), strict=True):
            column[own] = each[pairs.loc[own, "series"]]
    return History(*found)
