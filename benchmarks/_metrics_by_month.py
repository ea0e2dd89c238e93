"""The metrics that need months, on the London boroughs' series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks._backtest import counts_of_siblings
from benchmarks._metrics_by_year import KEYS
from dashboard.analysis.chance_of_changes import changes_with_chance
from dashboard.metrics.best_run import best_runs
from dashboard.metrics.control.breaks import suggest_breaks
from dashboard.metrics.control.limits import limits_for
from dashboard.metrics.control.rare import g_limits, gaps_between
from dashboard.metrics.control.rules import find_signals
from dashboard.metrics.control.season import seasonally_adjust
from dashboard.metrics.control.variation import variation_of
from dashboard.metrics.correlation import correlations, year_on_year
from dashboard.metrics.dispersion import dispersion_at, dispersion_of_rolling_years
from dashboard.metrics.goals import needed_per_month
from dashboard.metrics.intervals import count_interval
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR
from dashboard.metrics.projected_rank import draw_totals, projected_ranks
from dashboard.metrics.projection.history import FEWEST_EVENTS, History
from dashboard.metrics.projection.siblings import fit_chosen
from dashboard.metrics.rank_movement import ranks_over_time
from dashboard.metrics.rolling import rolling_levels
from dashboard.metrics.series_dispersion import histories_of
from dashboard.metrics.trend import POINTS_OVERLAPPING, recent_trend_overlapping
from dashboard.metrics.worth import movement

AS_AT_MONTHS = "2019-12"
BEST_OF = 7
"""Months of a run: those left of a year that is due in July."""
MONTHS_LEFT = 3
"""From December to the end of the financial year."""
GROUP = 15
DRAWS = 2_000
"""A page draws ten times as many, of one place."""
RANKED_FROM = "2019-01"
RANK_BY = ["indicator_id"]


@dataclass
class Monthly:
    """Every borough and crime type, month by month."""

    figures: pd.DataFrame

    def __post_init__(self) -> None:
        """Set the series of months side by side, up to the month looked at."""
        self.figures = self.figures[self.figures["period_kind"].eq("month")]
        until = self.figures["period_start"].le(pd.Timestamp(f"{AS_AT_MONTHS}-01"))
        panel = self.figures[until].pivot(index=KEYS, columns="period_start", values="value")
        self.keys, self.values = panel.index.to_frame(index=False), panel.to_numpy(dtype=float)
        self.size = len(self.values)
        self.months = pd.period_range(end=AS_AT_MONTHS, periods=self.values.shape[1], freq="M")

    def steps(self) -> dict[str, Callable[[], object]]:
        """Return what is measured, by name."""
        return {
            "change and chance, own dispersion": self.change,
            "how uneven each series is": self.history,
            "recent trend, five years apart and overlapping": self.trend,
            "control charts, season taken out": self.control,
            "suggested breaks": self.breaks,
            "best run on record": self.runs,
            "what is needed from here, rolling years": self.needs,
            "rare events, and places over time": self.rare,
            "does it move, and what says the same": self.worth,
            "projection to the year's end, with intervals": self.projection,
            f"places projected, {DRAWS:,} draws": self.places,
        }

    def change(self) -> object:
        """The quarter on the year before."""
        return changes_with_chance(self.figures, AS_AT_MONTHS, "quarter")

    def history(self) -> object:
        """How uneven each series is, by its own months."""
        return histories_of(self.figures, KEYS, pd.Period(AS_AT_MONTHS, "M"))

    def trend(self) -> object:
        """Years that end each quarter: their dispersion, and both tests."""
        years = np.lib.stride_tricks.sliding_window_view(self.values, MONTHS_A_YEAR, axis=1)
        quarterly = np.ascontiguousarray(years.sum(axis=2)[:, ::-MONTHS_A_QUARTER][:, ::-1])
        factor = dispersion_at(
            quarterly[:, -1], self.keys["indicator_id"], dispersion_of_rolling_years(quarterly)
        )
        limits = count_interval(np.maximum(quarterly, 0), dispersion=factor[:, None])
        last = slice(-POINTS_OVERLAPPING, None)
        few = (each[:, last] for each in (quarterly, limits.lower, limits.upper))
        whole = recent_trend_overlapping(quarterly, limits.lower, limits.upper)
        return whole, recent_trend_overlapping(*few)

    def control(self) -> object:
        """XmR with all rules on seasonally adjusted months."""
        season = seasonally_adjust(self.values, (self.months.month - 1).to_numpy())
        self.adjusted = season.adjusted
        limits = limits_for("xmr", season.adjusted, widening=season.widening)
        return variation_of(find_signals(limits).direction[:, -1], lower_is_better=True)

    def breaks(self) -> object:
        """Changes of level worth asking a person about, with their shuffles."""
        return suggest_breaks(self.adjusted)

    def runs(self) -> object:
        """The best seven months in a row, of any season and of the one that ends in July."""
        in_july = self.months.month == BEST_OF
        return (
            best_runs(self.values, BEST_OF, lower_is_better=True),
            best_runs(self.values, BEST_OF, lower_is_better=True, in_season=in_july),
        )

    def needs(self) -> object:
        """What each series needs a month for a tenth less in the twelve months to come."""
        year = rolling_levels(self.figures, by=KEYS).drop_duplicates(KEYS, keep="last")
        return [
            needed_per_month(0.9 * level, 0.0, MONTHS_A_YEAR, mean_last_year=level / MONTHS_A_YEAR)
            for level in year["level"].tolist()
        ]

    def rare(self) -> object:
        """Months between those with an event, with their limits, and places month by month."""
        limits = [g_limits(gaps_between(counts).lengths) for counts in self.values]
        rows = self.figures[self.figures["period_start"].ge(pd.Timestamp(f"{RANKED_FROM}-01"))]
        moves = ranks_over_time(rows.rename(columns={"period_start": "period"}), True, RANK_BY)
        return limits, moves

    def worth(self) -> object:
        """Of every borough: which types move from year to year, and which change alike."""
        whole_years = self.values.shape[1] // MONTHS_A_YEAR
        tables = self.values[:, -whole_years * MONTHS_A_YEAR :]
        moves = [
            movement(years, counts=True) for years in tables.reshape(self.size, whole_years, -1)
        ]
        found = []
        for _, rows in self.keys.groupby("area_code"):
            own = self.values[rows.index]
            changes = year_on_year(np.maximum(own.T, 0), MONTHS_A_YEAR, counts=True)
            alike = correlations(pd.DataFrame(changes, columns=rows["indicator_id"].tolist()))
            found.append(alike)
        return moves, found

    def _history(self, chosen: NDArray[np.bool_]) -> History:
        """Some of the series, each beside what the same indicator counts in the other areas."""
        counts = np.maximum(self.values, 0)
        others = counts_of_siblings(counts, self.keys["indicator_id"].to_numpy())
        return History.of(counts[chosen], self.months, others[chosen])

    def projection(self) -> object:
        """The remaining months of the year of every series that has events enough."""
        enough = np.nansum(self.values[:, -12:], axis=1) >= FEWEST_EVENTS
        found = fit_chosen(self._history(enough)).project(1, MONTHS_LEFT)
        return found.interval(0.8), found.interval(0.95)

    def places(self) -> object:
        """Every borough's place among fifteen at the year's end, if all go on as they are."""
        every = self._history(np.ones(len(self.values), dtype=bool))
        total = fit_chosen(every, is_beside_siblings=True).project(1, MONTHS_LEFT)
        drawn = draw_totals(total, DRAWS)
        found = []
        for rows in self.keys.groupby("indicator_id").groups.values():
            size = len(rows)
            start = np.clip(np.arange(size) - GROUP // 2, 0, max(size - GROUP, 0))
            groups = np.asarray(rows)[start[:, None] + np.arange(min(GROUP, size))]
            # One resident each: how many there are makes no difference to the work.
            people = np.ones(groups.shape)
            found.append(projected_ranks(drawn[groups], people, np.arange(size) - start))
        return found
