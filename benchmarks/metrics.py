"""All metrics of 314 partnerships by 23 offence groups, and of London boroughs by month.

The ONS workbook gives every partnership's last two years; the Metropolitan Police's table gives 142
months of 32 boroughs by 21 types, for what needs months (dispersion, control charts, projection).
Both are read and built as a user's would be, before the clock starts. Each step calls the metric's
own function once for all series. The official groups of fifteen are not published: each
area's group here is the fifteen areas around it in the order of population, from real figures, so
that ranking has the work of the real ones. Bar: 10 seconds on two cores.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.exceptions import london
from dashboard.answers.chance_of_changes import EVER, FOREVER, PARTNERSHIP
from dashboard.metrics.change_table import change_table
from dashboard.metrics.contribution import contributions, nearest_wholes, rate_effects
from dashboard.metrics.control.chart import control_charts
from dashboard.metrics.control.season import seasonally_adjust
from dashboard.metrics.dispersion import dispersion_between
from dashboard.metrics.exceptions import exceptions_among
from dashboard.metrics.funnel import funnel, place_in_funnel
from dashboard.metrics.group_distance import from_pooled_mean, from_unweighted_mean
from dashboard.metrics.intervals import CONFIDENCE_998, rate_interval
from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.metrics.projection.history import FEWEST_EVENTS, History
from dashboard.metrics.projection.method import fit
from dashboard.metrics.rank_uncertainty import rank_distribution
from dashboard.metrics.rates import rate_per
from dashboard.metrics.status_table import (
    AHEAD,
    BEYOND_CHANCE,
    CLEARLY_BEHIND,
    COMPLETE,
    NO_NOTE,
    NO_PROJECTION,
    WITHIN_CHANCE,
    verdict_words,
)
from dashboard.metrics.window_sums import panel_of
from dashboard.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

BAR_SECONDS = 10.0
WORKBOOK = (
    Path(__file__).resolve().parents[2]
    / "shared/data/ons_csp/policeforceareatablesyedecember2024.xlsx"
)
AS_AT_YEARS, AS_AT_MONTHS = "2024-12", "2019-12"
GROUP = 15
LEVEL = 0.05
MONTHS_LEFT = 3
"""From December to the end of the financial year."""
KEYS = ["area_code", "indicator_id"]


def run() -> list[dict[str, object]]:
    """Time every metric; the last row is all of them together."""
    if not WORKBOOK.is_file():
        return [{"metric": "needs ../shared, which is not beside this checkout"}]
    with tempfile.TemporaryDirectory() as folder, london() as months:
        data = DataDir(Path(folder))
        add_file(data, WORKBOOK, published=date(2025, 4, 24), loaded_by="benchmark")
        build(data)
        with Warehouse(data) as years:
            return _timed(National.of(years), Monthly(_figures(months)))


def _timed(national: National, monthly: Monthly) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    steps: list[tuple[str, int, Callable[[], object]]] = [
        *((f"{name}, {len(national.table):,} of a year", len(national.table), step)
          for name, step in national.steps().items()),
        *((f"{name}, {monthly.size:,} by month", monthly.size, step)
          for name, step in monthly.steps().items()),
    ]  # fmt: skip
    total = 0.0
    for name, series, step in steps:
        started = time.perf_counter()
        step()
        seconds = time.perf_counter() - started
        total += seconds
        rows.append({"metric": name, "series": series, "seconds": round(seconds, 2)})
    word = "within" if total <= BAR_SECONDS else "over"
    rows.append({"metric": f"all together, {word} {BAR_SECONDS:.0f} s", "series": "",
                 "seconds": round(total, 2)})  # fmt: skip
    return rows


def _figures(warehouse: Warehouse) -> pd.DataFrame:
    areas = warehouse.frame("areas")
    places = areas.loc[areas["area_kind"].eq(PARTNERSHIP), "area_code"].tolist()
    figures = warehouse.frame("counts_of_areas", areas=places, since=EVER, until=FOREVER)
    return figures[~figures["illustrative"]]


@dataclass
class National:
    """Every partnership and offence group, two years."""

    figures: pd.DataFrame
    people: pd.DataFrame
    indicators: pd.DataFrame

    @classmethod
    def of(cls, warehouse: Warehouse) -> National:
        """Read counts and denominators."""
        figures, indicators = _figures(warehouse), warehouse.frame("indicators")
        codes = figures["area_code"].unique().tolist()
        parts = [
            warehouse.frame("series_of_areas", indicator=each, areas=codes)
            for each in figures["indicator_id"].unique()
        ]
        latest = pd.concat(parts).sort_values("period_start").drop_duplicates(KEYS, keep="last")
        return cls(figures, latest[[*KEYS, "denominator"]], indicators)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Every series with its change, p-value and denominator."""
        found = change_table(self.figures, KEYS, AS_AT_YEARS, "rolling_year")
        known = found.merge(self.people, on=KEYS).merge(
            self.indicators[["indicator_id", "lower_is_better"]], on="indicator_id"
        )
        return known.sort_values(["indicator_id", "denominator"], ignore_index=True)

    def steps(self) -> dict[str, Callable[[], object]]:
        """Return what is measured, by name."""
        return {
            "change and chance": self.change,
            "rates and their intervals": self.intervals,
            "dispersion among areas": self.dispersion,
            "rank in a group of 15, with chances": self.ranking,
            "distance from the group's means": self.distance,
            "funnel": self.funnels,
            "contribution": self.contribution,
            "exceptions": self.exceptions,
            "status": self.status,
        }

    def change(self) -> object:
        """Counts, percent, p-value, interval of the ratio."""
        return change_table(self.figures, KEYS, AS_AT_YEARS, "rolling_year")

    def intervals(self) -> object:
        """Rates, at 95% and 99.8%, and the percentages that a small base withholds."""
        now, people = self.table["current"], self.table["denominator"]
        withhold_small_base(percent_change(now, self.table["previous"]), self.table["previous"])
        return rate_per(now, people), rate_interval(now, people), rate_interval(
            now, people, confidence=CONFIDENCE_998
        )  # fmt: skip

    def dispersion(self) -> object:
        """One factor an indicator."""
        return [
            dispersion_between(own["previous"], own["current"])
            for _, own in self.table.groupby("indicator_id")
        ]

    def _groups(self) -> tuple[NDArray, NDArray, NDArray]:
        """Return counts and denominators of every area's fifteen, and its own place in them."""
        counts, people, own = [], [], []
        for _, rows in self.table.groupby("indicator_id"):
            size = len(rows)
            start = np.clip(np.arange(size) - GROUP // 2, 0, max(size - GROUP, 0))
            members = start[:, None] + np.arange(min(GROUP, size))
            counts.append(rows["current"].to_numpy()[members])
            people.append(rows["denominator"].to_numpy()[members])
            own.append(np.arange(size) - start)
        return np.vstack(counts), np.vstack(people), np.concatenate(own)

    def ranking(self) -> object:
        """The chance of every place of every area."""
        return rank_distribution(*self._groups())

    def distance(self) -> object:
        """From the unweighted and the pooled mean, with error."""
        groups = self._groups()
        return from_unweighted_mean(*groups), from_pooled_mean(*groups)

    def funnels(self) -> object:
        """One funnel an indicator, and every area's place in it."""
        found = []
        for _, rows in self.table.groupby("indicator_id"):
            plot = funnel(rows["current"], rows["denominator"])
            found.append(place_in_funnel(rows["current"], rows["denominator"], plot))
        return found

    def contribution(self) -> object:
        """What makes up every whole's change in every area, and what the population did."""
        part_of = self.indicators.set_index("indicator_id")["part_of"].to_dict()
        within = nearest_wholes(part_of, set(self.table["indicator_id"]))
        rows = self.table.assign(whole=self.table["indicator_id"].map(within))
        parts = rows.rename(columns={"indicator_id": "part"})[rows["whole"].ne("").to_numpy()]
        wholes = rows.rename(columns={"indicator_id": "of"}).assign(whole=rows["indicator_id"])
        rate_effects(rows["previous"], rows["current"], rows["denominator"], rows["denominator"])
        return contributions(parts, wholes, by=["area_code", "whole"])

    def exceptions(self) -> object:
        """All changes as one family."""
        return exceptions_among(self.table)

    def status(self) -> object:
        """A verdict on each, the goal being no more than the year before."""
        is_ahead = self.table["current"].le(self.table["previous"])
        beyond = self.table["p_value"].lt(LEVEL)
        return verdict_words(
            np.where(is_ahead, AHEAD, CLEARLY_BEHIND),
            NO_PROJECTION,
            np.where(beyond, BEYOND_CHANCE, WITHIN_CHANCE),
            NO_NOTE,
            COMPLETE,
        )


@dataclass
class Monthly:
    """Every borough and crime type, month by month."""

    figures: pd.DataFrame

    def __post_init__(self) -> None:
        """Set the series side by side, up to the month looked at."""
        until = self.figures["period_start"].le(pd.Timestamp(f"{AS_AT_MONTHS}-01"))
        self.values = panel_of(self.figures[until], KEYS).values
        self.size = len(self.values)
        self.months = pd.period_range(end=AS_AT_MONTHS, periods=self.values.shape[1], freq="M")

    def steps(self) -> dict[str, Callable[[], object]]:
        """Return what is measured, by name."""
        return {
            "change and chance, own dispersion": self.change,
            "control charts, season taken out": self.control,
            "projection to the year's end, with intervals": self.projection,
        }

    def change(self) -> object:
        """The quarter on the year before."""
        return change_table(self.figures, KEYS, AS_AT_MONTHS, "quarter")

    def control(self) -> object:
        """XmR with all rules on seasonally adjusted months."""
        season = seasonally_adjust(self.values, (self.months.month - 1).to_numpy())
        charts = control_charts("xmr", season.adjusted, widening=season.widening)
        return charts.latest_variation(lower_is_better=True)

    def projection(self) -> object:
        """The remaining months of the year of every series that has events enough."""
        enough = np.nansum(self.values[:, -12:], axis=1) >= FEWEST_EVENTS
        fitted = fit(History.of(self.values[enough], self.months))
        found = fitted.project(1, MONTHS_LEFT)
        return found.interval(0.8), found.interval(0.95)
