"""The metrics of every partnership and offence group, of which two years are published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.chance_of_changes import EVER, FOREVER, PARTNERSHIP, changes_with_chance
from dashboard.metrics.chance import e_test
from dashboard.metrics.contribution import contributions, nearest_wholes, rate_effects
from dashboard.metrics.exceptions import exceptions_among
from dashboard.metrics.funnel import funnel, place_in_funnel
from dashboard.metrics.gap import THIRD, counts_going_on, gaps_to_rank
from dashboard.metrics.goals import goal_level, needed_per_month
from dashboard.metrics.group_distance import from_pooled_mean, from_unweighted_mean
from dashboard.metrics.intervals import CONFIDENCE_998, percent_interval, rate_interval
from dashboard.metrics.neighbours import nearest_neighbours
from dashboard.metrics.path_range import count_range, is_beyond_chance
from dashboard.metrics.percent import PER_CENT, percent_change, withhold_small_base
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.rank_uncertainty import (
    chance_of_moving,
    chance_within,
    interval_of_rank,
    rank_distribution,
)
from dashboard.metrics.ranking import competition_ranks, quartile_of
from dashboard.metrics.rates import rate_per
from dashboard.metrics.rounding import as_whole_number
from dashboard.metrics.significance import (
    difference_interval,
    p_of_difference,
    rate_ratio_interval,
)
from dashboard.metrics.status import status_of
from dashboard.metrics.survey_power import (
    least_change_seen,
    power_of_change,
    sample_size_each,
    second_sample_needed,
)
from dashboard.metrics.what_if import replace_part
from dashboard.store.warehouse import Warehouse

AS_AT_YEARS = "2024-12"
GROUP = 15
LEVEL = 0.05
KEYS = ["area_code", "indicator_id"]


def figures_of(warehouse: Warehouse) -> pd.DataFrame:
    """Return every count of every partnership, without what is made up."""
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
        figures, indicators = figures_of(warehouse), warehouse.frame("indicators")
        codes = figures["area_code"].unique().tolist()
        parts = [
            warehouse.frame(
                "series_of_areas", indicator=each, areas=codes, source="ons_csp",
                frequency="rolling_year",
            )
            for each in figures["indicator_id"].unique()
        ]  # fmt: skip
        latest = pd.concat(parts).sort_values("period_start").drop_duplicates(KEYS, keep="last")
        return cls(figures, latest[[*KEYS, "denominator"]], indicators)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Every series with its change, p-value and denominator."""
        found = changes_with_chance(self.figures, AS_AT_YEARS, "rolling_year")
        known = found.merge(self.people, on=KEYS).merge(
            self.indicators[["indicator_id", "lower_is_better"]], on="indicator_id"
        )
        return known.sort_values(["indicator_id", "denominator"], ignore_index=True)

    def steps(self) -> dict[str, Callable[[], object]]:
        """Return what is measured, by name."""
        return {
            "change and chance": self.change,
            "rates and their intervals": self.intervals,
            "rank in a group of 15, with chances": self.ranking,
            "chance of having moved up": self.moved,
            "places, ties and gaps to third": self.places,
            "nearest neighbours": self.neighbours,
            "distance from the group's means": self.distance,
            "funnel": self.funnels,
            "contribution": self.contribution,
            "what if a part were as before": self.what_if,
            "what a survey of so many shows": self.survey,
            "what is needed, and the ranges of paths": self.paths,
            "exceptions": self.exceptions,
            "status": self.status,
        }

    def change(self) -> object:
        """Counts, percent, interval of the ratio, p-value of both tests."""
        found = changes_with_chance(self.figures, AS_AT_YEARS, "rolling_year")
        pair, factor = (found["previous"], found["current"]), found["dispersion"]
        ratio = rate_ratio_interval(*pair, dispersion=factor)
        percent = withhold_small_base(percent_change(*pair[::-1]), pair[0])
        return percent, ratio, e_test(*pair, dispersion=factor)

    def intervals(self) -> object:
        """Rates, at 95% and 99.8%."""
        now, people = self.table["current"], self.table["denominator"]
        return rate_per(now, people), rate_interval(now, people), rate_interval(
            now, people, confidence=CONFIDENCE_998
        )  # fmt: skip

    def _groups(self, period: str = "current") -> tuple[NDArray, NDArray, NDArray]:
        """Return counts and denominators of every area's fifteen, and its own place in them."""
        counts, people, own = [], [], []
        for _, rows in self.table.groupby("indicator_id"):
            size = len(rows)
            start = np.clip(np.arange(size) - GROUP // 2, 0, max(size - GROUP, 0))
            members = start[:, None] + np.arange(min(GROUP, size))
            counts.append(rows[period].to_numpy()[members])
            people.append(rows["denominator"].to_numpy()[members])
            own.append(np.arange(size) - start)
        return np.vstack(counts), np.vstack(people), np.concatenate(own)

    def ranking(self) -> object:
        """The chance of every place of every area, its interval and that of the best three."""
        self.now = rank_distribution(*self._groups())
        return interval_of_rank(self.now), chance_within(self.now, THIRD)

    def moved(self) -> object:
        """The chances of a better, the same and a worse place than the year before."""
        return chance_of_moving(rank_distribution(*self._groups("previous")), self.now)

    def places(self) -> object:
        """Places with ties, quarters, and what third place needs, of every area in its fifteen.

        Now, a year ago, and if the others go on as they are.
        """
        counts, people, own = self._groups()
        before, _, _ = self._groups("previous")
        mine = np.arange(len(own)), own
        places = competition_ranks(rate_per(counts, people), lower_is_better=True)
        moved = competition_ranks(rate_per(before, people), lower_is_better=True) - places
        on = counts_going_on(counts, before)
        on[mine] = counts[mine]
        with_data = np.isfinite(places).sum(axis=1)
        gaps = gaps_to_rank(counts, people, own), gaps_to_rank(on, people, own)
        pairs = zip(places[mine].tolist(), with_data.tolist(), strict=True)
        quarters = [quartile_of(as_whole_number(place), of) for place, of in pairs]
        return moved, quarters, gaps

    def neighbours(self) -> object:
        """The fifteen nearest by recorded crime, an area at a time as a page asks: of five."""
        wide = self.table.pivot(index="area_code", columns="indicator_id", values="current")
        measures = wide[["robbery", "shoplifting", "drug_offences"]].dropna()
        return [nearest_neighbours(measures, code) for code in measures.index[:5]]

    def distance(self) -> object:
        """The unweighted and the pooled mean, and the distance from each, with error."""
        counts, people, own = self._groups()
        groups = counts, people, own
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

    def what_if(self) -> object:
        """Every whole with one part of it at the level of the year before."""
        pairs = self.table[["current", "previous"]].clip(lower=0).to_numpy().tolist()
        return [replace_part(now + before, now, before) for now, before in pairs]

    def survey(self) -> object:
        """Power, sample and least change between two shares, their intervals and difference."""
        first = np.linspace(0.05, 0.6, len(self.table))
        second = first + 0.07
        percents = PER_CENT * first, PER_CENT * second
        each = [(percent, percent_interval(percent, 1142)) for percent in percents]
        apart = difference_interval(*each[0], *each[1])
        return (
            p_of_difference(percents[1] - percents[0], apart),
            power_of_change(first, second, 1142, 1142, design_effect=1.5),
            sample_size_each(first, second),
            second_sample_needed(first, second, 1142),
            least_change_seen(first, 1142, 1142),
        )

    def paths(self) -> object:
        """What each target needs a month, the range of chance, where the figure lies.

        The goal of each is a tenth less than the year before.
        """
        path, now = self.table["previous"].clip(lower=0), self.table["current"].clip(lower=0)
        spread = self.table["dispersion"].to_numpy()
        needed = [
            needed_per_month(
                goal_level("relative_change", -10.0, before) or 0.0, year / 2, MONTHS_A_YEAR // 2,
                mean_last_year=year / MONTHS_A_YEAR,
            )
            for before, year in zip(path.tolist(), now.tolist(), strict=True)
        ]  # fmt: skip
        return needed, count_range(path, spread), is_beyond_chance(now, path, spread)

    def exceptions(self) -> object:
        """All changes as one family."""
        return exceptions_among(self.table)

    def status(self) -> object:
        """A verdict on each, the path being no more than the year before."""
        is_beyond = self.table["p_value"].lt(LEVEL).tolist()
        rows = self.table[["current", "previous", "lower_is_better"]].itertuples(index=False)
        return [
            status_of(actual=now, path_value=path, goal=path, lower_is_better=lower, is_due=False,
                      is_beyond_chance=beyond)
            for (now, path, lower), beyond in zip(rows, is_beyond, strict=True)
        ]  # fmt: skip
