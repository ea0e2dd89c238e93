"""The metrics that need months, on the London boroughs' series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.metrics.best_run import run_means
from dashboard.metrics.change_table import change_table
from dashboard.metrics.control.breaks import suggest_breaks
from dashboard.metrics.control.chart import control_charts
from dashboard.metrics.control.season import seasonally_adjust
from dashboard.metrics.correlation import correlations, year_on_year
from dashboard.metrics.dispersion import dispersion_of_rolling_years
from dashboard.metrics.intervals import count_interval
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR
from dashboard.metrics.projection.history import FEWEST_EVENTS, History
from dashboard.metrics.projection.method import fit
from dashboard.metrics.trend import POINTS_OVERLAPPING, recent_trend_overlapping
from dashboard.metrics.window_sums import panel_of
from dashboard.metrics.worth import movement

AS_AT_MONTHS = "2019-12"
BEST_OF = 7
"""Months of a run: those left of a year that is due in July."""
MONTHS_LEFT = 3
"""From December to the end of the financial year."""
KEYS = ["area_code", "indicator_id"]


@dataclass
class Monthly:
    """Every borough and crime type, month by month."""

    figures: pd.DataFrame

    def __post_init__(self) -> None:
        """Set the series side by side, up to the month looked at."""
        until = self.figures["period_start"].le(pd.Timestamp(f"{AS_AT_MONTHS}-01"))
        panel = panel_of(self.figures[until], KEYS)
        self.keys, self.values = panel.keys, panel.values
        self.size = len(self.values)
        self.months = pd.period_range(end=AS_AT_MONTHS, periods=self.values.shape[1], freq="M")

    def steps(self) -> dict[str, Callable[[], object]]:
        """Return what is measured, by name."""
        return {
            "change and chance, own dispersion": self.change,
            "recent trend, five years apart and overlapping": self.trend,
            "control charts, season taken out": self.control,
            "suggested breaks": self.breaks,
            "best run on record": self.runs,
            "does it move, and what says the same": self.worth,
            "projection to the year's end, with intervals": self.projection,
        }

    def change(self) -> object:
        """The quarter on the year before."""
        return change_table(self.figures, KEYS, AS_AT_MONTHS, "quarter")

    def trend(self) -> object:
        """Years that end each quarter: their dispersion, and both tests."""
        years = np.lib.stride_tricks.sliding_window_view(self.values, MONTHS_A_YEAR, axis=1)
        quarterly = np.ascontiguousarray(years.sum(axis=2)[:, ::-MONTHS_A_QUARTER][:, ::-1])
        factor = dispersion_of_rolling_years(quarterly).factor
        limits = count_interval(np.maximum(quarterly, 0), dispersion=factor[:, None])
        last = slice(-POINTS_OVERLAPPING, None)
        few = (each[:, last] for each in (quarterly, limits.lower, limits.upper))
        whole = recent_trend_overlapping(quarterly, limits.lower, limits.upper)
        return whole, recent_trend_overlapping(*few)

    def control(self) -> object:
        """XmR with all rules on seasonally adjusted months."""
        season = seasonally_adjust(self.values, (self.months.month - 1).to_numpy())
        self.adjusted = season.adjusted
        charts = control_charts("xmr", season.adjusted, widening=season.widening)
        return charts.latest_variation(lower_is_better=True)

    def breaks(self) -> object:
        """Changes of level worth asking a person about, with their shuffles."""
        return suggest_breaks(self.adjusted)

    def runs(self) -> object:
        """The best seven months in a row."""
        return np.nanmin(run_means(self.values, BEST_OF), axis=1, initial=np.inf)

    def worth(self) -> object:
        """Of every borough: which types move from year to year, and which change alike."""
        whole_years = self.values.shape[1] // MONTHS_A_YEAR
        found = []
        for _, rows in self.keys.groupby("area_code"):
            own = self.values[rows.index]
            tables = own[:, -whole_years * MONTHS_A_YEAR :].reshape(len(own), whole_years, -1)
            moves = [movement(each, counts=True) for each in tables]
            changes = year_on_year(np.maximum(own.T, 0), MONTHS_A_YEAR, counts=True)
            alike = correlations(pd.DataFrame(changes, columns=rows["indicator_id"].tolist()))
            found.append((moves, alike))
        return found

    def projection(self) -> object:
        """The remaining months of the year of every series that has events enough."""
        enough = np.nansum(self.values[:, -12:], axis=1) >= FEWEST_EVENTS
        fitted = fit(History.of(self.values[enough], self.months))
        found = fitted.project(1, MONTHS_LEFT)
        return found.interval(0.8), found.interval(0.95)
